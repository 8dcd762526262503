//! A few exclusive options side by side.

use yew::prelude::*;

pub fn choice<T: Copy + PartialEq + 'static>(
    label: &'static str,
    options: impl IntoIterator<Item = (T, &'static str)>,
    chosen: T,
    choose: &Callback<T>,
) -> Html {
    let buttons = options.into_iter().map(|(option, label)| {
        let onclick = choose.reform(move |_: MouseEvent| option);
        html! {
            <button type="button" {onclick} aria-pressed={(option == chosen).to_string()}>{ label }</button>
        }
    });
    html! { <div class="choice" role="group" aria-label={label}>{ for buttons }</div> }
}
