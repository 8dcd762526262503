//! What a run found.

use super::quadratic::{Quadratic, Rescaling};
use super::two_features::TwoFeatures;

/// The outcome so far: lanes are added rescaling by rescaling, in the order of [`Rescaling::EACH`].
#[derive(Clone, Debug, PartialEq)]
pub struct DescentOutcome {
    pub features: TwoFeatures,
    pub quadratics: Vec<Quadratic>,
    pub lanes: Vec<Lane>,
}

/// The way down after one rescaling.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    pub rescaling: Rescaling,
    pub rate: f64,
    /// How many steps were computed.
    pub n_steps: u64,
    /// The first step at which the tolerance was reached.
    pub reached: Option<u64>,
    /// The step at which a weight was no finite number any more.
    pub diverged: Option<u64>,
    /// The places that are kept, the start first; the last is where it ended, or the last with a finite loss.
    pub trail: Vec<TrailStop>,
}

/// A place on the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrailStop {
    pub step: u64,
    pub weights: [f64; 3],
    /// How far it is from the best weights along each eigenvector.
    pub along: [f64; 3],
    /// The loss above the least possible, as a part of that at the start.
    pub left: f64,
}

impl Lane {
    /// Where it ended.
    pub fn last(&self) -> Option<&TrailStop> {
        self.trail.last()
    }

    /// How long it took, for comparing: those that are not done come after all that are, by what they have left.
    pub fn slowness(&self, most: u64) -> f64 {
        let left = self.last().map_or(1.0, |stop| stop.left).clamp(0.0, 1.0);
        match (self.reached, self.diverged) {
            (Some(step), _) => step as f64,
            (None, None) => most as f64 + left,
            (None, Some(_)) => most as f64 + 2.0,
        }
    }
}

impl DescentOutcome {
    pub fn lane(&self, rescaling: Rescaling) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.rescaling == rescaling)
    }

    pub fn quadratic(&self, rescaling: Rescaling) -> Option<&Quadratic> {
        self.quadratics.iter().find(|quadratic| quadratic.rescaling == rescaling)
    }
}
