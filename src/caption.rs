//! What the screen shows, in words: sentences computed from the answers, so that they cannot contradict the picture.

mod arithmetic;
pub mod batches;
mod compare;
mod conventions;
mod map;
mod pointed;
mod symbols;
mod told;
mod what_if;
mod worked;

pub use arithmetic::{Digits, Line, MISSING, arithmetic, became, origin, steps};
pub use compare::{correlation, followed, is_flat, kept, related};
pub use conventions::{Library, library};
pub use map::{called, statistics};
pub use pointed::pointed;
pub use symbols::{Symbol, Symbols, symbol_of, symbols};
pub use told::{Telling, unrounded, varies};
pub use what_if::what_if;

use crate::data::shown_name;
use crate::engine::naming::Naming;
use crate::engine::{Divisor, Method, Summary};
use crate::plot::number::{format4, rounded, whole};
use crate::protocol::{Axes, Comparison, Feature, Fit};

/// Ratios below these are called equal, or about equal, in words.
const EQUAL: f64 = 1.005;
const ABOUT_EQUAL: f64 = 1.05;
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
    let mut detail = method.summary();
    if let Fit::Train { .. } = view.query.fit {
        detail.push_str(&format!(
            " The statistics come from {} of the {} rows and are used for all of them.",
            whole(view.fitted_rows),
            whole(view.shape.examples as u64)
        ));
    }
    if let Fit::Saved(saved) = &view.query.fit {
        detail.push_str(&format!(
            " The statistics are not of these data: they were saved before, from {} rows of {}.",
            whole(saved.rows),
            saved.data
        ));
    }
    if let Method::Custom(_) = method {
        detail.push_str(&named(&method, view));
    }
    if let Some(shape) = shape_sentence(view) {
        detail.push(' ');
        detail.push_str(&shape);
    }
    Caption { headline: headline(&method, view), detail }
}

/// What a mixture of one's own is called on these data.
fn named(method: &Method, view: &Comparison) -> String {
    let naming = method.recipe(view.shape).and_then(|recipe| Naming::of(&recipe, view.shape));
    let sentences = naming.map(|naming| naming.sentences()).unwrap_or_default();
    let mut text: String = sentences.iter().map(|sentence| format!(" {sentence}")).collect();
    if let Method::Custom(custom) = method
        && (custom.gamma, custom.beta) != (1.0, 0.0)
    {
        text += " That is before gamma and beta, which any method can be followed by.";
    }
    text
}

/// What happened to the ratio of the features' spreads; of a single feature, to its centre and spread.
fn headline(method: &Method, view: &Comparison) -> String {
    let name = method.info().name;
    let spread = |(index, summary): (usize, &Summary)| summary.sd.is_finite().then_some((index, summary.sd));
    let before = view.features.iter().map(|feature| &feature.before).enumerate().filter(|(_, before)| before.sd > 0.0);
    let before: Vec<_> = before.filter_map(spread).collect();
    let after = view
        .features
        .iter()
        .map(|feature| &feature.after)
        .enumerate()
        .filter(|(index, after)| varies(&view.features[*index].before, after));
    let after: Vec<_> = after.filter_map(spread).collect();
    let telling = Telling::of_view(view);
    if !view.features.is_empty() && view.features.iter().all(|feature| feature.after.count == 0) {
        return format!("After {name} no number is left: every output is NaN.");
    }
    let (Some(wide), Some(narrow)) = (widest(&before), narrowest(&before)) else {
        return match view.features.as_slice() {
            [only] => one(only, name, telling),
            _ => format!("After {name}, no feature spreads: each holds a single value."),
        };
    };
    if before.len() == 1 {
        let only = &view.features[wide.0];
        return one(only, name, telling);
    }
    let name_of = |(index, _): (usize, f64)| shown_name(&view.features[index].name);
    let (wide_name, narrow_name) = (name_of(wide), name_of(narrow));
    let ratio = wide.1 / narrow.1;
    let first = if ratio < ABOUT_EQUAL {
        format!("All features spread {}.", alike(ratio))
    } else {
        format!("{} spreads {} times wider than {}.", capital(&wide_name), times(ratio), narrow_name)
    };
    let second = match (widest(&after), narrowest(&after)) {
        (Some(wide), Some(narrow)) if wide.1 / narrow.1 < ABOUT_EQUAL => {
            let who = match (after.len(), view.features.len()) {
                (1, _) => return format!("{first} After {name} only {} still varies.", name_of(wide)),
                (2, 2) => "both".into(),
                (2, _) => "both that vary".into(),
                (vary, all) if vary == all => format!("all {all}"),
                (vary, _) => format!("all {vary} that vary"),
            };
            format!("After {name} {who} spread {}.", alike(wide.1 / narrow.1))
        }
        (Some(wide), Some(narrow)) => {
            let (wide_after, narrow_after) = (name_of(wide), name_of(narrow));
            let ratio = times(wide.1 / narrow.1);
            if (&wide_after, &narrow_after) == (&wide_name, &narrow_name) {
                format!("After {name}, {ratio} times.")
            } else {
                format!("After {name} the widest is {wide_after}, {ratio} times wider than {narrow_after}.")
            }
        }
        _ => format!("After {name} nothing is left of it: each feature holds a single value."),
    };
    format!("{first} {second}")
}

