//! A part of the choices: always open on a wide screen, folded to one line on a narrow one.

use web_sys::Element;
use yew::prelude::*;

/// What is a choice for the whole panel.
const CLOSING: &str = ".method, select.source";

#[derive(Properties, PartialEq)]
pub struct FoldProps {
    pub title: AttrValue,
    /// What is chosen now, for the one line.
    pub now: AttrValue,
    pub children: Html,
}

#[component]
pub fn Fold(props: &FoldProps) -> Html {
    let open = use_state_eq(|| false);
    let onclick = use_callback(open.clone(), |_: MouseEvent, open| open.set(!**open));
    // On a narrow screen what was chosen is seen below.
    let chosen = use_callback(open.clone(), |event: Event, open| {
        let on = event.target_dyn_into::<Element>();
        if on.is_some_and(|on| on.closest(CLOSING).ok().flatten().is_some()) {
            open.set(false);
        }
    });
    let id = format!("fold-{}", props.title.to_ascii_lowercase());
    html! {
        <section class={classes!("fold", open.then_some("open"))}>
            <h2 class="fold-heading">{ props.title.clone() }</h2>
            <button type="button" class="fold-line" aria-expanded={open.to_string()} aria-controls={id.clone()} {onclick}>
                <span class="fold-title">{ props.title.clone() }</span>
                <span class="fold-now">{ props.now.clone() }</span>
            </button>
            <div class="fold-body" {id} onclick={chosen.reform(Event::from)} onchange={chosen}>{ props.children.clone() }</div>
        </section>
    }
}
