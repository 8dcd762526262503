//! Marks of a figure that set settings when they are dragged, by a mouse or a finger. For the keys, the same settings have a
//! slider and a field.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::plot::{PlotLayout, Scene, Theme, layout};
use crate::report::{ControlValue, Description, Handle};
use crate::state::ByPtr;

/// Settings as key and text.
type HandleSettings = Vec<(String, String)>;

/// The handles of a figure, and what they set.
#[derive(Clone, PartialEq)]
pub struct HandleContext {
    /// Others with every report.
    pub handles: ByPtr<Vec<Handle>>,
    /// Tells what the settings may be.
    pub description: Rc<Description>,
    /// Whether an outcome is on its way.
    pub busy: bool,
    pub set: Callback<HandleSettings>,
}

#[derive(Properties, PartialEq)]
pub struct HandlesProps {
    pub context: HandleContext,
    pub scene: Rc<Scene>,
    /// In drawn pixels, and how many of them make a CSS pixel.
    pub size: (u32, u32),
    pub ratio: f64,
    /// While a handle is dragged, the axes stand still.
    pub hold: Callback<bool>,
}

/// What is dragged. The next settings are sent when the outcome of the last is there, so that every one of them is seen.
#[derive(Default)]
struct HandleDrag {
    handle: Option<usize>,
    next: Option<HandleSettings>,
    waiting: bool,
    seen: Option<ByPtr<Vec<Handle>>>,
}

/// The handles over a figure.
#[component]
pub fn Handles(props: &HandlesProps) -> Html {
    let HandlesProps { context, scene, size, ratio, hold } = props;
    let HandleContext { handles, description, busy, set } = context;
    let layout =
        use_memo((scene.clone(), *size, *ratio), |(scene, size, ratio)| layout(scene, *size, &Theme::light(), *ratio));
    let drag = use_mut_ref(HandleDrag::default);
    // Where a handle was dragged to; it stays there until the outcome tells where it is.
    let place = use_state_eq(|| None::<(usize, (f64, f64))>);
    use_effect_with((handles.clone(), *busy), {
        let (drag, place, set) = (drag.clone(), place.setter(), set.clone());
        move |(handles, busy)| {
            let mut drag = drag.borrow_mut();
            let is_new = drag.seen.replace(handles.clone()).as_ref() != Some(handles);
            if *busy && !is_new {
                return;
            }
            let next = drag.next.take();
            drag.waiting = next.is_some();
            let is_over = next.is_none() && drag.handle.is_none() && !busy;
            drop(drag);
            if let Some(next) = next {
                set.emit(next);
            } else if is_over {
                place.set(None);
            }
        }
    });
    let onpointer = {
        let (drag, place, context, layout) = (drag.clone(), place.clone(), context.clone(), layout.clone());
        let (description, size, hold) = (description.clone(), *size, hold.clone());
        move |index: usize, event: &PointerEvent| {
            let Some(element) = event.target_dyn_into::<Element>() else { return };
            let Some(handle) = context.handles.get(index) else { return };
            let Some(overlay) = element.closest(".handles").ok().flatten() else { return };
            let mut drag = drag.borrow_mut();
            match event.type_().as_str() {
                "pointerdown" => {
                    event.prevent_default();
                    let _ = element.set_pointer_capture(event.pointer_id());
                    drag.handle = Some(index);
                    hold.emit(true);
                }
                "pointermove" if drag.handle == Some(index) => {
                    let frame = overlay.get_bounding_client_rect();
                    let scale = f64::from(size.0) / frame.width().max(1.0);
                    let pixel = (
                        (f64::from(event.client_x()) - frame.left()) * scale,
                        (f64::from(event.client_y()) - frame.top()) * scale,
                    );
                    let (to, settings) = moved(handle, &description, value_at(&layout, pixel));
                    place.set(Some((index, to)));
                    if drag.waiting {
                        drag.next = Some(settings);
                    } else {
                        drag.waiting = true;
                        drop(drag);
                        context.set.emit(settings);
                    }
                }
                "pointerup" | "pointercancel" if drag.handle == Some(index) => {
                    drag.handle = None;
                    let next = drag.next.take();
                    let is_there = next.is_none() && !drag.waiting;
                    drop(drag);
                    hold.emit(false);
                    match next {
                        Some(next) => context.set.emit(next),
                        None if is_there => place.set(None),
                        None => {}
                    }
                }
                _ => {}
            }
        }
    };
    let shown = handles.iter().enumerate().map(|(index, handle)| {
        let onpointer = {
            let onpointer = onpointer.clone();
            Callback::from(move |event: PointerEvent| onpointer(index, &event))
        };
        let at = place.filter(|(dragged, _)| *dragged == index).map_or(handle.at, |(_, at)| at);
        let part = |pixel: f64, length: u32| 100.0 * pixel / f64::from(length.max(1));
        let (left, top) = (part(layout.to_x(at.0), size.0), part(layout.to_y(at.1), size.1));
        let directions = match (&handle.x, &handle.y) {
            (Some(_), Some(_)) => "both",
            (Some(_), None) => "across",
            _ => "up",
        };
        html! {
            <div key={index} class={classes!("handle", directions)} data-handle={handle.label.clone()} aria-hidden="true"
                title={hint(handle, description)} ~style={format!("left: {left}%; top: {top}%")}
                onpointerdown={onpointer.clone()} onpointermove={onpointer.clone()} onpointerup={onpointer.clone()}
                onpointercancel={onpointer}></div>
        }
    });
    html! { <div class="handles">{ for shown }</div> }
}

