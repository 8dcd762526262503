//! Cells as lines of comma separated values.

use std::fmt::Write;

use calamine::{CellErrorType, DataRef, ExcelDateTime};

use super::{SheetEvent, reference};

/// Text is told in parts of about this size.
const CHUNK: usize = 1 << 18;

pub struct Writer {
    /// The first and the last one.
    columns: (u32, u32),
    text: String,
    /// Where the next cell would be written.
    row: u32,
    column: u32,
    dates: u64,
}

impl Writer {
    pub fn new(columns: (u32, u32)) -> Self {
        Self { columns, text: String::with_capacity(2 * CHUNK), row: 0, column: columns.0, dates: 0 }
    }

    /// The next cell; empty ones may be left out. Rows come in order, and so do the cells of a row.
    ///
    /// # Errors
    /// When it does not come in order, or twice: nothing is left out without a word.
    pub fn cell(
        &mut self,
        at: (u32, u32),
        value: &DataRef<'_>,
        notify: &mut dyn FnMut(SheetEvent),
    ) -> Result<(), String> {
        if *value == DataRef::Empty {
            return Ok(());
        }
        self.go_to(at, notify)?;
        self.dates += u64::from(write_value(&mut self.text, value));
        Ok(())
    }

    /// A cell whose text is made already.
    fn made(&mut self, at: (u32, u32), text: &str, notify: &mut dyn FnMut(SheetEvent)) -> Result<(), String> {
        self.go_to(at, notify)?;
        self.text.push_str(text);
        Ok(())
    }

    fn go_to(&mut self, (row, column): (u32, u32), notify: &mut dyn FnMut(SheetEvent)) -> Result<(), String> {
        let (first, last) = self.columns;
        if !(first..=last).contains(&column) || (row, column) < (self.row, self.column) {
            return Err(format!(
                "The cell {} is stored twice, and one of the two would be lost. Open the workbook in a spreadsheet and \
                 save it again.",
                reference((row, column))
            ));
        }
        while self.row < row {
            self.end_row(notify);
        }
        self.pass_to(column);
        self.column = column + 1;
        Ok(())
    }

    /// The rest of the text; how many dates there were.
    pub fn finish(mut self, notify: &mut dyn FnMut(SheetEvent)) -> u64 {
        self.end_row(notify);
        notify(SheetEvent::Text(self.text));
        self.dates
    }

    /// A comma for every column that was passed; `self.column` has its value already when it is beyond the first.
    fn pass_to(&mut self, column: u32) {
        let (first, _) = self.columns;
        let written = self.column.max(first + 1);
        self.text.extend(std::iter::repeat_n(',', (column.max(first) + 1).saturating_sub(written) as usize));
    }

    /// A row without cells is a blank line.
    fn end_row(&mut self, notify: &mut dyn FnMut(SheetEvent)) {
        let (first, last) = self.columns;
        if self.column > first {
            self.pass_to(last);
        }
        self.text.push('\n');
        self.row += 1;
        self.column = first;
        if self.text.len() > CHUNK {
            notify(SheetEvent::Text(std::mem::replace(&mut self.text, String::with_capacity(2 * CHUNK))));
        }
    }
}

/// Cells that are stored in any order, as text, until all of them are there.
#[derive(Default)]
pub struct Placed {
    /// Place, and where its text ends; it begins where that of the cell before ends.
    cells: Vec<((u32, u32), usize)>,
    text: String,
    dates: u64,
}

impl Placed {
    /// The next cell as it is stored; empty ones may be left out.
    pub fn keep(&mut self, at: (u32, u32), value: &DataRef<'_>) {
        if *value != DataRef::Empty {
            self.dates += u64::from(write_value(&mut self.text, value));
            self.cells.push((at, self.text.len()));
        }
    }

    /// Writes all of them in order.
    ///
    /// # Errors
    /// When one is stored twice.
    pub fn write(self, writer: &mut Writer, notify: &mut dyn FnMut(SheetEvent)) -> Result<(), String> {
        let mut start = 0;
        let placed = self.cells.into_iter().map(|(at, end)| (at, std::mem::replace(&mut start, end)..end));
        let mut placed: Vec<_> = placed.collect();
        placed.sort_unstable_by_key(|(at, _)| *at);
        for (at, range) in placed {
            writer.made(at, self.text.get(range).unwrap_or_default(), notify)?;
        }
        writer.dates += self.dates;
        Ok(())
    }
}

/// Whether it was a date or a time.
fn write_value(text: &mut String, value: &DataRef<'_>) -> bool {
    let mut date_or_time = false;
    // Writing into a string cannot fail.
    let _ = match value {
        DataRef::Int(number) => write!(text, "{number}"),
        DataRef::Float(number) if *number != 0.0 && !(1e-5..1e15).contains(&number.abs()) => {
            write!(text, "{number:e}")
        }
        DataRef::Float(number) => write!(text, "{number}"),
        DataRef::Bool(true) => write!(text, "TRUE"),
        DataRef::Bool(false) => write!(text, "FALSE"),
        DataRef::Error(CellErrorType::NA) => write!(text, "NA"),
        DataRef::Error(error) => write!(text, "{error}"),
        DataRef::DateTime(duration) if duration.is_duration() => write!(text, "{}", duration.as_f64()),
        DataRef::DateTime(date) => {
            date_or_time = true;
            write_date(text, date)
        }
        DataRef::DateTimeIso(date) | DataRef::DurationIso(date) => {
            date_or_time = true;
            quote(text, date)
        }
        DataRef::String(string) => quote(text, string),
        DataRef::SharedString(string) => quote(text, string),
        DataRef::Empty => Ok(()),
    };
    date_or_time
}

/// As `2026-11-23`, `2026-11-23 09:30:00` or `09:30:00`.
fn write_date(text: &mut String, date: &ExcelDateTime) -> std::fmt::Result {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let value = date.as_f64();
    if value >= 1.0 {
        write!(text, "{year:04}-{month:02}-{day:02}")?;
    }
    if value < 1.0 || value.fract() != 0.0 {
        let space = if value >= 1.0 { " " } else { "" };
        write!(text, "{space}{hour:02}:{minute:02}:{second:02}")?;
    }
    Ok(())
}

fn quote(text: &mut String, string: &str) -> std::fmt::Result {
    if string.contains([',', '"', '\n', '\r']) {
        write!(text, "\"{}\"", string.replace('"', "\"\""))
    } else {
        text.push_str(string);
        Ok(())
    }
}
