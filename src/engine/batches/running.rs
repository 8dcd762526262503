//! Running statistics: what BatchNorm remembers of the batches it saw.

use ndarray::ArrayView3;
use serde::{Deserialize, Serialize};

use crate::{Center, Divisor, Error, Fitted, GroupStatistics, Grouping, Real, Recipe, Scale, Shape};

/// How a batch moves a running value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Momentum {
    /// `running = (1 - m) * running + m * batch` (PyTorch).
    New(f64),
    /// `running = m * running + (1 - m) * batch` (Keras, Flax, ONNX).
    Old(f64),
    /// The plain mean of all batches (PyTorch `momentum=None`).
    Cumulative,
}

/// Running mean and variance, one of each a feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunningStatistics {
    pub mean: Vec<f64>,
    pub variance: Vec<f64>,
    /// Batches seen.
    pub batches: u64,
}

impl RunningStatistics {
    /// Mean 0 and variance 1 for every feature, as all libraries start.
    pub fn new(features: usize) -> Self {
        Self { mean: vec![0.0; features], variance: vec![1.0; features], batches: 0 }
    }

    /// Takes in a batch `(N, C, L)`. A feature without a value in it (all missing) keeps its values; the variance of a
    /// single value counts as 0.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`], [`Error::Empty`], [`Error::NonFinite`] as in [`Recipe::fit`].
    pub fn update<T: Real>(&mut self, batch: ArrayView3<T>, momentum: Momentum, stored: Divisor) -> Result<(), Error> {
        let groups = self.batch_statistics(batch, stored)?;
        let statistics = groups.iter().map(|group| (group.count > 0).then_some((group.center, group.dispersion)));
        self.update_with(statistics, momentum);
        Ok(())
    }

    /// Mean and variance of a batch, one entry a feature.
    pub(crate) fn batch_statistics<T: Real>(
        &self,
        batch: ArrayView3<T>,
        stored: Divisor,
    ) -> Result<Vec<GroupStatistics>, Error> {
        let shape = Shape::of(&batch);
        let features = self.mean.len();
        if shape.features != features {
            return Err(Error::ShapeMismatch { expected: Shape { features, ..shape }, found: shape });
        }
        let recipe = Recipe::new(Grouping::FEATURE, Center::Mean, Scale::StandardDeviation(stored));
        Ok(recipe.fit(batch)?.groups)
    }

    /// Takes in (mean, variance) of a batch found elsewhere, one a feature; `None` keeps what is there.
    pub fn update_with(&mut self, batch: impl IntoIterator<Item = Option<(f64, f64)>>, momentum: Momentum) {
        self.batches += 1;
        let (old, new) = momentum.weights(self.batches);
        let running = self.mean.iter_mut().zip(&mut self.variance);
        for ((mean, variance), batch) in running.zip(batch) {
            if let Some((batch_mean, batch_variance)) = batch {
                *mean = old * *mean + new * batch_mean;
                *variance = old * *variance + new * batch_variance;
            }
        }
    }

    /// A recipe over features, with these statistics in place of those of data: BatchNorm in evaluation. The count of
    /// every group is 0: no single value of the data at hand took part.
    ///
    /// # Errors
    /// As [`Fitted::new`].
    pub fn fitted(&self, recipe: Recipe, shape: Shape) -> Result<Fitted, Error> {
        let group = |(&mean, &variance): (&f64, &f64)| {
            let deviation = (variance + recipe.eps).sqrt();
            let scale = if deviation == 0.0 { 1.0 } else { deviation };
            GroupStatistics { dispersion: variance, ..GroupStatistics::known(0, mean, scale) }
        };
        let groups = self.mean.iter().zip(&self.variance).map(group).collect();
        Fitted::new(recipe, shape, groups)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::arr2;

    /// REFERENCE: [1, 2, 3, 6] gives torch running_mean 0.3, running_var 1.36667; Keras stores the biased 1.025 for
    /// momentum 0.99.
    #[test]
    fn the_directions_of_momentum() {
        let batch = arr2(&[[1.0], [2.0], [3.0], [6.0]]).insert_axis(ndarray::Axis(2));
        let after = |momentum, stored| {
            let mut running = RunningStatistics::new(1);
            running.update(batch.view(), momentum, stored).unwrap();
            (running.mean[0], running.variance[0])
        };
        let close = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 1e-15 && (a.1 - b.1).abs() < 1e-15;
        assert!(close(after(Momentum::New(0.1), Divisor::NMinusOne), (0.3, 0.9 + 0.1 * 14.0 / 3.0)));
        assert!(close(after(Momentum::Old(0.99), Divisor::N), (0.03, 1.025)));
        assert!(close(after(Momentum::Cumulative, Divisor::N), (3.0, 3.5)));
    }
}
