//! The seed of an experiment.

use yew::prelude::*;

use crate::app::hooks::ExperimentContext;
use crate::app::parts::inputs::field::NumberField;
use crate::parameters::Allowed;
use crate::state::{ExperimentAction, SEEDS};

/// The seed, another one, and many.
pub fn seed_field(context: &ExperimentContext) -> Html {
    let seed = context.state.seed;
    let typed = context.act.reform(move |text: String| ExperimentAction::SetSeed(text.parse().unwrap_or(seed)));
    let next = context.act.reform(move |_: MouseEvent| ExperimentAction::SetSeed(seed.wrapping_add(1)));
    let many = context.act.reform(|_: MouseEvent| ExperimentAction::RunMany);
    html! {
        <section class="controls">
            <NumberField name="seed" label="Seed" whole=true text={seed.to_string()} set={typed}
                allowed={Allowed::Between(0.0, u64::MAX as f64)}
                help="The same seed gives the same run on every machine, to the last bit." />
            <div class="buttons">
                <button type="button" onclick={next}>{ "New seed" }</button>
                <button type="button" onclick={many} aria-pressed={context.state.many.to_string()}>
                    { format!("{SEEDS} seeds") }
                </button>
            </div>
        </section>
    }
}
