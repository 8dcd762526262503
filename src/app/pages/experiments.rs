//! All experiments: each a question that leads to its page.

use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_utils::document;
use yew::prelude::*;

use crate::app::experiments::ExperimentsClient;
use crate::app::hooks::{AppContext, use_experiment_list, use_shown, use_takes_table};
use crate::app::parts::experiment::experiment_index::{experiment_item, why_not};
use crate::app::parts::skip_links::{SkipLink, skip_links_to};
use crate::plot::Scene;
use crate::plot::number::whole;
use crate::report::Listed;
use crate::state::{ExperimentState, address};

const SKIPS: [SkipLink; 1] = [([".experiment-list a", ""], "Skip to the experiments")];

#[derive(Properties, PartialEq)]
pub struct ExperimentsPageProps {
    pub client: ExperimentsClient,
    /// Explore, whose table the experiments may take.
    pub app: AppContext,
    pub dark: bool,
    /// The head of the page.
    pub header: Html,
}

#[component]
pub fn ExperimentsPage(props: &ExperimentsPageProps) -> Html {
    let ExperimentsPageProps { client, app, dark, header } = props;
    let list = use_experiment_list(client);
    let mine = use_takes_table();
    use_shown();
    use_effect_with((), |()| document().set_title("Experiments \u{2013} Normlab"));
    html! {
        <>
            { skip_links_to(&SKIPS) }
            { header.clone() }
            <main class="experiments" id="result" tabindex="-1">
                if mine {
                    { of_table(app) }
                } else {
                    <h1>{ "Experiments" }</h1>
                    <p class="sub">
                        { "Claims that people learn by heart, each run here on real data, and where each stops being true." }
                    </p>
                }
                if let Some(why) = &list.stopped {
                    <p class="notice problem" role="alert">{ why.clone() }</p>
                }
                if mine {
                    { on_table(app, &list.all, &list.pictures, *dark) }
                } else {
                    <ul class="experiment-list" aria-busy={list.all.is_empty().to_string()}>
                        for listed in list.all.iter() {
                            { experiment_item(listed, format!("/experiment/{}", listed.slug), list.pictures.get(&listed.slug), *dark) }
                        }
                    </ul>
                }
            </main>
        </>
    }
}

/// What goes along from Explore, and the way back.
fn of_table(app: &AppContext) -> Html {
    let back = format!("#{}", address::encode(&app.state));
    let data = app.answers.info.as_ref().map(|info| format!("{}, {} rows", info.name, whole(info.rows)));
    html! {
        <>
            <nav class="crumbs" aria-label="Where this is">
                <a href={back}>{ "Your table in Explore" }</a>{ " / Experiments" }
            </nav>
            <h1>{ "What does this do to a model?" }</h1>
            <p class="sub">
                { "These experiments can use the table that is open in Explore" }
                if let Some(data) = data { { format!(" ({data})") } }
                { ". Columns, method and the rows that are fitted on go along where an experiment has a place for them. The small pictures are of the data that each comes with." }
            </p>
        </>
    }
}

/// Those that can use the table, then the others with the reason.
fn on_table(app: &AppContext, all: &[Listed], pictures: &BTreeMap<String, Rc<Scene>>, dark: bool) -> Html {
    let info = app.answers.info.as_ref();
    let reason = |listed: &Listed| why_not(listed, info);
    let item = |listed: &Listed| {
        let address = ExperimentState::on_table(listed, &app.state).encode();
        experiment_item(listed, address, pictures.get(&listed.slug), dark)
    };
    let others: Vec<(&Listed, String)> = all.iter().filter_map(|listed| Some((listed, reason(listed)?))).collect();
    html! {
        <>
            <ul class="experiment-list" aria-busy={all.is_empty().to_string()}>
                for listed in all.iter().filter(|listed| reason(listed).is_none()) { { item(listed) } }
            </ul>
            if !others.is_empty() {
                <h2>{ "On data of their own" }</h2>
                <ul class="experiment-list">
                    for (listed, why) in others {
                        <li key={listed.slug.clone()}>
                            <div>
                                <a href={format!("#/experiment/{}", listed.slug)}>{ listed.question.clone() }</a>
                                <p>{ why }</p>
                            </div>
                        </li>
                    }
                </ul>
            }
        </>
    }
}
