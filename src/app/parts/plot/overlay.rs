//! What lies over a plot: it can be pointed at and walked through with the keys, points can be dragged, and what is picked
//! lights up. Nothing here draws the plot again.

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
pub struct OverProps {
    pub ground: PlotContext,
    pub scene: Rc<Scene>,
    pub dark: bool,
    /// In device pixels, and how many of them make a CSS pixel.
    pub size: (u32, u32),
    pub ratio: f64,
    /// While a point is dragged, the axes stand still.
    pub hold: Callback<bool>,
}

#[component]
pub fn Over(props: &OverProps) -> Html {
    let OverProps { ground, scene, size, ratio, .. } = props;
    let PlotContext { interaction, view, panel, origin } = ground;
    use_plot_interaction(interaction);
    let hand = use_mut_ref(PlotInput::default);
    let canvas = use_node_ref();
    let layout = {
        let deps = (scene.clone(), origin.clone(), *size, *ratio);
        use_memo(deps, |(scene, origin, size, ratio)| {
            let of = |scene: &Scene| layout(scene, *size, &Theme::light(), *ratio);
            (of(scene), origin.as_ref().map(|origin| of(origin)))
        })
    };
    let under_way = interaction.progress() < 1.0 && origin.is_some();
    {
        let (canvas, scene, layout, dark, progress, ratio) =
            (canvas.clone(), scene.clone(), layout.clone(), props.dark, interaction.progress(), *ratio);
        let origin = origin.clone().filter(|_| under_way);
        use_effect(move || {
            if let (Some(origin), Some(canvas), Some(there)) = (origin, canvas.cast::<HtmlCanvasElement>(), &layout.1) {
                transition::paint(&canvas, (&origin, there), (&scene, &layout.0), progress, dark, ratio);
            }
        });
    }
    let does = {
        let (hand, props, layout) = (hand.clone(), (ground.clone(), scene.clone(), props.hold.clone()), layout.clone());
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
            pointer(event, &mut hand.borrow_mut(), &props, &layout.0, (at, reach, &element));
        }
    };
    let onpointer = Callback::from(move |event: PointerEvent| does(&event));
    let onkeydown = {
        let (hand, ground, scene) = (hand.clone(), ground.clone(), scene.clone());
        Callback::from(move |event: KeyboardEvent| key(&event, &mut hand.borrow_mut(), &ground, &scene))
    };
    let ondblclick = {
        let (ground, scene, layout, size) = (ground.clone(), scene.clone(), layout.clone(), *size);
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
            let place = Place { row: ground.view.shape.examples as u32, position: 0 };
            if let Some(edit) = ground.panel.put(&ground.view, series_at(&scene, &layout.0, y), place, to) {
                ground.interaction.drop();
                ground.interaction.act(Action::Edit(edit));
                ground.interaction.act(Action::Release);
            }
        })
    };
    let onleave = {
        let interaction = interaction.clone();
        Callback::from(move |()| interaction.point(None))
    };
    let (hand, highlight) = (hand.borrow(), interaction.highlight());
    let paths = highlight
        .as_ref()
        .map(|found| highlight_paths(scene, &layout.0, *ratio, |series| panel.highlight(view, found, series)));
    let group = match &highlight {
        Some(found) => group(ground, found, scene, &layout.0, *ratio),
        None => at_rest(ground, scene, &layout.0, *ratio),
    };
    let ghost =
        interaction.tried().map(|moved| ghosts(scene, &layout.0, *ratio, |series| panel.ghost(view, &moved, series)));
    let told = hand.spot.and_then(|spot| Some((spot, hit(scene, spot)?)));
    let text = told.map_or_else(
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
    let dragged = hand.down.as_ref().and_then(|down| down.now);
    html! {
        <div class={classes!("plot-overlay", dragged.map(|_| "dragging"), scene.shades.as_ref().map(|_| "shaded"))} tabindex="0" role="slider"
            aria-label={format!("Read {}", scene.title)} aria-valuemin="0" aria-valuemax="100"
            aria-valuenow={told.map_or(0, |(spot, _)| spot.index.min(100)).to_string()} aria-valuetext={text}
            onpointerdown={onpointer.clone()} onpointermove={onpointer.clone()} onpointerup={onpointer.clone()}
            onpointercancel={onpointer} onpointerleave={onleave.reform(|_: PointerEvent| ())}
            onblur={onleave.reform(|_: FocusEvent| ())} {ondblclick} {onkeydown}>
            if under_way {
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
    ground: &PlotContext,
    found: &Highlight,
    scene: &Scene,
    layout: &PlotLayout,
    ratio: f64,
) -> Option<[String; 2]> {
    let PlotContext { view, panel, .. } = ground;
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
