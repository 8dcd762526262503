//! From the statistics and the data to a trace.

use ndarray::{ArrayView3, s};

use super::totals::Members;
use super::{
    Application, ArrayIndex, CenterStep, Interpolation, Replay, ScaleStep, SharedValues, StatisticsSource, Substitute,
    Trace, TraceStage,
};
use crate::fitting::transform::transform_one;
use crate::statistics::double::{Double, exponent, power_of_two, shift};
use crate::statistics::exact::half_range;
use crate::statistics::order::normal_quantile;
use crate::{Affine, Center, Error, Fitted, GroupStatistics, Real, Recipe, Scale, Shape};

impl Fitted {
    pub(crate) fn trace_here<T: Real>(
        &self,
        x: ArrayView3<T>,
        source: StatisticsSource<T>,
        cell: ArrayIndex,
    ) -> Result<Trace, Error> {
        let shape = Shape::of(&x);
        self.check(shape, shape)?;
        cell.check(shape)?;
        let grouping = self.recipe.grouping;
        let index = grouping.index(shape, cell.example, cell.feature, cell.position);
        let statistics = self.groups[index];
        let fitted = match &source {
            StatisticsSource::Values(values) if Shape::of(values) != self.shape => {
                return Err(Error::ShapeMismatch { expected: self.shape, found: Shape::of(values) });
            }
            StatisticsSource::Values(_) => Some(grouping.members(self.shape, index)),
            _ => None,
        };
        let members = match (&source, fitted.clone()) {
            (StatisticsSource::Values(values), Some([examples, features, positions])) => {
                Some(Members::new(values.slice(s![examples, features, positions]), statistics.count))
            }
            _ => None,
        };
        let (affine_folded, affine) = self.affine_at(x, cell.index()).ok_or(Error::Empty { shape })?;
        let affine = affine.map(|(gamma, beta)| Affine { gamma: vec![gamma], beta: vec![beta] });
        let recipe = Recipe { affine, ..self.recipe.clone() };
        let value = x[cell.index()];
        let output = Real::to_f64(transform_one(&recipe, &statistics, affine_folded, value));
        let value = Real::to_f64(value);
        let steps = Steps::new(&recipe, &statistics, members);
        let (center, scale) = steps.stages(matches!(source, StatisticsSource::Running));
        let application = Application::new(&recipe, &statistics, value, output);
        Ok(Trace {
            cell,
            value,
            group: SharedValues {
                index,
                members: grouping.members(shape, index),
                fitted,
                extent: steps.extent,
                statistics,
            },
            center,
            scale,
            application: TraceStage { exponent: statistics.exponent, step: application },
            output,
            replay: Replay { recipe, single: T::SINGLE, affine_folded },
        })
    }
}

/// How the statistics of a group were found.
struct Steps<'a, T> {
    recipe: &'a Recipe,
    group: &'a GroupStatistics,
    members: Option<Members<'a, T>>,
    extent: Option<(f64, f64)>,
    /// Low quantile, high quantile and median, as far as they are needed, in units of 2^exponent of the group.
    quantiles: Vec<Interpolation>,
}

impl<'a, T: Real> Steps<'a, T> {
    fn new(recipe: &'a Recipe, group: &'a GroupStatistics, members: Option<Members<'a, T>>) -> Self {
        let defined = members.as_ref().filter(|_| group.count > 0 && !group.scale.is_nan());
        let mut fractions = Vec::with_capacity(3);
        if let Scale::InterquantileRange { low, high, .. } = recipe.scale {
            fractions.extend([low, high]);
        }
        if recipe.center == Center::Median {
            fractions.push(0.5);
        }
        let extent = defined.map(Members::extent);
        let quantiles = match (defined, extent) {
            (Some(members), Some(extent)) if !fractions.is_empty() => {
                let found = members.neighbours(group.exponent, extent, &fractions);
                fractions.iter().zip(found).map(|(fraction, found)| Interpolation::new(*fraction, found)).collect()
            }
            _ => Vec::new(),
        };
        Self { recipe, group, extent, members, quantiles }
    }

    fn stages(&self, running: bool) -> (TraceStage<CenterStep>, TraceStage<ScaleStep>) {
        let unit = self.group.exponent;
        let (center, _, scale) = self.group.reduced;
        let (Some(members), Some(extent)) = (&self.members, self.extent) else {
            let known = self.members.is_none() && !self.group.scale.is_nan();
            let center = match self.recipe.center {
                Center::None => CenterStep::None,
                _ if known => CenterStep::Given { center },
                _ => CenterStep::Undefined,
            };
            let (exponent, scale) = match self.recipe.scale {
                Scale::None => (0, ScaleStep::None),
                _ if !known => (0, ScaleStep::Undefined),
                _ if running => (0, self.running()),
                _ => (unit, ScaleStep::Given { scale }),
            };
            return (TraceStage { exponent: unit, step: center }, TraceStage { exponent, step: scale });
        };
        let (center_step, mean) = self.center(members, extent);
        (TraceStage { exponent: unit, step: center_step }, self.scale(members, extent, mean))
    }

    /// Running statistics are never so extreme that plain numbers would not do.
    fn running(&self) -> ScaleStep {
        let (variance, eps) = (self.group.dispersion, self.recipe.eps);
        let sum = variance + eps;
        let substitute = (sum == 0.0).then_some(Substitute::NoVariance);
        ScaleStep::Running { variance, eps, sum, scale: sum.sqrt(), substitute }
    }

