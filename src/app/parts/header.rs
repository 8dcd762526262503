//! The head of the page: name, link, theme.

use gloo_timers::callback::Timeout;
use gloo_utils::window;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::hooks::Lab;
use crate::state::{Event as DeskEvent, address};

/// Milliseconds for which the button says that the link was copied.
const SAID: u32 = 2000;

pub fn header(lab: &Lab, toggle_theme: &Callback<()>) -> Html {
    html! {
        <header class="head">
            <a class="mark" href="#/explore">{ "normlab" }</a>
            <p class="claim">{ "See what normalization does to numbers" }</p>
            <div class="tools">
                { step(lab, false, "Undo", "Undo (Ctrl+Z)", "\u{21b6}") }
                { step(lab, true, "Redo", "Redo (Ctrl+Shift+Z)", "\u{21b7}") }
                <CopyLink absent={address::absent(&lab.state).map(AttrValue::from)} tell={lab.tell.clone()} />
                <button type="button" class="theme" onclick={toggle_theme.reform(|_| ())}
                    aria-label="Switch between light and dark" title="Switch between light and dark">
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

#[derive(Properties, PartialEq)]
struct CopyLinkProps {
    /// What the address does not hold, in a sentence.
    absent: Option<AttrValue>,
    tell: Callback<DeskEvent>,
}

/// Copies the address, which holds what was chosen, and says what it does not hold.
#[component]
fn CopyLink(props: &CopyLinkProps) -> Html {
    let said = use_state(|| None::<bool>);
    let field = use_node_ref();
    let onclick = {
        let (said, absent, tell) = (said.setter(), props.absent.clone(), props.tell.clone());
        Callback::from(move |_| {
            let (said, absent, tell) = (said.clone(), absent.clone(), tell.clone());
            spawn_local(async move {
                let copied = copy().await;
                if let Some(absent) = absent {
                    tell.emit(DeskEvent::Tell(vec![absent.to_string()]));
                }
                said.set(Some(copied));
                if copied {
                    Timeout::new(SAID, move || said.set(None)).forget();
                }
            });
        })
    };
    use_effect_with(*said, {
        let field = field.clone();
        move |_| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
        }
    });
    let text = if *said == Some(true) { "Copied" } else { "Copy link" };
    let close = {
        let said = said.setter();
        Callback::from(move |_: FocusEvent| said.set(None))
    };
    html! {
        <>
            if *said == Some(false) {
                <input class="address" readonly=true ref={field} value={window().location().href().unwrap_or_default()}
                    aria-label="The browser does not allow copying: copy this address yourself" onblur={close} />
            }
            <button type="button" class="copy" {onclick}><span aria-live="polite">{ text }</span></button>
        </>
    }
}

/// Whether the address could be copied.
async fn copy() -> bool {
    let clipboard = window().navigator().clipboard();
    // It is not there where the page does not come over https.
    if clipboard.is_undefined() {
        return false;
    }
    let Ok(address) = window().location().href() else { return false };
    JsFuture::from(clipboard.write_text(&address)).await.is_ok()
}
