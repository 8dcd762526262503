//! What is pointed at, in words; and the transition of the points, to play and to scrub.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::inspector::link_to_calculation;
use crate::app::hooks::{PlotInteraction, use_plot_interaction};
use crate::app::parts::inputs::field::NumberField;
use crate::app::parts::inputs::terms::sentence;
use crate::caption::{outlined, pointed};
use crate::data::{DataCell, Edit};
use crate::parameters::Allowed;
use crate::plot::Sampling;
use crate::protocol::{Pick, ViewResult, When};
use crate::state::{Action, ByPtr, SharedGroup};

/// Milliseconds that the points travel.
const TRANSITION_TIME: f64 = 1200.0;

#[derive(Properties, PartialEq)]
pub struct ReadoutProps {
    pub view: ByPtr<ViewResult>,
    pub pick: Option<Pick>,
    pub interaction: PlotInteraction,
}

#[component]
pub fn Readout(props: &ReadoutProps) -> Html {
    let ReadoutProps { view, pick: picked, interaction } = props;
    use_plot_interaction(interaction);
    let highlight = interaction.highlight();
    let text = highlight.as_ref().map(|highlight| pointed(view, highlight));
    let has_transition = view.query.plot_options.view.info().sampling == Sampling::Points;
    let beside = view.beside.is_some();
    let hint = if has_transition && !beside {
        "Point at a value to see where it goes; click to select it. In \u{201c}Before\u{201d}, drag a point; double-click to add one."
    } else {
        "Point at a plot to see where its values go; click to select them."
    };
    let release = {
        let interaction = interaction.clone();
        Callback::from(move |_: MouseEvent| interaction.act(Action::Pick(None)))
    };
    html! {
        <div class="readout">
            <p aria-live="polite">
                if let Some(text) = text {
                    { text }
                } else {
                    { SharedGroup::at_rest(When::After, view).and_then(|group| outlined(view, group.members())) }
                    { hint }
                }
            </p>
            if let (Some(Pick::Cell(cell)), Some(highlight)) = (*picked, &highlight) {
                if let Some(value) = view.query.columns.iter().position(|column| *column == cell.column)
                    .and_then(|feature| highlight.features.get(feature)?.before.values.first())
                    .filter(|_| highlight.pick == Pick::Cell(cell) && !beside) {
                    { value_field(cell, *value, interaction) }
                }
            }
            if matches!(picked, Some(Pick::Cell(_))) && highlight.as_ref().is_some_and(|highlight| highlight.values > 0) {
                { link_to_calculation() }
            }
            if picked.is_some() {
                <button type="button" onclick={release}>{ "Clear selection" }</button>
            }
            if has_transition {
                { transition_bar(interaction, beside) }
            }
        </div>
    }
}

/// The picked value, to be typed: what dragging does, without a mouse.
fn value_field(cell: DataCell, value: f64, interaction: &PlotInteraction) -> Html {
    let set = {
        let interaction = interaction.clone();
        Callback::from(move |text: String| {
            let value = text.parse().unwrap_or(f64::NAN);
            interaction.act(Action::Edit(Edit::Set { cell, value }));
        })
    };
    let text = if value.is_nan() { String::new() } else { value.to_string() };
    html! {
        <NumberField name="picked" label="Value before" help={sentence("picked")} {text} allowed={Allowed::Finite} optional=true {set} />
    }
}

fn transition_bar(interaction: &PlotInteraction, beside: bool) -> Html {
    let [from, to] = if beside { ["left", "right"] } else { ["before", "after"] };
    let play = {
        let interaction = interaction.clone();
        Callback::from(move |_: MouseEvent| play(&interaction))
    };
    let oninput = {
        let interaction = interaction.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                interaction.set_progress(input.value_as_number() / 100.0);
            }
        })
    };
    let part = (interaction.progress() * 100.0).round();
    let told = match part as u32 {
        0 => from.to_string(),
        100 => to.to_string(),
        part => format!("{part}% of the way; axes don\u{2019}t apply during the animation"),
    };
    html! {
        <div class="way">
            <button type="button" onclick={play}>{ "Animate" }</button>
            <input type="range" min="0" max="100" value={part.to_string()} aria-label={format!("Animation from {from} to {to}")}
                aria-valuetext={told.clone()} {oninput} />
            <span>{ told }</span>
        </div>
    }
}

type ReadoutFrame = RefCell<Option<Closure<dyn FnMut(f64)>>>;

/// From before to after in frames of the browser; at once for those who do not want things to move.
fn play(interaction: &PlotInteraction) {
    let window = gloo_utils::window();
    let still =
        window.match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|query| query.matches());
    if still {
        interaction.set_progress(1.0);
        return;
    }
    let frame: Rc<ReadoutFrame> = Rc::default();
    let (again, interaction) = (frame.clone(), interaction.clone());
    let mut start = None;
    let transition = interaction.start_transition();
    frame.replace(Some(Closure::new(move |now: f64| {
        let done = ((now - *start.get_or_insert(now)) / TRANSITION_TIME).min(1.0);
        // Somebody else moves the points now, or they have arrived.
        if interaction.transition() != transition || done >= 1.0 {
            if interaction.transition() == transition {
                interaction.set_progress(1.0);
            }
            again.take();
            return;
        }
        // Slow, fast, slow.
        interaction.step(done * done * (3.0 - 2.0 * done));
        request(&again);
    })));
    request(&frame);
}

fn request(frame: &ReadoutFrame) {
    if let Some(frame) = &*frame.borrow() {
        let _ = gloo_utils::window().request_animation_frame(frame.as_ref().unchecked_ref());
    }
}
