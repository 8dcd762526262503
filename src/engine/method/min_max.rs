//! min-max scaling: where between the smallest and the largest value.

use serde::{Deserialize, Serialize};

use super::{Family, MethodInfo, Normalization};
use crate::{Center, Error, Grouping, Recipe, Scale, Shape};
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// `y = low + (high - low) * (x - min) / (max - min)`, each feature with its own min and max.
///
/// Source: scikit-learn `MinMaxScaler`. The fitted min and max give `low` and `high` exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MinMax {
    pub low: f64,
    pub high: f64,
    /// Whether values beyond the fitted ones are set to `low` and `high`.
    pub clip: bool,
}

impl Default for MinMax {
    fn default() -> Self {
        Self { low: 0.0, high: 1.0, clip: false }
    }
}

impl Parameters for MinMax {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let low = Field { key: "low", label: "Low end", help: "What the smallest fitted value becomes." };
        let high = Field { key: "high", label: "High end", help: "What the largest fitted value becomes." };
        let clip = Field { key: "clip", label: "Clip", help: "Values beyond the fitted range are set to its ends." };
        fields.number(low, Allowed::Finite, &mut self.low);
        fields.number(high, Allowed::Finite, &mut self.high);
        fields.switch(clip, &mut self.clip);
    }
}

impl Normalization for MinMax {
    const INFO: MethodInfo = MethodInfo {
        slug: "min-max",
        name: "min-max",
        family: Family::Feature,
        summary: "Each feature is moved and stretched so that its smallest and largest value land on the ends of a \
                  chosen range.",
        unit: "share of the way from smallest to largest",
    };

    fn recipe(&self, _: Shape) -> Result<Recipe, Error> {
        let refuse = |name, value: f64, allowed| Err(Error::Parameter { name, value: value.to_string(), allowed });
        if !self.low.is_finite() {
            return refuse("low", self.low, Allowed::Finite.describe());
        }
        if !(self.high > self.low && (self.high - self.low).is_finite()) {
            return refuse("high", self.high, format!("a finite number more than low, which is {}", self.low));
        }
        let mut recipe = Recipe::new(Grouping::FEATURE, Center::Min, Scale::Range);
        recipe.range = (self.low, self.high);
        recipe.clip = self.clip.then_some(recipe.range);
        Ok(recipe)
    }
}
