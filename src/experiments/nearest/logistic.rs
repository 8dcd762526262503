//! Multinomial logistic regression with a penalty on the squares of the coefficients, by Newton's method.
//!
//! Own code: the library's (L-BFGS, up to 1,000 steps) is slow on raw data, cannot be stopped on its way, and has exponentials
//! that are not the same in a browser and natively.

use smartcore::linalg::basic::arrays::Array;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linalg::traits::cholesky::CholeskyDecomposable;

use super::failed::failed;
use super::outcome::NearestOutcome;
use crate::{Refusal, RunControl};

type Matrix = DenseMatrix<f64>;

const STEPS_AT_MOST: usize = 40;
/// A step that lowers the loss by less than this part of it is the last.
const TOLERANCE: f64 = 1e-10;
/// Keeps the steps finite where the data leave a direction open: the intercepts of all classes together, or classes that a
/// plane divides without a penalty.
const RIDGE: f64 = 1e-9;

/// A fitted model: for each class its coefficients and, last, its intercept.
pub struct Logistic {
    weights: Vec<Vec<f64>>,
}

impl Logistic {
    /// Minimizes the sum of the losses of all rows plus `penalty / 2` times the squares of the coefficients; `y` are indices
    /// of `n_classes` classes. Columns of `x` have mean 0.
    ///
    /// # Errors
    /// When a step cannot be found, or nobody waits any more.
    pub async fn fit(
        x: &Matrix,
        (y, n_classes): (&[usize], usize),
        penalty: f64,
        (control, done): (&RunControl<'_, NearestOutcome>, f32),
    ) -> Result<Self, Refusal> {
        let rows: Vec<Vec<f64>> = (0..x.shape().0)
            .map(|row| (0..x.shape().1).map(|column| *x.get((row, column))).chain([1.0]).collect())
            .collect();
        let width = x.shape().1 + 1;
        let mut model = Self { weights: vec![vec![0.0; width]; n_classes] };
        let mut loss = model.loss(&rows, y, penalty);
        for _ in 0..STEPS_AT_MOST {
            let step = model.step(&rows, y, penalty, (control, done)).await?;
            // Newton's step may be too long: it is halved until it helps.
            let (mut size, mut next) = (1.0, f64::INFINITY);
            let mut moved = Self { weights: Vec::new() };
            while size > 1e-6 {
                moved = model.moved(&step, size);
                next = moved.loss(&rows, y, penalty);
                if next <= loss {
                    break;
                }
                size /= 2.0;
            }
            if next > loss || next.is_nan() {
                break;
            }
            let stands = loss - next <= TOLERANCE * loss;
            (model, loss) = (moved, next);
            if stands {
                break;
            }
        }
        Ok(model)
    }

    /// The most probable class of each row; of equals the lowest.
    pub fn predict(&self, x: &Matrix) -> Vec<usize> {
        let class = |row: usize| {
            let row: Vec<f64> = (0..x.shape().1).map(|column| *x.get((row, column))).chain([1.0]).collect();
            super::prepared::largest(&self.probabilities(&row))
        };
        (0..x.shape().0).map(class).collect()
    }

    /// The probability of each class.
    fn probabilities(&self, row: &[f64]) -> Vec<f64> {
        let exponents: Vec<f64> =
            self.weights.iter().map(|weights| weights.iter().zip(row).map(|(w, x)| w * x).sum()).collect();
        let most = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let powers: Vec<f64> = exponents.iter().map(|exponent| libm::exp(exponent - most)).collect();
        let sum: f64 = powers.iter().sum();
        powers.into_iter().map(|power| power / sum).collect()
    }

    fn loss(&self, rows: &[Vec<f64>], y: &[usize], penalty: f64) -> f64 {
        let of_row = |(row, class): (&Vec<f64>, &usize)| -libm::log(self.probabilities(row)[*class].max(1e-300));
        let coefficients = self.weights.iter().flat_map(|weights| &weights[..weights.len() - 1]);
        let squares: f64 = coefficients.map(|weight| weight * weight).sum();
        rows.iter().zip(y).map(of_row).sum::<f64>() + penalty / 2.0 * squares
    }

    fn moved(&self, step: &[f64], size: f64) -> Self {
        let width = self.weights[0].len();
        let moved = self.weights.iter().zip(step.chunks(width));
        let moved = moved.map(|(weights, step)| weights.iter().zip(step).map(|(w, s)| w - size * s).collect());
        Self { weights: moved.collect() }
    }

    /// Gradient divided by curvature.
    async fn step(
        &self,
        rows: &[Vec<f64>],
        y: &[usize],
        penalty: f64,
        (control, done): (&RunControl<'_, NearestOutcome>, f32),
    ) -> Result<Vec<f64>, Refusal> {
        let (classes, width) = (self.weights.len(), self.weights[0].len());
        let n = classes * width;
        let mut gradient = vec![0.0; n];
        let mut curvature = vec![0.0; n * n];
        // Blocks are symmetric, and those of a class add up to 0: the last class follows from the others.
        let last = classes - 1;
        for (row, class) in rows.iter().zip(y) {
            control.yield_now(done).await?;
            let probabilities = self.probabilities(row);
            for a in 0..classes {
                let off = probabilities[a] - f64::from(u8::from(a == *class));
                gradient[a * width..(a + 1) * width].iter_mut().zip(row).for_each(|(sum, x)| *sum += off * x);
            }
            for a in 0..last {
                for b in 0..=a {
                    let weight = probabilities[a] * (f64::from(u8::from(a == b)) - probabilities[b]);
                    for (i, left) in row.iter().enumerate() {
                        let line = (a * width + i) * n + b * width;
                        let left = weight * left;
                        curvature[line..=line + i].iter_mut().zip(row).for_each(|(sum, x)| *sum += left * x);
                    }
                }
            }
        }
        complete(&mut curvature, classes, width);
        for a in 0..classes {
            for i in 0..width {
                let at = a * width + i;
                if i + 1 < width {
                    gradient[at] += penalty * self.weights[a][i];
                    curvature[at * n + at] += penalty;
                }
                curvature[at * n + at] += RIDGE * (1.0 + curvature[at * n + at]);
            }
        }
        let right = Matrix::new(n, 1, gradient, true).map_err(|error| failed(&error))?;
        let curvature = Matrix::new(n, n, curvature, true).map_err(|error| failed(&error))?;
        let step = curvature.cholesky_solve_mut(right).map_err(|error| failed(&error))?;
        Ok((0..n).map(|at| *step.get((at, 0))).collect())
    }
}

/// Completes the curvature, of which there are the lower triangles of the blocks (a, b) with b up to a, without the last class.
fn complete(curvature: &mut [f64], classes: usize, width: usize) {
    let (n, last) = (classes * width, classes - 1);
    let place = |(a, b): (usize, usize), i: usize, j: usize| (a * width + i) * n + b * width + j;
    for i in 0..width {
        for j in 0..=i {
            let mut sums = vec![0.0; classes];
            for a in 0..last {
                for b in 0..=a {
                    let value = curvature[place((a, b), i, j)];
                    sums[a] -= value;
                    if a != b {
                        sums[b] -= value;
                    }
                    set(curvature, [place((a, b), j, i), place((b, a), i, j), place((b, a), j, i)], value);
                }
            }
            sums[last] = -sums[..last].iter().sum::<f64>();
            for (a, sum) in sums.into_iter().enumerate() {
                set(curvature, [place((last, a), i, j), place((last, a), j, i), place((a, last), i, j)], sum);
                curvature[place((a, last), j, i)] = sum;
            }
        }
    }
}

fn set(values: &mut [f64], places: [usize; 3], value: f64) {
    places.into_iter().for_each(|place| values[place] = value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finished;
    use crate::tests::TestHost;
    use normlab_report::Report;

    #[test]
    fn where_it_ends_no_direction_lowers_the_loss() {
        let x: Vec<f64> =
            (0..60).map(|index| f64::from(index * index % 17) - 8.0 + 1e3 * f64::from(index / 40)).collect();
        let x = Matrix::new(20, 3, x, true).unwrap();
        let y: Vec<usize> = (0..20).map(|row| row * 7 % 3).collect();
        let (host, show) = (TestHost::default(), |_: &NearestOutcome| Report::default());
        let control = RunControl::new(&host, &show);
        let model = finished(Logistic::fit(&x, (&y, 3), 0.5, (&control, 0.0))).unwrap();
        let rows: Vec<Vec<f64>> =
            (0..20).map(|row| (0..3).map(|column| *x.get((row, column))).chain([1.0]).collect()).collect();
        let least = model.loss(&rows, &y, 0.5);
        for at in 0..12 {
            for by in [-1e-4, 1e-4] {
                let mut step = vec![0.0; 12];
                step[at] = by;
                assert!(model.moved(&step, 1.0).loss(&rows, &y, 0.5) >= least - 1e-12, "{at} {by}");
            }
        }
    }
}
