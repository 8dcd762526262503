//! A few values far from all others, and what a method does to the rest.

use super::super::wording::counted;
use super::{SeenView, lower};
use crate::data::shown_name;
use crate::engine::{Scale, Summary};
use crate::plot::number::format4;
use crate::protocol::{FarValues, Feature};

/// A middle half that takes less than this part of the range is squeezed.
pub(super) const SQUEEZED: f64 = 0.25;
/// Of outliers of several features the first are told of, unless those of another are so many times as far out.
const MUCH_FARTHER: f64 = 10.0;

/// What a few values far out do to all others of their feature.
pub(super) fn outliers(seen: &SeenView) -> Option<String> {
    let (view, recipe) = (seen.view, seen.recipe.as_ref()?);
    if !view.groups.by_feature {
        return None;
    }
    let far = |(feature, outliers): &(&Feature, &FarValues)| {
        let spread = feature.before.q3 - feature.before.q1;
        (outliers.greatest - feature.before.q3).max(feature.before.q1 - outliers.least) / spread
    };
    let all = view.features.iter().zip(&view.facts.outliers);
    let found = all.filter_map(|(feature, outliers)| Some((feature, outliers.as_ref().filter(|far| far.detached)?)));
    let (feature, outliers) = found.reduce(|a, b| if far(&b) > MUCH_FARTHER * far(&a) { b } else { a })?;
    let name = shown_name(&feature.name);
    let values = told_outliers(outliers, outliers.greatest > feature.before.q3);
    let one = outliers.count == 1;
    let Summary { q1, q3, min, max, .. } = feature.after;
    let from_to = interval(q1, q3);
    match recipe.scale {
        Scale::Range | Scale::MaxAbs if q3 - q1 < SQUEEZED * (max - min) => {
            let squeeze = if one { "squeezes" } else { "squeeze" };
            Some(format!("{} {squeeze} the middle half of {name} into {from_to}.", begun(&values)))
        }
        Scale::InterquantileRange { .. } => {
            let far = if outliers.greatest > feature.before.q3 { max } else { min };
            let stay = if one { "stays" } else { "stay" };
            let width = format4(q3 - q1);
            let at = if outliers.least == outliers.greatest { "at" } else { "the farthest at" };
            Some(format!(
                "{} keeps the middle half of {name} {width} wide; {values} {stay} far out, {at} {}.",
                begun(seen.after.strip_prefix("After ").unwrap_or(&seen.after)),
                format4(far)
            ))
        }
        Scale::StandardDeviation(_) if q3 - q1 < 1.0 => {
            let widen = if one { "widens" } else { "widen" };
            Some(format!(
                "{} {widen} the standard deviation of {name}: its middle half takes only {from_to} {}.",
                begun(&values),
                lower(&seen.after)
            ))
        }
        _ => None,
    }
}

/// With a capital at the beginning.
fn begun(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// `three values at 20`, `one value at 1,000,000`, `12 values up to 9,000`; `above` the others, or below them.
fn told_outliers(outliers: &FarValues, above: bool) -> String {
    let FarValues { count, least, greatest, both, .. } = *outliers;
    let count = counted(count, "value", "values");
    let (least_told, greatest_told) = (format4(least), format4(greatest));
    match above {
        _ if least == greatest => format!("{count} at {least_told}"),
        _ if both => format!("{count} down to {least_told} or up to {greatest_told}"),
        true => format!("{count} up to {greatest_told}"),
        false => format!("{count} down to {least_told}"),
    }
}

/// `0.10 to 0.17`: as few decimals as tell the ends apart well.
pub(super) fn interval(low: f64, high: f64) -> String {
    let decimals = (0.3 - libm::log10(high - low)).ceil().clamp(0.0, 12.0) as usize;
    if high - low < 1e-9 {
        return format!("{} to {}", format4(low), format4(high));
    }
    format!("{low:.decimals$} to {high:.decimals$}").replace('-', "\u{2212}")
}
