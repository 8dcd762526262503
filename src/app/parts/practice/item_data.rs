//! The data of a question: a table, numbers that are given, a picture.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::parts::plot::canvas::Canvas;
use crate::plot::number::full;
use crate::report::PracticeItem;

/// CSS pixels.
const HEIGHT: u32 = 120;

pub fn item_data(item: &PracticeItem, dark: bool) -> Html {
    let table = &item.data;
    let cell = |row: usize, column: usize, value: f64| {
        let asked = table.marked == Some((row, column));
        html! {
            <td class={classes!(asked.then_some("asked"))}>
                if asked { <mark>{ full(value) }</mark><span class="hidden">{ ", marked" }</span> } else { { full(value) } }
            </td>
        }
    };
    let values = html! {
        <div class="scroll" tabindex="0" role="region" aria-label="The data">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ table.row_name.clone() }</th>
                        for name in &table.columns { <th scope="col">{ name.clone() }</th> }
                    </tr>
                </thead>
                <tbody>
                    for (row, values) in table.values.iter().enumerate() {
                        <tr>
                            <th scope="row">{ table.rows[row].clone() }</th>
                            for (column, value) in values.iter().enumerate() { { cell(row, column, *value) } }
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    };
    html! {
        <div class="item-data">
            if let Some(scene) = &item.picture {
                <Canvas scene={Rc::new(scene.clone())} {dark} height={HEIGHT} />
            }
            if item.picture.is_some() {
                // The picture says what the question is about.
                <details>
                    <summary class="cap">{ "All values" }</summary>
                    { values }
                </details>
            } else if !table.values.is_empty() {
                { values }
            }
            if !item.given.is_empty() {
                <dl class="given">
                    for (name, value) in &item.given {
                        <div><dt>{ name.clone() }</dt><dd>{ full(*value) }</dd></div>
                    }
                </dl>
            }
        </div>
    }
}