/// What dragging it does, in words: the names of the settings that its slider and field have.
fn hint(handle: &Handle, description: &Description) -> String {
    let labels: Vec<String> = [&handle.x, &handle.y]
        .into_iter()
        .flatten()
        .filter_map(|key| description.controls.iter().find(|control| control.key == *key))
        .map(|control| format!("\u{201c}{}\u{201d}", control.label))
        .collect();
    format!("Drag to set {}, as the slider does.", labels.join(" and "))
}

/// The value at a pixel, which is held inside of the plot area.
fn value_at(layout: &PlotLayout, (x, y): (f64, f64)) -> (f64, f64) {
    let (left, top, right, bottom) = layout.plot;
    let held = |at: f64, from: i32, to: i32| at.clamp(f64::from(from), f64::from(to.max(from)));
    (layout.from_x(held(x, left, right)), layout.from_y(held(y, top, bottom)))
}

/// Where a handle gets to that is dragged there, and what it sets: settings stay within what is allowed.
fn moved(handle: &Handle, description: &Description, (x, y): (f64, f64)) -> ((f64, f64), HandleSettings) {
    let units = handle.units.unwrap_or((1.0, 1.0));
    let mut settings = HandleSettings::new();
    let mut along = |key: &Option<String>, to: f64, from: f64, unit: f64| {
        let control = key.as_ref().and_then(|key| description.controls.iter().find(|control| control.key == *key));
        let Some((control, ControlValue::Number { low, high, whole, .. })) =
            control.map(|control| (control, &control.value))
        else {
            return from;
        };
        let value = (to / unit).clamp(*low, *high);
        let value = if *whole { value.round() } else { rounded(value).clamp(*low, *high) };
        settings.push((control.key.clone(), value.to_string()));
        value * unit
    };
    let to = (along(&handle.x, x, handle.at.0, units.0), along(&handle.y, y, handle.at.1, units.1));
    (to, settings)
}

/// Three significant digits: more than a hand can set.
pub fn rounded(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Control;

    fn control(key: &str) -> Control {
        let value = ControlValue::Number { value: 0.0, low: -3.0, high: 5.0, above: false, whole: false };
        Control {
            key: key.into(),
            label: key.to_uppercase(),
            help: String::new(),
            value,
            is_default: true,
            landmarks: Vec::new(),
        }
    }

    #[test]
    fn a_handle_sets_what_it_is_dragged_to_within_what_is_allowed() {
        let description = Description { controls: vec![control("a"), control("b")], ..Description::default() };
        let both = Handle { x: Some("a".into()), y: Some("b".into()), units: Some((-2.0, 10.0)), ..Handle::default() };
        let set = |handle: &Handle, to| moved(handle, &description, to);
        let text = |key: &str, text: &str| (key.to_owned(), text.to_owned());
        assert_eq!(set(&both, (-2.46912, 5.0)), ((-2.46, 5.0), vec![text("a", "1.23"), text("b", "0.5")]));
        assert_eq!(set(&both, (20.0, 99.0)), ((6.0, 50.0), vec![text("a", "-3"), text("b", "5")]));
        let across = Handle { at: (0.0, 7.0), y: None, units: None, ..both };
        assert_eq!(set(&across, (1.0, 2.0)), ((1.0, 7.0), vec![text("a", "1")]));
        assert_eq!(hint(&across, &description), "Drag to set “A”, as the slider does.");
    }
}
