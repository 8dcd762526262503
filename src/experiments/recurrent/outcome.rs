//! What a run found.

use normlab_report::ReportArray;
use normlab_training::{NetworkScore, Phase, TimeRecord};

use crate::networks::{ClassificationTask, NetworkNorm, NetworkRun, TaskSummary};

/// Networks that are trained: the one with BatchNorm is asked in two ways.
pub const TRAINED: [NetworkNorm; 3] = [NetworkNorm::None, NetworkNorm::Layer, NetworkNorm::Batch];

/// A network and how it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeStatistics {
    None,
    Layer,
    /// BatchNorm with one set of running statistics for all steps of time.
    Shared,
    /// BatchNorm with running statistics of each step of time.
    PerStep,
}

impl TimeStatistics {
    pub const EACH: [Self; 4] = [Self::None, Self::Layer, Self::Shared, Self::PerStep];

    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Layer => "LayerNorm",
            Self::Shared => "BatchNorm, shared",
            Self::PerStep => "BatchNorm, per step",
        }
    }

    /// Its colour and sign: those of the norm in other experiments, and that of RMSNorm, which is not here.
    pub fn role(self) -> usize {
        match self {
            Self::None => NetworkNorm::None.role(),
            Self::Layer => NetworkNorm::Layer.role(),
            Self::Shared => NetworkNorm::Batch.role(),
            Self::PerStep => NetworkNorm::Rms.role(),
        }
    }

    /// Which of [`TRAINED`] it is.
    pub fn trained(self) -> usize {
        match self {
            Self::None => 0,
            Self::Layer => 1,
            Self::Shared | Self::PerStep => 2,
        }
    }

    pub fn phase(self) -> Phase {
        if self == Self::Shared { Phase::EvaluationShared } else { Phase::Evaluation }
    }
}

/// The outcome so far.
#[derive(Clone, Debug, PartialEq)]
pub struct RecurrentOutcome {
    pub task: TaskSummary,
    /// Features of a row.
    pub features: usize,
    /// Steps of time, and features that each reads.
    pub sequence: (usize, usize),
    /// Of each of [`TRAINED`], on test rows before any step.
    pub start: Vec<TimeRecord>,
    /// Of each of [`TRAINED`]; BatchNorm is scored with statistics of each step.
    pub runs: Vec<NetworkRun>,
    /// BatchNorm with shared statistics.
    pub shared: Option<NetworkScore>,
    /// Of each [`TimeStatistics`], on test rows, once all is done.
    pub times: Vec<TimeRecord>,
    /// What the recurrent layers gave at the last step of training.
    pub arrays: Vec<ReportArray>,
}

impl RecurrentOutcome {
    pub fn new(task: &ClassificationTask, sequence: (usize, usize), features: usize) -> Self {
        Self {
            task: task.summary(),
            features,
            sequence,
            start: Vec::new(),
            runs: vec![NetworkRun::default(); TRAINED.len()],
            shared: None,
            times: Vec::new(),
            arrays: Vec::new(),
        }
    }

    /// The runs with name and colour.
    pub fn named(&self) -> Vec<(&'static str, usize, &NetworkRun)> {
        TRAINED.iter().zip(&self.runs).map(|(norm, run)| (norm.name(), norm.role(), run)).collect()
    }

    pub fn is_done(&self) -> bool {
        !self.times.is_empty()
    }

    pub fn run(&self, kind: TimeStatistics) -> &NetworkRun {
        &self.runs[kind.trained()]
    }

    /// The share of right answers; 0 after a divergence, and before the end.
    pub fn accuracy(&self, kind: TimeStatistics) -> f64 {
        match (kind, self.run(kind).diverged, self.shared) {
            (TimeStatistics::Shared, None, Some(score)) => score.accuracy(),
            (TimeStatistics::Shared, ..) => 0.0,
            _ => self.run(kind).accuracy(),
        }
    }

    /// Whether one share of right answers is larger than another by more than chance makes it: by two standard errors.
    pub fn is_better(&self, share: f64, than: f64) -> bool {
        let mean = (share + than) / 2.0;
        share - than > 2.0 * (2.0 * mean * (1.0 - mean) / self.task.n_test.max(1) as f64).sqrt()
    }

    /// What BatchNorm remembers; `None` before the end, and where it has diverged.
    pub fn remembered(&self) -> Option<&TimeRecord> {
        let record = self.times.get(TimeStatistics::EACH.len() - 1)?;
        let is_finite = |values: &[f64]| values.iter().all(|value| value.is_finite());
        (record.shared.is_some_and(f64::is_finite) && is_finite(&record.remembered) && is_finite(&record.mean_distance))
            .then_some(record)
    }
}
