//! Counting values in bins, and how many bins.

use serde::{Deserialize, Serialize};

use crate::statistics::span::Span;
use crate::{Real, Summary};

/// Counts of values in bins of equal width from `low` to `high`; the last bin includes `high`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BinCounts {
    pub low: f64,
    pub high: f64,
    pub counts: Vec<u64>,
    /// Values outside of `low..=high` (missing values are in neither).
    pub outside: u64,
}

/// Counts `values` in `bins` bins of equal width from `low` to `high`. NaNs are ignored.
///
/// A value v belongs to bin floor((v - low) * bins / (high - low)), and `high` itself to the last one. When `low` is
/// not below `high`, all values equal to them are in the first bin. No bins: every value is outside.
pub fn histogram<T: Real>(values: &[T], low: f64, high: f64, bins: usize) -> BinCounts {
    T::histogram(values, low, high, bins)
}

pub(crate) fn histogram_here<T: Real>(values: &[T], low: f64, high: f64, bins: usize) -> BinCounts {
    let mut counts = vec![0; bins];
    let mut outside = 0;
    let span = Span::new(low, high);
    // Counters of 32 bits keep the table small; so many values cannot make one overflow.
    for part in values.chunks(1 << 30) {
        let (inside, beyond) = count(part, span, bins);
        counts.iter_mut().zip(inside).for_each(|(total, count)| *total += count);
        outside += beyond;
    }
    BinCounts { low, high, counts, outside }
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
fn slots_inside<T: Real>(values: &[T], span: Span, bins: usize, slots: &mut [u32]) -> bool {
    // 2^52: added to a small whole number, it leaves that number in the lowest bits.
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    let (last, factor) = (bins.saturating_sub(1) as f64, bins as f64 / span.width);
    let Span { low, high, scale, .. } = span;
    let start = low * scale;
    let mut all = bins > 0;
    for (slot, &value) in slots.iter_mut().zip(values) {
        let value = value.to_f64();
        all &= (value >= low) & (value <= high);
        let t = (value * scale - start) * factor;
        let t = if t < last { t } else { last };
        *slot = (t.floor() + WHOLE).to_bits() as u32;
    }
    all
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::summarize;

    fn summary_of(values: &[f64]) -> Summary {
        summarize(values, &mut Vec::new())
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
        fn bin_rule_is_in_range(values in prop::collection::vec(proptest::num::f64::ANY, 0..50)) {
            let bins = freedman_diaconis(&summary_of(&values));
            prop_assert!((1..=200).contains(&bins));
        }
    }
}
