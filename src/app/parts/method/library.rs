//! What the chosen library changes: rendered only where another than Normlab is chosen.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::hooks::AppContext;
use crate::caption::library;
use crate::engine::conventions::FloatPrecision;
use crate::engine::{Conventions, Shape};
use crate::protocol::DataInfo;
use crate::state::{Action, AppState, ByPtr};

#[derive(Properties, PartialEq)]
pub struct LibraryViewProps {
    pub state: Rc<AppState>,
    pub shape: Shape,
    pub precision: FloatPrecision,
    pub act: Callback<Action>,
}

#[component]
pub fn LibraryView(props: &LibraryViewProps) -> Html {
    let LibraryViewProps { state, shape, precision, act } = props;
    let (shape, precision, chosen) = (*shape, *precision, state.conventions);
    let told = library(chosen, &state.method, shape, precision);
    let name = chosen.name();
    let list = |title: String, all: Vec<String>| {
        if all.is_empty() {
            return html! {};
        }
        html! { <><p>{ title }</p><ul>for one in all { <li>{ one }</li> }</ul></> }
    };
    let same = told.defaults.is_empty() && !told.rules.is_empty();
    let otherwise = !told.otherwise.is_empty();
    html! {
        <div class="library" role="status">
            <p>{ told.called }{ if same { " Its defaults are the same as Normlab\u{2019}s." } else { "" } }</p>
            { list("Its defaults differ from Normlab\u{2019}s:".into(), told.defaults) }
            if otherwise {
                { list(format!("Settings that differ from the defaults of {name}:"), told.otherwise) }
                <button type="button" onclick={act.reform(move |_: MouseEvent| Action::SetConventions(chosen, shape, precision))}>
                    { format!("Use the defaults of {name}") }
                </button>
            }
            { list("Its rules:".into(), told.rules) }
        </div>
    }
}

/// What is chosen by its slug.
pub fn choose(app: &AppContext, slug: &str) {
    let none = Shape { examples: 1, features: 1, positions: 1 };
    let shape = app.answers.info.as_ref().map_or(none, |info: &ByPtr<DataInfo>| app.state.shape(info));
    if let Some(conventions) = Conventions::from_slug(slug) {
        let precision = app.answers.info.as_deref().map(DataInfo::precision).unwrap_or_default();
        app.act.emit(Action::SetConventions(conventions, shape, precision));
    }
}
