//! What is under way, and what went wrong.

use std::rc::Rc;

use yew::prelude::*;

use crate::state::{Desk, Event as DeskEvent, Loading};

#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    pub desk: Rc<Desk>,
    pub tell: Callback<DeskEvent>,
    pub cancel: Callback<()>,
}

#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    let desk = &props.desk;
    let dismiss = |event: DeskEvent| {
        let onclick = props.tell.reform(move |_: MouseEvent| event.clone());
        html! { <button type="button" class="dismiss" {onclick}>{ "Dismiss" }</button> }
    };
    html! {
        <div class="notices">
            if let Some(loading) = &desk.loading {
                <Progress loading={loading.clone()} cancel={props.cancel.clone()} first={desk.info.is_none()} />
            }
            <div role="alert">
                if let Some(problem) = &desk.load_problem {
                    <div class="notice problem">
                        <p>{ problem }</p>
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

#[derive(Properties, PartialEq)]
struct ProgressProps {
    loading: Loading,
    cancel: Callback<()>,
    /// Whether nothing was there before: then there is nothing to go back to.
    first: bool,
}

#[component]
fn Progress(props: &ProgressProps) -> Html {
    let name = &props.loading.name;
    let label = format!("Loading {name}");
    let (value, max) =
        props.loading.progress.map_or((None, None), |(done, total)| (Some(done.to_string()), Some(total.to_string())));
    let share = props.loading.progress.map(|(done, total)| format!("{}%", done * 100 / total.max(1)));
    html! {
        <div class="notice loading">
            <p>{ label.clone() }{ share.map(|share| format!(": {share}")) }</p>
            <progress {value} {max} aria-label={label} />
            if !props.first {
                <button type="button" onclick={props.cancel.reform(|_| ())}>{ "Cancel" }</button>
            }
        </div>
    }
}
