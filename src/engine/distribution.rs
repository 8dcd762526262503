//! Pictures of a distribution as plain numbers.

use serde::{Deserialize, Serialize};

use super::{Real, Summary, summarize};

/// Counts of values in bins of equal width from `low` to `high`; the last bin includes `high`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    pub low: f64,
    pub high: f64,
    pub counts: Vec<u64>,
    /// Values outside of `low..=high` (missing values are in neither).
    pub outside: u64,
}

/// A kernel density estimate on a grid of equal steps from `low` to `high`, both included.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Density {
    pub low: f64,
    pub high: f64,
    /// Standard deviation of the Gaussian kernel, in the unit of the values.
    pub bandwidth: f64,
    pub values: Vec<f64>,
}

/// Counts `values` in `bins` bins of equal width from `low` to `high`. NaNs are ignored.
///
/// A value v belongs to bin floor((v - low) * bins / (high - low)), and `high` itself to the last one. When `low` is
/// not below `high`, all values equal to them are in the first bin. No bins: every value is outside.
pub fn histogram<T: Real>(values: &[T], low: f64, high: f64, bins: usize) -> Histogram {
    let mut counts = vec![0; bins];
    let mut outside = 0;
    let span = Span::new(low, high);
    // Counters of 32 bits keep the table small; so many values cannot make one overflow.
    for part in values.chunks(1 << 30) {
        let (inside, beyond) = count(part, span, bins);
        counts.iter_mut().zip(inside).for_each(|(total, count)| *total += count);
        outside += beyond;
    }
    Histogram { low, high, counts, outside }
}

fn count<T: Real>(values: &[T], span: Span, bins: usize) -> (Vec<u64>, u64) {
    // Counters that take turns, so that an addition need not wait for the one before it in the same bin.
    const TURNS: usize = 4;
    let mut table = vec![[0_u32; TURNS]; bins + 1];
    let mut slots = [0; 512];
    for block in values.chunks(slots.len()) {
        let slots = &mut slots[..block.len()];
        if !slots_inside(block, span, bins, slots) {
            slots_anywhere(block, span, bins, slots);
        }
        let (chunks, rest) = slots.as_chunks::<TURNS>();
        for chunk in chunks {
            for (turn, &slot) in chunk.iter().enumerate() {
                table[slot as usize][turn] += 1;
            }
        }
        for &slot in rest {
            table[slot as usize][0] += 1;
        }
    }
    let mut counts: Vec<u64> = table.iter().map(|turns| turns.iter().map(|&n| u64::from(n)).sum()).collect();
    let mut beyond = counts.pop().unwrap_or_default();
    if beyond > 0 {
        beyond -= values.iter().filter(|v| v.is_nan()).count() as u64;
    }
    (counts, beyond)
}

/// The bin of every value, or `false` when some value has none. A loop of its own without a branch, so that it is made
/// of vectors.
#[inline(never)]
fn slots_inside<T: Real>(values: &[T], span: Span, bins: usize, slots: &mut [u32]) -> bool {
    // 2^52: added to a small whole number, it leaves that number in the lowest bits.
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    let (last, factor) = (bins.saturating_sub(1) as f64, bins as f64 / span.width);
    let Span { low, high, scale, .. } = span;
    let start = low * scale;
    let mut beyond = u64::from(bins == 0);
    for (slot, &value) in slots.iter_mut().zip(values) {
        let value = value.to_f64();
        let inside = value >= low && value <= high;
        beyond |= u64::from(!inside);
        let t = (value * scale - start) * factor;
        let t = if t < last { t } else { last };
        *slot = (t.floor() + WHOLE).to_bits() as u32;
    }
    beyond == 0
}

/// As above, with `bins`, one too many, for NaNs and values outside.
fn slots_anywhere<T: Real>(values: &[T], span: Span, bins: usize, slots: &mut [u32]) {
    let factor = bins as f64 / span.width;
    for (slot, &value) in slots.iter_mut().zip(values) {
        let value = value.to_f64();
        let inside = (span.low..=span.high).contains(&value) && bins > 0;
        *slot = if inside { ((span.offset(value) * factor) as u32).min(bins as u32 - 1) } else { bins as u32 };
    }
}

/// Positions between two ends, also when their difference or its reciprocal is no finite number.
#[derive(Clone, Copy)]
struct Span {
    low: f64,
    high: f64,
    /// 1, but 1/4 when the difference of the ends would overflow, and 2^600 when bins would have no width.
    scale: f64,
    /// Of the scaled ends; 1 when they are equal.
    width: f64,
}

