//! Where the quartiles of a column lie, so that those of what is made of it need not be searched.

use crate::Real;
use crate::statistics::moments::extent;
use crate::statistics::quantile::{QuantileNeighbours, neighbours_within, rank};

/// The fractions of the quartiles.
pub(crate) const QUARTILES: [f64; 3] = [0.25, 0.5, 0.75];

/// Indices of the values that the quartiles lie between, two each. Without them nothing is found near them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuartileHints(Option<[usize; 6]>);

/// Counters that take turns.
const LANES: usize = 8;

impl QuartileHints {
    /// The hints of these values; none when all are missing.
    pub fn of<T: Real>(values: &[T], scratch: &mut Vec<T>) -> Self {
        T::quartile_hints(values, scratch)
    }

    pub(crate) fn of_here<T: Real>(values: &[T], scratch: &mut Vec<T>) -> Self {
        let extent = extent(values);
        if extent.count == 0 {
            return Self(None);
        }
        let found = neighbours_within(values, extent, &QUARTILES, scratch);
        let mut quartile_hints = [None; 6];
        let wanted: Vec<f64> = found.iter().flat_map(|two| [two.below, two.above]).collect();
        for (index, value) in values.iter().enumerate() {
            for (mark, wanted) in quartile_hints.iter_mut().zip(&wanted) {
                if mark.is_none() && Real::to_f64(*value) == *wanted {
                    *mark = Some(index);
                }
            }
        }
        let [Some(a), Some(b), Some(c), Some(d), Some(e), Some(f)] = quartile_hints else { return Self(None) };
        Self(Some([a, b, c, d, e, f]))
    }

    /// The quartiles of `values`, of which `n_values` are not missing, when they lie between the marked ones: that is
    /// counted, not assumed.
    pub(crate) fn quartiles<T: Real>(&self, values: &[T], n_values: usize) -> Option<[f64; 3]> {
        let quartile_hints = self.0.filter(|_| n_values > 0)?;
        let mut marked = [T::zero(); 6];
        for (value, mark) in marked.iter_mut().zip(quartile_hints) {
            *value = *values.get(mark)?;
        }
        let mut quartiles = [0.0; 3];
        for (index, fraction) in QUARTILES.into_iter().enumerate() {
            let (rank, share) = rank(n_values, fraction);
            let next = (rank + 1).min(n_values - 1);
            let [low, high] = [marked[2 * index], marked[2 * index + 1]];
            // How many values are at most the lower one, and how many are below the higher.
            let [at_most, below] = count(values, low, high);
            let right = if low == high {
                below <= rank && at_most > next
            } else {
                low < high && at_most == below && below == next
            };
            if !right {
                return None;
            }
            quartiles[index] = QuantileNeighbours { rank, below: low.to_f64(), above: high.to_f64(), share }.quantile();
        }
        Some(quartiles)
    }
}

/// How many values are at most the first, and how many are below the second.
fn count<T: Real>(values: &[T], low: T, high: T) -> [usize; 2] {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let lanes = count_lanes(chunks, low, high);
    let rest = [rest.iter().filter(|value| **value <= low).count(), rest.iter().filter(|value| **value < high).count()];
    [0, 1].map(|end| lanes[end].iter().sum::<u64>() as usize + rest[end])
}

/// A loop of its own without a branch, so that it is made of vectors: a comparison of vectors gives whole numbers, and these
/// are added as they are.
fn count_lanes<T: Real>(chunks: &[[T; LANES]], low: T, high: T) -> [[u64; LANES]; 2] {
    let (mut at_most, mut below) = ([0; LANES], [0; LANES]);
    for chunk in chunks {
        for lane in 0..LANES {
            at_most[lane] += u64::from(chunk[lane] <= low);
        }
        for lane in 0..LANES {
            below[lane] += u64::from(chunk[lane] < high);
        }
    }
    [at_most, below]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{summarize, summarize_near};

    fn any_value() -> impl Strategy<Value = f64> {
        prop_oneof![4 => -10.0..10.0, 3 => (-3_i32..3).prop_map(f64::from), 1 => Just(f64::NAN), 1 => Just(-0.0)]
    }

    fn bits(summary: crate::Summary) -> [u64; 3] {
        // Zeros of both signs are the same value.
        [summary.q1, summary.median, summary.q3]
            .map(|q| if q.is_nan() { f64::NAN.to_bits() } else { (q + 0.0).to_bits() })
    }

    /// Whatever became of the values: turned around, squared, in another order.
    const CHANGES: [fn(usize, f64) -> f64; 6] = [
        |_, value| value,
        |_, value| (value - 1.25) / 3.0,
        |_, value| -value,
        |_, value| value * value,
        |index, value| value + (index * 7919 % 100) as f64,
        |_, value| value.clamp(-1.0, 1.0),
    ];

    proptest! {
        #[test]
        fn hints_change_nothing(values in prop::collection::vec(any_value(), 0..3000), change in 0_usize..CHANGES.len()) {
            let quartile_hints = QuartileHints::of(&values, &mut Vec::new());
            let changed: Vec<f64> = values.iter().enumerate().map(|(index, value)| CHANGES[change](index, *value)).collect();
            let (near, plain) = (summarize_near(&changed, &quartile_hints, &mut Vec::new()), summarize(&changed, &mut Vec::new()));
            prop_assert_eq!(bits(near), bits(plain));
        }
    }

    #[test]
    fn what_keeps_the_order_is_found_near_the_hints() {
        let values: Vec<f64> = (0..10_000).map(|i| f64::from(i * 7919 % 10_007)).collect();
        let quartile_hints = QuartileHints::of(&values, &mut Vec::new());
        let halves: Vec<f64> = values.iter().map(|value| value / 2.0 - 5.0).collect();
        let plain = summarize(&halves, &mut Vec::new());
        assert_eq!(quartile_hints.quartiles(&halves, halves.len()), Some([plain.q1, plain.median, plain.q3]));
        let turned: Vec<f64> = values.iter().map(|value| -value).collect();
        assert_eq!(quartile_hints.quartiles(&turned, turned.len()), None, "it is counted, not assumed");
        assert_eq!(QuartileHints::default().quartiles(&values, values.len()), None);
    }
}
