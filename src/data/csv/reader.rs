//! The reader: bytes in, a data set out.

use super::blanks::{Squeezer, squeezed};
use super::decode::{Decoder, Invalid, from_windows_1252, is_windows_1252};
use super::finish::Finished;
use super::printed::{self, Printed};
use super::quoted::LineCounter;
use super::records::Records;
use super::sniff::{self, SAMPLE};
use super::table::{Keep, TableReader};
use super::{CsvNote, CsvReading, Decimal, Delimiter, Dialect, ReadError, ReadOptions};
use crate::{Dataset, memory};

/// A table that was read, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct CsvRead {
    pub dataset: Dataset,
    pub reading: CsvReading,
    pub notes: Vec<CsvNote>,
    /// What was chosen.
    pub options: ReadOptions,
}

/// Reads a table from chunks of bytes cut anywhere: inside a character, inside quotes, between `\r` and `\n`.
///
/// - Delimiter, header and decimal separator are found out from the first 64 kB unless [`ReadOptions`] say them.
/// - UTF-8 or UTF-16, with or without byte order mark; a beginning that is no UTF-8 is Windows-1252. Lines end with `\n`,
///   `\r\n` or `\r`; blank lines are left out. Fields may be quoted, with doubled quotes and line breaks inside (RFC 4180).
/// - Empty fields and `NA N/A NaN null ? - . ..` and the like (see `number::classify`; white space around) are missing. A
///   column whose other fields are all numbers is numeric, each number the f64 nearest to what is written; numbers with a
///   currency or percent sign, thousands marks or in parentheses are read too, unless [`ReadOptions`] say otherwise. Any
///   other column is text, with every string as it was written.
pub struct CsvReader {
    options: ReadOptions,
    keep: Keep,
    decoder: Decoder,
    /// The first bytes, until there are enough to sniff.
    sample: Vec<u8>,
    /// From then on.
    records: Option<(Dialect, Records)>,
    /// [`SAMPLE`], and for tests less.
    sample_size: usize,
    all_quoted: bool,
    /// Found out with the dialect.
    windows_1252: bool,
    /// When runs of blanks separate the fields.
    squeezer: Option<Squeezer>,
    /// What is to be told of the beginning.
    notes: Vec<CsvNote>,
    /// Bytes that have come.
    n_bytes: u64,
}

/// What there is when all bytes have come.
struct Ended {
    dialect: Dialect,
    table: TableReader,
    n_blank: u64,
    notes: Vec<CsvNote>,
}

impl CsvReader {
    pub fn new(options: ReadOptions) -> Self {
        Self::with(options, Keep::Columns, false)
    }

