//! BatchNorm batch by batch.

use serde::{Deserialize, Serialize};

use crate::FitOn;
use normlab_engine::method::BatchNorm;
use normlab_engine::{Conventions, Shape};

/// How the batches of one feature are formed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BatchesQuery {
    /// Index of the column, one of the chosen ones.
    pub column: u32,
    pub method: BatchNorm,
    pub fit: FitOn,
    pub passes: u32,
    /// Whose rules hold.
    pub library: Conventions,
}

/// What was found on the way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunningStats {
    /// The question this answers.
    pub query: BatchesQuery,
    pub feature: String,
    /// Fitted rows, chosen features, positions.
    pub shape: Shape,
    /// Batches of one pass.
    pub batches: u64,
    /// Rows of each but the last batch of a pass, and of that one.
    pub rows: (u64, u64),
    /// Batches in their order: all, or when these are too many the first ones and an even choice of the others.
    pub steps: Vec<BatchSummary>,
    /// The batch at which the library stops in training, and its message: the walk ends before it.
    pub refused: Option<(u64, String)>,
    /// Mean and variance of all fitted rows, with the divisor of the running variance.
    pub whole: (f64, f64),
    /// Mean of the variances of all batches that hold values.
    pub within: f64,
    /// After how many batches less than a tenth of the running values is what they started from; `None`: never.
    pub faded: Option<u64>,
    /// What training and evaluation make of the fitted rows.
    pub training: OutputSpread,
    pub evaluation: OutputSpread,
    /// Some values, side by side.
    pub samples: Vec<Sampled>,
}

/// Mean and standard deviation of an output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutputSpread {
    pub mean: f64,
    pub sd: f64,
}

/// What one batch did to the running statistics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BatchSummary {
    /// From 1, over all passes.
    pub number: u64,
    /// Values that are not missing; without any, the running statistics stay.
    pub count: u64,
    pub mean: f64,
    /// With the divisor of the running variance.
    pub variance: f64,
    /// Running mean and variance before the batch and after it.
    pub before: (f64, f64),
    pub after: (f64, f64),
    /// Of the old value and of the batch.
    pub weights: (f64, f64),
    /// What the values they started from weigh after it, from 0 to 1.
    pub initial: f64,
}

/// One value in both modes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sampled {
    /// Row of the data, from 1.
    pub row: u64,
    /// From 1.
    pub position: u64,
    /// From 1.
    pub batch: u64,
    pub value: f64,
    /// By the statistics of its batch.
    pub training: f64,
    /// By the running statistics as they stand at the end.
    pub evaluation: f64,
}

impl RunningStats {
    /// Batches of all passes, taken or not.
    pub fn total(&self) -> u64 {
        self.batches * u64::from(self.query.passes)
    }

    /// Whether the last batch of a pass is shorter than the others.
    pub fn falls_short(&self) -> bool {
        self.batches > 1 && self.rows.1 < self.rows.0
    }
}
