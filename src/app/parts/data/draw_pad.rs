//! A histogram to draw by hand: with the mouse or a finger in one stroke, or bar by bar with the arrow keys.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::parameters::Heights;

#[derive(Properties, PartialEq)]
pub struct DrawPadProps {
    pub label: AttrValue,
    pub help: AttrValue,
    /// What each bar is of; none: its number.
    #[prop_or_default]
    pub labels: Vec<String>,
    /// The heights as the address has them.
    pub text: String,
    pub most: u8,
    /// An earlier drawing is still being worked on: the next is told when that is done, the latest wins.
    pub busy: bool,
    /// The heights; nothing when a stroke ended and the next is another step.
    pub set: Callback<Option<String>>,
}

/// What is under the pointer or the keys.
#[derive(Default)]
struct PadInput {
    /// The bar that the tab key reaches; the arrow keys reach the others from there.
    bar: usize,
    /// The stroke under way: the heights so far, and where the pointer was last.
    stroke: Option<(Heights, usize)>,
    /// What the keys change: two of them may be pressed before the page is drawn again.
    keyed: Vec<u8>,
}

#[component]
pub fn DrawPad(props: &DrawPadProps) -> Html {
    let pad_input = use_mut_ref(PadInput::default);
    let again = use_force_update();
    let most = props.most;
    let (shown, bar) = {
        let pad_input = pad_input.borrow();
        (
            pad_input.stroke.as_ref().map_or_else(|| Heights::read(&props.text), |(heights, _)| heights.clone()),
            pad_input.bar,
        )
    };
    pad_input.borrow_mut().keyed.clone_from(&shown.0);
    let drawn = shown.text();
    {
        let (set, changed) = (props.set.clone(), drawn != props.text);
        use_effect_with((drawn, props.busy), move |(drawn, busy)| {
            if changed && !busy {
                set.emit(Some(drawn.clone()));
            }
        });
    }
    let onpointer = {
        let (pad_input, set, again, heights) = (pad_input.clone(), props.set.clone(), again.clone(), shown.clone());
        Callback::from(move |event: PointerEvent| {
            let mut pad_input = pad_input.borrow_mut();
            let Some(pad) = event.target_dyn_into::<Element>().and_then(|on| on.closest(".pad").ok().flatten()) else {
                return;
            };
            let down = event.type_() == "pointerdown";
            if down {
                let _ = pad.set_pointer_capture(event.pointer_id());
                pad_input.stroke = Some((heights.clone(), usize::MAX));
            }
            let frame = pad.get_bounding_client_rect();
            let part = |at: i32, from: f64, length: f64| ((f64::from(at) - from) / length.max(1.0)).clamp(0.0, 1.0);
            let Some((heights, last)) = &mut pad_input.stroke else { return };
            if matches!(event.type_().as_str(), "pointerup" | "pointercancel") {
                set.emit(Some(heights.text()));
                set.emit(None);
                pad_input.stroke = None;
                return;
            }
            let bars = heights.0.len();
            let bar = ((part(event.client_x(), frame.left(), frame.width()) * bars as f64) as usize).min(bars - 1);
            let height = (1.0 - part(event.client_y(), frame.top(), frame.height())) * f64::from(most);
            heights.stroke(if down { bar } else { *last }, bar, height.round() as u8);
            *last = bar;
            again.force_update();
        })
    };
    let onkeydown = {
        let set = props.set.clone();
        let again = again.clone();
        Callback::from(move |event: KeyboardEvent| {
            let (key, mut pad_input) = (event.key(), pad_input.borrow_mut());
            let (bar, bars) = (pad_input.bar, pad_input.keyed.len());
            let now = pad_input.keyed[bar];
            let height = match key.as_str() {
                "ArrowUp" => now + 1,
                "PageUp" => now + 10,
                "ArrowDown" => now.saturating_sub(1),
                "PageDown" => now.saturating_sub(10),
                "Home" => 0,
                "End" => most,
                "ArrowLeft" | "ArrowRight" => {
                    event.prevent_default();
                    let left = key == "ArrowLeft";
                    let pad = event.target_dyn_into::<Element>().and_then(|bar| bar.parent_element());
                    let next = if left { pad_input.bar.saturating_sub(1) } else { (bar + 1).min(bars - 1) };
                    let next_bar = pad.and_then(|pad| pad.children().item(next as u32));
                    if let Some(next_bar) = next_bar.and_then(|bar| bar.dyn_into::<HtmlElement>().ok()) {
                        pad_input.bar = next;
                        let _ = next_bar.focus();
                        set.emit(None);
                        again.force_update();
                    }
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            pad_input.keyed[bar] = height.min(most);
            set.emit(Some(Heights(pad_input.keyed.clone()).text()));
        })
    };
    let bars = shown.0.iter().enumerate().map(|(index, height)| {
        let number = || format!("Bar {} of {}", index + 1, shown.0.len());
        let label = props.labels.get(index).cloned().unwrap_or_else(number);
        html! {
            <div role="slider" aria-orientation="vertical" aria-label={label}
                aria-valuemin="0" aria-valuemax={most.to_string()} aria-valuenow={height.to_string()}
                tabindex={if index == bar { "0" } else { "-1" }}>
                <i ~style={format!("height: {}%", u32::from(*height) * 100 / u32::from(most.max(1)))} />
            </div>
        }
    });
    html! {
        <div class="drawing">
            <p class="cap">{ &props.label }</p>
            <div class="pad" role="group" aria-label={props.label.clone()} onpointerdown={onpointer.clone()}
                onpointermove={onpointer.clone()} onpointerup={onpointer.clone()} onpointercancel={onpointer} {onkeydown}>
                { for bars }
            </div>
            <p class="hint">{ &props.help }</p>
        </div>
    }
}
