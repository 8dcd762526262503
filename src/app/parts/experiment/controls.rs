//! The controls of an experiment: every slider has a field, and named places.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::parts::inputs::explained::labelled;
use crate::app::parts::inputs::field::NumberField;
use crate::app::parts::inputs::list::List;
use crate::app::parts::plot::handles::rounded;
use crate::parameters::Allowed;
use crate::plot::number::format4;
use crate::report::{Control, ControlValue};

/// Steps of a slider.
const STEPS: f64 = 1000.0;
/// A slider whose ends are so many times apart goes by powers of ten.
const BY_POWERS: f64 = 1000.0;
/// Of a slider whose ends are so many times apart no place could be chosen.
const TOO_FAR: f64 = 1e12;

/// One setting; `set` is given its key and its new text.
pub fn control_field(control: &Control, set: &Callback<(String, Option<String>)>) -> Html {
    let key = control.key.clone();
    let set = set.reform(move |text: String| (key.clone(), Some(text)));
    let name = format!("control-{}", control.key);
    match &control.value {
        ControlValue::Number { value, low, high, above, whole } => {
            let allowed = match (*above, low.is_finite() || high.is_finite()) {
                (_, false) => Allowed::Finite,
                (true, _) => Allowed::Above(*low, *high),
                (false, _) => Allowed::Between(*low, *high),
            };
            let text = value.to_string();
            html! {
                <div class="slider-control" key={control.key.clone()}>
                    <NumberField name={control.key.clone()} scope="control-" label={control.label.clone()}
                        help={control.help.clone()} {text} {allowed} whole={*whole} set={set.clone()} />
                    if low.is_finite() && high.is_finite() {
                        { slider(control, (*value, *low, *high), *whole, set) }
                    }
                </div>
            }
        }
        ControlValue::Switch(on) => {
            let onchange = Callback::from(move |event: Event| {
                set.emit(event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked()).to_string());
            });
            labelled(&name, control.label.clone(), control.help.clone(), |described| {
                html! {
                    <input type="checkbox" name={control.key.clone()} checked={*on} {onchange} aria-describedby={described} />
                }
            })
        }
        ControlValue::Choice { chosen, options } => {
            let onchange = Callback::from(move |event: Event| {
                if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                    set.emit(select.value());
                }
            });
            labelled(&name, control.label.clone(), control.help.clone(), |described| {
                html! {
                    <List name={control.key.clone()} {onchange} {described}>
                        for (slug, label) in options {
                            <option value={slug.clone()} selected={slug == chosen}>{ label.clone() }</option>
                        }
                    </List>
                }
            })
        }
    }
}

/// A range between two ends, by steps or, where the ends are far apart, by powers of ten.
fn slider(control: &Control, (value, low, high): (f64, f64, f64), whole: bool, set: Callback<String>) -> Html {
    // A slider of whole numbers, or one that would be too long, ends at the last place that has a name; what lies beyond can be typed.
    let named = control.landmarks.iter().map(|landmark| landmark.at).fold(low, f64::max);
    let is_cut = whole || low > 0.0 && high / low >= TOO_FAR;
    let high = if is_cut && named > low && named >= value { named.min(high) } else { high };
    let powers = low > 0.0 && high / low >= BY_POWERS;
    let place = move |value: f64| match powers {
        true => (value / low).ln() / (high / low).ln() * STEPS,
        false if whole => value,
        false => (value - low) / (high - low) * STEPS,
    };
    let value_at = move |place: f64| match powers {
        true => low * (high / low).powf(place / STEPS),
        false if whole => place,
        false => low + (high - low) * place / STEPS,
    };
    let oninput = Callback::from(move |event: InputEvent| {
        let place = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value_as_number());
        let Some(value) = place.filter(|place| place.is_finite()).map(value_at) else { return };
        let value = if whole { value.round() } else { rounded(value) };
        set.emit(value.clamp(low, high).to_string());
    });
    let (min, max) = if whole && !powers { (low, high) } else { (0.0, STEPS) };
    let list = format!("landmarks-{}", control.key);
    html! {
        <>
            <input type="range" min={min.to_string()} max={max.to_string()} step="1" value={place(value).to_string()}
                aria-label={format!("{}: slider", control.label)} aria-valuetext={format4(value)} list={list.clone()} {oninput} />
            if !control.landmarks.is_empty() {
                <datalist id={list}>
                    for landmark in &control.landmarks {
                        <option value={place(landmark.at).to_string()} label={landmark.label.clone()} />
                    }
                </datalist>
                <ul class="landmarks">
                    for landmark in &control.landmarks {
                        <li>{ format!("{}: {}", landmark.label, format4(landmark.at)) }</li>
                    }
                </ul>
            }
        </>
    }
}
