//! A drawing to answer with: a pad, and a number field for each height.

use yew::prelude::*;

use crate::app::parts::data::draw_pad::DrawPad;
use crate::app::parts::inputs::field::NumberField;
use crate::parameters::{Allowed, Heights};

/// What is drawn while nothing was.
fn flat(labels: &[String]) -> Heights {
    Heights(vec![0; labels.len()])
}

pub fn curve_field(
    key: &str,
    label: &'static str,
    labels: &[String],
    (unit, most): (&str, u8),
    now: &str,
    set: &Callback<String>,
) -> Html {
    let heights = if now.is_empty() { flat(labels) } else { Heights::read(now) };
    let draw = set.clone();
    let drawn = Callback::from(move |text: Option<String>| {
        if let Some(text) = text {
            draw.emit(text);
        }
    });
    let fields = labels.iter().enumerate().map(|(index, name)| {
        let typed = heights.clone();
        let set = set.reform(move |text: String| {
            let mut heights = typed.clone();
            if let Some(height) = heights.0.get_mut(index) {
                *height = text.parse().unwrap_or(*height);
            }
            heights.text()
        });
        let text = heights.0.get(index).copied().unwrap_or(0).to_string();
        html! {
            <NumberField key={index} name={format!("{key}-{index}")} scope="guess-" label={name.clone()} {text} whole=true
                allowed={Allowed::Between(0.0, f64::from(most))} {set} />
        }
    });
    let unit = if unit.is_empty() { String::new() } else { format!(", in {unit}") };
    let help = format!("Draw in one stroke, or type the heights: from 0 to {most}{unit}.");
    html! {
        <div class="curve">
            <DrawPad {label} {help} labels={labels.to_vec()} text={heights.text()} {most} busy=false set={drawn} />
            <div class="curve-fields">{ for fields }</div>
        </div>
    }
}
