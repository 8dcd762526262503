//! The loss of a linear model after a rescaling: a quadratic function of two weights and a bias.

use super::eigen::{Matrix3, eigen};
use super::two_features::{FeatureStats, TwoFeatures};
use crate::Refusal;

/// What is done to both features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rescaling {
    Raw,
    Centred,
    ByHand,
    MinMax,
    ZScore,
    Robust,
}

impl Rescaling {
    pub const EACH: [Self; 6] = [Self::Raw, Self::Centred, Self::ByHand, Self::MinMax, Self::ZScore, Self::Robust];

    pub fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Centred => "centred only",
            Self::ByHand => "rescaled by hand",
            Self::MinMax => "min-max",
            Self::ZScore => "z-score",
            Self::Robust => "robust",
        }
    }

    /// What is subtracted from a feature, and what it is divided by then.
    fn centre_and_scale(self, feature: &FeatureStats) -> (f64, f64) {
        match self {
            Self::Raw => (0.0, 1.0),
            Self::Centred => (feature.mean, 1.0),
            Self::ByHand => (0.0, by_hand(feature)),
            Self::MinMax => (feature.min, feature.max - feature.min),
            Self::ZScore => (feature.mean, feature.sd),
            Self::Robust if feature.middle > 0.0 => (feature.median, feature.middle),
            Self::Robust => (feature.median, 1.0),
        }
    }
}

/// The power of ten nearest to the largest value of a feature, as "in millions" does; 1 for a feature whose values are below 10.
fn by_hand(feature: &FeatureStats) -> f64 {
    const LARGE: f64 = 10.0;
    let largest = feature.max.abs().max(feature.min.abs());
    if largest < LARGE { 1.0 } else { libm::exp10(libm::round(libm::log10(largest))) }
}

/// Half the mean squared error, as a function of the first weight, the second weight and the bias.
#[derive(Clone, Debug, PartialEq)]
pub struct Quadratic {
    pub rescaling: Rescaling,
    pub n_rows: f64,
    /// What both features were divided by.
    pub scales: [f64; 2],
    /// Second derivatives.
    pub curvature: Matrix3,
    /// The gradient at zero weights, with the other sign.
    pub moments: [f64; 3],
    /// The weights of least loss.
    pub best: [f64; 3],
    /// The weights at the start.
    pub start: [f64; 3],
    /// Eigenvalues of the curvature, the largest first.
    pub values: [f64; 3],
    /// Its eigenvectors, in the same order.
    pub vectors: Matrix3,
}

impl Quadratic {
    /// `start` are the slopes at the start in units of the best ones. Whatever the rescaling, the model predicts the same there:
    /// that of these slopes for the raw features, without a bias.
    ///
    /// # Errors
    /// When a direction of the weights does not change the loss.
    pub fn new(features: &TwoFeatures, rescaling: Rescaling, start: [f64; 2]) -> Result<Self, Refusal> {
        let [a, b] = &features.features;
        let [(centre_a, scale_a), (centre_b, scale_b)] = [a, b].map(|feature| rescaling.centre_and_scale(feature));
        let (mean_a, mean_b) = ((a.mean - centre_a) / scale_a, (b.mean - centre_b) / scale_b);
        let (sd_a, sd_b) = (a.sd / scale_a, b.sd / scale_b);
        let both = features.correlation * sd_a * sd_b + mean_a * mean_b;
        let curvature = [
            [sd_a * sd_a + mean_a * mean_a, both, mean_a],
            [both, sd_b * sd_b + mean_b * mean_b, mean_b],
            [mean_a, mean_b, 1.0],
        ];
        let [slope_a, slope_b] = features.slopes();
        let target = features.target_mean;
        let best_bias = target - slope_a * (a.mean - centre_a) - slope_b * (b.mean - centre_b);
        let best = [slope_a * scale_a, slope_b * scale_b, best_bias];
        let bias = start[0] * slope_a * centre_a + start[1] * slope_b * centre_b;
        let (values, vectors) = eigen(curvature);
        if values[2].is_nan() || values[2] <= 0.0 {
            return Err(Refusal::because(format!(
                "{} and {} cannot be told apart in double precision: there is no single best pair of weights.",
                a.name, b.name
            )));
        }
        Ok(Self {
            rescaling,
            n_rows: features.n_rows as f64,
            scales: [scale_a, scale_b],
            curvature,
            moments: [a.pull * sd_a + mean_a * target, b.pull * sd_b + mean_b * target, target],
            best,
            start: [start[0] * best[0], start[1] * best[1], bias],
            values,
            vectors,
        })
    }

    /// The largest curvature.
    pub fn steepest(&self) -> f64 {
        self.values[0]
    }

    /// How many times the curvature of the steepest direction is that of the flattest one.
    pub fn condition(&self) -> f64 {
        self.values[0] / self.values[2]
    }

    /// How far weights are from the best, along each eigenvector.
    pub fn along(&self, from_best: [f64; 3]) -> [f64; 3] {
        self.vectors.map(|vector| dot(vector, from_best))
    }

    /// Weights of which this is known.
    pub fn weights(&self, along: [f64; 3]) -> [f64; 3] {
        [0, 1, 2].map(|row| self.best[row] + (0..3).map(|index| self.vectors[index][row] * along[index]).sum::<f64>())
    }

    /// The loss above the least that is possible.
    pub fn excess(&self, along: [f64; 3]) -> f64 {
        0.5 * (0..3).map(|index| self.values[index] * along[index] * along[index]).sum::<f64>()
    }

    /// The solution of the normal equations, by Cholesky's method. `None` when rounding makes the matrix indefinite.
    pub fn solved(&self) -> Option<[f64; 3]> {
        let mut lower: Matrix3 = [[0.0; 3]; 3];
        for row in 0..3 {
            for column in 0..=row {
                let rest = self.curvature[row][column]
                    - (0..column).map(|index| lower[row][index] * lower[column][index]).sum::<f64>();
                lower[row][column] = match row == column {
                    true if rest > 0.0 => rest.sqrt(),
                    true => return None,
                    false => rest / lower[column][column],
                };
            }
        }
        let mut found = self.moments;
        for row in 0..3 {
            found[row] =
                (found[row] - (0..row).map(|index| lower[row][index] * found[index]).sum::<f64>()) / lower[row][row];
        }
        for row in (0..3).rev() {
            found[row] = (found[row] - (row + 1..3).map(|index| lower[index][row] * found[index]).sum::<f64>())
                / lower[row][row];
        }
        Some(found)
    }
}

pub fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
