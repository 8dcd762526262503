//! The page: Yew components and hooks.

use yew::prelude::*;

#[component]
fn App() -> Html {
    html! { <main><h1>{ "Normlab" }</h1></main> }
}

/// Starts the page in the document.
pub fn start() {
    start_in(gloo_utils::body().into());
}

/// Starts the page inside an element, whose children it replaces: a test must keep the rest of the document.
pub fn start_in(root: web_sys::Element) {
    yew::Renderer::<App>::with_root(root).render();
}
