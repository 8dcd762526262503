//! Median and quantile ranges that keep their digits under large offsets and extreme magnitudes.

use crate::statistics::double::{Double, power_of_two};
use crate::statistics::quantile::QuantileNeighbours;

/// Quantiles (type 7) of finite values, as exact as the values: what they lie between in, one [`Double`] each out, in units
/// of 2^`unit`, so that no difference overflows.
pub(crate) fn exact_quantiles(found: &[QuantileNeighbours], unit: i32) -> Vec<Double> {
    let power = power_of_two(-unit);
    let scaled: Vec<QuantileNeighbours> = found.iter().map(|two| two.map(|value| value * power)).collect();
    let plain = scaled.iter().map(QuantileNeighbours::quantile);
    let (low, high) = plain.clone().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), q| (a.min(q), b.max(q)));
    // Rounding is relative to the quantiles, what matters is relative to their distances. Around one of them both are
    // of one size: differences to near values are exact.
    if let Some(around) = plain.clone().next()
        && high - low < 4.0 * low.abs().max(high.abs())
    {
        let fine = scaled.iter().map(|two| two.map(|value| value - around).quantile());
        return fine.map(|low| Double { high: around, low }.tidy()).collect();
    }
    plain.map(|high| Double { high, low: 0.0 }).collect()
}

/// The value below which a share of a standard normal distribution lies; `share` strictly between 0 and 1.
pub(crate) fn normal_quantile(share: f64) -> f64 {
    if share > 0.5 {
        return -normal_quantile(1.0 - share);
    }
    // A rough start (Abramowitz & Stegun 26.2.23), then Newton steps on the distribution function.
    let t = (-2.0 * libm::log(share)).sqrt();
    let mut x =
        -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
    for _ in 0..5 {
        let below = 0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2);
        let density = libm::exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt();
        let step = (below - share) / density;
        // Halley's correction: f''/f' of the distribution function is -x.
        x -= step / (1.0 + 0.5 * x * step);
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_quantiles_are_exact() {
        // scipy.stats.norm.ppf
        for (share, expected) in [(0.25, -0.674_489_750_196_081_7), (0.9, 1.281_551_565_544_600_4), (0.5, 0.0)] {
            assert!((normal_quantile(share) - expected).abs() < 4e-16, "{share}");
        }
    }
}
