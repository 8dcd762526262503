//! Files of the visitor, and files to take away.

pub mod file_name;
pub mod recent_file;
pub mod user_file;
