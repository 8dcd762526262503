//! The head of an experiment's page: what came out, or the question.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::hooks::ExperimentContext;
use crate::app::parts::inputs::words::with_words;
use crate::caption::WordsSeen;
use crate::report::Description;
use crate::state::ExperimentAction;
use crate::state::present::RevealStep;

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
            if let Some(done) = answers.progress {
                <div class="running">
                    <progress max="1" value={done.to_string()} aria-label="How much of the run is done" />
                    <button type="button" onclick={context.cancel.reform(|_: MouseEvent| ())}>{ "Stop" }</button>
                </div>
            } else if answers.report.is_none() {
                <p><button type="button" class="primary run" onclick={run}>{ "Run the experiment" }</button></p>
            }
        </>
    }
}
