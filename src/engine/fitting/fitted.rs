//! What was learnt from data, and applying it to data.

use ndarray::{Array3, ArrayView3, ArrayViewMut3, s};
use serde::{Deserialize, Serialize};

use crate::fitting::layout::MemoryPlan;
use crate::fitting::map::Map;
use crate::fitting::transform::Transformer;
use crate::{Error, ExampleSharing, FeatureSharing, Real, Recipe, Shape, Sharing};

/// The statistics of one group, in the units of the data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupStatistics {
    /// Values that took part.
    pub count: usize,
    /// Values left out because they are not finite (NaN is missing).
    pub missing: usize,
    /// What is subtracted; NaN when no value took part.
    pub center: f64,
    /// What is divided by: 1 where the data gave 0 (a constant group without eps, a group of zeros).
    pub scale: f64,
    /// What the data gave before eps, square root and the replacement of 0: the variance, the mean square, else the
    /// scale itself.
    pub dispersion: f64,
    /// Smallest value; NaN where the recipe did not need it (as for a mean).
    pub min: f64,
    /// Largest value; NaN where the recipe did not need it.
    pub max: f64,
    /// All values that took part are equal; looked at only where the scale is a spread.
    pub constant: bool,
    /// What rounding took from the centre: centre + this is the centre to twice the digits.
    pub(crate) center_low: f64,
    /// Centre, what rounding took from it, and scale, all times 2^-exponent; the plain ones where `exponent` is 0.
    /// Only for magnitudes where the plain ones would overflow or lose digits.
    pub(crate) reduced: (f64, f64, f64),
    pub(crate) exponent: i32,
}

/// Centre and scale beyond the precision of one f64: see [`GroupStatistics::finer`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finer {
    /// What rounding took from the centre.
    pub center_low: f64,
    /// Centre, what rounding took from it, and scale, all times 2^-exponent.
    pub reduced: (f64, f64, f64),
    /// Not 0 only where the plain numbers would overflow or lose digits.
    pub exponent: i32,
}

impl GroupStatistics {
    /// A group with known centre and scale, as of running statistics or of a file.
    pub fn known(count: usize, center: f64, scale: f64) -> Self {
        let nothing = f64::NAN;
        // Differences to a centre of this size may overflow in plain units.
        let exponent = if center.abs() > 1e290 || scale > 1e290 { 10 } else { 0 };
        let power = crate::statistics::double::power_of_two(-exponent);
        Self {
            count,
            missing: 0,
            center,
            scale,
            dispersion: scale,
            min: nothing,
            max: nothing,
            constant: false,
            center_low: 0.0,
            reduced: (center * power, 0.0, scale * power),
            exponent,
        }
    }

    /// What a transform needs beyond centre and scale to be the same to the last bit.
    pub fn finer(&self) -> Finer {
        Finer { center_low: self.center_low, reduced: self.reduced, exponent: self.exponent }
    }

    /// The same group with what [`Self::finer`] gave.
    #[must_use]
    pub fn with_finer(self, finer: Finer) -> Self {
        let Finer { center_low, reduced, exponent } = finer;
        Self { center_low, reduced, exponent, ..self }
    }

    /// A group without a value.
    pub(crate) fn empty(missing: usize) -> Self {
        Self { missing, ..Self::known(0, f64::NAN, f64::NAN) }
    }
}

/// A recipe with the statistics it found: ready to transform.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fitted {
    pub recipe: Recipe,
    /// The shape that was fitted.
    pub shape: Shape,
    /// One entry a group, in the order of [`crate::Grouping::index`].
    pub groups: Vec<GroupStatistics>,
    /// Why there is no way back, where the groups alone do not say.
    pub(crate) one_way: Option<OneWay>,
}

/// Why a result cannot be undone though its examples share statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum OneWay {
    Training,
}

impl Fitted {
    /// From statistics found elsewhere, one entry a group in the order of [`crate::Grouping::index`].
    ///
    /// # Errors
    /// [`Error::Parameter`] when the recipe does not fit the shape or the number of groups is another.
    pub fn new(recipe: Recipe, shape: Shape, groups: Vec<GroupStatistics>) -> Result<Self, Error> {
        recipe.check(shape)?;
        let expected = recipe.grouping.count(shape);
        if groups.len() != expected {
            let value = groups.len().to_string();
            return Err(Error::Parameter { name: "groups", value, allowed: format!("{expected} for shape {shape}") });
        }
        Ok(Self { recipe, shape, groups, one_way: None })
    }

