//! What the page knows from its worker.

pub mod answers;
pub mod loadable;
pub mod worker_check;
