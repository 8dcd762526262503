//! The normal distribution, and how far values are from it.

use normlab_engine::moments;

/// Halvings of a range of 80: fewer than an `f64` could tell apart are left.
const HALVINGS: usize = 60;

/// The standard normal value below which this share of the distribution lies.
pub fn score(share: f64) -> f64 {
    if share > 0.5 {
        return -score(1.0 - share);
    }
    if share == 0.5 {
        return 0.0;
    }
    let below = |value: f64| 0.5 * libm::erfc(-value * std::f64::consts::FRAC_1_SQRT_2);
    let (mut low, mut high) = (-40.0, 0.0);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if below(middle) < share { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// The share of the standard normal distribution below a value.
pub fn share_below(value: f64) -> f64 {
    0.5 * libm::erfc(-value * std::f64::consts::FRAC_1_SQRT_2)
}

/// The normal scores of `n` values in order: at the middles of `n` equal shares.
pub fn scores(n: usize) -> Vec<f64> {
    let below: Vec<f64> = (0..n.div_ceil(2)).map(|rank| score((rank as f64 + 0.5) / n as f64)).collect();
    (0..n).map(|rank| if rank < below.len() { below[rank] } else { -below[n - 1 - rank] }).collect()
}

/// What does not depend on where values are and how wide they spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShapeStatistics {
    /// The third moment of the z-scores: 0 for what is symmetric.
    pub skewness: f64,
    /// The fourth moment of the z-scores less 3: 0 for the normal distribution.
    pub kurtosis: f64,
    /// The correlation with the normal scores: 1 where the points of a normal Q-Q plot are on a line.
    pub straightness: f64,
}

impl ShapeStatistics {
    /// Of ascending values, with the normal scores of so many.
    pub fn of(sorted: &[f64], scores: &[f64]) -> Self {
        let z = standardized(sorted);
        let n = z.len() as f64;
        let (cubes, fourths) =
            z.iter().fold((0.0, 0.0), |(cubes, fourths), z| (cubes + z * z * z, fourths + z * z * z * z));
        let square: f64 = scores.iter().map(|score| score * score).sum::<f64>() / n;
        let product: f64 = z.iter().zip(scores).map(|(z, score)| z * score).sum::<f64>() / n;
        Self { skewness: cubes / n, kurtosis: fourths / n - 3.0, straightness: product / square.sqrt() }
    }
}

/// How many standard deviations (divisor n) each value is from the mean.
pub fn standardized(values: &[f64]) -> Vec<f64> {
    let found = moments(values);
    values.iter().map(|value| (value - found.mean) / found.sd).collect()
}
