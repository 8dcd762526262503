//! The head of the page: name, link, theme.

use gloo_timers::callback::Timeout;
use gloo_utils::window;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::present::add_state::PresentMenu;
use crate::app::hooks::AppContext;
use crate::state::{Event as AnswersEvent, Page, address};

/// Milliseconds for which the button says that the link was copied.
const SAID: u32 = 2000;

/// The pages that the head leads to, and their names.
const PAGES: [(Page, &str, &str); 3] = [
    (Page::Explore, "#/explore", "Explore"),
    (Page::Experiments, "#/experiments", "Experiments"),
    (Page::Practice, "#/practice", "Practice"),
];

/// The head of Explore.
pub fn explore_header(app: &AppContext, toggle_theme: &Callback<()>) -> Html {
    header(app, &Page::Explore, toggle_theme, undo_buttons(app.can_undo_redo, &app.undo_or_redo))
}

/// The head of a page; `steps` are its buttons that undo and redo.
pub fn header(app: &AppContext, page: &Page, toggle_theme: &Callback<()>, steps: Html) -> Html {
    let explore = *page == Page::Explore;
    let absent = if explore { address::absent(&app.state).map(AttrValue::from) } else { None };
    // Explore as it was left.
    let back = if explore { "#/explore".into() } else { format!("#{}", address::encode(&app.state)) };
    let shown = |of: &Page| of == page || (*of == Page::Experiments && matches!(page, Page::Experiment(_)));
    html! {
        <header class="head">
            <a class="mark" href="#/explore">{ "normlab" }</a>
            <nav class="pages" aria-label="Pages">
                for (of, address, name) in PAGES {
                    <a href={if of == Page::Explore && !explore { back.clone() } else { address.into() }}
                        aria-current={shown(&of).then_some("page")}>{ name }</a>
                }
            </nav>
            <div class="tools">
                { steps }
                if *page != Page::Present { <PresentMenu /> }
                <CopyLink {absent} notify={app.notify.clone()} />
                <button type="button" class="theme" onclick={toggle_theme.reform(|_| ())}
                    aria-label="Switch between light and dark" title="Switch between light and dark">
                    <span aria-hidden="true">{ "\u{25d1}" }</span>
                </button>
            </div>
        </header>
    }
}

/// A step back, and one forth: `can` says which there are.
pub fn undo_buttons(can: (bool, bool), undo_or_redo: &Callback<bool>) -> Html {
    let step = |redo: bool, can: bool, label: &'static str, title: &'static str, sign: &'static str| {
        let onclick = undo_or_redo.reform(move |_: MouseEvent| redo);
        html! {
            <button type="button" class="step" disabled={!can} {onclick} aria-label={label} {title}>
                <span aria-hidden="true">{ sign }</span>
            </button>
        }
    };
    html! {
        <>
            { step(false, can.0, "Undo", "Undo (Ctrl+Z)", "\u{21b6}") }
            { step(true, can.1, "Redo", "Redo (Ctrl+Shift+Z)", "\u{21b7}") }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct CopyLinkProps {
    /// What the address does not hold, in a sentence.
    absent: Option<AttrValue>,
    notify: Callback<AnswersEvent>,
}

/// Copies the address, which holds what was chosen, and says what it does not hold.
#[component]
fn CopyLink(props: &CopyLinkProps) -> Html {
    let said = use_state(|| None::<bool>);
    let field = use_node_ref();
    let onclick = {
        let (said, absent, notify) = (said.setter(), props.absent.clone(), props.notify.clone());
        Callback::from(move |_| {
            let (said, absent, notify) = (said.clone(), absent.clone(), notify.clone());
            spawn_local(async move {
                let copied = copy().await;
                if let Some(absent) = absent {
                    notify.emit(AnswersEvent::Tell(vec![absent.to_string()]));
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
    let text = if *said == Some(true) {
        html! { "Copied" }
    } else {
        html! { <>{ "Copy" }<span class="where-wide">{ " link" }</span></> }
    };
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
