//! A few exclusive options side by side.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ChoiceProps<T: Copy + PartialEq + 'static> {
    /// For those who do not see that they belong together.
    pub label: AttrValue,
    pub options: Vec<(T, &'static str)>,
    pub chosen: T,
    pub choose: Callback<T>,
}

#[component]
pub fn Choice<T: Copy + PartialEq + 'static>(props: &ChoiceProps<T>) -> Html {
    let buttons = props.options.iter().map(|&(option, label)| {
        let onclick = props.choose.reform(move |_: MouseEvent| option);
        html! {
            <button type="button" {onclick} aria-pressed={(option == props.chosen).to_string()}>{ label }</button>
        }
    });
    html! { <div class="choice" role="group" aria-label={props.label.clone()}>{ for buttons }</div> }
}
