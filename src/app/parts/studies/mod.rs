//! Closer looks below the result.

pub mod batch_settings;
pub mod batches;
pub mod compare;
pub mod compare_plots;
pub mod compare_table;
pub mod study;
