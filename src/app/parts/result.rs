//! The result: what happened in words, in plots, in numbers.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::experiment::claims::claims;
use super::explanation::inspector::{Inspector, link_to_calculation, unexplained};
use super::explanation::members::Members;
use super::explanation::readout::Readout;
use super::explanation::what_if::what_if;
use super::plot::plots::Plots;
use super::plot::view_bar::ViewBar;
use super::refused::refusal;
use super::save::save;
use super::statistics::groups_table::GroupsTable;
use super::statistics::stats_table::StatsTable;
use super::studies::study::Studies;
use super::table::Table;
use crate::app::client::use_call;
use crate::app::hooks::AppContext;
use crate::app::parts::inputs::words::with_words;
use crate::caption::{WordsSeen, became, caption, figure_caption, named_parts, warnings};
use crate::data::shown_name;
use crate::engine::Method;
use crate::plot::number::format4;
use crate::protocol::{Pick, TraceQuery, ViewResult};
use crate::state::{AppState, SharedGroup};

/// Names of no more letters stay on one line.
const UNBROKEN: usize = 26;

#[derive(Properties, PartialEq)]
pub struct ResultViewProps {
    pub app: AppContext,
    pub dark: bool,
}

#[component]
pub fn ResultView(props: &ResultViewProps) -> Html {
    let precise = use_state_eq(|| false);
    let picked = props.app.state.pick;
    let traces = match picked {
        Some(Pick::Cell(cell)) => Some(TraceQuery { cell }),
        _ => None,
    };
    let trace = use_call(&props.app.client, traces);
    let problem = &props.app.answers.view_problem;
    let Some(view) = props.app.answers.view.clone() else {
        let said =
            if problem.is_some() || props.app.answers.load_problem.is_some() && props.app.answers.loading.is_none() {
                "There is no result yet"
            } else {
                "Loading the first data set\u{2026}"
            };
        return html! {
            <>
                <h1 class="waiting">{ said }</h1>
                { refusal(&props.app, "") }
                if problem.is_some() { <Studies app={props.app.clone()} dark={props.dark} /> }
            </>
        };
    };
    let done = view.refused.is_none();
    let onchange = {
        let precise = precise.setter();
        Callback::from(move |event: Event| {
            precise.set(event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked()));
        })
    };
    // That of the value that was picked before stays until the next comes: nothing below jumps, and depth and step are kept.
    let untraced = trace.failure();
    let traced = trace.last().filter(|_| done && untraced.is_none());
    let all_digits = || {
        let onchange = onchange.clone();
        html! { <label class="precise"><input type="checkbox" checked={*precise} {onchange} />{ "All digits" }</label> }
    };
    let features = view.features.len();
    let layout = props.app.state.layout_for(view.query.plot_options.view, features);
    html! {
        <>
            if done {
                { refusal(&props.app, " Still showing the last valid setting.") }
                { told(&props.app.state, &view) }
            } else {
                <h1 class="waiting">{ "No result with these settings" }</h1>
                { refusal(&props.app, "") }
            }
            if let Some(info) = &props.app.answers.info {
                <ViewBar state={props.app.state.clone()} info={info.clone()} {layout} act={props.app.act.clone()} />
            }
            <Plots view={view.clone()} {layout} dark={props.dark} interaction={props.app.interaction.clone()}
                stem={props.app.state.stem()} caption={figure_caption(&view, props.app.answers.info.as_ref().map_or("", |info| &info.name))} />
            if done {
                <Readout view={view.clone()} pick={picked} interaction={props.app.interaction.clone()} />
            }
            if done && matches!(picked, Some(Pick::Range { .. })) {
                <Members view={view.clone()} pick={picked} interaction={props.app.interaction.clone()} />
            }
            if let Some(traced) = traced.cloned() {
                <Inspector what_if={what_if(&props.app, &view, &traced, *precise)} busy={picked != Some(Pick::Cell(traced.cell))}
                    {traced} precise={*precise} interaction={props.app.interaction.clone()}>{ all_digits() }</Inspector>
            }
            if let Some(untraced) = untraced.filter(|_| done) {
                { unexplained(untraced) }
            }
            <Studies app={props.app.clone()} dark={props.dark} />
            if done {
                <section class="card" aria-labelledby="statistics">
                    <div class="card-head">
                        <h2 id="statistics">{ "Statistics" }</h2>
                        { all_digits() }
                    </div>
                    <StatsTable view={view.clone()} precise={*precise} />
                </section>
                <section class="card" aria-labelledby="groups">
                    <div class="card-head"><h2 id="groups">{ "Groups" }</h2></div>
                    <GroupsTable view={view.clone()} precise={*precise} />
                </section>
            }
            <section class="card" aria-labelledby="rows">
                <div class="card-head">
                    <h2 id="rows">{ "Values" }</h2>
                    // There is always a line: the table stays where it is when a value is chosen in it.
                    <p class="cap">
                        if let Some(traced) = traced {
                            { became(traced, format4) }{ ". " }{ link_to_calculation() }
                        } else if done {
                            { "Choose a value to see how it was computed." }
                        }
                    </p>
                </div>
                <Table key={props.app.answers.loads} client={props.app.client.clone()} pick={picked} group={SharedGroup::of(&view, picked)}
                    act={props.app.act.clone()} precise={*precise} />
            </section>
            if done {
                { save(&props.app) }
            }
        </>
    }
}

/// What happened, in words.
fn told(state: &AppState, view: &ViewResult) -> Html {
    let caption = caption(view);
    let names = unbreakable(view);
    let seen = &mut WordsSeen::default();
    html! {
        <>
            <div class="caption" aria-live="polite">
                <h1>{ unbroken(&caption.headline, &names, None) }</h1>
                <p class="sub">
                    { unbroken(&caption.detail, &names, Some(seen)) }
                    if !caption.distances.is_empty() { <span class="aside">{ " " }{ unbroken(&caption.distances, &names, Some(seen)) }</span> }
                </p>
                if let warnings @ [_, ..] = warnings(view).as_slice() {
                    <ul class="warnings" aria-label="Worth knowing">
                        for warning in warnings { <li>{ with_words("told", warning, seen) }</li> }
                    </ul>
                }
            </div>
            { claims(state, &caption.claims) }
        </>
    }
}

/// Names that a line might break: of methods and features, if a line of a phone has room for them.
fn unbreakable(view: &ViewResult) -> Vec<String> {
    let beside = view.beside.iter().flat_map(|beside| beside.names.iter().cloned());
    let features = view.features.iter().map(|feature| shown_name(&feature.name));
    let methods = Method::all().into_iter().map(|method| method.info().name.to_owned());
    let names = methods.chain(beside).chain(features);
    names
        .filter(|name| name.chars().count() <= UNBROKEN && !name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        .collect()
}

/// The text, with every occurrence of these names kept on one line: `z-score` is not to be parted at its hyphen.
/// Words of the field are explained, but in a heading.
fn unbroken(text: &str, names: &[String], mut seen: Option<&mut WordsSeen>) -> Html {
    let parts = named_parts(text, names).into_iter();
    let parts = parts.map(|(part, named)| {
        if named {
            html! { <span class="unbroken">{ part }</span> }
        } else if let Some(seen) = &mut seen {
            with_words("told", part, seen)
        } else {
            html! { part }
        }
    });
    html! { { for parts } }
}
