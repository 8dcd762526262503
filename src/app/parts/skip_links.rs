//! Ways past everything that stands before what somebody wants, for those who go with the Tab key.

use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Where a link leads (a selector of what can take the focus, and of what takes it while that is folded), and its text.
pub type SkipLink = ([&'static str; 2], &'static str);

/// Those of Explore.
const TARGETS: [SkipLink; 6] = [
    (["#result", ""], "Skip to the result"),
    (["[data-method][aria-pressed=true]", ".fold:has([data-method]) .fold-line"], "Skip to the methods"),
    ([".plots .plot-overlay", ""], "Skip to the plots"),
    (["#inspector", ".plots .plot-overlay"], "Skip to the calculation"),
    ([".scroll:has(.stats)", ""], "Skip to the statistics"),
    ([".grid", ""], "Skip to the values"),
];

pub fn skip_links() -> Html {
    skip_links_to(&TARGETS)
}

/// Hidden until they have the focus. They move the focus only: followed as links they would be another address, and the
/// address is the state.
pub fn skip_links_to(targets: &[SkipLink]) -> Html {
    let links = targets.iter().map(|&(targets, text)| {
        let onclick = Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            let _ = targets.into_iter().filter(|target| !target.is_empty()).any(focus);
        });
        html! { <a class="skip" href="#" {onclick}>{ text }</a> }
    });
    html! { <nav aria-label="Skip to a part of the page">{ for links }</nav> }
}

/// Whether the first element of this selector could take the focus.
pub fn focus(target: &str) -> bool {
    document().query_selector(target).is_ok_and(|element| element.is_some_and(|element| focus_on(&element)))
}

/// In the list in which somebody pressed a button: the focus goes to the first of these that another row has. At once, so that
/// no key gets lost that is pressed before the list is drawn again; rows must stay what they are, and change what they show.
pub fn focus_row(event: &MouseEvent, row: usize, targets: &[&str]) {
    let list = event.target_dyn_into::<Element>().and_then(|button| button.closest("ol").ok().flatten());
    let Some(list) = list else { return };
    let _ = targets.iter().any(|target| {
        let found = list.query_selector(&format!(":scope > li:nth-child({}) {target}", row + 1));
        found.is_ok_and(|element| element.is_some_and(|element| focus_on(&element)))
    });
}

fn focus_on(element: &Element) -> bool {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
    document().active_element().as_ref() == Some(element)
}
