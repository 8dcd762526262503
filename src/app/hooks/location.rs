//! Which page the address is of. Links between pages are plain links: the browser changes the address, and this follows.

use gloo_events::EventListener;
use gloo_utils::window;
use yew::prelude::*;

use super::address::hash;
use crate::state::Page;

/// The page to show. An address that is of none is told of by Explore, which is shown then.
#[hook]
pub fn use_page() -> Page {
    let page = use_state_eq(|| Page::of(&hash()).unwrap_or_default());
    let set = page.setter();
    use_effect_with((), move |()| {
        let listener =
            EventListener::new(&window(), "popstate", move |_| set.set(Page::of(&hash()).unwrap_or_default()));
        move || drop(listener)
    });
    (*page).clone()
}
