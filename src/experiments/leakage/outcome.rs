//! What a run found.

use super::fit_scope::{FeatureScaler, FitScope};

/// The outcome so far: repeats (splits, walks or data sets) are added one by one.
#[derive(Clone, Debug, PartialEq)]
pub struct LeakageOutcome {
    /// The ways that are compared, the honest one first.
    pub scopes: &'static [FitScope],
    /// Which of them leaks.
    pub leak: usize,
    /// How many repeats there will be.
    pub planned: usize,
    /// How many rows, or steps, train and test.
    pub n_train: usize,
    pub n_test: usize,
    /// Of each way, the share of right predictions of every repeat.
    pub scores: Vec<Vec<f64>>,
    /// Of each way, the share of test values outside of the range that their scaler was fitted on, of every repeat.
    pub outside: Vec<Vec<f64>>,
    /// Of every repeat, the mean over the features of the squared mean of the honestly scaled test values.
    pub squared_offsets: Vec<f64>,
    pub example: Option<LeakageExample>,
    /// What was left out, a sentence each.
    pub notes: Vec<String>,
}

/// One feature of the first repeat.
#[derive(Clone, Debug, PartialEq)]
pub struct LeakageExample {
    pub feature: String,
    /// Of each way, the statistics that scale the test values: of batches, those of the first.
    pub scalers: Vec<FeatureScaler>,
    /// Of each way, the scaled test values.
    pub values: Vec<Vec<f64>>,
    /// Of a walk, its steps; else empty.
    pub walk: Vec<f64>,
}

/// A mean over repeats with its standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeanWithError {
    pub mean: f64,
    pub error: f64,
}

impl MeanWithError {
    pub fn of(values: impl Iterator<Item = f64> + Clone) -> Self {
        let n = values.clone().count() as f64;
        if n == 0.0 {
            return Self::default();
        }
        let mean = values.clone().sum::<f64>() / n;
        let squares: f64 = values.map(|value| (value - mean) * (value - mean)).sum();
        let error = if n > 1.0 { (squares / (n - 1.0) / n).sqrt() } else { 0.0 };
        Self { mean, error }
    }

    /// Whether it is farther from zero than chance would bring it in 19 of 20 cases.
    pub fn is_told_from_chance(self) -> bool {
        self.mean.abs() > 2.0 * self.error
    }
}

impl LeakageOutcome {
    pub fn new(case: super::LeakageCase, planned: u64, (n_train, n_test): (usize, usize)) -> Self {
        let scopes = case.scopes();
        Self {
            scopes,
            leak: case.leak(),
            planned: planned as usize,
            n_train,
            n_test,
            scores: vec![Vec::new(); scopes.len()],
            outside: vec![Vec::new(); scopes.len()],
            squared_offsets: Vec::new(),
            example: None,
            notes: Vec::new(),
        }
    }

    /// How many repeats are done.
    pub fn n_done(&self) -> usize {
        self.scores[0].len()
    }

    pub fn is_done(&self) -> bool {
        self.n_done() >= self.planned
    }

    /// The score of a way, as a share.
    pub fn score(&self, scope: usize) -> MeanWithError {
        MeanWithError::of(self.scores[scope].iter().copied())
    }

    /// How much higher than honestly the score of each repeat is one way, as a share.
    pub fn differences(&self, scope: usize) -> impl Iterator<Item = f64> + Clone {
        self.scores[scope].iter().zip(&self.scores[0]).map(|(score, honest)| score - honest)
    }

    /// How much higher than honestly the score is one way, as a share. Of the same repeats: what they have in common cancels.
    pub fn difference(&self, scope: usize) -> MeanWithError {
        MeanWithError::of(self.differences(scope))
    }

    /// In how many repeats a way scores lower than honestly, and in how many higher.
    pub fn lower_and_higher(&self, scope: usize) -> (usize, usize) {
        let count = |is: fn(f64) -> bool| self.differences(scope).filter(|difference| is(*difference)).count();
        (count(|difference| difference < 0.0), count(|difference| difference > 0.0))
    }

    /// The share of test values outside of the range that their scaler was fitted on; `None` where it is not counted.
    pub fn outside(&self, scope: usize) -> Option<MeanWithError> {
        let shares = self.outside.get(scope).filter(|shares| !shares.is_empty())?;
        Some(MeanWithError::of(shares.iter().copied()))
    }
}
