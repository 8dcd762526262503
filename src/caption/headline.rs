//! The first sentence: what matters most about these data under this method, chosen by what happened.

mod batches;
mod outliers;
mod sharing;
mod spreads;
mod tails;

use self::batches::in_batches;
use self::outliers::outliers;
use self::sharing::sharing;
use self::spreads::{one, spreads};
use self::tails::tails;
use super::told::Telling;
use super::wording::{after, capital, counted, percent, times};
use crate::data::shown_name;
use crate::engine::method::{BatchNorm, Mode, MomentumOf};
use crate::engine::{Center, Method, Recipe, Scale, Summary};
use crate::plot::number::{format4, whole};
use crate::protocol::{Feature, FitOn, ViewResult};

/// Where features share statistics, a spread below this part of the largest output counts as none.
pub(super) const NEGLIGIBLE: f64 = 1e-3;
/// And an output below this part of it is almost 0.
const ALMOST_ZERO: f64 = 1e-2;
/// Spreads of which one is so many times another are of different units.
const OF_OTHER_UNITS: f64 = 10.0;
/// Of the variance, from where on eps changes what can be seen.
const LARGE_EPS: f64 = 0.1;
/// A start of running statistics that weighs less is not worth a sentence.
const FORGOTTEN: f64 = 0.01;

/// A view and what was done in it.
struct SeenView<'a> {
    view: &'a ViewResult,
    method: &'a Method,
    recipe: Option<Recipe>,
    telling: Telling,
    /// `After z-score`.
    after: String,
}

