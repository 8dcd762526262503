//! The statistics of one group of finite values, for every magnitude and offset: the path that is always right. What the
//! fast kernels cannot vouch for comes here.

use crate::statistics::double::{Double, LIMIT, exponent, power_of_two, shift, two_sum};
use crate::statistics::moments::Extent;
use crate::statistics::order::{exact_quantiles, normal_quantile};
use crate::statistics::quantile::neighbours_within;
use crate::{Center, GroupStatistics, Recipe, Scale};

/// Scratch memory, reused from group to group.
#[derive(Default)]
pub(crate) struct Scratch {
    pub values: Vec<f64>,
    sorted: Vec<f64>,
}

/// A number times 2^exponent.
#[derive(Clone, Copy)]
struct ScaledNumber {
    value: f64,
    exponent: i32,
}

/// Centre, scale and the rest of a group, given all its finite values and how many were missing.
pub(crate) fn statistics(recipe: &Recipe, scratch: &mut Scratch, missing: usize) -> GroupStatistics {
    let Scratch { values, sorted } = scratch;
    let values: &[f64] = values;
    if values.is_empty() {
        return GroupStatistics::empty(missing);
    }
    let (min, max) =
        values.iter().fold((values[0], values[0]), |(a, b), &v| (if v < a { v } else { a }, if v > b { v } else { b }));
    let magnitude = min.abs().max(max.abs());
    let constant = min == max;
    let unit = exponent(magnitude);
    // The median and what a range lies between are looked for together.
    let (low, high) = match recipe.scale {
        Scale::InterquantileRange { low, high, .. } => (low, high),
        _ => (0.5, 0.5),
    };
    let looked_for = recipe.center == Center::Median || matches!(recipe.scale, Scale::InterquantileRange { .. });
    let extent = Extent { count: values.len(), min, max };
    let found = if looked_for { neighbours_within(values, extent, &[0.5, low, high], sorted) } else { Vec::new() };
    let center = match recipe.center {
        Center::None => Double::default(),
        _ if constant => Double { high: min * power_of_two(-unit), low: 0.0 },
        Center::Mean => mean(values, unit),
        Center::Median => exact_quantiles(&found[..1], unit)[0],
        Center::Min => Double { high: min * power_of_two(-unit), low: 0.0 },
    };
    let (dispersion, scale) = match recipe.scale {
        Scale::None => (1.0, ScaledNumber { value: 1.0, exponent: 0 }),
        Scale::StandardDeviation(divisor) => {
            let mean = if recipe.center == Center::Mean { center } else { mean(values, unit) };
            let power = exponent_with_eps(half_range(min, max), recipe.eps);
            let squares = if constant { 0.0 } else { squares_about(values, mean, unit, power) };
            root(squares / divisor.of(values.len()), recipe.eps, power)
        }
        Scale::RootMeanSquare => {
            let power = exponent_with_eps(magnitude, recipe.eps);
            root(squares_about(values, Double::default(), 0, power) / values.len() as f64, recipe.eps, power)
        }
        Scale::L2 => {
            let power = exponent(magnitude);
            let (_, length) = root(squares_about(values, Double::default(), 0, power), 0.0, power);
            (shift(length.value, length.exponent), length)
        }
        Scale::L1 => {
            let power = power_of_two(-unit);
            let mut sum = Double::default();
            values.iter().for_each(|value| sum.add((value * power).abs()));
            plain(sum.value(), unit)
        }
        Scale::MaxAbs => plain(magnitude, 0),
        Scale::Range => range(min, max),
        Scale::InterquantileRange { low, high, unit_variance } => {
            let ends = exact_quantiles(&found[1..], unit);
            let range = (ends[1].high - ends[0].high) + (ends[1].low - ends[0].low);
            let adjust = if unit_variance { normal_quantile(high) - normal_quantile(low) } else { 1.0 };
            plain(if constant { 0.0 } else { range / adjust }, unit)
        }
    };
    assemble(recipe, Parts { count: values.len(), missing, min, max, constant, center, unit, dispersion, scale })
}

/// What chunks gathered of a group: mean and sum of squared differences to it, in units of 2^exponent and 4^exponent.
pub(crate) struct ExactMoments {
    pub count: usize,
    pub missing: usize,
    pub min: f64,
    pub max: f64,
    pub mean: Double,
    pub squares: Double,
    pub exponent: i32,
}