fn one(Feature { name, before, after }: &Feature, method: &str, telling: Telling) -> String {
    let divisor = if telling.divisor == Divisor::N { "" } else { " (divisor n \u{2212} 1)" };
    format!(
        "{}: mean {} and standard deviation {}{divisor}. After {method}: {} and {}.",
        capital(&shown_name(name)),
        format4(before.mean),
        format4(telling.sd(before)),
        format4(telling.mean_after(after)),
        format4(telling.sd(after))
    )
}

/// Whether the shape of every distribution is what it was: true of every method that treats a feature as a whole.
fn shape_sentence(view: &Comparison) -> Option<String> {
    let same = |before: f64, after: f64| (before - after).abs() <= SAME_SHAPE * (1.0 + before.abs());
    let mut compared = 0;
    let mut changed = 0;
    for feature in &view.features {
        let (before, after) = (&feature.before, &feature.after);
        if before.skewness.is_finite() && after.skewness.is_finite() && varies(before, after) {
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
    if view.query.picture.axes == Axes::Own && view.features.len() > 1 && by_feature {
        all.push(
            "Own axes make every feature fill its plot, so before and after look alike. Shared axes show what changed."
                .into(),
        );
    }
    let missing: u64 = view.features.iter().map(|feature| feature.before.missing).sum();
    if missing > 0 {
        let values = if missing == 1 { "value is" } else { "values are" };
        let after: u64 = view.features.iter().map(|feature| feature.after.missing).sum();
        let became = if after > missing {
            format!(
                "the rules of {} leave none out, so {} are NaN afterwards",
                view.query.conventions.name(),
                whole(after)
            )
        } else {
            "left out of the statistics, and still missing afterwards".into()
        };
        all.push(format!("{} {values} missing: {became}.", whole(missing)));
    }
    all
}

fn widest(spreads: &[(usize, f64)]) -> Option<(usize, f64)> {
    spreads.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a })
}

fn narrowest(spreads: &[(usize, f64)]) -> Option<(usize, f64)> {
    spreads.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a })
}

fn alike(ratio: f64) -> &'static str {
    if ratio < EQUAL { "the same" } else { "about the same" }
}

/// A ratio in words: two or three digits, as `7.0`, `157` and `about 11 million`.
fn times(ratio: f64) -> String {
    if ratio < 9.95 {
        format!("{ratio:.1}")
    } else if ratio < 999.5 {
        whole(ratio.round() as u64)
    } else {
        format!("about {}", rounded(ratio))
    }
}