    fn with(options: ReadOptions, keep: Keep, all_quoted: bool) -> Self {
        Self {
            options,
            keep,
            decoder: Decoder::default(),
            sample: Vec::new(),
            records: None,
            sample_size: SAMPLE,
            all_quoted,
            windows_1252: false,
            squeezer: None,
            notes: Vec::new(),
            n_bytes: 0,
        }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`ReadError`] as soon as something is wrong; the reader is of no more use then.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), ReadError> {
        let mut decoded = String::new();
        match self.decoder.push(chunk, &mut decoded) {
            Ok(text) => self.text(&text),
            Err(Invalid) => {
                // What comes before is read first: it may hold an earlier error, and it counts the lines.
                self.text(decoded.as_bytes())?;
                Err(self.not_utf16())
            }
        }?;
        self.n_bytes += chunk.len() as u64;
        self.check_memory()
    }

    /// Rows read so far, for a progress line.
    pub fn n_rows(&self) -> usize {
        self.records.as_ref().map_or(0, |(_, records)| records.n_rows())
    }

    /// There are no more bytes: the table, called `name`.
    ///
    /// # Errors
    /// [`ReadError`] when the last record is wrong, there is no row, there is no column of numbers, or such a column
    /// holds an infinite one.
    pub fn finish(self, name: &str) -> Result<CsvRead, ReadError> {
        let options = self.options.clone();
        let Ended { dialect, table, n_blank, notes: mut told } = self.end()?;
        let Finished { dataset, mut notes, marked, words } = table.finish(name, &options)?;
        told.append(&mut notes);
        let mut notes = told;
        if n_blank > 0 {
            notes.push(CsvNote::BlankLines(n_blank));
        }
        let reading = CsvReading { dialect, marked, words, sheets: Vec::new(), sheet: 0 };
        Ok(CsvRead { dataset, reading, notes, options })
    }

    fn end(mut self) -> Result<Ended, ReadError> {
        match self.decoder.finish() {
            Ok(text) => self.text(&text)?,
            Err(Invalid) => return Err(self.not_utf16()),
        }
        if self.records.is_none() {
            self.begin(true)?;
        }
        let mut notes = self.notes;
        let (dialect, records) = self.records.ok_or(ReadError::Empty)?;
        let (table, n_blank, asides) = records.finish()?;
        notes.extend(asides);
        Ok(Ended { dialect, table: table.ok_or(ReadError::Empty)?, n_blank, notes })
    }

    fn text(&mut self, mut text: &[u8]) -> Result<(), ReadError> {
        while self.records.is_none() && !text.is_empty() {
            let (head, rest) = text.split_at(text.len().min(self.sample_size - self.sample.len()));
            self.sample.extend_from_slice(head);
            text = rest;
            if self.sample.len() < self.sample_size {
                break;
            }
            // A line of ten thousand names alone says little about the table.
            let few = memchr::memchr2_iter(b'\n', b'\r', &self.sample).nth(sniff::LINES).is_none();
            if (few || printed::may_be(&self.sample)) && self.sample_size < sniff::LARGEST_SAMPLE {
                self.sample_size *= 2;
            } else {
                self.begin(false)?;
            }
        }
        match &mut self.records {
            Some((_, records)) if !text.is_empty() && self.windows_1252 => {
                records.push(&squeezed(&mut self.squeezer, &from_windows_1252(text)))
            }
            Some((_, records)) if !text.is_empty() && self.squeezer.is_some() => {
                records.push(&squeezed(&mut self.squeezer, text))
            }
            Some((_, records)) if !text.is_empty() => records.push(text),
            _ => Ok(()),
        }
    }

    /// Sniffs the sample, then reads it.
    fn begin(&mut self, whole: bool) -> Result<(), ReadError> {
        let mut sample = std::mem::take(&mut self.sample);
        if whole && let Some(printed) = printed::read(&sample)? {
            return self.begin_printed(printed);
        }
        sniff::check_text(&sample)?;
        if is_windows_1252(&sample) {
            self.notes.push(CsvNote::Windows1252);
            self.windows_1252 = true;
            sample = from_windows_1252(&sample);
        }
        let sniffed = sniff::sniff(&sample, whole, &self.options)?;
        // A little more than expected: growing would copy everything.
        let rows = if whole { 0.0 } else { self.options.size.unwrap_or(0) as f64 / sniffed.record_bytes * 1.02 };
        let records = Records::new(sniffed.dialect, self.keep, self.options.rules(), rows as usize, self.all_quoted);
        let records = records.with_decimals(sniffed.decimals);
        let (_, records) = self.records.insert((sniffed.dialect, records));
        self.notes.extend(sniffed.cut.note);
        let decimal = sniffed.dialect.decimal;
        self.notes.extend(sniffed.ambiguous.map(|found| CsvNote::Ambiguous { found, decimal }));
        self.notes.extend(sniffed.numbers_as_names.map(|(first, last)| CsvNote::NumbersAsNames { first, last }));
        let aligned = sniffed.aligned.map(|(text, squeezer)| {
            self.squeezer = Some(squeezer);
            text
        });
        if let Some((line, mut names)) = sniffed.cut.names {
            names.push(b'\n');
            records.go_to_line(line);
            records.push(&names)?;
        }
        records.go_to_line(sniffed.cut.line);
        records.push(&aligned.as_deref().unwrap_or(&sample[sniffed.top..])[sniffed.cut.start..])
    }

    /// What a program printed is read as the table that it is.
    fn begin_printed(&mut self, printed: Printed) -> Result<(), ReadError> {
        let header = self.options.header.unwrap_or(printed.header);
        let dialect = Dialect { delimiter: Delimiter::Comma, header, decimal: Decimal::Point };
        self.notes.push(printed.note);
        let records = Records::new(dialect, self.keep, self.options.rules(), 0, self.all_quoted);
        self.records.insert((dialect, records)).1.push(&printed.text)
    }

    fn not_utf16(&self) -> ReadError {
        let line = match &self.records {
            Some((_, records)) => records.line(),
            None => {
                let mut counter = LineCounter::default();
                counter.count(&self.sample);
                counter.lines + 1
            }
        };
        ReadError::NotUnicode { line, found: "half a character of UTF-16".into() }
    }

    /// The table must fit: as many rows are expected as the bytes so far promise.
    fn check_memory(&self) -> Result<(), ReadError> {
        let Some((_, records)) = &self.records else { return Ok(()) };
        let (rows, columns) = (records.n_rows() as u64, records.n_columns());
        let more = self.options.size.map_or(1.0, |size| size as f64 / self.n_bytes.max(1) as f64);
        let rows = (rows as f64 * more.max(1.0)) as u64;
        let bytes = memory::needed(rows, columns);
        if bytes <= memory::LIMIT {
            Ok(())
        } else {
            Err(ReadError::TooLarge { rows, columns, bytes, limit: memory::LIMIT })
        }
    }
}

/// All numbers of a table of nothing but numbers (and missing values), row by row, header left out if there is one.
///
/// # Errors
/// As [`CsvReader`]; text in a row is [`ReadError::NotNumber`].
pub fn parse_numbers(bytes: &[u8]) -> Result<Vec<f64>, ReadError> {
    let options = ReadOptions { size: Some(bytes.len() as u64), ..ReadOptions::default() };
    let mut reader = CsvReader::with(options, Keep::Rows, false);
    // Cut: what is decoded before it is known how is copied.
    let (head, rest) = bytes.split_at(bytes.len().min(SAMPLE));
    reader.push(head)?;
    reader.push(rest)?;
    reader.end()?.table.finish_rows()
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
