//! What is found of values alone: moments, quantiles, densities, relations.

pub mod density;
pub mod double;
pub mod exact;
pub mod histogram;
pub mod measure;
pub mod moments;
pub mod order;
pub mod quantile;
pub mod quartile_hints;
pub mod relation;
pub mod sort;
pub mod span;
pub mod summary;
