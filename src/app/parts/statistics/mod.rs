//! Tables of statistics.

pub mod groups_table;
pub mod stats_table;
