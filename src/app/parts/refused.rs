//! Why there is no answer: to a question, or to the settings as a whole, with what mends them.

use yew::prelude::*;

use crate::app::hooks::AppContext;
use crate::state::Mend;

/// Why there is no answer to a question, beside what it is asked for.
pub fn alert(reason: Option<&str>) -> Html {
    reason.map_or_else(Html::default, |reason| html! { <p class="problem" role="alert">{ reason.to_owned() }</p> })
}

/// Why there is no newer result, and what would make one.
pub fn refusal(app: &AppContext, then: &'static str) -> Html {
    let Some(problem) = &app.answers.view_problem else { return Html::default() };
    let mends = app.answers.info.as_ref().map(|info| app.state.mends(info)).unwrap_or_default();
    let button = |mend: Mend| {
        let onclick = app.act.reform(move |_: MouseEvent| mend.action.clone());
        html! { <button type="button" {onclick}>{ mend.label }</button> }
    };
    html! {
        <div class="problem" role="alert">
            <p>{ problem }{ then }</p>
            if !mends.is_empty() {
                <div class="buttons">{ for mends.into_iter().map(button) }</div>
            }
        </div>
    }
}
