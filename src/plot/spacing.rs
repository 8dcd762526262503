//! How values are spread over an axis.

use serde::{Deserialize, Serialize};

use super::number::format4;
use normlab_engine::{BinCounts, histogram};

/// A scale with all that it takes to place a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Spacing {
    #[default]
    Linear,
    /// Symmetric logarithm: in equal steps of `log10(1 + |value| / linear)` on both sides of zero. About linear within
    /// `linear` of zero, and beyond it about one unit a power of ten. `linear` is a power of ten.
    SymLog { linear: f64 },
    /// Logarithm, in equal steps of `log10(value)`: for positive values only.
    Log,
}

/// What an axis shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ShownSpan {
    pub low: f64,
    pub high: f64,
    pub spacing: Spacing,
}

/// No threshold is further below the largest value: so many powers of ten on each side of zero are enough.
const DECADES: i32 = 9;
/// Below the logarithm of every positive number.
const LOWEST: f64 = -330.0;

impl Spacing {
    /// The symmetric logarithm for features whose middle halves reach out to these sizes: the power of ten just below the
    /// smallest of them, or a billionth of `largest` if that is more.
    pub fn symmetric(sizes: impl Iterator<Item = f64>, largest: f64) -> Self {
        let largest = if largest > 0.0 && largest.is_finite() { largest } else { 1.0 };
        let smallest = sizes.filter(|size| *size > 0.0 && size.is_finite()).fold(largest, f64::min);
        let exponent = libm::log10(smallest).floor().max(libm::log10(largest).floor() - f64::from(DECADES));
        Self::SymLog { linear: power_of_ten(exponent.clamp(-300.0, 300.0) as i32) }
    }

    /// Where a value is, in units of the axis.
    pub fn place(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Log if value <= 0.0 => LOWEST,
            Self::Log => libm::log10(value),
            Self::SymLog { linear } => {
                // The ratio of two finite numbers can be infinite.
                let ratio = value.abs() / linear;
                let size = if ratio == f64::INFINITY {
                    libm::log10(value.abs()) - libm::log10(linear)
                } else {
                    log10(1.0 + ratio)
                };
                if value < 0.0 { -size } else { size }
            }
        }
    }

    /// The way back from [`Spacing::place`].
    pub fn value(self, place: f64) -> f64 {
        match self {
            Self::Linear => place,
            Self::Log => libm::exp10(place),
            Self::SymLog { linear } => {
                let size = linear * libm::expm1(place.abs() * std::f64::consts::LN_10);
                if place < 0.0 { -size } else { size }
            }
        }
    }

    /// The value at a part of the way from `low` to `high`, or beyond: the edges of bins of equal width on the axis.
    pub fn between(self, low: f64, high: f64, part: f64) -> f64 {
        match self {
            Self::Linear => low * (1.0 - part) + high * part,
            // The ends come back exactly.
            _ if part == 0.0 => low,
            _ if part == 1.0 => high,
            Self::SymLog { .. } | Self::Log => self.value(self.place(low) * (1.0 - part) + self.place(high) * part),
        }
    }

    /// At which part of the way from `low` to `high` a value is; outside of 0 to 1 for values outside.
    pub fn part(self, low: f64, high: f64, value: f64) -> f64 {
        let (low, high, value) = (self.place(low), self.place(high), self.place(value));
        // Halves: the difference of two finite numbers can be infinite.
        (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0)
    }

    /// A range with a part of its width, as it is on the axis, added on both sides.
    pub fn widened(self, (low, high): (f64, f64), part: f64) -> (f64, f64) {
        match self {
            Self::Linear => {
                let margin = (high / 2.0 - low / 2.0) * 2.0 * part;
                (low - margin, high + margin)
            }
            Self::SymLog { .. } | Self::Log => {
                let margin = (self.place(high) - self.place(low)) * part;
                (self.value(self.place(low) - margin), self.value(self.place(high) + margin))
            }
        }
    }

    /// Counts values in bins that are equally wide on the axis.
    pub fn histogram(self, values: &[f64], low: f64, high: f64, bins: usize) -> BinCounts {
        if self == Self::Linear {
            return histogram(values, low, high, bins);
        }
        // In parts, so that places are counted while they are at hand.
        let mut counts = vec![0; bins];
        let mut outside = 0;
        for part in values.chunks(1 << 13) {
            let found = histogram(&self.placed(part), self.place(low), self.place(high), bins);
            counts.iter_mut().zip(found.counts).for_each(|(total, count)| *total += count);
            outside += found.outside;
        }
        BinCounts { low, high, counts, outside }
    }

    /// The places of many values.
    pub fn placed(self, values: &[f64]) -> Vec<f64> {
        values.iter().map(|value| self.place(*value)).collect()
    }

    /// The title of an axis, with what its scale is.
    pub fn titled(self, label: &str) -> String {
        match self {
            Self::Linear => label.to_owned(),
            Self::Log => format!("{label}, logarithmic"),
            Self::SymLog { linear } => format!("{label}, logarithmic beyond ±{}", format4(linear)),
        }
    }
}

