//! What is said above a table that is wider than its room.

use web_sys::Element;
use yew::prelude::*;

use crate::app::resize_watch::ResizeWatch;

/// Stands right before the box that a table scrolls in, and speaks only as long as it does so sideways.
#[component]
pub fn SidewaysHint() -> Html {
    let node = use_node_ref();
    let scrolls = use_state_eq(|| false);
    use_effect_with((), {
        let (node, scrolls) = (node.clone(), scrolls.setter());
        move |()| {
            let scroller = node.cast::<Element>().and_then(|hint| hint.next_element_sibling());
            let watched = scroller.map(|scroller| {
                let table = scroller.first_element_child();
                let elements = [scroller.clone()].into_iter().chain(table);
                ResizeWatch::deferred(elements, move || scrolls.set(scroller.scroll_width() > scroller.client_width()))
            });
            move || drop(watched)
        }
    });
    html! { <p ref={node} class="sideways" hidden={!*scrolls}>{ "Scroll sideways for more columns" }</p> }
}
