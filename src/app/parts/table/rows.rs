//! How the table looks: headings, rows, and the field in a cell.

use std::ops::Range;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::controller::TableController;
use crate::app::parts::name::name as shortened;
use crate::plot::Shade;
use crate::plot::number::{format4, full, whole};
use crate::protocol::{Pick, Row, SortBy};
use crate::state::SharedGroup;
use crate::state::table::grid::{GridCell, sort_by};

/// Height of a row, which has two lines: as in the style sheet.
pub const ROW_HEIGHT: f64 = 52.0;
/// Height of the headings.
pub const HEAD_HEIGHT: f64 = 52.0;

/// What is picked, and the group of a picked value.
type Picked<'a> = (Option<Pick>, Option<&'a SharedGroup>);

/// Two lines of headings, as a row has two lines: one sorts by what is before, one by what is after.
pub fn head(controller: &TableController) -> Html {
    let columns = &controller.page.columns;
    let numbers = columns.numbers.len();
    let line =
        |line: i64| {
            columns.numbers.iter().enumerate().map(move |(column, name)| {
                heading(controller, GridCell { line, column: column as u32 }, name, line == -2)
            })
        };
    let labels =
        columns.labels.iter().enumerate().map(|(index, name)| {
            heading(controller, GridCell { line: -2, column: (numbers + index) as u32 }, name, true)
        });
    html! {
        <thead role="rowgroup">
            <tr role="row" aria-rowindex="1" data-line="-2">
                <th role="columnheader" rowspan="2" class="number">{ "Row" }</th>
                <th role="columnheader" class="when">{ "Before" }</th>
                { for line(-2) }
                { for labels }
            </tr>
            <tr role="row" aria-rowindex="2" data-line="-1">
                <th role="columnheader" class="when">{ "After" }</th>
                { for line(-1) }
            </tr>
        </thead>
    }
}

fn heading(controller: &TableController, grid_cell: GridCell, name: &str, first: bool) -> Html {
    let by = sort_by(grid_cell, controller.size());
    let sort = controller.viewport.grid.sort.filter(|sort| sort.by == by);
    let (order, sign) = match sort {
        None => ("none", "\u{2195}"),
        Some(sort) if sort.descending => ("descending", "\u{25be}"),
        Some(_) => ("ascending", "\u{25b4}"),
    };
    let label = matches!(by, SortBy::Label(_));
    let class = classes!(
        label.then_some("label"),
        sort.map(|_| "sorted"),
        controller.viewport.grid.cursor.eq(&grid_cell).then_some("cursor")
    );
    html! {
        <th role="columnheader" {class} aria-sort={order} title={format!("{name}: sort")} data-c={grid_cell.column.to_string()}
            rowspan={label.then_some("2")} id={id(controller, grid_cell)}>
            if first { { shortened(name) } } else { <span class="hidden">{ name.to_string() }</span> }
            <span class="sort" aria-hidden="true">{ sign }</span>
        </th>
    }
}

#[derive(Properties, PartialEq)]
pub struct RowsProps {
    pub controller: TableController,
    /// Those of these places, as far as they are there.
    pub places: Range<u64>,
    pub pick: Option<Pick>,
    /// The group of the picked value.
    pub group: Option<SharedGroup>,
    pub precise: bool,
}

/// The rows: drawn again only when they are others, not whenever others are asked for.
#[component]
pub fn Rows(props: &RowsProps) -> Html {
    let RowsProps { controller, places, pick, group, precise } = props;
    let known = (controller.page.from..).zip(&controller.page.rows).filter(|(place, _)| places.contains(place));
    known.map(|(place, row)| body(controller, place, row, (*pick, group.as_ref()), *precise)).collect()
}

