//! Which data: samples, generators, the visitor's own.

use web_sys::{FocusOptions, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::changes::changes;
use super::generator_panel::generator_panel;
use super::reading::reading;
use super::recent_files::{OWN, whereabouts, yours};
use crate::app::hooks::{AppContext, UserFile};
use crate::app::parts::inputs::list::List;
use crate::app::parts::skip_links::focus;
use crate::data::generator::Generator;
use crate::data::sample;
use crate::plot::number::whole;
use crate::protocol::{ColumnKind, DataInfo};
use crate::state::{Action, DataChoice};

#[derive(Properties, PartialEq)]
pub struct DataPanelProps {
    pub app: AppContext,
}

#[component]
pub fn DataPanel(props: &DataPanelProps) -> Html {
    let app = &props.app;
    let pasting = use_state_eq(|| false);
    let onchange = {
        let (act, open, user_file, recent_files) =
            (app.act.clone(), app.open.clone(), app.user_file.clone(), app.recent_files.clone());
        Callback::from(move |event: Event| {
            let Some(value) = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()) else { return };
            if value == OWN {
                if let Some(user_file) = &user_file {
                    open.emit((**user_file).clone());
                }
            } else if let Some(one) = recent_files.all().iter().find(|one| value.strip_prefix(OWN) == Some(&one.key()))
            {
                recent_files.open.emit(one.clone());
            } else if let Some(sample) = sample::Sample::from_slug(&value) {
                act.emit(Action::ChooseData(DataChoice::Sample(sample.slug)));
            } else if let Some(choice) = DataChoice::generate(&value) {
                act.emit(Action::ChooseData(choice));
            }
        })
    };
    let onfile = {
        let open = app.open.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                open.emit(UserFile::of_file(file));
            }
            // The same file can be opened again after it was changed.
            input.set_value("");
        })
    };
    let paste = use_callback(pasting.clone(), |_: MouseEvent, pasting| pasting.set(!**pasting));
    let pasted = {
        let (open, pasting) = (app.open.clone(), pasting.setter());
        Callback::from(move |text: String| {
            // The box goes away.
            focus("select.source");
            pasting.set(false);
            open.emit(UserFile::of_text("pasted data", &text));
        })
    };
    let generate = app.act.reform(|_: MouseEvent| {
        Action::ChooseData(
            DataChoice::generate(Generator::all()[0].info().slug).unwrap_or(DataChoice::Sample(sample::ALL[0].slug)),
        )
    });
    let chosen = match &app.state.data {
        DataChoice::Sample(slug) => slug,
        DataChoice::Generated { generator, .. } => generator.info().slug,
        DataChoice::UserFile(_) => OWN,
    };
    html! {
        <div class="data">
            <List class="source" label="Data set" {onchange}>
                { yours(app) }
                <optgroup label="Samples">
                    for sample in sample::ALL {
                        <option value={sample.slug} selected={chosen == sample.slug}>{ sample.title }</option>
                    }
                </optgroup>
                <optgroup label="Generated">
                    for generator in Generator::all() {
                        <option value={generator.info().slug} selected={chosen == generator.info().slug}>
                            { generator.info().name }
                        </option>
                    }
                </optgroup>
            </List>
            if let Some(info) = &app.answers.info {
                <p class="cap">{ describe(info) }</p>
            }
            { changes(app) }
            <div class="buttons">
                <label class="button">
                    { "Open file" }
                    <input type="file" class="hidden" accept=".csv,.tsv,.txt,.data,.tab,.xlsx,.xlsm,.ods,.npy,.npz,.json,text/*" onchange={onfile} />
                </label>
                <button type="button" onclick={paste} aria-expanded={pasting.to_string()}>{ "Paste" }</button>
                <button type="button" onclick={generate}>{ "Generate" }</button>
            </div>
            if *pasting {
                <PasteBox {pasted} />
            }
            { about(app) }
            { whereabouts(app) }
        </div>
    }
}

/// What belongs to the kind of data that is chosen.
fn about(app: &AppContext) -> Html {
    match &app.state.data {
        DataChoice::Sample(slug) => {
            let Some(sample) = sample::Sample::from_slug(slug) else { return html! {} };
            html! {
                <p class="about">
                    { sample.description }
                    <span class="source-line">{ format!("{}, {}.", sample.source, sample.licence) }</span>
                </p>
            }
        }
        DataChoice::Generated { generator, seed } => generator_panel(generator, *seed, app.answers.busy(), &app.act),
        DataChoice::UserFile(user_file) => {
            let info = app.answers.info.as_ref();
            let (found, remarks) =
                (info.and_then(|info| info.reading.as_ref()), info.map_or(&[][..], |info| &info.remarks));
            reading(&user_file.reading, found, remarks, &app.act)
        }
    }
}

/// As `200 examples, 2 features, none missing`.
fn describe(info: &DataInfo) -> String {
    let features = info.columns.iter().filter(|column| column.kind == ColumnKind::Number).count();
    let texts = info.columns.len() - features;
    let missing: u64 = info.columns.iter().map(|column| column.missing).sum();
    let mut parts = vec![
        plural(info.rows, "example", "examples"),
        plural(features as u64, "column of numbers", "columns of numbers"),
    ];
    if texts > 0 {
        parts.push(plural(texts as u64, "of text", "of text"));
    }
    if info.positions > 1 {
        parts.push(format!("{} positions", whole(u64::from(info.positions))));
    }
    parts.push(if missing == 0 { "none missing".into() } else { format!("{} missing", whole(missing)) });
    parts.join(", ")
}

fn plural(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", whole(number), if number == 1 { one } else { many })
}

/// Puts the focus on the box and brings it into sight: where the choices scroll by themselves, nothing else moves.
fn show(area: &HtmlTextAreaElement) {
    let still = FocusOptions::new();
    still.set_prevent_scroll(true);
    let _ = area.focus_with_options(&still);
    let Ok(Some(column)) = area.closest(".choices") else { return };
    if column.scroll_height() > column.client_height() {
        // With the button below the box.
        let below =
            area.closest(".paste").ok().flatten().map_or(0.0, |paste| paste.get_bounding_client_rect().bottom());
        let beyond = below - column.get_bounding_client_rect().bottom();
        column.set_scroll_top(column.scroll_top() + beyond.max(0.0).ceil() as i32);
    } else {
        area.scroll_into_view();
    }
}

#[derive(Properties, PartialEq)]
struct PasteBoxProps {
    pasted: Callback<String>,
}

/// A place to paste into, for those who do not know that the whole page takes what is pasted.
#[component]
fn PasteBox(props: &PasteBoxProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(area) = node.cast::<HtmlTextAreaElement>() {
                show(&area);
            }
        });
    }
    let text = use_state_eq(String::new);
    let oninput = {
        let text = text.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                text.set(area.value());
            }
        })
    };
    let onclick = {
        let (text, pasted) = (text.clone(), props.pasted.clone());
        Callback::from(move |_: MouseEvent| pasted.emit((*text).clone()))
    };
    html! {
        <div class="paste">
            <textarea ref={node} rows="5" aria-label="Data to paste" spellcheck="false" {oninput}
                placeholder={"Paste cells of a spreadsheet,\nor lines of comma separated values"} />
            <button type="button" disabled={text.trim().is_empty()} {onclick}>{ "Use these data" }</button>
        </div>
    }
}
