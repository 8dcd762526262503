//! Applying known statistics to memory without gaps: along lines where these are exact enough, else value by value.

use std::borrow::Cow;
use std::ops::Range;

use crate::fitting::layout::{MemoryPlan, RunStart};
use crate::fitting::map::Map;
use crate::kernel::{AffineForm, AffineMap, Finish, TILE, Vectors, apply_panel, apply_run, ask_ahead_of_run};
use crate::{GroupStatistics, Real, Recipe, Shape};

/// One value by the statistics of its group, as the loops do it; a recipe with an affine part has one gamma and one beta,
/// which are part of the line (`folded`) or follow it in the precision of the data.
pub(crate) fn transform_one<T: Real>(recipe: &Recipe, group: &GroupStatistics, folded: bool, x: T) -> T {
    let (gamma, beta) = recipe.affine.as_ref().map_or((1.0, 0.0), |affine| (affine.gamma[0], affine.beta[0]));
    let (folded_gamma, folded_beta) = if folded { (gamma, beta) } else { (1.0, 0.0) };
    match line(recipe, group, folded_gamma, folded_beta) {
        Some(line) => {
            let (gamma, beta) = ([T::from_f64(gamma)], [T::from_f64(beta)]);
            let vectors = (!folded).then_some(Vectors { gamma: &gamma, beta: &beta });
            let mut out = [T::zero()];
            apply_run((AffineForm::of::<T>(recipe), line), Finish::of(recipe), vectors, &[x], &mut out);
            out[0]
        }
        None => T::from_f64(Map::new(recipe, group).forward(Real::to_f64(x), gamma, beta)),
    }
}

/// The line of a group; `None` where it is not exact enough, or where gamma and beta follow a range: then with care.
#[inline(always)]
fn line<T: Real>(recipe: &Recipe, group: &GroupStatistics, gamma: f64, beta: f64) -> Option<AffineMap<T>> {
    let usable = recipe.affine.is_none() || Finish::of(recipe) == Finish::Nothing;
    if usable { AffineMap::new(recipe, group, gamma, beta) } else { None }
}

/// A recipe over an array, ready to be applied run by run.
pub(crate) struct Transformer<'a, T: Real> {
    recipe: &'a Recipe,
    plan: &'a MemoryPlan,
    form: AffineForm,
    finish: Finish,
    gamma: Cow<'a, [T]>,
    beta: Cow<'a, [T]>,
}

