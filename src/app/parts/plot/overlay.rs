//! What lies over a plot: it can be pointed at and read with the keys, points can be dragged, and what is picked
//! is highlighted. Nothing here draws the plot again.

use std::rc::Rc;

use web_sys::{Element, HtmlCanvasElement};
use yew::prelude::*;

use super::plot_input::{NEAR, PlotContext, PlotInput, key, pointer, value_at};
use super::transition;
use crate::app::hooks::use_plot_interaction;
use crate::plot::number::format4;
use crate::plot::{
    GroupPart, Hit, Place, PlotLayout, Scene, Theme, ghosts, group_highlight, highlight_paths, hit, layout, series_at,
};
use crate::protocol::Highlight;
use crate::state::{Action, SharedGroup};

#[derive(Properties, PartialEq)]
pub struct PlotOverlayProps {
    pub context: PlotContext,
    pub scene: Rc<Scene>,
    pub dark: bool,
    /// In device pixels, and how many of them make a CSS pixel.
    pub size: (u32, u32),
    pub ratio: f64,
    /// While a point is dragged, the axes stand still.
    pub hold: Callback<bool>,
}

#[component]
pub fn PlotOverlay(props: &PlotOverlayProps) -> Html {
    let PlotOverlayProps { context, scene, size, ratio, .. } = props;
    let PlotContext { interaction, view, panel, origin } = context;
    use_plot_interaction(interaction);
    let input = use_mut_ref(PlotInput::default);
    let canvas = use_node_ref();
    let layout = {
        let deps = (scene.clone(), origin.clone(), *size, *ratio);
        use_memo(deps, |(scene, origin, size, ratio)| {
            let of = |scene: &Scene| layout(scene, *size, &Theme::light(), *ratio);
            (of(scene), origin.as_ref().map(|origin| of(origin)))
        })
    };
    let in_transition = interaction.progress() < 1.0 && origin.is_some();
    {
        let (canvas, scene, layout, dark, progress, ratio) =
            (canvas.clone(), scene.clone(), layout.clone(), props.dark, interaction.progress(), *ratio);
        let origin = origin.clone().filter(|_| in_transition);
        use_effect(move || {
            if let (Some(origin), Some(canvas), Some(there)) = (origin, canvas.cast::<HtmlCanvasElement>(), &layout.1) {
                transition::paint(&canvas, (&origin, there), (&scene, &layout.0), progress, dark, ratio);
            }
        });
    }
    let does = {
        let (input, props, layout) =
            (input.clone(), (context.clone(), scene.clone(), props.hold.clone()), layout.clone());
        let (size, ratio) = (*size, *ratio);
        move |event: &PointerEvent| {
            let Some(element) =
                event.target_dyn_into::<Element>().and_then(|on| on.closest(".plot-overlay").ok().flatten())
            else {
                return;
            };
            let frame = element.get_bounding_client_rect();
            let scale = f64::from(size.0) / frame.width().max(1.0);
            let at = (
                (f64::from(event.client_x()) - frame.left()) * scale,
                (f64::from(event.client_y()) - frame.top()) * scale,
            );
            let finger = event.pointer_type() == "touch";
            let reach = ratio * if finger { NEAR.1 } else { NEAR.0 };
            pointer(event, &mut input.borrow_mut(), &props, &layout.0, (at, reach, &element));
        }
    };
    let onpointer = Callback::from(move |event: PointerEvent| does(&event));
    let onkeydown = {
        let (input, context, scene) = (input.clone(), context.clone(), scene.clone());
        Callback::from(move |event: KeyboardEvent| key(&event, &mut input.borrow_mut(), &context, &scene))
    };
    let ondblclick = {
        let (context, scene, layout, size) = (context.clone(), scene.clone(), layout.clone(), *size);
        Callback::from(move |event: MouseEvent| {
            let Some(element) =
                event.target_dyn_into::<Element>().and_then(|on| on.closest(".plot-overlay").ok().flatten())
            else {
                return;
            };
            let frame = element.get_bounding_client_rect();
            let scale = f64::from(size.0) / frame.width().max(1.0);
            let y = (f64::from(event.client_y()) - frame.top()) * scale;
            let to = value_at(&scene, &layout.0, ((f64::from(event.client_x()) - frame.left()) * scale, y));
            let place = Place { row: context.view.shape.examples as u32, position: 0 };
            if let Some(edit) = context.panel.put(&context.view, series_at(&scene, &layout.0, y), place, to) {
                context.interaction.drop();
                context.interaction.act(Action::Edit(edit));
                context.interaction.act(Action::Release);
            }
        })
    };
    let onleave = {
        let interaction = interaction.clone();
        Callback::from(move |()| interaction.point(None))
    };
    let (input, highlight) = (input.borrow(), interaction.highlight());
    let paths = highlight
        .as_ref()
        .map(|found| highlight_paths(scene, &layout.0, *ratio, |series| panel.highlight(view, found, series)));
    let group = match &highlight {
        Some(found) => group(context, found, scene, &layout.0, *ratio),
        None => at_rest(context, scene, &layout.0, *ratio),
    };
    let ghost = interaction
        .tried()
        .map(|what_if_result| ghosts(scene, &layout.0, *ratio, |series| panel.ghost(view, &what_if_result, series)));
    let read = input.element.and_then(|plot_element| Some((plot_element, hit(scene, plot_element)?)));
    let text = read.map_or_else(
        || "nothing yet".to_string(),
        |(_, hit)| match hit {
            Hit::Bar(bar, bars) => format!("bar {} of {bars}", bar + 1),
            Hit::Point { place, x, .. } if view.shape.positions > 1 => {
                format!("row {}, position {}: {}", place.row + 1, place.position + 1, format4(x))
            }
            Hit::Point { place, x, .. } => format!("row {}: {}", place.row + 1, format4(x)),
            Hit::Cell { row, position, .. } => format!("row {}, position {}", row + 1, position + 1),
            Hit::Slice(from, to) => format!("{} to {}", format4(from), format4(to)),
        },
    );
    let dragged = input.down.as_ref().and_then(|down| down.now);
    html! {
        <div class={classes!("plot-overlay", dragged.map(|_| "dragging"), scene.shades.as_ref().map(|_| "shaded"))} tabindex="0" role="slider"
            aria-label={format!("Read {}", scene.title)} aria-valuemin="0" aria-valuemax="100"
            aria-valuenow={read.map_or(0, |(plot_element, _)| plot_element.index.min(100)).to_string()} aria-valuetext={text}
            onpointerdown={onpointer.clone()} onpointermove={onpointer.clone()} onpointerup={onpointer.clone()}
            onpointercancel={onpointer} onpointerleave={onleave.reform(|_: PointerEvent| ())}
            onblur={onleave.reform(|_: FocusEvent| ())} {ondblclick} {onkeydown}>
            if in_transition {
                <canvas ref={canvas} width={size.0.to_string()} height={size.1.to_string()} aria-hidden="true" />
            } else {
                <svg viewBox={format!("0 0 {} {}", size.0, size.1)} preserveAspectRatio="none" aria-hidden="true">
                    if let Some([same, odd]) = group {
                        <path class="odd" d={odd} />
                        <path class="same-group" d={same} />
                    }
                    for (role, path) in paths.unwrap_or_default() {
                        <path class="highlighted" color={Theme::series_variable(role)} d={path} />
                    }
                    if let Some(ghost) = ghost { <path class="ghost" d={ghost} /> }
                    if let Some((x, y)) = dragged {
                        <circle cx={x.to_string()} cy={y.to_string()} r={(6.0 * ratio).to_string()} />
                    }
                </svg>
            }
        </div>
    }
}

/// The values that share statistics with the chosen one, and the groups around them: see [`group_highlight`].
fn group(
    context: &PlotContext,
    found: &Highlight,
    scene: &Scene,
    layout: &PlotLayout,
    ratio: f64,
) -> Option<[String; 2]> {
    let PlotContext { view, panel, .. } = context;
    let of = SharedGroup::on(panel.when, view, Some(found.pick))?;
    let part = |series| panel.part(view, &of, found, series);
    Some(group_highlight(scene, layout, ratio, part, |series, hit| panel.shade(view, &of, series, hit)))
}

/// The group that is shown where nothing is pointed at.
fn at_rest(
    PlotContext { view, panel, .. }: &PlotContext,
    scene: &Scene,
    layout: &PlotLayout,
    ratio: f64,
) -> Option<[String; 2]> {
    let of = SharedGroup::at_rest(panel.when, view).filter(|_| scene.shades.is_some())?;
    let shade = |series, hit| panel.shade(view, &of, series, hit);
    let [same, _] = group_highlight(scene, layout, ratio, |_| GroupPart::None, shade);
    Some([same, String::new()])
}
