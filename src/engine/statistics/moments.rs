//! Mean and spread of numbers of any magnitude, at the speed of memory when nothing is special about them.
//!
//! One pass over independent lanes, shifted by a guess of the mean, is tried first. Its sums tell whether they can be
//! trusted; when not (missing values, overflow, underflow, a guess far off), passes over scaled values follow.

use wide::f64x2;

use crate::Real;
use crate::kernel::{Extremes, Vector, run_extremes};

/// Independent accumulators: breaks the chain of dependent additions, and fills vector registers.
const LANES: usize = 8;
/// Values between two additions to the totals: bounds the rounding error of long sums.
const BLOCK: usize = 1024;

/// Count, mean, standard deviation and extremes; all but the counts are NaN when nothing is there to compute them from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Values that are not missing.
    pub count: u64,
    /// NaNs.
    pub missing: u64,
    pub mean: f64,
    /// Standard deviation with divisor n. NaN when a value is infinite, or when it exceeds all finite numbers.
    pub sd: f64,
    pub min: f64,
    pub max: f64,
}

/// Count, mean, standard deviation (divisor n) and extremes of `values`; NaNs are missing. f32 accumulates in f64.
///
/// Accurate to a few units of rounding also for values around 1e9, 1e300, 1e-300 and among subnormal numbers.
pub fn moments<T: Real>(values: &[T]) -> Moments {
    T::moments(values)
}

pub(crate) fn moments_here<T: Real>(values: &[T]) -> Moments {
    let shift = guess(values);
    let sums = shifted_sums(values, shift);
    let n = values.len() as f64;
    let (offset, square) = (sums.sum / n, sums.squares / n);
    let variance = square - offset * offset;
    // False for NaN and infinity. Below 1e-250, squares may have lost digits among the subnormal numbers.
    let trusted = (1e-250..=f64::MAX).contains(&square) && variance >= 0.5 * square;
    if !trusted {
        return Scaled::new(values).moments(values);
    }
    let (min, max) = (sums.min.to_f64(), sums.max.to_f64());
    let mean = (shift + offset).clamp(min, max);
    Moments { count: values.len() as u64, missing: 0, mean, sd: variance.sqrt(), min, max }
}

/// Number of values that are not NaN, the least and the greatest of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Extent<T> {
    pub count: usize,
    /// Infinity when there is no value.
    pub min: T,
    /// Minus infinity when there is no value.
    pub max: T,
}

pub(crate) fn extent<T: Real>(values: &[T]) -> Extent<T> {
    let (chunks, rest) = values.as_chunks::<LANES>();
    // What fills the last chunk is neither counted nor compared.
    let mut last = [T::nan(); LANES];
    last[..rest.len()].copy_from_slice(rest);
    let mut total = Extent { count: 0, min: T::infinity(), max: T::neg_infinity() };
    for chunks in [chunks, &[last]] {
        let lanes = extent_lanes(chunks);
        total.count += lanes.count.iter().sum::<u64>() as usize;
        total.min = lanes.min.into_iter().fold(total.min, lesser);
        total.max = lanes.max.into_iter().fold(total.max, greater);
    }
    total
}

struct ExtentLanes<T> {
    count: [u64; LANES],
    min: [T; LANES],
    max: [T; LANES],
}

/// A function of its own, like its siblings below: the compiler makes vectors of lanes that are returned as arrays, and single
/// numbers of lanes that it sees folded. Inlined, this one makes quartiles 8% slower in WebAssembly (medians of three runs).
#[inline(never)]
fn extent_lanes<T: Real>(chunks: &[[T; LANES]]) -> ExtentLanes<T> {
    let mut count = [0; LANES];
    let (mut min, mut max) = ([T::infinity(); LANES], [T::neg_infinity(); LANES]);
    for chunk in chunks {
        for lane in 0..LANES {
            let value = chunk[lane];
            count[lane] += u64::from(!value.is_nan());
            min[lane] = lesser(value, min[lane]);
            max[lane] = greater(value, max[lane]);
        }
    }
    ExtentLanes { count, min, max }
}

