//! The gradient of one output by the inputs of its group: the row of the Jacobian that [`Fitted::gradient`](crate::Fitted::gradient)
//! gives for a `dy` of 1 at this output and 0 elsewhere, from a trace alone.

use super::{Dependence, GroupSums, Pull};
use crate::trace::{Application, Trace};
use crate::{Affine, Error};

/// What rounding leaves of a difference that is 0, as a part of its largest term: each term is rounded some times.
const ROUNDING: f64 = 8.0 * f64::EPSILON;

/// How one output moves with each input of its group.
///
/// With `xhat = (x - centre) / scale` and n members:
///
/// `dy_i/dx_j = gamma / scale * ([i = j] - 1/n - xhat_i * xhat_j / d)`, without `1/n` where no mean is subtracted, and
/// without the last term where the scale is a constant.
///
/// d is the divisor of the variance, n for the mean square, 1 for the root of the sum of squares. Where the data gave a
/// scale of 0, which 1 took the place of, the scale counts as a constant.
///
/// Source: Ioffe & Szegedy 2015, "Batch Normalization", section 3, with `dy` one-hot; the same holds for every grouping.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputGradient {
    /// 1 without an affine part.
    pub gamma: f64,
    /// 1 where nothing is divided.
    pub scale: f64,
    /// n: the values whose statistics these are.
    pub count: usize,
    /// `(x - centre) / scale` of the value itself, in the output before gamma and beta.
    pub xhat: f64,
    /// Whether a mean is subtracted that moves with the inputs.
    pub has_mean: bool,
    /// d, where the scale moves with the inputs.
    pub divisor: Option<f64>,
    /// `gamma / scale`: by the value itself, were centre and scale constants.
    pub fixed: f64,
    /// By the value itself.
    pub own: f64,
    /// By another value of the group; `None` where there is none, or the statistics are constants.
    pub other: Option<OtherInput>,
    pub total: GradientTotal,
}

/// Another input of the group, and the derivative by it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OtherInput {
    pub which: GroupEnd,
    pub value: f64,
    pub xhat: f64,
    pub gradient: f64,
    /// No other input of the group moves the output more.
    pub is_most: bool,
}

/// Which inputs of a group are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupEnd {
    Least,
    Greatest,
    /// All are equal.
    Every,
}

/// What the derivatives by all inputs of the group come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientTotal {
    /// The statistics are constants: the one by the value itself is the only one.
    Own,
    /// Their sum is 0: an amount that is added to all inputs moves the mean by it, and no output.
    Shift,
    /// The sum of each times its input is `gamma * xhat * eps / scale^2`. Without eps that is 0: a factor on all inputs is a
    /// factor on the scale, and moves no output.
    Factor(f64),
}

impl Trace {
    /// How the output moves with each input of its group. `None` where there is no output.
    ///
    /// Statistics that were found elsewhere are constants, whatever `dependence` says.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a recipe that is no norm layer, as [`crate::Fitted::gradient`] has it.
    pub fn gradient(&self, dependence: Dependence) -> Result<Option<OutputGradient>, Error> {
        let recipe = &self.replay.recipe;
        let dependence = if self.group.fitted.is_some() { dependence } else { Dependence::Constant };
        let pull = Pull::of(recipe, dependence)?;
        let Application::Steps(_) = &self.application.step else { return Ok(None) };
        let statistics = &self.group.statistics;
        let sums = GroupSums::new(statistics);
        let gamma = match &recipe.affine {
            Some(Affine { gamma, .. }) => gamma[0],
            None => 1.0,
        };
        let replaced = self.scale.step.substitute().is_some();
        let mut found = OutputGradient {
            gamma,
            scale: statistics.scale,
            count: statistics.count,
            xhat: sums.xhat(self.value),
            has_mean: pull.of_center,
            divisor: (pull.of_scale && !replaced).then(|| pull.divisor(statistics.count)),
            fixed: gamma * sums.slope,
            own: 0.0,
            other: None,
            total: GradientTotal::Own,
        };
        found.own = found.by(1.0, found.xhat);
        if pull.of_center {
            found.total = GradientTotal::Shift;
        } else if found.divisor.is_some() {
            found.total = GradientTotal::Factor(gamma * found.xhat * (recipe.eps * sums.slope) * sums.slope);
        }
        if let (Some(extent), true) = (self.group.extent, found.total != GradientTotal::Own) {
            found.other = found.other_than(self.value, extent, &sums);
        }
        Ok(Some(found))
    }
}

impl OutputGradient {
    /// By an input with this `xhat`; `same` is 1 for the value itself and 0 for another.
    fn by(&self, same: f64, xhat: f64) -> f64 {
        let mean = if self.has_mean { 1.0 / self.count as f64 } else { 0.0 };
        let spread = self.divisor.map_or(0.0, |divisor| self.xhat * xhat / divisor);
        let (sum, largest) = (same - mean - spread, same.max(mean).max(spread.abs()));
        if sum.abs() <= ROUNDING * largest { 0.0 } else { sum * self.fixed }
    }

    /// The derivative is linear in the input: the largest is at an end of the group, but where the value itself is that end,
    /// the largest of the others may be anywhere.
    fn other_than(&self, value: f64, (min, max): (f64, f64), sums: &GroupSums) -> Option<OtherInput> {
        let at = |which, value| {
            let xhat = sums.xhat(value);
            OtherInput { which, value, xhat, gradient: self.by(0.0, xhat), is_most: true }
        };
        if min == max {
            return (self.count > 1).then(|| at(GroupEnd::Every, min));
        }
        let (least, greatest) = (at(GroupEnd::Least, min), at(GroupEnd::Greatest, max));
        let (first, second) = match least.gradient.abs() >= greatest.gradient.abs() {
            true => (least, greatest),
            false => (greatest, least),
        };
        Some(if first.value == value { OtherInput { is_most: false, ..second } } else { first })
    }
}

#[cfg(test)]
mod tests;
