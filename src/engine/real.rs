//! The two kinds of numbers the engine computes with.

/// f32 or f64. Statistics are always accumulated in f64.
pub trait Real:
    crate::fitting::compiled::Compiled
    + crate::kernel::Vectorized
    + num_traits::Float
    + Default
    + std::fmt::Debug
    + Send
    + Sync
    + 'static
{
    /// Whether this is f32: its kernels carry the reciprocal in two parts, f64 needs no such care.
    const SINGLE: bool;

    fn to_f64(self) -> f64;
    /// Rounds to nearest.
    fn from_f64(value: f64) -> Self;
    /// The same numbers, where no conversion is needed.
    fn borrow(values: &[f64]) -> Option<&[Self]>;
}

impl Real for f32 {
    const SINGLE: bool = true;

    #[inline(always)]
    fn to_f64(self) -> f64 {
        f64::from(self)
    }
    #[inline(always)]
    fn from_f64(value: f64) -> Self {
        value as Self
    }
    fn borrow(_: &[f64]) -> Option<&[Self]> {
        None
    }
}

impl Real for f64 {
    const SINGLE: bool = false;

    #[inline(always)]
    fn to_f64(self) -> f64 {
        self
    }
    #[inline(always)]
    fn from_f64(value: f64) -> Self {
        value
    }
    fn borrow(values: &[f64]) -> Option<&[Self]> {
        Some(values)
    }
}
