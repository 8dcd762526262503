//! Quantiles by linear interpolation between order statistics, without sorting everything.

use crate::statistics::moments::{Extent, extent};
use crate::{Real, sort};

/// Up to so many values are simply sorted.
const SMALL: usize = 2048;
/// Buckets of the first cut. The bucket of a value comes from its leading bits, so about 32 buckets share each power
/// of two when the values spread around zero, and far more are at work when they do not.
const BUCKETS: usize = 1 << 16;

/// Quantiles of `values` at `fractions` (0 is the least, 1 the greatest), one result for each fraction.
///
/// With the n values that are not NaN in ascending order and h = (n - 1) * fraction, the result lies between the
/// values at floor(h) and floor(h) + 1, at the fractional part of h. Fractions beyond 0..=1 count as 0 or 1. A NaN
/// fraction, or no values, gives NaN. f32 values are interpolated in f64. `scratch` is working memory; what it holds
/// before does not matter, and afterwards nothing is promised. Linear in time.
///
/// Source: Hyndman and Fan, "Sample Quantiles in Statistical Packages" (1996), type 7; numpy's default.
pub fn quantiles<T: Real>(values: &[T], fractions: &[f64], scratch: &mut Vec<T>) -> Vec<f64> {
    T::quantiles(values, fractions, scratch)
}

pub(crate) fn quantiles_here<T: Real>(values: &[T], fractions: &[f64], scratch: &mut Vec<T>) -> Vec<f64> {
    quantiles_within(values, extent(values), fractions, scratch)
}

/// As [`quantiles`], with the count, the least and the greatest value already known.
pub(crate) fn quantiles_within<T: Real>(
    values: &[T],
    extent: Extent<T>,
    fractions: &[f64],
    scratch: &mut Vec<T>,
) -> Vec<f64> {
    if extent.count == 0 {
        return vec![f64::NAN; fractions.len()];
    }
    neighbours_within(values, extent, fractions, scratch).iter().map(QuantileNeighbours::quantile).collect()
}

/// The two values a quantile lies between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct QuantileNeighbours {
    /// How many values stand before `below` in ascending order.
    pub rank: usize,
    pub below: f64,
    /// The next value in ascending order; `below` again where that is the last.
    pub above: f64,
    /// How far the quantile lies on the way from `below` to `above`, from 0 to less than 1; NaN for a NaN fraction.
    pub share: f64,
}

impl QuantileNeighbours {
    pub fn quantile(&self) -> f64 {
        if self.share.is_nan() { f64::NAN } else { interpolate(self.below, self.above, self.share) }
    }

    /// The same of values that were all changed alike, by something that keeps their order.
    #[must_use]
    pub fn map(self, change: impl Fn(f64) -> f64) -> Self {
        Self { below: change(self.below), above: change(self.above), ..self }
    }
}

/// The rank below the quantile of a fraction among so many values (not none), and how far from it to the next.
pub(crate) fn rank(count: usize, fraction: f64) -> (usize, f64) {
    let last = count - 1;
    let h = last as f64 * fraction.clamp(0.0, 1.0);
    // A NaN fraction casts to 0, and keeps its NaN as the second.
    ((h as usize).min(last), h.fract())
}

/// What [`quantiles`] interpolates between, one result for each fraction; there is at least one value.
pub(crate) fn neighbours_within<T: Real>(
    values: &[T],
    extent: Extent<T>,
    fractions: &[f64],
    scratch: &mut Vec<T>,
) -> Vec<QuantileNeighbours> {
    let last = extent.count - 1;
    let place = |fraction: f64| rank(extent.count, fraction);
    let mut ranks: Vec<usize> = fractions.iter().flat_map(|&f| [place(f).0, (place(f).0 + 1).min(last)]).collect();
    sort(&mut ranks);
    ranks.dedup();
    let found = order_statistics(values, extent, &ranks, scratch);
    let at = |rank: usize| ranks.binary_search(&rank).map_or(f64::NAN, |i| found[i].to_f64());
    let between = |&fraction: &f64| {
        let (rank, share) = place(fraction);
        QuantileNeighbours { rank, below: at(rank), above: at((rank + 1).min(last)), share }
    };
    fractions.iter().map(between).collect()
}

/// `low + (high - low) * t` for `low <= high` and `0 <= t < 1`, always between the two: also where the difference
/// overflows. From the nearer end, as numpy does it. Between two infinities: NaN.
fn interpolate(low: f64, high: f64, t: f64) -> f64 {
    if low == high || t == 0.0 {
        return low;
    }
    let difference = high - low;
    let value = if !low.is_finite() || !high.is_finite() {
        low + high
    } else if !difference.is_finite() {
        2.0 * interpolate(low / 2.0, high / 2.0, t)
    } else if t < 0.5 {
        low + difference * t
    } else {
        high - difference * (1.0 - t)
    };
    if value.is_nan() { value } else { value.clamp(low, high) }
}

