//! Values that come batch by batch, and the running statistics of BatchNorm.

pub mod batch;
pub mod history;
pub mod running;
pub mod streaming;
