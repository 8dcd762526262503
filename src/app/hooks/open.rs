//! What is opened: data, or parameters that were fitted before. The content says which, not the name.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Blob;
use yew::prelude::*;

use super::document::{Document, DocumentAction};
use super::user_file::{FileContent, UserFile};
use crate::data::SavedFit;
use crate::state::{Action, Event};

/// Bytes; fitted parameters of thousands of features are smaller.
const LARGEST: f64 = 4e6;
/// So many bytes show whether it may be such a file.
const START: f64 = 64.0;
/// What such a file has, as JSON has it.
const SIGN: &str = "\"normlab\"";

#[hook]
pub fn use_open(document: &UseReducerHandle<Document>, notify: &Callback<Event>) -> Callback<UserFile> {
    let (document, notify) = (document.dispatcher(), notify.clone());
    use_callback((), move |user_file: UserFile, ()| match &user_file.content {
        FileContent::Text(text) if is_fit(text) => take(&user_file.name, text, &document, &notify),
        FileContent::File(file) if file.size() <= LARGEST => {
            let (file, document, notify) = (file.clone(), document.clone(), notify.clone());
            spawn_local(async move {
                let start = file.slice_with_f64_and_f64(0.0, START);
                let may_fit = match start {
                    Ok(start) => text_of(&start).await.is_ok_and(|start| start.trim_start().starts_with('{')),
                    Err(_) => false,
                };
                match if may_fit { text_of(&file).await.ok().filter(|text| is_fit(text)) } else { None } {
                    Some(text) => take(&user_file.name, &text, &document, &notify),
                    None => document.dispatch(DocumentAction::Open(user_file)),
                }
            });
        }
        _ => document.dispatch(DocumentAction::Open(user_file)),
    })
}

async fn text_of(blob: &Blob) -> Result<String, JsValue> {
    Ok(JsFuture::from(blob.text()).await?.as_string().unwrap_or_default())
}

fn is_fit(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains(SIGN)
}

fn take(name: &str, text: &str, document: &UseReducerDispatcher<Document>, notify: &Callback<Event>) {
    match SavedFit::from_json(text) {
        Ok(saved) => {
            if saved.features.is_empty() {
                let text = format!(
                    "\u{201c}{name}\u{201d} contains the settings of a method but no fitted statistics: these come from \
                     the current data."
                );
                notify.emit(Event::Tell(vec![text]));
            }
            document.dispatch(DocumentAction::Act(Action::UseFit(Rc::new(saved))));
        }
        Err(why) => {
            let text = format!("The fitted parameters in \u{201c}{name}\u{201d} cannot be used: {why}.");
            notify.emit(Event::Tell(vec![text]));
        }
    }
}
