//! How the spreads of features compare, before and after.

use super::super::told::{Telling, varies};
use super::super::wording::{alike, capital, times};
use super::{NEGLIGIBLE, SeenView, lower};
use crate::data::shown_name;
use crate::engine::{Divisor, Scale, Summary};
use crate::plot::number::format4;
use crate::protocol::Feature;

/// The variance of the logarithm of the width of the middle half, times the number of values, of normal values.
const MIDDLE_HALF_ERROR: f64 = 1.36;
/// And that of the least or greatest value of a few hundred.
const END_ERROR: f64 = 0.01;

/// A feature, its spread, and the variance of the logarithm of that from sample to sample.
pub(super) type FeatureSpread = (usize, f64, f64);

/// What became of the ratio of the spreads; of a single feature, of its centre and spread.
pub(super) fn spreads(seen: &SeenView) -> Option<String> {
    let view = seen.view;
    let before = seen.spreads_before();
    let varying: Vec<usize> = before.iter().map(|(index, ..)| *index).collect();
    match (varying.as_slice(), view.features.as_slice()) {
        ([], [only]) | ([_], [only]) => return Some(one(only, &seen.after, seen.telling)),
        ([], _) => return Some(format!("{}, every value of a feature is the same, as before.", seen.after)),
        ([only], _) => return Some(one(&view.features[*only], &seen.after, seen.telling)),
        _ => {}
    }
    let (wide, narrow) = ends(&before)?;
    let ratio = wide.1 / narrow.1;
    let (wide_name, narrow_name) = (seen.name(wide.0), seen.name(narrow.0));
    let middle = seen.by_middle_half();
    let after = seen.spreads_after();
    let same_after = ends(&after).and_then(|(wide, narrow)| same(wide, narrow));
    let same_before = same(wide, narrow);
    if same_before.is_some() && same_before == same_after && before.len() == after.len() {
        let who = seen.who(&after);
        let (same, after) = (same_after.unwrap_or_default(), lower(&seen.after));
        return Some(format!("{} have {same} spread before and {after}.", begun(&who)));
    }
    let first = match (seen.group_norm(), same_before) {
        (Some(told), _) => told,
        (None, Some(same)) if before.len() == 2 => {
            format!("{} and {narrow_name} have {same} spread.", capital(&wide_name))
        }
        (None, Some(same)) => format!("All features have {same} spread."),
        (None, None) if middle => {
            format!("The middle half of {wide_name} is {} times wider than that of {narrow_name}.", times(ratio))
        }
        (None, None) => format!("{} spreads {} times wider than {narrow_name}.", capital(&wide_name), times(ratio)),
    };
    // "2.9 times" needs a sentence before it that says of what.
    let told = if seen.group_norm().is_some() { None } else { Some((wide.0, narrow.0, ratio)) };
    let second = seen.second(&after, told);
    Some([Some(first), second].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

impl SeenView<'_> {
    /// Whether spread is that of the middle half: some values are far out, and would decide any other.
    fn by_middle_half(&self) -> bool {
        let wide = |feature: &Feature| feature.before.q3 > feature.before.q1 || feature.before.sd == 0.0;
        let outliers = self.view.facts.outliers.iter().flatten();
        outliers.into_iter().any(|far| far.detached) && self.view.features.iter().all(wide)
    }

    /// The error of a standard deviation is that of a sample of such a kurtosis.
    fn spread(&self, index: usize, summary: &Summary) -> FeatureSpread {
        let n = summary.count as f64;
        if self.by_middle_half() {
            (index, summary.q3 - summary.q1, MIDDLE_HALF_ERROR / n)
        } else {
            (index, summary.sd, (summary.excess_kurtosis + 2.0) / (4.0 * n))
        }
    }

    fn spreads_before(&self) -> Vec<FeatureSpread> {
        let all = self.view.features.iter().enumerate().map(|(index, feature)| self.spread(index, &feature.before));
        all.filter(|(_, spread, _)| *spread > 0.0 && spread.is_finite()).collect()
    }

    /// Of the features that still vary.
    pub(super) fn spreads_after(&self) -> Vec<FeatureSpread> {
        let least = if self.view.groups.by_feature { 0.0 } else { NEGLIGIBLE * self.largest_output() };
        let varying = |feature: &&Feature| varies(&feature.before, &feature.after) && feature.after.sd >= least;
        let all = self.view.features.iter().enumerate().filter(|(_, feature)| varying(feature));
        // Where values are divided by the distance of the ends, the spread is as uncertain as these.
        let of_ends = self.recipe.as_ref().is_some_and(|recipe| matches!(recipe.scale, Scale::Range | Scale::MaxAbs));
        let ends = if of_ends { END_ERROR } else { 0.0 };
        let spreads = all.map(|(index, feature)| {
            let (_, spread, error) = self.spread(index, &feature.after);
            (index, spread, error + ends)
        });
        spreads.filter(|(_, spread, _)| spread.is_finite()).collect()
    }

    /// Those that vary: `ctr and revenue`, `all 13 features`.
    fn who(&self, spreads: &[FeatureSpread]) -> String {
        match (spreads, self.view.features.len()) {
            ([(a, ..), (b, ..)], 2) => format!("{} and {}", self.name(*a), self.name(*b)),
            (vary, all) if vary.len() == all => format!("all {all} features"),
            (vary, _) => format!("the {} features that vary", vary.len()),
        }
    }

    /// How the spreads of the features compare afterwards; `before` is the widest, the narrowest and their ratio.
    pub(super) fn second(&self, spreads: &[FeatureSpread], before: Option<(usize, usize, f64)>) -> Option<String> {
        let after = &self.after;
        let Some((wide, narrow)) = ends(spreads) else {
            return Some(format!("{after}, every value of a feature is the same."));
        };
        let ratio = wide.1 / narrow.1;
        let (wide_name, narrow_name) = (self.name(wide.0), self.name(narrow.0));
        if spreads.len() == 1 {
            return Some(format!("{after}, only {wide_name} still varies."));
        }
        if let Some(same) = same(wide, narrow) {
            return Some(format!("{after}, {} have {same} spread.", self.who(spreads)));
        }
        let ratio_told = times(ratio);
        Some(match before {
            Some((wide, narrow, before))
                if (self.name(wide), self.name(narrow)) == (wide_name.clone(), narrow_name.clone()) =>
            {
                let only = if ratio < before / 2.0 { "only " } else { "" };
                format!("{after}, {only}{ratio_told} times.")
            }
            _ => format!("{after}, {wide_name} spreads {ratio_told} times wider than {narrow_name}."),
        })
    }
}

/// A name or words at the beginning of a sentence.
fn begun(who: &str) -> String {
    match who.strip_prefix("all ") {
        Some(rest) => format!("All {rest}"),
        None => capital(who),
    }
}

/// Whether two spreads are the same, in words.
fn same(wide: FeatureSpread, narrow: FeatureSpread) -> Option<&'static str> {
    alike(wide.1 / narrow.1, (wide.2 + narrow.2).sqrt())
}

/// The widest and the narrowest.
fn ends(spreads: &[FeatureSpread]) -> Option<(FeatureSpread, FeatureSpread)> {
    let spreads = || spreads.iter().copied();
    let wide = spreads().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let narrow = spreads().reduce(|a, b| if b.1 < a.1 { b } else { a })?;
    Some((wide, narrow))
}

pub(super) fn one(Feature { name, before, after, .. }: &Feature, after_method: &str, telling: Telling) -> String {
    let divisor = if telling.divisor == Divisor::N { "" } else { " (divisor n \u{2212} 1)" };
    format!(
        "{}: mean {} and standard deviation {}{divisor}. {after_method}: {} and {}.",
        capital(&shown_name(name)),
        format4(before.mean),
        format4(telling.sd(before)),
        format4(telling.after(after).mean),
        format4(telling.sd(after))
    )
}
