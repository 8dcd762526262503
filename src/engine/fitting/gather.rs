//! The statistics of all groups of an array without gaps: sums by fast kernels where they can vouch for the result, else
//! value by value with care.

use std::ops::Range;

use ndarray::{ArrayView3, s};

use crate::batches::batch::Batches;
use crate::fitting::layout::{MemoryPlan, RunStart};
use crate::kernel::{self, Extremes, GroupTotals, Of, TILE};
use crate::statistics::exact::{self, Scratch};
use crate::statistics::measure::{self, MeasureKind, MeasuredGroup, Verdict, judge};
use crate::{GroupStatistics, NonFinite, Real, Recipe, Shape};

/// A fit over memory without gaps.
pub(crate) struct GatherFit<'a, T> {
    pub recipe: &'a Recipe,
    pub kind: MeasureKind,
    pub x: ArrayView3<'a, T>,
    pub shape: Shape,
    /// Values of every group.
    pub each: usize,
    pub plan: MemoryPlan,
    pub values: &'a [T],
}

/// Looks at sums until they can vouch: as they are, around a better centre, without what is missing.
const ATTEMPTS: usize = 3;

/// Values that are looked at for a guess of the mean of a part.
const FEW: usize = 8;

/// Called with a run (columns 0..1) or a tile of a panel, and its groups.
pub(crate) type Settled<'a> = &'a mut dyn FnMut(RunStart, Range<usize>, &[GroupStatistics]);

/// Groups that are worked on together.
enum GroupBlock {
    /// All of the array.
    All,
    /// A run or a tile of a panel that holds all values of its groups.
    Unit(RunStart, Range<usize>),
}

/// Memory that is used again for every part.
#[derive(Default)]
struct GatherBuffers<T> {
    shifts: Vec<f64>,
    open: Vec<bool>,
    sums: Vec<GroupTotals>,
    extremes: Vec<Extremes<T>>,
}

