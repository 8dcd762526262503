//! From bytes cut anywhere to rows of the table.
//!
//! Lines are read in place, field by field. From a field with doubled quotes or line breaks in its quotes to the end of
//! its record, csv-core reads: a quote inside a field that does not begin with one is an ordinary character, for both.

use memchr::{memchr2, memchr3, memrchr2};

use super::asides::Asides;
use super::options::Rules;
use super::quoted::{LineCounter, Quoted};
use super::table::{Keep, TableReader};
use super::{CsvNote, Decimal, Dialect, ReadError};

/// More bytes than this in a line or a quoted record are taken for a mistake.
const LONGEST_LINE: usize = 1 << 24;

/// More columns than this are taken for rows: so many no list shows and no spreadsheet has.
pub(crate) const MOST_COLUMNS: usize = 20_000;

pub(super) struct Records {
    dialect: Dialect,
    keep: Keep,
    rules: Rules,
    decimals: Vec<Decimal>,
    /// From the first record on.
    table: Option<TableReader>,
    /// The line that the next byte is on.
    line: u64,
    n_blank: u64,
    asides: Asides,
    /// A line that has not come to its end.
    pending: Vec<u8>,
    quoted: Quoted,
    /// Fields of the record that were read before csv-core took over.
    n_before: usize,
    /// Line breaks in what csv-core took of the record.
    breaks: LineCounter,
    /// The record ended with `\r`; a `\n` would belong to it.
    skip_newline: bool,
    rows_expected: usize,
    /// Leaves every record to csv-core, so that tests can compare.
    all_quoted: bool,
}

impl Records {
    pub fn new(dialect: Dialect, keep: Keep, rules: Rules, rows_expected: usize, all_quoted: bool) -> Self {
        Self {
            dialect,
            keep,
            rules,
            decimals: Vec::new(),
            table: None,
            line: 1,
            n_blank: 0,
            asides: Asides::default(),
            pending: Vec::new(),
            quoted: Quoted::new(dialect.delimiter),
            n_before: 0,
            breaks: LineCounter::default(),
            skip_newline: false,
            rows_expected,
            all_quoted,
        }
    }

    /// Columns that have a decimal mark of their own, when the sample told so.
    pub fn with_decimals(self, decimals: Vec<Decimal>) -> Self {
        Self { decimals, ..self }
    }

    /// What comes next is on this line.
    pub fn go_to_line(&mut self, line: u64) {
        self.line = line;
    }

    pub fn line(&self) -> u64 {
        self.line
    }

    pub fn n_rows(&self) -> usize {
        self.table.as_ref().map_or(0, TableReader::n_rows)
    }

    pub fn n_columns(&self) -> usize {
        self.table.as_ref().map_or(0, TableReader::n_columns)
    }

    pub fn push(&mut self, mut chunk: &[u8]) -> Result<(), ReadError> {
        while !self.pending.is_empty() && !chunk.is_empty() {
            let line_break = memchr2(b'\n', b'\r', chunk);
            let (head, rest) = chunk.split_at(line_break.map_or(chunk.len(), |index| index + 1));
            self.pending.extend_from_slice(head);
            chunk = rest;
            if line_break.is_some() || self.pending.len() > LONGEST_LINE {
                let mut pending = std::mem::take(&mut self.pending);
                let taken = self.take(&pending)?;
                pending.drain(..taken);
                self.pending = pending;
            }
        }
        if !chunk.is_empty() {
            let taken = self.take(chunk)?;
            self.pending.extend_from_slice(&chunk[taken..]);
        }
        Ok(())
    }

    /// The table, the number of blank lines and what is to be told of other lines; no table when there was no record.
    pub fn finish(mut self) -> Result<(Option<TableReader>, u64, Vec<CsvNote>), ReadError> {
        if !self.pending.is_empty() {
            let mut pending = std::mem::take(&mut self.pending);
            if pending.last() == Some(&b'\r') {
                pending.push(b'\n');
            } else {
                pending.extend_from_slice(b"\n");
            }
            self.take(&pending)?;
        }
        if self.quoted.in_record() {
            let line = self.line + self.quoted.lines_before_open_field();
            self.feed_quoted(b"\n")?;
            if self.quoted.in_record() {
                return Err(ReadError::UnclosedQuote { line });
            }
        }
        let notes = self.table.as_ref().map_or_else(|| Ok(Vec::new()), |table| self.asides.finish(table))?;
        Ok((self.table, self.n_blank, notes))
    }

