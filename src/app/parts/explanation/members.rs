//! The members of a picked bar or range: each can be asked where it comes from.

use yew::prelude::*;

use crate::app::hooks::{PlotInteraction, use_plot_interaction};
use crate::data::DataCell;
use crate::plot::number::{format4, whole};
use crate::protocol::{Highlight, Pick, ViewResult, When};
use crate::state::ByPtr;

/// So many are named at first.
const NAMED: usize = 10;
/// And so many more at a time.
const MORE: usize = 200;

#[derive(Properties, PartialEq)]
pub struct MembersProps {
    pub view: ByPtr<ViewResult>,
    pub pick: Option<Pick>,
    pub interaction: PlotInteraction,
}

#[component]
pub fn Members(props: &MembersProps) -> Html {
    use_plot_interaction(&props.interaction);
    let picked = props.pick;
    // Of which pick how many are named.
    let named = use_state_eq(|| (picked, NAMED));
    let many = if named.0 == picked { named.1 } else { NAMED };
    let show = Callback::from(move |_: MouseEvent| named.set((picked, many + MORE)));
    let highlight = props.interaction.highlight().filter(|highlight| picked == Some(highlight.pick));
    highlight.map_or_else(|| html! {}, |highlight| members(&props.view, &highlight, &props.interaction, (many, show)))
}

fn members(
    view: &ViewResult,
    highlight: &Highlight,
    interaction: &PlotInteraction,
    (many, show): (usize, Callback<MouseEvent>),
) -> Html {
    let Pick::Range { column, when, .. } = highlight.pick else { return html! {} };
    let Some(feature) = view.query.columns.iter().position(|chosen| *chosen == column) else { return html! {} };
    let values = highlight.features.get(feature).map_or(&[][..], |feature| match when {
        When::Before => &feature.before.values,
        When::After => &feature.after.values,
    });
    let places = highlight.rows.iter().zip(&highlight.positions).take(many);
    let buttons = places.enumerate().map(|(index, (&row, &position))| {
        let cell = DataCell { row: u64::from(row), column, position };
        let interaction = interaction.clone();
        let onclick = Callback::from(move |_: MouseEvent| interaction.seek(cell));
        let mut name = format!("Row {}", whole(cell.row + 1));
        if view.shape.positions > 1 {
            name.push_str(&format!(", position {}", position + 1));
        }
        let value = values.get(index).map_or_else(String::new, |value| format!(": {}", format4(*value)));
        html! { <button type="button" {onclick}>{ name }{ value }</button> }
    });
    let named = highlight.rows.len().min(many);
    let (next, more) = ((highlight.rows.len() - named).min(MORE), highlight.values.saturating_sub(named as u64));
    html! {
        <section class="card" aria-labelledby="members">
            <div class="card-head"><h2 id="members">{ "Choose a value to see how it was computed" }</h2></div>
            <p class="chips">
                { for buttons }
                if next > 0 { <button type="button" onclick={show}>{ more_of(next as u64, more) }</button> }
                if more > next as u64 { <span class="cap">{ format!("{} more are not shown", whole(more)) }</span> }
            </p>
        </section>
    }
}

/// What the button says that names more: `190 more`, `200 of 4,990 more`.
fn more_of(next: u64, more: u64) -> String {
    if next == more { format!("{} more", whole(more)) } else { format!("{} of {} more", whole(next), whole(more)) }
}

#[cfg(test)]
mod tests {
    use super::more_of;

    #[test]
    fn the_button_says_how_many_there_are() {
        assert_eq!(more_of(190, 190), "190 more");
        assert_eq!(more_of(200, 4990), "200 of 4,990 more");
    }
}
