//! A sheet of an Excel workbook as comma separated values, so that it is read like any other table.
//!
//! Line and row numbers stay those of the sheet: rows without cells become blank lines. Nothing is kept but one chunk of
//! text, and what a hostile file may unpack to is limited.

mod write;

use std::io::{Cursor, Read};

use calamine::{Reader, SheetType, SheetVisible, Xlsx};
use write::Writer;

/// Texts and styles of a workbook may unpack to so much.
const MOST_SHARED: u64 = 256 << 20;
/// Cells of a sheet, empty ones among others included: more would not fit into a page.
const MOST_CELLS: u64 = 90_000_000;
/// Cells between two looks at how far it is.
const STRETCH: u32 = 10_000;

/// What is told while a workbook is read.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// Names of the sheets with cells, and which of them is read.
    Sheets { names: Vec<String>, chosen: usize },
    /// Rows looked at, of how many. Every row is looked at twice.
    Progress { done: u64, all: u64 },
    /// The next part of the text.
    Text(String),
    /// At the end: cells that were dates or times, which are text now.
    Dates(u64),
}

/// Reads the sheet of that name, or the first that can be seen.
///
/// # Errors
/// Why it cannot be read, for the visitor.
pub fn read(bytes: &[u8], sheet: Option<&str>, tell: &mut dyn FnMut(Told)) -> Result<(), String> {
    check_parts(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let seen = book.sheets_metadata().iter();
    let seen = seen.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = seen.map(|sheet| sheet.name.clone()).collect();
    let chosen = match sheet {
        None => 0,
        Some(wanted) => names.iter().position(|name| name == wanted).ok_or_else(|| {
            format!("It has no sheet \u{201c}{wanted}\u{201d}; its sheets are: {}.", names.join(", "))
        })?,
    };
    let name = names.get(chosen).ok_or("It has no sheet with cells.")?.clone();
    tell(Told::Sheets { names, chosen });
    let extent = measure(&mut book, &name, tell)?;
    let mut writer = Writer::new(extent);
    let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
    let mut count = 0_u32;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        writer.cell(row, column, cell.get_value(), tell);
        count += 1;
        if count.is_multiple_of(STRETCH) {
            tell(extent.progress(row, true));
        }
    }
    let dates = writer.finish(tell);
    tell(Told::Dates(dates));
    Ok(())
}

/// Where the cells of a sheet are that are not empty; ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Extent {
    columns: (u32, u32),
    last_row: u32,
}

impl Extent {
    fn progress(self, row: u32, again: bool) -> Told {
        let all = u64::from(self.last_row) + 1;
        Told::Progress { done: u64::from(row).min(all) + if again { all } else { 0 }, all: 2 * all }
    }
}

/// Goes through a sheet to see how large it is: what it says about itself may be wrong.
fn measure(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, tell: &mut dyn FnMut(Told)) -> Result<Extent, String> {
    let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
    let said = Extent { columns: (0, 0), last_row: cells.dimensions().end.0 };
    let mut extent: Option<Extent> = None;
    let mut count = 0_u32;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        if *cell.get_value() == calamine::DataRef::Empty {
            continue;
        }
        let (row, column) = cell.get_position();
        let extent = extent.get_or_insert(Extent { columns: (column, column), last_row: row });
        extent.columns = (extent.columns.0.min(column), extent.columns.1.max(column));
        extent.last_row = extent.last_row.max(row);
        count += 1;
        if count.is_multiple_of(STRETCH) {
            tell(said.progress(row, false));
        }
    }
    let extent =
        extent.ok_or_else(|| format!("The sheet \u{201c}{name}\u{201d} is empty. Choose another, or save one."))?;
    let (rows, columns) = (u64::from(extent.last_row) + 1, u64::from(extent.columns.1 - extent.columns.0) + 1);
    if rows * columns > MOST_CELLS {
        return Err(format!(
            "The sheet \u{201c}{name}\u{201d} reaches over {rows} rows and {columns} columns, more than the {MOST_CELLS} \
             cells that fit into a page. Are there cells far away from the table? Otherwise leave out columns or rows."
        ));
    }
    Ok(extent)
}

/// Unpacks what calamine will keep in memory as a whole, and drops it: what a zip archive says about sizes may be a lie.
fn check_parts(bytes: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = MOST_SHARED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_err(broken)?;
        if name.starts_with("xl/worksheets/sheet") || name.starts_with("xl/media/") {
            continue;
        }
        left -= std::io::copy(&mut part.take(left), &mut std::io::sink()).map_err(broken)?;
        if left == 0 {
            return Err(format!("Its texts unpack to more than {} MB, which is the limit.", MOST_SHARED >> 20));
        }
    }
    Ok(())
}

fn broken(error: impl std::fmt::Display) -> String {
    format!("The workbook is damaged or protected by a password ({error}). Open it in a spreadsheet and save it anew.")
}

#[cfg(test)]
mod tests;
