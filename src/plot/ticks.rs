//! Where an axis is marked, and what stands there: few, round, all different.

use super::number::{group, power, signed, split_exponent, trim};

/// A marked place of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub at: f64,
    pub label: String,
}

/// No axis reaches further, so that the width of a range is always finite.
const FURTHEST: f64 = 8e307;
/// No axis is narrower: below, steps of it could not be told apart.
const NARROWEST: f64 = 1e-305;
/// No axis is narrower than this part of its largest end, or its ticks would fall on the same floats.
const RESOLUTION: f64 = 1e-12;

/// The range as an axis can have it: finite, in order, and with a width.
///
/// A range without a width becomes one around its value: 10 % of it to either side, half a unit around zero.
pub(super) fn proper(low: f64, high: f64) -> (f64, f64) {
    let bounded = |end: f64| if end.is_nan() { 0.0 } else { end.clamp(-FURTHEST, FURTHEST) };
    let (a, b) = (bounded(low), bounded(high));
    let (low, high) = (a.min(b), a.max(b));
    let largest = low.abs().max(high.abs());
    if high - low >= (largest * RESOLUTION).max(NARROWEST) {
        return (low, high);
    }
    let middle = low + (high - low) / 2.0;
    let half = if largest < NARROWEST { 0.5 } else { (largest * 0.1).max(NARROWEST) };
    ((middle - half).max(-FURTHEST), (middle + half).min(FURTHEST))
}

/// A round distance between ticks: `tenths / 10 * 10^exponent`.
#[derive(Clone, Copy, Debug)]
struct Step {
    tenths: i64,
    exponent: i32,
}

impl Step {
    /// The smallest round step that puts at most `at_most` ticks into a range; a whole number if `whole`.
    fn fitting((low, high): (f64, f64), at_most: usize, whole: bool) -> Self {
        let roughly = (high - low) / at_most.max(1) as f64;
        let first = libm::log10(roughly).floor().clamp(-320.0, 307.0) as i32;
        let candidates =
            (first - 1..=first + 2).flat_map(|exponent| [10, 20, 25, 50].map(|tenths| Self { tenths, exponent }));
        let mut last = Self { tenths: 10, exponent: first };
        for step in candidates {
            if whole && (step.exponent < 0 || (step.tenths == 25 && step.exponent < 1)) {
                continue;
            }
            last = step;
            let (from, to) = step.indices((low, high));
            if to - from < at_most.max(1) as i64 {
                break;
            }
        }
        if whole && last.exponent < 0 { Self { tenths: 10, exponent: 0 } } else { last }
    }

    fn width(self) -> f64 {
        self.times(1)
    }

    /// The float nearest to `index` steps: decimal text is read with correct rounding, powers of ten are not.
    fn times(self, index: i64) -> f64 {
        format!("{}e{}", i128::from(index) * i128::from(self.tenths), self.exponent - 1).parse().unwrap_or(0.0)
    }

    /// Which multiples are inside of the range; one that an end misses by rounding only is inside.
    fn indices(self, (low, high): (f64, f64)) -> (i64, i64) {
        let width = self.width().max(f64::MIN_POSITIVE);
        ((low / width - 1e-6).ceil() as i64, (high / width + 1e-6).floor() as i64)
    }

    /// How many decimals its multiples need, in units of `10^unit`.
    fn decimals(self, unit: i32) -> usize {
        usize::try_from(unit - self.exponent + i32::from(self.tenths == 25)).unwrap_or(0)
    }
}

/// At most `at_most` round places inside of `range`, each with a label of its own; whole numbers only if `whole`.
///
/// The range must be [`proper`]. It may hold fewer round places than asked for, or none.
pub(super) fn ticks(range: (f64, f64), at_most: usize, whole: bool) -> Vec<Tick> {
    let step = Step::fitting(range, at_most, whole);
    let (from, to) = step.indices(range);
    let to = to.min(from.saturating_add(at_most.max(1) as i64 - 1));
    let places: Vec<f64> = (from..=to).map(|index| step.times(index).clamp(range.0, range.1)).collect();
    let largest = places.iter().fold(0.0_f64, |largest, at| largest.max(at.abs()));
    let mut ticks: Vec<Tick> =
        places.into_iter().map(|at| Tick { at: at + 0.0, label: label(at, step, largest) }).collect();
    ticks.dedup_by(|a, b| a.at == b.at || a.label == b.label);
    ticks
}

/// The range with its ends moved out to the next round place, where that is near enough not to waste room.
pub(super) fn rounded(range: (f64, f64)) -> (f64, f64) {
    const NEAR: f64 = 0.1;
    let (low, high) = range;
    let step = Step::fitting(range, 6, false);
    let (from, to) = step.indices(range);
    let near = |end: f64, place: f64| if (place - end).abs() <= NEAR * (high - low) { place } else { end };
    let (below, above) = (step.times(from.saturating_sub(1)), step.times(to.saturating_add(1)));
    let low = if step.times(from) <= low { low } else { near(low, below) };
    let high = if step.times(to) >= high { high } else { near(high, above) };
    proper(low, high)
}

fn label(at: f64, step: Step, largest: f64) -> String {
    const WORDS: [(f64, i32, &str); 3] = [(1e12, 12, "trillion"), (1e9, 9, "billion"), (1e6, 6, "million")];
    if at == 0.0 {
        return "0".to_owned();
    }
    let size = at.abs();
    if !(1e-4..1e15).contains(&largest) {
        let (_, exponent) = split_exponent(&format!("{size:e}")).to_owned();
        let decimals = step.decimals(exponent);
        let text = format!("{size:.decimals$e}");
        let (mantissa, exponent) = split_exponent(&text);
        return signed(at, &power(trim(mantissa), exponent));
    }
    let word = WORDS.iter().find(|(unit, ..)| size >= *unit);
    if let Some((unit, exponent, word)) = word.filter(|(_, exponent, _)| step.decimals(*exponent) <= 2) {
        let decimals = step.decimals(*exponent);
        return signed(at, &format!("{} {word}", group(trim(&format!("{:.decimals$}", size / unit)))));
    }
    let decimals = step.decimals(0);
    signed(at, &group(&format!("{size:.decimals$}")))
}
