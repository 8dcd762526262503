//! Cells of a grid to mark: one after the other with the mouse or a finger, or with arrow keys and space.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::plot::number::full;
use crate::report::{Guess, ItemTable};

#[derive(Properties, PartialEq)]
pub struct CellsFieldProps {
    pub table: ItemTable,
    /// The marked cells as an address has them.
    pub now: String,
    pub set: Callback<String>,
    /// The right cells, once they are told: nothing can be changed then.
    #[prop_or_default]
    pub right: Option<Vec<u32>>,
}

#[component]
pub fn CellsField(props: &CellsFieldProps) -> Html {
    let CellsFieldProps { table, now, set, right } = props;
    // The cell that the Tab key reaches; arrow keys go on from there.
    let reached = use_state_eq(|| 0usize);
    let (rows, columns) = (table.rows.len(), table.columns.len());
    let chosen: Vec<u32> = now.split('-').filter_map(|cell| cell.parse().ok()).collect();
    let toggle = |cell: u32| {
        let (mut cells, set) = (chosen.clone(), set.clone());
        match cells.binary_search(&cell) {
            Ok(at) => drop(cells.remove(at)),
            Err(at) => cells.insert(at, cell),
        }
        Callback::from(move |_: MouseEvent| set.emit(Guess::Cells(cells.clone()).text()))
    };
    let onkeydown = {
        let reached = reached.clone();
        Callback::from(move |event: KeyboardEvent| {
            let (row, column) = (*reached / columns, *reached % columns);
            let next = match event.key().as_str() {
                "ArrowLeft" => (row, column.saturating_sub(1)),
                "ArrowRight" => (row, (column + 1).min(columns - 1)),
                "ArrowUp" => (row.saturating_sub(1), column),
                "ArrowDown" => ((row + 1).min(rows - 1), column),
                _ => return,
            };
            event.prevent_default();
            let cell = next.0 * columns + next.1;
            let body = event.target_dyn_into::<Element>().and_then(|on| on.closest("tbody").ok().flatten());
            let button = body.and_then(|body| body.query_selector(&format!("[data-cell=\"{cell}\"]")).ok().flatten());
            if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                let _ = button.focus();
            }
            reached.set(cell);
        })
    };
    let cell = |row: usize, column: usize| {
        let index = row * columns + column;
        let value = full(table.values[row][column]);
        let is_chosen = chosen.contains(&(index as u32));
        let asked = table.marked == Some((row, column));
        let verdict = right.as_ref().map(|right| verdict(is_chosen, right.contains(&(index as u32))));
        let class =
            classes!(asked.then_some("asked"), is_chosen.then_some("chosen"), verdict.map(|(class, _, _)| class));
        let place = format!("{} {}, {}", table.row_name, table.rows[row], table.columns[column]);
        let told = verdict.map_or(String::new(), |(_, _, words)| format!(", {words}"));
        let label = format!("{value}, {place}{}{told}", if asked { ", the marked value" } else { "" });
        let focused = {
            let reached = reached.clone();
            Callback::from(move |_: FocusEvent| reached.set(index))
        };
        html! {
            <td {class}>
                <button type="button" data-cell={index.to_string()} aria-pressed={is_chosen.to_string()} aria-label={label}
                    aria-disabled={right.is_some().then_some("true")} onfocus={focused}
                    tabindex={if index == *reached { "0" } else { "-1" }}
                    onclick={if right.is_none() { toggle(index as u32) } else { Callback::noop() }}>
                    { value }
                    if let Some((_, sign, _)) = verdict { <i aria-hidden="true">{ sign }</i> }
                </button>
            </td>
        }
    };
    html! {
        <div class="scroll cells" tabindex="-1">
            <table>
                <caption class="hidden">{ "Choose cells: arrow keys move, space marks." }</caption>
                <thead><tr><td />for name in &table.columns { <th scope="col">{ name.clone() }</th> }</tr></thead>
                <tbody {onkeydown}>
                    for row in 0..rows {
                        <tr>
                            <th scope="row">{ table.rows[row].clone() }</th>
                            for column in 0..columns { { cell(row, column) } }
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}

/// Class, sign and words of a cell.
fn verdict(chosen: bool, right: bool) -> (&'static str, &'static str, &'static str) {
    match (chosen, right) {
        (true, true) => ("hit", "\u{2713}", "rightly marked"),
        (false, true) => ("missing-cell", "+", "missing"),
        (true, false) => ("surplus", "\u{d7}", "does not belong"),
        (false, false) => ("", "", "rightly not marked"),
    }
}
