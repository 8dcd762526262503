//! Two features together: covariances and the eigenvalues of their matrix.

use ndarray::ArrayView3;

use super::{Chance, Grid};

/// The larger and the smaller eigenvalue of a symmetric 2 x 2 matrix with this diagonal and this number off it.
pub fn eigenvalues(a: f64, b: f64, off: f64) -> (f64, f64) {
    let (middle, half) = ((a + b) / 2.0, libm::hypot((a - b) / 2.0, off));
    (middle + half, middle - half)
}

/// The mean of products of deviations.
pub fn covariance(grid: &ArrayView3<f64>, one: usize, other: usize) -> f64 {
    let n = grid.dim().0 as f64;
    let mean = |c: usize| (0..grid.dim().0).map(|row| grid[[row, c, 0]]).sum::<f64>() / n;
    let (a, b) = (mean(one), mean(other));
    (0..grid.dim().0).map(|row| (grid[[row, one, 0]] - a) * (grid[[row, other, 0]] - b)).sum::<f64>() / n
}

/// A table of two features that go together more or less, in different units.
pub fn two_features(chance: &mut Chance) -> Grid {
    let together = chance.decimal(-0.9, 0.9, 2);
    let rows = (0..6).map(|_| {
        let (a, b) = (chance.normal(), chance.normal());
        let other = together * a + (1.0 - together * together).sqrt() * b;
        vec![((40.0 + 12.0 * a) * 10.0).round() / 10.0, ((6.0 + 2.0 * other) * 10.0).round() / 10.0]
    });
    let rows: Vec<Vec<f64>> = rows.collect();
    Grid::table("row", vec!["x1".into(), "x2".into()], &rows)
}
