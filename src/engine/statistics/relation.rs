//! How two lists of numbers about the same things go together.

use serde::{Deserialize, Serialize};

/// What became of two lists compared pair by pair; pairs with a missing number (NaN) are left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Pairs without a missing number.
    pub count: u64,
    /// Largest and mean absolute difference; NaN without a pair.
    pub largest: f64,
    pub mean: f64,
    /// Pearson's correlation; NaN when one of the two does not vary.
    pub correlation: f64,
    /// The line through all pairs, when there is one and both vary.
    pub line: Option<LinearRelation>,
}

/// `b = slope a + offset`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinearRelation {
    pub slope: f64,
    pub offset: f64,
}

/// Pairs are on a line when none is further from it than this part of the range of `b`, beside what rounding explains.
const STRAIGHT: f64 = 1e-12;

/// Relates `a` and `b`, pair by pair. Linear in time.
///
/// The line is the one through the pairs of the least and the greatest `a`: where all pairs are on one line, no other
/// comes closer.
pub fn relate(a: &[f64], b: &[f64]) -> Relation {
    let ends = RelationEnds::of(a, b);
    let (mean_a, mean_b) = (ends.first.0 + ends.sum_a / ends.n, ends.first.1 + ends.sum_b / ends.n);
    let line = ends.line();
    let tolerance = line.map_or(0.0, |line| ends.tolerance(line));
    let (from, slope) = (ends.least, line.map_or(0.0, |line| line.slope));
    let (unit_a, unit_b) = (ends.greatest.0 - ends.least.0, ends.high - ends.low);
    let (mut aa, mut bb, mut ab, mut furthest) = (0.0, 0.0, 0.0, 0.0_f64);
    for (a, b) in pairs(a, b) {
        let (x, y) = ((a - mean_a) / unit_a, (b - mean_b) / unit_b);
        aa += x * x;
        bb += y * y;
        ab += x * y;
        furthest = furthest.max((b - (from.1 + slope * (a - from.0))).abs());
    }
    let correlation = (ab / (aa.sqrt() * bb.sqrt())).clamp(-1.0, 1.0);
    Relation {
        count: ends.n as u64,
        largest: if ends.n > 0.0 { ends.largest } else { f64::NAN },
        mean: ends.differences / ends.n,
        correlation,
        line: line.filter(|_| furthest <= tolerance),
    }
}

fn pairs<'a>(a: &'a [f64], b: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + 'a {
    a.iter().copied().zip(b.iter().copied()).filter(|(a, b)| !a.is_nan() && !b.is_nan())
}

/// What one pass finds.
struct RelationEnds {
    n: f64,
    /// Sums count from here, so that a large offset costs no digits.
    first: (f64, f64),
    sum_a: f64,
    sum_b: f64,
    /// The pairs of the least and the greatest `a`.
    least: (f64, f64),
    greatest: (f64, f64),
    low: f64,
    high: f64,
    largest: f64,
    differences: f64,
}

impl RelationEnds {
    fn of(a: &[f64], b: &[f64]) -> Self {
        let first = pairs(a, b).next().unwrap_or((f64::NAN, f64::NAN));
        let mut ends = Self {
            n: 0.0,
            first,
            sum_a: 0.0,
            sum_b: 0.0,
            least: first,
            greatest: first,
            low: first.1,
            high: first.1,
            largest: 0.0,
            differences: 0.0,
        };
        for (a, b) in pairs(a, b) {
            ends.n += 1.0;
            ends.sum_a += a - first.0;
            ends.sum_b += b - first.1;
            if a < ends.least.0 {
                ends.least = (a, b);
            }
            if a > ends.greatest.0 {
                ends.greatest = (a, b);
            }
            ends.low = ends.low.min(b);
            ends.high = ends.high.max(b);
            let difference = (a - b).abs();
            ends.largest = ends.largest.max(difference);
            ends.differences += difference;
        }
        ends
    }

    fn line(&self) -> Option<LinearRelation> {
        let slope = (self.greatest.1 - self.least.1) / (self.greatest.0 - self.least.0);
        let offset = self.least.1 - slope * self.least.0;
        (self.low < self.high && slope.is_finite() && offset.is_finite()).then_some(LinearRelation { slope, offset })
    }

    /// How far from the line a pair may be.
    fn tolerance(&self, line: LinearRelation) -> f64 {
        let size = |a: f64, b: f64| a.abs().max(b.abs());
        let rounded = size(self.low, self.high) + line.slope.abs() * size(self.least.0, self.greatest.0);
        STRAIGHT * (self.high - self.low) + 8.0 * f64::EPSILON * rounded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: [f64; 5] = [3.5, -1.0, 7.0, 2.25, 0.5];

    #[test]
    fn a_line_is_found_whatever_its_offset() {
        for (slope, offset) in [(0.5, 0.25), (-3.0, 1e9), (1e-300, 0.0), (1e300, 0.0), (1.0, 0.0)] {
            let found = relate(&A, &A.map(|a| slope * a + offset));
            let line = found.line.expect("a line");
            assert!((line.slope - slope).abs() <= 1e-6 * slope.abs(), "{slope} {offset}: {line:?}");
            assert!((found.correlation - slope.signum()).abs() < 1e-12, "{slope} {offset}: {found:?}");
        }
    }

    #[test]
    fn one_pair_beside_the_line_is_enough() {
        let mut b = A.map(|a| 2.0 * a - 1.0);
        b[3] += 1e-10;
        assert_eq!(relate(&A, &b).line, None);
        b[3] = 2.0 * A[3] - 1.0;
        assert_eq!(relate(&A, &b).line, Some(LinearRelation { slope: 2.0, offset: -1.0 }));
    }

    #[test]
    fn differences_and_correlation() {
        // In fractions, and the root to 30 digits.
        let found = relate(&A, &[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert!((found.correlation - (-0.14191481100255468)).abs() < 1e-14, "{}", found.correlation);
        assert_eq!((found.count, found.largest, found.mean, found.line), (5, 4.5, 3.15, None));
    }

    #[test]
    fn what_is_missing_or_does_not_vary_has_no_line() {
        let holes = relate(&[1.0, f64::NAN, 3.0, 4.0], &[2.0, 4.0, f64::NAN, 8.0]);
        assert_eq!((holes.count, holes.line), (2, Some(LinearRelation { slope: 2.0, offset: 0.0 })));
        for (a, b) in [(&A, &[1.0; 5]), (&[1.0; 5], &A)] {
            let found = relate(a, b);
            assert!(found.line.is_none() && found.correlation.is_nan(), "{found:?}");
        }
        let nothing = relate(&[f64::NAN], &[1.0]);
        assert!(nothing.count == 0 && nothing.largest.is_nan() && nothing.mean.is_nan() && nothing.line.is_none());
    }
}
