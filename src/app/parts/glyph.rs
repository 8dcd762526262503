//! The small picture on every method: which numbers share statistics, in a table of four examples and four features.

use yew::prelude::*;

use crate::engine::{Grouping, Method, Shape};

const SIDE: usize = 4;
const SHAPE: Shape = Shape { examples: SIDE, features: SIDE, positions: 1 };
/// The value whose group is lit.
const LIT: (usize, usize) = (1, 1);

/// The grouping of a method: groups of features are shown as two.
fn grouping(method: &Method) -> Option<Grouping> {
    use crate::engine::FeatureSharing::Groups;
    let grouping = method.recipe(SHAPE).ok()?.grouping;
    Some(if let Groups(_) = grouping.features { Grouping { features: Groups(2), ..grouping } } else { grouping })
}

pub fn glyph(method: &Method) -> Html {
    let Some(grouping) = grouping(method) else { return html! {} };
    let group = |example, feature| grouping.index(SHAPE, example, feature, 0);
    let lit = group(LIT.0, LIT.1);
    let cells = (0..SIDE * SIDE).map(|cell| {
        let (example, feature) = (cell / SIDE, cell % SIDE);
        let class = (group(example, feature) == lit).then_some("on");
        let at = |index: usize| (index * 5).to_string();
        html! { <rect x={at(feature)} y={at(example)} width="4" height="4" rx="1" {class} /> }
    });
    html! { <svg class="glyph" viewBox="0 0 19 19" aria-hidden="true">{ for cells }</svg> }
}
