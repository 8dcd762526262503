//! How running statistics come about: what BatchNorm sees batch by batch, and what it keeps of it.

use std::ops::Range;

use ndarray::{ArrayView3, Axis};

use crate::method::{BatchNorm, Mode};
use crate::{
    Conventions, Error, GroupStatistics, Method, Momentum, NonFinite, Real, Recipe, RunningStatistics, Scale, Shape,
};
use normlab_parameters::Allowed;

/// What a batch did to the running statistics of one feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchStep {
    /// Values that took part. Without any, the running statistics stay.
    pub count: usize,
    /// Mean of the batch; NaN without values.
    pub mean: f64,
    /// Variance of the batch with the divisor that is stored.
    pub variance: f64,
    /// Running mean and variance before the batch and after it.
    pub before: (f64, f64),
    pub after: (f64, f64),
    /// How much of the values they started from (mean 0, variance 1) is still in the running ones, from 0 to 1.
    pub initial: f64,
}

/// A walk over rows, batch by batch, in their order; several passes take the same batches in the same order.
pub struct BatchHistory<'a, T> {
    rows: ArrayView3<'a, T>,
    size: usize,
    passes: u64,
    method: &'a BatchNorm,
    /// What each batch goes through under the rules of a library; `None`: under Normlab's.
    training: Option<(Method, Conventions)>,
    /// Whether missing values make the statistics NaN, for good from then on.
    propagates: bool,
    momentum: Momentum,
    running: RunningStatistics,
    /// One a feature, of the last batch.
    steps: Vec<BatchStep>,
    /// What each batch of the first pass held, where there are more passes: count, mean, variance, feature by feature.
    first: Vec<(usize, f64, f64)>,
}

impl BatchNorm {
    /// A walk over all rows of `(N, C, L)`, so many times, from mean 0 and variance 1.
    ///
    /// # Errors
    /// [`Error::Empty`]; [`Error::Parameter`] when momentum, batch size or passes are not allowed.
    pub fn history<'a, T: Real>(&'a self, rows: ArrayView3<'a, T>, passes: u64) -> Result<BatchHistory<'a, T>, Error> {
        self.history_under(Conventions::Normlab, rows, passes)
    }

    /// As [`Self::history`], each batch as a library that has BatchNorm takes it in training.
    ///
    /// # Errors
    /// As there.
    pub fn history_under<'a, T: Real>(
        &'a self,
        rules: Conventions,
        rows: ArrayView3<'a, T>,
        passes: u64,
    ) -> Result<BatchHistory<'a, T>, Error> {
        let (momentum, size) = (self.momentum()?, usize::try_from(self.batch).unwrap_or(usize::MAX));
        for (name, value) in [("batch", self.batch), ("passes", passes)] {
            if value == 0 {
                let allowed = Allowed::Between(1.0, f64::INFINITY).describe();
                return Err(Error::Parameter { name, value: "0".into(), allowed });
            }
        }
        if rows.is_empty() {
            return Err(Error::Empty { shape: Shape::of(&rows) });
        }
        let (n, features, _) = rows.dim();
        let start = (0.0, 1.0);
        let step =
            BatchStep { count: 0, mean: f64::NAN, variance: f64::NAN, before: start, after: start, initial: 1.0 };
        let steps = vec![step; features];
        let running = RunningStatistics::new(features);
        let training = Method::BatchNorm(Self { mode: Mode::Training, ..self.clone() });
        let training = (rules != Conventions::Normlab).then_some((training, rules));
        let (size, first) = (size.min(n), Vec::new());
        Ok(BatchHistory {
            rows,
            size,
            passes,
            method: self,
            training,
            propagates: false,
            momentum,
            running,
            steps,
            first,
        })
    }
}