    /// Reads all records that are complete, and of one with quotes also its beginning: how many bytes were taken.
    fn take(&mut self, bytes: &[u8]) -> Result<usize, ReadError> {
        let mut at = 0;
        if std::mem::take(&mut self.skip_newline) && bytes.first() == Some(&b'\n') {
            at = 1;
        }
        let whole_lines = at + end_of_last_line(&bytes[at..]);
        while at < bytes.len() {
            if self.quoted.in_record() {
                at += self.feed_quoted(&bytes[at..])?;
                continue;
            }
            if at >= whole_lines {
                break;
            }
            at += self.lines(&bytes[at..whole_lines])?;
            if at < whole_lines {
                // A quote: csv-core may need bytes beyond the last line break, which may be inside the quotes.
                at += self.feed_quoted(&bytes[at..])?;
            }
        }
        if bytes.len() - at > LONGEST_LINE {
            return Err(ReadError::LongLine { line: self.line, limit: LONGEST_LINE });
        }
        Ok(at)
    }

    /// Reads whole lines, up to the first field that begins with a quote: how many bytes were taken.
    fn lines(&mut self, bytes: &[u8]) -> Result<usize, ReadError> {
        let mut at = 0;
        while self.table.is_none() {
            if at == bytes.len() {
                return Ok(at);
            }
            let line = &bytes[at..at + memchr2(b'\n', b'\r', &bytes[at..]).unwrap_or(bytes.len() - at)];
            let fields: Vec<Vec<u8>> =
                line.split(|&byte| byte == self.dialect.delimiter.byte()).map(<[u8]>::to_vec).collect();
            let has_quotes = fields.iter().any(|field| field.starts_with(b"\""));
            if has_quotes || (self.all_quoted && !line.is_empty()) {
                self.n_before = 0;
                return Ok(at);
            }
            self.first(&fields)?;
            at = after_line_break(bytes, at + line.len());
            self.line += 1;
        }
        let Some(table) = &mut self.table else { return Ok(at) };
        let (delimiter, decimal, n) = (self.dialect.delimiter.byte(), self.dialect.bare_decimal(), table.n_columns());
        while at < bytes.len() {
            if !self.all_quoted {
                let n_rows = table.n_rows();
                at = table.plain_rows(bytes, at);
                self.line += (table.n_rows() - n_rows) as u64;
                if at == bytes.len() {
                    break;
                }
            }
            if let Some(length) = self.asides.take(&bytes[at..], table, self.line) {
                at = after_line_break(bytes, at + length);
                self.line += 1;
                continue;
            }
            if is_line_break(bytes[at]) {
                at = after_line_break(bytes, at);
                self.line += 1;
                self.n_blank += 1;
                continue;
            }
            let start = at;
            let mut column = 0;
            loop {
                let end = match normlab_digits::plain(bytes, at, decimal) {
                    Some(number)
                        if column < n
                            && !self.all_quoted
                            && bytes.get(number.end).is_some_and(|&byte| byte == delimiter || is_line_break(byte))
                            && table.plain(column, &number) =>
                    {
                        number.end
                    }
                    _ if bytes[at] == b'"' || self.all_quoted => {
                        let field = simply_quoted(&bytes[at..], delimiter).filter(|_| !self.all_quoted);
                        // Alone on its line, a blank one makes the line blank: csv-core's path knows.
                        let Some(field) = field.filter(|field| column > 0 || !field.trim_ascii().is_empty()) else {
                            self.n_before = column;
                            return Ok(at);
                        };
                        if column < n {
                            table.field(column, field, self.line)?;
                        }
                        at + field.len() + 2
                    }
                    _ => {
                        let length = memchr3(delimiter, b'\n', b'\r', &bytes[at..]).unwrap_or(bytes.len() - at);
                        if column < n {
                            table.field(column, &bytes[at..at + length], self.line)?;
                        }
                        at + length
                    }
                };
                column += 1;
                at = end;
                if bytes.get(end) != Some(&delimiter) {
                    break;
                }
                at += 1;
            }
            if at - start > LONGEST_LINE {
                return Err(ReadError::LongLine { line: self.line, limit: LONGEST_LINE });
            }
            if column == n {
                table.end_row();
            } else if column == 1 && bytes[start..at].trim_ascii().is_empty() {
                self.n_blank += 1;
            } else {
                return Err(self.ragged(column));
            }
            at = after_line_break(bytes, at);
            self.line += 1;
        }
        Ok(at)
    }

