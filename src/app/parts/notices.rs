//! What is under way, and what went wrong.

use yew::prelude::*;

use super::reading::other_reading;
use crate::state::{Action, Desk, Event as DeskEvent, Loading};

pub fn notices(desk: &Desk, tell: &Callback<DeskEvent>, cancel: &Callback<()>, act: &Callback<Action>) -> Html {
    let dismiss = |event: DeskEvent| {
        let onclick = tell.reform(move |_: MouseEvent| event.clone());
        html! { <button type="button" class="dismiss" {onclick}>{ "Dismiss" }</button> }
    };
    html! {
        <div class="notices">
            if let Some(loading) = &desk.loading {
                { progress(loading, cancel, desk.info.is_none()) }
            }
            <div role="alert">
                if let Some(problem) = &desk.load_problem {
                    <div class="notice problem">
                        <p>{ problem }</p>
                        { other_reading(desk.load_other.as_ref(), act) }
                        { dismiss(DeskEvent::DismissProblem) }
                    </div>
                }
                for (index, notice) in desk.notices.iter().enumerate() {
                    <div class="notice">
                        <p>{ notice.text.clone() }</p>
                        { dismiss(DeskEvent::Dismiss(index)) }
                    </div>
                }
            </div>
        </div>
    }
}

fn progress(loading: &Loading, cancel: &Callback<()>, first: bool) -> Html {
    let name = &loading.name;
    let label = format!("Loading {name}");
    let (value, max) =
        loading.progress.map_or((None, None), |(done, total)| (Some(done.to_string()), Some(total.to_string())));
    let share = loading.progress.map(|(done, total)| format!("{}%", done * 100 / total.max(1)));
    html! {
        <div class="notice loading">
            <p>{ label.clone() }{ share.map(|share| format!(": {share}")) }</p>
            <progress {value} {max} aria-label={label} />
            if !first {
                <button type="button" onclick={cancel.reform(|_| ())}>{ "Cancel" }</button>
            }
        </div>
    }
}