/// The least and the greatest of the values that are not NaN, if there is one.
pub fn range<T: Real>(values: &[T]) -> Option<(f64, f64)> {
    T::range(values)
}

pub(crate) fn range_here<T: Real>(values: &[T]) -> Option<(f64, f64)> {
    let mut found = Extremes::default();
    run_extremes(values, &mut found);
    (found.min <= found.max).then(|| (Real::to_f64(found.min), Real::to_f64(found.max)))
}

/// `other` when `value` is NaN: the comparison one vector instruction does, which `f64::min` is not.
fn lesser<T: Real>(value: T, other: T) -> T {
    if value < other { value } else { other }
}

fn greater<T: Real>(value: T, other: T) -> T {
    if value > other { value } else { other }
}

/// Mean of a few values from all over; anything at all when some of them are missing.
fn guess<T: Real>(values: &[T]) -> f64 {
    let few = values.iter().step_by((values.len() / 32).max(1));
    let n = few.len() as f64;
    few.map(|&v| v.to_f64() / n).sum()
}

/// Sums of `value - shift` and of its square, and extremes. A NaN among the values makes the sums NaN.
struct Sums<T> {
    sum: f64,
    squares: f64,
    min: T,
    max: T,
}

fn shifted_sums<T: Real>(values: &[T], shift: f64) -> Sums<T> {
    let mut total = Sums { sum: 0.0, squares: 0.0, min: T::infinity(), max: T::neg_infinity() };
    let (chunks, rest) = values.as_chunks::<LANES>();
    for block in chunks.chunks(BLOCK / LANES) {
        let sums = sums_of_block(block, shift);
        total.sum += sums.sum;
        total.squares += sums.squares;
        total.min = lesser(sums.min, total.min);
        total.max = greater(sums.max, total.max);
    }
    for &value in rest {
        let d = value.to_f64() - shift;
        total.sum += d;
        total.squares += d * d;
        total.min = lesser(value, total.min);
        total.max = greater(value, total.max);
    }
    total
}

/// What a chunk adds is first put together, so that all totals are in registers.
fn sums_of_block<T: Real>(chunks: &[[T; LANES]], shift: f64) -> Sums<T> {
    let shift = f64x2::splat(shift);
    let (mut sum, mut squares) = (f64x2::splat(0.0), f64x2::splat(0.0));
    let (mut min, mut max) = (T::Vector::splat(T::infinity()), T::Vector::splat(T::neg_infinity()));
    for chunk in chunks {
        let d = |pair: usize| T::widen([chunk[2 * pair], chunk[2 * pair + 1]]) - shift;
        let (a, b, c, d) = (d(0), d(1), d(2), d(3));
        sum += (a + b) + (c + d);
        squares += (a * a + b * b) + (c * c + d * d);
        let values = |register: usize| T::Vector::of(|lane| chunk[register * T::Vector::LEN + lane]);
        let (mut low, mut high) = (values(0), values(0));
        for register in 1..LANES / T::Vector::LEN {
            low = values(register).lesser(low);
            high = values(register).greater(high);
        }
        min = low.lesser(min);
        max = high.greater(max);
    }
    let total = |of: f64x2| of.to_array().iter().sum();
    let numbers = |of: T::Vector| of.numbers().into_iter().take(T::Vector::LEN);
    Sums {
        sum: total(sum),
        squares: total(squares),
        min: numbers(min).fold(T::infinity(), lesser),
        max: numbers(max).fold(T::neg_infinity(), greater),
    }
}

/// Sums of z, z², z³, z⁴ with `z = ((value - shift) * scale - center) * factor`; NaNs count as z = 0.
pub(crate) fn powers<T: Real>(values: &[T], standard: [f64; 4]) -> [f64; 4] {
    let standard = standard.map(|number| [number; FEW]);
    let (chunks, rest) = values.as_chunks::<FEW>();
    let mut last = [T::nan(); FEW];
    last[..rest.len()].copy_from_slice(rest);
    let mut total = [0.0; 4];
    for block in chunks.chunks(BLOCK / FEW).chain([&[last][..]]) {
        let lanes = power_lanes(block, &standard);
        total.iter_mut().zip(lanes).for_each(|(total, lanes)| *total += lanes.iter().sum::<f64>());
    }
    total
}