impl<'a, T: Real> Transformer<'a, T> {
    pub fn new(recipe: &'a Recipe, _: Shape, plan: &'a MemoryPlan) -> Self {
        let vector = |numbers: Option<&'a Vec<f64>>, default: f64| match numbers {
            Some(numbers) => T::borrow(numbers)
                .map_or_else(|| Cow::Owned(numbers.iter().map(|v| T::from_f64(*v)).collect()), Cow::Borrowed),
            None => Cow::Owned(vec![T::from_f64(default)]),
        };
        let affine = recipe.affine.as_ref();
        let (gamma, beta) = (vector(affine.map(|a| &a.gamma), 1.0), vector(affine.map(|a| &a.beta), 0.0));
        Self { recipe, plan, form: AffineForm::of::<T>(recipe), finish: Finish::of(recipe), gamma, beta }
    }

    /// All runs and panels.
    pub fn all(&self, groups: &[GroupStatistics], x: &[T], out: &mut [T]) {
        let width = if self.plan.is_panel() { self.plan.inner.len } else { 1 };
        for place in self.plan.places() {
            for first in (0..width).step_by(TILE) {
                let columns = first..(first + TILE).min(width);
                let groups = &groups[place.group + columns.start..place.group + columns.end];
                self.unit(place, columns, groups, x, out);
            }
        }
    }

    /// One run (columns 0..1) or one tile of a panel, whose groups are given.
    pub fn unit(&self, place: RunStart, columns: Range<usize>, groups: &[GroupStatistics], x: &[T], out: &mut [T]) {
        if self.plan.is_panel() {
            self.tile(place, columns, groups, x, out)
        } else {
            self.run(place, &groups[0], x, out)
        }
    }

    /// Runs that are of one group.
    pub fn runs(&self, places: impl Iterator<Item = RunStart>, group: &GroupStatistics, x: &[T], out: &mut [T]) {
        places.for_each(|place| self.run(place, group, x, out));
    }

    /// Gamma and beta at a place, as they were given.
    fn affine(&self, place: RunStart) -> (f64, f64) {
        self.recipe.affine.as_ref().map_or((1.0, 0.0), |affine| (affine.gamma[place.gamma], affine.beta[place.beta]))
    }

    fn run(&self, place: RunStart, group: &GroupStatistics, x: &[T], out: &mut [T]) {
        let inner = self.plan.inner;
        let range = place.memory..place.memory + inner.len;
        ask_ahead_of_run(out, range.clone());
        let (x, out) = (&x[range.clone()], &mut out[range]);
        let same = self.is_affine_folded();
        let (gamma, beta) = if same { self.affine(place) } else { (1.0, 0.0) };
        match line(self.recipe, group, gamma, beta) {
            Some(line) => {
                apply_run((self.form, line), self.finish, (!same).then(|| self.vectors(place, inner.len)), x, out)
            }
            None => {
                let map = Map::new(self.recipe, group);
                for (index, (y, x)) in out.iter_mut().zip(x).enumerate() {
                    let (gamma, beta) = self.affine(place.moved(inner, index));
                    *y = T::from_f64(map.forward(Real::to_f64(*x), gamma, beta));
                }
            }
        }
    }

    /// Whether gamma and beta are the same for all values of a group that are next to each other, so that they are taken
    /// into its line.
    fn is_affine_folded(&self) -> bool {
        let MemoryPlan { rows, inner, .. } = self.plan;
        let along = if self.plan.is_panel() { rows } else { inner };
        (along.gamma == 0 && along.beta == 0) || (self.plan.is_panel() && rows.len == 1)
    }

    /// The lines of the columns of a tile, and a bit for each that needs care instead.
    fn lines(&self, place: RunStart, groups: &[GroupStatistics]) -> ([AffineMap<T>; TILE], u64) {
        let folded = self.is_affine_folded();
        let nowhere = AffineMap { center: T::zero(), slope: T::zero(), slope_low: T::zero(), offset: T::zero() };
        let (mut lines, mut with_care) = ([nowhere; TILE], 0_u64);
        for (column, group) in groups.iter().enumerate() {
            let (gamma, beta) = if folded { self.affine(place.moved(self.plan.inner, column)) } else { (1.0, 0.0) };
            match line(self.recipe, group, gamma, beta) {
                Some(line) => lines[column] = line,
                None => with_care |= 1 << column,
            }
        }
        (lines, with_care)
    }

    /// Whether gamma and beta are taken into the line of the value at a place in memory, and what they are there.
    pub fn affine_at(&self, memory: usize) -> (bool, Option<(f64, f64)>) {
        let (place, row, column) = self.plan.locate(memory);
        let at = place.moved(self.plan.rows, row).moved(self.plan.inner, column);
        (self.is_affine_folded(), self.recipe.affine.as_ref().map(|_| self.affine(at)))
    }

    /// Gamma and beta along `len` steps of the inner axis.
    fn vectors(&self, place: RunStart, len: usize) -> Vectors<'_, T> {
        let inner = self.plan.inner;
        let along = |step: usize| if step == 0 { 1 } else { len };
        Vectors {
            gamma: &self.gamma[place.gamma..place.gamma + along(inner.gamma)],
            beta: &self.beta[place.beta..place.beta + along(inner.beta)],
        }
    }

    fn tile(&self, place: RunStart, columns: Range<usize>, groups: &[GroupStatistics], x: &[T], out: &mut [T]) {
        let (rows, inner) = (self.plan.rows, self.plan.inner);
        let place = place.moved(inner, columns.start);
        let same = self.is_affine_folded();
        let (lines, with_care) = self.lines(place, groups);
        let vectors = |row: usize| self.vectors(place.moved(rows, row), columns.len());
        let vectors: Option<&dyn Fn(usize) -> _> = if same { None } else { Some(&vectors) };
        let panel = (rows.len, rows.memory);
        let (from, lines) = (place.memory, &lines[..groups.len()]);
        apply_panel((self.form, lines), self.finish, vectors, panel, &x[from..], &mut out[from..]);
        for (column, group) in groups.iter().enumerate().filter(|(column, _)| with_care & (1 << column) != 0) {
            let map = Map::new(self.recipe, group);
            for row in 0..rows.len {
                let at = place.moved(rows, row).moved(inner, column);
                let (gamma, beta) = self.affine(at);
                out[at.memory] = T::from_f64(map.forward(Real::to_f64(x[at.memory]), gamma, beta));
            }
        }
    }
}
