//! The methods, one a file. A new method is a file here and its line in the list below.

use serde::{Deserialize, Serialize};

use crate::{Error, Recipe, Shape};

use normlab_parameters::{Described, Fields, Parameters};

/// Where a method stands in the list on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// One feature across examples.
    Feature,
    /// Within one example.
    Example,
    /// Whatever the visitor puts together.
    Mixture,
}

/// What a reader is told of a method.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MethodInfo {
    /// In the address, forever: `z-score`.
    pub slug: &'static str,
    /// As the field writes it: `BatchNorm`.
    pub name: &'static str,
    pub family: Family,
    /// One sentence: what it does to the numbers of a group.
    pub summary: &'static str,
    /// What one unit of the output means, for the axis: `standard deviations from the mean`.
    pub unit: &'static str,
}

/// A method: parameters and the recipe they make.
pub trait Normalization: Parameters + Clone + Default + PartialEq {
    const INFO: MethodInfo;

    /// What a reader is told with these settings.
    fn info(&self) -> MethodInfo {
        Self::INFO
    }

    /// One sentence, with these settings: what it does to the numbers of a group.
    fn summary(&self) -> String {
        self.info().summary.into()
    }

    /// What one unit of the output means with these settings.
    fn unit(&self) -> String {
        self.info().unit.into()
    }

    /// The recipe for an array of this shape.
    ///
    /// # Errors
    /// [`Error::Parameter`] when parameters contradict each other or the shape.
    fn recipe(&self, shape: Shape) -> Result<Recipe, Error>;
}

/// Declares the modules and the enum [`Method`] over them: the only list of methods there is.
macro_rules! methods {
    ($($module:ident :: $name:ident,)*) => {
        $(mod $module; pub use $module::$name;)*

        /// A chosen method with its parameters.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Method { $($name($name),)* }

        impl Method {
            /// Every method with its default parameters, in the order of the page.
            pub fn all() -> Vec<Self> {
                vec![$(Self::$name($name::default()),)*]
            }

            pub fn info(&self) -> MethodInfo {
                match self { $(Self::$name(method) => method.info(),)* }
            }

            /// See [`Normalization::summary`].
            pub fn summary(&self) -> String {
                match self { $(Self::$name(method) => method.summary(),)* }
            }

            /// See [`Normalization::unit`].
            pub fn unit(&self) -> String {
                match self { $(Self::$name(method) => method.unit(),)* }
            }

            /// See [`Normalization::recipe`].
            ///
            /// # Errors
            /// As there.
            pub fn recipe(&self, shape: Shape) -> Result<Recipe, Error> {
                match self {
                    $(Self::$name(method) => method.recipe(shape),)*
                }
            }
        }

        impl Parameters for Method {
            fn fields<F: Fields>(&mut self, fields: &mut F) {
                match self {
                    $(Self::$name(method) => method.fields(fields),)*
                }
            }
        }
    };
}

methods! {
    min_max::MinMax,
    z_score::ZScore,
    robust::Robust,
    max_abs::MaxAbs,
    batch_norm::BatchNorm,
    layer_norm::LayerNorm,
    rms_norm::RmsNorm,
    group_norm::GroupNorm,
    instance_norm::InstanceNorm,
    unit_length::UnitLength,
    custom::Custom,
}

mod run;
mod shared;
mod unlike;
mod with_library;

pub use batch_norm::{Mode, MomentumOf, Stored, TrainingBatches};
pub use custom::{FeatureChoice, ScaleChoice};
pub use run::Outcome;
pub use shared::Over;
pub use unit_length::Norm;
pub use with_library::WithLibrary;

/// The first of the list.
impl Default for Method {
    fn default() -> Self {
        Self::MinMax(MinMax::default())
    }
}

impl Method {
    /// The method of that slug, with default parameters.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::all().into_iter().find(|method| method.info().slug == slug)
    }

    /// Every parameter that has an effect now.
    pub fn parameters(&self) -> Vec<Described> {
        self.describe()
    }
}
