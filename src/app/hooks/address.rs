//! The address follows the state, and the state follows Back, Forward and edited addresses.

use gloo_events::EventListener;
use gloo_utils::window;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::document::{Document, DocumentAction};
use crate::state::present::PresentPlace;
use crate::state::{Action, AppState, Event, ExperimentState, Page, address};

/// What stands behind `#` now.
fn whole() -> String {
    // `location.hash` of an address with stray percent signs is still what was typed.
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_string()
}

/// The address of the state that is shown: what stands behind `#` now, without where a presentation is.
pub fn hash() -> String {
    PresentPlace::split(&whole()).0
}

/// Where the presentation is, if this is one.
pub fn present_place() -> Option<PresentPlace> {
    PresentPlace::split(&whole()).1
}

/// Makes this the address of the state: in the present entry of the browser's history, or in one of its own. A presentation
/// stays where it is.
pub fn put(address: &str, same_entry: bool) {
    match present_place() {
        Some(place) => put_whole(&place.in_address(address), same_entry),
        None => put_whole(address, same_entry),
    }
}

/// Another place of the presentation, with the state as it is.
pub fn put_place(place: &PresentPlace) {
    put_whole(&place.in_address(&hash()), true);
}

/// Goes to another address, as a link does.
pub fn open(address: &str) {
    let _ = window().location().set_hash(address);
}

/// Goes to another address in the place of this one in the browser's history.
pub fn replace(address: &str) {
    put_whole(address, true);
    if let Ok(event) = web_sys::Event::new("popstate") {
        let _ = window().dispatch_event(&event);
    }
}

fn put_whole(address: &str, same_entry: bool) {
    let Ok(history) = window().history() else { return };
    let url = format!("#{address}");
    // A browser may refuse very frequent changes; the next one goes through.
    let _ = if same_entry {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(&url))
    };
}

/// Whether Explore is what an address shows; it also takes what is of no page.
fn of_explore(address: &str) -> bool {
    Page::of(address).unwrap_or_default() == Page::Explore
}

/// The state of the present address, and what in it was not understood.
pub fn read() -> (AppState, Vec<String>) {
    let hash = hash();
    address::decode(&ExperimentState::explore_address(&hash).unwrap_or(hash))
}

/// Keeps address and state together, as long as the address is one of Explore.
#[hook]
pub fn use_address(document: &UseReducerHandle<Document>, notify: Callback<Event>) {
    use_effect_with((document.state.clone(), document.same_entry), |(state, same_entry)| {
        let text = address::encode(state);
        let now = hash();
        if !of_explore(&now) || now == text || now.is_empty() && **state == AppState::default() {
            return;
        }
        put(&text, *same_entry);
    });
    use_effect_with((**document).clone(), {
        let dispatcher = document.dispatcher();
        move |document| {
            let document = document.clone();
            let listener = EventListener::new(&window(), "popstate", move |_| {
                if !of_explore(&hash()) {
                    return;
                }
                if let Some(snapshot) = document.snapshot_at(&hash()) {
                    return dispatcher.dispatch(DocumentAction::Return(snapshot));
                }
                let (state, complaints) = read();
                dispatcher.dispatch(DocumentAction::Act(Action::Open(Box::new(state))));
                notify.emit(Event::Tell(complaints));
            });
            move || drop(listener)
        }
    });
}
