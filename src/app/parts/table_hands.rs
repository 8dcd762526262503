//! What can be done in the table, by keyboard, mouse and finger.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_utils::window;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::data::csv::read_number;
use crate::data::{Cell, Edit};
use crate::protocol::{Pick, RowsPage, SortBy};
use crate::state::grid::{Grid, Selection, Size, Spot, cell};
use crate::state::grid_text::{ALLOWED, copy, pasted, plural, text};
use crate::state::{Action, Roll};

const ORDERED: &str =
    "Several rows can be changed at once only in the order of the data: sort by the heading once more.";
const COMPUTED: &str = "What is after is computed: change the value before.";
const NUMBERS: &str = "Only numbers can be changed here.";

/// What the table shows: its cursor, the window of rows, and how far those are shifted in a long table.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    pub grid: Grid,
    pub from: u64,
    pub count: u32,
    pub shift: f64,
    /// Index of a row of the data that is looked for.
    pub wanted: Option<u64>,
}

/// What changes without anything to be drawn.
pub struct Inner {
    pub roll: Roll,
    /// The cell under the pointer had the cursor before it was pressed: pressing it again edits it.
    pub again: bool,
    /// The field of a cell goes away: losing the focus then means nothing.
    pub closing: bool,
}

/// Everything the handlers need.
#[derive(Clone)]
pub struct Hands {
    pub sight: UseStateHandle<Sight>,
    pub page: Rc<RowsPage>,
    pub inner: Rc<RefCell<Inner>>,
    pub scroller: NodeRef,
    pub act: Callback<Action>,
}

impl Hands {
    pub fn size(&self) -> Size {
        Size::of(&self.page, self.inner.borrow().roll.window().1.saturating_sub(2))
    }

    fn grid(&self) -> &Grid {
        &self.sight.grid
    }

    pub fn set(&self, grid: Grid) {
        self.sight.set(Sight { grid, wanted: None, ..(*self.sight).clone() });
    }

    pub fn say(&self, said: impl Into<String>) {
        self.set(self.grid().saying(said));
    }

    /// Moves the cursor, brings it into sight, and shows the same value in the plots.
    pub fn take(&self, grid: Grid) {
        if let Some(place) = grid.cursor.place() {
            self.show(place);
        }
        self.act.emit(Action::Pick(cell(&self.page, grid.cursor).map(Pick::Cell)));
        self.set(grid);
    }

    pub fn go(&self, to: Spot, extend: bool) {
        self.take(self.grid().go(to, extend, self.size()));
    }

    /// Scrolls to a place in the order of the table.
    pub fn show(&self, place: u64) {
        let top = self.inner.borrow_mut().roll.show(place);
        if let (Some(top), Some(scroller)) = (top, self.scroller.cast::<Element>()) {
            scroller.set_scroll_top(top as i32);
        }
    }

    pub fn sort(&self, by: SortBy) {
        self.set(self.grid().sorted(by));
    }

    /// Starts typing into the cell of the cursor: over its value, or on what is typed already.
    pub fn begin(&self, typed: Option<String>) {
        let grid = self.grid();
        if let Some(by) = grid.heading(self.size()) {
            return self.sort(by);
        }
        let Some(value) = self.value() else { return };
        self.inner.borrow_mut().closing = false;
        self.set(Grid {
            typed: Some(typed.unwrap_or_else(|| text(value))),
            anchor: grid.cursor,
            said: String::new(),
            ..grid.clone()
        });
    }

    /// The value of the cell of the cursor, when it can be changed; otherwise says why not.
    fn value(&self) -> Option<f64> {
        let cursor = self.grid().cursor;
        let Some(at) = cell(&self.page, cursor) else {
            self.say(NUMBERS);
            return None;
        };
        if cursor.is_after() {
            self.say(COMPUTED);
            return None;
        }
        let row = self.page.rows.iter().find(|row| row.number == at.row + 1)?;
        row.before.get(cursor.column as usize).copied()
    }

