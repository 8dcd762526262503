//! The head of the page: name, link, theme.

use gloo_timers::callback::Timeout;
use gloo_utils::window;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::app::hooks::Lab;

/// Milliseconds for which the button says that the link was copied.
const SAID: u32 = 2000;

pub fn header(lab: &Lab, dark: bool, toggle: &Callback<()>) -> Html {
    let theme = if dark { "Light" } else { "Dark" };
    html! {
        <header class="head">
            <a class="mark" href="#/explore">{ "normlab" }</a>
            <p class="claim">{ "See what normalization does to numbers" }</p>
            <div class="tools">
                { step(lab, false, "Undo", "Undo (Ctrl+Z)", "\u{21b6}") }
                { step(lab, true, "Redo", "Redo (Ctrl+Shift+Z)", "\u{21b7}") }
                <CopyLink />
                <button type="button" class="theme" onclick={toggle.reform(|_| ())}
                    aria-label={format!("{theme} theme")} title={format!("{theme} theme")}>
                    <span aria-hidden="true">{ "\u{25d1}" }</span>
                </button>
            </div>
        </header>
    }
}

/// A step back or forth.
fn step(lab: &Lab, redo: bool, label: &'static str, title: &'static str, sign: &'static str) -> Html {
    let can = if redo { lab.can.1 } else { lab.can.0 };
    html! {
        <button type="button" class="step" disabled={!can} onclick={lab.travel.reform(move |_| redo)} aria-label={label} {title}>
            <span aria-hidden="true">{ sign }</span>
        </button>
    }
}

/// Copies the address, which holds everything that was chosen.
#[component]
fn CopyLink() -> Html {
    let said = use_state(|| None::<bool>);
    let onclick = {
        let said = said.setter();
        Callback::from(move |_| {
            let said = said.clone();
            let Ok(address) = window().location().href() else { return };
            let copied = window().navigator().clipboard().write_text(&address);
            spawn_local(async move {
                said.set(Some(JsFuture::from(copied).await.is_ok()));
                Timeout::new(SAID, move || said.set(None)).forget();
            });
        })
    };
    let text = match *said {
        None => "Copy link",
        Some(true) => "Copied",
        Some(false) => "Not allowed: copy the address bar",
    };
    html! { <button type="button" class="copy" {onclick}><span aria-live="polite">{ text }</span></button> }
}
