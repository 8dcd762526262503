//! A normalization as data: grouping x centre x scale, and what goes with them.

use serde::{Deserialize, Serialize};

use crate::{Error, ExampleSharing, Grouping, Shape};

/// What is subtracted from every value of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Center {
    #[default]
    None,
    Mean,
    Median,
    Min,
}

/// What the variance is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Divisor {
    /// n: the biased variance, as scikit-learn's StandardScaler and every norm layer use it.
    #[default]
    N,
    /// n - 1: the unbiased variance (`ddof = 1`).
    NMinusOne,
}

/// What every value of a group is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Scale {
    None,
    /// sqrt(variance + eps)
    StandardDeviation(Divisor),
    /// sqrt(mean square + eps)
    RootMeanSquare,
    /// max - min
    Range,
    /// Difference of two quantiles (fractions 0..1, linear interpolation); with `unit_variance`, divided by the
    /// same difference of the standard normal distribution (1.349 for the quartiles).
    InterquantileRange {
        low: f64,
        high: f64,
        unit_variance: bool,
    },
    MaxAbs,
    /// Sum of absolute values.
    L1,
    /// Square root of the sum of squares.
    L2,
}

/// Gamma and beta of a norm layer: 1 value (for all), C values (one a feature) or C x L values (row-major).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Affine {
    pub gamma: Vec<f64>,
    pub beta: Vec<f64>,
}

/// What a value that is not finite means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NonFinite {
    /// NaN is missing: ignored in fitting, kept in the output. Infinities are refused. The rule of tables.
    #[default]
    Missing,
    /// Any of them makes the whole output of its group NaN, as in PyTorch.
    Propagate,
    /// NaN and infinities are refused, as scikit-learn's Normalizer does.
    Refuse,
}

/// What a group of a single value means when the scale is a spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Singletons {
    /// The output is 0 (then gamma and beta), with a warning.
    #[default]
    Allow,
    /// An error, as in PyTorch's training mode.
    Refuse,
}

/// A normalization: groups, centre, scale, and what follows.
///
/// `y = low + (high - low) * (x - centre) / scale`, clipped when asked for; then `y * gamma + beta`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    pub grouping: Grouping,
    pub center: Center,
    pub scale: Scale,
    /// Added under the square root of [`Scale::StandardDeviation`] and [`Scale::RootMeanSquare`]; 0 elsewhere.
    pub eps: f64,
    /// Where 0 and 1 are mapped to: `(0, 1)` but for min-max with another feature range.
    pub range: (f64, f64),
    /// Outputs beyond these are set to them.
    pub clip: Option<(f64, f64)>,
    pub affine: Option<Affine>,
    pub non_finite: NonFinite,
    pub singletons: Singletons,
}

impl Recipe {
    /// The plain recipe: eps 0, range (0, 1), no clipping, no affine part, NaN is missing.
    pub const fn new(grouping: Grouping, center: Center, scale: Scale) -> Self {
        Self {
            grouping,
            center,
            scale,
            eps: 0.0,
            range: (0.0, 1.0),
            clip: None,
            affine: None,
            non_finite: NonFinite::Missing,
            singletons: Singletons::Allow,
        }
    }

    /// Whether everything fits together for an array of this shape.
    ///
    /// # Errors
    /// [`Error::Parameter`] naming what does not: eps, range, clip, quantiles, lengths of gamma and beta, groups.
    pub fn check(&self, shape: Shape) -> Result<(), Error> {
        let refuse =
            |name, value: String, allowed: &str| Err(Error::Parameter { name, value, allowed: allowed.into() });
        self.grouping.check(shape)?;
        if !(self.eps >= 0.0 && self.eps.is_finite()) {
            return refuse("eps", self.eps.to_string(), "0 or more");
        }
        let (low, high) = self.range;
        if !(low < high && low.is_finite() && (high - low).is_finite()) {
            return refuse("range", format!("{low} to {high}"), "two finite numbers, the first less than the second");
        }
        if let Some((low, high)) = self.clip
            && (low.is_nan() || high.is_nan() || low >= high)
        {
            return refuse("clip", format!("{low} to {high}"), "two numbers, the first less than the second");
        }
        if let Scale::InterquantileRange { low, high, .. } = self.scale
            && !(0.0 <= low && low < high && high <= 1.0)
        {
            return refuse("quantiles", format!("{low} to {high}"), "two fractions from 0 to 1, the first less");
        }
        let Some(affine) = &self.affine else { return Ok(()) };
        let (features, values) = (shape.features, shape.features * shape.positions);
        for (name, numbers) in [("gamma", &affine.gamma), ("beta", &affine.beta)] {
            if ![1, features, values].contains(&numbers.len()) {
                let allowed = format!("1, C = {features} or C x L = {values} values");
                return refuse(name, format!("{} values", numbers.len()), &allowed);
            }
            if let Some(number) = numbers.iter().find(|number| !number.is_finite()) {
                return refuse(name, number.to_string(), "finite numbers");
            }
        }
        Ok(())
    }

    /// Whether groups lie inside an example, so that examples do not know of each other.
    pub fn is_within_examples(&self) -> bool {
        self.grouping.examples == ExampleSharing::Separate
    }
}

impl Divisor {
    /// For so many values; a single value has no n - 1 and is divided by 1.
    pub fn of(self, count: usize) -> f64 {
        match self {
            Self::N => count as f64,
            Self::NMinusOne => count.saturating_sub(1).max(1) as f64,
        }
    }
}

impl Scale {
    /// Whether it measures a spread, which is 0 for a constant group.
    pub const fn is_spread(self) -> bool {
        matches!(self, Self::StandardDeviation(_) | Self::Range | Self::InterquantileRange { .. })
    }
}

impl Scale {
    /// Whether there is a square root to add eps under.
    pub const fn has_eps(self) -> bool {
        matches!(self, Self::StandardDeviation(_) | Self::RootMeanSquare)
    }

    /// Whether it is the plain interquartile range.
    pub fn is_of_quartiles(self) -> bool {
        self == Self::InterquantileRange { low: 0.25, high: 0.75, unit_variance: false }
    }
}

impl Affine {
    /// Gamma and beta of a value.
    pub fn at(&self, shape: Shape, feature: usize, position: usize) -> (f64, f64) {
        let pick = |numbers: &[f64]| match numbers.len() {
            1 => numbers[0],
            n if n == shape.features => numbers[feature],
            _ => numbers[feature * shape.positions + position],
        };
        (pick(&self.gamma), pick(&self.beta))
    }
}