/// As [`statistics`], from what chunks gathered; for the centres and scales that can be gathered.
pub(crate) fn gathered(recipe: &Recipe, moments: ExactMoments) -> GroupStatistics {
    let ExactMoments { count, missing, min, max, mean, squares, exponent: unit } = moments;
    if count == 0 {
        return GroupStatistics::empty(missing);
    }
    let constant = min == max;
    let center = match recipe.center {
        Center::None => Double::default(),
        Center::Mean if !constant => mean,
        _ => Double { high: min * power_of_two(-unit), low: 0.0 },
    };
    let magnitude = min.abs().max(max.abs());
    let (dispersion, scale) = match recipe.scale {
        Scale::StandardDeviation(divisor) => {
            let power = exponent_with_eps(half_range(min, max), recipe.eps);
            let squares = if constant { 0.0 } else { shift(squares.value(), 2 * (unit - power)) };
            root(squares / divisor.of(count), recipe.eps, power)
        }
        Scale::Range => range(min, max),
        Scale::MaxAbs => plain(magnitude, 0),
        _ => plain(1.0, 0),
    };
    assemble(recipe, Parts { count, missing, min, max, constant, center, unit, dispersion, scale })
}

fn range(min: f64, max: f64) -> (f64, ScaledNumber) {
    if (max - min).is_finite() { plain(max - min, 0) } else { plain(max * 0.25 - min * 0.25, 2) }
}

struct Parts {
    count: usize,
    missing: usize,
    min: f64,
    max: f64,
    constant: bool,
    center: Double,
    unit: i32,
    dispersion: f64,
    scale: ScaledNumber,
}

/// Puts centre and scale into one unit: the plain one unless digits would be lost there.
fn assemble(recipe: &Recipe, parts: Parts) -> GroupStatistics {
    let Parts { count, missing, min, max, constant, center, unit, dispersion, scale } = parts;
    let scale = if scale.value == 0.0 { ScaledNumber { value: 1.0, exponent: 0 } } else { scale };
    let center_plain = (shift(center.high, unit), shift(center.low, unit));
    let scale_plain = shift(scale.value, scale.exponent);
    let magnitude = min.abs().max(max.abs());
    let ends = recipe.center == Center::Min || matches!(recipe.scale, Scale::Range | Scale::MaxAbs);
    let ordinary = |value: f64| (-900..=990).contains(&exponent(value));
    let extreme = (magnitude != 0.0 && !ordinary(magnitude)) || !ordinary(scale_plain) || !scale_plain.is_finite();
    let (exponent, reduced) = if extreme {
        let reduced_scale = shift(scale.value, (scale.exponent - unit).clamp(-2000, 2000));
        (unit, (center.high, center.low, reduced_scale))
    } else {
        (0, (center_plain.0, center_plain.1, scale_plain))
    };
    GroupStatistics {
        count,
        missing,
        center: center_plain.0,
        scale: scale_plain,
        dispersion,
        min: if ends { min } else { f64::NAN },
        max: if ends { max } else { f64::NAN },
        constant: constant && recipe.scale.is_spread(),
        center_low: center_plain.1,
        reduced,
        exponent,
    }
}

fn plain(value: f64, exponent: i32) -> (f64, ScaledNumber) {
    (shift(value, exponent), ScaledNumber { value, exponent })
}

/// The mean in units of 2^unit.
fn mean(values: &[f64], unit: i32) -> Double {
    let power = power_of_two(-unit);
    let mut sum = Double::default();
    values.iter().for_each(|value| sum.add(value * power));
    sum.tidy().divided_by(values.len() as f64)
}

/// The sum of `((x - center) * 2^-power)^2`; `center` is in units of 2^unit.
fn squares_about(values: &[f64], center: Double, unit: i32, power: i32) -> f64 {
    let factor = power_of_two(-power);
    // Differences to the centre are below 2^power, so the centre is at most 2^54 in these units.
    let center = Double { high: shift(center.high, unit - power), low: shift(center.low, unit - power) };
    let mut sum = Double::default();
    for value in values {
        let (difference, error) = two_sum(value * factor, -center.high);
        sum.add_square(difference + (error - center.low));
    }
    sum.value()
}

/// Half of what lies between two values: 0 only when they are equal, and never infinite.
pub(crate) fn half_range(min: f64, max: f64) -> f64 {
    let half = max * 0.5 - min * 0.5;
    if half == 0.0 { max - min } else { half }
}

/// A power of two near the larger of a spread and the square root of eps, so that their squares neither overflow nor vanish.
fn exponent_with_eps(spread: f64, eps: f64) -> i32 {
    if spread == 0.0 && eps == 0.0 { 0 } else { exponent(spread.max(eps.sqrt())) }
}

/// The variance (or mean square) in plain units, and the square root of it plus eps; `mean_square` is in units of 4^power.
fn root(mean_square: f64, eps: f64, power: i32) -> (f64, ScaledNumber) {
    debug_assert!(power.abs() <= LIMIT);
    let eps = shift(eps, -2 * power);
    (shift(mean_square, 2 * power), ScaledNumber { value: (mean_square + eps).sqrt(), exponent: power })
}
