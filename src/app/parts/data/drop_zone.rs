//! Data dropped or pasted anywhere on the page.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_utils::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent};
use yew::prelude::*;

use crate::app::hooks::{UserFile, types_text};

#[derive(Properties, PartialEq)]
pub struct DropZoneProps {
    pub open: Callback<UserFile>,
}

/// Listens on the whole page, and shows where things can be dropped while something is dragged over it.
#[component]
pub fn DropZone(props: &DropZoneProps) -> Html {
    let dragging = use_state_eq(|| false);
    {
        let (open, dragging) = (props.open.clone(), dragging.setter());
        use_effect_with(open, move |open| {
            let active = EventListenerOptions::enable_prevent_default();
            let drag = {
                let dragging = dragging.clone();
                EventListener::new_with_options(&window(), "dragover", active, move |event| {
                    event.prevent_default();
                    dragging.set(true);
                })
            };
            let leave = {
                let dragging = dragging.clone();
                EventListener::new(&window(), "dragleave", move |event| {
                    // Leaving the window, not one element of it for another.
                    if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
                        dragging.set(false);
                    }
                })
            };
            let drop_open = open.clone();
            let drop = EventListener::new_with_options(&window(), "drop", active, move |event| {
                event.prevent_default();
                dragging.set(false);
                let transfer = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
                let Some(transfer) = transfer else { return };
                if let Some(file) = transfer.files().and_then(|files| files.get(0)) {
                    drop_open.emit(UserFile::of_file(file));
                } else if let Ok(text) = transfer.get_data("text/plain")
                    && !text.is_empty()
                {
                    drop_open.emit(UserFile::of_text("dropped text", &text));
                }
            });
            let paste_open = open.clone();
            let paste = EventListener::new(&document(), "paste", move |event| {
                // A table takes what is pasted into its cells.
                if types_text(event) || event.default_prevented() {
                    return;
                }
                let transfer = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
                let Some(transfer) = transfer else { return };
                if let Some(file) = transfer.files().and_then(|files| files.get(0)) {
                    paste_open.emit(UserFile::of_file(file));
                } else if let Ok(text) = transfer.get_data("text/plain")
                    && !text.trim().is_empty()
                {
                    paste_open.emit(UserFile::of_text("pasted data", &text));
                }
            });
            move || std::mem::drop((drag, leave, drop, paste))
        });
    }
    html! {
        if *dragging {
            <div class="drop" aria-hidden="true"><p>{ "Drop a file of comma, tab or semicolon separated values, an Excel workbook, or a NumPy array" }</p></div>
        }
    }
}
