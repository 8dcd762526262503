//! Which rows of the table are seen, and what brings others there: the scroll bar, a row that is looked for, a value that was
//! picked elsewhere.

use web_sys::Element;

use super::controller::{TableController, Viewport};
use super::rows::{HEAD_HEIGHT, ROW_HEIGHT};
use crate::protocol::{Pick, RowsQuery};
use crate::state::table::grid::{GridCell, SELECTED_AT_MOST, TableState, cell};

/// Rows that are asked for above and below those that are seen, so that scrolling on finds them there.
const MARGIN: u64 = 8;

/// The window to ask for, with the rows that are selected when they are near: they can be copied.
pub fn query(viewport: &Viewport) -> RowsQuery {
    let (mut from, mut end) = (viewport.from, viewport.from + u64::from(viewport.count));
    if let Some(selection) = viewport.grid.selection() {
        let (first, last) = (from.min(selection.from), end.max(selection.to + 1));
        if last - first <= SELECTED_AT_MOST + u64::from(viewport.count) {
            (from, end) = (first, last);
        }
    }
    RowsQuery { from, count: (end - from) as u32, sort: viewport.grid.sort, row: viewport.wanted }
}

impl TableController {
    /// Follows the scroll bar; asks for other rows only when the ones that are there come to an end.
    pub fn scrolled(&self) {
        let Some(scroller) = self.scroller.cast::<Element>() else { return };
        let mut inner = self.inner.borrow_mut();
        inner.virtual_scroll.seen = (f64::from(scroller.client_height()) - HEAD_HEIGHT).max(ROW_HEIGHT);
        inner.virtual_scroll.scrolled(f64::from(scroller.scroll_top()));
        let (first, seen) = inner.virtual_scroll.window();
        let end = (first + seen).min(self.page.total);
        let (from, until) = (self.viewport.from, self.viewport.from + u64::from(self.viewport.count));
        let near =
            first.saturating_sub(MARGIN / 2) < from && from > 0 || end + MARGIN / 2 > until && until < self.page.total;
        let shift = inner.virtual_scroll.shift;
        if near || first < from || end > until || shift != self.viewport.shift {
            let (from, count) = (first.saturating_sub(MARGIN), (seen + 2 * MARGIN) as u32);
            self.viewport.set(Viewport { from, count, shift, wanted: None, ..(*self.viewport).clone() });
        }
    }

    /// Looks for the value that is picked, unless the cursor is there, or somebody types.
    pub fn follow(&self, pick: Option<Pick>) {
        let grid = self.grid();
        let Some(Pick::Cell(picked)) = pick.filter(|_| grid.typed.is_none()) else { return };
        // The cursor that picked this may be further by now.
        let mut inner = self.inner.borrow_mut();
        if let Some(at) = inner.picked.iter().position(|one| *one == picked) {
            inner.picked.drain(..=at);
            return;
        }
        inner.picked.clear();
        let mut places = self.page.columns.places.iter();
        let column = places.position(|place| *place == (picked.column, picked.position));
        let there = cell(&self.page, grid.cursor) == Some(picked);
        let Some(column) = column.filter(|_| picked.row < self.page.total && !there) else { return };
        inner.followed = Some(picked);
        let cursor = GridCell { column: column as u32, ..grid.cursor };
        let grid = TableState { cursor, anchor: cursor, ..grid.clone() };
        self.viewport.set(Viewport { grid, wanted: Some(picked.row), ..(*self.viewport).clone() });
    }

    /// The rows that were asked for are there: when somebody looked for one of them, the cursor goes to it.
    pub fn arrive(&self) {
        // The last rows may have gone, also by an undo.
        let cursor = self.viewport.grid.cursor;
        if self.page.total > 0 && cursor.place().is_some_and(|place| place >= self.page.total) {
            return self.set(self.viewport.grid.go(cursor, false, self.size()).saying(self.viewport.grid.said.clone()));
        }
        let Some(wanted) = self.viewport.wanted.filter(|_| self.page.query.row == self.viewport.wanted) else { return };
        let Some(index) = self.page.rows.iter().position(|row| row.number == wanted + 1) else { return };
        let line = 2 * (self.page.from + index as u64) as i64;
        // What was picked elsewhere is picked already, unless something else is by now; these rows may be of other data.
        let followed = self.inner.borrow_mut().followed.take();
        if let Some(picked) = followed {
            let place = |places: &(u32, u32)| *places == (picked.column, picked.position);
            let column = self.page.columns.places.iter().position(place);
            let column = column.filter(|_| self.pick == Some(Pick::Cell(picked)));
            let Some(column) = column else { return self.set(self.grid().clone()) };
            let grid = self.viewport.grid.go(GridCell { line, column: column as u32 }, false, self.size());
            self.show(grid.cursor.place().unwrap_or_default());
            return self.set(grid.saying(self.viewport.grid.said.clone()));
        }
        let grid =
            self.viewport.grid.go(GridCell { line, column: self.viewport.grid.cursor.column }, false, self.size());
        self.take(grid.saying(self.viewport.grid.said.clone()));
    }
}
