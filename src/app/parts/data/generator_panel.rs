//! Settings of a generator, and its seed.

use yew::prelude::*;

use super::draw_pad::DrawPad;
use crate::app::parts::inputs::field::{NumberField, setting_field};
use crate::data::generator::Generator;
use crate::parameters::{Allowed, Described, FieldValue};
use crate::state::Action;

/// `busy`: what was asked last is still being made.
pub fn generator_panel(generator: &Generator, seed: u64, busy: bool, act: &Callback<Action>) -> Html {
    let set = act.reform(|(key, text)| Action::SetGenerator { key, text });
    let typed = act.reform(move |text: String| Action::SetSeed(text.parse().unwrap_or(seed)));
    let next = act.reform(move |_: MouseEvent| Action::SetSeed(seed.wrapping_add(1)));
    html! {
        <div class="generator" role="group" aria-label="How the data are made">
            <p class="about">{ generator.info().summary }</p>
            for setting in generator.parameters() {
                { drawing(&setting, busy, act) }
            }
            <button type="button" onclick={next}>{ "Next seed" }</button>
            <details>
                <summary class="more-toggle">{ "Change" }</summary>
                <div class="generator-settings">
                    for setting in generator.parameters().into_iter().filter(|setting| !drawn(setting)) {
                        { setting_field(&setting, "data-", &set) }
                    }
                    <NumberField name="seed" label="Seed" whole=true text={seed.to_string()}
                        allowed={Allowed::Between(0.0, u64::MAX as f64)}
                        help="The same seed gives the same numbers on every machine." set={typed} />
                </div>
            </details>
        </div>
    }
}

/// Whether it is drawn instead of typed.
fn drawn(setting: &Described) -> bool {
    matches!(setting.value, FieldValue::Heights { .. })
}

/// The place where it is drawn.
fn drawing(setting: &Described, busy: bool, act: &Callback<Action>) -> Option<Html> {
    let FieldValue::Heights { most, .. } = setting.value else { return None };
    let field = setting.field;
    let set = act.reform(move |drawn: Option<String>| {
        drawn.map_or(Action::Release, |text| Action::SetGenerator { key: field.key, text })
    });
    let text = setting.value.text();
    Some(html! { <DrawPad label={field.label} help={field.help} {text} {most} {busy} {set} /> })
}
