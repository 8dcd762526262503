//! max-abs scaling: which share of the largest absolute value.

use serde::{Deserialize, Serialize};

use super::{Family, MethodInfo, Normalization};
use crate::{Center, Error, Grouping, Recipe, Scale, Shape};
use normlab_parameters::{Field, Fields, Parameters};

/// `y = x / max |x|`, each feature with its own; zero stays zero, so sparse data stay sparse.
///
/// Source: scikit-learn `MaxAbsScaler`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MaxAbs {
    /// Whether outputs beyond -1 and 1 (of values that were not fitted) are set to them.
    pub clip: bool,
}

impl Parameters for MaxAbs {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "Outputs beyond \u{2212}1 and 1 are set to them.";
        fields.switch(Field { key: "clip", label: "Clip", help }, &mut self.clip);
    }
}

impl Normalization for MaxAbs {
    const INFO: MethodInfo = MethodInfo {
        slug: "max-abs",
        name: "max-abs",
        family: Family::Feature,
        summary: "Each feature is divided by its own largest absolute value; nothing is subtracted, so zero stays zero.",
        unit: "share of the largest absolute value",
    };

    fn recipe(&self, _: Shape) -> Result<Recipe, Error> {
        let mut recipe = Recipe::new(Grouping::FEATURE, Center::None, Scale::MaxAbs);
        recipe.clip = self.clip.then_some((-1.0, 1.0));
        Ok(recipe)
    }
}
