//! What a headline may tell of a view beyond summaries: values far out, rows held out, and who is next to whom.

use ndarray::{Array3, ArrayView2, Axis};

use super::{Chosen, feature_values};
use normlab_engine::{Method, Summary};
use normlab_protocol::{ChangedNeighbours, Facts, FarValues, HeldOut};

/// Values farther from the middle half than so many times its width are outliers: "far out" with Tukey, Exploratory Data
/// Analysis, 1977.
const FAR: f64 = 3.0;
/// They are told of when they make the range so many times that of all others.
const WIDER: f64 = 2.0;
/// Outliers are no more than this part of all values, the ends of long tails no more than that part.
const MOST: f64 = 0.1;
const MOST_OF_A_TAIL: f64 = 0.25;
/// Outliers are as far from the nearest of the others, as a part of the range of these; in a tail there is no such gap.
const GAP: f64 = 0.5;

/// Of so many rows nearest neighbours are looked for, if that is no more work than this many differences.
const ROWS: usize = 50;
const WORK: usize = 200_000;
/// Fewer rows say little.
const FEWEST_ROWS: usize = 3;

/// A few values far from all others.
pub(super) fn outliers(values: &[f64], summary: &Summary) -> Option<FarValues> {
    let Summary { q1, q3, min, max, count, .. } = *summary;
    let (low, high) = (q1 - FAR * (q3 - q1), q3 + FAR * (q3 - q1));
    if q3.partial_cmp(&q1)? != std::cmp::Ordering::Greater || (min >= low && max <= high) {
        return None;
    }
    let (mut far, mut least, mut greatest) = (0_u64, f64::INFINITY, f64::NEG_INFINITY);
    let (mut rest_low, mut rest_high) = (f64::INFINITY, f64::NEG_INFINITY);
    // The nearest ones below and above the others.
    let (mut below, mut above) = (f64::NEG_INFINITY, f64::INFINITY);
    for &value in values {
        if value < low || value > high {
            far += 1;
            (least, greatest) = (least.min(value), greatest.max(value));
            if value < low {
                below = below.max(value);
            } else {
                above = above.min(value);
            }
        } else if !value.is_nan() {
            (rest_low, rest_high) = (rest_low.min(value), rest_high.max(value));
        }
    }
    let rest = rest_high - rest_low;
    let part = far as f64 / count as f64;
    let detached = (rest_low - below).min(above - rest_high) >= GAP * rest && part <= MOST;
    let telling = max - min >= WIDER * rest && part <= MOST_OF_A_TAIL;
    telling.then_some(FarValues { count: far, least, greatest, both: min < low && max > high, detached })
}

pub(super) fn facts(chosen: &Chosen, method: &Method) -> Facts {
    Facts {
        outliers: chosen.outliers.clone(),
        held_out: held_out(chosen, method),
        neighbours: neighbours(&chosen.before, &chosen.after),
    }
}

/// Where min-max puts the values of the rows that it was not fitted on.
fn held_out(chosen: &Chosen, method: &Method) -> Option<HeldOut> {
    let (Method::MinMax(method), Some(train)) = (method, &chosen.train) else { return None };
    let mut found = HeldOut { low: method.low, high: method.high, ..HeldOut::default() };
    let rows = chosen.after.axis_iter(Axis(0)).zip(&train.mask);
    for (row, _) in rows.filter(|(_, fitted)| !**fitted) {
        for value in row.iter().filter(|value| !value.is_nan()) {
            found.values += 1;
            found.below += u64::from(*value < method.low);
            found.above += u64::from(*value > method.high);
        }
    }
    (found.values > 0).then_some(found)
}

/// Whose nearest neighbour is another afterwards.
fn neighbours(before: &Array3<f64>, after: &Array3<f64>) -> Option<ChangedNeighbours> {
    let (n, c, l) = before.dim();
    let tried = ROWS.min(n).min(WORK / (n * c * l).max(1));
    if c < 2 || tried < FEWEST_ROWS || after.dim() != before.dim() {
        return None;
    }
    let mut found = ChangedNeighbours::default();
    let (power_before, power_after) = (power(before), power(after));
    for row in 0..tried {
        let (old, new) = (nearest(before, row, power_before), nearest(after, row, power_after));
        let (Some(old), Some(new)) = (old, new) else { continue };
        found.tried += 1;
        if old != new {
            found.changed += 1;
            found.example.get_or_insert((row as u64, old as u64, new as u64));
        }
    }
    (found.tried > 0).then_some(found)
}

/// A power of two, which rounds nothing, that brings the largest value near 1.
fn power(array: &Array3<f64>) -> f64 {
    let largest = array.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    2.0_f64.powi(-largest.log2().clamp(-1000.0, 1022.0) as i32)
}

/// The other row at the least distance, the first of equals; `None` when a value of this row is missing. Differences are
/// taken times `power`, so that their squares are never too large or too small.
fn nearest(array: &Array3<f64>, row: usize, power: f64) -> Option<usize> {
    let of = |row: usize| -> ArrayView2<'_, f64> { array.index_axis(Axis(0), row) };
    let own = of(row);
    let difference = |a: &f64, b: &f64| a * power - b * power;
    let distance = |other: usize| -> f64 { own.iter().zip(&of(other)).map(|(a, b)| difference(a, b).powi(2)).sum() };
    let others = (0..array.dim().0).filter(|&other| other != row).map(|other| (other, distance(other)));
    let comparable = others.filter(|(_, distance)| !distance.is_nan());
    comparable.reduce(|best, next| if next.1 < best.1 { next } else { best }).map(|(other, _)| other)
}

impl Chosen {
    /// Outliers of one feature, from its summary.
    pub(super) fn find_outliers(&self, feature: usize) -> Option<FarValues> {
        outliers(feature_values(&self.before, feature, &mut Vec::new()), &self.summaries[feature])
    }
}
