//! What if the picked value were another: a field and a slider, and what would move.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::client::{Client, use_call};
use crate::app::hooks::{AppContext, PlotInteraction};
use crate::app::parts::inputs::field::NumberField;
use crate::app::parts::inputs::terms::sentence;
use crate::caption;
use crate::data::{DataCell, Edit};
use crate::engine::Summary;
use crate::parameters::Allowed;
use crate::plot::Form;
use crate::plot::number::{format4, full};
use crate::protocol::{Traced, ViewResult, WhatIfQuery};
use crate::state::table::grid_text::text;
use crate::state::{Action, SliderRange};

/// For the value that was traced; nothing when its feature is not in sight.
pub fn what_if(app: &AppContext, view: &ViewResult, traced: &Traced, precise: bool) -> Html {
    let Traced { cell, trace, .. } = traced;
    let feature = view.query.columns.iter().position(|column| *column == cell.column);
    let Some(feature) = feature.and_then(|feature| view.features.get(feature)) else { return html! {} };
    let ghosts = view.query.plot_options.view.info().form != Form::Whole;
    let key = format!("{} {} {}", cell.row, cell.column, cell.position);
    html! {
        <WhatIf {key} cell={*cell} value={trace.value} summary={feature.before} client={app.client.clone()} {precise} {ghosts}
            act={app.act.clone()} interaction={app.interaction.clone()} />
    }
}

#[derive(Properties)]
pub struct WhatIfProps {
    pub cell: DataCell,
    /// What stands there; NaN: missing.
    pub value: f64,
    /// Of its feature.
    pub summary: Summary,
    pub client: Client,
    pub precise: bool,
    /// Whether the plots have places for single values.
    pub ghosts: bool,
    pub act: Callback<Action>,
    pub interaction: PlotInteraction,
}

/// A missing value equals itself.
impl PartialEq for WhatIfProps {
    fn eq(&self, other: &Self) -> bool {
        self.cell == other.cell
            && self.value.to_bits() == other.value.to_bits()
            && (&self.client, self.precise, self.ghosts) == (&other.client, other.precise, other.ghosts)
    }
}

#[component]
fn WhatIf(props: &WhatIfProps) -> Html {
    let WhatIfProps { cell, value, summary, .. } = *props;
    let tried = use_state_eq(|| None::<WhatIfQuery>);
    let found = use_call(&props.client, *tried);
    let now = tried.map_or(value, |tried| tried.value);
    let set = {
        let tried = tried.setter();
        Callback::from(move |value| tried.set(Some(WhatIfQuery { cell, value })))
    };
    let button = |label: &'static str, to: f64| {
        let onclick = set.reform(move |_: MouseEvent| to);
        html! { <button type="button" {onclick}>{ label }</button> }
    };
    let back = {
        let tried = tried.setter();
        Callback::from(move |_: MouseEvent| tried.set(None))
    };
    let still = tried.is_none();
    let keep = {
        let (tried, act) = (tried.setter(), props.act.clone());
        Callback::from(move |_: MouseEvent| {
            if still {
                return;
            }
            act.emit(Action::Edit(Edit::Set { cell, value: now }));
            act.emit(Action::Release);
            tried.set(None);
        })
    };
    let problem = found.failure();
    let what_if_result = found.last().filter(|what_if_result| problem.is_none() && what_if_result.query.cell == cell);
    // Ghosts in the plots, as long as it is tried out.
    use_effect_with(what_if_result.cloned(), {
        let interaction = props.interaction.clone();
        move |what_if_result| {
            interaction.try_out(what_if_result.clone());
            move || interaction.try_out(None)
        }
    });
    let late = what_if_result.is_some_and(|what_if_result| Some(what_if_result.query) != *tried);
    html! {
        <section class="what-if" aria-labelledby="what-if">
            <h3 id="what-if">{ "What if this value were different?" }</h3>
            <div class="way">
                <NumberField name="what-if" label="Value" help={sentence("what-if")} text={text(now)} allowed={Allowed::Finite} optional=true
                    placeholder="missing" set={set.reform(|text: String| Allowed::Finite.read(&text).unwrap_or(f64::NAN))} />
                if let Some(slider_range) = SliderRange::around(summary.min, summary.max) {
                    { slider(slider_range, if now.is_nan() { value } else { now }, &set) }
                }
                { button("The mean", summary.mean) }
                { button("10 × the largest", 10.0 * summary.max.abs().max(summary.min.abs())) }
                { button("Missing", f64::NAN) }
                <button type="button" onclick={back} aria-disabled={still.to_string()}>{ "Undo" }</button>
                <button type="button" onclick={keep} aria-disabled={still.to_string()}>{ "Apply" }</button>
            </div>
            <div aria-live="polite" aria-busy={late.to_string()}>
                if let Some(problem) = problem {
                    <p class="problem">{ problem.to_owned() }</p>
                }
                if let Some(what_if_result) = what_if_result {
                    for sentence in caption::what_if(what_if_result, if props.precise { full } else { format4 }) {
                        <p>{ sentence }</p>
                    }
                    if props.ghosts {
                        <p class="cap">{ "The dashed marks in the plots show where it would be." }</p>
                    }
                }
            </div>
        </section>
    }
}

fn slider(SliderRange { low, high, step }: SliderRange, now: f64, set: &Callback<f64>) -> Html {
    let set = set.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            set.emit(input.value_as_number());
        }
    });
    html! {
        <input type="range" min={low.to_string()} max={high.to_string()} step={step.to_string()} value={now.to_string()}
            aria-label="Value" aria-valuetext={format4(now)} {oninput} />
    }
}
