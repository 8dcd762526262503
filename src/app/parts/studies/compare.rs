//! Several methods side by side on the same data.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::compare_plots::ComparePlots;
use super::compare_table::compare_table;
use crate::app::client::use_call;
use crate::app::hooks::{AppContext, use_late};
use crate::app::parts::explanation::inspector::link_to_calculation;
use crate::app::parts::inputs::choice::choice;
use crate::app::parts::inputs::explained::labelled;
use crate::app::parts::inputs::list::List;
use crate::app::parts::inputs::terms::sentence;
use crate::app::parts::method::glyph::glyph;
use crate::app::parts::plot::pair_plot::PairPlotView;
use crate::app::parts::refused::alert;
use crate::caption::{followed, relation};
use crate::engine::Method;
use crate::protocol::DataInfo;
use crate::state::{Action, AppState, CompareChoice, Loadable};

const AXES: [(bool, &str); 2] = [(false, "Shared axis"), (true, "Separate axes")];
const ZOOMS: [(bool, &str); 2] = [(false, "All values"), (true, "Hide extreme 2%")];

#[derive(Properties, PartialEq)]
pub struct CompareViewProps {
    pub app: AppContext,
    pub dark: bool,
}

#[component]
pub fn CompareView(props: &CompareViewProps) -> Html {
    let AppContext { state, answers, client, act, interaction, .. } = &props.app;
    let comparison = use_call(client, answers.looked_at().map(|info| state.compare_query(info)));
    let late = use_late(matches!(comparison, Loadable::Loading { .. }));
    let chosen = &state.compare;
    let axes = change(state, act, |choice, own| choice.own_axes = own);
    let zoom = change(state, act, |choice, zoom| choice.zoom = zoom);
    let choose = change(state, act, |choice, pair| choice.pair = Some(pair));
    html! {
        <>
            { alert(comparison.reason()) }
            if let Some(info) = &answers.info {
                { chips(state, info, act) }
            }
            <div class="views">
                { choice("Axes", AXES, chosen.own_axes, &axes) }
                { choice("Zoom", ZOOMS, chosen.zoom, &zoom) }
                if let Some(info) = &answers.info {
                    { feature_field(state, info, act) }
                }
            </div>
            if let Some(comparison) = comparison.last() {
                // It may still be of the data before.
                <div class={late.then_some("late")} aria-busy={late.to_string()}>
                    <p class="claim" role="status">{ relation(comparison) }</p>
                    <ComparePlots comparison={comparison.clone()} own_axes={chosen.own_axes} dark={props.dark} act={act.clone()} />
                    <p class="plot-note">
                        <span data-followed="">{ followed(comparison) }</span>
                        if comparison.followed.is_some() { { " " }{ link_to_calculation() } }
                    </p>
                    { compare_table(comparison) }
                    <PairPlotView comparison={comparison.clone()} view={answers.view.clone()} interaction={interaction.clone()} dark={props.dark}
                        {choose} stem={format!("{} against", state.stem())} />
                </div>
            } else if answers.view_problem.is_none() && comparison.reason().is_none() {
                <p class="cap" role="status">{ "Comparing\u{2026}" }</p>
            } else if answers.view_problem.is_some() {
                <p class="cap">{ "Without a result of the chosen method, there is nothing to compare." }</p>
            }
        </>
    }
}

/// Chooses what was chosen, with one change.
fn change<T: 'static>(
    state: &AppState,
    act: &Callback<Action>,
    change: impl Fn(&mut CompareChoice, T) + 'static,
) -> Callback<T> {
    let choice = state.compare.clone();
    act.reform(move |value| {
        let mut next = choice.clone();
        change(&mut next, value);
        Action::SetCompare(Box::new(next))
    })
}

/// Which methods take part.
fn chips(state: &AppState, info: &DataInfo, act: &Callback<Action>) -> Html {
    let choice = state.compare_for(info);
    let on = choice.methods();
    let chosen = state.method.info().slug;
    let chips = Method::all().into_iter().map(|method| {
        let info = method.info();
        let choice = choice.clone();
        let onclick = act.reform(move |_: MouseEvent| Action::SetCompare(Box::new(choice.clone().toggled(info.slug))));
        let here = info.slug == chosen;
        html! {
            <button type="button" class="method" key={info.slug} data-compare={info.slug} {onclick} disabled={here}
                aria-pressed={(here || on.contains(&info.slug)).to_string()}
                title={if here { "The chosen method is always compared" } else { info.summary }}>
                { glyph(&method) }
                <span>{ info.name }</span>
            </button>
        }
    });
    html! { <div class="chips" role="group" aria-label="Methods to compare">{ for chips }</div> }
}

/// Which feature the table and the picture below are of.
fn feature_field(state: &AppState, info: &DataInfo, act: &Callback<Action>) -> Html {
    let columns: Vec<_> = state.chosen_columns(info).into_iter().map(|index| &info.columns[index]).collect();
    if columns.len() < 2 {
        return html! {};
    }
    let wanted = columns.iter().position(|column| Some(&column.key) == state.compare.feature.as_ref()).unwrap_or(0);
    let onchange = change(state, act, |choice, event: Event| {
        choice.feature = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
    });
    labelled("compare-feature", "Feature", sentence("compare-feature"), |described| {
        html! {
            <List name="compare-feature" {onchange} {described}>
                for (index, column) in columns.iter().enumerate() {
                    <option value={column.key.clone()} selected={index == wanted}>{ column.name.clone() }</option>
                }
            </List>
        }
    })
}
