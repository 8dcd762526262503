//! Pictures of a distribution as plain numbers.

use serde::{Deserialize, Serialize};

/// Counts of values in bins of equal width from `low` to `high`; the last bin includes `high`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    pub low: f64,
    pub high: f64,
    pub counts: Vec<u64>,
    /// Values outside of `low..=high` (missing values are in neither).
    pub outside: u64,
}

/// A kernel density estimate on a grid of equal steps from `low` to `high`, both included.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Density {
    pub low: f64,
    pub high: f64,
    /// Standard deviation of the Gaussian kernel, in the unit of the values.
    pub bandwidth: f64,
    pub values: Vec<f64>,
}
