//! Principal components.
//!
//! Own code: the library's have other last digits in a browser than natively.

use normlab_engine::moments;

use super::outcome::{Components, NearestOutcome, Score};
use crate::prepared::{Scaling, largest};
use crate::rotation::JacobiRotation;
use crate::{Refusal, RunControl};

const SWEEPS_AT_MOST: usize = 60;

/// The first two principal components after every scaling.
pub async fn run(outcome: &mut NearestOutcome, control: &RunControl<'_, NearestOutcome>) -> Result<(), Refusal> {
    let (n, width) = (outcome.prepared.n_rows(), outcome.prepared.n_features());
    if width < 2 {
        return Err(Refusal::because("Principal components need at least two features, and there is one."));
    }
    for (index, scaling) in Scaling::EACH.into_iter().enumerate() {
        let done = index as f32 / Scaling::EACH.len() as f32;
        let x = outcome.prepared.scaled(scaling)?;
        outcome.shares.push(outcome.prepared.shares(&x));
        let centred: Vec<Vec<f64>> = x
            .chunks(n)
            .map(|values| {
                let mean = moments(values).mean;
                values.iter().map(|value| value - mean).collect()
            })
            .collect();
        let mut covariance = Vec::with_capacity(width * width);
        for a in &centred {
            control.yield_now(done).await?;
            covariance.extend(centred.iter().map(|b| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / n as f64));
        }
        let all: f64 = (0..width).map(|feature| covariance[feature * width + feature]).sum();
        let (values, vectors) = eigen(covariance, width, (control, done)).await?;
        let mut order: Vec<usize> = (0..width).collect();
        order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
        let share = |which: usize| if all > 0.0 { 100.0 * values[order[which]] / all } else { 0.0 };
        let weights =
            |which: usize| directed((0..width).map(|feature| vectors[feature * width + order[which]]).collect());
        let (first, second) = (weights(0), weights(1));
        let along = |weights: &[f64], row: usize| weights.iter().zip(&centred).map(|(w, values)| w * values[row]).sum();
        let shares = [share(0), share(1)];
        outcome.scores.push(Score { scaling, value: shares[0], predicted: Vec::new() });
        outcome.components.push(Components {
            scaling,
            weights: first.iter().map(|weight| weight * weight).collect(),
            points: (0..n).map(|row| (along(&first, row), along(&second, row))).collect(),
            shares,
        });
        control.partial(outcome);
    }
    Ok(())
}

/// A direction and its opposite are one: the one whose largest weight is positive.
fn directed(weights: Vec<f64>) -> Vec<f64> {
    let sizes: Vec<f64> = weights.iter().map(|weight| weight.abs()).collect();
    let sign = weights[largest(&sizes)].signum();
    weights.into_iter().map(|weight| sign * weight).collect()
}

/// Eigenvalues and, as columns, eigenvectors of a symmetric matrix, by rotations that take one element off the diagonal to zero
/// after the other.
async fn eigen(
    mut matrix: Vec<f64>,
    n: usize,
    (control, done): (&RunControl<'_, NearestOutcome>, f32),
) -> Result<(Vec<f64>, Vec<f64>), Refusal> {
    let mut vectors = vec![0.0; n * n];
    (0..n).for_each(|index| vectors[index * n + index] = 1.0);
    for _ in 0..SWEEPS_AT_MOST {
        let mut turned = false;
        for p in 0..n {
            control.yield_now(done).await?;
            for q in p + 1..n {
                let (off, low, high) = (matrix[p * n + q], matrix[p * n + p], matrix[q * n + q]);
                let Some(JacobiRotation { sin, cos, .. }) = JacobiRotation::of(off, low, high) else { continue };
                turned = true;
                for k in 0..n {
                    rotate(&mut matrix, (k * n + p, k * n + q), (sin, cos));
                }
                for k in 0..n {
                    rotate(&mut matrix, (p * n + k, q * n + k), (sin, cos));
                }
                (matrix[p * n + q], matrix[q * n + p]) = (0.0, 0.0);
                for k in 0..n {
                    rotate(&mut vectors, (k * n + p, k * n + q), (sin, cos));
                }
            }
        }
        if !turned {
            break;
        }
    }
    Ok(((0..n).map(|index| matrix[index * n + index]).collect(), vectors))
}

fn rotate(values: &mut [f64], (a, b): (usize, usize), (sin, cos): (f64, f64)) {
    (values[a], values[b]) = (cos * values[a] - sin * values[b], sin * values[a] + cos * values[b]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finished;
    use crate::tests::TestHost;
    use normlab_report::Report;

    #[test]
    fn a_matrix_times_its_eigenvectors_stretches_them() {
        let matrix = vec![4.0, 1.0, -2.0, 1.0, 3.0, 0.5, -2.0, 0.5, 1e6];
        let (host, show) = (TestHost::default(), |_: &NearestOutcome| Report::default());
        let control = RunControl::new(&host, &show);
        let (values, vectors) = finished(eigen(matrix.clone(), 3, (&control, 0.0))).unwrap();
        for which in 0..3 {
            for row in 0..3 {
                let product: f64 = (0..3).map(|k| matrix[row * 3 + k] * vectors[k * 3 + which]).sum();
                assert!((product - values[which] * vectors[row * 3 + which]).abs() < 1e-9, "{values:?}");
            }
            let length: f64 = (0..3).map(|k| vectors[k * 3 + which] * vectors[k * 3 + which]).sum();
            assert!((length - 1.0).abs() < 1e-12);
        }
        assert_eq!(finished(eigen(vec![0.0; 4], 2, (&control, 0.0))).unwrap().0, [0.0, 0.0]);
    }
}
