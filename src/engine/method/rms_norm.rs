//! RMSNorm: each example by its own root mean square.

use serde::{Deserialize, Serialize};

use super::shared::{self, Over};
use super::{Family, MethodInfo, Normalization};
use crate::{Center, Error, Recipe, Scale, Shape};
use normlab_parameters::{Fields, Parameters};

/// `y = x / sqrt(mean(x^2) + eps) * gamma`, each example (or each position of it) with its own mean square.
///
/// Source: Zhang & Sennrich 2019, "Root Mean Square Layer Normalization"; eps of PyTorch `RMSNorm(eps=None)` on f32.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RmsNorm {
    pub over: Over,
    pub eps: f64,
    pub gamma: f64,
}

impl Default for RmsNorm {
    fn default() -> Self {
        Self { over: Over::default(), eps: f64::from(f32::EPSILON), gamma: 1.0 }
    }
}

impl Parameters for RmsNorm {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.over.field(fields);
        shared::eps(fields, &mut self.eps);
        shared::gamma(fields, &mut self.gamma);
    }
}

impl Normalization for RmsNorm {
    const INFO: MethodInfo = MethodInfo {
        slug: "rms-norm",
        name: "RMSNorm",
        family: Family::Example,
        summary: "Each example is divided by its own root mean square over all features; nothing is subtracted.",
        unit: "root mean squares of the example",
    };

    fn recipe(&self, _: Shape) -> Result<Recipe, Error> {
        let mut recipe = Recipe::new(self.over.grouping(), Center::None, Scale::RootMeanSquare);
        recipe.eps = shared::checked_eps(self.eps)?;
        recipe.affine = shared::affine(self.gamma, 0.0);
        Ok(recipe)
    }
}
