//! What is under way, and what went wrong.

use yew::prelude::*;

use crate::app::hooks::{AppContext, Saving};
use crate::state::{Action, Again, Event as AnswersEvent, Loading};

pub fn notices(app: &AppContext) -> Html {
    let AppContext { answers, notify, cancel, .. } = app;
    let dismiss = |event: AnswersEvent| {
        let onclick = notify.reform(move |_: MouseEvent| event.clone());
        html! { <button type="button" class="dismiss" {onclick}>{ "Dismiss" }</button> }
    };
    html! {
        <div class="notices">
            if let Some(loading) = &answers.loading {
                { progress(loading, cancel, answers.info.is_none()) }
            }
            <div role="alert">
                if let Some(problem) = &answers.load_problem {
                    <div class="notice problem">
                        <p>{ problem.text.clone() }</p>
                        if let Some(again) = &problem.again { { try_again(app, AnswersEvent::DismissProblem, again) } }
                        { dismiss(AnswersEvent::DismissProblem) }
                    </div>
                }
                for (index, notice) in answers.notices.iter().enumerate() {
                    <div class="notice">
                        <p>{ notice.text.clone() }</p>
                        if let Some(again) = &notice.again { { try_again(app, AnswersEvent::Dismiss(index), again) } }
                        { dismiss(AnswersEvent::Dismiss(index)) }
                    </div>
                }
            </div>
        </div>
    }
}

/// Does once more what a notice is of, which goes away.
fn try_again(app: &AppContext, gone: AnswersEvent, again: &Again) -> Html {
    let (text, early) = match again {
        Again::Load => ("Try again", false),
        Again::Otherwise(other) => (other.label.as_str(), false),
        // What is saved is what is on the screen: that comes back first.
        Again::Save { .. } => {
            ("Save again", app.answers.busy() || app.answers.worker_gone || app.answers.saving.is_some())
        }
    };
    let onclick = {
        let (save, load, notify, again) = (app.save.clone(), app.load_again.clone(), app.notify.clone(), again.clone());
        let act = app.act.clone();
        Callback::from(move |_: MouseEvent| {
            notify.emit(gone.clone());
            match again.clone() {
                Again::Load => load.emit(()),
                Again::Otherwise(other) => {
                    load.emit(());
                    act.emit(Action::SetReading(other.options));
                }
                Again::Save { name, what } => save.emit(Saving::Start(what, name)),
            }
        })
    };
    html! { <button type="button" class="again" disabled={early} {onclick}>{ text.to_owned() }</button> }
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