impl<T: Real> BatchHistory<'_, T> {
    /// Batches of one pass.
    pub fn batches(&self) -> u64 {
        self.rows.dim().0.div_ceil(self.size) as u64
    }

    /// Batches of all passes.
    pub fn total(&self) -> u64 {
        self.batches().saturating_mul(self.passes)
    }

    /// The rows of a batch, numbered from 1 over all passes.
    pub fn rows_of(&self, number: u64) -> Range<usize> {
        let start = (number.saturating_sub(1) % self.batches()) as usize * self.size;
        start..(start + self.size).min(self.rows.dim().0)
    }

    /// The weights of the old value and of the batch in the last update.
    pub fn weights(&self) -> (f64, f64) {
        self.momentum.weights(self.running.batches)
    }

    /// As they stand after the batches that were taken.
    pub fn running(&self) -> &RunningStatistics {
        &self.running
    }

    /// Takes the next batch: what it did, one entry a feature. `None` after the last.
    ///
    /// # Errors
    /// [`Error::NonFinite`] as in [`Recipe::fit`]; [`Error::Refused`] and what else a library refuses in training.
    pub fn step(&mut self) -> Result<Option<&[BatchStep]>, Error> {
        let number = self.running.batches + 1;
        if number > self.total() {
            return Ok(None);
        }
        self.find_statistics(number)?;
        let takes = |step: &BatchStep| step.count > 0 || self.propagates;
        let seen = self.steps.iter().map(|step| takes(step).then_some((step.mean, step.variance)));
        self.running.update_with(seen, self.momentum);
        let (old, _) = self.weights();
        let running = self.running.mean.iter().zip(&self.running.variance);
        for (step, (&mean, &variance)) in self.steps.iter_mut().zip(running) {
            (step.before, step.after) = (step.after, (mean, variance));
            if step.count > 0 || self.propagates {
                step.initial *= old;
            }
        }
        Ok(Some(&self.steps))
    }

    /// Finds what a batch holds.
    fn find_statistics(&mut self, number: u64) -> Result<(), Error> {
        let features = self.steps.len();
        if let Some(again) = number.checked_sub(self.batches() + 1) {
            let place = (again % self.batches()) as usize * features;
            for (step, &seen) in self.steps.iter_mut().zip(&self.first[place..]) {
                (step.count, step.mean, step.variance) = seen;
            }
            return Ok(());
        }
        let groups = self.groups(number)?;
        for (step, group) in self.steps.iter_mut().zip(groups) {
            (step.count, step.mean, step.variance) = (group.count, group.center, group.dispersion);
        }
        if self.passes > 1 {
            self.first.extend(self.steps.iter().map(|step| (step.count, step.mean, step.variance)));
        }
        Ok(())
    }

    /// Its statistics, under the rules that hold.
    fn groups(&mut self, number: u64) -> Result<Vec<GroupStatistics>, Error> {
        let batch = self.rows.slice_axis(Axis(0), self.rows_of(number).into());
        let Some((training, rules)) = &self.training else {
            return self.running.batch_statistics(batch, self.method.divisor());
        };
        let rules = training.under(*rules).recipe(Shape::of(&batch))?;
        self.propagates = rules.non_finite == NonFinite::Propagate;
        let stored = Scale::StandardDeviation(self.method.divisor());
        Ok(Recipe { scale: stored, eps: 0.0, affine: None, ..rules }.fit(batch)?.groups)
    }
}

impl Momentum {
    /// The weights of the old value and of a new batch of this number (from 1).
    pub fn weights(self, batch: u64) -> (f64, f64) {
        let new = match self {
            Self::New(weight) => weight,
            Self::Old(weight) => 1.0 - weight,
            Self::Cumulative => 1.0 / batch as f64,
        };
        let old = match self {
            Self::Old(weight) => weight,
            _ => 1.0 - new,
        };
        (old, new)
    }

    /// After how many batches less than this share of a running value is what it started from; `None`: after no number.
    pub fn batches_until(self, share: f64) -> Option<u64> {
        let old = match self {
            Self::Cumulative => 0.0,
            _ => self.weights(1).0,
        };
        if share > 1.0 {
            return Some(0);
        } else if old < share {
            return Some(1);
        } else if old >= 1.0 || share <= 0.0 {
            return None;
        }
        // The logarithm may be a rounding off where a power meets the share.
        let near = (libm::log(share) / libm::log(old)).floor();
        (near as u64..near as u64 + 3).find(|&batches| libm::pow(old, batches as f64) < share)
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array3, ShapeBuilder};

    use super::*;
    use crate::method::{MomentumOf, Stored};