    /// The centre, and the mean for those that need it, in units of 2^exponent of the group.
    fn center(&self, members: &Members<T>, (min, max): (f64, f64)) -> (CenterStep, Double) {
        let unit = self.group.exponent;
        let (center, low, _) = self.group.reduced;
        let deviation = matches!(self.recipe.scale, Scale::StandardDeviation(_));
        let mean = if self.recipe.center == Center::Mean {
            Double { high: center, low }
        } else if min == max {
            Double { high: min * power_of_two(-unit), low: 0.0 }
        } else if deviation {
            members.sum(unit).1.divided_by(members.count as f64)
        } else {
            Double::default()
        };
        let step = match self.recipe.center {
            Center::None => CenterStep::None,
            Center::Mean => CenterStep::Mean { sum: members.sum(unit).0, count: members.count, center, low },
            Center::Min => CenterStep::Min { center },
            Center::Median => match self.quantiles.last() {
                Some(between) => CenterStep::Median { between: *between, center, low },
                None => CenterStep::Undefined,
            },
        };
        (step, mean)
    }

    /// `mean` is in units of 2^exponent of the group.
    fn scale(&self, members: &Members<T>, (min, max): (f64, f64), mean: Double) -> TraceStage<ScaleStep> {
        let (recipe, unit) = (self.recipe, self.group.exponent);
        let plain = power_of_two(-unit);
        let constant = (min == max).then_some(Substitute::Constant);
        let magnitude = min.abs().max(max.abs());
        let zeros = (magnitude == 0.0).then_some(Substitute::Zeros);
        let without_eps = |substitute: Option<Substitute>| substitute.filter(|_| recipe.eps == 0.0);
        let (exponent, step) = match recipe.scale {
            Scale::None => (0, ScaleStep::None),
            Scale::StandardDeviation(divisor) => {
                let exponent = safe_to_square(half_range(min, max).max(recipe.eps.sqrt()));
                let moved = Double { high: shift(mean.high, unit - exponent), low: shift(mean.low, unit - exponent) };
                let squares = members.squares(exponent, moved);
                let by = divisor.of(members.count);
                let substitute = without_eps(constant);
                let (eps, scale) = (shift(recipe.eps, -2 * exponent), self.scale_in(exponent, substitute));
                let variance = self.dispersion_in(exponent, squares.total / by);
                let (Double { high: mean, low }, sum) = (moved, variance + eps);
                let step = ScaleStep::StandardDeviation {
                    mean,
                    low,
                    squares,
                    divisor,
                    by,
                    variance,
                    eps,
                    sum,
                    scale,
                    substitute,
                };
                (exponent, step)
            }
            Scale::RootMeanSquare => {
                let exponent = safe_to_square(magnitude.max(recipe.eps.sqrt()));
                let squares = members.squares(exponent, Double::default());
                let (count, substitute) = (members.count, without_eps(zeros));
                let (eps, scale) = (shift(recipe.eps, -2 * exponent), self.scale_in(exponent, substitute));
                let mean_square = self.dispersion_in(exponent, squares.total / count as f64);
                let sum = mean_square + eps;
                (exponent, ScaleStep::RootMeanSquare { squares, count, mean_square, eps, sum, scale, substitute })
            }
            Scale::L2 => {
                let exponent = safe_to_square(magnitude);
                let squares = members.squares(exponent, Double::default());
                (exponent, ScaleStep::L2 { squares, scale: self.scale_in(exponent, zeros), substitute: zeros })
            }
            Scale::L1 => {
                let (absolutes, scale) = (members.absolute(unit), self.scale_in(unit, zeros));
                (unit, ScaleStep::L1 { absolutes, scale, substitute: zeros })
            }
            Scale::Range => {
                let (min, max, scale) = (min * plain, max * plain, self.scale_in(unit, constant));
                (unit, ScaleStep::Range { min, max, scale, substitute: constant })
            }
            Scale::MaxAbs => {
                let (min, max, scale) = (min * plain, max * plain, self.scale_in(unit, zeros));
                (unit, ScaleStep::MaxAbs { min, max, scale, substitute: zeros })
            }
            Scale::InterquantileRange { low, high, unit_variance } => (
                unit,
                self.interquantile_range(constant, unit_variance.then(|| normal_quantile(high) - normal_quantile(low))),
            ),
        };
        TraceStage { exponent, step }
    }

    fn interquantile_range(&self, constant: Option<Substitute>, normal: Option<f64>) -> ScaleStep {
        let [low, high, ..] = self.quantiles[..] else { return ScaleStep::Undefined };
        let (from, to) = (low.double(), high.double());
        let difference = (to.high - from.high) + (to.low - from.low);
        // What is put in place of 0 is 1; a difference too small for plain numbers is none the less there.
        let nothing = self.group.dispersion == 0.0 && self.group.scale == 1.0;
        let substitute = constant.or_else(|| nothing.then_some(Substitute::NoSpread));
        let scale = self.scale_in(self.group.exponent, substitute);
        ScaleStep::InterquantileRange { low, high, difference, normal, scale, substitute }
    }

    /// The scale that the data gave, in units of 2^exponent.
    fn scale_in(&self, exponent: i32, substitute: Option<Substitute>) -> f64 {
        let (_, _, reduced) = self.group.reduced;
        if substitute.is_some() { 0.0 } else { shift(reduced, self.group.exponent - exponent) }
    }

    /// The variance or mean square of the group: its own where that is plain, else what was `found` in units of
    /// 4^exponent.
    fn dispersion_in(&self, exponent: i32, found: f64) -> f64 {
        if exponent == 0 { self.group.dispersion } else { found }
    }
}

/// 0 where numbers of this size can be squared and added up as they are, else their exponent.
fn safe_to_square(size: f64) -> i32 {
    if size == 0.0 || (1e-130..1e140).contains(&size) { 0 } else { exponent(size) }
}
