//! What a column of numbers is like.

use serde::{Deserialize, Serialize};

use crate::statistics::moments::{Extent, Scaled, powers};
use crate::statistics::quantile::quantiles_within;
use crate::statistics::quartile_hints::{QUARTILES, QuartileHints};
use crate::{Real, moments};

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

/// Everything in [`Summary`] about `values`; NaNs are missing. Linear in time; `scratch` is working memory.
pub fn summarize<T: Real>(values: &[T], scratch: &mut Vec<T>) -> Summary {
    T::summarize_near(values, &QuartileHints::default(), scratch)
}

/// As [`summarize`], for values that were made of others one by one, mostly in their order: where the quartiles of those
/// lay, these are looked for first. The result is the same to the last bit, whatever the hints.
pub fn summarize_near<T: Real>(values: &[T], quartile_hints: &QuartileHints, scratch: &mut Vec<T>) -> Summary {
    T::summarize_near(values, quartile_hints, scratch)
}

pub(crate) fn summarize_here<T: Real>(values: &[T], quartile_hints: &QuartileHints, scratch: &mut Vec<T>) -> Summary {
    let moments = moments(values);
    let [q1, median, q3] = quartile_hints
        .quartiles(values, moments.count as usize)
        .unwrap_or_else(|| quartiles(values, &moments, scratch));
    let (skewness, excess_kurtosis) = shape(values, &moments);
    let crate::Moments { count, missing, mean, sd, min, max } = moments;
    Summary { count, missing, mean, sd, min, q1, median, q3, max, skewness, excess_kurtosis }
}

fn quartiles<T: Real>(values: &[T], moments: &crate::Moments, scratch: &mut Vec<T>) -> [f64; 3] {
    let extent = Extent { count: moments.count as usize, min: T::from_f64(moments.min), max: T::from_f64(moments.max) };
    let found = quantiles_within(values, extent, &QUARTILES, scratch);
    [found[0], found[1], found[2]]
}

/// Skewness and excess kurtosis: moments of standardized values. The mean and deviation used for that are themselves
/// rounded, so what they leave of the first two moments is taken out.
fn shape<T: Real>(values: &[T], moments: &crate::Moments) -> (f64, f64) {
    if moments.min == moments.max || !moments.sd.is_finite() {
        return (f64::NAN, f64::NAN);
    }
    let n = moments.count as f64;
    let plain = [moments.mean, 1.0, 0.0, 1.0 / moments.sd];
    // Where a difference or the factor would overflow, or the deviation has few digits left: through scaled values.
    let ordinary = (1e-290..1e290).contains(&moments.sd) && (moments.max - moments.min).is_finite();
    let sums = if ordinary {
        powers(values, plain)
    } else {
        let Scaled { shift, scale, .. } = Scaled::new(values);
        let rough = powers(values, [shift, scale, 0.0, 1.0])[0] / n;
        let spread = powers(values, [shift, scale, rough, 1.0])[1] / n;
        powers(values, [shift, scale, rough, 1.0 / spread.sqrt()])
    };
    let [a, b, c, d] = sums.map(|sum| sum / n);
    let variance = b - a * a;
    let third = c - 3.0 * a * b + 2.0 * a * a * a;
    let fourth = d - 4.0 * a * c + 6.0 * a * a * b - 3.0 * a * a * a * a;
    (third / (variance * variance.sqrt()), fourth / (variance * variance) - 3.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() <= 1e-13 * expected.abs().max(1.0)
    }

    // x = [3.5, -1, 7, 2.25, 0.5, 11, -4, 2.25, 0.125]
    const VALUES: [f64; 9] = [3.5, -1.0, 7.0, 2.25, 0.5, 11.0, -4.0, 2.25, 0.125];

    #[test]
    fn agrees_with_numpy_and_scipy() {
        let found = summarize(&VALUES, &mut Vec::new());
        // numpy.mean(x), numpy.std(x), numpy.quantile(x, [.25, .5, .75]), scipy.stats.skew(x), scipy.stats.kurtosis(x)
        let expected =
            [2.4027777777777777, 4.18569728102679, 0.125, 2.25, 3.5, 0.6262405667853453, -0.18890079396707682];
        let found = [found.mean, found.sd, found.q1, found.median, found.q3, found.skewness, found.excess_kurtosis];
        for (found, expected) in found.into_iter().zip(expected) {
            assert!(close(found, expected), "{found} {expected}");
        }
    }

    #[test]
    fn shape_survives_scale_and_offset() {
        let plain = summarize(&VALUES, &mut Vec::new());
        // All values are multiples of 1/8, so these changes lose nothing.
        for (scale, offset) in
            [(1.0, 1e9), (2_f64.powi(1019), 0.0), (f64::from_bits(1 << 14), 0.0), (2_f64.powi(-1000), 0.0)]
        {
            let values = VALUES.map(|v| v * scale + offset);
            let found = summarize(&values, &mut Vec::new());
            assert!(close(found.skewness, plain.skewness), "{scale} {offset}: {found:?}");
            assert!(close(found.excess_kurtosis, plain.excess_kurtosis), "{scale} {offset}: {found:?}");
            assert!(close((found.q1 - offset) / scale, plain.q1), "{scale} {offset}: {found:?}");
        }
    }

    #[test]
    fn missing_values_change_nothing_but_their_count() {
        let mut holes: Vec<f32> = VALUES.map(|v| v as f32).to_vec();
        let plain = summarize(&holes, &mut Vec::new());
        holes.insert(0, f32::NAN);
        holes.insert(5, f32::NAN);
        let found = summarize(&holes, &mut Vec::new());
        assert_eq!((found.count, found.missing), (9, 2));
        assert!(close(found.mean, plain.mean) && close(found.sd, plain.sd) && close(found.skewness, plain.skewness));
        assert!(close(found.excess_kurtosis, plain.excess_kurtosis));
        assert_eq!((found.min, found.q1, found.median, found.q3, found.max), (-4.0, 0.125, 2.25, 3.5, 11.0));
    }

    #[test]
    fn constants_and_nothing() {
        let found = summarize(&[7.0; 5], &mut Vec::new());
        assert_eq!((found.mean, found.sd, found.q1, found.q3), (7.0, 0.0, 7.0, 7.0));
        assert!(found.skewness.is_nan() && found.excess_kurtosis.is_nan());
        let found = summarize(&[f64::NAN], &mut Vec::new());
        assert_eq!((found.count, found.missing), (0, 1));
        assert!(found.mean.is_nan() && found.median.is_nan() && found.min.is_nan());
    }
}
