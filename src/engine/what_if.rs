//! What else moves when one value of an array is changed.

use std::ops::Range;

use ndarray::{ArrayView1, ArrayView3, s};

use crate::fitting::fitted::is_by_columns;
use crate::method::{BatchNorm, Mode};
use crate::trace::ArrayIndex;
use crate::{Error, ExampleSharing, Method, Real, Recipe, Shape};

/// Up to so many units of the last place of the largest of the others is no move, but rounding.
const PLACES: f64 = 16.0;

impl Method {
    /// The part of an array `(N, C, L)` that one of its values can move, as ranges of examples, features and positions:
    /// run on that part alone (and, where features are left out, on these features of the rows to fit on, too), the method
    /// gives what it gives for the whole, to the last bit. The part lies in memory in the order of the whole.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a cell outside of `x`, and those of the parameters.
    pub fn reach<T: Real>(&self, x: ArrayView3<T>, cell: ArrayIndex) -> Result<[Range<usize>; 3], Error> {
        let shape = Shape::of(&x);
        cell.check(shape)?;
        let recipe = self.recipe(shape)?;
        recipe.check(shape)?;
        // The batches of all features are used together.
        let in_batches = matches!(self, Self::BatchNorm(BatchNorm { mode: Mode::Evaluation, .. }));
        let [mut examples, mut features] = [0..shape.examples, 0..shape.features];
        if recipe.is_within_examples() {
            examples = Recipe::examples_with(shape, cell.example);
        } else if matches!(recipe.grouping.examples, ExampleSharing::Batches(_)) {
            [examples, _, _] = recipe.grouping.members_with(shape, cell)?;
        } else if recipe.grouping.is_by_feature(shape) && is_by_columns(&x) && !in_batches {
            features = cell.feature..cell.feature + 1;
        }
        Ok([examples, features, 0..shape.positions])
    }
}

/// What moved between two outputs of one shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moves {
    /// The output of the changed value, before and after.
    pub own: (f64, f64),
    /// The other outputs that were looked at and are there, before or after.
    pub others: usize,
    /// Those of them that moved by more than rounding: in the same example,
    pub example: usize,
    /// of the same feature in other examples,
    pub feature: usize,
    /// and all others.
    pub elsewhere: usize,
    /// The one of them that moved farthest.
    pub farthest: Option<Move>,
}

/// One output that moved; NaN where it is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    pub cell: ArrayIndex,
    pub from: f64,
    pub to: f64,
}

impl Moves {
    /// Compares two outputs `(N, C, L)` at the places that share statistics with `own`, given as ranges of examples,
    /// features and positions.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`]; [`Error::Parameter`] for a cell outside of the shape.
    pub fn between<T: Real>(
        before: ArrayView3<T>,
        after: ArrayView3<T>,
        members: [Range<usize>; 3],
        own: ArrayIndex,
    ) -> Result<Self, Error> {
        let (expected, found) = (Shape::of(&before), Shape::of(&after));
        if expected != found {
            return Err(Error::ShapeMismatch { expected, found });
        }
        own.check(expected)?;
        let at = [own.example, own.feature, own.position];
        let mut moves = Self { own: (Real::to_f64(before[at]), Real::to_f64(after[at])), ..Self::default() };
        let mut largest = 0.0_f64;
        each(&before, &after, &members, &mut |feature, position, line| {
            for (example, from, to) in pairs(line) {
                if (example, feature, position) != (own.example, own.feature, own.position) {
                    let size = |value: f64| if value.is_finite() { value.abs() } else { 0.0 };
                    largest = largest.max(size(from).max(size(to)));
                }
            }
        });
        let rounding = PLACES * Real::to_f64(T::epsilon()) * largest;
        let mut most = 0.0;
        each(&before, &after, &members, &mut |feature, position, line| {
            for (example, from, to) in pairs(line) {
                let cell = ArrayIndex { example, feature, position };
                if cell == own || from.is_nan() && to.is_nan() {
                    continue;
                }
                moves.others += 1;
                // From or to a missing value is farther than any number.
                let far = if from == to { 0.0 } else { (to - from).abs() };
                if far <= rounding {
                    continue;
                }
                match (example == own.example, feature == own.feature) {
                    (true, _) => moves.example += 1,
                    (false, true) => moves.feature += 1,
                    (false, false) => moves.elsewhere += 1,
                }
                let far = if far.is_nan() { f64::INFINITY } else { far };
                if far > most {
                    most = far;
                    moves.farthest = Some(Move { cell, from, to });
                }
            }
        });
        Ok(moves)
    }
}

/// The values of a feature and position before and after, from this example on.
type FeatureLine<'a, T> = (ArrayView1<'a, T>, ArrayView1<'a, T>, usize);

fn pairs<'a, T: Real>((from, to, first): FeatureLine<'a, T>) -> impl Iterator<Item = (usize, f64, f64)> + use<'a, T> {
    (first..)
        .zip(from.into_iter().zip(to))
        .map(|(example, (from, to))| (example, Real::to_f64(*from), Real::to_f64(*to)))
}

/// Visits what these ranges hold, line by line along the examples.
fn each<T: Real>(
    before: &ArrayView3<T>,
    after: &ArrayView3<T>,
    [examples, features, positions]: &[Range<usize>; 3],
    visit: &mut dyn FnMut(usize, usize, FeatureLine<T>),
) {
    let (n, c, l) = before.dim();
    let within = |range: &Range<usize>, len: usize| range.start.min(len)..range.end.min(len);
    let examples = within(examples, n);
    for feature in within(features, c) {
        for position in within(positions, l) {
            let line = s![examples.clone(), feature, position];
            visit(feature, position, (before.slice(line), after.slice(line), examples.start));
        }
    }
}
