//! A part of the choices: always open on a wide screen, folded to one line on a narrow one.

use yew::prelude::*;

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
    let id = format!("fold-{}", props.title.to_ascii_lowercase());
    html! {
        <section class={classes!("fold", open.then_some("open"))}>
            <h2 class="fold-heading">{ props.title.clone() }</h2>
            <button type="button" class="fold-line" aria-expanded={open.to_string()} aria-controls={id.clone()} {onclick}>
                <span class="fold-title">{ props.title.clone() }</span>
                <span class="fold-now">{ props.now.clone() }</span>
            </button>
            <div class="fold-body" {id}>{ props.children.clone() }</div>
        </section>
    }
}
