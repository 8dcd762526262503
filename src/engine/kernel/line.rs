//! The straight line that a group's values are sent along.

use crate::{GroupStatistics, Real, Recipe, Scale};

/// `y = (x - center) * slope + offset`, all in the precision of the data.
///
/// The centre is the rounded one; what rounding took from it is in the offset. For f32 the slope has a second part,
/// `slope_low`, so that its rounding does not add to that of the product; for f64 only where an end must be hit.
#[derive(Clone, Copy, Debug)]
pub struct Line<T> {
    pub center: T,
    pub slope: T,
    pub slope_low: T,
    pub offset: T,
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

impl<T: Real> Line<T> {
    /// `None` where this form would overflow, lose digits or miss an end of the range: then value by value with care.
    #[inline]
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
        let mut low = (group.center - rounded) + group.center_low;
        let exact_slope = gamma / group.scale;
        let slope = T::from_f64(exact_slope);
        let mut slope_low = if T::SINGLE { T::from_f64(exact_slope - Real::to_f64(slope)) } else { T::zero() };
        let mut slope = slope;
        if gamma == 1.0 && matches!(recipe.scale, Scale::Range | Scale::MaxAbs) {
            let largest = match recipe.scale {
                Scale::Range if group.max.is_finite() => T::from_f64(group.max) - T::from_f64(group.min),
                _ => T::from_f64(group.scale),
            };
            // A constant group has scale 1, and no end to hit.
            if !group.constant || recipe.scale == Scale::MaxAbs {
                (slope, slope_low) = hitting(largest);
            }
            low = if low.abs() < f64::MIN_POSITIVE { 0.0 } else { low };
        }
        let offset = T::from_f64(beta - low * exact_slope);
        let fine = (slope.is_normal() || gamma == 0.0)
            && offset.is_finite()
            && rounded.abs() <= if T::SINGLE { 1e30 } else { 1e300 };
        fine.then_some(Self { center, slope, slope_low, offset })
    }

    /// `FINE` takes the second part of the slope into account.
    #[inline(always)]
    pub fn at<const FINE: bool>(self, x: T) -> T {
        let d = x - self.center;
        if FINE { d * self.slope + (d * self.slope_low + self.offset) } else { d * self.slope + self.offset }
    }
}

/// A reciprocal in two parts that sends `largest` to exactly 1.
///
/// The product with the rounded reciprocal may miss 1 by a rounding (for mantissas above 1.5 no number at all hits it);
/// then the second part makes up for just that.
fn hitting<T: Real>(largest: T) -> (T, T) {
    if largest == T::zero() {
        return (T::one(), T::zero());
    }
    let slope = T::one() / largest;
    (slope, (T::one() - largest * slope) / largest)
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

    fn line<T: Real>(largest: T) -> Line<T> {
        let (slope, slope_low) = hitting(largest);
        Line { center: T::zero(), slope, slope_low, offset: T::zero() }
    }

    #[test]
    fn both_ends_are_hit() {
        for largest in numbers().take(100_000) {
            assert_eq!(line(largest).at::<true>(largest), 1.0, "{largest:e}");
            assert_eq!(line(largest as f32).at::<true>(largest as f32), 1.0, "{largest:e}");
        }
    }
}
