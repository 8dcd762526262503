//! BatchNorm in training, batch by batch.

use super::NEGLIGIBLE;
use super::SeenView;
use crate::data::shown_name;
use crate::engine::{ExampleSharing, Recipe};
use crate::plot::number::format4;
use crate::protocol::{Feature, GroupSummary};

/// That what a value becomes depends on its batch; nothing where all rows are one.
pub(super) fn in_batches(seen: &SeenView) -> Option<String> {
    let (view, recipe) = (seen.view, seen.recipe.as_ref()?);
    let ExampleSharing::Batches(size) = recipe.grouping.examples else { return None };
    let name = seen.method.info().name;
    let first = view.features.first()?.after;
    if size == 1 && view.shape.positions == 1 {
        return Some(format!(
            "With one row per batch, {name} has nothing to compare it with: every value becomes {}.",
            format4(first.median)
        ));
    }
    let told = view.features.iter().enumerate().filter_map(|(index, feature)| becomes(seen, recipe, index, feature));
    let (feature, low, high) = told.reduce(|a, b| if b.2 - b.1 > a.2 - a.1 { b } else { a })?;
    let (rows, shown) = (super::counted(size as u64, "row", "rows"), shown_name(&feature.name));
    if high - low < NEGLIGIBLE {
        return Some(format!("In batches of {rows}, the statistics of all batches agree."));
    }
    Some(format!(
        "In batches of {rows}, equal values become different numbers: the mean of {shown}, {}, would become {} in one batch and \
         {} in another.",
        format4(feature.before.mean),
        format4(low),
        format4(high)
    ))
}

/// The least and the greatest of what the mean of a feature becomes in the full batches that are told.
fn becomes<'a>(
    seen: &SeenView,
    recipe: &Recipe,
    index: usize,
    feature: &'a Feature,
) -> Option<(&'a Feature, f64, f64)> {
    let groups: Vec<&GroupSummary> =
        seen.view.groups.first.iter().skip(index).step_by(seen.view.features.len()).collect();
    let most = groups.iter().map(|group| group.count + group.missing).max()?;
    let (gamma, beta) = recipe.affine.as_ref().map_or((1.0, 0.0), |affine| (affine.gamma[0], affine.beta[0]));
    let full = groups.into_iter().filter(|group| group.count + group.missing == most);
    let outputs = full.map(|group| (feature.before.mean - group.center) / group.scale * gamma + beta);
    let (low, high) = outputs
        .filter(|output| !output.is_nan())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), output| (low.min(output), high.max(output)));
    (low <= high).then_some((feature, low, high))
}
