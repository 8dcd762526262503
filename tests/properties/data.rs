//! Arrays to try, and how to compare.

use ndarray::Array3;
use proptest::prelude::*;

/// No file of failures: a failure prints its minimal input, and becomes a test with a name.
pub fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// Ordinary numbers in an ordinary shape; `positions` at most so many.
pub fn arrays(positions: usize) -> impl Strategy<Value = Array3<f64>> {
    (1..7_usize, 1..9_usize, 1..=positions).prop_flat_map(|(n, c, l)| {
        prop::collection::vec(-100.0..100.0_f64, n * c * l)
            .prop_map(move |values| Array3::from_shape_vec((n, c, l), values).expect("as many values"))
    })
}

/// As [`arrays`], where every run of a feature has some spread, so that scales are not those of rounding errors.
pub fn spread(positions: usize) -> impl Strategy<Value = Array3<f64>> {
    arrays(positions).prop_map(|mut x| {
        for ((n, c, l), value) in x.indexed_iter_mut() {
            *value += ((n * 7 + c * 3 + l * 5) % 11) as f64 * 40.0;
        }
        x
    })
}

/// Largest difference, relative to the largest value of `b` (at least 1).
pub fn distance(a: &Array3<f64>, b: &Array3<f64>) -> f64 {
    assert_eq!(a.dim(), b.dim());
    let largest = b.iter().filter(|v| v.is_finite()).fold(1.0_f64, |m, v| m.max(v.abs()));
    let differences =
        a.iter().zip(b).map(|(a, b)| if a == b || (a.is_nan() && b.is_nan()) { 0.0 } else { (a - b).abs() });
    differences.fold(0.0, |m, d| if d <= m { m } else { d }) / largest
}
