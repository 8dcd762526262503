//! The table as it is used: a cursor, a selection, an order.
//!
//! Every row of the data has two lines, before and after; above them are two lines of headings.

use crate::data::DataCell;
use crate::plot::number::whole;
use crate::protocol::{RowsPage, Sort, SortBy};

/// Lines of headings: before and after.
const HEADINGS: i64 = 2;
/// More rows are better saved as a file.
pub const SELECTED_AT_MOST: u64 = 5000;

/// A line, counted from the first row's before (headings are negative), and a column: numbers, then labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GridCell {
    pub line: i64,
    pub column: u32,
}

/// How the visitor stands to the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableState {
    pub cursor: GridCell,
    /// Where the selection began; the cursor is its other end.
    pub anchor: GridCell,
    /// What is typed into the cell of the cursor.
    pub typed: Option<String>,
    /// What the last command came to, in words.
    pub said: String,
    pub sort: Option<Sort>,
}

/// How large the table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableSize {
    pub rows: u64,
    pub numbers: u32,
    pub labels: u32,
    /// Rows that are seen at once.
    pub seen: u64,
}

/// A block of cells of one side, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    pub from: u64,
    pub to: u64,
    pub first: u32,
    pub last: u32,
    pub after: bool,
}

impl GridCell {
    /// Place of the row in the order of the table; `None` in the headings.
    pub fn place(self) -> Option<u64> {
        u64::try_from(self.line).ok().map(|line| line / 2)
    }

    pub const fn is_after(self) -> bool {
        self.line & 1 == 1
    }
}

impl TableSize {
    pub fn of(page: &RowsPage, seen: u64) -> Self {
        let (numbers, labels) = (page.columns.numbers.len() as u32, page.columns.labels.len() as u32);
        Self { rows: page.total, numbers, labels, seen }
    }

    const fn columns(self) -> u32 {
        self.numbers + self.labels
    }
}

impl TableState {
    /// The cursor elsewhere; `extend`: the selection with it.
    #[must_use]
    pub fn go(&self, to: GridCell, extend: bool, size: TableSize) -> Self {
        let line = to.line.clamp(-HEADINGS, (2 * size.rows as i64 - 1).max(0));
        let cursor = GridCell { line, column: to.column.min(size.columns().saturating_sub(1)) };
        let anchor = if extend && cursor.line >= 0 && self.anchor.line >= 0 { self.anchor } else { cursor };
        let mut next = Self { cursor, anchor, typed: None, said: String::new(), sort: self.sort };
        let asked = next.cursor.place().zip(next.anchor.place()).map_or(0, |(a, b)| a.abs_diff(b) + 1);
        if asked > SELECTED_AT_MOST {
            next.said = format!(
                "{} rows are selected of {}: a selection holds no more. Save the table as CSV to have all of it.",
                whole(SELECTED_AT_MOST),
                whole(asked)
            );
        }
        next
    }

    /// What a key does that moves the cursor; `None`: another key.
    pub fn key(&self, key: &str, shift: bool, ctrl: bool, size: TableSize) -> Option<Self> {
        let GridCell { line, column } = self.cursor;
        // While a selection grows it stays on its side.
        let step = if shift && line >= 0 { 2 } else { 1 };
        let page = 2 * size.seen.max(1) as i64;
        let (line, column) = match key {
            "ArrowUp" if ctrl => (line & 1, column),
            "ArrowDown" if ctrl => (2 * size.rows as i64 - 2 + (line & 1), column),
            "ArrowUp" if shift => ((line - step).max(line & 1), column),
            "ArrowDown" if shift => ((line + step).min(2 * size.rows as i64 - 2 + (line & 1)), column),
            "ArrowUp" => (line - step, column),
            "ArrowDown" => (line + step, column),
            "ArrowLeft" => (line, column.saturating_sub(1)),
            "ArrowRight" => (line, column + 1),
            "PageUp" => ((line - page).max(line & 1), column),
            "PageDown" => ((line + page).min(2 * size.rows as i64 - 2 + (line & 1)), column),
            "Home" => (if ctrl { 0 } else { line }, 0),
            "End" => (if ctrl { 2 * size.rows as i64 - 2 } else { line }, u32::MAX),
            _ => return None,
        };
        Some(self.go(GridCell { line, column }, shift, size))
    }

    /// The selected block; `None` while the cursor is in the headings.
    pub fn selection(&self) -> Option<Selection> {
        let (a, b) = (self.anchor.place()?, self.cursor.place()?);
        let (c, d) = (self.anchor.column, self.cursor.column);
        let from = a.min(b);
        let to = a.max(b).min(from + SELECTED_AT_MOST - 1);
        Some(Selection { from, to, first: c.min(d), last: c.max(d), after: self.anchor.is_after() })
    }

    /// Another order: of this column ascending, then descending, then of the data.
    #[must_use]
    pub fn sorted(&self, by: SortBy) -> Self {
        let sort = match self.sort {
            Some(sort) if sort.by == by && sort.descending => None,
            sort => Some(Sort { by, descending: sort.is_some_and(|sort| sort.by == by) }),
        };
        Self { sort, ..self.clone() }
    }

