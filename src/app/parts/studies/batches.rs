//! BatchNorm batch by batch.

use std::rc::Rc;

use web_sys::{HtmlDetailsElement, HtmlInputElement};
use yew::prelude::*;

use super::batch_settings::batch_settings;
use crate::app::client::use_call;
use crate::app::hooks::{AppContext, use_late};
use crate::app::parts::inputs::field::NumberField;
use crate::app::parts::inputs::terms::sentence;
use crate::app::parts::number::{cell, tidy_cell};
use crate::app::parts::plot::canvas::Canvas;
use crate::app::parts::plot::legend::legend;
use crate::app::parts::plot::save_plot::{Saved, save_plot};
use crate::app::parts::refused::alert;
use crate::app::parts::table::data_table::data_table;
use crate::app::parts::table::sideways_hint::SidewaysHint;
use crate::caption::{batches as words, unrounded};
use crate::engine::Method;
use crate::figure::{walk_scenes, walk_tables};
use crate::parameters::Allowed;
use crate::plot::Scene;
use crate::plot::number::whole;
use crate::protocol::RunningStats;
use crate::state::{ByPtr, Loadable};

/// CSS pixels.
const HEIGHT: u32 = 270;

#[derive(Properties, PartialEq)]
pub struct BatchesViewProps {
    pub app: AppContext,
    pub dark: bool,
}

