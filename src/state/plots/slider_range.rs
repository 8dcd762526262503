//! A slider over the values of a feature.

/// Its ends and its steps: round numbers, from well below the least value to well above the greatest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SliderRange {
    pub low: f64,
    pub high: f64,
    pub step: f64,
}

/// Steps over the range of the values, at least.
const STEPS: f64 = 100.0;

impl SliderRange {
    /// Over values from `min` to `max`, with half as much again on either side; `None` when there are none.
    pub fn around(min: f64, max: f64) -> Option<Self> {
        let half = max * 0.5 - min * 0.5;
        let size = min.abs().max(max.abs());
        // Around a constant, as far as it is from 0.
        let half = if half > size * 1e-12 { half } else { size.max(1.0) };
        // A power of ten.
        let places = -(half / STEPS).log10().floor();
        if !places.is_finite() || places.abs() > 290.0 {
            return None;
        }
        let places = places as i32;
        let rounded = |value: f64, round: fn(f64) -> f64| {
            // Powers of ten above 1 are exact, their inverses are not.
            let tenth = 10.0_f64.powi(places.abs());
            if places > 0 { round(value * tenth) / tenth } else { round(value / tenth) * tenth }
        };
        let (low, high) = (rounded(min - half, f64::floor), rounded(max + half, f64::ceil));
        let step = if places > 0 { 1.0 / 10.0_f64.powi(places) } else { 10.0_f64.powi(-places) };
        (low.is_finite() && high.is_finite()).then_some(Self { low, high, step })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slider_range(min: f64, max: f64) -> Option<(f64, f64, f64)> {
        SliderRange::around(min, max).map(|slider_range| (slider_range.low, slider_range.high, slider_range.step))
    }

    #[test]
    fn ends_and_steps_are_round() {
        assert_eq!(slider_range(11.03, 14.83), Some((9.12, 16.73, 0.01)));
        assert_eq!(slider_range(278.0, 1680.0), Some((-423.0, 2381.0, 1.0)));
        assert_eq!(slider_range(-0.001, 0.002), Some((-0.0025, 0.0035, 0.00001)));
        assert_eq!(slider_range(5.0, 5.0), Some((0.0, 10.0, 0.01)));
        assert_eq!(slider_range(0.0, 0.0), Some((-1.0, 1.0, 0.01)));
        assert_eq!(slider_range(0.0, 3e12), Some((-1.5e12, 4.5e12, 1e10)));
        assert_eq!(slider_range(f64::NAN, f64::NAN), None);
        assert_eq!(slider_range(-1e308, 1.7e308), None, "too wide for a slider");
        for exponent in -280..280 {
            let unit = 10.0_f64.powi(exponent);
            let found = SliderRange::around(1.3 * unit, 7.7 * unit).unwrap();
            assert!(found.step > 0.0 && found.low < 1.3 * unit && found.high > 7.7 * unit, "{found:?}");
        }
    }
}
