//! Three questions to begin with, each a state of this page with one value pointed out.

use yew::prelude::*;

use crate::app::hooks::AppContext;
use crate::state::{AppState, address};

/// Question and address. Each address is what `address::encode` writes.
const QUESTIONS: [(&str, &str); 3] = [
    ("Why does revenue dominate?", "/explore?pick=1.2"),
    ("Which numbers share statistics?", "/explore?data=activations&seed=1&method=layer-norm&view=heat&pick=3.2"),
    ("What does one outlier do?", "/explore?data=outliers&seed=1&method=min-max"),
];
/// That nobody wants to see them any more, on this machine.
const KEY: &str = "normlab.questions";

#[derive(Properties, PartialEq)]
pub struct QuestionsProps {
    pub app: AppContext,
}

/// On the opening page and where the questions lead, until they are dismissed.
#[component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let dismissed = use_state(was_dismissed);
    let here = address::encode(&props.app.state);
    // Choosing a value moves nothing above the plots.
    let unpicked = |address: &str| address::encode(&AppState { pick: None, ..address::decode(address).0 });
    let shown = unpicked(&here);
    let opening = address::encode(&AppState::default());
    if *dismissed || shown != opening && !QUESTIONS.iter().any(|(_, there)| unpicked(there) == shown) {
        return Html::default();
    }
    let dismiss = dismissing(dismissed.setter());
    html! {
        <nav class="questions" aria-label="Questions to begin with">
            for (question, there) in QUESTIONS {
                <a href={format!("#{there}")} aria-current={(there == here).then_some("true")}>{ question }</a>
            }
            <button type="button" class="quiet" onclick={dismiss}>{ "Hide questions" }</button>
        </nav>
    }
}

fn dismissing(dismissed: UseStateSetter<bool>) -> Callback<MouseEvent> {
    Callback::from(move |_| {
        // Storage may be forbidden or full; then they are hidden as long as the page is open.
        if let Ok(Some(storage)) = gloo_utils::window().local_storage() {
            let _ = storage.set_item(KEY, "hidden");
        }
        dismissed.set(true);
    })
}

#[cfg(not(feature = "prerender"))]
fn was_dismissed() -> bool {
    gloo_utils::window()
        .local_storage()
        .ok()
        .flatten()
        .is_some_and(|storage| storage.get_item(KEY).ok().flatten().is_some())
}

#[cfg(feature = "prerender")]
fn was_dismissed() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_question_leads_to_a_state_of_the_page() {
        for (question, there) in QUESTIONS {
            let (state, complaints) = address::decode(there);
            assert!(complaints.is_empty(), "{question}: {complaints:?}");
            assert_eq!(address::encode(&state), there, "{question}");
        }
    }
}
