//! From what the browser says to what is done in the table.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent, MouseEvent};
use yew::prelude::*;

use super::controller::Hands;
use crate::state::table::grid::{GridCell, sort_by};

/// Name of the attribute with the index of a column, or `ROW`.
pub const COLUMN: &str = "data-c";
/// Name of the attribute with the number of a line.
pub const LINE: &str = "data-line";
/// The number of a row stands for all of its columns.
pub const ROW: &str = "row";

pub fn key(hands: &Hands, event: &KeyboardEvent) {
    let (key, ctrl, shift) = (event.key(), event.ctrl_key() || event.meta_key(), event.shift_key());
    if hands.typed().is_some() {
        let attended = event.target_dyn_into::<HtmlInputElement>().is_some();
        match key.as_str() {
            "Enter" => hands.commit(2),
            "Escape" => hands.cancel(),
            typed if !attended && !ctrl && typed.chars().count() == 1 => hands.begin(Some(typed.into())),
            // Leaving the field makes what is typed the value.
            _ => return,
        }
        event.prevent_default();
        if hands.inner.borrow().closing {
            hands.focus();
        }
        return;
    }
    if let Some(grid) = hands.sight.grid.key(&key, shift, ctrl, hands.size()) {
        event.prevent_default();
        return hands.take(grid);
    }
    match key.as_str() {
        "c" | "C" if ctrl => hands.copy(),
        _ if ctrl || event.alt_key() => return,
        "Enter" | "F2" | " " => hands.begin(None),
        "Delete" | "Backspace" => hands.clear(),
        typed if typed.chars().count() == 1 => hands.begin(Some(typed.into())),
        _ => return,
    }
    event.prevent_default();
}

/// The spot under the pointer, and whether it is the number of a row.
fn spot(event: &MouseEvent) -> Option<(GridCell, bool)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    if target.is_instance_of::<HtmlInputElement>() {
        return None;
    }
    let cell = target.closest("[data-c]").ok()??;
    let line = cell.closest("[data-line]").ok()??.get_attribute(LINE)?.parse().ok()?;
    let column = cell.get_attribute(COLUMN)?;
    Some((GridCell { line, column: column.parse().unwrap_or_default() }, column == ROW))
}

pub fn press(hands: &Hands, event: &MouseEvent) {
    let Some((to, row)) = spot(event).filter(|_| event.button() == 0) else { return };
    let grid = &hands.sight.grid;
    if grid.typed.is_some() {
        hands.inner.borrow_mut().closing = true;
        // What cannot be read is given up; the value stays.
        hands.commit(0);
    }
    hands.inner.borrow_mut().again = !row && to == grid.cursor && to.line >= 0 && hands.picks(to);
    if row {
        let first = grid.go(to, false, hands.size());
        hands.take(first.go(GridCell { column: u32::MAX, ..to }, true, hands.size()));
    } else if to.line >= 0 && !hands.inner.borrow().again {
        hands.go(to, event.shift_key());
    }
}

/// Drags the selection.
pub fn drag(hands: &Hands, event: &MouseEvent) {
    if event.buttons() & 1 == 0 || hands.sight.grid.typed.is_some() {
        return;
    }
    let Some((to, false)) = spot(event) else { return };
    if to != hands.sight.grid.cursor && to.line >= 0 {
        hands.inner.borrow_mut().again = false;
        hands.take(hands.sight.grid.go(to, true, hands.size()));
    }
}

/// A heading sorts; a cell that had the cursor and was picked already is edited.
pub fn click(hands: &Hands, event: &MouseEvent) {
    let Some((to, false)) = spot(event) else { return };
    if to.line < 0 {
        hands.sort(sort_by(to, hands.size()));
    } else if hands.inner.borrow().again && to == hands.sight.grid.cursor {
        hands.begin(None);
    }
}

/// What is pasted into the table goes into its cells, not to the page as new data.
pub fn paste(hands: &Hands, event: &Event) {
    let text = event
        .dyn_ref::<web_sys::ClipboardEvent>()
        .and_then(web_sys::ClipboardEvent::clipboard_data)
        .and_then(|data| data.get_data("text/plain").ok());
    if let (Some(text), None) = (text, &hands.sight.grid.typed) {
        event.prevent_default();
        hands.paste(&text);
    }
}
