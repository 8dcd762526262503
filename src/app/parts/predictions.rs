//! What is predicted before a run: asked, remembered, never required. After it, what was predicted stands beside what came.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::explained::labelled;
use super::field::NumberField;
use super::list::List;
use super::skip_links::focus;
use crate::app::hooks::ExperimentContext;
use crate::parameters::Allowed;
use crate::report::{Description, Fact, Guess, Prediction, PredictionKind, gap};
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
    let now = context.state.guess(&prediction.key).unwrap_or_default().to_owned();
    let field = match &prediction.kind {
        PredictionKind::Number { unit, low, high } => {
            let label = if unit.is_empty() { "Your guess".into() } else { format!("Your guess, in {unit}") };
            html! {
                <NumberField name={prediction.key.clone()} scope="guess-" {label} text={now} optional=true
                    allowed={Allowed::Between(*low, *high)} {set} />
            }
        }
        PredictionKind::Choice(options) => chosen(prediction, options, &now, set),
        PredictionKind::Order(items) => ordered(items, &now, &set),
    };
    html! { <><p>{ prediction.prompt.clone() }</p>{ field }</> }
}

fn chosen(prediction: &Prediction, options: &[String], now: &str, set: Callback<String>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            set.emit(select.value());
        }
    });
    labelled(&format!("guess-{}", prediction.key), "Your guess", "", |described| {
        html! {
            <List name={prediction.key.clone()} {onchange} {described}>
                <option value="" selected={now.is_empty()}>{ "\u{2026}" }</option>
                for (index, option) in options.iter().enumerate() {
                    <option value={index.to_string()} selected={now == index.to_string()}>{ option.clone() }</option>
                }
            </List>
        }
    })
}

/// Items that are moved up and down; as they stand before the first move, nothing is predicted.
fn ordered(items: &[String], now: &str, set: &Callback<String>) -> Html {
    let kind = PredictionKind::Order(items.to_vec());
    let order = match Guess::read(&kind, now) {
        Some(Guess::Order(order)) => order,
        _ => (0..items.len()).collect(),
    };
    let moved = |from: usize, to: usize, step: &'static str| {
        let mut order = order.clone();
        let item = order[from];
        order.swap(from, to);
        let (text, set) = (Guess::Order(order).text(), set.clone());
        Callback::from(move |_: MouseEvent| {
            if from != to {
                set.emit(text.clone());
                // What is moved in the page loses the focus.
                Timeout::new(0, move || _ = focus(&format!("[data-move=\"{item}-{step}\"]"))).forget();
            }
        })
    };
    let shown = order.iter().enumerate().map(|(place, &index)| {
        let name = items.get(index).cloned().unwrap_or_default();
        html! {
            <li key={index}>
                <span>{ name.clone() }</span>
                <button type="button" aria-disabled={(place == 0).to_string()} data-move={format!("{index}-up")}
                    onclick={moved(place, place.saturating_sub(1), "up")}
                    aria-label={format!("Move {name} up")}>{ "\u{2191}" }</button>
                <button type="button" aria-disabled={(place + 1 == order.len()).to_string()} data-move={format!("{index}-down")}
                    onclick={moved(place, (place + 1).min(order.len() - 1), "down")}
                    aria-label={format!("Move {name} down")}>{ "\u{2193}" }</button>
            </li>
        }
    });
    html! {
        <>
            <ol class="order">{ for shown }</ol>
            if now.is_empty() {
                <p class="about">{ "Move one to predict an order." }</p>
            }
        </>
    }
}

/// What was predicted beside what came out, and why it did.
fn compared(context: &ExperimentContext, prediction: &Prediction, fact: &Fact) -> Html {
    let guess = context.state.guess(&prediction.key).and_then(|text| Guess::read(&prediction.kind, text));
    let told = guess.and_then(|guess| gap(prediction, &guess, fact));
    html! {
        <>
            <p>{ prediction.prompt.clone() }</p>
            if let Some(told) = told {
                <p class="gap">{ told }</p>
            } else {
                <p class="about">{ "You made no prediction." }</p>
            }
            <p class="about">{ fact.why.clone() }</p>
        </>
    }
}
