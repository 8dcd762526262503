//! The settings of the chosen method, and which rows it is fitted on.

use yew::prelude::*;

use super::field::setting_field;
use super::fit::fit_field;
use crate::protocol::Fit;
use crate::state::{Action, AppState, Desk};

pub fn settings_panel(state: &AppState, desk: &Desk, act: &Callback<Action>) -> Html {
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
                { setting_field(&setting, &set) }
            }
            // Where every example has statistics of its own, there is nothing to choose.
            if method.shares_examples() {
                { fit_field(&state.fit, desk.info.as_ref().map_or(0, |info| info.rows), act) }
            }
            if let Some(problem) = &desk.view_problem {
                <p class="problem" role="alert">{ problem }{ " What you see is the last result." }</p>
            }
        </div>
    }
}
