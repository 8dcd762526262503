//! Six ways to transform a column: three that only shift and divide, three that bend.

use normlab_parameters::Options;

use super::normal::score;
use crate::prepared::Scaling;
use crate::{Refusal, RunControl};

/// What is done to the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reshaping {
    ZScore,
    MinMax,
    Robust,
    Logarithm,
    YeoJohnson,
    Quantile,
}

impl Options for Reshaping {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::ZScore, "z-score", "z-score"),
        (Self::MinMax, "min-max", "min-max"),
        (Self::Robust, "robust", "robust"),
        (Self::Logarithm, "log", "logarithm"),
        (Self::YeoJohnson, "yeo-johnson", "Yeo-Johnson"),
        (Self::Quantile, "quantile", "quantile"),
    ];
}

impl Reshaping {
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(one, ..)| *one == self).map_or("", |(.., name)| name)
    }

    /// Those that are defined for values from `least` on.
    pub fn defined(least: f64) -> impl Iterator<Item = Self> {
        let each = Self::ALL.iter().map(|(one, ..)| *one);
        each.filter(move |one| *one != Self::Logarithm || least > 0.0)
    }

    /// The scaling it is, if it only shifts and divides.
    pub fn scaling(self) -> Option<Scaling> {
        match self {
            Self::ZScore => Some(Scaling::ZScore),
            Self::MinMax => Some(Scaling::MinMax),
            Self::Robust => Some(Scaling::Robust),
            Self::Logarithm | Self::YeoJohnson | Self::Quantile => None,
        }
    }

    /// Ascending values, transformed; the second is the power of Yeo and Johnson, where there is one.
    pub async fn apply<O>(
        self,
        sorted: &[f64],
        (control, done): (&RunControl<'_, O>, f32),
    ) -> Result<(Vec<f64>, Option<f64>), Refusal> {
        if let Some(scaling) = self.scaling() {
            return Ok((scaling.apply(sorted, sorted.len(), None)?, None));
        }
        match self {
            Self::YeoJohnson => {
                let power = best_power(sorted, (control, done)).await?;
                Ok((sorted.iter().map(|value| yeo_johnson(*value, power)).collect(), Some(power)))
            }
            Self::Quantile => {
                let mut scores = Vec::with_capacity(sorted.len());
                let mut from = 0;
                for equals in sorted.chunk_by(|a, b| a == b) {
                    // The middle of the ranks of equals.
                    let rank = from as f64 + equals.len() as f64 / 2.0;
                    scores.extend(std::iter::repeat_n(score(rank / sorted.len() as f64), equals.len()));
                    from += equals.len();
                    control.yield_now(done).await?;
                }
                Ok((scores, None))
            }
            _ => Ok((sorted.iter().map(|value| libm::log(*value)).collect(), None)),
        }
    }
}

/// The power transformation of Yeo and Johnson, A new family of power transformations to improve normality or symmetry
/// (2000).
pub fn yeo_johnson(value: f64, power: f64) -> f64 {
    let raised = |log: f64, power: f64| if power == 0.0 { log } else { libm::expm1(power * log) / power };
    if value >= 0.0 { raised(libm::log1p(value), power) } else { -raised(libm::log1p(-value), 2.0 - power) }
}

/// The power that makes values most likely to be normal, from -5 to 5.
async fn best_power<O>(values: &[f64], (control, done): (&RunControl<'_, O>, f32)) -> Result<f64, Refusal> {
    const FARTHEST: f64 = 5.0;
    const STEP: f64 = 0.25;
    const SECTIONS: usize = 40;
    let logs: f64 = values.iter().map(|value| libm::log1p(value.abs()).copysign(*value)).sum();
    let n = values.len() as f64;
    let likelihood = |power: f64| {
        let bent: Vec<f64> = values.iter().map(|value| yeo_johnson(*value, power)).collect();
        let sd = normlab_engine::moments(&bent).sd;
        let size = bent.iter().fold(0.0_f64, |size, value| size.max(value.abs()));
        // What rounding leaves of a spread is none.
        if sd.is_finite() && sd > size * 1e-10 { (power - 1.0) * logs - n * libm::log(sd) } else { f64::NEG_INFINITY }
    };
    let mut best = (f64::NEG_INFINITY, 1.0);
    let mut power = -FARTHEST;
    while power <= FARTHEST {
        let found = likelihood(power);
        if found > best.0 {
            best = (found, power);
        }
        power += STEP;
        control.yield_now(done).await?;
    }
    // Golden sections around the best.
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (best.1 - STEP, best.1 + STEP);
    for _ in 0..SECTIONS {
        let (left, right) = (high - golden * (high - low), low + golden * (high - low));
        if likelihood(left) >= likelihood(right) {
            high = right
        } else {
            low = left
        }
        control.yield_now(done).await?;
    }
    Ok((low + high) / 2.0)
}
