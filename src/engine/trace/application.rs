//! From the value to the result.

use serde::{Deserialize, Serialize};

use crate::statistics::double::power_of_two;
use crate::{Center, GroupStatistics, NonFinite, Recipe, Scale};

/// What is done with the value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Application {
    /// The result is NaN because the value itself is missing.
    MissingValue,
    /// The result is NaN because a value of the group is missing, and the rules spread that.
    MissingMember,
    /// The result is NaN because the group has no value at all.
    NoMember,
    /// In this order; each but the first takes the result of the one before. The last result is that of the engine; no
    /// steps: the value is the result.
    Steps(Vec<Step>),
}

/// One step of arithmetic with its operands and its result.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Step {
    /// `result = value - center`, where rounding took `low` from the centre: `(value - center) - low`.
    Subtract { value: f64, center: f64, low: f64, result: f64 },
    /// `result = value / scale`
    Divide { value: f64, scale: f64, result: f64 },
    /// `result = low + value * (high - low)`
    Range { value: f64, low: f64, high: f64, result: f64 },
    /// The value, or the end that it lies beyond.
    Clip { value: f64, low: f64, high: f64, result: f64 },
    /// `result = value * gamma`
    Gamma { value: f64, gamma: f64, result: f64 },
    /// `result = value + beta`
    Beta { value: f64, beta: f64, result: f64 },
}

impl Step {
    pub const fn result(mut self) -> f64 {
        *self.result_mut()
    }

    const fn result_mut(&mut self) -> &mut f64 {
        match self {
            Self::Subtract { result, .. }
            | Self::Divide { result, .. }
            | Self::Range { result, .. }
            | Self::Clip { result, .. }
            | Self::Gamma { result, .. }
            | Self::Beta { result, .. } => result,
        }
    }
}

impl Application {
    /// The steps of a recipe with one gamma and one beta; only the first two are in units of 2^exponent, as all after
    /// them have no unit.
    pub(super) fn new(recipe: &Recipe, group: &GroupStatistics, value: f64, output: f64) -> Self {
        if value.is_nan() {
            return Self::MissingValue;
        }
        if group.scale.is_nan() {
            return if recipe.non_finite == NonFinite::Propagate { Self::MissingMember } else { Self::NoMember };
        }
        let (center, low, scale) = group.reduced;
        let mut steps = Vec::with_capacity(6);
        let mut at = value * power_of_two(-group.exponent);
        if recipe.center != Center::None {
            let result = (at - center) - low;
            steps.push(Step::Subtract { value: at, center, low, result });
            at = result;
        }
        // Without a scale, this is the way back to plain numbers.
        if recipe.scale != Scale::None || group.exponent != 0 {
            steps.push(Step::Divide { value: at, scale, result: at / scale });
            at /= scale;
        }
        if recipe.range != (0.0, 1.0) {
            let (low, high) = recipe.range;
            let span = high - low;
            let result = if at < 0.5 { low + at * span } else { high - (1.0 - at) * span };
            steps.push(Step::Range { value: at, low, high, result });
            at = result;
        }
        if let Some((low, high)) = recipe.clip {
            let result = if at < low { low } else { at };
            let result = if result > high { high } else { result };
            steps.push(Step::Clip { value: at, low, high, result });
            at = result;
        }
        if let Some(affine) = &recipe.affine {
            let (gamma, beta) = (affine.gamma[0], affine.beta[0]);
            steps.push(Step::Gamma { value: at, gamma, result: at * gamma });
            at *= gamma;
            steps.push(Step::Beta { value: at, beta, result: at + beta });
        }
        if let Some(last) = steps.last_mut() {
            *last.result_mut() = output;
        }
        Self::Steps(steps)
    }
}
