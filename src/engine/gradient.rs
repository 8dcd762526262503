//! The gradient of a norm layer: one backward for every recipe, by the groups of its forward.
//!
//! With `xhat = (x - centre) / scale` and `g = dy * gamma`, over the members of a group:
//!
//! `dx = (g - mean(g) - xhat * sum(g * xhat) / divisor) / scale`, without `mean(g)` where nothing is subtracted, and
//! `dx = g / scale` where the statistics do not depend on `x`; `dgamma = sum(dy * xhat)`, `dbeta = sum(dy)`.
//!
//! The divisor is that of the variance, n for the mean square, and 1 for the root of the sum of squares.
//!
//! Source: Ioffe & Szegedy 2015, "Batch Normalization", section 3; the same derivation holds for every grouping.

mod output;

use ndarray::{Array3, ArrayView3, ArrayViewMut3, s};

pub use output::{GradientTotal, GroupEnd, OtherInput, OutputGradient};

use crate::fitting::fitted::{like, same_order, standard};
use crate::fitting::layout::{MemoryPlan, RunStart};
use crate::statistics::double::power_of_two;
use crate::{Affine, Center, Error, Fitted, GroupStatistics, NonFinite, Real, Recipe, Scale, Shape};

/// Whether the statistics of a normalization move with its input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependence {
    /// They are those of the input: every norm layer in training, and all but BatchNorm in evaluation.
    OnInput,
    /// They were found elsewhere, as running statistics.
    Constant,
}

/// Gradients of gamma and beta, as many numbers as the recipe has of each; empty for a recipe without them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AffineGradient {
    pub gamma: Vec<f64>,
    pub beta: Vec<f64>,
}

impl AffineGradient {
    /// Those of another batch come to these.
    fn add(&mut self, other: &Self) {
        for (sums, more) in [(&mut self.gamma, &other.gamma), (&mut self.beta, &other.beta)] {
            sums.resize(more.len(), 0.0);
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
    }
}

impl Fitted {
    /// The gradient of a loss by the input `(N, C, L)` and by gamma and beta, from `dy`, that by the output.
    ///
    /// `x` is what [`Self::transform`] was given. A missing value has no part in it, and its gradient is 0. Where the data
    /// gave a scale of 0, which 1 took the place of, the scale counts as a constant.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`]; [`Error::Parameter`] for a recipe that is no norm layer: other centres than none and the
    /// mean, other scales than deviation, root mean square and L2, clipping, another range than 0 to 1.
    pub fn gradient<T: Real>(
        &self,
        x: ArrayView3<T>,
        dy: ArrayView3<T>,
        dependence: Dependence,
    ) -> Result<(Array3<T>, AffineGradient), Error> {
        let (mut dx, mut affine) = (like(&x), AffineGradient::default());
        self.gradient_into(x, dy, dependence, dx.view_mut(), &mut affine)?;
        Ok((dx, affine))
    }

    /// As [`Self::gradient`], into memory that is there already; fastest when all three lie in the same memory order.
    ///
    /// # Errors
    /// As [`Self::gradient`].
    pub fn gradient_into<T: Real>(
        &self,
        x: ArrayView3<T>,
        dy: ArrayView3<T>,
        dependence: Dependence,
        dx: ArrayViewMut3<T>,
        affine: &mut AffineGradient,
    ) -> Result<(), Error> {
        T::gradient_into(self, x, dy, dependence, dx, affine)
    }