/// Four sums keep as many vector registers busy with fewer lanes.
const FEW: usize = 4;

/// See [`extent_lanes`].
fn power_lanes<T: Real>(chunks: &[[T; FEW]], standard: &[[f64; FEW]; 4]) -> [[f64; FEW]; 4] {
    let [shift, scale, center, factor] = *standard;
    let mut sums = [[0.0; FEW]; 4];
    for chunk in chunks {
        for lane in 0..FEW {
            let z = ((chunk[lane].to_f64() - shift[lane]) * scale[lane] - center[lane]) * factor[lane];
            let z = if z.is_nan() { 0.0 } else { z };
            let zz = z * z;
            sums[0][lane] += z;
            sums[1][lane] += zz;
            sums[2][lane] += z * zz;
            sums[3][lane] += zz * zz;
        }
    }
    sums
}

/// Values mapped to about -1/2..1/2, where no square overflows or vanishes: `(value - shift) * scale`.
pub(crate) struct Scaled<T> {
    pub extent: Extent<T>,
    pub shift: f64,
    /// A power of two.
    pub scale: f64,
}

impl<T: Real> Scaled<T> {
    pub fn new(values: &[T]) -> Self {
        let extent = extent(values);
        let (min, max) = (extent.min.to_f64(), extent.max.to_f64());
        let shift = (min / 2.0 + max / 2.0).clamp(min.min(max), max.max(min));
        Self { extent, shift, scale: power_of_two_near(1.0 / (max - min)) }
    }

    fn moments(&self, values: &[T]) -> Moments {
        let count = self.extent.count;
        let missing = (values.len() - count) as u64;
        let (min, max) = (self.extent.min.to_f64(), self.extent.max.to_f64());
        let known = |mean, sd| Moments { count: count as u64, missing, mean, sd, min, max };
        if count == 0 {
            return Moments { min: f64::NAN, max: f64::NAN, ..known(f64::NAN, f64::NAN) };
        } else if min == max && min.is_finite() {
            return known(min, 0.0);
        } else if min.is_infinite() || max.is_infinite() {
            return known(min + max, f64::NAN);
        }
        let n = count as f64;
        let rough = powers(values, [self.shift, self.scale, 0.0, 1.0])[0] / n;
        let [sum, squares, ..] = powers(values, [self.shift, self.scale, rough, 1.0]);
        let mean = self.shift + (rough + sum / n) / self.scale;
        known(mean.clamp(min, max), (squares / n - (sum / n).powi(2)).sqrt() / self.scale)
    }
}

