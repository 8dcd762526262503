//! LayerNorm: each example by its own mean and standard deviation.

use serde::{Deserialize, Serialize};

use super::shared::{self, Over};
use super::{Family, MethodInfo, Normalization};
use crate::{Center, Divisor, Error, Recipe, Scale, Shape};
use normlab_parameters::{Fields, Parameters};

/// `y = (x - mean) / sqrt(variance + eps) * gamma + beta`, each example (or each position of it) with its own mean
/// and biased variance.
///
/// Source: Ba, Kiros, Hinton 2016, "Layer Normalization"; defaults of PyTorch `LayerNorm`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerNorm {
    pub over: Over,
    pub eps: f64,
    pub gamma: f64,
    pub beta: f64,
}

impl Default for LayerNorm {
    fn default() -> Self {
        Self { over: Over::default(), eps: 1e-5, gamma: 1.0, beta: 0.0 }
    }
}

impl Parameters for LayerNorm {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.over.field(fields);
        shared::eps(fields, &mut self.eps);
        shared::gamma(fields, &mut self.gamma);
        shared::beta(fields, &mut self.beta);
    }
}

impl Normalization for LayerNorm {
    const INFO: MethodInfo = MethodInfo {
        slug: "layer-norm",
        name: "LayerNorm",
        family: Family::Example,
        summary: "Each example is centred on its own mean over all features and divided by its own standard deviation.",
        unit: "standard deviations from the mean of the example",
    };

    fn recipe(&self, _: Shape) -> Result<Recipe, Error> {
        let mut recipe = Recipe::new(self.over.grouping(), Center::Mean, Scale::StandardDeviation(Divisor::N));
        recipe.eps = shared::checked_eps(self.eps)?;
        recipe.affine = shared::affine(self.gamma, self.beta);
        Ok(recipe)
    }
}