impl<T: Real> GatherFit<'_, T> {
    /// The statistics of all groups, and whether an infinite value was met. `settled` is called for each run (columns
    /// 0..1) or tile of a panel as soon as its groups are known, when no group goes on elsewhere.
    pub fn groups(&self, settled: Settled) -> (Vec<GroupStatistics>, bool) {
        let mut groups = vec![GroupStatistics::empty(0); self.recipe.grouping.count(self.shape)];
        let mut care = Care { scratch: Scratch::default(), infinite: false };
        let mut work = GatherBuffers::default();
        let plan = &self.plan;
        if self.kind == MeasureKind::Careful {
            for (group, statistics) in groups.iter_mut().enumerate() {
                *statistics = self.with_care(group, &mut care);
            }
        } else if plan.shares_across() {
            self.settle(&GroupBlock::All, 0, &mut groups, &mut work, &mut care);
            return (groups, care.infinite);
        } else if self.are_runs_summed() {
            self.settle_runs(&mut groups, &mut care, settled);
            return (groups, care.infinite);
        }
        for place in plan.places() {
            let width = self.width();
            for first in (0..width).step_by(TILE) {
                let columns = first..(first + TILE).min(width);
                let of_tile = place.group + columns.start..place.group + columns.end;
                if self.kind != MeasureKind::Careful {
                    let part = GroupBlock::Unit(place, columns.clone());
                    self.settle(&part, of_tile.start, &mut groups[of_tile.clone()], &mut work, &mut care);
                }
                settled(place, columns, &groups[of_tile]);
            }
        }
        (groups, care.infinite)
    }

    /// Columns of a panel.
    fn width(&self) -> usize {
        if self.plan.is_panel() { self.plan.inner.len } else { 1 }
    }

    /// What is summed up.
    fn summed(&self) -> Of {
        match self.kind {
            MeasureKind::Squares => Of::Squares,
            MeasureKind::Absolute => Of::Absolute,
            _ => Of::Moments,
        }
    }

    fn are_runs_summed(&self) -> bool {
        matches!(self.kind, MeasureKind::Moments | MeasureKind::Squares | MeasureKind::Absolute)
            && !self.plan.is_panel()
    }

    fn batches(&self) -> Batches<'_> {
        Batches::new(&self.plan, self.plan.inner.len * size_of::<T>())
    }

    /// The statistics of runs that are a group each, from sums.
    fn settle_runs(&self, groups: &mut [GroupStatistics], care: &mut Care, settled: Settled) {
        let mut batches = self.batches();
        for batch in &mut batches {
            for places in batch.side_by_side() {
                let runs = places.map(|place| self.run(place));
                let shifts = runs.map(|run| self.shift(run));
                let sums = self.work().runs(runs, shifts);
                for (part, place) in places.into_iter().enumerate() {
                    self.settle_run((runs[part], shifts[part]), sums[part], place, &mut groups[place.group], care);
                }
            }
            for place in batch.in_order() {
                settled(place, 0..1, &groups[place.group..=place.group]);
            }
        }
        for place in batches.rest() {
            let run = self.run(place);
            let shift = self.shift(run);
            let mut sums = GroupTotals::default();
            self.work().run(run, shift, &mut sums);
            self.settle_run((run, shift), sums, place, &mut groups[place.group], care);
            settled(place, 0..1, &groups[place.group..=place.group]);
        }
    }

    /// What is summed up of a run at first.
    fn work(&self) -> kernel::SumsTask {
        kernel::SumsTask { of: self.summed(), masked: false }
    }

    fn run(&self, place: RunStart) -> &[T] {
        &self.values[place.memory..place.memory + self.each]
    }

    /// A guess of the mean of a run, where it is looked for.
    fn shift(&self, run: &[T]) -> f64 {
        if self.kind == MeasureKind::Moments { self.guess_of(FEW, |at| run[at]) } else { 0.0 }
    }

    /// The statistics of a run that is a group, of which these are the sums: as [`GatherFit::settle`], with less to keep.
    fn settle_run(
        &self,
        (run, mut shift): (&[T], f64),
        mut sums: GroupTotals,
        place: RunStart,
        group: &mut GroupStatistics,
        care: &mut Care,
    ) {
        let mut work = self.work();
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                sums = GroupTotals::default();
                work.run(run, shift, &mut sums);
            }
            let measured_group = MeasuredGroup { sums: &sums, shift, n: self.each, masked: work.masked };
            match judge::<T>(self.recipe, self.kind, &measured_group, group) {
                Verdict::Written => return,
                Verdict::Around(better) => shift = better,
                Verdict::NotFinite => work.masked = true,
                Verdict::Doubtful => break,
            }
        }
        *group = self.with_care(place.group, care);
    }

    /// The statistics of the groups of a part, of which the first has the index `first`.
    fn settle(
        &self,
        part: &GroupBlock,
        first: usize,
        groups: &mut [GroupStatistics],
        work: &mut GatherBuffers<T>,
        care: &mut Care,
    ) {
        let GatherBuffers { shifts, open, sums, extremes } = work;
        let of = self.summed();
        shifts.clear();
        shifts.resize(groups.len(), 0.0);
        if self.kind == MeasureKind::Extremes {
            start(extremes, groups.len());
            self.visit(part, &mut |values, range| self.add_extremes(values, &mut extremes[range]));
            start(sums, groups.len());
            if extremes.iter().any(|extremes| !extremes.sum.is_finite()) {
                let masked = kernel::SumsTask { of, masked: true };
                self.visit(part, &mut |values, range| {
                    self.add_sums(masked, values, &shifts[range.clone()], &mut sums[range])
                });
            }
            for (index, group) in groups.iter_mut().enumerate() {
                let found = extremes[index];
                let missing = if found.sum.is_finite() { 0 } else { self.each - sums[index].count as usize };
                *group = measure::from_extremes(self.recipe, found, self.each, missing)
                    .unwrap_or_else(|| self.with_care(first + index, care));
            }
            return;
        }
        if self.kind == MeasureKind::Moments {
            shifts.iter_mut().enumerate().for_each(|(index, shift)| *shift = self.guess(part, index));
        }
        open.clear();
        open.resize(groups.len(), true);
        let mut masked = false;
        for _ in 0..ATTEMPTS {
            start(sums, groups.len());
            let work = kernel::SumsTask { of, masked };
            if T::SINGLE && matches!(part, GroupBlock::All) && !self.plan.is_panel() {
                self.add_runs(work, shifts, sums);
            } else {
                self.visit(part, &mut |values, range| {
                    if open[range.clone()].contains(&true) {
                        self.add_sums(work, values, &shifts[range.clone()], &mut sums[range]);
                    }
                });
            }
            let mut mask_next = masked;
            for (index, group) in groups.iter_mut().enumerate() {
                if !open[index] {
                    continue;
                }
                let measured_group = MeasuredGroup { sums: &sums[index], shift: shifts[index], n: self.each, masked };
                match judge::<T>(self.recipe, self.kind, &measured_group, group) {
                    Verdict::Written => {}
                    Verdict::Around(shift) => {
                        shifts[index] = shift;
                        continue;
                    }
                    Verdict::NotFinite => {
                        mask_next = true;
                        continue;
                    }
                    Verdict::Doubtful => *group = self.with_care(first + index, care),
                }
                open[index] = false;
            }
            masked = mask_next;
            if !open.contains(&true) {
                return;
            }
        }
        for (index, group) in groups.iter_mut().enumerate().filter(|(index, _)| open[*index]) {
            *group = self.with_care(first + index, care);
        }
    }

    /// A guess of the mean of a group of a part.
    fn guess(&self, part: &GroupBlock, index: usize) -> f64 {
        match part {
            GroupBlock::Unit(place, columns) => {
                let values = &self.values[place.memory + columns.start + index..];
                self.guess_of(FEW, |at| values[at * self.plan.rows.memory])
            }
            GroupBlock::All => {
                let [examples, features, positions] = self.recipe.grouping.members(self.shape, index);
                self.guess_of(31, |at| {
                    let (rest, l) = (at / positions.len(), at % positions.len());
                    let (n, c) = (rest / features.len(), rest % features.len());
                    self.x[[examples.start + n, features.start + c, positions.start + l]]
                })
            }
        }
    }

    /// Of up to `most` of the values of a group.
    fn guess_of(&self, most: usize, at: impl Fn(usize) -> T) -> f64 {
        if T::SINGLE { measure::guess_single(self.each, at) } else { measure::guess(self.each, most, at) }
    }

    /// Calls `visit` with the memory and the groups of every run or tile of a part.
    fn visit(&self, part: &GroupBlock, visit: &mut dyn FnMut(&[T], Range<usize>)) {
        match part {
            GroupBlock::Unit(place, columns) => visit(&self.values[place.memory + columns.start..], 0..columns.len()),
            GroupBlock::All => self.plan.places().for_each(|place| {
                let width = self.width();
                for first in (0..width).step_by(TILE) {
                    let last = (first + TILE).min(width);
                    visit(&self.values[place.memory + first..], place.group + first..place.group + last);
                }
            }),
        }
    }

    fn add_extremes(&self, values: &[T], totals: &mut [Extremes<T>]) {
        if self.plan.is_panel() {
            kernel::panel_extremes(values, self.plan.rows.len, self.plan.rows.memory, totals);
        } else {
            kernel::run_extremes(&values[..self.plan.inner.len], &mut totals[0]);
        }
    }

    /// All runs, of f32: in f64, their sums need no more digits.
    fn add_runs(&self, work: kernel::SumsTask, shifts: &[f64], totals: &mut [GroupTotals]) {
        let run = |place: RunStart| &self.values[place.memory..place.memory + self.plan.inner.len];
        let mut batches = self.batches();
        for batch in &mut batches {
            for places in batch.side_by_side() {
                let sums = work.runs(places.map(run), places.map(|place| shifts[place.group]));
                for (place, sums) in places.into_iter().zip(sums) {
                    totals[place.group].join(&sums);
                }
            }
        }
        for place in batches.rest() {
            work.run(run(place), shifts[place.group], &mut totals[place.group]);
        }
    }

    fn add_sums(&self, work: kernel::SumsTask, values: &[T], shifts: &[f64], totals: &mut [GroupTotals]) {
        if self.plan.is_panel() {
            work.panel(values, self.plan.rows.len, self.plan.rows.memory, shifts, totals);
        } else {
            work.run(&values[..self.plan.inner.len], shifts[0], &mut totals[0]);
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
        exact::statistics(self.recipe, &mut care.scratch, missing)
    }
}

/// What the exact path needs and notices.
struct Care {
    scratch: Scratch,
    infinite: bool,
}

/// Nothing gathered yet for `len` groups.
fn start<V: Clone + Default>(gathered: &mut Vec<V>, len: usize) {
    gathered.clear();
    gathered.resize(len, V::default());
}
