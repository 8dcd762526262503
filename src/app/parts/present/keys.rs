//! Keys while something is presented. What has the focus keeps the keys that it needs itself.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::Callback;

use crate::app::hooks::types_text;
use crate::state::present::PresentCommand;

/// What needs every key, and what needs those that are no letters.
const NEEDS_ALL: &str = "select, [contenteditable]";
const NEEDS_SIGNS: &str = "input, summary, [role=slider], [role=grid], .grid, .scroll:focus";
/// What Space operates.
const NEEDS_SPACE: &str = "button, a[href], .button";

/// Emits the commands of keys until it is dropped. `act` says whether a command did something: else the key is the browser's.
pub fn listen(act: Callback<PresentCommand, bool>) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.ctrl_key() || key.meta_key() || key.alt_key() || event.default_prevented() {
            return;
        }
        let Some(command) = PresentCommand::of_key(&key.key()) else { return };
        if command != PresentCommand::Leave && is_needed(event, &key.key()) {
            return;
        }
        if act.emit(command) {
            event.prevent_default();
        }
    })
}

/// Whether what has the focus needs this key.
fn is_needed(event: &web_sys::Event, key: &str) -> bool {
    let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector| on.as_ref().is_some_and(|on| on.closest(selector).is_ok_and(|found| found.is_some()));
    let letter = key.len() == 1 && key != " ";
    types_text(event) || within(NEEDS_ALL) || !letter && within(NEEDS_SIGNS) || key == " " && within(NEEDS_SPACE)
}