/// The decimal logarithm of a number from 1 on, to twelve digits: a few times faster than a library's, which is exact to
/// the last bit and full of cases. A million values are placed for every picture.
fn log10(x: f64) -> f64 {
    const MANTISSA: u64 = (1 << 52) - 1;
    // With a mantissa from sqrt(1/2) to sqrt(2), the series below ends soon.
    let bits = x.to_bits() + (0x3ff0_0000_0000_0000 - std::f64::consts::FRAC_1_SQRT_2.to_bits());
    let exponent = (bits >> 52) as i64 - 1023;
    let mantissa = f64::from_bits((bits & MANTISSA) + std::f64::consts::FRAC_1_SQRT_2.to_bits());
    // ln m = 2 artanh((m - 1) / (m + 1))
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let t = s * s;
    let series = 1.0 / 11.0 + t * (1.0 / 13.0 + t * (1.0 / 15.0));
    let series = 1.0 + t * (1.0 / 3.0 + t * (1.0 / 5.0 + t * (1.0 / 7.0 + t * (1.0 / 9.0 + t * series))));
    let ln = exponent as f64 * std::f64::consts::LN_2 + 2.0 * s * series;
    // A missing value stays missing.
    ln * std::f64::consts::LOG10_E + x * 0.0
}

/// The nearest float: decimal text is read with correct rounding.
pub(super) fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Axis;
    use proptest::prelude::*;

    const TENTH: Spacing = Spacing::SymLog { linear: 0.1 };

    #[test]
    fn powers_of_ten_are_about_one_step_apart_and_zero_is_in_the_middle() {
        assert_eq!(TENTH.place(0.0), 0.0);
        assert_eq!(TENTH.place(-3.0), -TENTH.place(3.0));
        assert!((TENTH.place(1e6) - TENTH.place(1e5) - 1.0).abs() < 1e-5);
        assert!((TENTH.place(0.02) / TENTH.place(0.01) - 2.0).abs() < 0.1, "nearly linear inside");
        assert!((TENTH.place(1e300) - 301.0).abs() < 1e-9);
        assert!((Spacing::SymLog { linear: 1e-300 }.place(1e300) - 600.0).abs() < 1e-9);
        assert!(TENTH.place(f64::NAN).is_nan());
    }

    #[test]
    fn the_threshold_is_a_power_of_ten_from_the_data() {
        let linear = |sizes: &[f64], largest| match Spacing::symmetric(sizes.iter().copied(), largest) {
            Spacing::SymLog { linear } => linear,
            Spacing::Linear | Spacing::Log => panic!(),
        };
        // Middle halves of z-scores reach out to about 0.7; robust ones to 0.5: the same threshold.
        assert_eq!((linear(&[0.67, 0.9], 4.0), linear(&[0.5], 3.0)), (0.1, 0.1));
        assert_eq!(linear(&[0.06, 7e5], 1e6), 0.01);
        assert_eq!(linear(&[1e-20], 5e3), 1e-6, "no more than nine powers of ten");
        assert_eq!((linear(&[], 0.0), linear(&[0.0, f64::NAN], f64::NAN)), (1.0, 1.0));
    }

    #[test]
    fn bins_are_equally_wide_on_the_axis() {
        let found = TENTH.histogram(&[-100.0, -1.0, 0.0, 0.05, 1.0, 100.0, f64::NAN], -100.0, 100.0, 2);
        assert_eq!((found.counts, found.low, found.outside), (vec![2, 4], -100.0, 0));
        assert_eq!(TENTH.between(-100.0, 100.0, 0.5), 0.0);
        assert_eq!((TENTH.between(-7.0, 30.0, 0.0), TENTH.between(-7.0, 30.0, 1.0)), (-7.0, 30.0));
    }

    #[test]
    fn a_logarithm_has_powers_of_ten_one_step_apart() {
        assert_eq!([0.01, 1.0, 1000.0].map(|value| Spacing::Log.place(value)), [-2.0, 0.0, 3.0]);
        assert!((Spacing::Log.value(2.0) - 100.0).abs() < 1e-9);
        assert!((Spacing::Log.part(1.0, 1e4, 10.0) - 0.25).abs() < 1e-12);
        assert!(Spacing::Log.part(1.0, 1e4, 0.0) < -80.0 && Spacing::Log.place(f64::NAN).is_nan());
        assert_eq!(Spacing::Log.titled("rows"), "rows, logarithmic");
        let ticks = Axis::new("rows", 2.0, 5000.0).spaced(Spacing::Log).ticks(6);
        assert_eq!(ticks.iter().map(|tick| tick.at).collect::<Vec<_>>(), [10.0, 100.0, 1000.0]);
    }

    #[test]
    fn the_title_names_the_threshold() {
        assert_eq!(TENTH.titled("value"), "value, logarithmic beyond ±0.1");
        assert_eq!(Spacing::Linear.titled("value"), "value");
    }

    proptest! {
        #[test]
        fn the_logarithm_is_right_to_twelve_digits(exponent in 0.0..308.0) {
            let x = libm::exp10(exponent);
            prop_assert!((log10(x) - libm::log10(x)).abs() <= 1e-12 * libm::log10(x).max(1.0), "{x}");
        }

        #[test]
        fn values_come_back(value in -1e12..1e12, exponent in -6_i32..6) {
            for spacing in [Spacing::Linear, Spacing::SymLog { linear: power_of_ten(exponent) }] {
                let back = spacing.value(spacing.place(value));
                prop_assert!((back - value).abs() <= 1e-9 * value.abs(), "{back} {value}");
            }
        }
    }
}
