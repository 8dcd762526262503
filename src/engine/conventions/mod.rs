//! Where libraries refuse or choose otherwise than Normlab: their defaults, their names for things, and what they do with
//! single values.

mod adapt;
mod alone;
mod defaults;
mod offer;
mod rule;

pub use adapt::{Adapted, SettingChange};
pub use alone::Alone;
pub use defaults::FloatPrecision;
pub use offer::Offer;

use serde::{Deserialize, Serialize};

use crate::{Error, ExampleSharing, FeatureSharing, NonFinite, Recipe, Scale, Shape, Singletons};

use normlab_parameters::Options;

/// Whose rules hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Conventions {
    #[default]
    Normlab,
    /// Measured on scikit-learn 1.9.1.
    ScikitLearn,
    /// Measured on torch 2.13.0.
    PyTorch,
    /// Measured on Keras 3.15.1.
    Keras,
    /// Measured on Flax 0.12.8.
    Flax,
    /// The operators of onnx 1.23.2.
    Onnx,
}

impl Options for Conventions {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Normlab, "normlab", "Normlab"),
        (Self::ScikitLearn, "scikit-learn", "scikit-learn"),
        (Self::PyTorch, "pytorch", "PyTorch"),
        (Self::Keras, "keras", "Keras"),
        (Self::Flax, "flax", "Flax"),
        (Self::Onnx, "onnx", "ONNX"),
    ];
}

impl Conventions {
    /// As the library writes itself.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(one, ..)| *one == self).map_or("", |(.., name)| name)
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, one, _)| *one == slug).map(|(one, ..)| *one)
    }

    /// In the address, forever.
    pub fn slug(self) -> &'static str {
        Self::ALL.iter().find(|(one, ..)| *one == self).map_or("", |(_, slug, _)| slug)
    }

    /// The recipe as this library would apply it to an array of this shape. `training` matters for BatchNorm alone:
    /// in evaluation its statistics do not come from the array.
    ///
    /// # Errors
    /// What the library refuses: [`Error::SingleValue`], [`Error::Parameter`] for eps 0 in training.
    pub fn apply(self, mut recipe: Recipe, shape: Shape, training: bool) -> Result<Recipe, Error> {
        let grouping = recipe.grouping;
        match self {
            Self::Normlab => {}
            // Plain arithmetic: NaN and infinities go through it. A batch of one has variance 0, and gives 0.
            Self::Keras | Self::Flax | Self::Onnx => recipe.non_finite = NonFinite::Propagate,
            Self::ScikitLearn => {
                // The Normalizer is the only class that refuses NaN.
                if grouping.examples == ExampleSharing::Separate {
                    recipe.non_finite = NonFinite::Refuse;
                }
            }
            Self::PyTorch => {
                recipe.non_finite = NonFinite::Propagate;
                let batch = grouping.examples != ExampleSharing::Separate;
                let deviation = matches!(recipe.scale, Scale::StandardDeviation(_));
                if batch && training && recipe.eps == 0.0 {
                    let allowed = "more than 0 in training".into();
                    return Err(Error::Parameter { name: "eps", value: "0".into(), allowed });
                }
                if batch && training {
                    recipe.singletons = Singletons::Refuse;
                }
                // LayerNorm takes single values; InstanceNorm counts positions, GroupNorm the values of all examples.
                let counted = match grouping.features {
                    FeatureSharing::Separate if !batch => shape.positions,
                    FeatureSharing::Groups(groups) => shape.len() / groups.max(1),
                    _ => 2,
                };
                if deviation && counted == 1 {
                    return Err(Error::SingleValue { groups: grouping.count(shape) });
                }
            }
        }
        recipe.check(shape)?;
        Ok(recipe)
    }
}
