//! The settings of the chosen method, and which rows it is fitted on.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::explained::labelled;
use super::field::setting_field;
use super::fit::fit_field;
use super::library::{LibraryView, choose};
use super::list::List;
use super::terms::sentence;
use crate::app::hooks::Lab;
use crate::engine::{Conventions, Options};
use crate::protocol::Fit;
use crate::state::Action;

pub fn settings_panel(lab: &Lab) -> Html {
    let Lab { state, desk, act, .. } = lab;
    let method = &state.method;
    let name = method.info().name;
    let set = act.reform(|(key, text)| Action::SetMethod { key, text });
    let saved = matches!(state.fit, Fit::Saved(_));
    let settings = method.parameters().into_iter();
    // What was fitted before is fitted: what decides how has no effect.
    let settings = settings.filter(|one| !saved || method.applies_after_fit(one.field.key));
    html! {
        <div class="settings" role="group" aria-label={format!("{name} settings")}>
            <p class="cap">{ format!("{name} settings") }</p>
            for setting in settings {
                { setting_field(&setting, "", &set) }
                if setting.field.key == "mode" && !saved {
                    { modes(lab) }
                }
            }
            // Where every example has statistics of its own, there is nothing to choose.
            if method.shares_examples() {
                { fit_field(&state.fit, desk.info.as_ref().map_or(0, |info| info.rows), act) }
            }
            { libraries(lab) }
            if let Some(problem) = &desk.view_problem {
                <p class="problem">{ problem }
                    if desk.view.as_ref().is_some_and(|view| view.refused.is_none()) { { " Still showing the last valid setting." } }
                </p>
            }
        </div>
    }
}

/// Training and evaluation side by side.
fn modes(lab: &Lab) -> Html {
    let other = lab.state.other_mode();
    let on = lab.state.with == other;
    let onclick = lab.act.reform(move |_: MouseEvent| Action::SetWith(other.clone().filter(|_| !on).map(Box::new)));
    html! {
        <button type="button" data-compare-modes="" {onclick} aria-pressed={on.to_string()}>
            { "Compare training with evaluation" }
        </button>
    }
}

/// Whose defaults and rules hold.
fn libraries(lab: &Lab) -> Html {
    let chosen = lab.state.conventions;
    let onchange = {
        let lab = lab.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                choose(&lab, &select.value());
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
            if let (true, Some(info)) = (chosen != Conventions::Normlab, &lab.desk.info) {
                <LibraryView state={lab.state.clone()} shape={lab.state.shape(info)} precision={info.precision()} act={lab.act.clone()} />
            }
        </>
    }
}
