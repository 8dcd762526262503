//! The scale of a group, from its members.

use serde::{Deserialize, Serialize};

use super::{Interpolation, Sum};
use crate::Divisor;

/// What is divided by, and how it was found. The last number of each is what the data gave; where that is 0, a
/// [`Substitute`] says what takes its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ScaleStep {
    /// Nothing is divided.
    None,
    /// There is no value to find it from, or missing values make it NaN.
    Undefined,
    /// Found elsewhere.
    Given { scale: f64 },
    /// A running variance: `scale = sqrt(variance + eps)`.
    Running { variance: f64, eps: f64, sum: f64, scale: f64, substitute: Option<Substitute> },
    /// `variance = squares / by`, `sum = variance + eps`, `scale = sqrt(sum)`; the squares are those of
    /// `(value - mean) - low`.
    StandardDeviation {
        mean: f64,
        /// What rounding took from `mean`.
        low: f64,
        squares: Sum,
        divisor: Divisor,
        /// n or n - 1, and 1 for a single value.
        by: f64,
        variance: f64,
        eps: f64,
        sum: f64,
        scale: f64,
        substitute: Option<Substitute>,
    },
    /// `mean_square = squares / count`, `sum = mean_square + eps`, `scale = sqrt(sum)`
    RootMeanSquare {
        squares: Sum,
        count: usize,
        mean_square: f64,
        eps: f64,
        sum: f64,
        scale: f64,
        substitute: Option<Substitute>,
    },
    /// `scale = max - min`
    Range { min: f64, max: f64, scale: f64, substitute: Option<Substitute> },
    /// `difference = high - low`, `scale = difference / normal`
    InterquantileRange {
        low: Interpolation,
        high: Interpolation,
        difference: f64,
        /// The same difference of the standard normal distribution, where the scale is divided by it.
        normal: Option<f64>,
        scale: f64,
        substitute: Option<Substitute>,
    },
    /// `scale = max(|min|, |max|)`
    MaxAbs { min: f64, max: f64, scale: f64, substitute: Option<Substitute> },
    /// `scale` is the total of the absolute values.
    L1 { absolutes: Sum, scale: f64, substitute: Option<Substitute> },
    /// `scale` is the square root of the total of the squares.
    L2 { squares: Sum, scale: f64, substitute: Option<Substitute> },
}

/// Why the scale is 1 where the data gave 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Substitute {
    /// All values of the group are equal.
    Constant,
    /// The values differ, but not between the quantiles.
    NoSpread,
    /// All values of the group are 0.
    Zeros,
    /// The running variance and eps are both 0.
    NoVariance,
}

impl ScaleStep {
    /// Why 1 takes the place of a scale of 0; `None` where it does not.
    pub const fn substitute(&self) -> Option<Substitute> {
        match self {
            Self::None | Self::Undefined | Self::Given { .. } => None,
            Self::Running { substitute, .. }
            | Self::StandardDeviation { substitute, .. }
            | Self::RootMeanSquare { substitute, .. }
            | Self::Range { substitute, .. }
            | Self::InterquantileRange { substitute, .. }
            | Self::MaxAbs { substitute, .. }
            | Self::L1 { substitute, .. }
            | Self::L2 { substitute, .. } => *substitute,
        }
    }
}