/// What happened, in one sentence or two.
pub fn headline(method: &Method, view: &ViewResult) -> String {
    let recipe = method.recipe(view.shape).ok();
    let seen = SeenView { view, method, recipe, telling: Telling::of_view(view), after: after(method) };
    let rules: [fn(&SeenView) -> Option<String>; 13] = [
        nothing,
        one_row,
        in_batches,
        one_value,
        running,
        two_features,
        swamped,
        sharing,
        constants,
        outliers,
        large_eps,
        tails,
        spreads,
    ];
    let first = rules.iter().find_map(|rule| rule(&seen)).unwrap_or_default();
    [Some(first), held_out(&seen)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Whether the headline of a view is about values far out.
pub fn is_of_outliers(method: &Method, view: &ViewResult) -> bool {
    let recipe = method.recipe(view.shape).ok();
    outliers(&SeenView { view, method, recipe, telling: Telling::of_view(view), after: after(method) }).is_some()
}

/// Every output is NaN.
fn nothing(seen: &SeenView) -> Option<String> {
    let features = &seen.view.features;
    let none = !features.is_empty() && features.iter().all(|feature| feature.after.count == 0);
    none.then(|| format!("{}, every output is NaN.", seen.after))
}

/// A single example: enough for methods that compare its features, too little for all others.
fn one_row(seen: &SeenView) -> Option<String> {
    let (view, name) = (seen.view, seen.method.info().name);
    if view.shape.examples != 1 || view.shape.positions != 1 || view.shape.features < 2 {
        return None;
    }
    if view.groups.by_feature || view.groups.total == view.shape.features as u64 {
        let first = view.features.first()?.after.mean;
        let same = view.features.iter().all(|feature| feature.after.mean == first);
        let becomes = if same { format!(" and becomes {}", format4(first)) } else { String::new() };
        return Some(format!(
            "With one row, each feature holds a single value{becomes}: {name} has nothing to compare it with."
        ));
    }
    Some(format!("One example is enough for {name}: it compares the features of that row."))
}

/// A value that shares its statistics with no other is its own mean.
fn one_value(seen: &SeenView) -> Option<String> {
    let view = seen.view;
    let alone = view.groups.total == view.values() * view.features.len() as u64;
    let first = view.features.first()?.after;
    let flat = |feature: &Feature| (feature.after.min, feature.after.max) == (first.min, first.min);
    if !alone
        || seen.group_norm().is_some()
        || seen.recipe.as_ref()?.center != Center::Mean
        || !view.features.iter().all(flat)
    {
        return None;
    }
    let of = if view.shape.positions == 1 && view.features.len() > 1 { "feature of an example" } else { "example" };
    Some(format!(
        "With one value per {of}, {} has nothing to compare it with: every value becomes {}.",
        seen.method.info().name,
        format4(first.min)
    ))
}

/// Of two values minus their mean over their deviation nothing is left but which is larger.
fn two_features(seen: &SeenView) -> Option<String> {
    let (view, recipe) = (seen.view, seen.recipe.as_ref()?);
    let of_two = view.groups.total > 0
        && view.groups.total * 2 == view.values() * view.features.len() as u64 / view.shape.positions as u64
        && view.shape.positions == 1;
    let standardizes = recipe.center == Center::Mean && matches!(recipe.scale, Scale::StandardDeviation(_));
    if !of_two || !standardizes || view.groups.by_feature {
        return None;
    }
    let signs = |summary: &Summary| (summary.min.abs() - 1.0).abs() < 0.01 && (summary.max.abs() - 1.0).abs() < 0.01;
    if !view.features.iter().all(|feature| signs(&feature.after)) {
        return None;
    }
    let name = seen.method.info().name;
    let pair = if view.features.len() == 2 { "With two features" } else { "With two features per group" };
    let spreads: Vec<f64> = view.features.iter().map(|feature| feature.before.sd).filter(|sd| *sd > 0.0).collect();
    let (low, high) = spreads.iter().fold((f64::INFINITY, 0.0_f64), |(a, b), &sd| (a.min(sd), b.max(sd)));
    let units =
        if high > low * OF_OTHER_UNITS { " Features of different units should not share statistics." } else { "" };
    Some(format!("{pair}, {name} can only say which is larger: every value becomes \u{2212}1 or 1.{units}"))
}

/// Features share statistics, and one is so large that each feature is nearly one value afterwards.
fn swamped(seen: &SeenView) -> Option<String> {
    let view = seen.view;
    let largest = seen.largest_output();
    let flat = |feature: &Feature| feature.before.sd > 0.0 && feature.after.sd < NEGLIGIBLE * largest;
    if view.groups.by_feature || view.features.len() < 2 || !view.features.iter().all(flat) {
        return None;
    }
    let told = |feature: &Feature| {
        let name = shown_name(&feature.name);
        if feature.after.median.abs() < ALMOST_ZERO * largest {
            format!("every {name} almost 0")
        } else {
            format!("every {name} becomes {}", format4(feature.after.median))
        }
    };
    // Those that become something come first.
    let (some, zero): (Vec<_>, Vec<_>) = view.features.iter().map(told).partition(|told| told.contains(" becomes "));
    let listed = match (some.len(), zero.len()) {
        (1..=2, 0..=2) => some.into_iter().chain(zero).collect::<Vec<_>>().join(", "),
        _ => "every feature becomes nearly one value".into(),
    };
    Some(format!("{}, {listed}: they share statistics, and the largest decides.", seen.after))
}

/// Features without any spread.
fn constants(seen: &SeenView) -> Option<String> {
    let (view, recipe) = (seen.view, seen.recipe.as_ref()?);
    let is_constant = |feature: &&Feature| feature.before.sd == 0.0 && feature.before.count > 1;
    let constants: Vec<&Feature> = view.features.iter().filter(is_constant).collect();
    let first = constants.first().filter(|_| view.groups.by_feature)?;
    let (who, is, it) = match constants.len() {
        1 => (capital(&shown_name(&first.name)), "is", "it"),
        2 => (format!("{} and {}", capital(&shown_name(&first.name)), shown_name(&constants[1].name)), "are", "they"),
        n => (format!("{n} features"), "are", "they"),
    };
    let same = constants.iter().all(|feature| feature.after.mean == first.after.mean);
    let becomes = if it == "it" { "becomes" } else { "become" };
    let becomes = match same {
        true => format!("{it} {becomes} {} everywhere", format4(first.after.mean)),
        false => format!("{it} {becomes} one value everywhere"),
    };
    let why = match recipe.scale.has_eps() {
        true if recipe.eps > 0.0 && seen.fits_here() => {
            format!("; \u{221a}eps keeps {} from dividing 0 by 0", seen.method.info().name)
        }
        _ => String::new(),
    };
    let constant = format!("{who} {is} constant: {becomes}{why}.");
    let rest: Vec<&Feature> = view.features.iter().filter(|feature| feature.before.sd > 0.0).collect();
    let second = match rest.as_slice() {
        [] => None,
        [only] => Some(one(only, &seen.after, seen.telling)),
        _ => seen.second(&seen.spreads_after(), None),
    };
    Some([Some(constant), second].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// An eps that is no longer next to nothing beside a variance.
fn large_eps(seen: &SeenView) -> Option<String> {
    let (view, recipe) = (seen.view, seen.recipe.as_ref()?);
    let deviation = matches!(recipe.scale, Scale::StandardDeviation(_));
    // With a gamma, the deviation is not that of eps alone; of some rows, the variance is not the one that is seen.
    let plain = recipe.affine.as_ref().is_none_or(|affine| affine.gamma.iter().all(|gamma| *gamma == 1.0));
    if !view.groups.by_feature || !deviation || !plain || !seen.fits_here() || view.query.fit != FitOn::All {
        return None;
    }
    let varying = view.features.iter().filter(|feature| feature.before.sd > 0.0);
    let feature = varying.reduce(|a, b| if b.before.sd < a.before.sd { b } else { a })?;
    let part = recipe.eps / feature.before.sd.powi(2);
    if part < LARGE_EPS {
        return None;
    }
    let name = shown_name(&feature.name);
    let much = if part < 0.995 { percent(part) + " of" } else { format!("{} times", times(part)) };
    let sd = format4(seen.telling.sd(&feature.after));
    Some(format!(
        "eps is {much} the variance of {name}, so the standard deviation of {name} becomes {sd} instead of 1."
    ))
}

/// BatchNorm in evaluation: what the start of the running statistics still weighs.
fn running(seen: &SeenView) -> Option<String> {
    let Method::BatchNorm(method @ BatchNorm { mode: Mode::Evaluation, .. }) = seen.method else { return None };
    let batches = seen.view.fitted_rows.div_ceil(method.batch.max(1));
    let kept = match method.momentum_of {
        MomentumOf::New => 1.0 - method.momentum,
        MomentumOf::Old => method.momentum,
        MomentumOf::Cumulative => 0.0,
    };
    let start = kept.powi(i32::try_from(batches).unwrap_or(i32::MAX));
    if start < FORGOTTEN || matches!(seen.view.query.fit, FitOn::Saved(_)) {
        return None;
    }
    let batches = counted(batches, "batch", "batches");
    let first = format!(
        "After {batches}, the starting mean 0 and variance 1 still weigh {} in the running statistics.",
        percent(start)
    );
    let second = seen.second(&seen.spreads_after(), None);
    Some([Some(first), second].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// How many of the rows that were not fitted land outside of the chosen range.
fn held_out(seen: &SeenView) -> Option<String> {
    let held_out = seen.view.facts.held_out.as_ref()?;
    let (low, high) = (format4(held_out.low), format4(held_out.high));
    let n = whole(held_out.values);
    let of = if held_out.values == 1 { "1 test value".into() } else { format!("{n} test values") };
    Some(match (held_out.below, held_out.above) {
        (0, 0) => format!("Of {of}, all stay within {low} and {high}."),
        (0, above) => format!("{above} of {of} {} above {high}.", lands(above)),
        (below, 0) => format!("{below} of {of} {} below {low}.", lands(below)),
        (below, above) => {
            format!("{} of {of} land outside of {low} to {high}: {below} below, {above} above.", below + above)
        }
    })
}

fn lands(count: u64) -> &'static str {
    if count == 1 { "lands" } else { "land" }
}

impl SeenView<'_> {
    fn name(&self, index: usize) -> String {
        shown_name(&self.view.features[index].name)
    }

    /// Whether the statistics are those of values at hand, neither running nor saved ones.
    fn fits_here(&self) -> bool {
        let evaluates = matches!(self.method, Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, .. }));
        !evaluates && !matches!(self.view.query.fit, FitOn::Saved(_))
    }

    /// The largest absolute value of all outputs.
    fn largest_output(&self) -> f64 {
        let sizes = self.view.features.iter().map(|feature| feature.after.min.abs().max(feature.after.max.abs()));
        sizes.filter(|size| size.is_finite()).fold(0.0, f64::max)
    }

    /// GroupNorm with one group, or with one feature a group, is another method.
    fn group_norm(&self) -> Option<String> {
        let Method::GroupNorm(method) = self.method else { return None };
        let features = self.view.features.len() as u64;
        match method.groups {
            _ if features < 2 => None,
            1 => Some("With one group, GroupNorm is LayerNorm.".into()),
            groups if groups == features => Some("With one feature per group, GroupNorm is InstanceNorm.".into()),
            _ => None,
        }
    }
}

fn lower(after: &str) -> String {
    after.replacen('A', "a", 1)
}

#[cfg(test)]
mod tests;
