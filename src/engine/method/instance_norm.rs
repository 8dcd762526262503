//! InstanceNorm: each feature of an example by its own mean and standard deviation over positions.

use serde::{Deserialize, Serialize};

use super::{Family, MethodInfo, Normalization, shared};
use crate::{Center, Divisor, Error, Grouping, Recipe, Scale, Shape};
use normlab_parameters::{Fields, Parameters};

/// `y = (x - mean) / sqrt(variance + eps) * gamma + beta`, each feature of each example with its own mean and biased
/// variance over its positions.
///
/// Source: Ulyanov, Vedaldi, Lempitsky 2016, "Instance Normalization"; eps of PyTorch `InstanceNorm`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InstanceNorm {
    pub eps: f64,
    pub gamma: f64,
    pub beta: f64,
}

impl Default for InstanceNorm {
    fn default() -> Self {
        Self { eps: 1e-5, gamma: 1.0, beta: 0.0 }
    }
}

impl Parameters for InstanceNorm {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        shared::eps(fields, &mut self.eps);
        shared::gamma(fields, &mut self.gamma);
        shared::beta(fields, &mut self.beta);
    }
}

impl Normalization for InstanceNorm {
    const INFO: MethodInfo = MethodInfo {
        slug: "instance-norm",
        name: "InstanceNorm",
        family: Family::Example,
        summary: "Each feature of an example is centred on its own mean over positions and divided by its own standard \
                  deviation.",
        unit: "standard deviations from its own mean",
    };

    fn recipe(&self, _: Shape) -> Result<Recipe, Error> {
        let mut recipe = Recipe::new(Grouping::INSTANCE, Center::Mean, Scale::StandardDeviation(Divisor::N));
        recipe.eps = shared::checked_eps(self.eps)?;
        recipe.affine = shared::affine(self.gamma, self.beta);
        Ok(recipe)
    }
}
