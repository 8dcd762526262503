//! Every colour and size of a picture.

use super::series::{Dash, MarkerShape, SeriesStyle};
use super::tint::Tint;

/// A colour without transparency, 0 to 255 a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    const fn hex(code: u32) -> Self {
        Self((code >> 16) as u8, (code >> 8) as u8, code as u8)
    }

    /// Between this colour and another.
    pub(super) fn mixed(self, other: Self, part: f64) -> Self {
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// For CSS: `#0072b2`.
    pub fn css(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The style of a picture. Sizes are in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Behind the picture.
    pub card: Rgb,
    /// Titles.
    pub ink: Rgb,
    /// Tick labels, axis titles and the axis itself.
    pub muted: Rgb,
    pub grid: Rgb,
    series: [Rgb; 8],
    pub font: &'static str,
    pub text_size: f64,
    pub title_size: f64,
    pub stroke: f64,
    /// Radius of the marker of a series.
    pub marker: f64,
}

const BASE: Theme = Theme {
    card: Rgb(255, 255, 255),
    ink: Rgb(0, 0, 0),
    muted: Rgb(0, 0, 0),
    grid: Rgb(0, 0, 0),
    series: [Rgb(0, 0, 0); 8],
    font: "system-ui, Segoe UI, Helvetica, Arial, sans-serif",
    text_size: 11.5,
    title_size: 15.0,
    stroke: 1.5,
    marker: 3.5,
};

impl Theme {
    /// Okabe and Ito's colours, darkened where white paper needs it; the last is neutral.
    pub const fn light() -> Self {
        Self {
            card: Rgb::hex(0xff_ffff),
            ink: Rgb::hex(0x1c_1b19),
            muted: Rgb::hex(0x6a_665f),
            grid: Rgb::hex(0xe4_e0d8),
            series: [
                Rgb::hex(0x00_72b2),
                Rgb::hex(0xd5_5e00),
                Rgb::hex(0x00_8f68),
                Rgb::hex(0xc2_558f),
                Rgb::hex(0x8a_7400),
                Rgb::hex(0x2f_93cf),
                Rgb::hex(0x7a_3db8),
                Rgb::hex(0x3d_3a36),
            ],
            ..BASE
        }
    }

    /// The same hues, lightened.
    pub const fn dark() -> Self {
        Self {
            card: Rgb::hex(0x1c_1e21),
            ink: Rgb::hex(0xec_e9e2),
            muted: Rgb::hex(0xa1_9c92),
            grid: Rgb::hex(0x30_3338),
            series: [
                Rgb::hex(0x56_b4e9),
                Rgb::hex(0xf0_a04b),
                Rgb::hex(0x2c_c295),
                Rgb::hex(0xe4_8fbd),
                Rgb::hex(0xf0_e442),
                Rgb::hex(0xa9_9bff),
                Rgb::hex(0xff_7d5c),
                Rgb::hex(0xdc_d8d0),
            ],
            ..BASE
        }
    }

    /// The CSS variables that stand for these colours on the page (`static/css/base.css`).
    pub fn variables(&self) -> Vec<(String, Rgb)> {
        let named = [("card", self.card), ("ink", self.ink), ("muted", self.muted), ("grid", self.grid)];
        let named = named.into_iter().map(|(name, colour)| (format!("--plot-{name}"), colour));
        let series = self.series.iter().enumerate().map(|(role, colour)| (format!("--series-{role}"), *colour));
        named.chain(series).collect()
    }

    /// The variable of [`Self::variables`] that is the colour of a role, as a value for CSS.
    pub fn series_variable(role: usize) -> String {
        format!("var(--series-{})", role % BASE.series.len())
    }

    /// The colour of a role; after the last, the first again (with another shape and dash).
    pub fn colour(&self, role: usize) -> Rgb {
        self.series[role % self.series.len()]
    }

    /// The colours that a scale goes through, from its low to its high end. Brightness alone tells how far a value is from
    /// the pale end, and the two strong ends are those that everybody tells apart: orange and blue.
    pub(super) fn stops(&self, tint: Tint) -> &'static [Rgb] {
        const fn hex(code: u32) -> Rgb {
            Rgb::hex(code)
        }
        const LIGHT: [&[Rgb]; 3] = [
            &[hex(0xf2_f0ea), hex(0xa9_cfe4), hex(0x3f_93c4), hex(0x0b_5a94), hex(0x06_2c54)],
            &[
                hex(0x8a_3400),
                hex(0xd9_6f1d),
                hex(0xf3_c08c),
                hex(0xf4_f2ee),
                hex(0x9c_c8e2),
                hex(0x2f_84bd),
                hex(0x06_3f74),
            ],
            &[hex(0xf7_f5f0), hex(0x1c_1b19)],
        ];
        const DARK: [&[Rgb]; 3] = [
            &[hex(0x25_282d), hex(0x1f_5a86), hex(0x3c_9bd6), hex(0xa5_dcfa), hex(0xf2_fbff)],
            &[
                hex(0xff_d9a8),
                hex(0xf0_a04b),
                hex(0x9a_5a1c),
                hex(0x2a_2d31),
                hex(0x1f_669a),
                hex(0x56_b4e9),
                hex(0xc4_ebff),
            ],
            // Ink is dark on paper: a text can say so in both themes.
            LIGHT[2],
        ];
        let dark = self.card.0 < 128;
        let of = if dark { DARK } else { LIGHT };
        of[match tint {
            Tint::Sequential => 0,
            Tint::Diverging => 1,
            Tint::Grey => 2,
        }]
    }

    /// The style of a role. The first 8 differ in colour and in shape, the first 64 in one of them.
    pub fn series(&self, role: usize) -> SeriesStyle {
        let round = role / self.series.len();
        SeriesStyle {
            colour: self.colour(role).css(),
            shape: MarkerShape::ALL[(role + round) % MarkerShape::ALL.len()],
            dash: Dash::ALL[(role + round) % Dash::ALL.len()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Rgb) -> f64 {
        let channel = |value: u8| {
            let part = f64::from(value) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
        };
        0.2126 * channel(colour.0) + 0.7152 * channel(colour.1) + 0.0722 * channel(colour.2)
    }

    /// WCAG 2.2, contrast ratio.
    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_measure_is_that_of_wcag() {
        assert!((contrast(Rgb(0, 0, 0), Rgb(255, 255, 255)) - 21.0).abs() < 1e-9);
        assert!((contrast(Rgb(0x77, 0x77, 0x77), Rgb(255, 255, 255)) - 4.478).abs() < 1e-3);
    }

    #[test]
    fn everything_can_be_seen_on_the_card() {
        for theme in [Theme::light(), Theme::dark()] {
            for text in [theme.ink, theme.muted] {
                assert!(contrast(text, theme.card) >= 4.5, "{}", text.css());
            }
            for role in 0..8 {
                let colour = theme.colour(role);
                assert!(contrast(colour, theme.card) >= 3.0, "{}", colour.css());
            }
        }
    }

    #[test]
    fn the_style_sheet_has_the_same_colours() {
        let sheet = include_str!("../../static/css/base.css");
        let (light, dark) = sheet.split_once("[data-theme=\"dark\"]").unwrap();
        for (theme, sheet) in [(Theme::light(), light), (Theme::dark(), dark)] {
            for (variable, colour) in theme.variables() {
                assert!(sheet.contains(&format!("{variable}: {};", colour.css())), "{variable}: {}", colour.css());
            }
        }
    }

    #[test]
    fn series_differ_without_colour_too() {
        let theme = Theme::light();
        let styles: Vec<SeriesStyle> = (0..64).map(|role| theme.series(role)).collect();
        for (index, style) in styles.iter().enumerate() {
            let same = |other: &SeriesStyle| other.shape == style.shape && other.colour == style.colour;
            assert!(!styles[..index].iter().any(same), "{index}: {style:?}");
        }
        for (index, style) in styles[..8].iter().enumerate() {
            assert!(styles[..index].iter().all(|other| other.shape != style.shape && other.colour != style.colour));
        }
        assert_eq!(theme.series(0).colour, "#0072b2");
        assert_eq!(theme.series(1).colour, "#d55e00");
        assert_eq!(Theme::dark().series(0).colour, "#56b4e9");
        assert_eq!(Theme::dark().series(1).colour, "#f0a04b");
        // A role out of all bounds still has a style.
        theme.series(usize::MAX / 2);
    }
}
