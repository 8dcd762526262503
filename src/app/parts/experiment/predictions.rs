//! What is predicted before a run: asked, remembered, never required. After it, what was predicted stands beside what came.

use std::rc::Rc;

use yew::prelude::*;

use super::prediction_field::prediction_field;
use crate::app::hooks::ExperimentContext;
use crate::app::parts::inputs::words::with_words;
use crate::caption::WordsSeen;
use crate::report::{Description, Fact, Guess, Prediction, gap};
use crate::state::ExperimentAction;

pub fn predictions(context: &ExperimentContext, description: &Rc<Description>) -> Html {
    if description.predictions.is_empty() {
        return html! {};
    }
    let report = context.answers.report.as_ref();
    let again = context.act.reform(|_: MouseEvent| ExperimentAction::PredictAgain);
    html! {
        <section class="predictions">
            <h2>{ "Your prediction" }</h2>
            for prediction in &description.predictions {
                <div class="prediction" key={prediction.key.clone()}>
                    if let Some(fact) = report.and_then(|report| report.facts.iter().find(|fact| fact.key == prediction.key)) {
                        { compared(context, prediction, fact) }
                    } else {
                        { asked(context, prediction) }
                    }
                </div>
            }
            if report.is_some() {
                <button type="button" class="quiet" onclick={again}>{ "Predict again" }</button>
            }
        </section>
    }
}

/// The question, with a field for the answer.
fn asked(context: &ExperimentContext, prediction: &Prediction) -> Html {
    let key = prediction.key.clone();
    let set = context.act.reform(move |text: String| {
        let text = (!text.is_empty()).then_some(text);
        ExperimentAction::Guess { key: key.clone(), text }
    });
    let now = context.state.guess(&prediction.key).unwrap_or_default();
    let scope = format!("guess-{}", prediction.key);
    let prompt = with_words(&scope, &prediction.prompt, &mut WordsSeen::default());
    html! { <><p>{ prompt }</p>{ prediction_field(prediction, "Your guess", now, None, &set) }</> }
}

/// What was predicted beside what came out, and why it did.
fn compared(context: &ExperimentContext, prediction: &Prediction, fact: &Fact) -> Html {
    let guess = context.state.guess(&prediction.key).and_then(|text| Guess::read(&prediction.kind, text));
    let told = guess.and_then(|guess| gap(prediction, &guess, fact));
    let scope = format!("why-{}", prediction.key);
    html! {
        <>
            <p>{ prediction.prompt.clone() }</p>
            if let Some(told) = told {
                <p class="gap">{ told }</p>
            } else {
                <p class="about">{ "You made no prediction." }</p>
            }
            <p class="about">{ with_words(&scope, &fact.why, &mut WordsSeen::default()) }</p>
        </>
    }
}
