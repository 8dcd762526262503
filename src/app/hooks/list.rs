//! Lists of which one thing is chosen.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A list that shows this choice, whatever was chosen in it by hand: after that, a browser no longer minds which option the
/// markup calls selected.
#[hook]
pub fn use_list(chosen: &str) -> NodeRef {
    let list = use_node_ref();
    let (there, chosen) = (list.clone(), chosen.to_string());
    use_effect(move || {
        if let Some(there) = there.cast::<HtmlSelectElement>()
            && there.value() != chosen
        {
            there.set_value(&chosen);
        }
    });
    list
}
