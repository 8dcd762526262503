//! Robust scaling: how many interquartile ranges from the median.

use serde::{Deserialize, Serialize};

use super::{Family, MethodInfo, Normalization};
use crate::{Center, Error, Grouping, Recipe, Scale, Shape};
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// `y = (x - median) / (q_high - q_low)`, each feature with its own median and quantiles (linear interpolation).
///
/// Source: scikit-learn `RobustScaler`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Robust {
    /// Lower quantile in percent.
    pub low: f64,
    /// Upper quantile in percent.
    pub high: f64,
    /// Whether the scale is also divided by the same range of the standard normal distribution, so that normal data
    /// get variance 1.
    pub unit_variance: bool,
}

impl Default for Robust {
    fn default() -> Self {
        Self { low: 25.0, high: 75.0, unit_variance: false }
    }
}

impl Parameters for Robust {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let percent = Allowed::Between(0.0, 100.0);
        let low = Field { key: "low", label: "Lower quantile in %", help: "The lower end of the range that the values are divided by." };
        let high = Field { key: "high", label: "Upper quantile in %", help: "The upper end of the range that the values are divided by." };
        fields.number(low, percent, &mut self.low);
        fields.number(high, percent, &mut self.high);
        let help = "Stretches the result so that normally distributed data have variance 1.";
        fields.switch(Field { key: "unit-variance", label: "Unit variance", help }, &mut self.unit_variance);
    }
}

impl Normalization for Robust {
    const INFO: MethodInfo = MethodInfo {
        slug: "robust",
        name: "robust",
        family: Family::Feature,
        summary: "Each feature is centred on its own median and divided by the range of its middle half.",
        unit: "interquartile ranges from the median",
    };

    fn recipe(&self, _: Shape) -> Result<Recipe, Error> {
        let percent = Allowed::Between(0.0, 100.0);
        let refuse = |name, value: String, allowed| Err(Error::Parameter { name, value, allowed });
        if !percent.accepts(self.low) {
            return refuse("low", self.low.to_string(), percent.describe());
        }
        if !percent.accepts(self.high) || self.high <= self.low {
            let allowed = format!("more than low, which is {}, up to 100", self.low);
            return refuse("high", self.high.to_string(), allowed);
        }
        if self.unit_variance && (self.low == 0.0 || self.high == 100.0) {
            let allowed = "false when the range reaches 0 or 100 %, where the normal distribution never ends";
            return refuse("unit-variance", "true".into(), allowed.into());
        }
        let (low, high) = (self.low / 100.0, self.high / 100.0);
        let scale = Scale::InterquantileRange { low, high, unit_variance: self.unit_variance };
        Ok(Recipe::new(Grouping::FEATURE, Center::Median, scale))
    }
}
