//! What a run found.

use normlab_report::ReportArray;
use normlab_training::Divergence;

use crate::networks::{ClassificationTask, TaskSummary};

/// In which company the test rows are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestMode {
    /// By the running statistics, as it should be.
    Evaluation,
    /// By the statistics of batches of the chosen size.
    Batches,
    /// The same, each batch of one class.
    OneClass,
    /// The same, and one row in every batch is twenty times as large.
    Stray,
    /// By the statistics of one row.
    OneByOne,
}

impl TestMode {
    pub const EACH: [Self; 5] = [Self::Evaluation, Self::Batches, Self::OneClass, Self::Stray, Self::OneByOne];

    pub fn name(self) -> &'static str {
        match self {
            Self::Evaluation => "eval()",
            Self::Batches => "mixed batches",
            Self::OneClass => "batches of one class",
            Self::Stray => "one stray row in each",
            Self::OneByOne => "one by one",
        }
    }

    pub fn place(self) -> usize {
        Self::EACH.iter().position(|mode| *mode == self).unwrap_or(0)
    }
}

/// What came of asking all test rows in one way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TestScore {
    pub correct: usize,
    pub rows: usize,
    /// How many different classes were answered.
    pub answers: usize,
}

impl TestScore {
    pub fn accuracy(self) -> f64 {
        self.correct as f64 / self.rows.max(1) as f64
    }
}

/// The share of right answers during training.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ModesAtStep {
    pub step: u64,
    pub evaluation: f64,
    pub by_batch: f64,
}

/// One test row in many companies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Companies {
    /// Its place among the test rows, from 1.
    pub row: usize,
    /// Of each company, the probability that the network gives to the right class.
    pub probabilities: Vec<f64>,
    /// In how many of them the answer is right.
    pub correct: usize,
    /// The same by the running statistics.
    pub evaluation: f64,
}

/// The share of right answers, with eval(), before fine-tuning and after it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FineTuning {
    pub before: f64,
    /// With BatchNorm frozen.
    pub frozen: f64,
    /// With BatchNorm that takes the statistics of each batch and remembers them.
    pub moving: f64,
}

/// The outcome so far.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluationOutcome {
    pub task: TaskSummary,
    pub moments: Vec<ModesAtStep>,
    pub diverged: Option<Divergence>,
    /// Of each way of asking.
    pub asked: Vec<TestScore>,
    pub companies: Option<Companies>,
    pub fine_tuning: Option<FineTuning>,
    /// What the linear layers gave for the last batch of training, before fine-tuning.
    pub arrays: Vec<ReportArray>,
}

impl EvaluationOutcome {
    pub fn new(task: &ClassificationTask) -> Self {
        Self {
            task: task.summary(),
            moments: Vec::new(),
            diverged: None,
            asked: Vec::new(),
            companies: None,
            fine_tuning: None,
            arrays: Vec::new(),
        }
    }

    pub fn score(&self, mode: TestMode) -> Option<TestScore> {
        self.asked.get(mode.place()).copied()
    }
}
