//! What lies over a presented page: help, overview, jump, and nothing but black.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlInputElement, SubmitEvent};
use yew::prelude::*;

use crate::state::present::{Playlist, PresentCommand};

const CLOSE: &str = "Close";

/// What is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PresentOverlay {
    #[default]
    None,
    Help,
    Overview,
    Jump,
    QrCode,
    Black,
}

#[derive(Properties, PartialEq)]
pub struct OverlayProps {
    pub label: AttrValue,
    /// The button that closes it. One that is not "Close" has an end that takes a moment: it stays open until then,
    /// and hides all that is behind it.
    #[prop_or(CLOSE)]
    pub leave: &'static str,
    pub close: Callback<()>,
    pub children: Html,
}

/// A dialog that has the focus while it is open.
#[component]
pub fn Overlay(props: &OverlayProps) -> Html {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        if let Some(dialog) = node.cast::<HtmlDialogElement>() {
            let _ = dialog.show_modal();
        }
    });
    let onclose = props.close.reform(|_: Event| ());
    let onclick = props.close.reform(|_: MouseEvent| ());
    let stays = props.leave != CLOSE;
    let oncancel = {
        let close = props.close.clone();
        Callback::from(move |event: Event| {
            if stays {
                event.prevent_default();
                close.emit(());
            }
        })
    };
    html! {
        <dialog class={classes!("present-overlay", stays.then_some("cover"))} ref={node} aria-label={props.label.clone()} {oncancel} {onclose}>
            <div class="card-head"><h2>{ props.label.clone() }</h2><button type="button" {onclick}>{ props.leave }</button></div>
            { props.children.clone() }
        </dialog>
    }
}

/// The keys.
pub fn help() -> Html {
    let lines = PresentCommand::KEYS.iter().map(|(_, _, keys, does)| {
        html! { <tr><th scope="row">{ *keys }</th><td>{ *does }</td></tr> }
    });
    html! {
        <>
            <table class="present-keys"><tbody>{ for lines }</tbody></table>
            <p>{ "A field, a slider or a list that has the focus keeps the keys that it needs." }</p>
        </>
    }
}

/// All entries, each of which is one click or one Enter away.
pub fn overview(list: Option<&Playlist>, now: usize, go: &Callback<usize>) -> Html {
    let Some(list) = list else { return html! { <p>{ "This page is in no playlist." }</p> } };
    let entries = list.entries.iter().enumerate().map(|(index, entry)| {
        let onclick = go.reform(move |_: MouseEvent| index);
        html! {
            <li>
                <button type="button" {onclick} aria-current={(index == now).then_some("step")} autofocus={index == now}>
                    { &entry.title }
                </button>
            </li>
        }
    });
    html! { <ol class="present-overview">{ for entries }</ol> }
}

/// Asks for the number of an entry, of so many.
pub fn jump(entries: usize, go: &Callback<usize>) -> Html {
    let onsubmit = {
        let go = go.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let number = typed(&event).and_then(|field| field.value().trim().parse::<usize>().ok());
            if let Some(index) = number.and_then(|number| number.min(entries).checked_sub(1)) {
                go.emit(index);
            }
        })
    };
    html! {
        <form {onsubmit}>
            <label class="setting">
                <span>{ format!("Number, 1 to {entries}") }</span>
                <input type="text" inputmode="numeric" name="jump" autofocus=true />
            </label>
            <button type="submit" class="primary">{ "Go" }</button>
        </form>
    }
}

/// The field of a form that has one.
pub fn typed(event: &SubmitEvent) -> Option<HtmlInputElement> {
    let form = event.target_dyn_into::<Element>()?;
    form.query_selector("input").ok().flatten()?.dyn_into().ok()
}
