//! The components, one a file.

pub mod data;
pub mod experiment;
pub mod explanation;
pub mod header;
pub mod inputs;
pub mod method;
mod name;
pub mod notices;
pub mod number;
pub mod plot;
pub mod practice;
pub mod present;
pub mod questions;
mod refused;
pub mod result;
pub mod save;
pub mod skip_links;
pub mod statistics;
pub mod studies;
pub mod table;
