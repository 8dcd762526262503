//! What the page knows from its worker.

pub mod answers;
pub mod studies;
pub mod worker_check;
