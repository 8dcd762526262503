//! What can be done in the table with one cell, by keyboard, mouse and finger.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::data::csv::read_number;
use crate::data::{DataCell, Edit};
use crate::protocol::{Pick, RowsPage, SortBy};
use crate::state::table::grid::{GridCell, TableSize, TableState, cell};
use crate::state::table::grid_text::{ALLOWED, text};
use crate::state::{Action, ByPtr, VirtualScroll};

pub const COMPUTED: &str = "Values after are computed: change the value before.";
pub const NUMBERS: &str = "Only numbers can be changed here.";

/// What the table shows: its cursor, the window of rows, and how far those are shifted in a long table.
#[derive(Clone, Debug, PartialEq)]
pub struct Viewport {
    pub grid: TableState,
    pub from: u64,
    pub count: u32,
    pub shift: f64,
    /// Index of a row of the data that is looked for.
    pub wanted: Option<u64>,
}

/// What changes without anything to be drawn.
pub struct ControllerState {
    pub virtual_scroll: VirtualScroll,
    /// The cell under the pointer had the cursor before it was pressed: pressing it again edits it.
    pub again: bool,
    /// The field of a cell holds the value, which is selected: what is typed replaces it.
    pub replaces_value: bool,
    /// What is wrong with what is typed is said to the left, where there is more room.
    pub left: bool,
    /// What was typed before the field of the cell had the focus: nobody waits for a field to be drawn.
    pub early: String,
    /// The field of a cell goes away: losing the focus then means nothing.
    pub closing: bool,
    /// What was picked here, until the page knows of it.
    pub picked: Vec<DataCell>,
    /// The value that was picked elsewhere, while its row is looked for.
    pub followed: Option<DataCell>,
}

/// Everything the handlers need.
#[derive(Clone)]
pub struct TableController {
    pub viewport: UseStateHandle<Viewport>,
    pub page: ByPtr<RowsPage>,
    pub inner: Rc<RefCell<ControllerState>>,
    pub scroller: NodeRef,
    pub pick: Option<Pick>,
    pub act: Callback<Action>,
}

impl PartialEq for TableController {
    fn eq(&self, other: &Self) -> bool {
        self.page == other.page
            && Rc::ptr_eq(&self.inner, &other.inner)
            && self.viewport == other.viewport
            && self.pick == other.pick
            && self.act == other.act
    }
}

impl TableController {
    pub fn size(&self) -> TableSize {
        TableSize::of(&self.page, self.inner.borrow().virtual_scroll.window().1.saturating_sub(2))
    }

    pub fn grid(&self) -> &TableState {
        &self.viewport.grid
    }

    pub fn set(&self, grid: TableState) {
        self.viewport.set(Viewport { grid, wanted: None, ..(*self.viewport).clone() });
    }

    pub fn say(&self, said: impl Into<String>) {
        self.set(self.grid().saying(said));
    }

    /// Moves the cursor, brings it into sight, and shows the same value in the plots.
    pub fn take(&self, grid: TableState) {
        if let Some(place) = grid.cursor.place() {
            self.show(place);
        }
        let picked = cell(&self.page, grid.cursor);
        self.inner.borrow_mut().picked.extend(picked.filter(|cell| self.pick != Some(Pick::Cell(*cell))));
        self.act.emit(Action::Pick(picked.map(Pick::Cell)));
        self.set(grid);
    }

    /// Whether the value of a cell is the one that is picked, if there is one.
    pub fn picks(&self, grid_cell: GridCell) -> bool {
        cell(&self.page, grid_cell).is_none_or(|cell| self.pick == Some(Pick::Cell(cell)))
    }

    pub fn go(&self, to: GridCell, extend: bool) {
        self.take(self.grid().go(to, extend, self.size()));
    }

    /// Scrolls to a place in the order of the table.
    pub fn show(&self, place: u64) {
        let top = self.inner.borrow_mut().virtual_scroll.show(place);
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
        let typed = {
            let mut inner = self.inner.borrow_mut();
            (inner.closing, inner.replaces_value) = (false, typed.is_none());
            inner.early.push_str(&typed.unwrap_or_default());
            if inner.replaces_value { text(value) } else { inner.early.clone() }
        };
        self.set(TableState { typed: Some(typed), anchor: grid.cursor, said: String::new(), ..grid.clone() });
    }

    /// What is typed into the cell of the cursor so far.
    pub fn typed(&self) -> Option<String> {
        let early = self.inner.borrow().early.clone();
        if early.is_empty() { self.grid().typed.clone() } else { Some(early) }
    }

    /// The field has the focus: what is typed from now on goes there.
    pub fn attended(&self) {
        self.inner.borrow_mut().early.clear();
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
        let Some(typed) = self.typed() else { return };
        let (Some(value), Some(cell)) = (read_number(&typed), cell(&self.page, grid.cursor)) else {
            self.inner.borrow_mut().left = self.room_to_the_left();
            return self.say(ALLOWED);
        };
        let same = |before: f64| before.to_bits() == value.to_bits() || before.is_nan() && value.is_nan();
        let changed = self.value().is_some_and(|before| !same(before));
        self.attended();
        self.inner.borrow_mut().closing = true;
        let to = GridCell { line: grid.cursor.line + lines, column: grid.cursor.column };
        // Before the edit: pointing is no entry of the browser's history, and what comes last decides.
        self.go(if to.line < 2 * self.page.total as i64 { to } else { grid.cursor }, false);
        if changed {
            self.act.emit(Action::Edit(Edit::Set { cell, value }));
            self.act.emit(Action::Release);
        }
    }

    fn room_to_the_left(&self) -> bool {
        let Some(scroller) = self.scroller.cast::<Element>() else { return false };
        let cell = scroller.query_selector("td.field").ok().flatten();
        cell.is_some_and(|cell| {
            let (cell, seen) = (cell.get_bounding_client_rect(), scroller.get_bounding_client_rect());
            cell.right() - seen.left() > seen.right() - cell.left()
        })
    }

    /// Leaves the field of the cell; its value stays.
    pub fn cancel(&self) {
        self.attended();
        self.inner.borrow_mut().closing = true;
        self.set(TableState { typed: None, said: String::new(), ..self.grid().clone() });
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

    /// Looks for the row that somebody named by its number.
    pub fn find(&self, typed: &str) {
        match typed.trim().replace([',', ' ', '\u{202f}'], "").parse::<u64>() {
            Ok(number) if (1..=self.page.total).contains(&number) => {
                self.inner.borrow_mut().followed = None;
                self.viewport.set(Viewport { wanted: Some(number - 1), ..(*self.viewport).clone() });
                self.focus();
            }
            _ => self.say(format!("Allowed: 1 to {}.", self.page.total)),
        }
    }
}