/// A name that is a plain word begins a sentence with a capital; `body_mass_g` and `x3` stay as they are written. Beyond
/// ASCII nothing changes: the tables of all alphabets would weigh more than the page's own words.
fn capital(name: &str) -> String {
    let mut name = name.to_string();
    let plain = name.len() > 2 && name.bytes().all(|letter| letter.is_ascii_alphabetic() || letter == b' ');
    if plain && let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ViewQuery;

    /// A feature of this mean, standard deviation and skewness.
    fn summary(mean: f64, sd: f64, skewness: f64) -> Summary {
        let (min, max) = (mean - 2.0 * sd, mean + 2.0 * sd);
        let (count, missing, excess_kurtosis) = (9, 0, 0.0);
        Summary { count, missing, mean, sd, min, q1: mean, median: mean, q3: mean, max, skewness, excess_kurtosis }
    }

    fn view(method: &str, features: &[(&str, Summary, Summary)]) -> Comparison {
        let features = features.iter();
        let features = features.map(|&(name, before, after)| Feature { name: name.into(), before, after });
        let query = ViewQuery { method: method.into(), ..ViewQuery::default() };
        Comparison { query, features: features.collect(), ..Comparison::default() }
    }

    #[test]
    fn the_headline_tells_what_became_of_the_ratio() {
        let (ctr, revenue) = (summary(0.05, 0.025, 0.1), summary(5e5, 2.5e5, -0.2));
        let after = |skewness| summary(0.0, 1.0, skewness);
        let both = view("z-score", &[("ctr", ctr, after(0.1)), ("revenue", revenue, after(-0.2))]);
        let caption = caption(&both);
        assert_eq!(
            caption.headline,
            "Revenue spreads about 10 million times wider than ctr. After z-score both spread the same."
        );
        assert!(caption.detail.ends_with("The shapes do not change."), "{}", caption.detail);
    }

    #[test]
    fn a_method_that_leaves_spreads_apart_is_not_praised() {
        let (a, b) = (summary(0.0, 1.0, 0.0), summary(0.0, 30.0, 0.0));
        let apart = view("layer-norm", &[("a", a, summary(0.0, 0.1, 1.0)), ("b", b, summary(0.0, 0.7, 2.0))]);
        let caption = caption(&apart);
        assert_eq!(caption.headline, "b spreads 30 times wider than a. After LayerNorm, 7.0 times.");
        assert!(caption.detail.ends_with("The shapes change, too."), "{}", caption.detail);
        let turned = view("layer-norm", &[("a", a, summary(0.0, 0.8, 0.0)), ("b", b, summary(0.0, 0.2, 0.0))]);
        assert!(super::caption(&turned).headline.ends_with("After LayerNorm the widest is a, 4.0 times wider than b."));
    }

    #[test]
    fn a_ratio_has_two_or_three_digits() {
        let cases = [
            (6.96, "7.0"),
            (9.96, "10"),
            (157.4, "157"),
            (999.6, "about 1,000"),
            (52_345.0, "about 52,000"),
            (1_249_000.0, "about 1.2 million"),
            (11_339_179.2, "about 11 million"),
            (996_000_000.0, "about 1 billion"),
            (3.14e14, "about 310 trillion"),
            (2.5e17, "about 2.5\u{d7}10\u{b9}\u{2077}"),
        ];
        for (ratio, told) in cases {
            assert_eq!(times(ratio), told);
        }
    }

    #[test]
    fn equal_spreads_are_several_features_still() {
        let same = summary(0.0, 2.0, 0.0);
        let equal = view("z-score", &[("x", same, same), ("y", same, same), ("z", same, same)]);
        assert_eq!(caption(&equal).headline, "All features spread the same. After z-score all 3 spread the same.");
        // The only one that spreads at all is compared with nothing.
        let constant = summary(5.0, 0.0, f64::NAN);
        let alone = view("z-score", &[("x", same, same), ("y", constant, constant)]);
        assert_eq!(caption(&alone).headline, "x: mean 0 and standard deviation 2. After z-score: 0 and 2.");
    }

    #[test]
    fn nearly_equal_spreads_are_about_equal() {
        let equal = summary(0.0, 1.0, 0.0);
        let near = view("z-score", &[("x", equal, equal), ("y", summary(0.0, 1.02, 0.0), equal)]);
        assert_eq!(caption(&near).headline, "All features spread about the same. After z-score both spread the same.");
    }

    #[test]
    fn a_single_feature_is_told_by_centre_and_spread_without_the_noise_of_rounding() {
        let one = view("z-score", &[("body_mass_g", summary(4200.0, 800.0, 0.5), summary(1e-16, 1.0, 0.5))]);
        assert_eq!(
            caption(&one).headline,
            "body_mass_g: mean 4,200 and standard deviation 800. After z-score: 0 and 1."
        );
    }

    #[test]
    fn constants_and_nothing_at_all_have_words_too() {
        let constant = summary(5.0, 0.0, f64::NAN);
        let gone = view("z-score", &[("a", constant, constant), ("b", constant, constant)]);
        assert!(caption(&gone).headline.contains("no feature spreads"));
        let spread = summary(0.0, 1.0, 0.0);
        let flat = view("instance-norm", &[("a", spread, constant), ("b", summary(0.0, 3.0, 0.0), constant)]);
        assert!(caption(&flat).headline.contains("nothing is left of it"));
        assert!(!caption(&view("z-score", &[])).headline.is_empty());
    }
}
