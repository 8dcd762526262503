//! From what the browser says to what is done in the table.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent, MouseEvent};
use yew::prelude::*;

use super::controller::TableController;
use crate::state::table::grid::{GridCell, sort_by};

/// Name of the attribute with the index of a column, or `ROW`.
pub const COLUMN: &str = "data-c";
/// Name of the attribute with the number of a line.
pub const LINE: &str = "data-line";
/// The number of a row stands for all of its columns.
pub const ROW: &str = "row";

pub fn key(controller: &TableController, event: &KeyboardEvent) {
    let (key, ctrl, shift) = (event.key(), event.ctrl_key() || event.meta_key(), event.shift_key());
    if controller.typed().is_some() {
        let attended = event.target_dyn_into::<HtmlInputElement>().is_some();
        match key.as_str() {
            "Enter" => controller.commit(2),
            "Escape" => controller.cancel(),
            typed if !attended && !ctrl && typed.chars().count() == 1 => controller.begin(Some(typed.into())),
            // Leaving the field makes what is typed the value.
            _ => return,
        }
        event.prevent_default();
        if controller.inner.borrow().closing {
            controller.focus();
        }
        return;
    }
    if let Some(grid) = controller.viewport.grid.key(&key, shift, ctrl, controller.size()) {
        event.prevent_default();
        return controller.take(grid);
    }
    match key.as_str() {
        "c" | "C" if ctrl => controller.copy(),
        _ if ctrl || event.alt_key() => return,
        "Enter" | "F2" | " " => controller.begin(None),
        "Delete" | "Backspace" => controller.clear(),
        typed if typed.chars().count() == 1 => controller.begin(Some(typed.into())),
        _ => return,
    }
    event.prevent_default();
}

/// The cell under the pointer, and whether it is the number of a row.
fn cell_under_pointer(event: &MouseEvent) -> Option<(GridCell, bool)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    if target.is_instance_of::<HtmlInputElement>() {
        return None;
    }
    let cell = target.closest("[data-c]").ok()??;
    let line = cell.closest("[data-line]").ok()??.get_attribute(LINE)?.parse().ok()?;
    let column = cell.get_attribute(COLUMN)?;
    Some((GridCell { line, column: column.parse().unwrap_or_default() }, column == ROW))
}

pub fn press(controller: &TableController, event: &MouseEvent) {
    let Some((to, row)) = cell_under_pointer(event).filter(|_| event.button() == 0) else { return };
    let grid = &controller.viewport.grid;
    if grid.typed.is_some() {
        controller.inner.borrow_mut().closing = true;
        // What cannot be read is given up; the value stays.
        controller.commit(0);
    }
    controller.inner.borrow_mut().again = !row && to == grid.cursor && to.line >= 0 && controller.picks(to);
    if row {
        let first = grid.go(to, false, controller.size());
        controller.take(first.go(GridCell { column: u32::MAX, ..to }, true, controller.size()));
    } else if to.line >= 0 && !controller.inner.borrow().again {
        controller.go(to, event.shift_key());
    }
}

/// Drags the selection.
pub fn drag(controller: &TableController, event: &MouseEvent) {
    if event.buttons() & 1 == 0 || controller.viewport.grid.typed.is_some() {
        return;
    }
    let Some((to, false)) = cell_under_pointer(event) else { return };
    if to != controller.viewport.grid.cursor && to.line >= 0 {
        controller.inner.borrow_mut().again = false;
        controller.take(controller.viewport.grid.go(to, true, controller.size()));
    }
}

/// A heading sorts; a cell that had the cursor and was picked already is edited.
pub fn click(controller: &TableController, event: &MouseEvent) {
    let Some((to, false)) = cell_under_pointer(event) else { return };
    if to.line < 0 {
        controller.sort(sort_by(to, controller.size()));
    } else if controller.inner.borrow().again && to == controller.viewport.grid.cursor {
        controller.begin(None);
    }
}

/// What is pasted into the table goes into its cells, not to the page as new data.
pub fn paste(controller: &TableController, event: &Event) {
    let text = event
        .dyn_ref::<web_sys::ClipboardEvent>()
        .and_then(web_sys::ClipboardEvent::clipboard_data)
        .and_then(|data| data.get_data("text/plain").ok());
    if let (Some(text), None) = (text, &controller.viewport.grid.typed) {
        event.prevent_default();
        controller.paste(&text);
    }
}
