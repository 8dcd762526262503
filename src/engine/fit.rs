//! Finding the statistics of every group.

use ndarray::{Array3, ArrayView3, ArrayViewMut3};

use super::careful::{self, Scratch};
use super::{Error, Fitted, GroupStatistics, NonFinite, Real, Recipe, Shape, Singletons};

impl Recipe {
    /// Finds the statistics of every group of `x`, an array `(N, C, L)`.
    ///
    /// # Errors
    /// [`Error::Parameter`] when the recipe does not fit the shape, [`Error::Empty`] when an axis has length 0,
    /// [`Error::NonFinite`] and [`Error::SingleValue`] as the rules of the recipe say.
    pub fn fit<T: Real>(&self, x: ArrayView3<T>) -> Result<Fitted, Error> {
        let shape = self.accept(&x)?;
        let mut scratch = Scratch::default();
        let groups = (0..self.grouping.count(shape)).map(|group| self.fit_group(&x, group, &mut scratch));
        let groups = groups.collect();
        self.conclude(&x, shape, groups)
    }

    /// Fits and transforms at once: `x` by its own statistics.
    ///
    /// # Errors
    /// As [`Recipe::fit`].
    pub fn normalize<T: Real>(&self, x: ArrayView3<T>) -> Result<(Array3<T>, Fitted), Error> {
        let fitted = self.fit(x)?;
        Ok((fitted.transform(x)?, fitted))
    }

    /// As [`Recipe::normalize`], into memory that is there already. Groups that lie inside an example are transformed
    /// while they are still in cache.
    ///
    /// # Errors
    /// As [`Recipe::fit`]; [`Error::ShapeMismatch`] when `out` has another shape than `x`.
    pub fn normalize_into<T: Real>(&self, x: ArrayView3<T>, out: ArrayViewMut3<T>) -> Result<Fitted, Error> {
        let fitted = self.fit(x)?;
        fitted.transform_into(x, out)?;
        Ok(fitted)
    }

    /// Checks everything that does not depend on the values.
    fn accept<T: Real>(&self, x: &ArrayView3<T>) -> Result<Shape, Error> {
        let shape = Shape::of(x);
        self.check(shape)?;
        if shape.is_empty() { Err(Error::Empty { shape }) } else { Ok(shape) }
    }

    /// Checks the rules about values that are not finite and about single values.
    fn conclude<T: Real>(
        &self,
        x: &ArrayView3<T>,
        shape: Shape,
        groups: Vec<GroupStatistics>,
    ) -> Result<Fitted, Error> {
        if self.non_finite != NonFinite::Propagate && groups.iter().any(|group| group.missing > 0) {
            let refused = |value: T| value.is_infinite() || (self.non_finite == NonFinite::Refuse && value.is_nan());
            if let Some(((example, feature, position), value)) = x.indexed_iter().find(|(_, value)| refused(**value)) {
                return Err(Error::NonFinite { example, feature, position, value: Real::to_f64(*value) });
            }
        }
        self.refuse_singles(&groups)?;
        Fitted::new(self.clone(), shape, groups)
    }

    pub(super) fn refuse_singles(&self, groups: &[GroupStatistics]) -> Result<(), Error> {
        if self.singletons == Singletons::Allow || !self.scale.is_spread() {
            return Ok(());
        }
        let groups = groups.iter().filter(|group| group.count == 1).count();
        if groups == 0 { Ok(()) } else { Err(Error::SingleValue { groups }) }
    }

    /// The careful way, value by value in any layout. `missing` counts all values that are not finite.
    fn fit_group<T: Real>(&self, x: &ArrayView3<T>, group: usize, scratch: &mut Scratch) -> GroupStatistics {
        let [examples, features, positions] = self.grouping.members(Shape::of(x), group);
        let mut missing = 0;
        scratch.values.clear();
        for n in examples {
            for c in features.clone() {
                for l in positions.clone() {
                    let value = x[[n, c, l]].to_f64();
                    if value.is_finite() {
                        scratch.values.push(value);
                    } else {
                        missing += 1;
                    }
                }
            }
        }
        if missing > 0 && self.non_finite == NonFinite::Propagate {
            return GroupStatistics { count: scratch.values.len(), ..GroupStatistics::empty(missing) };
        }
        careful::statistics(self, scratch, missing)
    }
}