    /// What is typed becomes the value of the cell, and the cursor goes on by so many lines; what cannot be read stays.
    pub fn commit(&self, lines: i64) {
        let grid = self.grid();
        let Some(typed) = &grid.typed else { return };
        let (Some(value), Some(cell)) = (read_number(typed), cell(&self.page, grid.cursor)) else {
            return self.say(ALLOWED);
        };
        if self
            .value()
            .is_some_and(|before| before.to_bits() != value.to_bits() && !(before.is_nan() && value.is_nan()))
        {
            self.act.emit(Action::Edit(Edit::Set { cell, value }));
            self.act.emit(Action::Release);
        }
        self.inner.borrow_mut().closing = true;
        let to = Spot { line: grid.cursor.line + lines, column: grid.cursor.column };
        self.go(if to.line < 2 * self.page.total as i64 { to } else { grid.cursor }, false);
    }

    /// Leaves the field of the cell; its value stays.
    pub fn cancel(&self) {
        self.inner.borrow_mut().closing = true;
        self.set(Grid { typed: None, said: String::new(), ..self.grid().clone() });
    }

    /// The focus went elsewhere: what can be read is taken, the rest is given up.
    pub fn leave(&self) {
        if self.grid().typed.as_deref().is_some_and(|typed| read_number(typed).is_some()) {
            self.commit(0);
        } else {
            self.cancel();
        }
    }

    pub fn focus(&self) {
        if let Some(scroller) = self.scroller.cast::<HtmlElement>() {
            let _ = scroller.focus();
        }
    }

    /// Puts the selection on the clipboard.
    pub fn copy(&self) {
        let Some(selection) = self.grid().selection() else { return };
        let Some(copied) = copy(&self.page, &selection) else {
            self.show(selection.to);
            return self.say("The selected rows were out of reach. Copy again now.");
        };
        let written = window().navigator().clipboard().write_text(&copied);
        let hands = self.clone();
        spawn_local(async move {
            hands.say(match JsFuture::from(written).await {
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
        let start = Spot { line: 2 * selection.from as i64, column: selection.first };
        let Some(at) = cell(&self.page, start) else { return self.show(selection.from) };
        let places = self.page.columns.places[first..=last].to_vec();
        let rows = vec![vec![f64::NAN; places.len()]; selection.rows() as usize];
        self.write(at, places, rows, format!("Made missing: {}.", selection.words()));
    }

    fn write(&self, cell: Cell, places: Vec<(u32, u32)>, rows: Vec<Vec<f64>>, said: String) {
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
        self.sight.set(Sight { grid, wanted: Some(at), ..(*self.sight).clone() });
        self.focus();
    }

    pub fn remove_rows(&self) {
        let Some(selection) = self.grid().selection() else { return };
        let rows: Vec<u64> = self.rows(&selection).map(|row| row - 1).collect();
        if rows.len() as u64 != selection.rows() {
            self.show(selection.to);
            return self.say("The selected rows were out of reach. Remove them again now.");
        }
        if selection.rows() >= self.page.total {
            return self.say("At least one row must stay.");
        }
        let said = format!("{} removed.", plural(selection.rows(), "row was", "rows were"));
        self.act.emit(Action::Edit(Edit::RemoveRows { rows }));
        let to = Spot { line: 2 * selection.from as i64, column: self.grid().cursor.column };
        self.set(self.grid().go(to, false, self.size()).saying(said));
    }

    /// Numbers of the selected rows, as far as the window holds them.
    pub fn rows(&self, selection: &Selection) -> impl Iterator<Item = u64> {
        let places = selection.from..=selection.to;
        let rows = (self.page.from..).zip(&self.page.rows).filter(move |(place, _)| places.contains(place));
        rows.map(|(_, row)| row.number)
    }

    /// Looks for the row that somebody named by its number.
    pub fn find(&self, typed: &str) {
        match typed.trim().replace([',', ' ', '\u{202f}'], "").parse::<u64>() {
            Ok(number) if (1..=self.page.total).contains(&number) => {
                self.sight.set(Sight { wanted: Some(number - 1), ..(*self.sight).clone() });
            }
            _ => self.say(format!("Allowed: 1 to {}.", self.page.total)),
        }
    }
}
