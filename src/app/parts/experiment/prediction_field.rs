//! The field for an answer of any kind: a number, one of several, an order, a sign, a drawing, cells of a grid.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::parts::inputs::explained::labelled;
use crate::app::parts::inputs::field::NumberField;
use crate::app::parts::inputs::list::List;
use crate::app::parts::practice::cells_field::CellsField;
use crate::app::parts::practice::curve_field::curve_field;
use crate::app::parts::skip_links::focus_row;
use crate::parameters::Allowed;
use crate::report::{Guess, ItemTable, Prediction, PredictionKind};

/// `now` is what was answered so far, as an address has it; `table` has the cells of a grid.
pub fn prediction_field(
    prediction: &Prediction,
    label: &'static str,
    now: &str,
    table: Option<&ItemTable>,
    set: &Callback<String>,
) -> Html {
    let key = &prediction.key;
    match &prediction.kind {
        PredictionKind::Number { unit, low, high } => {
            let label = if unit.is_empty() { label.into() } else { format!("{label}, in {unit}") };
            html! {
                <NumberField name={key.clone()} scope="guess-" {label} text={now.to_owned()} optional=true
                    allowed={Allowed::Between(*low, *high)} {set} />
            }
        }
        PredictionKind::Choice(options) => chosen(key, label, options, now, set),
        PredictionKind::Sign(words) => chosen(key, label, words, now, set),
        PredictionKind::Order(items) => ordered(items, now, set),
        PredictionKind::Curve { labels, unit, most } => curve_field(key, label, labels, (unit, *most), now, set),
        PredictionKind::Cells { .. } => html! {
            <CellsField table={table.cloned().unwrap_or_default()} now={now.to_owned()} set={set.clone()} />
        },
    }
}

fn chosen(key: &str, label: &'static str, options: &[String], now: &str, set: &Callback<String>) -> Html {
    let set = set.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            set.emit(select.value());
        }
    });
    labelled(&format!("guess-{key}"), label, "", |described| {
        html! {
            <List name={key.to_owned()} {onchange} {described}>
                <option value="" selected={now.is_empty()}>{ "\u{2026}" }</option>
                for (index, option) in options.iter().enumerate() {
                    <option value={index.to_string()} selected={now == index.to_string()}>{ option.clone() }</option>
                }
            </List>
        }
    })
}

/// Items that are moved up and down; as they stand before the first move, nothing is predicted.
fn ordered(items: &[String], now: &str, set: &Callback<String>) -> Html {
    let kind = PredictionKind::Order(items.to_vec());
    let order = match Guess::read(&kind, now) {
        Some(Guess::Order(order)) => order,
        _ => (0..items.len()).collect(),
    };
    let moved = |from: usize, to: usize, step: &'static str| {
        let mut order = order.clone();
        order.swap(from, to);
        let (text, set) = (Guess::Order(order).text(), set.clone());
        Callback::from(move |event: MouseEvent| {
            if from != to {
                set.emit(text.clone());
                focus_row(&event, to, &[&format!("[data-move={step}]")]);
            }
        })
    };
    let keep = set.reform({
        let text = Guess::Order(order.clone()).text();
        move |_: MouseEvent| text.clone()
    });
    let shown = order.iter().enumerate().map(|(place, &index)| {
        let name = items.get(index).cloned().unwrap_or_default();
        html! {
            <li key={place}>
                <span>{ name.clone() }</span>
                <button type="button" aria-disabled={(place == 0).to_string()} data-move="up"
                    onclick={moved(place, place.saturating_sub(1), "up")}
                    aria-label={format!("Move {name} up")}>{ "\u{2191}" }</button>
                <button type="button" aria-disabled={(place + 1 == order.len()).to_string()} data-move="down"
                    onclick={moved(place, (place + 1).min(order.len() - 1), "down")}
                    aria-label={format!("Move {name} down")}>{ "\u{2193}" }</button>
            </li>
        }
    });
    html! {
        <>
            <ol class="order">{ for shown }</ol>
            if now.is_empty() {
                <p class="about">
                    { "Move one to predict an order, or " }
                    <button type="button" class="quiet" onclick={keep}>{ "keep this one" }</button>
                </p>
            }
        </>
    }
}
