//! Sheets of OpenDocument (.ods), as LibreOffice saves them.

use std::io::Cursor;

use calamine::{Data, DataRef, Ods, Range, Reader, SheetType, SheetVisible};

use super::inspect::SheetShape;
use super::write::Writer;
use super::{NO_SHEET, SheetEvent};

/// Reads the sheet of that name, or the first that can be seen and has a column of numbers.
///
/// # Errors
/// Why it cannot be read, for the visitor.
pub fn read(bytes: &[u8], sheet: Option<&str>, notify: &mut dyn FnMut(SheetEvent)) -> Result<(), String> {
    let mut book = Ods::new(Cursor::new(bytes)).map_err(broken)?;
    let seen = book.sheets_metadata().iter();
    let seen = seen.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = seen.map(|sheet| sheet.name.clone()).collect();
    let mut range = |name: &String| book.worksheet_range(name).map_err(broken);
    let chosen = match sheet {
        Some(wanted) => super::position(&names, wanted)?,
        None => {
            let mut best = None;
            for (index, name) in names.iter().enumerate() {
                let found = inspect(&range(name)?);
                if found.has_numbers() {
                    best = Some(index);
                    break;
                }
                best = best.or((found.cells > 0).then_some(index));
            }
            best.unwrap_or_default()
        }
    };
    let name = names.get(chosen).ok_or(NO_SHEET)?.clone();
    notify(SheetEvent::Sheets { names, chosen });
    let range = range(&name)?;
    let found = inspect(&range);
    found.check(&name)?;
    let mut writer = Writer::new(found.columns);
    for (at, value) in cells(&range) {
        writer.cell(at, &value, notify)?;
    }
    let dates = writer.finish(notify);
    notify(SheetEvent::Dates(dates));
    Ok(())
}

fn broken(error: impl std::fmt::Display) -> String {
    format!(
        "The OpenDocument sheet is damaged or encrypted ({error}). Open it in a spreadsheet and save it again as .xlsx or CSV."
    )
}

fn inspect(range: &Range<Data>) -> SheetShape {
    let mut found = SheetShape::new();
    cells(range).for_each(|(at, value)| found.add(at, &value));
    found
}

/// Every cell with its place on the sheet, row by row.
fn cells(range: &Range<Data>) -> impl Iterator<Item = ((u32, u32), DataRef<'_>)> {
    let (row, column) = range.start().unwrap_or_default();
    range.used_cells().map(move |(down, right, value)| {
        let value = match value {
            Data::Int(number) => DataRef::Int(*number),
            Data::Float(number) => DataRef::Float(*number),
            Data::String(text) => DataRef::SharedString(text),
            Data::Bool(truth) => DataRef::Bool(*truth),
            Data::DateTime(date) => DataRef::DateTime(*date),
            Data::DateTimeIso(date) => DataRef::DateTimeIso(date.clone()),
            Data::DurationIso(duration) => DataRef::DurationIso(duration.clone()),
            Data::Error(error) => DataRef::Error(error.clone()),
            Data::Empty => DataRef::Empty,
        };
        ((row + down as u32, column + right as u32), value)
    })
}
