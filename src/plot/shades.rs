//! Scales of colours.

use serde::{Deserialize, Serialize};

use super::spacing::Spacing;
use super::theme::{Rgb, Theme};
use super::tint::Tint;

/// Which colour a value has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shades {
    pub low: f64,
    pub high: f64,
    pub spacing: Spacing,
    pub tint: Tint,
    /// What the values are, with their unit.
    pub label: String,
}

/// Missing values have no colour but stripes.
pub(super) const MISSING: u8 = 0;

impl Shades {
    /// Where on the scale a value is: 0 to 1, outside of that beyond the ends; NaN for a missing value.
    pub fn part(&self, value: f64) -> f64 {
        self.spacing.part(self.low, self.high, value)
    }

    /// The value of a part of the scale.
    pub fn value(&self, part: f64) -> f64 {
        self.spacing.between(self.low, self.high, part)
    }

    /// One of 255 steps, or [`MISSING`].
    pub(super) fn level(part: f32) -> u8 {
        if part.is_nan() { MISSING } else { 1 + (part.clamp(0.0, 1.0) * 254.0).round() as u8 }
    }

    /// The colours of all levels.
    pub(super) fn palette(&self, theme: &Theme) -> Vec<Rgb> {
        let stops = theme.stops(self.tint);
        let mut palette = vec![theme.grid];
        palette.extend((0..255).map(|level| {
            let at = f64::from(level) / 254.0 * (stops.len() - 1) as f64;
            let below = (at as usize).min(stops.len() - 2);
            stops[below].mixed(stops[below + 1], at - below as f64)
        }));
        palette
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_go_from_end_to_end() {
        assert_eq!([f32::NAN, -3.0, 0.0, 0.5, 1.0, 7.0].map(Shades::level), [0, 1, 1, 128, 255, 255]);
    }

    #[test]
    fn zero_is_the_palest_of_two_signs_and_the_ends_differ_in_brightness_from_it() {
        let bright = |colour: Rgb| u32::from(colour.0) + u32::from(colour.1) + u32::from(colour.2);
        for theme in [Theme::light(), Theme::dark()] {
            for tint in [Tint::Sequential, Tint::Diverging, Tint::Grey] {
                let shades = Shades { low: -1.0, high: 1.0, spacing: Spacing::Linear, tint, label: String::new() };
                let palette = shades.palette(&theme);
                assert_eq!(palette.len(), 256);
                let (low, middle, high) = (palette[1], palette[128], palette[255]);
                let pale = if tint == Tint::Diverging { middle } else { low };
                assert!(bright(high).abs_diff(bright(pale)) > 150, "{tint:?}");
                // "16 is black", says the text of the digits.
                assert!(tint != Tint::Grey || bright(high) < bright(low));
                if tint == Tint::Diverging {
                    assert!(bright(low).abs_diff(bright(pale)) > 150);
                }
            }
        }
    }
}
