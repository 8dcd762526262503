//! What a run found.

use normlab_engine::moments;
use normlab_report::ReportArray;

use super::laws::NormLaws;
use super::operations::{NormOperations, of_norms};
use crate::networks::{ClassificationTask, NetworkNorm, NetworkRun, TaskSummary};

/// What is compared.
pub const COMPARED: [NetworkNorm; 2] = [NetworkNorm::Layer, NetworkNorm::Rms];

/// The mean that reaches a norm, over test rows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LayerMean {
    /// Mean size of the mean of a vector, in standard deviations of that vector.
    pub in_deviations: f64,
    /// Mean of mean^2 over the mean square: what of the length of a vector is its mean.
    pub share: f64,
}

impl LayerMean {
    /// Of vectors of so many numbers, one after the other.
    pub fn of(values: &[f32], width: usize) -> Self {
        let n = (values.len() / width).max(1) as f64;
        let mut found = Self::default();
        for vector in values.chunks_exact(width) {
            let of_vector = moments(vector);
            let square = of_vector.mean * of_vector.mean;
            let all = square + of_vector.sd * of_vector.sd;
            if all > 0.0 {
                found.share += square / all / n;
                found.in_deviations += of_vector.mean.abs() / of_vector.sd.max(f64::MIN_POSITIVE) / n;
            }
        }
        found
    }
}

/// Who gets more right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormVerdict {
    Alike,
    Layer,
    Rms,
}

impl NormVerdict {
    pub const EACH: [Self; 3] = [Self::Alike, Self::Layer, Self::Rms];

    pub fn name(self) -> &'static str {
        match self {
            Self::Alike => "both alike, but for chance",
            Self::Layer => "those with LayerNorm",
            Self::Rms => "those with RMSNorm",
        }
    }
}

/// The outcome so far. Pairs are LayerNorm, RMSNorm.
#[derive(Clone, Debug, PartialEq)]
pub struct RmsNormOutcome {
    pub task: TaskSummary,
    pub laws: Option<NormLaws>,
    pub operations: [NormOperations; 2],
    /// The runs of the first start.
    pub shown: [NetworkRun; 2],
    /// Layer by layer, in the networks of the first start: before any step, and after the last.
    pub before: [Vec<LayerMean>; 2],
    pub after: [Vec<LayerMean>; 2],
    /// Shares of right answers, start by start.
    pub accuracies: Vec<[f64; 2]>,
    pub starts: usize,
    /// What the linear layers of the first start gave at the last step.
    pub arrays: Vec<ReportArray>,
}

impl RmsNormOutcome {
    pub fn new(task: &ClassificationTask, width: usize, starts: usize) -> Self {
        Self {
            task: task.summary(),
            laws: None,
            operations: of_norms(width),
            shown: Default::default(),
            before: Default::default(),
            after: Default::default(),
            accuracies: Vec::new(),
            starts,
            arrays: Vec::new(),
        }
    }

    /// The runs of the first start with name and colour.
    pub fn named(&self) -> Vec<(&'static str, usize, &NetworkRun)> {
        COMPARED.iter().zip(&self.shown).map(|(norm, run)| (norm.name(), norm.role(), run)).collect()
    }

    pub fn is_done(&self) -> bool {
        self.accuracies.len() == self.starts
    }

    /// Mean shares of right answers.
    pub fn means(&self) -> [f64; 2] {
        let n = self.accuracies.len().max(1) as f64;
        [0, 1].map(|norm| self.accuracies.iter().map(|pair| pair[norm]).sum::<f64>() / n)
    }

    /// Mean and standard error of what RMSNorm gets more, over the starts.
    pub fn difference(&self) -> (f64, f64) {
        let differences: Vec<f64> = self.accuracies.iter().map(|[layer, rms]| rms - layer).collect();
        let n = differences.len() as f64;
        let mean = differences.iter().sum::<f64>() / n;
        let squares = differences.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>();
        (mean, (squares / (n - 1.0).max(1.0) / n).sqrt())
    }

    /// A difference counts from two standard errors and one row on.
    pub fn verdict(&self) -> NormVerdict {
        let (mean, error) = self.difference();
        match mean {
            mean if mean.abs() <= (2.0 * error).max(1.0 / self.task.n_test.max(1) as f64) => NormVerdict::Alike,
            mean if mean > 0.0 => NormVerdict::Rms,
            _ => NormVerdict::Layer,
        }
    }

    /// The share of LayerNorm's operations that RMSNorm does not need, of those that `of` counts.
    pub fn saved(&self, of: fn(NormOperations) -> u64) -> f64 {
        let [layer, rms] = self.operations.map(|operations| of(operations) as f64);
        1.0 - rms / layer
    }
}
