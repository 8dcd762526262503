//! Fitting a recipe: what is refused, and in which order memory is walked.

use std::ops::Range;

use ndarray::{Array3, ArrayView3, ArrayViewMut3};

use super::fitted;
use crate::fitting::gather::GatherFit;
use crate::fitting::layout::MemoryPlan;
use crate::fitting::transform::Transformer;
use crate::kernel::TILE;
use crate::statistics::measure::MeasureKind;
use crate::{Error, Fitted, GroupStatistics, NonFinite, Real, Recipe, Shape, Singletons};

impl Recipe {
    /// Finds the statistics of every group of `x`, an array `(N, C, L)`.
    ///
    /// # Errors
    /// [`Error::Parameter`] when the recipe does not fit the shape, [`Error::Empty`] when an axis has length 0,
    /// [`Error::NonFinite`] and [`Error::SingleValue`] as the rules of the recipe say.
    pub fn fit<T: Real>(&self, x: ArrayView3<T>) -> Result<Fitted, Error> {
        T::fit(self, x)
    }

    #[expect(
        clippy::expect_used,
        reason = "standard order has a plan for every grouping: a test in layout.rs walks them"
    )]
    pub(crate) fn fit_here<T: Real>(&self, x: ArrayView3<T>) -> Result<Fitted, Error> {
        self.accept(&x)?;
        if let Some(size) = self.batch_size() {
            return self.fit_batches(x, size);
        }
        self.fit_in_memory_order(x).unwrap_or_else(|| {
            let copy = fitted::standard(&x);
            self.fit_in_memory_order(copy.view()).expect("standard order suits every recipe")
        })
    }

    fn fit_in_memory_order<T: Real>(&self, x: ArrayView3<T>) -> Option<Result<Fitted, Error>> {
        let plan = MemoryPlan::new(self.grouping, None, Shape::of(&x), x.strides())?;
        self.in_memory_order(x, plan, |fit| fit.groups(&mut |_, _, _| {}))
    }

    /// Fits and transforms at once: `x` by its own statistics.
    ///
    /// # Errors
    /// As [`Recipe::fit`].
    pub fn normalize<T: Real>(&self, x: ArrayView3<T>) -> Result<(Array3<T>, Fitted), Error> {
        let mut out = fitted::like(&x);
        let fitted = self.normalize_into(x, out.view_mut())?;
        Ok((out, fitted))
    }

    /// As [`Recipe::normalize`], into memory that is there already. Groups that lie inside an example are transformed
    /// while they are still in cache. After an error the content of `out` is unspecified.
    ///
    /// # Errors
    /// As [`Recipe::fit`]; [`Error::ShapeMismatch`] when `out` has another shape than `x`.
    pub fn normalize_into<T: Real>(&self, x: ArrayView3<T>, out: ArrayViewMut3<T>) -> Result<Fitted, Error> {
        T::normalize_into(self, x, out)
    }

    pub(crate) fn normalize_into_here<T: Real>(
        &self,
        x: ArrayView3<T>,
        mut out: ArrayViewMut3<T>,
    ) -> Result<Fitted, Error> {
        let (shape, found) = (Shape::of(&x), Shape::of(&out.view()));
        if shape != found {
            return Err(Error::ShapeMismatch { expected: shape, found });
        }
        self.accept(&x)?;
        if self.is_within_examples()
            && let Some(fitted) = self.normalize_in_cache(x, &mut out)
        {
            return fitted;
        }
        let fitted = self.fit(x)?;
        fitted.transform_into(x, out)?;
        Ok(fitted)
    }

    /// The examples that are worked on together with this one where groups lie inside an example: fitted alone, in the same
    /// memory order, they have the same statistics to the last bit.
    pub fn examples_with(shape: Shape, example: usize) -> Range<usize> {
        let first = example / TILE * TILE;
        first..(first + TILE).min(shape.examples)
    }

    /// `None` when the memory order does not allow it: a group is in several pieces of memory, or gamma and beta cut a panel.
    fn normalize_in_cache<T: Real>(
        &self,
        x: ArrayView3<T>,
        out: &mut ArrayViewMut3<T>,
    ) -> Option<Result<Fitted, Error>> {
        if !fitted::same_order(&x, &out.view()) {
            return None;
        }
        let memory = out.as_slice_memory_order_mut()?;
        let plan = |affine| MemoryPlan::new(self.grouping, affine, Shape::of(&x), x.strides());
        let applying = plan(self.affine.as_ref())?;
        // Gamma and beta may cut the memory of a group into several runs, of which the first can be worked on only when
        // the last was read; a group in pieces of memory is known even later.
        let cut = applying.shares_across();
        let fitting = if cut { plan(None).filter(|plan| !plan.is_panel())? } else { applying.clone() };
        if fitting.shares_across() {
            return None;
        }
        self.in_memory_order(x, fitting, |fit| {
            let transformer = Transformer::new(self, fit.shape, &applying);
            // Both plans go through memory in order.
            let (mut runs, runs_each) = (applying.places(), fit.plan.inner.len / applying.inner.len);
            fit.groups(&mut |place, columns, groups| match cut {
                true => transformer.runs(runs.by_ref().take(runs_each), &groups[0], fit.values, memory),
                false => transformer.unit(place, columns, groups, fit.values, memory),
            })
        })
    }

    /// Fits over the memory of `x` as it lies.
    fn in_memory_order<T: Real>(
        &self,
        x: ArrayView3<T>,
        plan: MemoryPlan,
        work: impl FnOnce(&GatherFit<T>) -> (Vec<GroupStatistics>, bool),
    ) -> Option<Result<Fitted, Error>> {
        let shape = Shape::of(&x);
        let values = x.as_slice_memory_order()?;
        let (kind, each) = (MeasureKind::of(self), shape.len() / self.grouping.count(shape));
        let (groups, infinite) = work(&GatherFit { recipe: self, kind, x, shape, each, plan, values });
        Some(self.conclude(&x, shape, groups, infinite))
    }

    /// Checks everything that does not depend on the values.
    fn accept<T: Real>(&self, x: &ArrayView3<T>) -> Result<(), Error> {
        let shape = Shape::of(x);
        self.check(shape)?;
        if shape.is_empty() { Err(Error::Empty { shape }) } else { Ok(()) }
    }

    /// Checks the rules about values that are not finite and about single values.
    fn conclude<T: Real>(
        &self,
        x: &ArrayView3<T>,
        shape: Shape,
        groups: Vec<GroupStatistics>,
        infinite: bool,
    ) -> Result<Fitted, Error> {
        let refuses_missing = self.non_finite == NonFinite::Refuse;
        let refused = |value: T| value.is_infinite() || (refuses_missing && value.is_nan());
        let must_check = infinite || (refuses_missing && groups.iter().any(|group| group.missing > 0));
        if self.non_finite != NonFinite::Propagate
            && must_check
            && let Some(((example, feature, position), value)) = x.indexed_iter().find(|(_, value)| refused(**value))
        {
            return Err(Error::NonFinite { example, feature, position, value: Real::to_f64(*value) });
        }
        self.refuse_singles(&groups)?;
        Fitted::new(self.clone(), shape, groups)
    }

    pub(crate) fn refuse_singles(&self, groups: &[GroupStatistics]) -> Result<(), Error> {
        if self.singletons == Singletons::Allow || !self.scale.is_spread() {
            return Ok(());
        }
        let groups = groups.iter().filter(|group| group.count == 1 && !group.scale.is_nan()).count();
        if groups == 0 { Ok(()) } else { Err(Error::SingleValue { groups }) }
    }
}
