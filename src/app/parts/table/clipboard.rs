//! What can be done in the table with many cells: copied, pasted over, taken away; and with rows.

use gloo_utils::window;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::controller::{COMPUTED, NUMBERS, TableController, Viewport};
use crate::data::{DataCell, Edit};
use crate::state::Action;
use crate::state::table::grid::plural;
use crate::state::table::grid::{GridCell, Selection, cell};
use crate::state::table::grid_text::{copy, pasted};

const ORDERED: &str = "Several rows can be changed at once only in the order of the data: click the heading again.";

impl TableController {
    /// Puts the selection on the clipboard.
    pub fn copy(&self) {
        let Some(selection) = self.grid().selection() else { return };
        let Some(copied) = copy(&self.page, &selection) else {
            self.show(selection.to);
            return self.say("The selected rows were not loaded yet. Copy again now.");
        };
        let written = window().navigator().clipboard().write_text(&copied);
        let controller = self.clone();
        spawn_local(async move {
            controller.say(match JsFuture::from(written).await {
                Ok(_) => format!("Copied {}.", selection.words()),
                Err(_) => "The browser does not allow copying here.".into(),
            });
        });
    }

    /// Puts a block of a spreadsheet at the cursor.
    pub fn paste(&self, block: &str) {
        let Some(cursor) = cell(&self.page, self.grid().cursor) else { return self.say(NUMBERS) };
        if self.grid().cursor.is_after() {
            return self.say(COMPUTED);
        }
        let rows = match pasted(block) {
            Ok(rows) => rows,
            Err(why) => return self.say(why),
        };
        let width = rows.first().map_or(0, Vec::len);
        let first = self.grid().cursor.column as usize;
        let Some(places) = self.page.columns.places.get(first..first + width) else {
            let room = plural((self.page.columns.places.len() - first) as u64, "column", "columns");
            return self.say(format!(
                "Nothing was pasted: the block is {width} columns wide, from here on there is room for {room}."
            ));
        };
        let said = format!(
            "Pasted {} of {}.",
            plural(rows.len() as u64, "row", "rows"),
            plural(width as u64, "column", "columns")
        );
        self.write(cursor, places.to_vec(), rows, said);
    }

    /// Takes away the values of the selection.
    pub fn clear(&self) {
        let Some(selection) = self.grid().selection() else { return };
        let Some(last) = self.page.columns.places.len().checked_sub(1) else { return };
        let (first, last) = (selection.first as usize, (selection.last as usize).min(last));
        if first > last || selection.after {
            return self.say(if selection.after { COMPUTED } else { NUMBERS });
        }
        let start = GridCell { line: 2 * selection.from as i64, column: selection.first };
        let Some(at) = cell(&self.page, start) else { return self.show(selection.from) };
        let places = self.page.columns.places[first..=last].to_vec();
        let rows = vec![vec![f64::NAN; places.len()]; selection.rows() as usize];
        self.write(at, places, rows, format!("Made missing: {}.", selection.words()));
    }

    fn write(&self, cell: DataCell, places: Vec<(u32, u32)>, rows: Vec<Vec<f64>>, said: String) {
        if rows.len() > 1 && self.grid().sort.is_some() {
            return self.say(ORDERED);
        }
        let edit = match rows.as_slice() {
            [row] if let [value] = row.as_slice() => Edit::Set { cell, value: *value },
            _ => Edit::Paste { row: cell.row, places, rows },
        };
        self.act.emit(Action::Edit(edit));
        self.act.emit(Action::Release);
        self.say(said);
    }

    /// A row below that of the cursor; where the order is not that of the data, at the end.
    pub fn add_row(&self) {
        let below = self.grid().cursor.place().filter(|_| self.grid().sort.is_none()).map(|place| place + 1);
        let at = below.unwrap_or(self.page.total).min(self.page.total);
        self.act.emit(Action::Edit(Edit::AddRow { at }));
        let grid = self.grid().saying(format!("Row {} was added.", at + 1));
        self.inner.borrow_mut().followed = None;
        self.viewport.set(Viewport { grid, wanted: Some(at), ..(*self.viewport).clone() });
        self.focus();
    }

    pub fn remove_rows(&self) {
        let Some(selection) = self.grid().selection() else { return };
        let rows: Vec<u64> = self.rows(&selection).map(|row| row - 1).collect();
        if rows.len() as u64 != selection.rows() {
            self.show(selection.to);
            return self.say("The selected rows were not loaded yet. Remove them again now.");
        }
        if selection.rows() >= self.page.total {
            return self.say("At least one row must stay.");
        }
        let said = format!("{} removed.", plural(selection.rows(), "row was", "rows were"));
        self.act.emit(Action::Edit(Edit::RemoveRows { rows }));
        let to = GridCell { line: 2 * selection.from as i64, column: self.grid().cursor.column };
        self.set(self.grid().go(to, false, self.size()).saying(said));
    }

    /// Numbers of the selected rows, as far as the window holds them.
    pub fn rows(&self, selection: &Selection) -> impl Iterator<Item = u64> {
        let places = selection.from..=selection.to;
        let rows = (self.page.from..).zip(&self.page.rows).filter(move |(place, _)| places.contains(place));
        rows.map(|(_, row)| row.number)
    }
}
