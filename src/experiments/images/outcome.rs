//! What a run found.

use normlab_report::ReportArray;
use normlab_training::Divergence;

use super::network::ImageNorm;
use crate::networks::{ClassificationTask, NetworkRun, TaskSummary};

/// The contrasts and the brightnesses at which every network is asked.
pub const CONTRASTS: [f64; 8] = [0.05, 0.1, 0.2, 0.4, 0.7, 1.0, 2.0, 4.0];
pub const BRIGHTNESSES: [f64; 7] = [-1.0, -0.6, -0.3, 0.0, 0.3, 0.6, 1.0];
/// A difference of accuracy from here on counts.
pub const CLEAR: f64 = 0.02;

/// The runs with batches of one size, of each of [`ImageNorm::EACH`].
#[derive(Clone, Debug, PartialEq)]
pub struct BatchRuns {
    pub size: u64,
    pub steps: u64,
    pub runs: Vec<NetworkRun>,
}

impl BatchRuns {
    pub fn new(size: u64, steps: u64) -> Self {
        Self { size, steps, runs: vec![NetworkRun::default(); ImageNorm::EACH.len()] }
    }

    /// The runs with name and colour.
    pub fn named(&self) -> Vec<(&'static str, usize, &NetworkRun)> {
        ImageNorm::EACH.iter().zip(&self.runs).map(|(norm, run)| (norm.name(), norm.role(), run)).collect()
    }

    /// The share of right answers on the pictures as they are; `None` before the end.
    pub fn accuracy(&self, norm: ImageNorm) -> Option<f64> {
        let run = &self.runs[norm.place()];
        run.score.map(|_| run.accuracy())
    }

    /// The first network that diverged, and where.
    pub fn diverged(&self) -> Option<(ImageNorm, Divergence)> {
        ImageNorm::EACH.into_iter().zip(&self.runs).find_map(|(norm, run)| Some((norm, run.diverged?)))
    }
}

/// What a trained network makes of changed pictures: shares of right answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangedAccuracy {
    /// With the chosen contrast and brightness.
    pub chosen: f64,
    /// Of [`CONTRASTS`], and of [`BRIGHTNESSES`].
    pub by_contrast: Vec<f64>,
    pub by_brightness: Vec<f64>,
}

/// The outcome so far.
#[derive(Clone, Debug, PartialEq)]
pub struct ImagesOutcome {
    pub task: TaskSummary,
    /// A picture that tests, as it is.
    pub picture: Vec<f32>,
    /// With the chosen batch size.
    pub shown: BatchRuns,
    /// Of each norm whose network was asked already; none when the label is the contrast.
    pub changed: Vec<ChangedAccuracy>,
    /// With another batch size.
    pub other: Option<BatchRuns>,
    /// What the convolutions gave for the last batch of the chosen size.
    pub arrays: Vec<ReportArray>,
    pub is_done: bool,
}

impl ImagesOutcome {
    pub fn new(task: &ClassificationTask, batch: u64) -> Self {
        Self {
            task: task.summary(),
            picture: task.test.row(0).to_vec(),
            shown: BatchRuns::new(batch, 1),
            changed: Vec::new(),
            other: None,
            arrays: Vec::new(),
            is_done: false,
        }
    }

    pub fn changed(&self, norm: ImageNorm) -> Option<&ChangedAccuracy> {
        self.changed.get(norm.place())
    }

    /// The runs from small to large batches.
    pub fn sizes(&self) -> Vec<&BatchRuns> {
        let mut sizes: Vec<&BatchRuns> = std::iter::once(&self.shown).chain(&self.other).collect();
        sizes.sort_by_key(|runs| runs.size);
        sizes
    }

    /// How much more BatchNorm gets right than GroupNorm, with the chosen batch size.
    pub fn lead(&self) -> Option<f64> {
        Some(self.shown.accuracy(ImageNorm::Batch)? - self.shown.accuracy(ImageNorm::Group)?)
    }
}
