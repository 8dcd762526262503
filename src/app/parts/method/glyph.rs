//! The small picture on every method: which numbers share statistics, in a table of four examples and four features.

use yew::prelude::*;

use crate::engine::FeatureSharing::Groups;
use crate::engine::{Grouping, Method, Shape};

const SIDE: usize = 4;
const SHAPE: Shape = Shape { examples: SIDE, features: SIDE, positions: 1 };
/// The value whose group is highlighted.
const HIGHLIGHTED: (usize, usize) = (1, 1);

pub fn glyph(method: &Method) -> Html {
    method.recipe(SHAPE).map_or_else(|_| html! {}, |recipe| glyph_of(recipe.grouping))
}

/// Groups of features are shown as two.
pub fn glyph_of(grouping: Grouping) -> Html {
    let features = match grouping.features {
        Groups(_) => Groups(2),
        other => other,
    };
    let grouping = Grouping { features, ..grouping };
    let group = |example, feature| grouping.index(SHAPE, example, feature, 0);
    let highlight = group(HIGHLIGHTED.0, HIGHLIGHTED.1);
    let cells = (0..SIDE * SIDE).map(|cell| {
        let (example, feature) = (cell / SIDE, cell % SIDE);
        let class = (group(example, feature) == highlight).then_some("on");
        let at = |index: usize| (index * 5).to_string();
        html! { <rect x={at(feature)} y={at(example)} width="4" height="4" rx="1" {class} /> }
    });
    html! { <svg class="glyph" viewBox="0 0 19 19" aria-hidden="true">{ for cells }</svg> }
}
