//! A few exclusive options side by side. What is called by a term has its sentence.

use yew::prelude::*;

use super::explained::Explained;
use super::terms::sentence;

pub fn choice<T: Copy + PartialEq + 'static>(
    label: &'static str,
    options: impl IntoIterator<Item = (T, &'static str)>,
    chosen: T,
    choose: &Callback<T>,
) -> Html {
    let buttons = options.into_iter().map(|(option, label)| {
        let onclick = choose.reform(move |_: MouseEvent| option);
        let (pressed, says) = ((option == chosen).to_string(), sentence(label));
        if says.is_empty() {
            return html! { <button type="button" {onclick} aria-pressed={pressed}>{ label }</button> };
        }
        let id = format!("says-choice-{}", label.to_ascii_lowercase().replace(' ', "-"));
        html! {
            <Explained id={id.clone()} {says}>
                <button type="button" {onclick} aria-pressed={pressed} aria-describedby={id}>
                    <span class="term">{ label }</span>
                </button>
            </Explained>
        }
    });
    html! { <div class="choice" role="group" aria-label={label}>{ for buttons }</div> }
}