/// Integers in the order of the numbers, with -0 right before 0.
fn key<T: Real>(value: T) -> u64 {
    let bits = value.to_f64().to_bits();
    bits ^ (((bits as i64 >> 63) as u64) | 1 << 63)
}

/// The values at `ranks` (ascending, distinct, below the count) of the ascending order without NaN.
fn order_statistics<T: Real>(
    values: &[T],
    Extent { count, min, max }: Extent<T>,
    ranks: &[usize],
    scratch: &mut Vec<T>,
) -> Vec<T> {
    scratch.clear();
    if count <= SMALL {
        scratch.extend(values.iter().filter(|v| !v.is_nan()));
        select(scratch, ranks, 0);
        return ranks.iter().map(|&rank| scratch[rank]).collect();
    }

    // First cut: how many values are in each bucket of leading bits. The least and the greatest were compared as
    // numbers, which do not tell -0 from 0.
    let first = key(if min.is_zero() { T::neg_zero() } else { min });
    let width = key(if max.is_zero() { T::zero() } else { max }) - first;
    let shift = (u64::BITS - width.leading_zeros()).saturating_sub(BUCKETS.trailing_zeros());
    // NaNs lie beyond both ends (below `first` the difference wraps) and end in a bucket of their own.
    let bucket = |value: T| (key(value).wrapping_sub(first) >> shift).min(BUCKETS as u64) as usize;
    let mut counts = vec![0_u32; BUCKETS + 1];
    for &value in values {
        counts[bucket(value)] += 1;
    }

    // Second cut: keep only the buckets that hold a wanted rank, and select among their values.
    let mut wanted = vec![0_u8; BUCKETS + 1];
    let (mut below, mut kept) = (0, 0);
    let mut local = Vec::with_capacity(ranks.len());
    let mut pending = ranks.iter().copied().peekable();
    for (wanted, &count) in wanted.iter_mut().zip(&counts[..BUCKETS]) {
        let count = count as usize;
        while let Some(rank) = pending.next_if(|&rank| rank < below + count) {
            local.push(kept + rank - below);
            *wanted = 1;
        }
        below += count;
        kept += count * usize::from(*wanted);
    }
    scratch.resize(kept + 1, T::zero());
    let mut len = 0;
    for &value in values {
        // Written always, kept or overwritten next: no branch to guess wrongly.
        scratch[len] = value;
        len += usize::from(wanted[bucket(value)]);
    }
    scratch.truncate(kept);
    select(scratch, &local, 0);
    local.iter().map(|&rank| scratch[rank]).collect()
}

