//! What stands beside the outcome of an experiment: where the claim does not hold, sources, and the way on from an address
//! that opens nothing.

use yew::prelude::*;

use crate::report::{Limit, Source};
use crate::state::ExperimentAction;

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
    let shown = limits.iter().map(|limit| {
        let opened = limit.clone();
        let onclick = act.reform(move |_: MouseEvent| ExperimentAction::OpenLimit(opened.clone()));
        html! { <li><span>{ limit.text.clone() }</span><button type="button" {onclick}>{ "Show it" }</button></li> }
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