    pub(crate) fn gradient_into_here<T: Real>(
        &self,
        x: ArrayView3<T>,
        dy: ArrayView3<T>,
        dependence: Dependence,
        mut dx: ArrayViewMut3<T>,
        affine: &mut AffineGradient,
    ) -> Result<(), Error> {
        let shape = Shape::of(&x);
        self.check(shape, Shape::of(&dy))?;
        self.check(shape, Shape::of(&dx.view()))?;
        let pull = Pull::of(&self.recipe, dependence)?;
        if let Some(batches) = self.of_batches() {
            *affine = AffineGradient::default();
            for (rows, one) in batches {
                let batch = s![rows, .., ..];
                let (of_batch, more) = one.gradient(x.slice(&batch), dy.slice(&batch), dependence)?;
                dx.slice_mut(&batch).assign(&of_batch);
                affine.add(&more);
            }
            return Ok(());
        }
        let has_gaps = self.recipe.non_finite != NonFinite::Propagate && x.iter().any(|value| value.is_nan());
        if !has_gaps && same_order(&x, &dy) && same_order(&x, &dx.view()) {
            let strides: Vec<isize> = x.strides().to_vec();
            if let (Some(x), Some(dy), Some(dx)) =
                (x.as_slice_memory_order(), dy.as_slice_memory_order(), dx.as_slice_memory_order_mut())
                && let Some(backward) = Backward::new(self, shape, &strides, pull)
            {
                backward.run(x, dy, dx, affine);
                return Ok(());
            }
        }
        let (mut x, mut dy, mut result) = (standard(&x), standard(&dy), Array3::zeros(x.dim()));
        let strides: Vec<isize> = result.strides().to_vec();
        let missing: Vec<(usize, usize, usize)> = if has_gaps {
            x.indexed_iter().filter(|(_, value)| value.is_nan()).map(|(place, _)| place).collect()
        } else {
            Vec::new()
        };
        for place in &missing {
            // At the centre it adds nothing to any sum but those of dy, where 0 stands now.
            let group = self.recipe.grouping.index(shape, place.0, place.1, place.2);
            x[*place] = T::from_f64(self.groups[group].center);
            dy[*place] = T::zero();
        }
        if let (Some(x), Some(dy), Some(dx)) = (x.as_slice(), dy.as_slice(), result.as_slice_mut())
            && let Some(backward) = Backward::new(self, shape, &strides, pull)
        {
            backward.run(x, dy, dx, affine);
        }
        missing.iter().for_each(|place| result[*place] = T::zero());
        dx.assign(&result);
        Ok(())
    }
}

/// What the statistics of a group take from the gradient of its members.
#[derive(Clone, Copy, Debug)]
struct Pull {
    of_center: bool,
    of_scale: bool,
    scale: Scale,
}

impl Pull {
    fn of(recipe: &Recipe, dependence: Dependence) -> Result<Self, Error> {
        let Recipe { center, scale, clip, range, .. } = recipe;
        let refuse =
            |name, value: String, allowed: &str| Err(Error::Parameter { name, value, allowed: allowed.into() });
        match (center, scale) {
            (Center::Mean, Scale::StandardDeviation(_) | Scale::None)
            | (Center::None, Scale::RootMeanSquare | Scale::L2 | Scale::None) => {}
            _ if dependence == Dependence::Constant => {}
            _ => {
                let allowed = "for a gradient, mean and standard deviation, or none and root mean square or L2";
                return refuse("center and scale", format!("{center:?} and {scale:?}"), allowed);
            }
        }
        if let Some((low, high)) = clip {
            return refuse("clip", format!("{low} to {high}"), "none, for a gradient");
        }
        if *range != (0.0, 1.0) {
            return refuse("range", format!("{} to {}", range.0, range.1), "0 to 1, for a gradient");
        }
        let moves = dependence == Dependence::OnInput;
        Ok(Self {
            of_center: moves && *center == Center::Mean,
            of_scale: moves && *scale != Scale::None,
            scale: *scale,
        })
    }

    /// What the sum over `g * xhat` is divided by.
    fn divisor(self, count: usize) -> f64 {
        match self.scale {
            Scale::StandardDeviation(divisor) => divisor.of(count),
            Scale::L2 => 1.0,
            _ => count as f64,
        }
    }
}

/// Centre and the reciprocal of the scale of a group, and the sums over its members.
#[derive(Clone, Copy, Debug, Default)]
struct GroupSums {
    center: f64,
    center_low: f64,
    inverse: f64,
    /// What values are multiplied by before `center` is subtracted; 1 but for extreme magnitudes.
    power: f64,
    /// Sum of `g`, later its mean (0 where it is not subtracted).
    g: f64,
    /// Sum of `g * xhat`, later divided (0 where the scale is constant).
    gx: f64,
    /// The reciprocal of the scale in the units of the data.
    slope: f64,
}

impl GroupSums {
    fn new(group: &GroupStatistics) -> Self {
        if group.count == 0 && group.scale.is_nan() {
            // No member: nothing to add, and no NaN for those who share its gamma.
            return Self::default();
        }
        let (center, center_low, scale) = group.reduced;
        let power = power_of_two(-group.exponent);
        Self { center, center_low, inverse: 1.0 / scale, power, g: 0.0, gx: 0.0, slope: 1.0 / group.scale }
    }

    #[inline(always)]
    fn xhat(&self, x: f64) -> f64 {
        ((x * self.power - self.center) - self.center_low) * self.inverse
    }
}

/// A gradient on its way through memory, in two passes: sums of groups, then the values.
struct Backward {
    plan: MemoryPlan,
    pull: Pull,
    groups: Vec<GroupSums>,
    counts: Vec<usize>,
    /// One a feature, or one a feature and position.
    gamma: Vec<f64>,
    d_gamma: Vec<f64>,
    d_beta: Vec<f64>,
    /// How many gammas and betas the recipe has.
    lengths: Option<(usize, usize)>,
    shape: Shape,
}

impl Backward {
    fn new(fitted: &Fitted, shape: Shape, strides: &[isize], pull: Pull) -> Option<Self> {
        let affine = fitted.recipe.affine.as_ref();
        let by_value = affine.is_some_and(|affine| {
            let is_finer = |numbers: &Vec<f64>| numbers.len() > shape.features.max(1);
            is_finer(&affine.gamma) || is_finer(&affine.beta)
        });
        let (features, positions) = (shape.features, if by_value { shape.positions } else { 1 });
        let at = |index: usize| affine.map_or(1.0, |a| a.at(shape, index / positions, index % positions).0);
        let gamma: Vec<f64> = (0..features * positions).map(at).collect();
        let laid = Affine { beta: gamma.clone(), gamma };
        let plan = MemoryPlan::new(fitted.recipe.grouping, Some(&laid), shape, strides)?;
        let zeros = vec![0.0; laid.gamma.len()];
        Some(Self {
            plan,
            pull,
            groups: fitted.groups.iter().map(GroupSums::new).collect(),
            counts: fitted.groups.iter().map(|group| group.count).collect(),
            gamma: laid.gamma,
            d_gamma: zeros.clone(),
            d_beta: zeros,
            lengths: affine.map(|affine| (affine.gamma.len(), affine.beta.len())),
            shape,
        })
    }

