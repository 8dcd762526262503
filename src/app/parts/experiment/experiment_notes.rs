//! What stands beside the outcome of an experiment: where the claim does not hold, sources, and the way on from an address
//! that opens nothing.

use yew::prelude::*;

use crate::app::hooks::ExperimentContext;
use crate::app::parts::inputs::words::with_words;
use crate::caption::WordsSeen;
use crate::report::{Limit, Source};
use crate::state::{ExperimentAction, ExperimentData, ExperimentState};

/// Where the page is, and the way back: to the table in Explore, too, if the experiment runs on it.
pub fn crumbs(context: &ExperimentContext) -> Html {
    let table = match &context.state.data {
        ExperimentData::Mine { table, .. } => Some(table),
        _ => None,
    };
    let all = table.map_or_else(|| "/experiments".into(), |table| ExperimentState::all_on_table(table));
    html! {
        <nav class="crumbs" aria-label="Where this is">
            if let Some(table) = table {
                <a href={format!("#/explore?{table}")}>{ "Your table in Explore" }</a>{ " / " }
            }
            <a href={format!("#{all}")}>{ "Experiments" }</a>
            if let Some(description) = &context.answers.description {
                { " / " }{ description.question.clone() }
            }
        </nav>
    }
}

/// Where an address leads on whose experiment or data there are none.
pub fn not_opened(slug: &str) -> Html {
    html! {
        <>
            <h1>{ "This address does not open an experiment" }</h1>
            <p class="sub">
                <a href={format!("#/experiment/{slug}")}>{ "Open it without settings" }</a>{ " or see " }
                <a href="#/experiments">{ "all experiments" }</a>{ "." }
            </p>
        </>
    }
}

/// Where the claim does not hold: each one click away.
pub fn limits(limits: &[Limit], act: &Callback<ExperimentAction>) -> Html {
    if limits.is_empty() {
        return html! {};
    }
    let mut seen = WordsSeen::default();
    let shown = limits.iter().map(|limit| {
        let Limit { data, settings, .. } = limit.clone();
        let onclick = act
            .reform(move |_: MouseEvent| ExperimentAction::OpenState { data: data.clone(), settings: settings.clone() });
        // Among all buttons of the page, each says what it shows.
        let button = html! { <button type="button" {onclick} aria-label={format!("Show it: {}", limit.text)}>{ "Show it" }</button> };
        html! { <li><span>{ with_words("limit", &limit.text, &mut seen) }</span>{ button }</li> }
    });
    html! {
        <section class="limits">
            <h2>{ "Where it does not hold" }</h2>
            <ul>{ for shown }</ul>
        </section>
    }
}

pub fn sources(sources: &[Source]) -> Html {
    html! {
        if !sources.is_empty() {
            <section class="sources">
                <h2>{ "Sources" }</h2>
                <ul>
                    for source in sources {
                        <li>
                            if source.link.is_empty() {
                                { source.title.clone() }
                            } else {
                                <a href={source.link.clone()} rel="noreferrer">{ source.title.clone() }</a>
                            }
                        </li>
                    }
                </ul>
            </section>
        }
    }
}
