//! z-score (standardization): how many standard deviations from the mean.

use serde::{Deserialize, Serialize};

use super::{Family, MethodInfo, Normalization, shared};
use crate::{Center, Divisor, Error, Grouping, Recipe, Scale, Shape};
use normlab_parameters::{Fields, Options, Parameters};

/// `y = (x - mean) / sd`, each feature with its own mean and standard deviation.
///
/// Source: scikit-learn `StandardScaler` (which divides the variance by n).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ZScore {
    pub divisor: Divisor,
}

impl Options for Divisor {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[(Self::N, "n", "n"), (Self::NMinusOne, "n-1", "n \u{2212} 1")];
}

impl Parameters for ZScore {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        shared::divisor(fields, &mut self.divisor);
    }
}

impl Normalization for ZScore {
    const INFO: MethodInfo = MethodInfo {
        slug: "z-score",
        name: "z-score",
        family: Family::Feature,
        summary: "Each feature is centred on its own mean and divided by its own standard deviation.",
        unit: "standard deviations from the mean",
    };

    fn recipe(&self, _: Shape) -> Result<Recipe, Error> {
        Ok(Recipe::new(Grouping::FEATURE, Center::Mean, Scale::StandardDeviation(self.divisor)))
    }
}
