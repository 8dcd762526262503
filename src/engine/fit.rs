//! Finding the statistics of every group: sums by fast kernels where they can vouch for the result, else with care.

use std::ops::Range;

use ndarray::{Array3, ArrayView3, ArrayViewMut3, Axis, s};

use super::careful::{self, Scratch};
use super::kernel::{self, ABSOLUTE, Extremes, MOMENTS, SQUARES, Sums, TILE};
use super::layout::{Place, Plan};
use super::measure::{self, Kind, Verdict, judge};
use super::transform::Transformer;
use super::{Affine, Error, Fitted, GroupStatistics, NonFinite, Real, Recipe, Shape, Singletons, fitted};

impl Recipe {
    /// Finds the statistics of every group of `x`, an array `(N, C, L)`.
    ///
    /// # Errors
    /// [`Error::Parameter`] when the recipe does not fit the shape, [`Error::Empty`] when an axis has length 0,
    /// [`Error::NonFinite`] and [`Error::SingleValue`] as the rules of the recipe say.
    pub fn fit<T: Real>(&self, x: ArrayView3<T>) -> Result<Fitted, Error> {
        self.accept(&x)?;
        self.in_memory_order(x, None, |fit| fit.groups(|_, _, _| {})).unwrap_or_else(|| {
            let copy = fitted::standard(&x);
            self.in_memory_order(copy.view(), None, |fit| fit.groups(|_, _, _| {}))
                .expect("standard order suits every recipe")
        })
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
    pub fn normalize_into<T: Real>(&self, x: ArrayView3<T>, mut out: ArrayViewMut3<T>) -> Result<Fitted, Error> {
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
        if self.is_within_examples()
            && let Some(fitted) = self.normalize_by_examples(x, &mut out)
        {
            return fitted;
        }
        let fitted = self.fit(x)?;
        fitted.transform_into(x, out)?;
        Ok(fitted)
    }

    /// A few examples at a time, so that those are still in cache when they are transformed. `None` when all of them
    /// are few, or something is wrong with one.
    fn normalize_by_examples<T: Real>(
        &self,
        x: ArrayView3<T>,
        out: &mut ArrayViewMut3<T>,
    ) -> Option<Result<Fitted, Error>> {
        /// Values at a time: a quarter of a second level cache.
        const CACHED: usize = 1 << 15;
        let shape = Shape::of(&x);
        let at_once = (CACHED / (shape.features * shape.positions)).max(1);
        if shape.examples <= at_once {
            return None;
        }
        let mut groups = Vec::with_capacity(self.grouping.count(shape));
        let parts = x.axis_chunks_iter(Axis(0), at_once).zip(out.axis_chunks_iter_mut(Axis(0), at_once));
        for (x, out) in parts {
            let fitted = self.fit(x).ok()?;
            fitted.transform_into(x, out).ok()?;
            groups.extend(fitted.groups);
        }
        Some(Fitted::new(self.clone(), shape, groups))
    }

    /// `None` when the memory order does not allow it.
    fn normalize_in_cache<T: Real>(
        &self,
        x: ArrayView3<T>,
        out: &mut ArrayViewMut3<T>,
    ) -> Option<Result<Fitted, Error>> {
        if !fitted::same_order(&x, &out.view()) {
            return None;
        }
        let memory = out.as_slice_memory_order_mut()?;
        // A group in several runs is known only after the last of them.
        Plan::new(self.grouping, self.affine.as_ref(), Shape::of(&x), x.strides())
            .filter(|plan| !plan.shares_across())?;
        self.in_memory_order(x, self.affine.as_ref(), |fit| {
            let transformer = Transformer::new(self, fit.shape, &fit.plan);
            fit.groups(|place, columns, groups| transformer.unit(place, columns, groups, fit.values, memory))
        })
    }

    /// Fits over the memory of `x` as it lies, if its order suits the kernels. Gamma and beta need to be known only for
    /// work that applies them: they cut long runs.
    fn in_memory_order<T: Real>(
        &self,
        x: ArrayView3<T>,
        affine: Option<&Affine>,
        work: impl FnOnce(&Fit<T>) -> (Vec<GroupStatistics>, bool),
    ) -> Option<Result<Fitted, Error>> {
        let shape = Shape::of(&x);
        let plan = Plan::new(self.grouping, affine, shape, x.strides())?;
        let values = x.as_slice_memory_order()?;
        let (kind, each) = (Kind::of(self), shape.len() / self.grouping.count(shape));
        let (groups, infinite) = work(&Fit { recipe: self, kind, x, shape, each, plan, values });
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
        let look = infinite || (refuses_missing && groups.iter().any(|group| group.missing > 0));
        if self.non_finite != NonFinite::Propagate
            && look
            && let Some(((example, feature, position), value)) = x.indexed_iter().find(|(_, value)| refused(**value))
        {
            return Err(Error::NonFinite { example, feature, position, value: Real::to_f64(*value) });
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
}

/// A fit over memory without gaps.
struct Fit<'a, T> {
    recipe: &'a Recipe,
    kind: Kind,
    x: ArrayView3<'a, T>,
    shape: Shape,
    /// Values of every group.
    each: usize,
    plan: Plan,
    values: &'a [T],
}

/// Looks at sums until they can vouch: as they are, around a better centre, without what is missing.
const ATTEMPTS: usize = 3;

impl<T: Real> Fit<'_, T> {
    /// The statistics of all groups, and whether an infinite value was met. `settled` is called for each run (columns
    /// 0..1) or tile of a panel as soon as its groups are known, when no group goes on elsewhere.
    fn groups(&self, mut settled: impl FnMut(Place, Range<usize>, &[GroupStatistics])) -> (Vec<GroupStatistics>, bool) {
        let mut groups = vec![GroupStatistics::empty(0); self.recipe.grouping.count(self.shape)];
        let mut care = Care { scratch: Scratch::default(), infinite: false };
        let plan = &self.plan;
        if self.kind == Kind::Careful {
            for (group, statistics) in groups.iter_mut().enumerate() {
                *statistics = self.with_care(group, &mut care);
            }
        } else if plan.shares_across() {
            self.across(&mut groups, &mut care);
            return (groups, care.infinite);
        }
        plan.each(|place| {
            let width = if plan.is_panel() { plan.inner.len } else { 1 };
            for first in (0..width).step_by(TILE) {
                let columns = first..(first + TILE).min(width);
                let of_tile = place.group + columns.start..place.group + columns.end;
                if self.kind != Kind::Careful {
                    let groups = &mut groups[of_tile.clone()];
                    if plan.is_panel() {
                        self.unit::<TILE>(place, columns.clone(), groups, &mut care);
                    } else {
                        self.unit::<1>(place, columns.clone(), groups, &mut care);
                    }
                }
                settled(place, columns, &groups[of_tile]);
            }
        });
        (groups, care.infinite)
    }

    /// A run or a tile of a panel that holds all values of its up to N groups.
    fn unit<const N: usize>(
        &self,
        place: Place,
        columns: Range<usize>,
        groups: &mut [GroupStatistics],
        care: &mut Care,
    ) {
        let (values, first) = (&self.values[place.memory + columns.start..], place.group + columns.start);
        let stride = self.plan.rows.memory;
        let at = |column: usize, index: usize| {
            let place = if self.plan.is_panel() { index * stride + column } else { index };
            Real::to_f64(values[place])
        };
        if self.kind == Kind::Extremes {
            let mut found = [Extremes::<T>::default(); N];
            let found = &mut found[..groups.len()];
            self.add_extremes(values, found);
            let mut sums = [Sums::default(); N];
            if found.iter().any(|extremes| !extremes.sum.is_finite()) {
                self.add_sums(values, &[0.0; N], true, &mut sums[..groups.len()]);
            }
            for (column, group) in groups.iter_mut().enumerate() {
                let missing = if found[column].sum.is_finite() { 0 } else { self.each - sums[column].count as usize };
                *group = measure::from_extremes(self.recipe, found[column], self.each, missing)
                    .unwrap_or_else(|| self.with_care(first + column, care));
            }
            return;
        }
        let mut shifts = [0.0; N];
        if self.kind == Kind::Moments {
            for (column, shift) in shifts[..groups.len()].iter_mut().enumerate() {
                *shift = measure::guess(self.each, if T::SINGLE { 1 } else { 8 }, |index| at(column, index));
            }
        }
        let (mut open, mut masked) = (u64::MAX >> (64 - groups.len()), false);
        for _ in 0..ATTEMPTS {
            let mut sums = [Sums::default(); N];
            self.add_sums(values, &shifts, masked, &mut sums[..groups.len()]);
            let mut mask_next = masked;
            for (column, group) in groups.iter_mut().enumerate() {
                if open & (1 << column) == 0 {
                    continue;
                }
                match judge::<T>(self.recipe, self.kind, &sums[column], shifts[column], self.each, masked) {
                    Verdict::Known(statistics) => {
                        *group = statistics;
                        open &= !(1 << column);
                    }
                    Verdict::Around(shift) => shifts[column] = shift,
                    Verdict::NotFinite => mask_next = true,
                    Verdict::Doubtful => {
                        *group = self.with_care(first + column, care);
                        open &= !(1 << column);
                    }
                }
            }
            masked = mask_next;
            if open == 0 {
                return;
            }
        }
        for (column, group) in groups.iter_mut().enumerate() {
            if open & (1 << column) != 0 {
                *group = self.with_care(first + column, care);
            }
        }
    }

    /// Groups that lie in several runs or panels: totals of all groups, in memory order.
    fn across(&self, groups: &mut [GroupStatistics], care: &mut Care) {
        if self.kind == Kind::Extremes {
            let mut found = vec![Extremes::<T>::default(); groups.len()];
            self.tiles(|values, range| self.add_extremes(values, &mut found[range]));
            let mut sums = vec![Sums::default(); groups.len()];
            if found.iter().any(|extremes| !extremes.sum.is_finite()) {
                self.tiles(|values, range| self.add_sums(values, &[0.0; TILE], true, &mut sums[range]));
            }
            for (index, group) in groups.iter_mut().enumerate() {
                let missing = if found[index].sum.is_finite() { 0 } else { self.each - sums[index].count as usize };
                *group = measure::from_extremes(self.recipe, found[index], self.each, missing)
                    .unwrap_or_else(|| self.with_care(index, care));
            }
            return;
        }
        let guess = |group: usize| {
            let [examples, features, positions] = self.recipe.grouping.members(self.shape, group);
            let at = |index: usize| {
                let (rest, l) = (index / positions.len(), index % positions.len());
                let (n, c) = (rest / features.len(), rest % features.len());
                Real::to_f64(self.x[[examples.start + n, features.start + c, positions.start + l]])
            };
            measure::guess(self.each, if T::SINGLE { 1 } else { 31 }, at)
        };
        let mut shifts: Vec<f64> =
            (0..groups.len()).map(|g| if self.kind == Kind::Moments { guess(g) } else { 0.0 }).collect();
        let (mut open, mut masked) = (vec![true; groups.len()], false);
        for _ in 0..ATTEMPTS {
            let mut sums = vec![Sums::default(); groups.len()];
            self.tiles(|values, range| {
                if open[range.clone()].contains(&true) {
                    self.add_sums(values, &shifts[range.clone()], masked, &mut sums[range]);
                }
            });
            let mut mask_next = masked;
            for (index, group) in groups.iter_mut().enumerate() {
                if !open[index] {
                    continue;
                }
                match judge::<T>(self.recipe, self.kind, &sums[index], shifts[index], self.each, masked) {
                    Verdict::Known(statistics) => *group = statistics,
                    Verdict::Around(shift) => {
                        shifts[index] = shift;
                        continue;
                    }
                    Verdict::NotFinite => {
                        mask_next = true;
                        continue;
                    }
                    Verdict::Doubtful => *group = self.with_care(index, care),
                }
                open[index] = false;
            }
            masked = mask_next;
            if !open.contains(&true) {
                return;
            }
        }
        for (index, group) in groups.iter_mut().enumerate().filter(|(index, _)| open[*index]) {
            *group = self.with_care(index, care);
        }
    }

    /// Calls `visit` with the memory and the groups of every run or tile.
    fn tiles(&self, mut visit: impl FnMut(&[T], Range<usize>)) {
        let plan = &self.plan;
        let width = if plan.is_panel() { plan.inner.len } else { 1 };
        plan.each(|place| {
            for first in (0..width).step_by(TILE) {
                let last = (first + TILE).min(width);
                visit(&self.values[place.memory + first..], place.group + first..place.group + last);
            }
        });
    }

    fn add_extremes(&self, values: &[T], totals: &mut [Extremes<T>]) {
        if self.plan.is_panel() {
            kernel::panel_extremes(values, self.plan.rows.len, self.plan.rows.memory, totals);
        } else {
            kernel::run_extremes(&values[..self.plan.inner.len], &mut totals[0]);
        }
    }

    fn add_sums(&self, values: &[T], shifts: &[f64], masked: bool, totals: &mut [Sums]) {
        match (self.kind, masked) {
            (Kind::Moments, false) => self.add::<MOMENTS, false>(values, shifts, totals),
            (Kind::Moments, true) => self.add::<MOMENTS, true>(values, shifts, totals),
            (Kind::Squares, false) => self.add::<SQUARES, false>(values, shifts, totals),
            (Kind::Squares, true) => self.add::<SQUARES, true>(values, shifts, totals),
            (_, false) => self.add::<ABSOLUTE, false>(values, shifts, totals),
            (_, true) => self.add::<ABSOLUTE, true>(values, shifts, totals),
        }
    }

    fn add<const KIND: u8, const MASKED: bool>(&self, values: &[T], shifts: &[f64], totals: &mut [Sums]) {
        if self.plan.is_panel() {
            let (rows, stride) = (self.plan.rows.len, self.plan.rows.memory);
            kernel::panel_sums::<T, KIND, MASKED>(values, rows, stride, shifts, totals);
        } else {
            kernel::run_sums::<T, KIND, MASKED>(&values[..self.plan.inner.len], shifts[0], &mut totals[0]);
        }
    }

    /// Value by value, for every magnitude.
    fn with_care(&self, group: usize, care: &mut Care) -> GroupStatistics {
        let [examples, features, positions] = self.recipe.grouping.members(self.shape, group);
        let members = self.x.slice(s![examples, features, positions]);
        let values = &mut care.scratch.values;
        values.clear();
        for value in members.iter().map(|value| Real::to_f64(*value)) {
            if value.is_finite() {
                values.push(value);
            } else {
                care.infinite |= value.is_infinite();
            }
        }
        let missing = members.len() - values.len();
        if missing > 0 && self.recipe.non_finite == NonFinite::Propagate {
            return GroupStatistics { count: values.len(), ..GroupStatistics::empty(missing) };
        }
        careful::statistics(self.recipe, &mut care.scratch, missing)
    }
}

/// What the careful way needs and notices.
struct Care {
    scratch: Scratch,
    infinite: bool,
}
