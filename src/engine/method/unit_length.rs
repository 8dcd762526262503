//! Unit length: each example by its own norm.

use serde::{Deserialize, Serialize};

use super::{Family, MethodInfo, Normalization};
use crate::{Center, Error, Grouping, Recipe, Scale, Shape};
use normlab_parameters::{Field, Fields, Options, Parameters};

/// Which length of an example becomes 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Norm {
    /// Sum of absolute values.
    L1,
    /// Square root of the sum of squares.
    #[default]
    L2,
    /// Largest absolute value.
    Max,
}

impl Options for Norm {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::L1, "l1", "L1 (sum of absolute values)"),
        (Self::L2, "l2", "L2 (Euclidean length)"),
        (Self::Max, "max", "max (largest absolute value)"),
    ];
}

/// `y = x / norm(x)`, each example with its own norm; an example of zeros stays zero.
///
/// Source: scikit-learn `Normalizer`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UnitLength {
    pub norm: Norm,
}

impl Parameters for UnitLength {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.choice(Field { key: "norm", label: "Norm", help: "Which length becomes 1." }, &mut self.norm);
    }
}

impl Normalization for UnitLength {
    const INFO: MethodInfo = MethodInfo {
        slug: "unit-length",
        name: "unit length",
        family: Family::Example,
        summary: "Each example is divided by its own length; its direction stays.",
        unit: "lengths of the example",
    };

    fn recipe(&self, _: Shape) -> Result<Recipe, Error> {
        let scale = match self.norm {
            Norm::L1 => Scale::L1,
            Norm::L2 => Scale::L2,
            Norm::Max => Scale::MaxAbs,
        };
        Ok(Recipe::new(Grouping::EXAMPLE, Center::None, scale))
    }
}
