//! A list of which one thing is chosen.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlOptionElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ListProps {
    #[prop_or_default]
    pub name: Option<AttrValue>,
    #[prop_or_default]
    pub class: Classes,
    /// What it is called where no label stands beside it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The element that explains it.
    #[prop_or_default]
    pub described: Option<AttrValue>,
    pub onchange: Callback<Event>,
    /// Options, one of them selected.
    pub children: Html,
}

/// Shows the option that the markup calls selected, whatever was chosen by hand: after that, a browser no longer minds.
#[component]
pub fn List(props: &ListProps) -> Html {
    let ListProps { name, class, label, described, onchange, children } = props;
    let list = use_node_ref();
    use_effect({
        let list = list.clone();
        move || {
            let marked = list.cast::<Element>().and_then(|list| list.query_selector("option[selected]").ok().flatten());
            if let Some(marked) = marked.and_then(|marked| marked.dyn_into::<HtmlOptionElement>().ok())
                && !marked.selected()
            {
                marked.set_selected(true);
            }
        }
    });
    html! {
        <select ref={list} name={name.clone()} class={class.clone()} aria-label={label.clone()}
            aria-describedby={described.clone()} onchange={onchange.clone()}>
            { children.clone() }
        </select>
    }
}