    /// The order that the heading of the cursor stands for.
    pub fn heading(&self, size: TableSize) -> Option<SortBy> {
        (self.cursor.line < 0).then(|| sort_by(self.cursor, size))
    }

    /// Says something.
    #[must_use]
    pub fn saying(&self, said: impl Into<String>) -> Self {
        Self { said: said.into(), ..self.clone() }
    }
}

impl Selection {
    pub const fn rows(&self) -> u64 {
        self.to - self.from + 1
    }

    pub const fn holds(&self, place: u64, column: u32, after: bool) -> bool {
        self.from <= place && place <= self.to && self.first <= column && column <= self.last && self.after == after
    }

    /// As `3 rows of 2 columns`.
    pub fn words(&self) -> String {
        let columns = plural(u64::from(self.last - self.first) + 1, "column", "columns");
        format!("{} of {columns}", plural(self.rows(), "row", "rows"))
    }
}

/// What the heading of a column sorts by.
pub const fn sort_by(grid_cell: GridCell, size: TableSize) -> SortBy {
    if grid_cell.column >= size.numbers {
        SortBy::Label(grid_cell.column - size.numbers)
    } else if grid_cell.is_after() {
        SortBy::After(grid_cell.column)
    } else {
        SortBy::Before(grid_cell.column)
    }
}

/// The value of the data that a cell of the loaded window shows; `None` for labels, and outside of the window.
pub fn cell(page: &RowsPage, grid_cell: GridCell) -> Option<DataCell> {
    let row = page.rows.get(usize::try_from(grid_cell.place()?.checked_sub(page.from)?).ok()?)?;
    let (column, position) = *page.columns.places.get(grid_cell.column as usize)?;
    Some(DataCell { row: row.number - 1, column, position })
}

/// As `3 rows`.
pub fn plural(number: u64, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", crate::plot::number::whole(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: TableSize = TableSize { rows: 10, numbers: 2, labels: 1, seen: 4 };

    fn at(line: i64, column: u32) -> TableState {
        TableState::default().go(GridCell { line, column }, false, SIZE)
    }

    fn after(grid: &TableState, key: &str, shift: bool, ctrl: bool) -> (i64, u32) {
        let cursor = grid.key(key, shift, ctrl, SIZE).unwrap().cursor;
        (cursor.line, cursor.column)
    }

    #[test]
    fn keys_move_and_stop_at_the_edges() {
        assert_eq!(after(&at(0, 0), "ArrowDown", false, false), (1, 0));
        assert_eq!(after(&at(0, 0), "ArrowUp", false, false), (-1, 0), "into the headings");
        assert_eq!(after(&at(-2, 0), "ArrowUp", false, false), (-2, 0));
        assert_eq!(after(&at(19, 2), "ArrowDown", false, false), (19, 2));
        assert_eq!(after(&at(0, 2), "ArrowRight", false, false), (0, 2));
        assert_eq!(after(&at(3, 1), "PageDown", false, false), (11, 1));
        assert_eq!(after(&at(17, 1), "PageDown", false, false), (19, 1));
        assert_eq!(after(&at(5, 1), "Home", false, false), (5, 0));
        assert_eq!(after(&at(5, 1), "End", false, true), (18, 2));
        assert_eq!(at(0, 0).key("a", false, false, SIZE), None);
    }

    #[test]
    fn a_selection_stays_on_its_side() {
        let grid = at(3, 1).key("ArrowDown", true, false, SIZE).unwrap().key("ArrowLeft", true, false, SIZE).unwrap();
        let selection = grid.selection().unwrap();
        assert_eq!(selection, Selection { from: 1, to: 2, first: 0, last: 1, after: true });
        assert!(selection.holds(2, 0, true) && !selection.holds(2, 0, false) && !selection.holds(3, 0, true));
        assert_eq!(selection.words(), "2 rows of 2 columns");
        assert_eq!(after(&at(1, 0), "ArrowUp", true, false), (1, 0), "not into the headings");
        assert_eq!(at(-1, 0).selection(), None);
    }

    #[test]
    fn a_selection_that_is_cut_says_so() {
        let size = TableSize { rows: 1_000_000, ..SIZE };
        let all = TableState::default().go(GridCell { line: 2 * 6_000, column: 0 }, true, size);
        assert_eq!(all.selection().unwrap().rows(), SELECTED_AT_MOST);
        assert!(all.said.contains("5,000 rows are selected of 6,001"), "{}", all.said);
        assert_eq!(TableState::default().go(GridCell { line: 2 * 4_999, column: 0 }, true, size).said, "");
    }

    #[test]
    fn headings_go_round_the_orders() {
        let grid = at(-1, 1);
        let by = grid.heading(SIZE).unwrap();
        assert_eq!(by, SortBy::After(1));
        let first = grid.sorted(by);
        assert_eq!(first.sort, Some(Sort { by, descending: false }));
        assert_eq!(first.sorted(by).sort, Some(Sort { by, descending: true }));
        assert_eq!(first.sorted(by).sorted(by).sort, None);
        assert_eq!(first.sorted(by).sorted(SortBy::Label(0)).sort.map(|sort| sort.descending), Some(false));
        assert_eq!(at(-2, 2).heading(SIZE), Some(SortBy::Label(0)));
        assert_eq!(at(0, 0).heading(SIZE), None);
    }
}