    /// Normalizes an array `(N, C, L)`; N is free when examples share statistics, L when positions do.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`].
    pub fn transform<T: Real>(&self, x: ArrayView3<T>) -> Result<Array3<T>, Error> {
        let mut out = like(&x);
        self.transform_into(x, out.view_mut())?;
        Ok(out)
    }

    /// As [`Self::transform`], into memory that is there already; fastest when `out` has the memory order of `x`.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`], also when `out` has another shape than `x`.
    pub fn transform_into<T: Real>(&self, x: ArrayView3<T>, out: ArrayViewMut3<T>) -> Result<(), Error> {
        T::transform_into(self, x, out)
    }

    pub(crate) fn transform_into_here<T: Real>(
        &self,
        x: ArrayView3<T>,
        mut out: ArrayViewMut3<T>,
    ) -> Result<(), Error> {
        self.check(Shape::of(&x), Shape::of(&out.view()))?;
        if let Some(batches) = self.of_batches() {
            for (rows, one) in batches {
                let batch = s![rows, .., ..];
                one.transform_into_here(x.slice(&batch), out.slice_mut(&batch))?;
            }
            return Ok(());
        }
        if self.in_memory_order(x, &mut out) {
            return Ok(());
        }
        let copy = standard(&x);
        if let Some(memory) = out.as_slice_mut() {
            self.all(copy.view(), memory);
        } else {
            let mut result = copy.clone();
            if let Some(memory) = result.as_slice_mut() {
                self.all(copy.view(), memory);
            }
            out.assign(&result);
        }
        Ok(())
    }

    /// Whether the kernels could work on both arrays as they lie.
    fn in_memory_order<T: Real>(&self, x: ArrayView3<T>, out: &mut ArrayViewMut3<T>) -> bool {
        if !same_order(&x, &out.view()) {
            return false;
        }
        match out.as_slice_memory_order_mut() {
            Some(memory) => self.all(x, memory),
            None => false,
        }
    }

    fn all<T: Real>(&self, x: ArrayView3<T>, out: &mut [T]) -> bool {
        let (recipe, shape) = (&self.recipe, Shape::of(&x));
        if shape.is_empty() {
            return true;
        }
        let plan = MemoryPlan::new(recipe.grouping, recipe.affine.as_ref(), shape, x.strides());
        let (Some(plan), Some(values)) = (plan, x.as_slice_memory_order()) else { return false };
        Transformer::new(recipe, shape, &plan).all(&self.groups, values, out);
        true
    }

    /// Whether the loops of [`Self::transform`] take gamma and beta into the line of a value of `x`, and what they are there;
    /// `None` for a place outside of `x`.
    pub(crate) fn affine_at<T: Real>(&self, x: ArrayView3<T>, place: [usize; 3]) -> Option<(bool, Option<(f64, f64)>)> {
        let shape = Shape::of(&x);
        x.get(place)?;
        if let Some(size) = self.recipe.batch_size() {
            let [example, feature, position] = place;
            let first = example / size * size;
            let one = Self { recipe: self.recipe.of_one_batch(), ..self.clone() };
            let batch = x.slice(s![first..first.saturating_add(size).min(shape.examples), .., ..]);
            return one.affine_at(batch, [example - first, feature, position]);
        }
        let (recipe, standard) =
            (&self.recipe, [(shape.features * shape.positions) as isize, shape.positions as isize, 1]);
        let as_it_lies = x.as_slice_memory_order().filter(|_| in_order_of_result(&x)).and_then(|_| {
            MemoryPlan::new(recipe.grouping, recipe.affine.as_ref(), shape, x.strides()).map(|plan| (plan, x.strides()))
        });
        let (plan, strides) = match as_it_lies {
            Some(found) => found,
            None => (MemoryPlan::new(recipe.grouping, recipe.affine.as_ref(), shape, &standard)?, &standard[..]),
        };
        let memory: usize = place.iter().zip(strides).map(|(at, stride)| at * stride.unsigned_abs()).sum();
        Some(Transformer::<T>::new(recipe, shape, &plan).affine_at(memory))
    }

