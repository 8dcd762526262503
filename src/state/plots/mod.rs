//! What is pointed at in plots.

pub mod pointing;
pub mod shared_group;
pub mod slider_range;
