//! How densely values lie, as a smooth curve.

use serde::{Deserialize, Serialize};

use crate::statistics::span::Span;
use crate::{Real, Summary, summarize};

/// A kernel density estimate on a grid of equal steps from `low` to `high`, both included.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DensityEstimate {
    pub low: f64,
    pub high: f64,
    /// Standard deviation of the Gaussian kernel, in the unit of the values.
    pub bandwidth: f64,
    pub values: Vec<f64>,
}

/// Silverman's rule of thumb for the bandwidth of a Gaussian kernel: 0.9 min(sd, IQR / 1.34) n^(-1/5), with the
/// standard deviation of divisor n - 1. Where one of the two spreads is 0, the other; 0 when both are.
///
/// Source: Silverman, "Density Estimation" (1986), page 48, equation (3.31); R's `bw.nrd0`.
pub fn silverman(summary: &Summary) -> f64 {
    let n = summary.count as f64;
    if n < 2.0 {
        return 0.0;
    }
    let sd = summary.sd * (n / (n - 1.0)).sqrt();
    let iqr = (summary.q3 / 1.34 - summary.q1 / 1.34).abs();
    let spread = if iqr > 0.0 && iqr < sd { iqr } else { sd };
    0.9 * spread * libm::pow(n, -0.2)
}

/// Cells of the binning grid in one bandwidth.
const CELLS: f64 = 8.0;
/// Beyond so many bandwidths, the kernel is below 1e-14 of its height.
const REACH: f64 = 8.0;

/// Gaussian kernel density estimate of `values` at `points` points from `low` to `high`. NaNs are ignored.
///
/// The bandwidth is [`silverman`]'s unless given, and never less than the distance of two points: what the grid cannot
/// show. So a constant, or whatever else would be narrower, shows as a bump one grid step wide, and the area under the
/// values is 1 less what lies outside of `low..=high`. Infinite where only a number beyond f64 would do. Without
/// values, all 0. Without two points, or ends that are finite and in order, nothing.
///
/// Values are shared between the two nearest cells of a grid 8 times finer than the bandwidth, which widens the kernel
/// by a known amount that is taken off before. The error is below a thousandth of the highest density.
///
/// Source: Wand, "Fast computation of multivariate kernel estimators" (1994), linear binning.
pub fn density<T: Real>(values: &[T], low: f64, high: f64, points: usize, bandwidth: Option<f64>) -> DensityEstimate {
    T::density(values, low, high, points, bandwidth)
}

