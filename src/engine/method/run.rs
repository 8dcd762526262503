//! A method on data: from rows to fit on to normalized values.

use ndarray::{Array3, ArrayView3, ArrayViewMut3};

use super::batch_norm::Mode;
use super::{BatchNorm, Method};
use crate::{
    Center, Conventions, Error, ExampleSharing, Fitted, GroupStatistics, Real, Recipe, Scale, Shape, Sharing, Warning,
};

/// Normalized values, the statistics behind them, and what to know about them.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome<T> {
    pub values: Array3<T>,
    pub fitted: Fitted,
    pub warnings: Vec<Warning>,
}

impl Method {
    /// Whether examples share statistics that come from chosen rows, so that the choice of rows to fit on matters. Not
    /// so for BatchNorm in training, where the batch itself gives them.
    pub fn shares_examples(&self) -> bool {
        match self {
            Self::BatchNorm(BatchNorm { mode, .. }) => *mode == Mode::Evaluation,
            Self::GroupNorm(_) => false,
            // Its groups of features may not divide the shape that is asked for below.
            Self::Custom(method) => method.examples == Sharing::Together,
            _ => {
                let any = Shape { examples: 1, features: 1, positions: 1 };
                self.recipe(any).is_ok_and(|recipe| recipe.grouping.examples == ExampleSharing::Together)
            }
        }
    }

    /// Whether what it finds is a centre and a scale for each feature, which can be taken away and applied to other data.
    pub fn fits_features(&self, shape: Shape) -> bool {
        let by_feature = |recipe: Recipe| recipe.grouping.is_by_feature(shape);
        self.shares_examples() && self.recipe(shape).is_ok_and(by_feature)
    }

    /// The statistics of `train`, an array `(N, C, L)`. BatchNorm in evaluation walks it in batches.
    ///
    /// # Errors
    /// As [`Recipe::fit`], and those of the parameters.
    pub fn fit<T: Real>(&self, train: ArrayView3<T>) -> Result<Fitted, Error> {
        self.under(Conventions::Normlab).fit(train)
    }

    /// Normalizes `x`, an array `(N, C, L)`: by the statistics of `train` where [`Self::shares_examples`], else by its own.
    /// Without `train`, `x` is what is fitted.
    ///
    /// # Errors
    /// As [`Self::fit`] and [`Fitted::transform`].
    pub fn run<T: Real>(&self, x: ArrayView3<T>, train: Option<ArrayView3<T>>) -> Result<Outcome<T>, Error> {
        self.under(Conventions::Normlab).run(x, train)
    }

    /// As [`Self::run`], into memory that is there already.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub fn run_into<T: Real>(
        &self,
        x: ArrayView3<T>,
        train: Option<ArrayView3<T>>,
        out: ArrayViewMut3<T>,
    ) -> Result<(Fitted, Vec<Warning>), Error> {
        self.under(Conventions::Normlab).run_into(x, train, out)
    }

    /// Normalizes `x` by statistics found elsewhere, one group a feature.
    ///
    /// # Errors
    /// As [`super::WithLibrary::apply_into`].
    pub fn apply_into<T: Real>(
        &self,
        groups: Vec<GroupStatistics>,
        x: ArrayView3<T>,
        out: ArrayViewMut3<T>,
    ) -> Result<(Fitted, Vec<Warning>), Error> {
        self.under(Conventions::Normlab).apply_into(groups, x, out)
    }

    /// Whether a setting still has an effect when the statistics were found before.
    pub fn applies_after_fit(&self, key: &str) -> bool {
        match self {
            Self::MinMax(_) => true,
            Self::MaxAbs(_) => key == "clip",
            Self::BatchNorm(_) | Self::Custom(_) => matches!(key, "gamma" | "beta"),
            _ => false,
        }
    }
}

/// How many values lie beyond what was fitted, for the methods that promise a range.
pub(super) fn outside<T: Real>(fitted: &Fitted, x: ArrayView3<T>) -> Option<Warning> {
    let Recipe { center, scale, grouping, clip, .. } = &fitted.recipe;
    let shape = Shape::of(&x);
    let mut values = 0;
    for (index, group) in fitted.groups.iter().enumerate() {
        let (low, high) = match (center, scale) {
            (Center::Min, Scale::Range) => (group.min, group.max),
            (Center::None, Scale::MaxAbs) => (-group.scale, group.scale),
            _ => return None,
        };
        let [examples, features, positions] = grouping.members(shape, index);
        let members = x.slice(ndarray::s![examples, features, positions]);
        values +=
            members.iter().map(|value| Real::to_f64(*value)).filter(|value| *value < low || *value > high).count();
    }
    let warning = if clip.is_some() { Warning::Clipped { values } } else { Warning::OutsideFitted { values } };
    (values > 0).then_some(warning)
}