/// The power of two at or below a positive number, held between 2^-1000 and 2^1000 so that it can be divided by.
fn power_of_two_near(value: f64) -> f64 {
    let exponent_only = f64::from_bits(value.to_bits() & 0x7ff0_0000_0000_0000);
    exponent_only.clamp(2_f64.powi(-1000), 2_f64.powi(1000))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(found: f64, expected: f64, tolerance: f64) -> bool {
        found == expected || (found - expected).abs() <= tolerance * expected.abs()
    }

    /// -2.5, -1.5 .. 2.5 have mean 0 and variance 35 / 12.
    fn six(scale: f64, offset: f64) -> Vec<f64> {
        (0..6).map(|i| (f64::from(i) - 2.5) * scale + offset).collect()
    }

    #[test]
    fn offsets_and_magnitudes() {
        let sd = (35.0_f64 / 12.0).sqrt();
        let cases = [
            (1.0, 0.0),
            (1.0, 1e9),
            (1.0, 1e15),
            (1e300, 0.0),
            (2e307, 0.0),
            (1e-300, 0.0),
            (1e-300, 1e-299),
            (1e200, 1e210),
        ];
        for (scale, offset) in cases {
            // Many copies, so that the lanes, the blocks and the rest are all at work.
            let values: Vec<f64> = six(scale, offset).into_iter().cycle().take(6 * 999).collect();
            let found = moments(&values);
            let tolerance = 1e-14_f64.max(2.0 * f64::EPSILON * offset / scale);
            assert!(close(found.sd, sd * scale, tolerance), "{scale} {offset}: {found:?}");
            assert!((found.mean - offset).abs() <= 1e-15 * offset + 1e-15 * scale, "{scale} {offset}: {found:?}");
            assert_eq!((found.min, found.max, found.count), (values[0], values[5], 5994));
        }
    }

    #[test]
    fn subnormal_numbers() {
        let tiny = |k: u64| f64::from_bits(k);
        let found = moments(&[tiny(2), tiny(4), tiny(4), tiny(4), tiny(5), tiny(5), tiny(7), tiny(9)]);
        assert_eq!((found.mean, found.sd), (tiny(5), tiny(2)));
    }

    #[test]
    fn missing_constant_infinite_and_empty() {
        let found = moments(&[f64::NAN, 2.0, 4.0, 4.0, f64::NAN, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert_eq!(found, Moments { count: 8, missing: 2, mean: 5.0, sd: 2.0, min: 2.0, max: 9.0 });
        let found = moments(&[0.1_f32; 1000]);
        assert_eq!((found.mean, found.sd), (f64::from(0.1_f32), 0.0));
        assert_eq!(moments(&[1.7e308; 3]).mean, 1.7e308);
        let found = moments(&[f64::INFINITY, 1.0]);
        assert!(found.mean == f64::INFINITY && found.sd.is_nan());
        let found = moments(&[f64::NAN; 3]);
        assert!(
            found.count == 0 && found.missing == 3 && found.mean.is_nan() && found.min.is_nan() && found.sd.is_nan()
        );
        assert!(moments::<f32>(&[]).max.is_nan());
    }

    #[test]
    fn a_guess_far_off_is_noticed() {
        // The guess reads every 32nd value; those lie 1e12 from all others.
        let values: Vec<f64> = (0..32 * 320).map(|i| if i % 320 == 0 { 1e12 } else { f64::from(i % 2) }).collect();
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let (a, b) = (moments(&values), moments(&sorted));
        assert!(close(a.mean, b.mean, 1e-15) && close(a.sd, b.sd, 1e-14), "{a:?} {b:?}");
        // Nothing but zeros where the guess looks, and a small spread around 1e9 elsewhere: exact by hand.
        let values: Vec<f64> = (0..3200).map(|i| if i % 100 == 0 { 0.0 } else { 1e9 + f64::from(i % 2) }).collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let sd = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
        let found = moments(&values);
        assert!(close(found.mean, mean, 1e-15) && close(found.sd, sd, 1e-14), "{found:?} {mean} {sd}");
    }

    proptest! {
        #[test]
        fn shift_and_power_of_two_scale(
            whole in prop::collection::vec(-1000_i32..1000, 2..3000), offset in -1_000_000_i32..1_000_000,
            exponent in -1030_i32..1000, holes in 0_usize..4,
        ) {
            // Whole numbers, shifted, then scaled by a power of two: everything is exact until the square root.
            let scale = 2_f64.powi(exponent / 2) * 2_f64.powi(exponent - exponent / 2);
            let mut values: Vec<f64> = whole.iter().map(|&k| (f64::from(k) + f64::from(offset)) * scale).collect();
            let n = whole.len() as i128;
            let (sum, squares) = whole.iter().fold((0_i128, 0_i128), |(s, q), &k| (s + i128::from(k), q + i128::from(k).pow(2)));
            let sd = ((n * squares - sum * sum) as f64).sqrt() / n as f64 * scale;
            let mean = (sum as f64 / n as f64 + f64::from(offset)) * scale;
            for i in 0..holes {
                values.insert(i * 7 % values.len(), f64::NAN);
            }
            let found = moments(&values);
            // Results may themselves be subnormal: half a unit of the last place there.
            prop_assert!((found.sd - sd).abs() <= 1e-13 * sd + 1e-323, "{} {}", found.sd, sd);
            prop_assert!((found.mean - mean).abs() <= 1e-14 * (sd + mean.abs()) + 1e-323, "{} {}", found.mean, mean);
            prop_assert_eq!(found.missing, holes as u64);
        }
    }
}
