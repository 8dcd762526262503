//! The head of an experiment's page: what came out, or the question.

use std::rc::Rc;

use gloo_utils::document;
use yew::prelude::*;

use crate::app::hooks::ExperimentContext;
use crate::app::parts::inputs::words::with_words;
use crate::app::parts::skip_links::focus;
use crate::caption::WordsSeen;
use crate::report::{Description, PauseCommand};
use crate::state::present::RevealStep;
use crate::state::{ExperimentAction, ExperimentAnswers};

/// So many sentences stand below the headline; the others are one click away.
const FIRST: usize = 2;

/// What was found, or the question and the way to its answer.
pub fn headline(context: &ExperimentContext, description: &Rc<Description>, step: Option<RevealStep>) -> Html {
    let run = context.act.reform(|_: MouseEvent| ExperimentAction::Run);
    let answers = &context.answers;
    let first = if step == Some(RevealStep::Explanation) { usize::MAX } else { FIRST };
    let seen = &mut WordsSeen::default();
    let mut sentence = |text: &str| html! { <p class="sub">{ with_words("head", text, seen) }</p> };
    html! {
        <>
            if let Some(report) = &answers.report {
                <h1>{ report.headline.clone() }</h1>
                for told in report.sentences.iter().take(first) {
                    { sentence(told) }
                }
                if report.sentences.len() > first {
                    <details>
                        <summary class="cap">{ "What else came out" }</summary>
                        for told in report.sentences.iter().skip(first) {
                            { sentence(told) }
                        }
                    </details>
                }
            } else {
                <h1>{ description.question.clone() }</h1>
                { sentence(&description.why) }
            }
            <p class="hidden" role="status">{ told(answers) }</p>
            if let Some(done) = answers.progress {
                <Running {done} paused={answers.paused} pause={context.pause.clone()} cancel={context.cancel.clone()} />
            } else if answers.report.is_none() {
                <p><button type="button" class="primary run" onclick={run}>{ "Run the experiment" }</button></p>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RunningProps {
    /// From 0 to 1.
    done: f32,
    paused: bool,
    pause: Callback<PauseCommand>,
    cancel: Callback<()>,
}

/// The progress of a run, and what can be done with it.
#[component]
fn Running(props: &RunningProps) -> Html {
    let RunningProps { done, paused, pause, cancel } = props;
    // With the run its buttons go: who has one of them in focus is taken to what came out.
    use_effect_with((), |()| {
        || {
            if document().query_selector(".running :focus").is_ok_and(|focused| focused.is_some()) {
                focus("#result");
            }
        }
    });
    let button = |name: &str, command: PauseCommand| {
        let onclick = pause.reform(move |_: MouseEvent| command);
        html! { <button type="button" {onclick}>{ name }</button> }
    };
    html! {
        <div class="running">
            <progress max="1" value={done.to_string()} aria-label="How much of the run is done" />
            // One button, so that it keeps the focus.
            if *paused {
                { button("Continue", PauseCommand::Continue) }
            } else {
                { button("Pause", PauseCommand::Pause) }
            }
            if *paused {
                { button("Step", PauseCommand::Step) }
            }
            <button type="button" onclick={cancel.reform(|_: MouseEvent| ())}>{ "Stop" }</button>
        </div>
    }
}

/// What a screen reader is told of a run: pauses, a network that has diverged, and the end; not every number on the way.
fn told(answers: &ExperimentAnswers) -> String {
    match (&answers.report, answers.progress) {
        (_, Some(_)) if answers.paused => format!("Paused at {} %.", (100.0 * answers.paused_at).round()),
        (Some(report), Some(_)) => report.alert.clone(),
        (Some(report), None) => format!("Done. {}", report.headline),
        (None, _) => String::new(),
    }
}
