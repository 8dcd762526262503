//! Applying known statistics to memory without gaps: along lines where these are exact enough, else value by value.

use std::borrow::Cow;
use std::ops::Range;

use super::kernel::{Finish, Line, TILE, Vectors, apply_panel, apply_run};
use super::layout::{Place, Plan};
use super::map::Map;
use super::{GroupStatistics, Real, Recipe, Shape};

/// A recipe over an array, ready to be applied run by run.
pub(super) struct Transformer<'a, T: Real> {
    recipe: &'a Recipe,
    plan: &'a Plan,
    finish: Finish,
    gamma: Cow<'a, [T]>,
    beta: Cow<'a, [T]>,
}

impl<'a, T: Real> Transformer<'a, T> {
    pub fn new(recipe: &'a Recipe, _: Shape, plan: &'a Plan) -> Self {
        let vector = |numbers: Option<&'a Vec<f64>>, default: f64| match numbers {
            Some(numbers) => T::borrow(numbers)
                .map_or_else(|| Cow::Owned(numbers.iter().map(|v| T::from_f64(*v)).collect()), Cow::Borrowed),
            None => Cow::Owned(vec![T::from_f64(default)]),
        };
        let affine = recipe.affine.as_ref();
        let (gamma, beta) = (vector(affine.map(|a| &a.gamma), 1.0), vector(affine.map(|a| &a.beta), 0.0));
        Self { recipe, plan, finish: Finish::of(recipe), gamma, beta }
    }

    /// All runs and panels.
    pub fn all(&self, groups: &[GroupStatistics], x: &[T], out: &mut [T]) {
        let width = if self.plan.is_panel() { self.plan.inner.len } else { 1 };
        self.plan.each(&mut |place| {
            for first in (0..width).step_by(TILE) {
                let columns = first..(first + TILE).min(width);
                let groups = &groups[place.group + columns.start..place.group + columns.end];
                self.unit(place, columns, groups, x, out);
            }
        });
    }

    /// One run (columns 0..1) or one tile of a panel, whose groups are given.
    pub fn unit(&self, place: Place, columns: Range<usize>, groups: &[GroupStatistics], x: &[T], out: &mut [T]) {
        if self.plan.is_panel() {
            self.tile(place, columns, groups, x, out)
        } else {
            self.run(place, &groups[0], x, out)
        }
    }

    /// Gamma and beta at a place, as they were given.
    fn affine(&self, place: Place) -> (f64, f64) {
        self.recipe.affine.as_ref().map_or((1.0, 0.0), |affine| (affine.gamma[place.gamma], affine.beta[place.beta]))
    }

    fn run(&self, place: Place, group: &GroupStatistics, x: &[T], out: &mut [T]) {
        let inner = self.plan.inner;
        let range = place.memory..place.memory + inner.len;
        let (x, out) = (&x[range.clone()], &mut out[range]);
        let same = inner.gamma == 0 && inner.beta == 0;
        let plain = self.finish == Finish::Nothing;
        let (gamma, beta) = if same { self.affine(place) } else { (1.0, 0.0) };
        let line =
            if plain || self.recipe.affine.is_none() { Line::new(self.recipe, group, gamma, beta) } else { None };
        match line {
            Some(line) => apply_run(line, self.finish, (!same).then(|| self.vectors(place, inner.len)), x, out),
            None => {
                let map = Map::new(self.recipe, group);
                for (index, (y, x)) in out.iter_mut().zip(x).enumerate() {
                    let (gamma, beta) = self.affine(place.moved(inner, index));
                    *y = T::from_f64(map.forward(Real::to_f64(*x), gamma, beta));
                }
            }
        }
    }

    /// Gamma and beta along `len` steps of the inner axis.
    fn vectors(&self, place: Place, len: usize) -> Vectors<'_, T> {
        let inner = self.plan.inner;
        let along = |step: usize| if step == 0 { 1 } else { len };
        Vectors {
            gamma: &self.gamma[place.gamma..place.gamma + along(inner.gamma)],
            beta: &self.beta[place.beta..place.beta + along(inner.beta)],
        }
    }

    fn tile(&self, place: Place, columns: Range<usize>, groups: &[GroupStatistics], x: &[T], out: &mut [T]) {
        let (rows, inner) = (self.plan.rows, self.plan.inner);
        let place = place.moved(inner, columns.start);
        let same = (rows.gamma == 0 && rows.beta == 0) || rows.len == 1;
        let usable = self.finish == Finish::Nothing || self.recipe.affine.is_none();
        let nowhere = Line { center: T::zero(), slope: T::zero(), slope_low: T::zero(), offset: T::zero() };
        let (mut lines, mut with_care) = ([nowhere; TILE], 0_u64);
        for (column, group) in groups.iter().enumerate() {
            let (gamma, beta) = if same { self.affine(place.moved(inner, column)) } else { (1.0, 0.0) };
            match Line::new(self.recipe, group, gamma, beta) {
                Some(line) if usable => lines[column] = line,
                _ => with_care |= 1 << column,
            }
        }
        let vectors = |row: usize| self.vectors(place.moved(rows, row), columns.len());
        let vectors: Option<&dyn Fn(usize) -> _> = if same { None } else { Some(&vectors) };
        let panel = (rows.len, rows.memory);
        let (from, lines) = (place.memory, &lines[..groups.len()]);
        apply_panel(lines, self.finish, vectors, panel, &x[from..], &mut out[from..]);
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
