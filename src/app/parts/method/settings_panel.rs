//! The settings of the chosen method, and which rows it is fitted on.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::fit::fit_field;
use super::library::{LibraryView, choose};
use crate::app::hooks::AppContext;
use crate::app::parts::inputs::explained::labelled;
use crate::app::parts::inputs::field::setting_field;
use crate::app::parts::inputs::list::List;
use crate::app::parts::inputs::terms::sentence;
use crate::engine::Conventions;
use crate::parameters::Options;
use crate::protocol::FitOn;
use crate::state::Action;

pub fn settings_panel(app: &AppContext) -> Html {
    let AppContext { state, answers, act, .. } = app;
    let method = &state.method;
    let name = method.info().name;
    let set = act.reform(|(key, text)| Action::SetMethod { key, text });
    let saved = matches!(state.fit, FitOn::Saved(_));
    let settings = method.parameters().into_iter();
    // What was fitted before is fitted: what decides how has no effect.
    let settings = settings.filter(|one| !saved || method.applies_after_fit(one.field.key));
    // With one position it makes no difference whether positions share statistics.
    let one_position = answers.info.as_ref().is_some_and(|info| info.positions <= 1);
    let settings = settings.filter(|one| !one_position || one.field.key != "over");
    html! {
        <div class="settings" role="group" aria-label={format!("{name} settings")}>
            <p class="cap">{ format!("{name} settings") }</p>
            for setting in settings {
                { setting_field(&setting, "", &set) }
                if setting.field.key == "mode" && !saved {
                    { modes(app) }
                }
            }
            // Where every example has statistics of its own, there is nothing to choose.
            if method.shares_examples() {
                { fit_field(&state.fit, answers.info.as_ref().map_or(0, |info| info.rows), act) }
            }
            { libraries(app) }
            if let Some(problem) = &answers.view_problem {
                <p class="problem">{ problem }
                    if answers.view.as_ref().is_some_and(|view| view.refused.is_none()) { { " Still showing the last valid setting." } }
                </p>
            }
        </div>
    }
}

/// Training and evaluation side by side.
fn modes(app: &AppContext) -> Html {
    let other = app.state.other_mode();
    let on = app.state.with == other;
    let onclick = app.act.reform(move |_: MouseEvent| Action::SetWith(other.clone().filter(|_| !on).map(Box::new)));
    html! {
        <button type="button" data-compare-modes="" {onclick} aria-pressed={on.to_string()}>
            { "Compare training with evaluation" }
        </button>
    }
}

/// Whose defaults and rules hold.
fn libraries(app: &AppContext) -> Html {
    let chosen = app.state.conventions;
    let onchange = {
        let app = app.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                choose(&app, &select.value());
            }
        })
    };
    html! {
        <>
            { labelled("library", "Follow the defaults of", sentence("library"), |described| html! {
                <List name="library" {onchange} {described}>
                    for (one, slug, name) in Conventions::ALL {
                        <option value={*slug} selected={*one == chosen}>{ *name }</option>
                    }
                </List>
            }) }
            if let (true, Some(info)) = (chosen != Conventions::Normlab, &app.answers.info) {
                <LibraryView state={app.state.clone()} shape={app.state.shape(info)} precision={info.precision()} act={app.act.clone()} />
            }
        </>
    }
}