/// Puts the values at `ranks`, counted from `offset`, where a sort of `values` would put them. Cuts the range of the bits
/// in halves: so 64 cuts are enough, however the values lie.
fn select<T: Real>(values: &mut [T], ranks: &[usize], offset: usize) {
    if ranks.is_empty() {
        return;
    }
    let (low, high) = values.iter().fold((u64::MAX, 0), |(low, high), &value| {
        let key = key(value);
        (low.min(key), high.max(key))
    });
    if low >= high {
        return;
    }
    let middle = low + (high - low) / 2;
    let mut below = 0;
    for index in 0..values.len() {
        // Swapped always: no branch to guess wrongly.
        let in_low_half = key(values[index]) <= middle;
        values.swap(index, below);
        below += usize::from(in_low_half);
    }
    let split = ranks.partition_point(|rank| rank - offset < below);
    let (values_below, values_above) = values.split_at_mut(below);
    select(values_below, &ranks[..split], offset);
    select(values_above, &ranks[split..], offset + below);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition, by sorting.
    fn by_sorting(values: &[f64], fraction: f64) -> f64 {
        let mut sorted: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
        sorted.sort_by(f64::total_cmp);
        let h = (sorted.len() - 1) as f64 * fraction;
        let (i, t) = (h as usize, h.fract());
        interpolate(sorted[i], sorted[(i + 1).min(sorted.len() - 1)], t)
    }

    fn quantiles_of(values: &[f64], fractions: &[f64]) -> Vec<f64> {
        quantiles(values, fractions, &mut Vec::new())
    }

    /// Repeats of a cheap sequence that visits low and high in turn; no random numbers in the engine.
    fn scattered(n: usize) -> impl Iterator<Item = f64> {
        (0..n).map(move |i| (i * 7919 % n) as f64 / n as f64)
    }

    #[test]
    fn agrees_with_numpy() {
        // numpy.quantile([3.5, -1, 7, 2.25, 0.5, 11, -4], [0, 0.1, 0.25, 0.5, 0.8, 1]).tolist()
        let values = [3.5, -1.0, 7.0, 2.25, 0.5, 11.0, -4.0];
        let expected = [-4.0, -2.2, -0.25, 2.25, 6.3, 11.0];
        for (found, expected) in quantiles_of(&values, &[0.0, 0.1, 0.25, 0.5, 0.8, 1.0]).iter().zip(expected) {
            assert!((found - expected).abs() < 1e-14, "{found} {expected}");
        }
    }

    #[test]
    fn nothing_gives_nan() {
        assert!(quantiles_of(&[], &[0.5])[0].is_nan());
        assert!(quantiles_of(&[f64::NAN; 3], &[0.5])[0].is_nan());
        assert!(quantiles_of(&[1.0], &[f64::NAN])[0].is_nan());
        assert_eq!(quantiles_of(&[1.0], &[]), [0.0; 0]);
        assert_eq!(quantiles_of(&[f64::NAN, 1.0], &[-1.0, 0.5, 2.0]), [1.0; 3]);
    }

    #[test]
    fn huge_and_tiny_values() {
        let huge = 1.7e308;
        assert_eq!(quantiles_of(&[huge, -huge], &[0.0, 0.25, 0.5, 1.0]), [-huge, -huge / 2.0, 0.0, huge]);
        let tiny = f64::from_bits(1);
        assert_eq!(quantiles_of(&[-0.0, tiny * 2.0], &[0.5, 1.0]), [tiny, tiny * 2.0]);
        let many: Vec<f64> = (0..5000).map(|i| if i % 2 == 0 { huge } else { -huge }).collect();
        assert_eq!(quantiles_of(&many, &[0.25, 0.5, 0.75]), [-huge, 0.0, huge]);
        assert_eq!(quantiles_of(&[f64::INFINITY, 1.0], &[0.0, 0.5]), [1.0, f64::INFINITY]);
    }

    #[test]
    fn cut_by_buckets_agrees_with_sorting() {
        let fractions = [0.0, 1e-4, 0.25, 0.33, 0.5, 0.75, 0.999, 1.0];
        let shapes: [fn(f64) -> f64; 9] = [
            |u| u,
            |u| u - 0.5,
            |u| (u * 3.0).floor() - 1.0,
            |u| 1e9 + u,
            |u| (u - 0.5) * 1e308 * 3.4,
            |u| (u - 0.5) * 1e-310,
            |u| if u < 0.5 { -0.0 } else { 0.0 },
            |u| if u < 0.6 { f64::NAN } else { (u - 0.8) * 10.0 },
            |u| if u < 1e-3 { 1e300 } else { -u },
        ];
        for (i, shape) in shapes.iter().enumerate() {
            let values: Vec<f64> = scattered(20_011).map(shape).collect();
            let expected: Vec<f64> = fractions.iter().map(|&f| by_sorting(&values, f)).collect();
            assert_eq!(quantiles_of(&values, &fractions), expected, "shape {i}");
            let single: Vec<f32> = values.iter().map(|&v| v as f32).collect();
            let double: Vec<f64> = single.iter().map(|&v| f64::from(v)).collect();
            let expected: Vec<f64> = fractions.iter().map(|&f| by_sorting(&double, f)).collect();
            assert_eq!(quantiles(&single, &fractions, &mut Vec::new()), expected, "f32, shape {i}");
        }
    }

    #[test]
    fn negative_nan_is_missing_too() {
        let values: Vec<f64> = scattered(5000).map(|u| if u < 0.5 { -f64::NAN } else { u }).collect();
        assert_eq!(quantiles_of(&values, &[0.0, 0.5]), [0.0, 0.5].map(|f| by_sorting(&values, f)));
    }

    fn any_value() -> impl Strategy<Value = f64> {
        prop_oneof![4 => -10.0..10.0, 2 => (-3_i32..3).prop_map(f64::from), 1 => proptest::num::f64::ANY]
    }

    proptest! {
        #[test]
        fn monotone_and_within(values in prop::collection::vec(any_value(), 1..200), a in 0.0..=1.0, b in 0.0..=1.0) {
            let values: Vec<f64> = values.into_iter().filter(|v| !v.is_infinite()).collect();
            let (a, b) = if a < b { (a, b) } else { (b, a) };
            if let [min, low, high, max] = quantiles_of(&values, &[0.0, a, b, 1.0])[..] {
                prop_assert!(min.is_nan() || (min <= low && low <= high && high <= max), "{min} {low} {high} {max}");
            }
        }

        #[test]
        fn order_does_not_matter(values in prop::collection::vec(any_value(), 1..6000), turn in 0_usize..6000) {
            let mut turned = values.clone();
            turned.rotate_left(turn % values.len());
            let bits = |values: &[f64]| quantiles_of(values, &[0.1, 0.5]).iter().map(|q| (q + 0.0).to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&values), bits(&turned));
        }
    }
}
