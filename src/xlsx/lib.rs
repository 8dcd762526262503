//! A sheet of an Excel workbook (or of OpenDocument) as comma separated values, so that it is read like any other table.
//!
//! Line and row numbers stay those of the sheet: rows without cells become blank lines. Nothing is kept but one chunk of
//! text, and what a hostile file may unpack to is limited.

mod inspect;
mod ods;
mod write;

use std::io::{Cursor, Read};

use calamine::{Reader, SheetType, SheetVisible, Xlsx};
use inspect::{SheetShape, inspect};
use write::{Placed, Writer};

/// Texts and styles of a workbook may unpack to so much.
const MOST_SHARED: u64 = 256 << 20;
/// Cells of a sheet, empty ones among others included: more would not fit into a page.
const MOST_CELLS: u64 = 90_000_000;
/// Cells between two looks at how far it is.
const STRETCH: u32 = 10_000;

/// What happens while a workbook is read.
#[derive(Clone, Debug, PartialEq)]
pub enum SheetEvent {
    /// Names of the sheets with cells, and which of them is read.
    Sheets { names: Vec<String>, chosen: usize },
    /// Rows looked at, of how many. Every row is looked at twice.
    Progress { done: u64, all: u64 },
    /// The next part of the text.
    Text(String),
    /// Formulas whose result is not stored, so that nothing can be read there; the first of them, as `C2`.
    Formulas { count: u64, first: String },
    /// At the end: cells that were dates or times, which are text now.
    Dates(u64),
}

/// Reads the sheet of that name, or the first that can be seen and has a column of numbers.
///
/// # Errors
/// Why it cannot be read, for the visitor.
pub fn read(bytes: &[u8], sheet: Option<&str>, notify: &mut dyn FnMut(SheetEvent)) -> Result<(), String> {
    if check_parts(bytes)? == WorkbookFormat::OpenDocument {
        return ods::read(bytes, sheet, notify);
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let seen = book.sheets_metadata().iter();
    let seen = seen.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = seen.map(|sheet| sheet.name.clone()).collect();
    let (chosen, found) = match sheet {
        None => choose(&mut book, &names, notify)?,
        Some(wanted) => {
            let chosen = position(&names, wanted)?;
            (chosen, inspect(&mut book, wanted, notify)?)
        }
    };
    let name = names.get(chosen).ok_or(NO_SHEET)?.clone();
    notify(SheetEvent::Sheets { names, chosen });
    found.check(&name)?;
    if let Some(first) = found.first_formula {
        notify(SheetEvent::Formulas { count: found.formulas, first: reference(first) });
    }
    let mut writer = Writer::new(found.columns);
    let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
    let mut count = 0_u32;
    let mut placed = (!found.ordered).then(Placed::default);
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let at = cell.get_position();
        match &mut placed {
            None => writer.cell(at, cell.get_value(), notify)?,
            Some(placed) => placed.keep(at, cell.get_value()),
        }
        count += 1;
        if count.is_multiple_of(STRETCH) {
            notify(progress(found.last_row, at.0, true));
        }
    }
    if let Some(placed) = placed {
        placed.write(&mut writer, notify)?;
    }
    let dates = writer.finish(notify);
    notify(SheetEvent::Dates(dates));
    Ok(())
}

const NO_SHEET: &str = "It has no sheet with cells.";

fn position(names: &[String], wanted: &str) -> Result<usize, String> {
    names
        .iter()
        .position(|name| name == wanted)
        .ok_or_else(|| format!("It has no sheet \u{201c}{wanted}\u{201d}; its sheets are: {}.", names.join(", ")))
}

/// The first sheet with a column of numbers: before it may be one to read. Else the first with cells, else the first.
fn choose(
    book: &mut Xlsx<Cursor<&[u8]>>,
    names: &[String],
    notify: &mut dyn FnMut(SheetEvent),
) -> Result<(usize, SheetShape), String> {
    let mut best: Option<(usize, SheetShape)> = None;
    for (index, name) in names.iter().enumerate() {
        let found = inspect(book, name, notify)?;
        if found.has_numbers() {
            return Ok((index, found));
        }
        if best.as_ref().is_none_or(|(_, best)| best.cells == 0 && found.cells > 0) {
            best = Some((index, found));
        }
    }
    best.ok_or_else(|| NO_SHEET.into())
}

/// Every row is looked at twice.
fn progress(last_row: u32, row: u32, again: bool) -> SheetEvent {
    let all = u64::from(last_row) + 1;
    SheetEvent::Progress { done: u64::from(row).min(all) + if again { all } else { 0 }, all: 2 * all }
}

/// As `C2`.
fn reference((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    format!("{}{}", letters.iter().rev().collect::<String>(), row + 1)
}

/// Whose workbook it is.
#[derive(Clone, Copy, PartialEq)]
enum WorkbookFormat {
    Excel,
    OpenDocument,
}

/// Unpacks what calamine will keep in memory as a whole, and drops it: what a zip archive says about sizes may be a lie.
fn check_parts(bytes: &[u8]) -> Result<WorkbookFormat, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = MOST_SHARED;
    let mut format = WorkbookFormat::Excel;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_err(broken)?;
        if name == "content.xml" {
            format = WorkbookFormat::OpenDocument;
        }
        if name.starts_with("xl/worksheets/sheet") || name.starts_with("xl/media/") {
            continue;
        }
        left -= std::io::copy(&mut part.take(left), &mut std::io::sink()).map_err(broken)?;
        if left == 0 {
            return Err(format!("Its texts unpack to more than {} MB, which is the limit.", MOST_SHARED >> 20));
        }
    }
    Ok(format)
}

fn broken(error: impl std::fmt::Display) -> String {
    format!("The workbook is damaged or protected by a password ({error}). Open it in a spreadsheet and save it again.")
}

#[cfg(test)]
mod tests;
