//! Which values share statistics, where each example has its own.

use super::super::wording::capital;
use super::SeenView;
use crate::plot::number::whole;

/// Of a table of no more features, how their spreads compare says more.
const FEW: usize = 8;

/// `LayerNorm: the 128 values of each row share one mean and one standard deviation.`
pub(super) fn sharing(seen: &SeenView) -> Option<String> {
    let (view, recipe) = (seen.view, seen.recipe.as_ref()?);
    let shape = view.shape;
    if !recipe.is_within_examples() || shape.positions == 1 && shape.features <= FEW {
        return None;
    }
    let [rows, features, positions] = recipe.grouping.members(shape, 0);
    let count = rows.len() * features.len() * positions.len();
    let statistics: Vec<_> = [recipe.center.words(), recipe.scale.words()].into_iter().flatten().collect();
    if count < 2 || statistics.is_empty() {
        return None;
    }
    let all_features = features.len() == shape.features;
    let part = match (features.len(), positions.len() == shape.positions) {
        (_, true) if all_features => "each row".into(),
        (_, false) if all_features => "each position of each row".into(),
        (1, _) => "each feature of each row".into(),
        (several, true) => format!("each group of {several} features of each row"),
        (several, false) => format!("each group of {several} features at each position of each row"),
    };
    let who = seen
        .group_norm()
        .map_or_else(|| capital(seen.method.info().name), |same| same.trim_end_matches('.').to_owned());
    let share = format!("share one {}", statistics.join(" and one "));
    Some(format!("{who}: the {} values of {part} {share}.", whole(count as u64)))
}
