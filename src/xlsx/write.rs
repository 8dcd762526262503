//! Cells, which come in order, as lines of comma separated values.

use std::fmt::Write;

use calamine::{CellErrorType, DataRef, ExcelDateTime};

use super::{Extent, Told};

/// Text is told in parts of about this size.
const CHUNK: usize = 1 << 18;

pub struct Writer {
    extent: Extent,
    text: String,
    /// Where the next cell would be written.
    row: u32,
    column: u32,
    dates: u64,
}

impl Writer {
    pub fn new(extent: Extent) -> Self {
        Self { extent, text: String::with_capacity(2 * CHUNK), row: 0, column: extent.columns.0, dates: 0 }
    }

    /// The next cell that is not empty. Rows come in order, and so do the cells of a row; what does not, is left out.
    pub fn cell(&mut self, row: u32, column: u32, value: &DataRef<'_>, tell: &mut dyn FnMut(Told)) {
        let (first, last) = self.extent.columns;
        if *value == DataRef::Empty || !(first..=last).contains(&column) || (row, column) < (self.row, self.column) {
            return;
        }
        while self.row < row {
            self.end_row(tell);
        }
        self.go_to(column);
        self.value(value);
        self.column = column + 1;
    }

    /// The rest of the text; how many dates there were.
    pub fn finish(mut self, tell: &mut dyn FnMut(Told)) -> u64 {
        self.end_row(tell);
        tell(Told::Text(self.text));
        self.dates
    }

    /// A comma for every column that was passed; `self.column` has its value already when it is beyond the first.
    fn go_to(&mut self, column: u32) {
        let (first, _) = self.extent.columns;
        let written = self.column.max(first + 1);
        self.text.extend(std::iter::repeat_n(',', (column.max(first) + 1).saturating_sub(written) as usize));
    }

    /// A row without cells is a blank line.
    fn end_row(&mut self, tell: &mut dyn FnMut(Told)) {
        let (first, last) = self.extent.columns;
        if self.column > first {
            self.go_to(last);
        }
        self.text.push('\n');
        self.row += 1;
        self.column = first;
        if self.text.len() > CHUNK {
            tell(Told::Text(std::mem::replace(&mut self.text, String::with_capacity(2 * CHUNK))));
        }
    }

    fn value(&mut self, value: &DataRef<'_>) {
        let text = &mut self.text;
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
                self.dates += 1;
                write_date(text, date)
            }
            DataRef::DateTimeIso(date) | DataRef::DurationIso(date) => {
                self.dates += 1;
                quote(text, date)
            }
            DataRef::String(string) => quote(text, string),
            DataRef::SharedString(string) => quote(text, string),
            DataRef::Empty => Ok(()),
        };
    }
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
