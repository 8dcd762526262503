//! A method on data as a library applies it.

use ndarray::{ArrayView3, ArrayViewMut3};

use super::run::outside;
use super::{BatchNorm, Method, Mode, Outcome};
use crate::fitting::fitted::OneWay;
use crate::{Conventions, Error, Fitted, GroupStatistics, Real, Recipe, RunningStatistics, Shape, Warning};

impl Method {
    /// This method as a library applies it; one that the library lacks, as Normlab does.
    pub fn under(&self, library: Conventions) -> WithLibrary<'_> {
        let rules = if library == Conventions::Normlab { library } else { library.ruling(self) };
        WithLibrary { method: self, rules }
    }
}

/// A method under the rules of a library.
#[derive(Clone, Copy, Debug)]
pub struct WithLibrary<'a> {
    method: &'a Method,
    rules: Conventions,
}

impl WithLibrary<'_> {
    /// The recipe for an array of this shape, with the rules of the library.
    ///
    /// # Errors
    /// As [`super::Normalization::recipe`]; [`Error::Refused`] and what else [`Conventions::apply`] refuses.
    pub fn recipe(self, shape: Shape) -> Result<Recipe, Error> {
        let recipe = self.method.recipe(shape)?;
        if self.rules == Conventions::Normlab { Ok(recipe) } else { self.rules.rule(self.method, recipe, shape) }
    }

    /// As [`Method::fit`].
    ///
    /// # Errors
    /// As there, and as [`Self::recipe`].
    pub fn fit<T: Real>(self, train: ArrayView3<T>) -> Result<Fitted, Error> {
        let shape = Shape::of(&train);
        let recipe = self.recipe(shape)?;
        match self.method {
            Method::BatchNorm(method) if method.mode == Mode::Evaluation => {
                recipe.check(shape)?;
                self.walk(method, train)?.fitted(recipe, shape)
            }
            Method::BatchNorm(_) => {
                let mut fitted = recipe.fit(train)?;
                fitted.one_way = Some(OneWay::Training);
                Ok(fitted)
            }
            _ => recipe.fit(train),
        }
    }

    /// As [`Method::run`].
    ///
    /// # Errors
    /// As there, and as [`Self::recipe`].
    pub fn run<T: Real>(self, x: ArrayView3<T>, train: Option<ArrayView3<T>>) -> Result<Outcome<T>, Error> {
        let mut values = crate::fitting::fitted::like(&x);
        let (fitted, warnings) = self.run_into(x, train, values.view_mut())?;
        Ok(Outcome { values, fitted, warnings })
    }

    /// As [`Self::run`], into memory that is there already.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub fn run_into<T: Real>(
        self,
        x: ArrayView3<T>,
        train: Option<ArrayView3<T>>,
        out: ArrayViewMut3<T>,
    ) -> Result<(Fitted, Vec<Warning>), Error> {
        if !self.method.shares_examples() {
            let mut fitted = self.recipe(Shape::of(&x))?.normalize_into(x, out)?;
            if matches!(self.method, Method::BatchNorm(_)) {
                fitted.one_way = Some(OneWay::Training);
            }
            let warnings = fitted.warnings();
            return Ok((fitted, warnings));
        }
        let fitted = self.fit(train.unwrap_or(x))?;
        fitted.transform_into(x, out)?;
        let mut warnings = fitted.warnings();
        if train.is_some() {
            warnings.extend(outside(&fitted, x));
        }
        Ok((fitted, warnings))
    }

    /// Normalizes `x` by statistics found elsewhere, one group a feature.
    ///
    /// # Errors
    /// [`Error::Parameter`] when there are not as many as features, or features do not have statistics of their own; as
    /// [`Self::recipe`] and [`Fitted::transform`].
    pub fn apply_into<T: Real>(
        self,
        groups: Vec<GroupStatistics>,
        x: ArrayView3<T>,
        out: ArrayViewMut3<T>,
    ) -> Result<(Fitted, Vec<Warning>), Error> {
        let shape = Shape::of(&x);
        let recipe = self.recipe(shape)?;
        if !recipe.grouping.is_by_feature(shape) {
            let (value, allowed) = (recipe.grouping.words().into(), "one of each feature".into());
            return Err(Error::Parameter { name: "groups", value, allowed });
        }
        let fitted = Fitted::new(recipe, shape, groups)?;
        fitted.transform_into(x, out)?;
        let mut warnings = fitted.warnings();
        warnings.extend(outside(&fitted, x));
        Ok((fitted, warnings))
    }

    /// Running statistics after all rows, batch by batch: each batch as the library takes it in training.
    fn walk<T: Real>(self, method: &BatchNorm, rows: ArrayView3<T>) -> Result<RunningStatistics, Error> {
        let mut history = method.history_under(self.rules, rows, 1)?;
        while history.step()?.is_some() {}
        Ok(history.running().clone())
    }
}
