//! A pointer that shines: a spot that follows the mouse.

use gloo_events::EventListener;
use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent as BrowserMouseEvent};
use yew::prelude::*;

/// Out of sight until the mouse moves.
#[component]
pub fn ShiningPointer() -> Html {
    let spot = use_node_ref();
    use_effect_with((), {
        let spot = spot.clone();
        move |()| {
            let listener = EventListener::new(&document(), "mousemove", move |event| {
                let (Some(mouse), Some(spot)) = (event.dyn_ref::<BrowserMouseEvent>(), spot.cast::<HtmlElement>())
                else {
                    return;
                };
                for (side, pixels) in [("left", mouse.client_x()), ("top", mouse.client_y())] {
                    let _ = spot.style().set_property(side, &format!("{pixels}px"));
                }
            });
            move || drop(listener)
        }
    });
    html! { <div class="present-pointer" aria-hidden="true" ref={spot} /> }
}
