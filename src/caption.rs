//! What the screen shows, in words: sentences computed from the answers, so that they cannot contradict the picture.

use crate::engine::{Method, Summary};
use crate::plot::number::format4;
use crate::protocol::{Comparison, Fit};

/// Ratios below this are called equal in words.
const EQUAL: f64 = 1.005;
/// Less than this part of the largest value is what rounding left.
const NOISE: f64 = 1e-13;
/// Shapes count as unchanged when skewness and kurtosis agree so well.
const SAME_SHAPE: f64 = 1e-6;

/// The headline and the sentence under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    pub headline: String,
    pub detail: String,
}

/// The caption of a view.
pub fn caption(view: &Comparison) -> Caption {
    let Ok(method) = view.query.method() else {
        return Caption { headline: String::new(), detail: String::new() };
    };
    let mut detail = method.info().summary.to_string();
    if let Fit::Train { .. } = view.query.fit {
        detail.push_str(&format!(
            " The statistics come from {} of the {} rows and are used for all of them.",
            count(view.fitted_rows),
            count(view.shape.examples as u64)
        ));
    }
    if let Some(shape) = shape_sentence(view) {
        detail.push(' ');
        detail.push_str(&shape);
    }
    Caption { headline: headline(&method, view), detail }
}

/// What happened to the ratio of the features' spreads; of a single feature, to its centre and spread.
fn headline(method: &Method, view: &Comparison) -> String {
    let name = method.info().name;
    let spreads = |pick: fn(&Comparison, usize) -> &Summary| -> Vec<(usize, f64)> {
        let sd = |index| pick(view, index).sd;
        (0..view.features.len()).map(|index| (index, sd(index))).filter(|(_, sd)| sd.is_finite()).collect()
    };
    let before = spreads(|view, index| &view.features[index].before);
    let after = spreads(|view, index| &view.features[index].after);
    let (Some(wide), Some(narrow)) = (widest(&before), narrowest(&before)) else {
        return match view.features.as_slice() {
            [only] => one(&only.name, &only.before, &only.after, name),
            _ => format!("After {name}, no feature spreads: each holds a single value."),
        };
    };
    if wide.0 == narrow.0 {
        let only = &view.features[wide.0];
        return one(&only.name, &only.before, &only.after, name);
    }
    let (wide_name, narrow_name) = (&view.features[wide.0].name, &view.features[narrow.0].name);
    let ratio = wide.1 / narrow.1;
    let first = if ratio < EQUAL {
        "All features spread the same.".to_string()
    } else {
        format!("{} spreads {} times wider than {}.", capital(wide_name), times(ratio), narrow_name)
    };
    let second = match (widest(&after), narrowest(&after)) {
        (Some(wide), Some(narrow)) if wide.1 / narrow.1 < EQUAL => {
            let who = if view.features.len() == 2 { "both".into() } else { format!("all {}", view.features.len()) };
            format!("After {name} {who} spread the same.")
        }
        (Some(wide), Some(narrow)) => {
            let (wide_after, narrow_after) = (&view.features[wide.0].name, &view.features[narrow.0].name);
            let ratio = times(wide.1 / narrow.1);
            if (wide_after, narrow_after) == (wide_name, narrow_name) {
                format!("After {name}, {ratio} times.")
            } else {
                format!("After {name} the widest is {wide_after}, {ratio} times wider than {narrow_after}.")
            }
        }
        _ => format!("After {name} nothing is left of it: every value is the same."),
    };
    format!("{first} {second}")
}

fn one(feature: &str, before: &Summary, after: &Summary, method: &str) -> String {
    format!(
        "{}: mean {} and standard deviation {}. After {method}: {} and {}.",
        capital(feature),
        format4(tidy(before.mean, before)),
        format4(tidy(before.sd, before)),
        format4(tidy(after.mean, after)),
        format4(tidy(after.sd, after))
    )
}

/// Whether the shape of every distribution is what it was: true of every method that treats a feature as a whole.
fn shape_sentence(view: &Comparison) -> Option<String> {
    let same = |before: f64, after: f64| (before - after).abs() <= SAME_SHAPE * (1.0 + before.abs());
    let mut compared = 0;
    let mut changed = 0;
    for feature in &view.features {
        let (before, after) = (&feature.before, &feature.after);
        if before.skewness.is_finite() && after.skewness.is_finite() {
            compared += 1;
            let kept = same(before.skewness, after.skewness) && same(before.excess_kurtosis, after.excess_kurtosis);
            changed += usize::from(!kept);
        }
    }
    match (compared, changed) {
        (0, _) => None,
        (1, 0) => Some("Its shape does not change.".into()),
        (_, 0) => Some("The shapes do not change.".into()),
        (1, 1) => Some("Its shape changes.".into()),
        (all, changed) if all == changed => Some("The shapes change, too.".into()),
        (all, changed) => Some(format!("The shape of {changed} of {all} features changes, too.")),
    }
}

/// What else a reader of this screen should know.
pub fn warnings(view: &Comparison) -> Vec<String> {
    let mut all = view.warnings.clone();
    let by_feature = view.groups.by_feature;
    if !view.query.picture.shared_axis && view.features.len() > 1 && by_feature {
        all.push(
            "Own axes make every feature fill its plot, so before and after look alike: the numbers on the axes \
             differ. Shared axes show what changed."
                .into(),
        );
    }
    let missing: u64 = view.features.iter().map(|feature| feature.before.missing).sum();
    if missing > 0 {
        let values = if missing == 1 { "value is" } else { "values are" };
        all.push(format!(
            "{} {values} missing: left out of the statistics, and still missing afterwards.",
            count(missing)
        ));
    }
    all
}

/// What rounding leaves of a zero, as of the mean of a z-score, is zero where four digits are shown.
pub fn tidy(value: f64, summary: &Summary) -> f64 {
    if value.abs() < summary.min.abs().max(summary.max.abs()) * NOISE { 0.0 } else { value }
}

fn widest(spreads: &[(usize, f64)]) -> Option<(usize, f64)> {
    spreads.iter().copied().filter(|(_, sd)| *sd > 0.0).reduce(|a, b| if b.1 > a.1 { b } else { a })
}

fn narrowest(spreads: &[(usize, f64)]) -> Option<(usize, f64)> {
    spreads.iter().copied().filter(|(_, sd)| *sd > 0.0).reduce(|a, b| if b.1 < a.1 { b } else { a })
}

/// A ratio in words: whole from ten on, else with one decimal.
fn times(ratio: f64) -> String {
    if ratio >= 1e15 {
        format4(ratio)
    } else if ratio >= 10.0 {
        count(ratio.round() as u64)
    } else {
        format!("{ratio:.1}")
    }
}

/// A count with thousands separators.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Column names keep their letters but for the first of a sentence; beyond ASCII it is left alone, since the tables of
/// all alphabets would weigh more than the page's own words.
fn capital(name: &str) -> String {
    let mut name = name.to_string();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}
