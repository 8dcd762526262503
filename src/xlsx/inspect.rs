//! A first look at a sheet: how large it is, what is in it, and how it is stored.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Xlsx};

use super::{MOST_CELLS, STRETCH, SheetEvent, broken, progress, reference};

/// What a sheet is like: what it says about itself may be wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetShape {
    /// Cells that are not empty, and where they are; ends belong to it.
    pub cells: u64,
    pub columns: (u32, u32),
    pub last_row: u32,
    /// Rows come in order, and so do the cells of each. Some writers store them otherwise.
    pub ordered: bool,
    /// Formulas whose result is not stored.
    pub formulas: u64,
    pub first_formula: Option<(u32, u32)>,
    /// Numbers of each column.
    numbers: BTreeMap<u32, u64>,
    /// Behind the last cell.
    next: (u32, u32),
}

impl SheetShape {
    /// Of a sheet without cells.
    pub fn new() -> Self {
        Self { ordered: true, ..Self::default() }
    }

    /// Counts a cell that is not empty.
    pub fn add(&mut self, (row, column): (u32, u32), value: &DataRef<'_>) {
        if number_like(value) {
            *self.numbers.entry(column).or_default() += 1;
        }
        if self.cells == 0 {
            self.columns = (column, column);
        }
        self.columns = (self.columns.0.min(column), self.columns.1.max(column));
        self.last_row = self.last_row.max(row);
        self.ordered &= (row, column) >= self.next;
        self.next = (row, column.saturating_add(1));
        self.cells += 1;
    }

    /// Whether a column has more than one number: a single one is found in many a read-me.
    pub fn has_numbers(&self) -> bool {
        self.numbers.values().any(|count| *count > 1)
    }

    /// Refuses what holds nothing, or reaches too far.
    ///
    /// # Errors
    /// Why, for the visitor.
    pub fn check(&self, name: &str) -> Result<(), String> {
        if let Some(first) = self.first_formula
            && self.numbers.values().sum::<u64>() == self.formulas
        {
            return Err(format!(
                "All numbers of the sheet \u{201c}{name}\u{201d} are formulas whose results are not stored, such as {}. \
                 Open the workbook in a spreadsheet and save it: then the results are stored as well.",
                reference(first)
            ));
        }
        if self.cells == 0 {
            return Err(format!("The sheet \u{201c}{name}\u{201d} is empty. Choose another, or save one."));
        }
        let (rows, columns) = (u64::from(self.last_row) + 1, u64::from(self.columns.1 - self.columns.0) + 1);
        if rows * columns > MOST_CELLS {
            return Err(format!(
                "The sheet \u{201c}{name}\u{201d} reaches over {rows} rows and {columns} columns, more than the {MOST_CELLS} \
                 cells that fit into a page. Are there cells far away from the table? Otherwise leave out columns or rows."
            ));
        }
        Ok(())
    }
}

/// Goes through a sheet.
///
/// # Errors
/// When it is damaged.
pub fn inspect(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    notify: &mut dyn FnMut(SheetEvent),
) -> Result<SheetShape, String> {
    let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
    let said = cells.dimensions().end.0;
    let mut found = SheetShape::new();
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        let (row, column) = cell.pos;
        // An empty text is a result.
        if cell.value == DataRef::Empty && cell.formula.is_some() {
            found.formulas += 1;
            found.first_formula.get_or_insert(cell.pos);
            *found.numbers.entry(column).or_default() += 1;
        }
        if cell.value == DataRef::Empty {
            continue;
        }
        found.add((row, column), &cell.value);
        if found.cells.is_multiple_of(u64::from(STRETCH)) {
            notify(progress(said, row, false));
        }
    }
    Ok(found)
}

/// Numbers, and text that is one but for its marks.
fn number_like(value: &DataRef<'_>) -> bool {
    let text = match value {
        DataRef::Int(_) | DataRef::Float(_) => return true,
        DataRef::String(text) => text.as_str(),
        DataRef::SharedString(text) => text,
        _ => return false,
    };
    text.len() < 30
        && text.contains(|c: char| c.is_ascii_digit())
        && !text.contains(|c: char| c.is_alphabetic() && c != 'e' && c != 'E')
}
