//! The settings of the chosen method, and which rows it is fitted on.

use std::rc::Rc;

use yew::prelude::*;

use super::field::Setting;
use super::fit::FitField;
use crate::state::{Action, AppState, Desk};

#[derive(Properties, PartialEq)]
pub struct SettingsPanelProps {
    pub state: Rc<AppState>,
    pub desk: Rc<Desk>,
    pub act: Callback<Action>,
}

#[component]
pub fn SettingsPanel(props: &SettingsPanelProps) -> Html {
    let method = &props.state.method;
    let name = method.info().name;
    let set = props.act.reform(|(key, text)| Action::SetMethod { key, text });
    let settings = method.parameters();
    html! {
        <div class="settings" role="group" aria-label={format!("{name} settings")}>
            <p class="cap">{ format!("{name} settings") }</p>
            for setting in settings {
                <Setting key={setting.field.key} setting={setting.clone()} set={set.clone()} />
            }
            // Where every example has statistics of its own, there is nothing to choose.
            if method.shares_examples() {
                <FitField fit={props.state.fit} rows={props.desk.info.as_ref().map_or(0, |info| info.rows)}
                    act={props.act.clone()} />
            }
            if let Some(problem) = &props.desk.view_problem {
                <p class="problem" role="alert">{ problem }{ " What you see is the last result." }</p>
            }
        </div>
    }
}
