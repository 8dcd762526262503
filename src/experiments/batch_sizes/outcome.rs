//! What a run found.

use normlab_report::ReportArray;
use normlab_training::NetworkScore;

use super::noise::BatchNoise;
use crate::networks::{ClassificationTask, NetworkNorm, NetworkRun, TaskSummary};

/// The batch sizes that are compared.
pub const SIZES: [u64; 6] = [2, 4, 8, 16, 32, 64];
/// Networks that are trained with each.
pub const TRAINED: [NetworkNorm; 4] = [NetworkNorm::None, NetworkNorm::Batch, NetworkNorm::Layer, NetworkNorm::Group];
/// BatchNorm is behind if it gets this share of rows more wrong than GroupNorm.
const BEHIND: f64 = 0.02;

/// A network and how it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvaluatedNorm {
    None,
    /// BatchNorm with its running statistics.
    Running,
    /// BatchNorm with the statistics of each test batch.
    ByBatch,
    Layer,
    Group,
}

impl EvaluatedNorm {
    pub const EACH: [Self; 5] = [Self::None, Self::Running, Self::ByBatch, Self::Layer, Self::Group];

    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Running => "BatchNorm, running",
            Self::ByBatch => "BatchNorm, test batches",
            Self::Layer => "LayerNorm",
            Self::Group => "GroupNorm",
        }
    }

    /// Its colour and sign: those of the norm in other experiments, and that of RMSNorm, which is not here.
    pub fn role(self) -> usize {
        match self {
            Self::None => NetworkNorm::None.role(),
            Self::Running => NetworkNorm::Batch.role(),
            Self::ByBatch => NetworkNorm::Rms.role(),
            Self::Layer => NetworkNorm::Layer.role(),
            Self::Group => NetworkNorm::Group.role(),
        }
    }
}

/// The runs with batches of one size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SizeRuns {
    pub size: u64,
    pub steps: u64,
    /// Of each of [`TRAINED`].
    pub runs: Vec<NetworkRun>,
    /// BatchNorm with the statistics of each test batch.
    pub by_batch: Option<NetworkScore>,
    /// What the linear layers gave at the last step, where it is kept.
    pub arrays: Vec<ReportArray>,
}

impl SizeRuns {
    pub fn new(size: u64, steps: u64) -> Self {
        Self { size, steps, runs: vec![NetworkRun::default(); TRAINED.len()], by_batch: None, arrays: Vec::new() }
    }

    /// The runs with name and colour.
    pub fn named(&self) -> Vec<(&'static str, usize, &NetworkRun)> {
        TRAINED.iter().zip(&self.runs).map(|(norm, run)| (norm.name(), norm.role(), run)).collect()
    }

    pub fn run(&self, norm: NetworkNorm) -> Option<&NetworkRun> {
        self.runs.get(TRAINED.iter().position(|known| *known == norm)?)
    }

    /// The share of wrong answers; `None` before the end.
    pub fn error(&self, norm: EvaluatedNorm) -> Option<f64> {
        let by_batch = self.by_batch?;
        let of = |norm| Some(1.0 - self.run(norm)?.accuracy());
        match norm {
            EvaluatedNorm::None => of(NetworkNorm::None),
            EvaluatedNorm::Running => of(NetworkNorm::Batch),
            EvaluatedNorm::ByBatch => Some(1.0 - by_batch.accuracy()),
            EvaluatedNorm::Layer => of(NetworkNorm::Layer),
            EvaluatedNorm::Group => of(NetworkNorm::Group),
        }
    }
}

/// The outcome so far: first the runs with the chosen batch size, then those with others.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchSizesOutcome {
    pub task: TaskSummary,
    /// Of each of [`SIZES`].
    pub noise: Vec<BatchNoise>,
    /// With the chosen batch size.
    pub shown: SizeRuns,
    /// From small to large batches; those that are done.
    pub sizes: Vec<SizeRuns>,
    /// Which part of all work is done.
    pub done: f32,
    pub is_done: bool,
    /// Work of all, in passes over the data: a small batch takes longer for each row.
    work: f32,
}

/// How long a pass takes with batches of this size.
fn work(size: u64) -> f32 {
    1.0 + 8.0 / size as f32
}

impl BatchSizesOutcome {
    pub fn new(task: &ClassificationTask, batch: u64, has_all: bool) -> Self {
        let others = SIZES.iter().filter(|size| has_all && **size != batch && **size <= task.train.len() as u64);
        Self {
            task: task.summary(),
            noise: Vec::new(),
            shown: SizeRuns::new(batch, 1),
            sizes: Vec::new(),
            done: 0.0,
            is_done: false,
            work: work(batch) + others.map(|size| work(*size)).sum::<f32>(),
        }
    }

    /// The part of all work that batches of this size are.
    pub fn weight_of(&self, size: u64) -> f32 {
        work(size) / self.work
    }

    pub fn add(&mut self, runs: SizeRuns) {
        let place = self.sizes.partition_point(|known| known.size < runs.size);
        self.sizes.insert(place, runs);
    }

    /// The largest of [`SIZES`] at which BatchNorm is behind GroupNorm.
    pub fn cliff(&self) -> Option<u64> {
        let is_behind = |runs: &&SizeRuns| {
            SIZES.contains(&runs.size)
                && match (runs.error(EvaluatedNorm::Running), runs.error(EvaluatedNorm::Group)) {
                    (Some(batch), Some(group)) => batch - group >= BEHIND,
                    _ => false,
                }
        };
        self.sizes.iter().rev().find(is_behind).map(|runs| runs.size)
    }
}
