//! What a column of numbers is like.

use serde::{Deserialize, Serialize};

/// Descriptive statistics of one feature; all but the counts are NaN when nothing is there to compute them from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Values that are not missing.
    pub count: u64,
    /// NaNs.
    pub missing: u64,
    pub mean: f64,
    /// Standard deviation with divisor n.
    pub sd: f64,
    pub min: f64,
    /// First quartile, linear interpolation (numpy's default, Hyndman & Fan type 7), as the two below.
    pub q1: f64,
    pub median: f64,
    pub q3: f64,
    pub max: f64,
    /// Third standardized moment (biased, scipy's default); NaN for a constant.
    pub skewness: f64,
    /// Fourth standardized moment minus 3 (biased, scipy's default); NaN for a constant.
    pub excess_kurtosis: f64,
}
