//! An answer beside the right one: the gap, the picture, and the arithmetic of this very question.

use std::rc::Rc;

use yew::prelude::*;

use super::cells_field::CellsField;
use crate::app::parts::inputs::words::with_words;
use crate::app::parts::plot::canvas::Canvas;
use crate::caption::{WordsSeen, arithmetic};
use crate::figure::answered;
use crate::plot::number::format4;
use crate::report::{FactValue, Guess, PracticeItem, PredictionKind, WorkingLine, is_right, right_order, told};

/// CSS pixels.
const LINE: u32 = 84;
const DRAWING: u32 = 220;

pub fn item_outcome(item: &PracticeItem, guess: &Guess, sure: u8, dark: bool) -> Html {
    let right = is_right(item, guess);
    let said = told(item, guess);
    html! {
        <section class={classes!("outcome-of-item", if right { "is-right" } else { "is-wrong" })} aria-labelledby="gap">
            <h2 id="gap" class="gap" tabindex="-1">{ said.first().cloned().unwrap_or_default() }</h2>
            for more in said.iter().skip(1) { <p class="slip">{ more.clone() }</p> }
            <p>{ with_words("why", &item.fact.why, &mut WordsSeen::default()) }</p>
            <p class="cap">{ format!("You were {sure}% sure.") }</p>
            { beside(item, guess, dark) }
            { working(item) }
        </section>
    }
}

/// The visitor's answer over the right one.
fn beside(item: &PracticeItem, guess: &Guess, dark: bool) -> Html {
    if let Some(scene) = answered(item, guess) {
        let height = if matches!(guess, Guess::Curve(_)) { DRAWING } else { LINE };
        let keys = scene.keys().len();
        return html! {
            <figure class="plot answered">
                <figcaption>
                    <span class="plot-title">{ scene.title.clone() }</span>
                    if keys > 1 { { crate::app::parts::plot::legend::legend(&scene.keys(), true, None) } }
                </figcaption>
                <Canvas scene={Rc::new(scene.clone())} {dark} {height} />
            </figure>
        };
    }
    match (guess, &item.fact.value, &item.prediction.kind) {
        (Guess::Cells(cells), FactValue::Cells(right), _) => html! {
            <CellsField table={item.data.clone()} now={Guess::Cells(cells.clone()).text()} set={Callback::noop()}
                right={Some(right.clone())} />
        },
        (Guess::Order(order), FactValue::Order(values), PredictionKind::Order(names)) => orders(order, values, names),
        _ => html! {},
    }
}

/// Two orders beside each other, with the values.
fn orders(order: &[usize], values: &[f64], names: &[String]) -> Html {
    let right = right_order(values);
    let name = |index: &usize| names.get(*index).cloned().unwrap_or_default();
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label="Your order and the right one">
            <table class="orders">
                <thead><tr><th scope="col">{ "Place" }</th><th scope="col">{ "You" }</th><th scope="col">{ "Right" }</th><th scope="col">{ "Value" }</th></tr></thead>
                <tbody>
                    for (place, (yours, right)) in order.iter().zip(&right).enumerate() {
                        <tr>
                            <th scope="row">{ (place + 1).to_string() }</th>
                            <td class={classes!((yours != right).then_some("surplus"))}>{ name(yours) }</td>
                            <td>{ name(right) }</td>
                            <td>{ values.get(*right).copied().map(format4) }</td>
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}

/// The steps of the engine, and those of the question.
fn working(item: &PracticeItem) -> Html {
    let steps = item.trace.iter().flat_map(|trace| arithmetic(trace, format4)).map(|line| {
        let name = line.name.to_owned();
        let result = format!("{}{}", if line.about { "\u{2248} " } else { "= " }, line.result);
        (name, line.how, result)
    });
    let lines =
        item.working.iter().map(|WorkingLine { name, how, result }| (name.clone(), how.clone(), format!("= {result}")));
    html! {
        <>
            <h3 class="cap">{ "The arithmetic" }</h3>
            <ol class="arithmetic">
                for (name, how, result) in steps.chain(lines) {
                    <li><span class="step-name">{ name }</span><span class="how">{ how }</span><span class="outcome">{ result }</span></li>
                }
            </ol>
        </>
    }
}
