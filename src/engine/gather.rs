//! The statistics of all groups of an array without gaps: sums by fast kernels where they can vouch for the result, else
//! value by value with care.

use std::ops::Range;

use ndarray::{ArrayView3, s};

use super::careful::{self, Scratch};
use super::kernel::{self, ABSOLUTE, Extremes, MOMENTS, SQUARES, Sums, TILE};
use super::layout::{Place, Plan};
use super::measure::{self, Kind, Verdict, judge};
use super::{GroupStatistics, NonFinite, Real, Recipe, Shape};

/// A fit over memory without gaps.
pub(super) struct Fit<'a, T> {
    pub recipe: &'a Recipe,
    pub kind: Kind,
    pub x: ArrayView3<'a, T>,
    pub shape: Shape,
    /// Values of every group.
    pub each: usize,
    pub plan: Plan,
    pub values: &'a [T],
}

/// Looks at sums until they can vouch: as they are, around a better centre, without what is missing.
const ATTEMPTS: usize = 3;

impl<T: Real> Fit<'_, T> {
    /// The statistics of all groups, and whether an infinite value was met. `settled` is called for each run (columns
    /// 0..1) or tile of a panel as soon as its groups are known, when no group goes on elsewhere.
    pub fn groups(
        &self,
        mut settled: impl FnMut(Place, Range<usize>, &[GroupStatistics]),
    ) -> (Vec<GroupStatistics>, bool) {
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
