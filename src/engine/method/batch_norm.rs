//! BatchNorm: each feature by the mean and standard deviation of this batch, or by running ones.

use serde::{Deserialize, Serialize};

use super::{Family, MethodInfo, Normalization, shared};
use crate::{Center, Divisor, Error, ExampleSharing, Grouping, Momentum, Recipe, RunningStatistics, Scale, Shape};
use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};

/// Whose statistics BatchNorm uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// Those of the batch itself.
    #[default]
    Training,
    /// Running ones, gathered batch by batch from the fitted rows.
    Evaluation,
}

impl Options for Mode {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Training, "training", "training"), (Self::Evaluation, "evaluation", "evaluation")];
}

/// Which rows are a batch in training.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrainingBatches {
    /// All rows are one batch.
    #[default]
    Whole,
    /// So many rows after each other.
    Sized,
}

impl Options for TrainingBatches {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Whole, "whole", "one: all rows"), (Self::Sized, "sized", "several")];
}

/// What the number called momentum is the weight of; libraries disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MomentumOf {
    /// Of the new batch (PyTorch).
    #[default]
    New,
    /// Of the old value (Keras, Flax, ONNX).
    Old,
    /// No momentum: the plain mean of all batches (PyTorch `momentum=None`).
    Cumulative,
}

impl Options for MomentumOf {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::New, "new", "weight of the new batch (PyTorch)"),
        (Self::Old, "old", "weight of the old value (Keras)"),
        (Self::Cumulative, "cumulative", "none: mean of all batches"),
    ];
}

/// What the running variance stores; libraries disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stored {
    /// Divided by n - 1 (PyTorch).
    #[default]
    Unbiased,
    /// Divided by n (Keras, Flax, ONNX).
    Biased,
}

impl Options for Stored {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Unbiased, "unbiased", "unbiased (PyTorch)"), (Self::Biased, "biased", "biased (Keras, Flax)")];
}

/// `y = (x - mean) / sqrt(variance + eps) * gamma + beta`, each feature with mean and biased variance of the batch
/// (training), or with running mean and variance (evaluation).
///
/// Source: Ioffe & Szegedy 2015, "Batch Normalization"; defaults of PyTorch `BatchNorm1d`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchNorm {
    pub mode: Mode,
    pub eps: f64,
    pub gamma: f64,
    pub beta: f64,
    pub momentum: f64,
    pub momentum_of: MomentumOf,
    pub stored: Stored,
    /// What a batch is in training; running statistics are always gathered from batches of [`Self::batch`] rows.
    pub batches: TrainingBatches,
    /// Rows in a batch; the last may be smaller.
    pub batch: u64,
}

impl Default for BatchNorm {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            eps: 1e-5,
            gamma: 1.0,
            beta: 0.0,
            momentum: 0.1,
            momentum_of: MomentumOf::default(),
            stored: Stored::default(),
            batches: TrainingBatches::default(),
            batch: 32,
        }
    }
}

const SHARE: Allowed = Allowed::Between(0.0, 1.0);
const ROWS: Allowed = Allowed::Between(1.0, f64::INFINITY);

impl Parameters for BatchNorm {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "Training uses the statistics of the batch itself; evaluation uses the running statistics.";
        fields.choice(Field { key: "mode", label: "Mode", help }, &mut self.mode);
        shared::eps(fields, &mut self.eps);
        shared::gamma(fields, &mut self.gamma);
        shared::beta(fields, &mut self.beta);
        let (training, idle) = (self.mode == Mode::Training, fields.idle());
        if training || idle {
            let help = "Which rows share a mean and a standard deviation in training: all, or batch by batch.";
            fields.choice(Field { key: "batches", label: "Batches", help }, &mut self.batches);
        }
        // Training leaves the running statistics alone; how they are gathered is kept.
        if !training || idle {
            let help = "Whether momentum is the weight of the new batch or of the old value; libraries disagree.";
            fields.choice(Field { key: "momentum-of", label: "Momentum means", help }, &mut self.momentum_of);
            if self.momentum_of != MomentumOf::Cumulative || idle {
                let help = "How much each batch moves the running statistics.";
                fields.number(Field { key: "momentum", label: "Momentum", help }, SHARE, &mut self.momentum);
            }
            let help = "Which variance of a batch enters the running variance; libraries disagree.";
            fields.choice(Field { key: "running-variance", label: "Running variance", help }, &mut self.stored);
        }
        if !training || self.batches == TrainingBatches::Sized || idle {
            let help = "The number of rows in a batch; the last batch may be smaller.";
            fields.integer(Field { key: "batch", label: "Batch size", help }, ROWS, &mut self.batch);
        }
    }
}

impl Normalization for BatchNorm {
    const INFO: MethodInfo = MethodInfo {
        slug: "batch-norm",
        name: "BatchNorm",
        family: Family::Feature,
        summary: "Each feature is centred on the mean of the batch and divided by the standard deviation of the batch.",
        unit: "standard deviations from the mean of the batch",
    };

    fn info(&self) -> MethodInfo {
        match self.mode {
            Mode::Training => Self::INFO,
            Mode::Evaluation => MethodInfo {
                summary: "Each feature is centred on its running mean and divided by its running standard deviation, both \
                          gathered batch by batch.",
                unit: "running standard deviations from the running mean",
                ..Self::INFO
            },
        }
    }

    fn recipe(&self, shape: Shape) -> Result<Recipe, Error> {
        let mut grouping = Grouping::FEATURE;
        let size = usize::try_from(self.batch).unwrap_or(usize::MAX);
        if self.mode == Mode::Training && self.batches == TrainingBatches::Sized && size < shape.examples {
            grouping.examples = ExampleSharing::Batches(size);
        }
        let mut recipe = Recipe::new(grouping, Center::Mean, Scale::StandardDeviation(Divisor::N));
        recipe.eps = shared::checked_eps(self.eps)?;
        recipe.affine = shared::affine(self.gamma, self.beta);
        Ok(recipe)
    }
}

impl BatchNorm {
    /// How each batch moves the running statistics.
    ///
    /// # Errors
    /// [`Error::Parameter`] when the momentum is not from 0 to 1.
    pub fn momentum(&self) -> Result<Momentum, Error> {
        if self.momentum_of != MomentumOf::Cumulative && !SHARE.accepts(self.momentum) {
            let value = self.momentum.to_string();
            return Err(Error::Parameter { name: "momentum", value, allowed: SHARE.describe() });
        }
        Ok(match self.momentum_of {
            MomentumOf::New => Momentum::New(self.momentum),
            MomentumOf::Old => Momentum::Old(self.momentum),
            MomentumOf::Cumulative => Momentum::Cumulative,
        })
    }

    /// Which divisor the stored variance has.
    pub fn divisor(&self) -> Divisor {
        match self.stored {
            Stored::Unbiased => Divisor::NMinusOne,
            Stored::Biased => Divisor::N,
        }
    }

    /// Running statistics after walking over all rows once, batch by batch, from mean 0 and variance 1.
    ///
    /// # Errors
    /// As [`Self::history`] and [`BatchHistory::step`](crate::BatchHistory::step).
    pub fn walk<T: crate::Real>(&self, rows: ndarray::ArrayView3<T>) -> Result<RunningStatistics, Error> {
        let mut history = self.history(rows, 1)?;
        while history.step()?.is_some() {}
        Ok(history.running().clone())
    }
}
