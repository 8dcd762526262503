//! What a run found.

use normlab_report::ReportArray;

use crate::networks::{ClassificationTask, NetworkNorm, NetworkRun, TaskSummary};

/// The learning rates of the map.
pub const RATES: [f64; 6] = [0.01, 0.1, 0.3, 1.0, 3.0, 10.0];
/// Hidden layers of the networks in the map by depth.
pub const DEPTHS: [u64; 5] = [1, 2, 5, 10, 20];
/// A network survives a learning rate if it gets more than this share right.
const SURVIVES: f64 = 0.5;

/// The outcome so far: first the runs at the chosen rate, then those of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct RatesOutcome {
    pub rate: f64,
    pub task: TaskSummary,
    /// Of each norm, the run at the chosen rate.
    pub runs: Vec<NetworkRun>,
    /// Of each rate of the map, the run of each norm.
    pub sweep: Vec<Option<Vec<NetworkRun>>>,
    pub landscapes: Vec<Landscape>,
    pub scale_law: Option<ScaleLaw>,
    /// What the hidden layers gave at the last step, of each network at the chosen rate.
    pub arrays: Vec<ReportArray>,
    /// Of each rate of the map, a run of each of [`DEPTHS`] with the norm that the settings say.
    pub by_depth: Vec<Vec<NetworkRun>>,
    /// Steps of all networks together so far, each counted once.
    pub steps_done: u64,
    /// How often five networks are trained in all.
    rounds: u64,
}

/// The loss of the first batch at points along its own gradient.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Landscape {
    /// Length of the step, as a learning rate, and the loss after it.
    pub points: Vec<(f64, f64)>,
}

/// What becomes of loss and gradient when all weights of the first layer before BatchNorm are multiplied by 10.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleLaw {
    pub loss: (f64, f64),
    /// Norms of the gradient of these weights.
    pub gradient: (f64, f64),
}

impl RatesOutcome {
    pub fn new(task: &ClassificationTask, rate: f64, rounds: u64) -> Self {
        Self {
            rate,
            task: task.summary(),
            runs: vec![NetworkRun::default(); NetworkNorm::EACH.len()],
            sweep: vec![None; RATES.len()],
            landscapes: Vec::new(),
            scale_law: None,
            arrays: Vec::new(),
            by_depth: Vec::new(),
            steps_done: 0,
            rounds,
        }
    }

    /// Which part of all steps is done.
    pub fn done(&self, steps: u64) -> f32 {
        self.steps_done as f32 / (self.rounds * steps) as f32
    }

    /// Whether the runs at the chosen rate are at their end.
    pub fn has_scores(&self) -> bool {
        self.runs.iter().all(|run| run.score.is_some())
    }

    pub fn is_done(&self) -> bool {
        self.sweep.iter().all(Option::is_some)
    }

    /// Whether a run is at its end and knows hardly more than guessing.
    pub fn learnt_nothing(&self, run: &NetworkRun) -> bool {
        run.diverged.is_none() && run.score.is_some() && run.accuracy() < self.task.chance + 0.05
    }

    /// The index of the largest rate of the map that a norm survives.
    pub fn largest(&self, norm: NetworkNorm) -> Option<usize> {
        let survives =
            |runs: &Option<Vec<NetworkRun>>| runs.as_ref().is_some_and(|runs| runs[norm.role()].accuracy() > SURVIVES);
        self.sweep.iter().rposition(survives)
    }
}
