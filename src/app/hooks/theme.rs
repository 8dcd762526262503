//! Light or dark: what the system prefers, until the visitor chooses; the choice is remembered on this machine.

use gloo_events::EventListener;
use gloo_utils::document_element;
use yew::prelude::*;

const KEY: &str = "normlab.theme";
const DARK: &str = "dark";
const LIGHT: &str = "light";

/// Whether the page is dark, and how to change that.
#[derive(Clone, PartialEq)]
pub struct ThemeHandle {
    pub dark: bool,
    pub toggle: Callback<()>,
}

/// The theme of the page.
#[hook]
pub fn use_theme() -> ThemeHandle {
    let chosen = use_state(remembered);
    let preferred = use_state(prefers_dark);
    {
        let preferred = preferred.clone();
        use_effect_with((), move |()| {
            let query = gloo_utils::window().match_media("(prefers-color-scheme: dark)").ok().flatten();
            let listener =
                query.map(|query| EventListener::new(&query, "change", move |_| preferred.set(prefers_dark())));
            move || drop(listener)
        });
    }
    let dark = chosen.unwrap_or(*preferred);
    use_effect_with(dark, |dark| {
        // The attribute is always there: style sheets and canvases then agree.
        let _ = document_element().set_attribute("data-theme", if *dark { DARK } else { LIGHT });
    });
    let toggle = use_callback((chosen, dark), |(), (chosen, dark)| {
        // Storage may be forbidden or full; the choice then lasts as long as the page.
        if let Ok(Some(storage)) = gloo_utils::window().local_storage() {
            let _ = storage.set_item(KEY, if *dark { LIGHT } else { DARK });
        }
        chosen.set(Some(!dark));
    });
    ThemeHandle { dark, toggle }
}

/// What was chosen on this machine before.
fn remembered() -> Option<bool> {
    let chosen = gloo_utils::window().local_storage().ok()??.get_item(KEY).ok()??;
    Some(chosen == DARK)
}

fn prefers_dark() -> bool {
    gloo_utils::window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
}