    fn column(values: &[f64]) -> Array3<f64> {
        Array3::from_shape_vec((values.len(), 1, 1), values.to_vec()).unwrap()
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    /// REFERENCE: [1, 2, 3, 6] gives torch running_mean 0.3 and running_var 1.36667, Keras the biased 1.025.
    #[test]
    fn a_batch_moves_the_running_values_as_libraries_do() {
        let rows = column(&[1.0, 2.0, 3.0, 6.0]);
        let torch = BatchNorm::default();
        let mut history = torch.history(rows.view(), 1).unwrap();
        let step = history.step().unwrap().unwrap()[0];
        assert_eq!((step.count, step.mean, step.before), (4, 3.0, (0.0, 1.0)));
        assert!(close(step.variance, 14.0 / 3.0) && close(step.after.0, 0.3), "{step:?}");
        assert!(close(step.after.1, 0.9 + 0.1 * 14.0 / 3.0) && close(step.initial, 0.9), "{step:?}");
        assert!(history.step().unwrap().is_none());
        let keras =
            BatchNorm { momentum: 0.99, momentum_of: MomentumOf::Old, stored: Stored::Biased, ..BatchNorm::default() };
        let mut history = keras.history(rows.view(), 1).unwrap();
        let step = history.step().unwrap().unwrap()[0];
        assert!(step.variance == 3.5 && close(step.after.1, 1.025) && step.initial == 0.99, "{step:?}");
    }

    /// REFERENCE: 22 batches at momentum 0.1 reach 90%, 0.9^22 = 0.098.
    #[test]
    fn the_values_they_started_from_fade() {
        let rows = column(&[5.0; 25]);
        let method = BatchNorm { batch: 1, ..BatchNorm::default() };
        let mut history = method.history(rows.view(), 2).unwrap();
        assert_eq!((history.batches(), history.total()), (25, 50));
        let mut weights = Vec::new();
        while let Some(steps) = history.step().unwrap() {
            weights.push(steps[0].initial);
        }
        assert_eq!(weights.len(), 50);
        assert_eq!(weights.iter().position(|weight| *weight < 0.1), Some(21));
        assert!((weights[21] - 0.098477).abs() < 1e-6, "{}", weights[21]);
        // All values are 5: the running mean is short of it by just that weight.
        assert!(close(history.running().mean[0], 5.0 * (1.0 - weights[49])));
        for (momentum, share, expected) in [
            (Momentum::New(0.1), 0.1, Some(22)),
            (Momentum::Old(0.99), 0.1, Some(230)),
            (Momentum::Old(0.5), 0.25, Some(3)),
            (Momentum::New(1.0), 0.1, Some(1)),
            (Momentum::Cumulative, 0.001, Some(1)),
            (Momentum::New(0.0), 0.1, None),
        ] {
            assert_eq!(momentum.batches_until(share), expected, "{momentum:?}");
        }
    }

    #[test]
    fn the_last_batch_may_be_short_and_a_batch_may_be_empty() {
        let nothing = f64::NAN;
        let rows = column(&[nothing, nothing, 1.0, 3.0, 8.0]);
        let method = BatchNorm { batch: 2, momentum_of: MomentumOf::Cumulative, ..BatchNorm::default() };
        let mut history = method.history(rows.view(), 1).unwrap();
        assert_eq!([history.rows_of(1), history.rows_of(3), history.rows_of(4)], [0..2, 4..5, 0..2]);
        let step = history.step().unwrap().unwrap()[0];
        assert!(step.count == 0 && step.mean.is_nan() && step.after == (0.0, 1.0) && step.initial == 1.0, "{step:?}");
        let step = history.step().unwrap().unwrap()[0];
        // The second batch of all weighs one half, though the first held nothing.
        assert_eq!((step.mean, step.variance, step.after, step.initial), (2.0, 2.0, (1.0, 1.5), 0.5));
        let step = history.step().unwrap().unwrap()[0];
        assert_eq!((step.count, step.mean, step.variance), (1, 8.0, 0.0));
    }

    #[test]
    fn what_is_not_allowed_is_named() {
        let rows = column(&[1.0]);
        let refused = |method: &BatchNorm, passes| method.history(rows.view(), passes).err().unwrap().to_string();
        assert!(refused(&BatchNorm { batch: 0, ..BatchNorm::default() }, 1).contains("batch"));
        assert!(refused(&BatchNorm::default(), 0).contains("passes"));
        assert!(refused(&BatchNorm { momentum: 2.0, ..BatchNorm::default() }, 1).contains("momentum"));
        let empty = Array3::<f64>::zeros((0, 1, 1).f());
        assert!(matches!(BatchNorm::default().history(empty.view(), 1), Err(Error::Empty { .. })));
    }
}
