//! From fast sums to the statistics of a group, when the sums can vouch for them.

use crate::kernel::{Extremes, GroupTotals};
use crate::statistics::double::{Double, exponent};
use crate::statistics::exact::{self, ExactMoments};
use crate::{Center, GroupStatistics, NonFinite, Real, Recipe, Scale};

/// Which kernel finds what a recipe needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MeasureKind {
    Moments,
    Squares,
    Absolute,
    Extremes,
    /// Quantiles, and mixtures that no named method has: value by value.
    Careful,
}

impl MeasureKind {
    pub fn of(recipe: &Recipe) -> Self {
        match (recipe.center, recipe.scale) {
            (Center::None | Center::Mean, Scale::StandardDeviation(_)) | (Center::Mean, Scale::None) => Self::Moments,
            (Center::None, Scale::RootMeanSquare | Scale::L2) => Self::Squares,
            (Center::None, Scale::L1) => Self::Absolute,
            (Center::None | Center::Min, Scale::Range | Scale::MaxAbs) | (Center::Min, Scale::None) => Self::Extremes,
            _ => Self::Careful,
        }
    }
}

/// What sums say of a group.
pub(crate) enum Verdict {
    /// The statistics are written.
    Written,
    /// Cancellation: measure again around this.
    Around(f64),
    /// Some value was not finite: leave out what is missing.
    NotFinite,
    /// Overflow, underflow: only care helps.
    Doubtful,
}

/// Sums of squares within these neither overflowed nor lost digits to underflow.
const SAFE: std::ops::Range<f64> = 1e-270..1e290;

/// How far from the mean a shift may be, as a squared number of standard deviations, for sums of squares to keep the
/// digits of the data: those of f32 stand in f64 with many to spare.
const fn tolerance<T: Real>() -> f64 {
    if T::SINGLE { 1e4 } else { 1.0 }
}

/// What was summed up of a group of `n` values, of which `sums.count` are there when `masked`.
pub(crate) struct MeasuredGroup<'a> {
    pub sums: &'a GroupTotals,
    pub shift: f64,
    pub n: usize,
    pub masked: bool,
}

/// Judges sums. What is known is written to its place: copies of so many numbers would be waited for.
#[inline(always)]
pub(crate) fn judge<T: Real>(
    recipe: &Recipe,
    kind: MeasureKind,
    measured_group: &MeasuredGroup,
    group: &mut GroupStatistics,
) -> Verdict {
    let &MeasuredGroup { sums, shift, n, masked } = measured_group;
    let (first, second) = (sums.first.value(), sums.second.value());
    if !(first.is_finite() && second.is_finite()) {
        return if masked { Verdict::Doubtful } else { Verdict::NotFinite };
    }
    let count = if masked { sums.count as usize } else { n };
    let missing = n - count;
    if missing > 0 && recipe.non_finite == NonFinite::Propagate {
        *group = GroupStatistics { count, ..GroupStatistics::empty(missing) };
        return Verdict::Written;
    }
    if count == 0 {
        *group = GroupStatistics::empty(missing);
        return Verdict::Written;
    }
    let mut found = |center: Double, dispersion: f64, scale: f64, constant: bool| {
        // Beyond these even a plain centre or scale may lose digits.
        if !(center.high.abs() < 1e290 && (1e-270..1e290).contains(&scale)) {
            return Verdict::Doubtful;
        }
        let constant = constant && recipe.scale.is_spread();
        let known = GroupStatistics::known(count, center.high, scale);
        let reduced = (center.high, center.low, scale);
        *group = GroupStatistics { missing, dispersion, constant, center_low: center.low, reduced, ..known };
        Verdict::Written
    };
    let total = count as f64;
    match kind {
        MeasureKind::Moments => {
            if second == 0.0 {
                // Differences to numbers of this size do not vanish when squared: all values equal the shift.
                if shift.abs() < 1e-140 {
                    return Verdict::Doubtful;
                }
                let center = if recipe.center == Center::Mean { shift } else { 0.0 };
                let scale = if recipe.eps > 0.0 && recipe.scale.is_spread() { recipe.eps.sqrt() } else { 1.0 };
                let dispersion = if recipe.scale == Scale::None { 1.0 } else { 0.0 };
                return found(Double { high: center, low: 0.0 }, dispersion, scale, true);
            }
            // f64 has digits enough for the mean of f32.
            let single = |high: f64| Double { high, low: 0.0 };
            let offset = if T::SINGLE { single(first / total) } else { sums.first.tidy().divided_by(total) };
            let squares = second - first * offset.high;
            if !(squares > 0.0 && offset.high * first <= squares * tolerance::<T>()) {
                return Verdict::Around(shift + offset.high);
            }
            if !SAFE.contains(&(second / total)) {
                return Verdict::Doubtful;
            }
            let mean = if T::SINGLE { single(shift + offset.high) } else { offset.plus(single(shift)) };
            let center = if recipe.center == Center::Mean { mean } else { Double::default() };
            match recipe.scale {
                Scale::StandardDeviation(divisor) => {
                    let variance = squares / divisor.of(count);
                    found(center, variance, (variance + recipe.eps).sqrt(), false)
                }
                _ => found(center, 1.0, 1.0, false),
            }
        }
        MeasureKind::Squares if SAFE.contains(&(second / total)) => {
            let none = Double::default();
            match recipe.scale {
                Scale::L2 => found(none, second.sqrt(), second.sqrt(), false),
                _ => found(none, second / total, (second / total + recipe.eps).sqrt(), false),
            }
        }
        MeasureKind::Absolute if SAFE.contains(&first) => found(Double::default(), first, first, false),
        _ => Verdict::Doubtful,
    }
}