impl Span {
    fn new(low: f64, high: f64) -> Self {
        let scale = match high - low {
            width if width < 1e-250 => 2_f64.powi(600),
            width if width.is_finite() => 1.0,
            _ => 0.25,
        };
        let width = high * scale - low * scale;
        Self { low, high, scale, width: if width > 0.0 { width } else { 1.0 } }
    }

    /// From 0 to `width` for values between the ends.
    fn offset(self, value: f64) -> f64 {
        value * self.scale - self.low * self.scale
    }
}

/// Number of bins from the least to the greatest value by the rule of Freedman and Diaconis: the width of a bin is
/// 2 IQR / n^(1/3). From 1 to 200.
///
/// Where the quartiles coincide, Sturges' log2(n) + 1 takes over. When the values are whole numbers, as far as
/// the summary tells, there are no more bins than whole numbers, and each spans as many of them as any other, or one
/// more.
///
/// Source: Freedman and Diaconis, "On the histogram as a density estimator: L2 theory" (1981).
pub fn freedman_diaconis(summary: &Summary) -> usize {
    const MOST: f64 = 200.0;
    let n = summary.count as f64;
    // In quarters: the difference of the extremes may overflow.
    let [min, q1, median, q3, max] =
        [summary.min, summary.q1, summary.median, summary.q3, summary.max].map(|value| value / 4.0);
    let range = max - min;
    if !range.is_finite() || range <= 0.0 {
        return 1;
    }
    let width = 2.0 * (q3 - q1) / n.cbrt();
    let bins = if width > 0.0 { (range / width).ceil() } else { n.log2().ceil() + 1.0 };
    let bins = bins.clamp(1.0, MOST);
    // Between whole numbers, the quartiles are multiples of 1/4 and the median of 1/2.
    let multiples = [(min, 4.0), (q1, 16.0), (median, 8.0), (q3, 16.0), (max, 4.0)];
    let whole = multiples.iter().all(|(value, parts)| (value * parts).fract() == 0.0);
    let steps = range * 4.0 + 1.0;
    let bins = if whole && steps < 2e15 { (steps / (steps / bins).round().max(1.0)).round() } else { bins };
    bins.clamp(1.0, MOST) as usize
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
    0.9 * spread * n.powf(-0.2)
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
pub fn density<T: Real>(values: &[T], low: f64, high: f64, points: usize, bandwidth: Option<f64>) -> Density {
    if points < 2 || low.partial_cmp(&high) != Some(std::cmp::Ordering::Less) || !low.is_finite() || !high.is_finite() {
        return Density { low, high, bandwidth: bandwidth.unwrap_or(f64::NAN), values: Vec::new() };
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
        let kernel = |cell: usize| (-0.5 * (t - cell as f64).powi(2) / variance).exp();
        let sum: f64 = near.iter().enumerate().filter(|(_, w)| **w > 0.0).map(|(i, w)| w * kernel(first + i)).sum();
        if sum > 0.0 { sum * height } else { 0.0 }
    };
    let bandwidth = width / per_unit / span.scale;
    Density { low, high, bandwidth, values: (0..points).map(at).collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn summary_of(values: &[f64]) -> Summary {
        summarize(values, &mut Vec::new())
    }

    /// Trapezoids.
    fn area(density: &Density) -> f64 {
        let step = (density.high - density.low) / (density.values.len() - 1) as f64;
        density.values.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0 * step).sum()
    }

    /// A bent sequence in place of random numbers.
    fn skewed(n: usize) -> Vec<f64> {
        (0..n).map(|i| ((i * 7919 % n) as f64 + 0.5) / n as f64).map(|u| 3.0 * u * u - (1.0 - u).ln()).collect()
    }

    const VALUES: [f64; 9] = [3.5, -1.0, 7.0, 2.25, 0.5, 11.0, -4.0, 2.25, 0.125];

    #[test]
    fn bins_as_numpy() {
        // numpy.histogram(x, bins=5, range=(-4, 11))[0]; numpy.histogram(x, bins=4, range=(-1, 3))[0]
        assert_eq!(histogram(&VALUES, -4.0, 11.0, 5).counts, [1, 3, 3, 1, 1]);
        let found = histogram(&VALUES, -1.0, 3.0, 4);
        assert_eq!((found.counts, found.outside), ([1, 2, 0, 2].to_vec(), 4));
    }

    #[test]
    fn edges_missing_values_and_odd_ranges() {
        let whole: Vec<f32> = (0..=10).map(|i| i as f32).collect();
        assert_eq!(histogram(&whole, 0.0, 10.0, 10).counts, [1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
        let odd = [f64::NAN, 1.0, f64::INFINITY, f64::NEG_INFINITY, -0.0, 0.0, 2.0, f64::NAN, 1.5];
        let found = histogram(&odd, 0.0, 2.0, 2);
        assert_eq!((found.counts, found.outside), (vec![2, 3], 2));
        assert_eq!(histogram(&odd, 1.0, 1.0, 3).counts, [1, 0, 0]);
        assert_eq!(histogram(&odd, 0.0, 2.0, 0).outside, 7);
        assert_eq!(histogram(&odd, f64::NAN, 2.0, 1).outside, 7);
        assert_eq!(histogram::<f64>(&[], 0.0, 1.0, 2).counts, [0, 0]);
        let huge = 1.7e308;
        assert_eq!(histogram(&[-huge, -huge / 4.0, huge / 4.0, huge], -huge, huge, 4).counts, [1, 1, 1, 1]);
        let tiny = f64::from_bits(1);
        assert_eq!(histogram(&[0.0, tiny, tiny * 2.0, tiny * 4.0], 0.0, tiny * 4.0, 4).counts, [1, 1, 1, 1]);
    }

    #[test]
    fn bin_rule() {
        // len(numpy.histogram_bin_edges(skewed, "fd")) - 1, for skewed(2000) below
        assert_eq!(freedman_diaconis(&summary_of(&skewed(2000))), 28);
        assert_eq!(freedman_diaconis(&summary_of(&[])), 1);
        assert_eq!(freedman_diaconis(&summary_of(&[3.0])), 1);
        assert_eq!(freedman_diaconis(&summary_of(&[5.0; 100])), 1);
        assert_eq!(freedman_diaconis(&summary_of(&[-1.7e308, 0.1, 1.7e308])), 2);
        // IQR 0: one value stands out of 100 equal ones.
        let spike: Vec<f64> = (0..101).map(|i| if i == 0 { 0.5 } else { 0.0 }).collect();
        assert_eq!(freedman_diaconis(&summary_of(&spike)), 8);
        // An outlier asks for millions of bins.
        let outlier: Vec<f64> = (0..1000).map(|i| if i == 0 { 1e9 } else { f64::from(i) / 7.0 }).collect();
        assert_eq!(freedman_diaconis(&summary_of(&outlier)), 200);
        // Whole numbers 0 to 10, and 0 or 1: a bin each; 0 to 999: 45 or 46 in each.
        let whole = |n: i32| (0..10_000).map(|i| f64::from(i % n)).collect::<Vec<_>>();
        assert_eq!(freedman_diaconis(&summary_of(&whole(11))), 11);
        assert_eq!(freedman_diaconis(&summary_of(&whole(2))), 2);
        let bins = freedman_diaconis(&summary_of(&whole(1000)));
        let counts = histogram(&whole(1000), 0.0, 999.0, bins).counts;
        assert!(counts.iter().all(|count| [450, 460].contains(count)), "{counts:?}");
    }

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
        fn every_value_is_counted_once(
            values in prop::collection::vec(prop_oneof![3 => -5.0..5.0, 1 => proptest::num::f64::ANY], 0..300),
            low in -6.0..6.0, width in 0.0..8.0, bins in 0_usize..40,
        ) {
            let found = histogram(&values, low, low + width, bins);
            let present = values.iter().filter(|v: &&f64| !v.is_nan()).count() as u64;
            prop_assert_eq!(found.counts.iter().sum::<u64>() + found.outside, present);
            prop_assert_eq!(found.counts.len(), bins);
        }

        #[test]
        fn order_does_not_change_the_counts(values in prop::collection::vec(-5.0..5.0, 1..300), bins in 1_usize..40) {
            let mut turned = values.clone();
            turned.reverse();
            prop_assert_eq!(histogram(&values, -4.0, 5.0, bins), histogram(&turned, -4.0, 5.0, bins));
        }

        #[test]
        fn density_has_area_one(values in prop::collection::vec(-5.0..5.0, 1..300), bandwidth in prop::option::of(0.0..3.0)) {
            let found = density(&values, -30.0, 30.0, 256, bandwidth);
            prop_assert!((area(&found) - 1.0).abs() < 1e-6, "{}", area(&found));
        }

        #[test]
        fn bin_rule_is_in_range(values in prop::collection::vec(proptest::num::f64::ANY, 0..50)) {
            let bins = freedman_diaconis(&summary_of(&values));
            prop_assert!((1..=200).contains(&bins));
        }
    }
}
