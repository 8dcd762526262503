//! Beside the questions: how far, how sure against how right, what was missed, and what becomes of the answers.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlInputElement};
use yew::prelude::*;

use crate::app::download::download_blob;
use crate::app::hooks::{PracticeChange, PracticeContext};
use crate::app::parts::plot::canvas::Canvas;
use crate::figure::calibration_scene;
use crate::plot::number::format4;
use crate::state::{AskReason, PracticeRecord, SurenessCount, calibration, missed};

/// CSS pixels.
const HEIGHT: u32 = 190;
/// So many missed questions are listed.
const LISTED: usize = 20;
const FILE: &str = "normlab practice.json";

pub fn practice_side(context: &PracticeContext, dark: bool) -> Html {
    html! {
        <>
            { progress(context) }
            { sureness(&calibration(&context.record), dark) }
            { missed_items(context) }
            <SavedAnswers record={context.record.clone()} change={context.change.clone()} />
        </>
    }
}

/// How far the set is.
fn progress(context: &PracticeContext) -> Html {
    if context.state.set_key().is_none() || context.entries.is_empty() {
        return html! {};
    }
    let answers = context.record.of_session(context.record.sessions);
    let right = answers.iter().filter(|answer| answer.right).count();
    let topics: Vec<&str> = context.state.topics.iter().map(|topic| topic.name()).collect();
    let topics = if topics.is_empty() { "all topics".into() } else { topics.join(", ") };
    let seed = context.state.seed.unwrap_or_default();
    let returning = context.entries.iter().filter(|entry| entry.asked != AskReason::OfSet).count();
    html! {
        <section aria-labelledby="this-set">
            <h2 id="this-set">{ "This set" }</h2>
            <p class="cap">{ format!("{} of {} answered, {right} right", answers.len(), context.entries.len()) }</p>
            if returning > 0 {
                <p class="cap">{ if returning == 1 { "1 of them comes back: you were sure, and wrong".into() } else { format!("{returning} of them come back: you were sure, and wrong") } }</p>
            }
            <p class="cap">{ format!("{topics}; seed {seed}: the link gives everybody the same questions") }</p>
        </section>
    }
}

fn sureness(counts: &[SurenessCount], dark: bool) -> Html {
    if counts.is_empty() {
        return html! {};
    }
    let triples: Vec<(f64, f64, usize)> =
        counts.iter().map(|count| (f64::from(count.sure), count.percent(), count.answers)).collect();
    html! {
        <section aria-labelledby="calibration">
            <h2 id="calibration">{ "How sure, how right" }</h2>
            <Canvas scene={Rc::new(calibration_scene(&triples))} {dark} height={HEIGHT} />
            <ul class="counts">
                for count in counts {
                    <li>{ format!("{}% sure: {} of {} right ({}%)", count.sure, count.right, count.answers, format4(count.percent())) }</li>
                }
            </ul>
        </section>
    }
}

fn missed_items(context: &PracticeContext) -> Html {
    let all = missed(&context.record);
    if all.is_empty() {
        return html! {};
    }
    let shown = all.iter().take(LISTED).filter_map(|answer| {
        let item = context.items.item(&answer.item)?;
        Some(html! {
            <li>
                <a href={format!("#/practice?item={}", answer.item.text())}>{ item.prediction.prompt.clone() }</a>
                <span class="cap">{ format!(" {}% sure", answer.sure) }</span>
            </li>
        })
    });
    html! {
        <section aria-labelledby="missed">
            <h2 id="missed">{ format!("Missed: {}", all.len()) }</h2>
            <ul class="missed">{ for shown }</ul>
        </section>
    }
}

fn counted(answers: usize) -> String {
    if answers == 1 { "1 answer".into() } else { format!("{answers} answers") }
}

#[derive(Properties, PartialEq)]
struct SavedAnswersProps {
    record: Rc<PracticeRecord>,
    change: Callback<PracticeChange>,
}

/// Export, import, forget.
#[component]
fn SavedAnswers(props: &SavedAnswersProps) -> Html {
    let SavedAnswersProps { record, change } = props;
    let told = use_state_eq(String::new);
    let export = {
        let record = record.clone();
        Callback::from(move |_: MouseEvent| {
            if let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&record.to_json().into())) {
                download_blob(&blob, FILE);
            }
        })
    };
    let import = {
        let (change, told) = (change.clone(), told.setter());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
            // The same file can be chosen again.
            input.set_value("");
            let (change, told, name) = (change.clone(), told.clone(), file.name());
            spawn_local(async move {
                let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
                match PracticeRecord::from_json(&text.unwrap_or_default()) {
                    Ok(record) => {
                        told.set(format!("From \u{201c}{name}\u{201d}: {}.", counted(record.answers.len())));
                        change.emit(PracticeChange::Import(record));
                    }
                    Err(why) => told.set(format!("\u{201c}{name}\u{201d} has no answers of Practice: {why}.")),
                }
            });
        })
    };
    let asking = use_state_eq(|| false);
    let ask = |now: bool| {
        let asking = asking.setter();
        Callback::from(move |_: MouseEvent| asking.set(now))
    };
    let forget = {
        let (change, told, asking) = (change.clone(), told.setter(), asking.setter());
        Callback::from(move |_: MouseEvent| {
            asking.set(false);
            told.set("All answers are deleted.".into());
            change.emit(PracticeChange::Forget);
        })
    };
    html! {
        <section aria-labelledby="kept">
            <h2 id="kept">{ "Your answers" }</h2>
            <p class="cap">
                { format!("{}, saved in this browser only.", counted(record.answers.len())) }
            </p>
            <div class="buttons">
                <button type="button" onclick={export}>{ "Export" }</button>
                <label class="button">
                    { "Import" }
                    <input type="file" class="hidden" accept=".json" onchange={import} />
                </label>
                <button type="button" onclick={ask(true)} aria-expanded={asking.to_string()}>{ "Delete" }</button>
            </div>
            if *asking {
                <div class="notice">
                    <p>{ "Delete all answers that this browser keeps? Exported files stay." }</p>
                    <button type="button" onclick={forget}>{ "Delete all" }</button>
                    <button type="button" onclick={ask(false)}>{ "Keep them" }</button>
                </div>
            }
            <p class="cap" role="status">{ (*told).clone() }</p>
        </section>
    }
}
