//! What a pointer and the keys do on a plot.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::app::hooks::PlotInteraction;
use crate::plot::{Hit, Neighbour, Place, PlotElement, PlotLayout, Scene, dragged, element_at, hit, nudged, step};
use crate::protocol::{Pick, ViewResult};
use crate::state::{Action, ByPtr, Panel};

/// How near a pointer must come to a point, in CSS pixels: a finger is not as exact as a mouse.
pub const NEAR: (f64, f64) = (14.0, 24.0);
/// A pointer that moved less was meant to stand still.
const STILL: i32 = 3;

/// What a picture belongs to.
#[derive(Clone, PartialEq)]
pub struct PlotContext {
    pub interaction: PlotInteraction,
    pub view: ByPtr<ViewResult>,
    pub panel: Panel,
    /// The picture that points come from, where they can travel.
    pub origin: Option<Rc<Scene>>,
}

/// What the pointer and the keys are doing.
#[derive(Default)]
pub struct PlotInput {
    pub element: Option<PlotElement>,
    pub down: Option<Down>,
}

/// A pressed pointer: where it was pressed, the point it took hold of, and where it is now once it moved.
pub struct Down {
    at: (i32, i32),
    point: Option<(usize, Place)>,
    pub now: Option<(f64, f64)>,
}

/// Where a pointer points, in the unit of the axes.
pub fn value_at(scene: &Scene, layout: &PlotLayout, (x, y): (f64, f64)) -> (f64, f64) {
    (dragged(&scene.x, scene.x.part(layout.from_x(x))), dragged(&scene.y, scene.y.part(layout.from_y(y))))
}

pub type Props = (PlotContext, Rc<Scene>, Callback<bool>);

/// Follows a pointer that is pressed, moved or lifted at a place of the layout.
pub fn pointer(
    event: &PointerEvent,
    input: &mut PlotInput,
    (context, scene, hold): &Props,
    layout: &PlotLayout,
    (at, reach, element): ((f64, f64), f64, &Element),
) {
    let PlotContext { interaction, view, panel, .. } = context;
    let plot_element = || element_at(scene, layout, at, reach);
    let pick = |plot_element: PlotElement| panel.pick(view, plot_element.series, hit(scene, plot_element)?);
    match event.type_().as_str() {
        "pointerdown" => {
            let plot_element = plot_element();
            let point = plot_element.and_then(|plot_element| match hit(scene, plot_element)? {
                Hit::Point { place, x, y } => {
                    panel.put(view, plot_element.series, place, (x, y)).map(|_| (plot_element.series, place))
                }
                _ => None,
            });
            input.element = plot_element.or(input.element);
            input.down = Some(Down { at: (event.client_x(), event.client_y()), point, now: None });
            if point.is_some() {
                let _ = element.set_pointer_capture(event.pointer_id());
            }
        }
        "pointermove" => {
            let Some(Down { at: start, point: Some((series, place)), now }) = &mut input.down else {
                // A finger that moves scrolls.
                if event.pointer_type() != "touch" {
                    interaction.point(plot_element().and_then(pick));
                }
                return;
            };
            let moved = (event.client_x() - start.0).abs().max((event.client_y() - start.1).abs());
            if now.is_none() && moved < STILL {
                return;
            }
            if now.is_none() {
                hold.emit(true);
                interaction.point(None);
                interaction.act(Action::Pick(input.element.and_then(pick)));
            }
            *now = Some(at);
            if let Some(edit) = panel.put(view, *series, *place, value_at(scene, layout, at)) {
                interaction.drag(edit);
            }
            interaction.set_progress(1.0);
        }
        kind => {
            let Some(down) = input.down.take() else { return };
            if down.now.is_some() {
                interaction.drop();
                hold.emit(false);
            } else if kind == "pointerup" {
                interaction.act(Action::Pick(plot_element().and_then(pick)));
            }
        }
    }
}

/// Follows a key.
pub fn key(event: &KeyboardEvent, input: &mut PlotInput, context: &PlotContext, scene: &Rc<Scene>) {
    let PlotContext { interaction, view, panel, .. } = context;
    let seen = input.element.and_then(|plot_element| Some((plot_element, hit(scene, plot_element)?)));
    let pick = |plot_element: PlotElement| panel.pick(view, plot_element.series, hit(scene, plot_element)?);
    let name = event.key();
    if event.alt_key() {
        let (right, up) = match name.as_str() {
            "ArrowLeft" => (-1.0, 0.0),
            "ArrowRight" => (1.0, 0.0),
            "ArrowUp" => (0.0, 1.0),
            "ArrowDown" => (0.0, -1.0),
            _ => return,
        };
        // Not the browser's Back.
        event.prevent_default();
        if let Some((plot_element, Hit::Point { place, x, y })) = seen {
            let to = (nudged(&scene.x, x, right), nudged(&scene.y, y, up));
            if let Some(edit) = panel.put(view, plot_element.series, place, to) {
                interaction.drag(edit);
            }
        }
        return;
    }
    let neighbour = match name.as_str() {
        "ArrowLeft" => Neighbour::Left,
        "ArrowRight" => Neighbour::Right,
        "ArrowUp" => Neighbour::Up,
        "ArrowDown" => Neighbour::Down,
        "Home" => Neighbour::First,
        "End" => Neighbour::Last,
        "Enter" | " " => {
            event.prevent_default();
            interaction.act(Action::Pick(input.element.and_then(pick)));
            return;
        }
        "Escape" => {
            interaction.point(None);
            interaction.act(Action::Pick(None::<Pick>));
            return;
        }
        "Delete" | "Backspace" => {
            if let Some((plot_element, Hit::Point { place, .. })) = seen
                && let Some(edit) = panel.erase(view, plot_element.series, place)
            {
                event.prevent_default();
                interaction.point(None);
                interaction.act(Action::Edit(edit));
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    interaction.drop();
    input.element = step(scene, input.element, neighbour);
    interaction.point(input.element.and_then(pick));
}
