//! What a pointer and the keys do on a plot.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::app::hooks::Stage;
use crate::plot::{Layout, Place, Scene, Sight, Spot, Step, dragged, nudged, sight, spot_at, step};
use crate::protocol::{Comparison, Pick};
use crate::state::{Action, Panel, Shared};

/// How near a pointer must come to a point, in CSS pixels: a finger is not as exact as a mouse.
pub const NEAR: (f64, f64) = (14.0, 24.0);
/// A pointer that moved less was meant to stand still.
const STILL: i32 = 3;

/// What a picture belongs to.
#[derive(Clone, PartialEq)]
pub struct Ground {
    pub stage: Stage,
    pub view: Shared<Comparison>,
    pub panel: Panel,
    /// The picture that points come from, where they can travel.
    pub origin: Option<Rc<Scene>>,
}

/// What the pointer and the keys are doing.
#[derive(Default)]
pub struct Hand {
    pub spot: Option<Spot>,
    pub down: Option<Down>,
}

/// A pressed pointer: where it was pressed, the point it took hold of, and where it is now once it moved.
pub struct Down {
    at: (i32, i32),
    point: Option<(usize, Place)>,
    pub now: Option<(f64, f64)>,
}

/// Where a pointer points, in the unit of the axes.
pub fn value_at(scene: &Scene, layout: &Layout, (x, y): (f64, f64)) -> (f64, f64) {
    (dragged(&scene.x, scene.x.part(layout.from_x(x))), dragged(&scene.y, scene.y.part(layout.from_y(y))))
}

pub type Props = (Ground, Rc<Scene>, Callback<bool>);

/// Follows a pointer that is pressed, moved or lifted at a place of the layout.
pub fn pointer(
    event: &PointerEvent,
    hand: &mut Hand,
    (ground, scene, hold): &Props,
    layout: &Layout,
    (at, reach, element): ((f64, f64), f64, &Element),
) {
    let Ground { stage, view, panel, .. } = ground;
    let spot = || spot_at(scene, layout, at, reach);
    let pick = |spot: Spot| panel.pick(view, spot.series, sight(scene, spot)?);
    match event.type_().as_str() {
        "pointerdown" => {
            let spot = spot();
            let point = spot.and_then(|spot| match sight(scene, spot)? {
                Sight::Point { place, x, y } => {
                    panel.put(view, spot.series, place, (x, y)).map(|_| (spot.series, place))
                }
                _ => None,
            });
            hand.spot = spot.or(hand.spot);
            hand.down = Some(Down { at: (event.client_x(), event.client_y()), point, now: None });
            if point.is_some() {
                let _ = element.set_pointer_capture(event.pointer_id());
            }
        }
        "pointermove" => {
            let Some(Down { at: start, point: Some((series, place)), now }) = &mut hand.down else {
                // A finger that moves scrolls.
                if event.pointer_type() != "touch" {
                    stage.point(spot().and_then(pick));
                }
                return;
            };
            let moved = (event.client_x() - start.0).abs().max((event.client_y() - start.1).abs());
            if now.is_none() && moved < STILL {
                return;
            }
            if now.is_none() {
                hold.emit(true);
                stage.point(None);
                stage.act(Action::Pick(hand.spot.and_then(pick)));
            }
            *now = Some(at);
            if let Some(edit) = panel.put(view, *series, *place, value_at(scene, layout, at)) {
                stage.drag(edit);
            }
            stage.go(1.0);
        }
        kind => {
            let Some(down) = hand.down.take() else { return };
            if down.now.is_some() {
                stage.drop();
                hold.emit(false);
            } else if kind == "pointerup" {
                stage.act(Action::Pick(spot().and_then(pick)));
            }
        }
    }
}

/// Follows a key.
pub fn key(event: &KeyboardEvent, hand: &mut Hand, ground: &Ground, scene: &Rc<Scene>) {
    let Ground { stage, view, panel, .. } = ground;
    let seen = hand.spot.and_then(|spot| Some((spot, sight(scene, spot)?)));
    let pick = |spot: Spot| panel.pick(view, spot.series, sight(scene, spot)?);
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
        if let Some((spot, Sight::Point { place, x, y })) = seen {
            let to = (nudged(&scene.x, x, right), nudged(&scene.y, y, up));
            if let Some(edit) = panel.put(view, spot.series, place, to) {
                stage.drag(edit);
            }
        }
        return;
    }
    let way = match name.as_str() {
        "ArrowLeft" => Step::Left,
        "ArrowRight" => Step::Right,
        "ArrowUp" => Step::Up,
        "ArrowDown" => Step::Down,
        "Home" => Step::First,
        "End" => Step::Last,
        "Enter" | " " => {
            event.prevent_default();
            stage.act(Action::Pick(hand.spot.and_then(pick)));
            return;
        }
        "Escape" => {
            stage.point(None);
            stage.act(Action::Pick(None::<Pick>));
            return;
        }
        "Delete" | "Backspace" => {
            if let Some((spot, Sight::Point { place, .. })) = seen
                && let Some(edit) = panel.erase(view, spot.series, place)
            {
                event.prevent_default();
                stage.point(None);
                stage.act(Action::Edit(edit));
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    stage.drop();
    hand.spot = step(scene, hand.spot, way);
    stage.point(hand.spot.and_then(pick));
}
