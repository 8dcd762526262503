//! The straight line that a group's values are sent along.

use std::ops::{Add, Mul, Sub};

use super::vector::Vector;
use crate::{Center, GroupStatistics, Real, Recipe, Scale};

/// `y = (x - center) * slope + offset`, all in the precision of the data; `slope_low` is used as [`AffineForm`] says.
///
/// The centre is the rounded one; what rounding took from it is in the offset.
#[derive(Clone, Copy, Debug)]
pub struct AffineMap<N> {
    pub center: N,
    pub slope: N,
    pub slope_low: N,
    pub offset: N,
}

/// How values are sent along lines: decided by the recipe and the precision, the same for all groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AffineForm {
    Plain,
    /// For f32: the slope has a second part, so that its rounding does not add to that of the product. An infinite value may
    /// become NaN, where the plain form keeps it.
    Fine,
    /// As [`AffineForm::Fine`], where centre, offset and beta are 0.
    Factor,
    /// For f64 where ends of a range must be hit: a second factor makes up for the slope's rounding. The offset is 0.
    Ends,
}

/// The loops are compiled for a form.
pub const PLAIN: u8 = AffineForm::Plain as u8;
pub const FINE: u8 = AffineForm::Fine as u8;
pub const FACTOR: u8 = AffineForm::Factor as u8;
pub const ENDS: u8 = AffineForm::Ends as u8;

impl AffineForm {
    pub fn of<T: Real>(recipe: &Recipe) -> Self {
        match T::SINGLE {
            true if recipe.center == Center::None && !has_beta(recipe) => Self::Factor,
            true => Self::Fine,
            false if recipe.affine.is_none() && hits_ends(recipe) => Self::Ends,
            false => Self::Plain,
        }
    }
}

fn has_beta(recipe: &Recipe) -> bool {
    recipe.affine.as_ref().is_some_and(|affine| affine.beta.iter().any(|beta| *beta != 0.0))
}

/// Whether the least and the greatest value of a group must become exactly the ends of a range.
fn hits_ends(recipe: &Recipe) -> bool {
    matches!(recipe.center, Center::None | Center::Min) && matches!(recipe.scale, Scale::Range | Scale::MaxAbs)
}

impl<N: Copy + Add<Output = N> + Mul<Output = N> + Sub<Output = N>> AffineMap<N> {
    #[inline(always)]
    pub fn at<const FORM: u8>(self, x: N) -> N {
        let d = x - self.center;
        match FORM {
            FACTOR => x * self.slope + x * self.slope_low,
            FINE => d * self.slope + (d * self.slope_low + self.offset),
            ENDS => d * self.slope * self.slope_low,
            _ => d * self.slope + self.offset,
        }
    }
}

impl<T: Real> AffineMap<T> {
    /// The same line in all numbers of a register.
    pub fn splat(self) -> AffineMap<T::Vector> {
        let Self { center, slope, slope_low, offset } = self;
        let [center, slope, slope_low, offset] = [center, slope, slope_low, offset].map(T::Vector::splat);
        AffineMap { center, slope, slope_low, offset }
    }
}

/// What follows the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finish {
    Nothing,
    /// The ends to which 0 and 1 are mapped, and the ends beyond which nothing goes (infinite when there is no clipping).
    Range {
        low: f64,
        high: f64,
        least: f64,
        most: f64,
    },
}

impl Finish {
    pub fn of(recipe: &Recipe) -> Self {
        let (low, high) = recipe.range;
        match recipe.clip {
            None if (low, high) == (0.0, 1.0) => Self::Nothing,
            clip => {
                let (least, most) = clip.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
                Self::Range { low, high, least, most }
            }
        }
    }
}

impl<T: Real> AffineMap<T> {
    /// `None` where this form would overflow, lose digits or miss an end of the range: then value by value with care.
    #[inline(always)]
    pub fn new(recipe: &Recipe, group: &GroupStatistics, gamma: f64, beta: f64) -> Option<Self> {
        if group.exponent != 0 {
            return None;
        }
        if group.scale.is_nan() {
            let nan = T::nan();
            return Some(Self { center: nan, slope: nan, slope_low: nan, offset: nan });
        }
        let center = T::from_f64(group.center);
        let rounded = Real::to_f64(center);
        let low = (group.center - rounded) + group.center_low;
        let exact_slope = gamma / group.scale;
        let largest = match recipe.scale {
            Scale::Range if group.max.is_finite() => T::from_f64(group.max) - T::from_f64(group.min),
            _ => T::from_f64(group.scale),
        };
        // The range of a constant group is 0, its scale 1.
        let ends = recipe.affine.is_none() && hits_ends(recipe) && largest > T::zero();
        let (slope, slope_low) = if ends { hitting(largest) } else { split(exact_slope) };
        let offset = T::from_f64(beta - low * exact_slope);
        let fine = (slope.is_normal() || gamma == 0.0)
            && offset.is_finite()
            && rounded.abs() <= if T::SINGLE { 1e30 } else { 1e300 };
        fine.then_some(Self { center, slope, slope_low, offset })
    }
}

/// A slope in two parts: see [`AffineForm`].
fn split<T: Real>(exact: f64) -> (T, T) {
    let slope = T::from_f64(exact);
    (slope, if T::SINGLE { T::from_f64(exact - Real::to_f64(slope)) } else { T::one() })
}

/// A reciprocal in two parts that sends `largest` to exactly 1.
///
/// The product with the rounded reciprocal may miss 1 by a rounding (for mantissas above 1.5 no number at all hits it);
/// then the second part makes up for just that.
fn hitting<T: Real>(largest: T) -> (T, T) {
    let slope = T::one() / largest;
    let reached = largest * slope;
    let factor = if reached < T::one() { T::one() + T::epsilon() } else { T::one() };
    (slope, if T::SINGLE { (T::one() - reached) / largest } else { factor })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers() -> impl Iterator<Item = f64> {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        std::iter::repeat_with(move || {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            1.0 + (bits >> 12) as f64 * f64::EPSILON
        })
    }

    fn line<T: Real>(largest: T) -> AffineMap<T> {
        let (slope, slope_low) = hitting(largest);
        AffineMap { center: T::zero(), slope, slope_low, offset: T::zero() }
    }

    #[test]
    fn both_ends_are_hit() {
        for largest in numbers().take(100_000) {
            assert_eq!(line(largest).at::<ENDS>(largest), 1.0, "{largest:e}");
            assert_eq!(line(largest as f32).at::<FINE>(largest as f32), 1.0, "{largest:e}");
            assert_eq!(line(largest as f32).at::<FACTOR>(largest as f32), 1.0, "{largest:e}");
        }
    }
}
