//! The centre of a group, from its members.

use serde::{Deserialize, Serialize};

use super::Sum;
use crate::statistics::double::{Double, two_sum};
use crate::statistics::quantile::QuantileNeighbours;

/// What is subtracted, and how it was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CenterStep {
    /// Nothing is subtracted.
    None,
    /// There is no value to find it from, or missing values make it NaN.
    Undefined,
    /// A running mean, or found elsewhere.
    Given {
        center: f64,
    },
    /// `center = sum / count`
    Mean {
        sum: Sum,
        count: usize,
        center: f64,
        /// What rounding took from `center`.
        low: f64,
    },
    Median {
        between: Interpolation,
        center: f64,
        /// What rounding took from `center`.
        low: f64,
    },
    Min {
        center: f64,
    },
}

/// A quantile: `value = below + (above - below) * share`, of values in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interpolation {
    /// Which quantile: 0 is the least value, 0.5 the median, 1 the greatest.
    pub fraction: f64,
    /// How many values stand before `below`; the value wanted is at (n - 1) * fraction, counting from 0.
    pub rank: usize,
    pub below: f64,
    /// The next value; `below` again where that is the last.
    pub above: f64,
    /// How far on the way from `below` to `above`.
    pub share: f64,
    pub value: f64,
    /// What rounding took from `value`.
    pub low: f64,
}

impl Interpolation {
    pub(super) fn new(fraction: f64, found: QuantileNeighbours) -> Self {
        let QuantileNeighbours { rank, below, above, share } = found;
        // From the nearer end, as the engine does it; the difference to that end is as exact as the values.
        let (value, low) = if below == above || share == 0.0 {
            (below, 0.0)
        } else if share < 0.5 {
            two_sum(below, (above - below) * share)
        } else {
            two_sum(above, -(above - below) * (1.0 - share))
        };
        Self { fraction, rank, below, above, share, value, low }
    }

    pub(super) const fn double(self) -> Double {
        Double { high: self.value, low: self.low }
    }
}
