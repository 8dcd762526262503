//! Settings of a generator, and its seed.

use yew::prelude::*;

use super::field::{NumberField, Setting};
use crate::data::generator::Generator;
use crate::engine::Allowed;
use crate::state::Action;

#[derive(Properties, PartialEq)]
pub struct GeneratorPanelProps {
    pub generator: Generator,
    pub seed: u64,
    pub act: Callback<Action>,
}

#[component]
pub fn GeneratorPanel(props: &GeneratorPanelProps) -> Html {
    let set = props.act.reform(|(key, text)| Action::SetGenerator { key, text });
    let seed = props.seed;
    let typed = props.act.reform(move |text: String| Action::SetSeed(text.parse().unwrap_or(seed)));
    let next = props.act.reform(move |_: MouseEvent| Action::SetSeed(seed.wrapping_add(1)));
    html! {
        <div class="generator" role="group" aria-label="How the data are made">
            <p class="about">{ props.generator.info().summary }</p>
            for setting in props.generator.parameters() {
                <Setting key={setting.field.key} setting={setting.clone()} set={set.clone()} />
            }
            <NumberField name="seed" label="Seed" whole=true text={seed.to_string()}
                allowed={Allowed::Between(0.0, u64::MAX as f64)}
                help="The same seed makes the same numbers on every machine." set={typed} />
            <button type="button" onclick={next}>{ "Next seed" }</button>
        </div>
    }
}
