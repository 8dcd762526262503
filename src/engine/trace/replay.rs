//! The same computation again, by the kernels of the engine.

use serde::{Deserialize, Serialize};

use super::Trace;
use crate::fitting::transform::transform_one;
use crate::{Real, Recipe};

/// What the displayed numbers do not say: the precision of the data, and what the loops over memory decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Replay {
    /// What was done, with the gamma and the beta of this value alone.
    pub recipe: Recipe,
    /// Whether the data are f32.
    pub single: bool,
    /// Whether gamma and beta are part of the line; else they follow it.
    pub(super) affine_folded: bool,
}

impl Trace {
    /// The result once more, from this trace alone: equal to the engine's to the last bit. That of f32 data is an f32
    /// number.
    pub fn replay(&self) -> f64 {
        let Replay { recipe, single, affine_folded } = &self.replay;
        let statistics = &self.group.statistics;
        if *single {
            f64::from(transform_one(recipe, statistics, *affine_folded, <f32 as Real>::from_f64(self.value)))
        } else {
            transform_one(recipe, statistics, *affine_folded, self.value)
        }
    }
}
