//! One question: first the data, then the question, then how sure, then the answer beside the right one.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::SubmitEvent;
use yew::prelude::*;

use super::item_data::item_data;
use super::item_outcome::item_outcome;
use crate::app::hooks::PracticeChange;
use crate::app::parts::experiment::prediction_field::prediction_field;
use crate::app::parts::inputs::words::with_words;
use crate::app::parts::skip_links::focus;
use crate::caption::WordsSeen;
use crate::report::{Guess, PracticeItem, PredictionKind, is_right, rule};
use crate::state::SURENESS;

/// Seconds for which the data stand alone.
const LOOK: u32 = 5;
const SECOND: u32 = 1000;

#[derive(Properties, PartialEq)]
pub struct PracticeItemProps {
    pub item: Rc<PracticeItem>,
    /// Which question it is, as `4 of 10`.
    pub place: AttrValue,
    /// Why it is asked, where that is to be said.
    #[prop_or_default]
    pub why: AttrValue,
    pub dark: bool,
    pub change: Callback<PracticeChange>,
    /// Goes on, where something follows.
    pub next: Option<Callback<()>>,
}

/// How far the visitor is with a question.
#[derive(Clone, Copy, PartialEq)]
enum ItemPhase {
    /// Looking at the data, with so many seconds to go.
    Looking(u32),
    Question,
    Answered,
}

#[component]
pub fn PracticeItemView(props: &PracticeItemProps) -> Html {
    let PracticeItemProps { item, place, why, dark, change, next } = props;
    let phase = use_state_eq(|| ItemPhase::Looking(LOOK));
    let (text, sure, lacks) = (use_state_eq(String::new), use_state_eq(|| None::<u8>), use_state_eq(String::new));
    use_effect_with(*phase, {
        let phase = phase.setter();
        move |now| {
            let left = if let ItemPhase::Looking(left) = now { *left } else { 0 };
            let timer = (left > 0).then(|| Timeout::new(SECOND, move || phase.set(ItemPhase::Looking(left - 1))));
            move || drop(timer)
        }
    });
    let guess = Guess::read(&item.prediction.kind, &text);
    let show = {
        let phase = phase.clone();
        Callback::from(move |_: MouseEvent| {
            if *phase == ItemPhase::Looking(0) {
                phase.set(ItemPhase::Question);
                focus_later("#question");
            }
        })
    };
    let set = {
        let (text, lacks) = (text.setter(), lacks.setter());
        Callback::from(move |answer: String| {
            text.set(answer);
            lacks.set(String::new());
        })
    };
    let commit = {
        let (item, change, phase, lacks) = (item.clone(), change.clone(), phase.setter(), lacks.setter());
        let (guess, sure) = (guess.clone(), *sure);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match (&guess, sure) {
                (None, _) => lacks.set("Your answer is missing.".into()),
                (_, None) => lacks.set("Say how sure you are.".into()),
                (Some(guess), Some(sure)) => {
                    phase.set(ItemPhase::Answered);
                    let (right, text) = (is_right(&item, guess), guess.text());
                    change.emit(PracticeChange::Answer { item: item.id.clone(), sure, right, guess: text });
                    focus_later("#gap");
                }
            }
        })
    };
    // The cells to mark are the data.
    let data_in_field = matches!(item.prediction.kind, PredictionKind::Cells { .. });
    html! {
        <article class="question">
            <nav class="crumbs" aria-label="Where this is">
                <a href="#/practice">{ "Practice" }</a>{ format!(" / {} / {place}", item.topic.name()) }
            </nav>
            if !why.is_empty() { <p class="cap why-again">{ why.clone() }</p> }
            if let ItemPhase::Looking(left) = *phase {
                <h1 id="question" tabindex="-1">{ item.setting.clone() }</h1>
                <p class="sub">{ "Look at the data first." }</p>
                { item_data(item, *dark) }
                <div class="look">
                    <button type="button" class={classes!((left == 0).then_some("primary"))} onclick={show}
                        aria-disabled={(left > 0).to_string()}>{ "Show the question" }</button>
                    if left > 0 {
                        <progress max={LOOK.to_string()} value={(LOOK - left).to_string()} aria-label="Time to look at the data" />
                        <span class="cap" role="timer">{ format!("in {left} s") }</span>
                    }
                </div>
            } else {
                <h1 id="question" tabindex="-1">{ item.prediction.prompt.clone() }</h1>
                <p class="sub">{ with_words("setting", &item.setting, &mut WordsSeen::default()) }</p>
                if !data_in_field { { item_data(item, *dark) } }
                if *phase == ItemPhase::Question {
                    <form class="answer" onsubmit={commit}>
                        { prediction_field(&item.prediction, "Your answer", &text, Some(&item.data), &set) }
                        <p class="hint">{ rule(item) }</p>
                        { sureness(*sure, &sure.setter(), &lacks.setter()) }
                        <div class="look">
                            <button type="submit" class="primary">{ "Commit" }</button>
                            <span role="status">{ (*lacks).clone() }</span>
                        </div>
                    </form>
                } else if let Some(guess) = &guess {
                    { item_outcome(item, guess, sure.unwrap_or_default(), *dark) }
                    { after(item, next) }
                }
            }
        </article>
    }
}

/// What can be done next.
fn after(item: &PracticeItem, next: &Option<Callback<()>>) -> Html {
    html! {
        <p class="buttons">
            if let Some(next) = next {
                <button type="button" class="primary" onclick={next.reform(|_: MouseEvent| ())}>{ "Next" }</button>
            }
            <a class="button" href={format!("#/practice?item={}", item.id.another().text())}>{ "Another like this" }</a>
            if !item.open.is_empty() { <a class="button" href={format!("#{}", item.open)}>{ "Open in Explore" }</a> }
            if !item.experiment.is_empty() {
                <a class="button" href={format!("#{}", item.experiment)}>{ "Open the experiment" }</a>
            }
        </p>
    }
}

fn sureness(now: Option<u8>, set: &UseStateSetter<Option<u8>>, lacks: &UseStateSetter<String>) -> Html {
    let one = |percent: u8| {
        let (set, lacks) = (set.clone(), lacks.clone());
        let onchange = Callback::from(move |_: Event| {
            set.set(Some(percent));
            lacks.set(String::new());
        });
        html! {
            <label>
                <input type="radio" name="sure" value={percent.to_string()} checked={now == Some(percent)} {onchange} />
                { format!("{percent}%") }
            </label>
        }
    };
    html! {
        <fieldset class="sure">
            <legend>{ "How sure are you?" }</legend>
            for percent in SURENESS { { one(percent) } }
        </fieldset>
    }
}

/// Once the page has changed.
fn focus_later(target: &'static str) {
    Timeout::new(0, move || _ = focus(target)).forget();
}