#[component]
pub fn BatchesView(props: &BatchesViewProps) -> Html {
    let BatchesViewProps { app, dark } = props;
    let walk = use_call(&app.client, app.answers.looked_at().and_then(|info| app.state.batches_query(info)));
    let late = use_late(matches!(walk, Loadable::Loading { .. }));
    let Method::BatchNorm(method) = &app.state.method else { return html! {} };
    // What could not be answered leaves an answer to another question behind.
    let running_stats = walk.last().filter(|_| walk.reason().is_none());
    let loaded = app.answers.info.as_ref().map_or(0, |info| info.rows);
    let rows = running_stats.map_or(loaded, |running_stats| running_stats.shape.examples as u64);
    html! {
        <>
        { alert(walk.reason()) }
        <div class="batches">
            { batch_settings(app, method, rows) }
            if let Some(running_stats) = running_stats {
                // It may still be of the data before.
                <div class={late.then_some("late")} aria-busy={late.to_string()}>
                    <Walk running_stats={running_stats.clone()} dark={*dark} stem={app.state.stem()} />
                </div>
            } else if walk.reason().is_none() {
                <p class="waiting">{ "Computing batch by batch\u{2026}" }</p>
            }
        </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WalkProps {
    running_stats: ByPtr<RunningStats>,
    dark: bool,
    stem: AttrValue,
}

#[component]
fn Walk(props: &WalkProps) -> Html {
    let WalkProps { running_stats, dark, stem } = props;
    let chosen = use_state_eq(|| 1_u64);
    // Of very many batches some are told: the last one that is not after the chosen one.
    let place = running_stats.steps.iter().rposition(|step| step.number <= *chosen).unwrap_or(0);
    let number = running_stats.steps.get(place).map(|step| step.number);
    let scenes =
        use_memo((running_stats.clone(), number), |(running_stats, number)| walk_scenes(running_stats, *number));
    let choose = {
        let (set, running_stats) = (chosen.setter(), running_stats.clone());
        Callback::from(move |place: usize| {
            if let Some(step) = running_stats.steps.get(place) {
                set.set(step.number);
            }
        })
    };
    let typed = {
        let set = chosen.setter();
        Callback::from(move |text: String| set.set(text.parse().unwrap_or(1)))
    };
    let figures = scenes.iter().zip(["mean", "variance"]).enumerate().map(|(index, (scene, name))| {
        let (running_stats, scene, stem) = (running_stats.clone(), scene.clone(), format!("{stem} running {name}"));
        html! { <Figure {running_stats} {index} {scene} dark={*dark} {stem} /> }
    });
    html! {
        <>
            <div aria-live="polite">
                <p class="found">{ words::headline(running_stats) }</p>
                if let Some(refusal) = words::refusal(running_stats) { <p class="problem">{ refusal }</p> }
                <p class="sub">{ words::detail(running_stats) }</p>
            </div>
            <div class="pair">{ for figures }</div>
            { stepper(running_stats, place, &choose, &typed) }
            if !running_stats.steps.is_empty() { { outputs(running_stats) } }
            { alone(running_stats) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct BatchFigureProps {
    running_stats: ByPtr<RunningStats>,
    /// Which of the two it is.
    index: usize,
    scene: Rc<Scene>,
    dark: bool,
    stem: AttrValue,
}

/// A plot with its legend, and the numbers behind it, made when they are looked at.
#[component]
fn Figure(props: &BatchFigureProps) -> Html {
    let BatchFigureProps { running_stats, index, scene, dark, stem } = props;
    let open = use_state_eq(|| false);
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            open.set(event.target_dyn_into::<HtmlDetailsElement>().is_some_and(|details| details.open()));
        })
    };
    let table = open.then(|| walk_tables(running_stats)).and_then(|tables| tables.into_iter().nth(*index));
    html! {
        <figure class="plot">
            <figcaption>
                <span class="plot-title">{ scene.title.clone() }</span>
                { legend(&scene.keys(), true, None) }
            </figcaption>
            <Canvas scene={scene.clone()} dark={*dark} height={HEIGHT} />
            <details {ontoggle}>
                <summary>{ "Numbers" }<span class="hidden">{ format!(" behind {}", scene.title) }</span></summary>
                if let Some(table) = table { { data_table(&table, &scene.title) } }
            </details>
            <p class="save-plots">{ save_plot(&Saved::One(scene.clone()), *dark, HEIGHT, stem.to_string()) }</p>
        </figure>
    }
}

/// Goes from batch to batch: the marked one in words, with the arithmetic of both running values.
fn stepper(
    running_stats: &ByPtr<RunningStats>,
    place: usize,
    choose: &Callback<usize>,
    typed: &Callback<String>,
) -> Html {
    let most = running_stats.steps.len().saturating_sub(1);
    let Some(step) = running_stats.steps.get(place) else { return html! {} };
    let button = |label: &'static str, to: Option<usize>| {
        let onclick = choose.reform(move |_: MouseEvent| to.unwrap_or(place));
        html! { <button type="button" {onclick} aria-disabled={to.is_none().to_string()}>{ label }</button> }
    };
    let oninput = choose.reform(|event: InputEvent| {
        event.target_dyn_into::<HtmlInputElement>().map_or(0, |input| input.value_as_number() as usize)
    });
    let [name, mean, variance] = words::step(running_stats, step);
    let allowed = Allowed::Between(1.0, running_stats.total() as f64);
    html! {
        <div class="stepper" role="group" aria-label="Step by step">
            <div class="way">
                { button("Previous batch", place.checked_sub(1)) }
                <input type="range" min="0" max={most.to_string()} value={place.to_string()} aria-label="Selected batch"
                    aria-valuetext={name.clone()} {oninput} />
                { button("Next batch", (place < most).then_some(place + 1)) }
                <NumberField name="step" label="Batch" help={sentence("step")} whole=true {allowed} text={step.number.to_string()}
                    set={typed.clone()} />
            </div>
            <div aria-live="polite"><p>{ name }</p><p>{ mean }</p><p>{ variance }</p></div>
        </div>
    }
}

/// Training against evaluation, value by value, and both outputs as a whole.
fn outputs(running_stats: &RunningStats) -> Html {
    let several = running_stats.shape.positions > 1;
    let (training, evaluation) = (&running_stats.training, &running_stats.evaluation);
    html! {
        <>
            <p class="cap">{ words::outputs(running_stats) }</p>
            <SidewaysHint />
            <div class="scroll" tabindex="0" role="region" aria-label="Training and evaluation side by side">
                <table class="groups">
                    <thead><tr>
                        <th scope="col">{ "row" }</th><th scope="col">{ "batch" }</th><th scope="col">{ "value" }</th>
                        <th scope="col">{ "training" }</th><th scope="col">{ "evaluation" }</th>
                    </tr></thead>
                    <tbody>
                        for sample in &running_stats.samples {
                            <tr>
                                <th scope="row">
                                    { whole(sample.row) }if several { { format!(", position {}", whole(sample.position)) } }
                                </th>
                                <td>{ whole(sample.batch) }</td>
                                { cell(sample.value, false) }{ cell(sample.training, false) }{ cell(sample.evaluation, false) }
                            </tr>
                        }
                        <tr>
                            <th scope="row" colspan="3">{ "mean of all" }</th>
                            // Training alone takes the mean of what it normalizes.
                            { tidy_cell(training.mean, unrounded(training.mean, training.sd), false) }{ cell(evaluation.mean, false) }
                        </tr>
                        <tr>
                            <th scope="row" colspan="3">{ "sd of all" }</th>
                            { cell(training.sd, false) }{ cell(evaluation.sd, false) }
                        </tr>
                    </tbody>
                </table>
            </div>
        </>
    }
}

/// What else to know: short batches, and batches of one row.
fn alone(running_stats: &RunningStats) -> Html {
    let libraries = words::libraries(running_stats);
    html! {
        <>
            <ul class="warnings" aria-label="Worth knowing about these batches">
                for note in words::notes(running_stats) { <li>{ note }</li> }
                <li>
                    { words::alone(running_stats) }{ if libraries.is_empty() { "" } else { ":" } }
                    <dl>
                        for (library, does) in libraries { <dt>{ library }</dt><dd>{ does }</dd> }
                    </dl>
                </li>
            </ul>
        </>
    }
}