    /// The first record makes the table. A blank one does not.
    fn first(&mut self, fields: &[Vec<u8>]) -> Result<(), ReadError> {
        if let [only] = fields
            && only.trim_ascii().is_empty()
        {
            self.n_blank += 1;
            return Ok(());
        }
        let columns = fields.len();
        if columns > MOST_COLUMNS && self.keep == Keep::Columns {
            return Err(ReadError::TooWide { line: self.line, columns, limit: MOST_COLUMNS });
        }
        let table = self.table.insert(TableReader::new(
            self.dialect,
            self.keep,
            self.rules,
            &self.decimals,
            fields,
            self.line,
        )?);
        table.reserve(self.rows_expected);
        Ok(())
    }

    /// Gives csv-core bytes up to the end of the record: how many it took. The first byte is not a line break.
    fn feed_quoted(&mut self, bytes: &[u8]) -> Result<usize, ReadError> {
        let (mut taken, complete) = self.quoted.feed(bytes);
        self.breaks.count(&bytes[..taken]);
        if self.quoted.len() > LONGEST_LINE {
            return Err(ReadError::UnclosedQuote { line: self.line + self.quoted.lines_before_open_field() });
        }
        if !complete {
            return Ok(taken);
        }
        if taken > 0 && bytes[taken - 1] == b'\r' {
            match bytes.get(taken) {
                Some(b'\n') => taken += 1,
                Some(_) => {}
                None => self.skip_newline = true,
            }
        }
        let mut n = self.n_before;
        if let Some(table) = &mut self.table {
            let mut blank = true;
            for field in self.quoted.fields() {
                if n < table.n_columns() {
                    table.field(n, field, self.line)?;
                }
                blank &= field.trim_ascii().is_empty();
                n += 1;
            }
            if n == table.n_columns() {
                table.end_row();
            } else if n == 1 && blank {
                self.n_blank += 1;
            } else {
                return Err(self.ragged(n));
            }
        } else {
            let fields: Vec<_> = self.quoted.fields().map(<[u8]>::to_vec).collect();
            self.first(&fields)?;
        }
        self.line += std::mem::take(&mut self.breaks).lines;
        Ok(taken)
    }

    #[cold]
    fn ragged(&self, found: usize) -> ReadError {
        let expected = self.table.as_ref().map_or(0, TableReader::n_columns);
        ReadError::Ragged { line: self.line, expected, found, delimiter: self.dialect.delimiter }
    }
}

/// What stands between the quotes of a field without doubled quotes and line breaks.
fn simply_quoted(bytes: &[u8], delimiter: u8) -> Option<&[u8]> {
    let end = memchr::memchr(b'"', &bytes[1..])? + 1;
    let after = *bytes.get(end + 1)?;
    let field = &bytes[1..end];
    (after == delimiter || is_line_break(after)).then_some(field).filter(|field| memchr2(b'\n', b'\r', field).is_none())
}

fn is_line_break(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

/// The index behind the line break at `at`.
fn after_line_break(bytes: &[u8], at: usize) -> usize {
    at + if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 }
}

/// The index behind the last line break that is certainly whole: a `\r` at the very end may be half of one.
fn end_of_last_line(bytes: &[u8]) -> usize {
    let certain = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    memrchr2(b'\n', b'\r', certain).map_or(0, |index| index + 1)
}
