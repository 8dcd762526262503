//! The page: Yew components and hooks.

use yew::prelude::*;

#[component]
fn App() -> Html {
    html! { <main><h1>{ "Normlab" }</h1></main> }
}

/// Starts the page in the document.
pub fn start() {
    yew::Renderer::<App>::new().render();
}
