//! Fitting in pieces: data that comes in chunks and is never in memory at once.

use ndarray::ArrayView3;

use crate::statistics::double::{Double, exponent, shift};
use crate::{Center, Error, ExampleSharing, Fitted, GroupStatistics, Real, Recipe, Scale, Shape};

/// Gathers the statistics of z-score, min-max or max-abs (or any recipe made of mean, min, standard deviation, range,
/// largest absolute value) from chunks; the result equals fitting at once. As scikit-learn's `partial_fit`.
#[derive(Clone, Debug)]
pub struct StreamingFit {
    recipe: Recipe,
    shape: Option<Shape>,
    groups: Vec<Gathered>,
}

/// One group so far.
#[derive(Clone, Copy, Debug)]
struct Gathered {
    count: usize,
    missing: usize,
    min: f64,
    max: f64,
    /// Mean, and sum of squared differences to it, in units of 2^exponent and 4^exponent.
    mean: Double,
    squares: Double,
    exponent: i32,
}

impl StreamingFit {
    /// Nothing seen yet.
    ///
    /// # Errors
    /// [`Error::Parameter`] for recipes that cannot be gathered in pieces (quantiles, groups inside an example).
    pub fn new(recipe: Recipe) -> Result<Self, Error> {
        let gathers = matches!(recipe.center, Center::None | Center::Mean | Center::Min)
            && matches!(recipe.scale, Scale::None | Scale::StandardDeviation(_) | Scale::Range | Scale::MaxAbs);
        if !gathers || recipe.grouping.examples != ExampleSharing::Together {
            let value = format!("{:?} and {:?}", recipe.center, recipe.scale);
            let allowed = "a method over examples whose statistics can be gathered: z-score, min-max, max-abs".into();
            return Err(Error::Parameter { name: "method", value, allowed });
        }
        Ok(Self { recipe, shape: None, groups: Vec::new() })
    }

    /// Takes in a chunk `(n, C, L)`; C and L are those of the first chunk. A refused chunk changes nothing.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`], and as [`Recipe::fit`].
    pub fn push<T: Real>(&mut self, chunk: ArrayView3<T>) -> Result<(), Error> {
        let found = Shape::of(&chunk);
        if let Some(expected) = self.shape
            && (expected.features, expected.positions) != (found.features, found.positions)
        {
            return Err(Error::ShapeMismatch { expected, found });
        }
        // Mean and standard deviation for one, min and max for all: the recipe says what it uses of them.
        let moments = Recipe { eps: 0.0, singletons: crate::Singletons::Allow, ..self.recipe.clone() };
        let extremes = Recipe { center: Center::Min, scale: Scale::Range, ..moments.clone() };
        let extremes = extremes.fit(chunk)?.groups;
        let moments = if self.needs_moments() {
            let scale = Scale::StandardDeviation(crate::Divisor::N);
            Recipe { center: Center::Mean, scale, ..moments }.fit(chunk)?.groups
        } else {
            extremes.clone()
        };
        let chunk = moments.iter().zip(&extremes).map(|(moments, extremes)| Gathered::of(moments, extremes));
        if self.groups.is_empty() {
            self.groups = chunk.collect();
        } else {
            self.groups.iter_mut().zip(chunk).for_each(|(so_far, chunk)| *so_far = so_far.join(chunk));
        }
        let seen = self.shape.map_or(0, |shape| shape.examples);
        self.shape = Some(Shape { examples: seen + found.examples, ..found });
        Ok(())
    }

    /// The statistics of all chunks.
    ///
    /// # Errors
    /// [`Error::Empty`] when there was none.
    pub fn finish(self) -> Result<Fitted, Error> {
        let nothing = Shape { examples: 0, features: 0, positions: 0 };
        let shape = self.shape.ok_or(Error::Empty { shape: nothing })?;
        let groups: Vec<_> = self.groups.iter().map(|group| group.statistics(&self.recipe)).collect();
        self.recipe.refuse_singles(&groups)?;
        Fitted::new(self.recipe, shape, groups)
    }

    fn needs_moments(&self) -> bool {
        self.recipe.center == Center::Mean || matches!(self.recipe.scale, Scale::StandardDeviation(_))
    }
}

impl Gathered {
    fn of(moments: &GroupStatistics, extremes: &GroupStatistics) -> Self {
        let (center, low, scale) = moments.reduced;
        let GroupStatistics { count, missing, min, max, .. } = *extremes;
        let exponent = if count == 0 { 0 } else { exponent(min.abs().max(max.abs())) };
        let move_by = moments.exponent - exponent;
        let deviation = if min == max { 0.0 } else { shift(scale, move_by) };
        let mut squares = Double::default();
        squares.add_square(deviation);
        let mean = Double { high: shift(center, move_by), low: shift(low, move_by) };
        Self { count, missing, min, max, mean, squares: squares.times(count as f64), exponent }
    }

    fn in_units(self, exponent: i32) -> (Double, Double) {
        let by = self.exponent - exponent;
        let moved = |double: Double, by| Double { high: shift(double.high, by), low: shift(double.low, by) };
        (moved(self.mean, by), moved(self.squares, 2 * by))
    }

    /// Chan, Golub, LeVeque 1979: mean and squares of two sets from those of each.
    fn join(self, other: Self) -> Self {
        let missing = self.missing + other.missing;
        if self.count == 0 || other.count == 0 {
            return Self { missing, ..if self.count == 0 { other } else { self } };
        }
        let count = self.count + other.count;
        let exponent = self.exponent.max(other.exponent);
        let ((mean, squares), (other_mean, other_squares)) = (self.in_units(exponent), other.in_units(exponent));
        let distance = other_mean.plus(Double { high: -mean.high, low: -mean.low });
        let share = other.count as f64 / count as f64;
        let mut between = Double::default();
        between.add_square(distance.value());
        let mean = mean.plus(distance.times(other.count as f64).divided_by(count as f64));
        let squares = squares.plus(other_squares).plus(between.times(self.count as f64 * share));
        let (min, max) = (self.min.min(other.min), self.max.max(other.max));
        Self { count, missing, min, max, mean, squares, exponent }
    }

    fn statistics(self, recipe: &Recipe) -> GroupStatistics {
        let Self { count, missing, min, max, mean, squares, exponent } = self;
        crate::statistics::exact::gathered(
            recipe,
            crate::statistics::exact::ExactMoments { count, missing, min, max, mean, squares, exponent },
        )
    }
}
