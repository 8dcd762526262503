//! What a run found.

use super::network::Placement;
use normlab_report::ReportArray;

use crate::networks::{ClassificationTask, NetworkRun, TaskSummary};

/// Depths of the networks that are looked at before any step.
pub const DEPTHS: [usize; 8] = [1, 2, 4, 8, 16, 32, 64, 128];
/// Slopes are those from this depth on.
const SLOPE_FROM: usize = 8;

/// What is trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    None,
    Post,
    PostWarmUp,
    Pre,
    Both,
}

impl Variant {
    pub const EACH: [Self; 5] = [Self::None, Self::Post, Self::PostWarmUp, Self::Pre, Self::Both];

    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Post => "post-norm",
            Self::PostWarmUp => "post-norm, warm-up",
            Self::Pre => "pre-norm",
            Self::Both => "both",
        }
    }

    pub fn role(self) -> usize {
        Self::EACH.iter().position(|variant| *variant == self).unwrap_or(0)
    }

    pub fn placement(self) -> Placement {
        match self {
            Self::None => Placement::None,
            Self::Post | Self::PostWarmUp => Placement::Post,
            Self::Pre => Placement::Pre,
            Self::Both => Placement::Both,
        }
    }
}

/// Networks of one depth before any step, on average over the draws.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StartAtDepth {
    pub depth: usize,
    /// Norm of the gradient of the last block's second matrix.
    pub post: f64,
    pub pre: f64,
    /// Squared length of the last sum, for each number of it.
    pub post_stream: f64,
    pub pre_stream: f64,
    pub draws: usize,
}

/// The outcome so far.
#[derive(Clone, Debug, PartialEq)]
pub struct PreNormOutcome {
    pub task: TaskSummary,
    pub start: Vec<StartAtDepth>,
    /// Of each variant.
    pub runs: Vec<NetworkRun>,
    /// What the residual sums were at the last step.
    pub arrays: Vec<ReportArray>,
}

impl PreNormOutcome {
    pub fn new(task: &ClassificationTask) -> Self {
        Self {
            task: task.summary(),
            start: Vec::new(),
            runs: vec![NetworkRun::default(); Variant::EACH.len()],
            arrays: Vec::new(),
        }
    }

    /// The runs with name and colour.
    pub fn named(&self) -> Vec<(&'static str, usize, &NetworkRun)> {
        Variant::EACH.iter().zip(&self.runs).map(|(variant, run)| (variant.name(), variant.role(), run)).collect()
    }

    pub fn run(&self, variant: Variant) -> &NetworkRun {
        &self.runs[variant.role()]
    }

    pub fn is_done(&self) -> bool {
        self.runs.iter().all(|run| run.score.is_some())
    }

    /// Slopes of the logarithms of gradient against depth: post-norm, pre-norm.
    pub fn slopes(&self) -> Option<(f64, f64)> {
        let known: Vec<&StartAtDepth> =
            self.start.iter().filter(|start| start.depth >= SLOPE_FROM && start.draws > 0).collect();
        (known.len() > 2).then(|| {
            let slope = |of: fn(&StartAtDepth) -> f64| {
                slope(known.iter().map(|start| (libm::log(start.depth as f64), libm::log(of(start)))).collect())
            };
            (slope(|start| start.post), slope(|start| start.pre))
        })
    }
}

/// Of the line of least squares.
fn slope(points: Vec<(f64, f64)>) -> f64 {
    let n = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |sums, point| (sums.0 + point.0 / n, sums.1 + point.1 / n));
    let (products, squares) = points.iter().fold((0.0, 0.0), |sums, point| {
        (sums.0 + (point.0 - x) * (point.1 - y), sums.1 + (point.0 - x) * (point.0 - x))
    });
    products / squares
}
