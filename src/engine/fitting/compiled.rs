//! The work on many numbers, compiled in this package for both kinds of numbers.
//!
//! Generic code is compiled where it is used, and by that package's profile: the page is built for size. These functions
//! are not generic, so the loops behind them are built as the engine is, for speed.

use ndarray::{ArrayView3, ArrayViewMut3};

use crate::statistics::{density, histogram, moments, quantile, summary};
use crate::trace::{ArrayIndex, StatisticsSource, Trace};
use crate::{
    AffineGradient, BinCounts, DensityEstimate, Dependence, Error, Fitted, Moments, QuartileHints, Recipe, Summary,
};

/// Implemented for f32 and f64; call the functions of the same names instead.
pub trait Compiled: Sized {
    fn fit(recipe: &Recipe, x: ArrayView3<Self>) -> Result<Fitted, Error>;
    fn normalize_into(recipe: &Recipe, x: ArrayView3<Self>, out: ArrayViewMut3<Self>) -> Result<Fitted, Error>;
    fn transform_into(fitted: &Fitted, x: ArrayView3<Self>, out: ArrayViewMut3<Self>) -> Result<(), Error>;
    fn gradient_into(
        fitted: &Fitted,
        x: ArrayView3<Self>,
        dy: ArrayView3<Self>,
        dependence: Dependence,
        dx: ArrayViewMut3<Self>,
        affine: &mut AffineGradient,
    ) -> Result<(), Error>;
    fn trace(
        fitted: &Fitted,
        x: ArrayView3<Self>,
        source: StatisticsSource<Self>,
        cell: ArrayIndex,
    ) -> Result<Trace, Error>;
    fn moments(values: &[Self]) -> Moments;
    fn range(values: &[Self]) -> Option<(f64, f64)>;
    fn quantiles(values: &[Self], fractions: &[f64], scratch: &mut Vec<Self>) -> Vec<f64>;
    fn summarize_near(values: &[Self], quartile_hints: &QuartileHints, scratch: &mut Vec<Self>) -> Summary;
    fn quartile_hints(values: &[Self], scratch: &mut Vec<Self>) -> QuartileHints;
    fn histogram(values: &[Self], low: f64, high: f64, bins: usize) -> BinCounts;
    fn density(values: &[Self], low: f64, high: f64, points: usize, bandwidth: Option<f64>) -> DensityEstimate;
}

macro_rules! compiled {
    ($($real:ty)*) => {$(
        impl Compiled for $real {
            fn fit(recipe: &Recipe, x: ArrayView3<Self>) -> Result<Fitted, Error> {
                recipe.fit_here(x)
            }
            fn normalize_into(recipe: &Recipe, x: ArrayView3<Self>, out: ArrayViewMut3<Self>) -> Result<Fitted, Error> {
                recipe.normalize_into_here(x, out)
            }
            fn transform_into(fitted: &Fitted, x: ArrayView3<Self>, out: ArrayViewMut3<Self>) -> Result<(), Error> {
                fitted.transform_into_here(x, out)
            }
            fn gradient_into(
                fitted: &Fitted,
                x: ArrayView3<Self>,
                dy: ArrayView3<Self>,
                dependence: Dependence,
                dx: ArrayViewMut3<Self>,
                affine: &mut AffineGradient,
            ) -> Result<(), Error> {
                fitted.gradient_into_here(x, dy, dependence, dx, affine)
            }
            fn trace(fitted: &Fitted, x: ArrayView3<Self>, source: StatisticsSource<Self>, cell: ArrayIndex) -> Result<Trace, Error> {
                fitted.trace_here(x, source, cell)
            }
            fn moments(values: &[Self]) -> Moments {
                moments::moments_here(values)
            }
            fn range(values: &[Self]) -> Option<(f64, f64)> {
                moments::range_here(values)
            }
            fn quantiles(values: &[Self], fractions: &[f64], scratch: &mut Vec<Self>) -> Vec<f64> {
                quantile::quantiles_here(values, fractions, scratch)
            }
            fn summarize_near(values: &[Self], quartile_hints: &QuartileHints, scratch: &mut Vec<Self>) -> Summary {
                summary::summarize_here(values, quartile_hints, scratch)
            }
            fn quartile_hints(values: &[Self], scratch: &mut Vec<Self>) -> QuartileHints {
                QuartileHints::of_here(values, scratch)
            }
            fn histogram(values: &[Self], low: f64, high: f64, bins: usize) -> BinCounts {
                histogram::histogram_here(values, low, high, bins)
            }
            fn density(values: &[Self], low: f64, high: f64, points: usize, bandwidth: Option<f64>) -> DensityEstimate {
                density::density_here(values, low, high, points, bandwidth)
            }
        }
    )*};
}

compiled! { f32 f64 }