/// From extremes, which are exact for every magnitude. `None` when a value is infinite.
pub(crate) fn from_extremes<T: Real>(
    recipe: &Recipe,
    extremes: Extremes<T>,
    n: usize,
    missing: usize,
) -> Option<GroupStatistics> {
    let count = n - missing;
    if missing > 0 && recipe.non_finite == NonFinite::Propagate {
        return Some(GroupStatistics { count, ..GroupStatistics::empty(missing) });
    }
    if count == 0 {
        return Some(GroupStatistics::empty(missing));
    }
    let (min, max) = (Real::to_f64(extremes.min), Real::to_f64(extremes.max));
    if !(min.is_finite() && max.is_finite()) {
        return None;
    }
    let exponent = exponent(min.abs().max(max.abs()));
    let (mean, squares) = (Double::default(), Double::default());
    Some(exact::gathered(recipe, ExactMoments { count, missing, min, max, mean, squares, exponent }))
}

/// A shift for sums of f32, which may be far from the mean ([`tolerance`]): 0 where two values differ by much, since sums
/// around 0 take less work, else the first value.
pub(crate) fn guess_single<T: Real>(n: usize, at: impl Fn(usize) -> T) -> f64 {
    // Mostly in the same line of the cache as the first: another would have to be waited for.
    const NEAR: usize = 11;
    let first = at(0).to_f64();
    let difference = (first - at(NEAR.min(n - 1)).to_f64()).abs();
    let differs = !first.is_finite() || difference * 16.0 >= first.abs();
    if differs { 0.0 } else { first }
}

/// A cheap guess of the mean: of up to `most` values spread over `n`, those that are finite. Exact for equal values.
pub(crate) fn guess<T: Real>(n: usize, most: usize, at: impl Fn(usize) -> T) -> f64 {
    let at = |index| at(index).to_f64();
    let step = n.div_ceil(most).max(1);
    let first = at(0);
    let (mut sum, mut count, mut equal) = (0.0, 0.0, true);
    for index in (0..n).step_by(step) {
        let value = at(index);
        equal &= value == first;
        sum += value;
        count += 1.0;
    }
    if equal {
        return first;
    }
    let mean: f64 = sum / count;
    if mean.is_finite() {
        return mean;
    }
    let finite = (0..n).step_by(step).map(at).filter(|value| value.is_finite());
    let (sum, count) = finite.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    let mean: f64 = sum / count;
    if mean.is_finite() { mean } else { 0.0 }
}
