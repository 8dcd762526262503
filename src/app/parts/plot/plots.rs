//! Before and after, side by side.

use std::rc::Rc;

use yew::prelude::*;

use super::legend::legend;
use super::plot_data::PlotData;
use super::plot_input::PlotContext;
use super::save_plot::{Saved, save_plot};
use crate::app::hooks::PlotInteraction;
use crate::figure::{FIRST, pairs};
use crate::plot::{Mark, Sampling, Scene};
use crate::protocol::{ViewResult, When};
use crate::state::{ByPtr, FeatureLayout, Panel};

/// CSS pixels.
const TALL: u32 = 270;
const SHORT: u32 = 150;
const HIGH: u32 = 360;
/// Of each of several series under each other, and of what is around them.
const BAND: u32 = 34;
const AROUND: u32 = 48;

#[derive(Properties, PartialEq)]
pub struct PlotsProps {
    pub view: ByPtr<ViewResult>,
    pub layout: FeatureLayout,
    pub dark: bool,
    pub interaction: PlotInteraction,
    /// What files of the plots are called, and what is written below both of a pair.
    pub stem: AttrValue,
    pub caption: AttrValue,
}

#[component]
pub fn Plots(props: &PlotsProps) -> Html {
    let all = use_state_eq(|| false);
    let at_most = if *all { usize::MAX } else { FIRST };
    let pairs = use_memo((props.view.clone(), props.layout, at_most), |(view, layout, at_most)| {
        pairs(view, *layout == FeatureLayout::Overlaid, *at_most)
    });
    let short = pairs.len() > 1;
    let height = |scene: &Scene| match scene.y.names.len() {
        0 | 1 if short => SHORT,
        1.. if scene.shades.is_some() => HIGH,
        bands => (if short { SHORT } else { TALL }).max(BAND * bands as u32 + AROUND),
    };
    let features = props.view.features.len();
    let more = if short { features.saturating_sub(FIRST) } else { 0 };
    let onclick = {
        let (set, all) = (all.setter(), *all);
        Callback::from(move |_: MouseEvent| set.set(!all))
    };
    let pairs = pairs.iter().map(|pair| {
        let has_transition = props.view.query.plot_options.view.info().sampling == Sampling::Points;
        let name = pair.feature.map_or("", |feature| &props.view.features[feature].name);
        let figure = |when: When, scene: &Rc<Scene>| {
            let origin = (has_transition && when == When::After).then(|| pair.before.clone());
            let panel = Panel::new(when, pair.feature);
            let context = PlotContext { interaction: props.interaction.clone(), view: props.view.clone(), panel, origin };
            let stem = format!("{} {name} {}", props.stem, word(&props.view, when));
            let before = (when == When::After).then(|| pair.before.clone());
            let both =
                before.map(|before| Saved::Pair { scenes: [before, scene.clone()], caption: props.caption.clone() });
            html! { <Figure {context} {stem} {both} scene={scene.clone()} dark={props.dark} height={height(scene)} /> }
        };
        html! {
            <div class={classes!("pair", is_stacked(&pair.before).then_some("stacked"))} key={pair.feature.map_or(0, |feature| feature + 1)}>
                { figure(When::Before, &pair.before) }
                if props.view.refused.is_none() {
                    { figure(When::After, &pair.after) }
                }
            </div>
        }
    });
    html! {
        <div class={classes!("plots", short.then_some("many"))}>
            { for pairs }
            if more > 0 {
                <button type="button" class="more" {onclick}>
                    { if *all { format!("Show the first {FIRST} features") } else { format!("Show {more} more features") } }
                </button>
            }
        </div>
    }
}

/// Whether names beside bands need the width of a phone. Those below a heat map have less room, so that the pair is seen as
/// one.
fn is_stacked(scene: &Scene) -> bool {
    scene.shades.is_none() && scene.y.names.len().max(scene.x.names.len()) > 1
}

/// What a plot is, in the name of its file.
fn word(view: &ViewResult, when: When) -> &'static str {
    match when {
        _ if view.beside.is_none() => when.word(),
        When::Before => "left",
        When::After => "right",
    }
}

#[derive(Properties, PartialEq)]
struct FigureProps {
    context: PlotContext,
    stem: AttrValue,
    scene: Rc<Scene>,
    /// This and the plot before it, to be saved as one figure.
    both: Option<Saved>,
    dark: bool,
    height: u32,
}

/// One plot with its title, its legend, and the numbers behind it.
#[component]
fn Figure(props: &FigureProps) -> Html {
    let keys = props.scene.keys();
    let (named, held_out) = (keys.len() > 1 && props.scene.y.names.len() < 2, props.scene.held_out_style());
    html! {
        <figure class="plot" data-when={props.context.panel.when.word()}>
            <figcaption>
                <span class="plot-title">{ props.scene.title.clone() }</span>
                // Bands have their names beside them.
                if named || held_out.is_some() {
                    { legend(if named { &keys } else { &[] }, !matches!(props.scene.marks.first(), Some(Mark::Points { .. })), held_out) }
                }
            </figcaption>
            { picture(props) }
            if !props.scene.note.is_empty() {
                <p class="plot-note">{ props.scene.note.clone() }</p>
            }
            <PlotData scene={props.scene.clone()} view={Some(props.context.view.query.plot_options.view)} />
            <p class="save-plots">
                { save_plot(&Saved::One(props.scene.clone()), props.dark, props.height, props.stem.to_string()) }
                if let Some(both) = &props.both {
                    { save_plot(both, props.dark, props.height, format!("{} and before", props.stem)) }
                }
            </p>
        </figure>
    }
}

#[cfg(not(feature = "prerender"))]
fn picture(props: &FigureProps) -> Html {
    let FigureProps { scene, dark, height, context, .. } = props;
    html! { <super::canvas::Canvas scene={scene.clone()} dark={*dark} height={*height} context={context.clone()} /> }
}

/// There is nothing to draw on before the page runs.
#[cfg(feature = "prerender")]
fn picture(props: &FigureProps) -> Html {
    super::still::still(&props.scene, props.height)
}
