//! A list to choose from, and a button that opens what is chosen.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ChooseAndOpenProps {
    /// What is chosen.
    pub label: AttrValue,
    pub options: Vec<String>,
    /// What the button says.
    pub button: AttrValue,
    /// Opens the option of this index.
    pub open: Callback<usize>,
}

#[component]
pub fn ChooseAndOpen(props: &ChooseAndOpenProps) -> Html {
    let list = use_node_ref();
    let onclick = {
        let (list, open) = (list.clone(), props.open.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(list) = list.cast::<HtmlSelectElement>() {
                open.emit(list.selected_index().max(0) as usize);
            }
        })
    };
    html! {
        <p class="choose-and-open">
            <label>
                <span>{ props.label.clone() }</span>
                <select ref={list}>
                    for (index, option) in props.options.iter().enumerate() {
                        <option selected={index == 0}>{ option.clone() }</option>
                    }
                </select>
            </label>
            <button type="button" {onclick}>{ props.button.clone() }</button>
        </p>
    }
}
