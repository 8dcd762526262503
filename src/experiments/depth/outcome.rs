//! What a run found.

use normlab_report::ReportArray;
use normlab_training::LayerRecord;

use crate::networks::{ClassificationTask, NetworkNorm, NetworkRun, TaskSummary};

/// The growth is that between these hidden layers, counted from 1.
const BETWEEN: (usize, usize) = (4, 24);

/// The hidden layers of a network after a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerProfile {
    pub step: u64,
    /// Of what comes out of each hidden layer, behind its activation function: the standard deviation.
    pub deviations: Vec<f64>,
    /// Norms of the gradient of the loss by the same.
    pub gradients: Vec<f64>,
    /// Shares of units that no example of the batch makes greater than 0; empty but for ReLU.
    pub dead: Vec<f64>,
    /// Norms of the update of the weights, as a part of the weights, of each linear layer.
    pub updates: Vec<f64>,
}

impl LayerProfile {
    /// Of the records of all layers; hidden ones end with the activation function of this name.
    pub fn of(step: u64, records: &[LayerRecord], activation: &str) -> Self {
        let hidden = || records.iter().filter(|record| record.name == activation);
        let linear = records.iter().filter(|record| record.name == "linear");
        Self {
            step,
            deviations: hidden().map(|record| record.deviation).collect(),
            gradients: hidden().map(|record| record.gradient).collect(),
            dead: hidden().filter_map(|record| record.dead).collect(),
            updates: linear.filter_map(|record| record.learned.map(|norms| norms.update / norms.weights)).collect(),
        }
    }
}

/// What was found in a deep network with BatchNorm before any step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explosion {
    /// Of each hidden layer, the norm of the gradient by what comes out times the standard deviation of that.
    pub products: Vec<f64>,
}

impl Explosion {
    /// By how much it grows from each layer back to the one before.
    pub fn factor(&self) -> f64 {
        let (first, last) = BETWEEN;
        let layers = (last - first) as f64;
        libm::pow(self.products[first - 1] / self.products[last - 1], 1.0 / layers)
    }
}

/// The outcome so far.
#[derive(Clone, Debug, PartialEq)]
pub struct DepthOutcome {
    pub task: TaskSummary,
    /// Of each norm.
    pub runs: Vec<NetworkRun>,
    /// Of each norm, its layers at several moments.
    pub profiles: Vec<Vec<LayerProfile>>,
    pub explosion: Option<Explosion>,
    /// What the linear layers gave at the last step.
    pub arrays: Vec<ReportArray>,
}

impl DepthOutcome {
    pub fn new(task: &ClassificationTask) -> Self {
        let count = NetworkNorm::EACH.len();
        Self {
            task: task.summary(),
            runs: vec![NetworkRun::default(); count],
            profiles: vec![Vec::new(); count],
            explosion: None,
            arrays: Vec::new(),
        }
    }

    pub fn has_scores(&self) -> bool {
        self.runs.iter().all(|run| run.score.is_some())
    }

    /// The steps at which layers were looked at, of the network that was looked at longest.
    pub fn moments(&self) -> Vec<u64> {
        let longest = self.profiles.iter().max_by_key(|profiles| profiles.len());
        longest.into_iter().flatten().map(|profile| profile.step).collect()
    }

    /// The last look at a network up to a step.
    pub fn at(&self, norm: NetworkNorm, step: u64) -> Option<&LayerProfile> {
        self.profiles[norm.role()].iter().rev().find(|profile| profile.step <= step)
    }
}