pub(crate) fn density_here<T: Real>(
    values: &[T],
    low: f64,
    high: f64,
    points: usize,
    bandwidth: Option<f64>,
) -> DensityEstimate {
    if points < 2 || low.partial_cmp(&high) != Some(std::cmp::Ordering::Less) || !low.is_finite() || !high.is_finite() {
        return DensityEstimate { low, high, bandwidth: bandwidth.unwrap_or(f64::NAN), values: Vec::new() };
    }
    let bandwidth = bandwidth.unwrap_or_else(|| silverman(&summarize(values, &mut Vec::new())));
    // From here on, the unit is the distance of two points.
    let span = Span::new(low, high);
    let steps = (points - 1) as f64;
    let per_unit = steps / span.width;
    let width = (bandwidth * span.scale * per_unit).clamp(1.0, 1e6);
    let width = if width.is_nan() { 1.0 } else { width };

    // Cell 0 is `REACH` bandwidths before the first point.
    let cells_per_unit = CELLS / width;
    let origin = REACH * CELLS;
    let len = (steps * cells_per_unit + 2.0 * origin) as usize + 2;
    let mut cells = vec![0.0; len];
    let mut count = 0_u64;
    let (factor, end) = (per_unit * cells_per_unit, (len - 1) as f64);
    for &value in values {
        let value = value.to_f64();
        let t = span.offset(value) * factor + origin;
        count += u64::from(!value.is_nan());
        if t >= 0.0 && t < end {
            let (cell, part) = (t as usize, t.fract());
            cells[cell] += 1.0 - part;
            cells[cell + 1] += part;
        }
    }

    // Linear binning adds 1/6 of a squared cell to the variance of the kernel.
    let variance = CELLS * CELLS - 1.0 / 6.0;
    let reach = (REACH * CELLS) as usize;
    let height = span.scale * factor / ((std::f64::consts::TAU * variance).sqrt() * count.max(1) as f64);
    let at = |point: usize| {
        let t = point as f64 * cells_per_unit + origin;
        let first = (t as usize).saturating_sub(reach);
        let near = &cells[first..(t as usize + reach + 2).min(len)];
        let kernel = |cell: usize| libm::exp(-0.5 * (t - cell as f64).powi(2) / variance);
        let sum: f64 = near.iter().enumerate().filter(|(_, w)| **w > 0.0).map(|(i, w)| w * kernel(first + i)).sum();
        if sum > 0.0 { sum * height } else { 0.0 }
    };
    let bandwidth = width / per_unit / span.scale;
    DensityEstimate { low, high, bandwidth, values: (0..points).map(at).collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn summary_of(values: &[f64]) -> Summary {
        summarize(values, &mut Vec::new())
    }

    /// Trapezoids.
    fn area(density: &DensityEstimate) -> f64 {
        let step = (density.high - density.low) / (density.values.len() - 1) as f64;
        density.values.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0 * step).sum()
    }

    /// A bent sequence in place of random numbers.
    fn skewed(n: usize) -> Vec<f64> {
        (0..n).map(|i| ((i * 7919 % n) as f64 + 0.5) / n as f64).map(|u| 3.0 * u * u - (1.0 - u).ln()).collect()
    }

    const VALUES: [f64; 9] = [3.5, -1.0, 7.0, 2.25, 0.5, 11.0, -4.0, 2.25, 0.125];

    #[test]
    fn bandwidth_as_in_r() {
        // q = numpy.quantile(x, [.25, .75]); 0.9 * min(numpy.std(x, ddof=1), (q[1] - q[0]) / 1.34) * 9 ** -0.2
        assert!((silverman(&summary_of(&VALUES)) - 1.4607065824577683).abs() < 1e-14);
        assert_eq!(silverman(&summary_of(&[4.0; 9])), 0.0);
        assert_eq!(silverman(&summary_of(&[4.0])), 0.0);
        assert!(silverman(&summary_of(&[0.0, 0.0, 0.0, 0.0, 0.0, 1.0])) > 0.0);
    }

    #[test]
    fn density_agrees_with_the_formula() {
        let values = skewed(3000);
        for bandwidth in [None, Some(0.05), Some(0.7), Some(30.0)] {
            let found = density(&values, -1.0, 10.0, 331, bandwidth);
            let h = found.bandwidth;
            assert!(bandwidth.is_none_or(|b| (b / h - 1.0).abs() < 1e-12), "{h}");
            let direct = |x: f64| -> f64 {
                let kernel = |v: &f64| (-0.5 * ((x - v) / h).powi(2)).exp();
                values.iter().map(kernel).sum::<f64>() / (3000.0 * h * std::f64::consts::TAU.sqrt())
            };
            let highest = found.values.iter().copied().fold(0.0, f64::max);
            for (i, value) in found.values.iter().enumerate() {
                let expected = direct(-1.0 + 11.0 * i as f64 / 330.0);
                assert!((value - expected).abs() < 5e-4 * highest, "h {h}, point {i}: {value} {expected}");
            }
        }
    }

    #[test]
    fn density_as_scipy() {
        // scipy.stats.gaussian_kde(x, bw_method=1.0 / numpy.std(x, ddof=1))([-5, 0, 5, 10])
        let found = density(&VALUES, -5.0, 10.0, 16, Some(1.0)).values;
        for (found, expected) in [found[0], found[5], found[10], found[15]].into_iter().zip([
            0.026900605781817768,
            0.11715106164771918,
            0.02241271544641467,
            0.027378063688678823,
        ]) {
            assert!((found - expected).abs() < 1e-4, "{found} {expected}");
        }
    }

    #[test]
    fn constants_make_a_bump() {
        for offset in [0.0, 5.0, 1e9, 1e300] {
            let half = if offset > 1e10 { offset } else { 1.0 };
            let found = density(&[offset; 50], offset - half, offset + half, 101, None);
            assert!((area(&found) - 1.0).abs() < 1e-3, "{offset}: {}", area(&found));
            assert!((found.bandwidth / (half / 50.0) - 1.0).abs() < 1e-6, "{offset}: {found:?}");
        }
    }

    #[test]
    fn density_of_odd_input() {
        assert_eq!(density(&[f64::NAN; 3], 0.0, 1.0, 3, None).values, [0.0; 3]);
        assert_eq!(density::<f32>(&[], 0.0, 1.0, 3, Some(f64::NAN)).values, [0.0; 3]);
        assert!(density(&VALUES, 1.0, 1.0, 3, None).values.is_empty());
        assert!(density(&VALUES, 0.0, 1.0, 1, None).values.is_empty());
        assert!(density(&VALUES, 0.0, f64::INFINITY, 5, None).values.is_empty());
        let wide = density(&[f64::NEG_INFINITY, f64::INFINITY, 0.5], 0.0, 1.0, 5, None);
        assert!(wide.values.iter().all(|v| v.is_finite()));
        let huge = density(&[-1.7e308, 1.7e308, 0.0], -1.7e308, 1.7e308, 64, Some(1e307));
        assert!(huge.values.iter().all(|v| *v >= 0.0 && v.is_finite()), "{huge:?}");
        // Missing values leave the area at 1.
        let holes = [1.0, f64::NAN, 2.0, 3.0];
        assert!((area(&density(&holes, -10.0, 14.0, 400, Some(0.5))) - 1.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn density_has_area_one(values in prop::collection::vec(-5.0..5.0, 1..300), bandwidth in prop::option::of(0.0..3.0)) {
            let found = density(&values, -30.0, 30.0, 256, bandwidth);
            prop_assert!((area(&found) - 1.0).abs() < 1e-6, "{}", area(&found));
        }
    }
}
