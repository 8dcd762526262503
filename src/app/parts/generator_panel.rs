//! Settings of a generator, and its seed.

use yew::prelude::*;

use super::field::{NumberField, setting_field};
use crate::data::generator::Generator;
use crate::engine::Allowed;
use crate::state::Action;

pub fn generator_panel(generator: &Generator, seed: u64, act: &Callback<Action>) -> Html {
    let set = act.reform(|(key, text)| Action::SetGenerator { key, text });
    let typed = act.reform(move |text: String| Action::SetSeed(text.parse().unwrap_or(seed)));
    let next = act.reform(move |_: MouseEvent| Action::SetSeed(seed.wrapping_add(1)));
    html! {
        <div class="generator" role="group" aria-label="How the data are made">
            <p class="about">{ generator.info().summary }</p>
            for setting in generator.parameters() {
                { setting_field(&setting, &set) }
            }
            <NumberField name="seed" label="Seed" whole=true text={seed.to_string()}
                allowed={Allowed::Between(0.0, u64::MAX as f64)}
                help="The same seed makes the same numbers on every machine." set={typed} />
            <button type="button" onclick={next}>{ "Next seed" }</button>
        </div>
    }
}
