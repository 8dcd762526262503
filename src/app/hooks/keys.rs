//! Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y; on a Mac with the Command key) wherever the focus is.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::*;

/// Emits whether to redo (true) or to undo (false).
#[hook]
pub fn use_undo_keys(undo_or_redo: &Callback<bool>) {
    use_effect_with(undo_or_redo.clone(), |undo_or_redo| {
        let undo_or_redo = undo_or_redo.clone();
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&document(), "keydown", options, move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
            if !(key.ctrl_key() || key.meta_key()) || key.alt_key() || types_text(event) {
                return;
            }
            let redo = match key.key().as_str() {
                "z" | "Z" => key.shift_key(),
                "y" | "Y" => true,
                _ => return,
            };
            event.prevent_default();
            undo_or_redo.emit(redo);
        });
        move || drop(listener)
    });
}

/// Whether the event belongs to a field that text is typed into: it has an undo of its own, and takes what is pasted.
pub fn types_text(event: &Event) -> bool {
    let Some(target) = event.target() else { return false };
    match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => !matches!(input.type_().as_str(), "checkbox" | "radio" | "range" | "button" | "file"),
        None => target.is_instance_of::<HtmlTextAreaElement>(),
    }
}