fn body(controller: &TableController, place: u64, row: &Row, (pick, group): Picked, precise: bool) -> Html {
    let line = 2 * place as i64;
    let numbers = |line: i64, values: &[f64]| -> Html {
        let cells = values.iter().zip(0..).map(|(&value, column)| {
            let grid_cell = GridCell { line, column };
            let (of, position) = controller.page.columns.places.get(column as usize).copied().unwrap_or_default();
            let picked = matches!(pick, Some(Pick::Cell(cell)) if (cell.row + 1, cell.column, cell.position) == (row.number, of, position));
            let shade = group.map(|group| group.shade_of(row.number as usize - 1, of, position));
            let missing = value.is_nan();
            if grid_cell == controller.viewport.grid.cursor && let Some(typed) = &controller.viewport.grid.typed {
                return field(controller, grid_cell, typed, row.number);
            }
            let text = if precise { full(value) } else { format4(value) };
            let title = if missing { String::new() } else { full(value) };
            cell(controller, grid_cell, (picked, shade), missing.then_some("missing"), &text, title)
        });
        cells.collect()
    };
    let labels = row.labels.iter().zip(row.before.len() as u32..).map(|(text, column)| {
        cell(controller, GridCell { line, column }, (false, None), Some("label"), text, text.clone())
    });
    html! {
        <tbody role="rowgroup" key={place}>
            <tr role="row" aria-rowindex={(line + 3).to_string()} data-line={line.to_string()}>
                <th role="rowheader" rowspan="2" class="number" data-c="row">
                    { whole(row.number) }
                    if row.held_out {
                        <span title="Held out: the statistics come from other rows." aria-hidden="true">{ "\u{25cb}" }</span>
                        <span class="hidden">{ ", held out" }</span>
                    }
                </th>
                <td role="gridcell" class="when">{ "Before" }</td>
                { numbers(line, &row.before) }
                { for labels }
            </tr>
            <tr role="row" aria-rowindex={(line + 4).to_string()} data-line={(line + 1).to_string()}>
                <td role="gridcell" class="when">{ "After" }</td>
                { numbers(line + 1, &row.after) }
            </tr>
        </tbody>
    }
}

fn cell(
    controller: &TableController,
    grid_cell: GridCell,
    (picked, shade): (bool, Option<Shade>),
    class: Option<&'static str>,
    text: &str,
    title: String,
) -> Html {
    let grid = &controller.viewport.grid;
    let (label, missing) = (class == Some("label"), class == Some("missing"));
    let selected = grid.selection().is_some_and(|selection| {
        let (place, after) = (grid_cell.place().unwrap_or_default(), grid_cell.is_after());
        // A label belongs to both sides.
        selection.holds(place, grid_cell.column, if label { selection.after } else { after })
    });
    let here = grid_cell == grid.cursor || label && GridCell { line: grid_cell.line + 1, ..grid_cell } == grid.cursor;
    let shade = match shade {
        Some(Shade::Same) => Some("same-group"),
        Some(Shade::Odd) => Some("odd"),
        _ => None,
    };
    let class =
        classes!(class, shade, selected.then_some("selected"), picked.then_some("picked"), here.then_some("cursor"));
    let id = if here { id(controller, grid.cursor) } else { None };
    html! {
        <td role="gridcell" {class} {id} {title} data-c={grid_cell.column.to_string()} rowspan={label.then_some("2")}
            aria-selected={selected.to_string()}>
            if missing {
                { crate::app::parts::number::missing() }
            } else {
                { text.to_string() }
            }
        </td>
    }
}

/// The field that a value is typed into; what is not allowed is said beside it.
fn field(controller: &TableController, grid_cell: GridCell, typed: &str, row: u64) -> Html {
    let name = controller.page.columns.numbers.get(grid_cell.column as usize).cloned().unwrap_or_default();
    let said = controller.viewport.grid.said.clone();
    let oninput = {
        let controller = controller.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let mut grid = controller.viewport.grid.clone();
                (grid.typed, grid.said) = (Some(input.value()), String::new());
                controller.set(grid);
            }
        })
    };
    let onblur = {
        let controller = controller.clone();
        Callback::from(move |_: FocusEvent| {
            if !controller.inner.borrow().closing {
                controller.leave();
            }
        })
    };
    html! {
        <td role="gridcell" class="cursor field" id={id(controller, grid_cell)} data-c={grid_cell.column.to_string()}>
            <input type="text" name="cell" autocomplete="off" value={typed.to_string()} aria-label={format!("{name}, row {row}")}
                aria-invalid={(!said.is_empty()).to_string()} aria-describedby="cell-error" {oninput} {onblur} />
            <span class={classes!("cell-error", controller.inner.borrow().left.then_some("left"))} id="cell-error" role="status">{ said }</span>
        </td>
    }
}

/// Only the cell of the cursor has a name: it is the one that is spoken.
fn id(controller: &TableController, grid_cell: GridCell) -> Option<String> {
    (grid_cell == controller.viewport.grid.cursor).then(|| format!("cell-{}-{}", grid_cell.line, grid_cell.column))
}
