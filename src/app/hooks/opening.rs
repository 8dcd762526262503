//! Tells the opening picture (`static/opening.js`) when the live page can take its place.

use gloo_utils::{document, window};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{CustomEvent, CustomEventInit, Event};
use yew::prelude::*;

use crate::state::Answers;

/// Follows what is known until there is something to show, or nothing to hope for.
#[hook]
pub fn use_opening(answers: &Answers) {
    let shown = answers.view.is_some() || answers.view_problem.is_some() || answers.load_problem.is_some();
    use_effect_with(shown, |shown| {
        if *shown {
            spawn_local(async {
                // Plots are drawn at the end of the frame that gives them their size, which is the one after this.
                frame().await;
                frame().await;
                notify(Event::new("normlab:shown"));
            });
        }
    });
    // Nothing came from the worker, ever.
    use_effect_with((answers.worker_gone && !shown).then(|| answers.notices.last().cloned()).flatten(), |notice| {
        if let Some(notice) = notice {
            let detail = CustomEventInit::new();
            detail.set_detail(&JsValue::from_str(&notice.text));
            notify(CustomEvent::new_with_event_init_dict("normlab:failed", &detail).map(Into::into));
        }
    });
}

/// For a page that has something to show as soon as it is there.
#[hook]
pub fn use_shown() {
    use_effect_with((), |()| {
        spawn_local(async {
            frame().await;
            frame().await;
            notify(Event::new("normlab:shown"));
        });
    });
}

/// The browser is about to draw.
async fn frame() {
    let drawn = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().request_animation_frame(&resolve);
    });
    let _ = JsFuture::from(drawn).await;
}

fn notify(event: Result<Event, JsValue>) {
    if let Ok(event) = event {
        let _ = document().dispatch_event(&event);
    }
}