    fn run<T: Real>(mut self, x: &[T], dy: &[T], dx: &mut [T], affine: &mut AffineGradient) {
        let plan = self.plan.clone();
        let rows = || plan.places().flat_map(|place| (0..plan.rows.len).map(move |row| (place, row)));
        let starts = || rows().map(|(place, row)| place.moved(plan.rows, row));
        let steps = (plan.inner.group, plan.inner.gamma);
        for start in starts() {
            match steps {
                (0, 0) => self.add::<T, 0, 0>(start, x, dy),
                (0, _) => self.add::<T, 0, 1>(start, x, dy),
                (_, 0) => self.add::<T, 1, 0>(start, x, dy),
                (..) => self.add::<T, 1, 1>(start, x, dy),
            }
        }
        self.divide();
        for start in starts() {
            match steps {
                (0, 0) => self.write::<T, 0, 0>(start, x, dy, dx),
                (0, _) => self.write::<T, 0, 1>(start, x, dy, dx),
                (_, 0) => self.write::<T, 1, 0>(start, x, dy, dx),
                (..) => self.write::<T, 1, 1>(start, x, dy, dx),
            }
        }
        affine.gamma.clear();
        affine.beta.clear();
        if let Some((gamma, beta)) = self.lengths {
            gathered(&self.d_gamma, self.shape, gamma, &mut affine.gamma);
            gathered(&self.d_beta, self.shape, beta, &mut affine.beta);
        }
    }

    /// Adds a line of memory to the sums. `GROUP` and `AFFINE` are how far a step in memory goes in groups and in gamma.
    #[inline(always)]
    fn add<T: Real, const GROUP: usize, const AFFINE: usize>(&mut self, start: RunStart, x: &[T], dy: &[T]) {
        let len = self.plan.inner.len;
        let (x, dy) = (&x[start.memory..][..len], &dy[start.memory..][..len]);
        let groups = &mut self.groups[start.group..][..GROUP * (len - 1) + 1];
        let affine = start.gamma..start.gamma + AFFINE * (len - 1) + 1;
        let gamma = &self.gamma[affine.clone()];
        let (d_gamma, d_beta) = (&mut self.d_gamma[affine.clone()], &mut self.d_beta[affine]);
        for index in 0..len {
            let group = &mut groups[GROUP * index];
            let (xhat, d) = (group.xhat(Real::to_f64(x[index])), Real::to_f64(dy[index]));
            let g = d * gamma[AFFINE * index];
            group.g += g;
            group.gx += g * xhat;
            d_gamma[AFFINE * index] += d * xhat;
            d_beta[AFFINE * index] += d;
        }
    }

    /// Makes of the sums what each member of a group loses.
    fn divide(&mut self) {
        let Pull { of_center, of_scale, .. } = self.pull;
        for (group, count) in self.groups.iter_mut().zip(&self.counts) {
            group.g = if of_center { group.g / *count as f64 } else { 0.0 };
            group.gx = if of_scale { group.gx / self.pull.divisor(*count) } else { 0.0 };
        }
    }

    #[inline(always)]
    fn write<T: Real, const GROUP: usize, const AFFINE: usize>(
        &self,
        start: RunStart,
        x: &[T],
        dy: &[T],
        dx: &mut [T],
    ) {
        let len = self.plan.inner.len;
        let (x, dy, dx) = (&x[start.memory..][..len], &dy[start.memory..][..len], &mut dx[start.memory..][..len]);
        let groups = &self.groups[start.group..][..GROUP * (len - 1) + 1];
        let gamma = &self.gamma[start.gamma..][..AFFINE * (len - 1) + 1];
        for index in 0..len {
            let group = &groups[GROUP * index];
            let (xhat, g) = (group.xhat(Real::to_f64(x[index])), Real::to_f64(dy[index]) * gamma[AFFINE * index]);
            dx[index] = T::from_f64((g - group.g - xhat * group.gx) * group.slope);
        }
    }
}

/// Sums of one number a feature (or a feature and position) as so many numbers as the recipe has: one, one a feature, or all.
fn gathered(sums: &[f64], shape: Shape, length: usize, into: &mut Vec<f64>) {
    match length {
        1 => into.push(sums.iter().sum()),
        length if length == sums.len() => into.extend(sums),
        // The sums are finer: one a position, too.
        _ => into.extend(sums.chunks(shape.positions.max(1)).map(|of_feature| of_feature.iter().sum::<f64>())),
    }
}

#[cfg(test)]
mod tests;
