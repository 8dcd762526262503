//! The headline of made-up summaries.

use super::super::caption;
use super::*;
use crate::protocol::{Groups, ViewQuery};

/// A feature of this mean, standard deviation and skewness.
fn summary(mean: f64, sd: f64, skewness: f64) -> Summary {
    let (min, max) = (mean - 2.0 * sd, mean + 2.0 * sd);
    let (count, missing, excess_kurtosis) = (9, 0, 0.0);
    Summary { count, missing, mean, sd, min, q1: mean, median: mean, q3: mean, max, skewness, excess_kurtosis }
}

fn view(method: &str, features: &[(&str, Summary, Summary)]) -> ViewResult {
    let features = features.iter();
    let features = features.map(|&(name, before, after)| Feature { name: name.into(), before, after, held_out: None });
    let query = ViewQuery { method: Method::from_slug(method).unwrap(), ..ViewQuery::default() };
    let features: Vec<_> = features.collect();
    let shape = crate::engine::Shape { examples: 9, features: features.len(), positions: 1 };
    let groups = Groups { by_feature: !method.contains("layer"), ..Groups::default() };
    ViewResult { query, shape, groups, features, ..ViewResult::default() }
}

#[test]
fn the_headline_tells_what_became_of_the_ratio() {
    let (ctr, revenue) = (summary(0.05, 0.025, 0.1), summary(5e5, 2.5e5, -0.2));
    let after = |skewness| summary(0.0, 1.0, skewness);
    let both = view("z-score", &[("ctr", ctr, after(0.1)), ("revenue", revenue, after(-0.2))]);
    let caption = caption(&both);
    assert_eq!(
        caption.headline,
        "Revenue spreads about 10 million times wider than ctr. After z-score, ctr and revenue have the same spread."
    );
    assert!(caption.detail.ends_with("The shapes do not change."), "{}", caption.detail);
}

#[test]
fn a_method_that_leaves_spreads_apart_is_not_praised() {
    let (a, b) = (summary(0.0, 1.0, 0.0), summary(0.0, 30.0, 0.0));
    let apart = view("layer-norm", &[("a", a, summary(0.0, 0.1, 1.0)), ("b", b, summary(0.0, 0.7, 2.0))]);
    let caption = caption(&apart);
    assert_eq!(caption.headline, "b spreads 30 times wider than a. After LayerNorm, only 7.0 times.");
    assert!(caption.detail.ends_with("The shapes change as well."), "{}", caption.detail);
    let turned = view("layer-norm", &[("a", a, summary(0.0, 0.8, 0.0)), ("b", b, summary(0.0, 0.2, 0.0))]);
    assert!(super::super::caption(&turned).headline.ends_with("After LayerNorm, a spreads 4.0 times wider than b."));
}

#[test]
fn equal_spreads_are_several_features_still() {
    let same = summary(0.0, 2.0, 0.0);
    let equal = view("z-score", &[("x", same, same), ("y", same, same), ("z", same, same)]);
    assert_eq!(caption(&equal).headline, "All 3 features have the same spread before and after z-score.");
    // The only one that spreads at all is compared with nothing.
    let constant = summary(5.0, 0.0, f64::NAN);
    let alone = view("z-score", &[("x", same, same), ("y", constant, constant)]);
    assert_eq!(
        caption(&alone).headline,
        "y is constant: it becomes 5 everywhere. x: mean 0 and standard deviation 2. After z-score: 0 and 2."
    );
}

#[test]
fn nearly_equal_spreads_are_about_equal() {
    let equal = summary(0.0, 1.0, 0.0);
    let near = view("z-score", &[("x", equal, equal), ("y", summary(0.0, 1.02, 0.0), equal)]);
    assert_eq!(
        caption(&near).headline,
        "y and x have about the same spread. After z-score, x and y have the same spread."
    );
}

#[test]
fn a_single_feature_is_told_by_centre_and_spread_without_the_noise_of_rounding() {
    let one = view("z-score", &[("body_mass_g", summary(4200.0, 800.0, 0.5), summary(1e-16, 1.0, 0.5))]);
    assert_eq!(caption(&one).headline, "body_mass_g: mean 4,200 and standard deviation 800. After z-score: 0 and 1.");
}

#[test]
fn constants_and_nothing_at_all_have_words_too() {
    let constant = summary(5.0, 0.0, f64::NAN);
    let gone = view("z-score", &[("a", constant, constant), ("b", constant, constant)]);
    assert!(caption(&gone).headline.contains("a and b are constant: they become 5 everywhere"));
    let spread = summary(0.0, 1.0, 0.0);
    let flat = view("instance-norm", &[("a", spread, constant), ("b", summary(0.0, 3.0, 0.0), constant)]);
    assert!(caption(&flat).headline.contains("After InstanceNorm, every value of a feature is the same."));
    assert!(!caption(&view("z-score", &[])).headline.is_empty());
}