    /// The values that [`Self::transform`] made `y` of (what was clipped stays clipped).
    ///
    /// # Errors
    /// [`Error::NotInvertible`] when every example has its own statistics, in training, or when a gamma is 0;
    /// [`Error::ShapeMismatch`].
    pub fn inverse<T: Real>(&self, y: ArrayView3<T>) -> Result<Array3<T>, Error> {
        let refuse = |why| Err(Error::NotInvertible { why });
        if self.recipe.grouping.examples == ExampleSharing::Separate {
            return refuse("every example was normalized by its own statistics, which the result does not carry");
        }
        if self.one_way == Some(OneWay::Training) {
            return refuse("in training every batch is normalized by its own statistics");
        }
        if self.recipe.affine.as_ref().is_some_and(|affine| affine.gamma.contains(&0.0)) {
            return refuse("a gamma of 0 leaves nothing of the values");
        }
        let mut out = like(&y);
        self.check(Shape::of(&y), Shape::of(&out.view()))?;
        self.map_each(y, out.view_mut(), Map::backward);
        Ok(out)
    }

    /// Value by value, in any layout.
    fn map_each<T: Real>(&self, x: ArrayView3<T>, mut out: ArrayViewMut3<T>, map: impl Fn(&Map, f64, f64, f64) -> f64) {
        let shape = Shape::of(&x);
        for group in 0..self.groups.len() {
            let values = Map::new(&self.recipe, &self.groups[group]);
            let [examples, features, positions] = self.recipe.grouping.members(shape, group);
            for n in examples {
                for c in features.clone() {
                    for l in positions.clone() {
                        let (gamma, beta) = self.recipe.affine.as_ref().map_or((1.0, 0.0), |a| a.at(shape, c, l));
                        out[[n, c, l]] = T::from_f64(map(&values, x[[n, c, l]].to_f64(), gamma, beta));
                    }
                }
            }
        }
    }

    pub(crate) fn check(&self, x: Shape, out: Shape) -> Result<(), Error> {
        let (grouping, fitted) = (self.recipe.grouping, self.shape);
        let per_value = |numbers: &[f64]| ![1, fitted.features].contains(&numbers.len());
        let positions_free = grouping.positions == Sharing::Together
            && grouping.examples == ExampleSharing::Together
            && !self.recipe.affine.as_ref().is_some_and(|a| per_value(&a.gamma) || per_value(&a.beta));
        let matches = x.features == fitted.features
            && (x.positions == fitted.positions || positions_free)
            && (x.examples == fitted.examples || grouping.examples == ExampleSharing::Together);
        if !matches || (grouping.features == FeatureSharing::Groups(0)) {
            return Err(Error::ShapeMismatch { expected: fitted, found: x });
        }
        if out != x {
            return Err(Error::ShapeMismatch { expected: x, found: out });
        }
        Ok(())
    }
}

/// Zeros with the shape and, where it has one, the memory order of `x`.
pub(crate) fn like<T: Real>(x: &ArrayView3<T>) -> Array3<T> {
    let (n, c, l) = x.dim();
    if is_by_columns(x) {
        return Array3::zeros((1, c, n)).permuted_axes([2, 1, 0]);
    }
    Array3::zeros((n, c, l))
}

/// Whether the values of a column of a table are next to each other.
pub(crate) fn is_by_columns<T>(x: &ArrayView3<T>) -> bool {
    let (n, c, l) = x.dim();
    l == 1 && n > 1 && c > 1 && x.strides()[0] == 1
}

/// Whether an array without gaps lies in the order that [`like`] gives its result.
fn in_order_of_result<T>(x: &ArrayView3<T>) -> bool {
    let (n, c, l) = x.dim();
    let lengths = [n, c, l];
    let strides = if is_by_columns(x) { [1, n, 1] } else { [c * l, l, 1] };
    (0..3).all(|axis| lengths[axis] <= 1 || x.strides()[axis] == strides[axis] as isize)
}

/// Whether both lie in memory in the same order.
pub(crate) fn same_order<T>(a: &ArrayView3<T>, b: &ArrayView3<T>) -> bool {
    let lengths = a.dim();
    let lengths = [lengths.0, lengths.1, lengths.2];
    (0..3).all(|axis| lengths[axis] <= 1 || a.strides()[axis] == b.strides()[axis])
}

/// A copy in standard order.
pub(crate) fn standard<T: Real>(x: &ArrayView3<T>) -> Array3<T> {
    let mut copy = Array3::zeros(x.dim());
    copy.assign(x);
    copy
}
