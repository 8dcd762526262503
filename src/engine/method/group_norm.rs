//! GroupNorm: each group of neighbouring features of an example by its own mean and standard deviation.

use serde::{Deserialize, Serialize};

use super::{Family, MethodInfo, Normalization, shared};
use crate::{Center, Divisor, Error, Grouping, Recipe, Scale, Shape};
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// `y = (x - mean) / sqrt(variance + eps) * gamma + beta`, each group of C / groups neighbouring features of one
/// example with its own mean and biased variance.
///
/// Source: Wu & He 2018, "Group Normalization"; eps of PyTorch `GroupNorm`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupNorm {
    /// Must divide the number of features. 1, the default, divides every number.
    pub groups: u64,
    pub eps: f64,
    pub gamma: f64,
    pub beta: f64,
}

impl Default for GroupNorm {
    fn default() -> Self {
        Self { groups: 1, eps: 1e-5, gamma: 1.0, beta: 0.0 }
    }
}

impl Parameters for GroupNorm {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "How many groups of neighbouring features; must divide their number. 1 is LayerNorm over (C, L), one \
                    for each feature is InstanceNorm.";
        let groups = Field { key: "groups", label: "Groups", help };
        fields.integer(groups, Allowed::Between(1.0, f64::INFINITY), &mut self.groups);
        shared::eps(fields, &mut self.eps);
        shared::gamma(fields, &mut self.gamma);
        shared::beta(fields, &mut self.beta);
    }
}

impl Normalization for GroupNorm {
    const INFO: MethodInfo = MethodInfo {
        slug: "group-norm",
        name: "GroupNorm",
        family: Family::Example,
        summary: "Each group of neighbouring features of an example is centred on its own mean and divided by its own \
                  standard deviation.",
        unit: "standard deviations from the mean of the group",
    };

    fn recipe(&self, shape: Shape) -> Result<Recipe, Error> {
        let groups = usize::try_from(self.groups).unwrap_or(usize::MAX);
        let grouping = Grouping::channel_groups(groups);
        grouping.check(shape)?;
        let mut recipe = Recipe::new(grouping, Center::Mean, Scale::StandardDeviation(Divisor::N));
        recipe.eps = shared::checked_eps(self.eps)?;
        recipe.affine = shared::affine(self.gamma, self.beta);
        Ok(recipe)
    }
}
