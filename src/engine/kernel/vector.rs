//! Numbers side by side in a register of 128 bits.

use std::ops::{Add, Mul, Sub};

use wide::{f32x4, f64x2};

/// A kind of number and its registers.
pub trait Vectorized: Sized {
    type Vector: Vector<Self>;

    /// Two numbers as f64.
    fn widen(values: [Self; 2]) -> f64x2;
}

/// How many numbers a register may hold.
pub const MOST: usize = 4;

/// A register full of `T`.
pub trait Vector<T>: Copy + Add<Output = Self> + Mul<Output = Self> + Sub<Output = Self> {
    /// How many numbers it holds.
    const LEN: usize;

    fn splat(value: T) -> Self;
    /// The numbers at 0, 1, ...
    fn of(number: impl Fn(usize) -> T) -> Self;
    /// Its numbers, and zeros up to [`MOST`].
    fn numbers(self) -> [T; MOST];
    /// Writes over the first numbers of a slice.
    fn store(self, values: &mut [T]);
    /// The lesser of each, `other` where this is NaN.
    fn lesser(self, other: Self) -> Self;
    /// The greater of each, `other` where this is NaN.
    fn greater(self, other: Self) -> Self;
}

impl Vectorized for f64 {
    type Vector = f64x2;

    #[inline(always)]
    fn widen(values: [Self; 2]) -> f64x2 {
        f64x2::new(values)
    }
}

impl Vectorized for f32 {
    type Vector = f32x4;

    #[inline(always)]
    fn widen(values: [Self; 2]) -> f64x2 {
        f64x2::new(values.map(f64::from))
    }
}

macro_rules! vector {
    ($number:ty, $vector:ty, $len:literal) => {
        impl Vector<$number> for $vector {
            const LEN: usize = $len;

            #[inline(always)]
            fn splat(value: $number) -> Self {
                Self::new([value; $len])
            }
            #[inline(always)]
            fn of(number: impl Fn(usize) -> $number) -> Self {
                Self::new(std::array::from_fn(number))
            }
            #[inline(always)]
            fn numbers(self) -> [$number; MOST] {
                let mut numbers = [0.0; MOST];
                self.store(&mut numbers);
                numbers
            }
            #[inline(always)]
            fn store(self, values: &mut [$number]) {
                values[..$len].copy_from_slice(&self.to_array());
            }
            // What an instruction makes of NaN is another thing on every machine: known for wasm, where speed counts.
            #[inline(always)]
            fn lesser(self, other: Self) -> Self {
                if cfg!(target_arch = "wasm32") {
                    other.fast_min(self)
                } else {
                    self.simd_lt(other).bitselect(self, other)
                }
            }
            #[inline(always)]
            fn greater(self, other: Self) -> Self {
                if cfg!(target_arch = "wasm32") {
                    other.fast_max(self)
                } else {
                    self.simd_gt(other).bitselect(self, other)
                }
            }
        }
    };
}

vector!(f32, f32x4, 4);
vector!(f64, f64x2, 2);
