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
struct TickStep {
    tenths: i64,
    exponent: i32,
}

impl TickStep {
    /// The smallest round step that puts at most `at_most` ticks into a range; a whole number if `whole`.
    fn fitting((low, high): (f64, f64), at_most: usize, whole: bool) -> Self {
        let roughly = (high - low) / at_most.max(1) as f64;
        let first = libm::log10(roughly).floor().clamp(-320.0, 307.0) as i32;
        let candidates =
            (first - 1..=first + 2).flat_map(|exponent| [10, 20, 25, 50].map(|tenths| Self { tenths, exponent }));
        let mut last = Self { tenths: 10, exponent: first };
        for step in candidates {
            if whole && step.tenths == 25 && step.exponent < 1 {
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

    /// The float nearest to `index` steps.
    fn times(self, index: i64) -> f64 {
        format!("{}e{}", index.saturating_mul(self.tenths), self.exponent - 1).parse().unwrap_or(f64::NAN)
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
    let step = TickStep::fitting(range, at_most, whole);
    let (from, to) = step.indices(range);
    let to = to.min(from.saturating_add(at_most.max(1) as i64 - 1));
    let places: Vec<f64> = (from..=to).map(|index| step.times(index)).collect();
    let largest = places.iter().fold(0.0_f64, |largest, at| largest.max(at.abs()));
    let inside = |at: f64| at.clamp(range.0, range.1);
    places.into_iter().map(|at| Tick { at: inside(at), label: label(at, step, largest) }).collect()
}

/// Zero and powers of ten from `linear` on, on both sides of zero, as many as are asked for at most: every one, every
/// second or every third, and so on.
pub(super) fn powers((low, high): (f64, f64), linear: f64, at_most: usize) -> Vec<Tick> {
    let exponent = |value: f64| (libm::log10(value.abs()) + 1e-9).floor() as i32;
    let least = exponent(linear);
    let count = |end: f64| if end.abs() >= linear { exponent(end) - least + 1 } else { 0 };
    let (below, above) = (if low < 0.0 { count(low) } else { 0 }, if high > 0.0 { count(high) } else { 0 });
    let inside = |at: f64| (low..=high).contains(&at);
    for step in 1..=600 {
        // Counted from the farthest power of the longer side, so that this one is always marked.
        let longest = below.max(above);
        let places = (-below..=above).filter(|index| *index == 0 || (longest - index.abs()) % step == 0);
        let found: Vec<Tick> = places
            .map(|index: i32| {
                let power = least + index.abs() - 1;
                let at = if index == 0 { 0.0 } else { super::spacing::power_of_ten(power) * f64::from(index.signum()) };
                Tick { at, label: label(at, TickStep { tenths: 10, exponent: power }, at.abs()) }
            })
            .filter(|tick| inside(tick.at))
            .collect();
        if found.len() <= at_most.max(1) {
            return found;
        }
    }
    Vec::new()
}

/// The range with its ends moved out to the next round place, where that is near enough not to waste room.
pub(super) fn rounded(range: (f64, f64)) -> (f64, f64) {
    const NEAR: f64 = 0.1;
    let (low, high) = range;
    let step = TickStep::fitting(range, 6, false);
    let (from, to) = step.indices(range);
    let near = |end: f64, place: f64| if (place - end).abs() <= NEAR * (high - low) { place } else { end };
    let (below, above) = (step.times(from.saturating_sub(1)), step.times(to.saturating_add(1)));
    let low = if step.times(from) <= low { low } else { near(low, below) };
    let high = if step.times(to) >= high { high } else { near(high, above) };
    proper(low, high)
}

fn label(at: f64, step: TickStep, largest: f64) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(low: f64, high: f64, at_most: usize) -> Vec<String> {
        ticks(proper(low, high), at_most, false).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn labels_are_what_a_reader_expects() {
        let cases: [(f64, f64, usize, &[&str]); 14] = [
            (0.0, 1e6, 5, &["0", "250,000", "500,000", "750,000", "1 million"]),
            (-3.0, 3.0, 7, &["−3", "−2", "−1", "0", "1", "2", "3"]),
            (-3.0, 3.0, 4, &["−2", "0", "2"]),
            (0.0, 0.1, 6, &["0", "0.02", "0.04", "0.06", "0.08", "0.10"]),
            (0.0, 0.3, 4, &["0", "0.1", "0.2", "0.3"]),
            (11.03, 14.83, 4, &["12", "13", "14"]),
            (0.0, 6e6, 5, &["0", "2 million", "4 million", "6 million"]),
            (-2.5e9, 2.5e9, 5, &["−2 billion", "−1 billion", "0", "1 billion", "2 billion"]),
            (0.0, 3e12, 4, &["0", "1 trillion", "2 trillion", "3 trillion"]),
            (1e9, 1e9 + 3.0, 4, &["1,000,000,000", "1,000,000,001", "1,000,000,002", "1,000,000,003"]),
            (0.0, 3e-5, 4, &["0", "1×10⁻⁵", "2×10⁻⁵", "3×10⁻⁵"]),
            (0.0, 2e300, 5, &["0", "5×10²⁹⁹", "1×10³⁰⁰", "1.5×10³⁰⁰", "2×10³⁰⁰"]),
            (0.0, 1e-300, 3, &["0", "5×10⁻³⁰¹", "1×10⁻³⁰⁰"]),
            (5.0, 5.0, 3, &["4.5", "5.0", "5.5"]),
        ];
        for (low, high, at_most, expected) in cases {
            assert_eq!(labels(low, high, at_most), expected, "{low}..{high}");
        }
    }

    #[test]
    fn whole_things_have_no_parts() {
        let counts = |most: f64, at_most| -> Vec<f64> {
            ticks(proper(0.0, most), at_most, true).into_iter().map(|tick| tick.at).collect()
        };
        assert_eq!(counts(1.05, 5), [0.0, 1.0]);
        assert_eq!(counts(3.0, 6), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(counts(9.0, 5), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(counts(12.0, 5), [0.0, 5.0, 10.0]);
        assert_eq!(counts(100.0, 5), [0.0, 25.0, 50.0, 75.0, 100.0]);
    }

    #[test]
    fn decimal_places_are_exact() {
        let at: Vec<f64> = ticks((0.0, 0.35), 4, false).into_iter().map(|tick| tick.at).collect();
        assert_eq!(at, [0.0, 0.1, 0.2, 0.3]);
    }

    #[test]
    fn a_range_without_width_gets_one() {
        assert_eq!(proper(5.0, 5.0), (4.5, 5.5));
        assert_eq!(proper(0.0, 0.0), (-0.5, 0.5));
        assert_eq!(proper(2.0, -1.0), (-1.0, 2.0));
        let (low, high) = proper(f64::MIN, f64::MAX);
        assert!((high - low).is_finite());
    }

    #[test]
    fn ends_move_to_round_numbers_that_are_near() {
        assert_eq!(rounded((13_290.0, 986_645.0)), (0.0, 1e6));
        assert_eq!(rounded((0.0, 1e6)), (0.0, 1e6));
        assert_eq!(rounded((-2.9, 2.9)), (-3.0, 3.0));
        // Half a unit of four is too far.
        assert_eq!(rounded((0.0, 4.5)), (0.0, 4.5));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn ticks_are_inside_in_order_and_different(
            low in any::<f64>(), width in any::<f64>(), at_most in 1_usize..12, whole in any::<bool>(),
        ) {
            for (low, high) in [(low, low + width), (low, low * (1.0 + 1e-10)), (low % 1e6, (low % 1e6) + (width % 1e3))] {
                let range = proper(low, high);
                prop_assert!(range.0 < range.1 && (range.1 - range.0).is_finite());
                for range in [range, rounded(range)] {
                    let ticks = ticks(range, at_most, whole);
                    prop_assert!(ticks.len() <= at_most);
                    prop_assert!(ticks.iter().all(|tick| (range.0..=range.1).contains(&tick.at)));
                    for pair in ticks.windows(2) {
                        prop_assert!(pair[0].at < pair[1].at);
                        prop_assert!(pair[0].label != pair[1].label, "{:?}", pair);
                    }
                    prop_assert!(ticks.iter().all(|tick| !tick.label.contains('-') && tick.label != "−0"));
                }
            }
        }
    }
}
