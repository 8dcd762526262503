//! Why a table could not be read, with the place, what was found and what would be accepted.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Delimiter;

/// Why a table could not be read. Lines, rows and columns count from 1; a row is a record below the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadError {
    /// No bytes, or only blank lines.
    Empty,
    /// Names of columns, but no row below them.
    OnlyHeader { columns: usize },
    /// Rows, but no column of numbers. `example` is a column and what it holds on `line`.
    NoNumbers { rows: usize, columns: usize, example: String, line: u64, found: String },
    /// A row with more or fewer fields than the first.
    Ragged { line: u64, expected: usize, found: usize, delimiter: Delimiter },
    /// A quote that opens on this line and is never closed (or not within the limit of a field).
    UnclosedQuote { line: u64 },
    /// Bytes that are not UTF-8 (or UTF-16); `found` is where they stand, escaped.
    NotUnicode { line: u64, found: String },
    /// Not a table of text at all; `found` says what it looks like, `advice` what to do.
    NotText { found: String, advice: String },
    /// The line that was to be the first of the table is not there, or too far down.
    NoSuchLine { asked: u64, lines: u64 },
    /// A text that holds a byte of zero.
    ZeroByte { line: u64 },
    /// More columns than anybody can look at.
    TooWide { line: u64, columns: usize, limit: usize },
    /// Rows that should become columns, and are too many.
    TooLong { rows: usize, limit: usize },
    /// Would take more memory than there is.
    TooLarge { rows: u64, columns: usize, bytes: u64, limit: u64 },
    /// An infinite or too large number in a column of numbers.
    Infinite { line: u64, row: u64, column: String, found: String },
    /// A line of more than `limit` bytes.
    LongLine { line: u64, limit: usize },
    /// Text where only numbers are wanted, see [`super::parse_numbers`].
    NotNumber { line: u64, column: usize, found: String },
}

/// The kinds of [`ReadError`], for those who only ask which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReadErrorKind {
    Empty,
    OnlyHeader,
    NoNumbers,
    Ragged,
    UnclosedQuote,
    NotUnicode,
    NotText,
    NoSuchLine,
    ZeroByte,
    TooWide,
    TooLong,
    TooLarge,
    Infinite,
    LongLine,
    NotNumber,
}

impl ReadError {
    pub fn kind(&self) -> ReadErrorKind {
        match self {
            Self::Empty => ReadErrorKind::Empty,
            Self::OnlyHeader { .. } => ReadErrorKind::OnlyHeader,
            Self::NoNumbers { .. } => ReadErrorKind::NoNumbers,
            Self::Ragged { .. } => ReadErrorKind::Ragged,
            Self::UnclosedQuote { .. } => ReadErrorKind::UnclosedQuote,
            Self::NotUnicode { .. } => ReadErrorKind::NotUnicode,
            Self::NotText { .. } => ReadErrorKind::NotText,
            Self::NoSuchLine { .. } => ReadErrorKind::NoSuchLine,
            Self::ZeroByte { .. } => ReadErrorKind::ZeroByte,
            Self::TooWide { .. } => ReadErrorKind::TooWide,
            Self::TooLong { .. } => ReadErrorKind::TooLong,
            Self::TooLarge { .. } => ReadErrorKind::TooLarge,
            Self::Infinite { .. } => ReadErrorKind::Infinite,
            Self::LongLine { .. } => ReadErrorKind::LongLine,
            Self::NotNumber { .. } => ReadErrorKind::NotNumber,
        }
    }

    /// The line it is about, from 1.
    pub fn line(&self) -> Option<u64> {
        match *self {
            Self::NoNumbers { line, .. }
            | Self::Ragged { line, .. }
            | Self::UnclosedQuote { line }
            | Self::NotUnicode { line, .. }
            | Self::ZeroByte { line }
            | Self::TooWide { line, .. }
            | Self::Infinite { line, .. }
            | Self::LongLine { line, .. }
            | Self::NotNumber { line, .. } => Some(line),
            Self::Empty
            | Self::OnlyHeader { .. }
            | Self::NotText { .. }
            | Self::NoSuchLine { .. }
            | Self::TooLong { .. }
            | Self::TooLarge { .. } => None,
        }
    }
}

impl ReadError {
    /// That these bytes are no text.
    #[cold]
    pub(super) fn not_unicode(line: u64, bytes: &[u8]) -> Self {
        const SHOWN: usize = 16;
        let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let (start, end) = (valid.saturating_sub(SHOWN), bytes.len().min(valid + SHOWN));
        Self::NotUnicode { line, found: bytes[start..end].escape_ascii().to_string() }
    }
}

/// In thousands or millions.
struct Roughly(u64);

impl fmt::Display for Roughly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            rows @ ..10_000 => write!(f, "{rows}"),
            rows @ ..10_000_000 => write!(f, "{} thousand", rows / 1000),
            rows => write!(f, "{} million", rows / 1_000_000),
        }
    }
}

/// With one decimal, rounded up.
struct Gigabytes(u64);

impl fmt::Display for Gigabytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.0.div_ceil(100_000_000);
        write!(f, "{}.{}", tenths / 10, tenths % 10)
    }
}

impl std::error::Error for ReadError {}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "There is nothing in it. Needed: at least one row with a number."),
            Self::OnlyHeader { columns } => {
                write!(f, "There are only column names ({columns}). Needed: at least one row of values below them.")
            }
            Self::NoNumbers { rows, columns, found, .. } if found.is_empty() => write!(
                f,
                "All values are missing (rows: {rows}, columns: {columns}). Needed: at least one column of numbers."
            ),
            Self::NoNumbers { rows, columns, example, line, found } => write!(
                f,
                "No column holds only numbers (rows: {rows}, columns: {columns}); \u{201c}{example}\u{201d} holds \
                 \u{201c}{found}\u{201d} on line {line}. Needed: at least one column of numbers. Is the delimiter right?"
            ),
            Self::Ragged { line, expected, found, delimiter } => write!(
                f,
                "Line {line} has {found} field{}; expected {expected}, as in the first row. The delimiter is taken to \
                 be a {}; a field that contains one needs quotes around it.",
                if *found == 1 { "" } else { "s" },
                delimiter.name()
            ),
            Self::UnclosedQuote { line } => {
                write!(
                    f,
                    "The quote (\") that opens on line {line} is never closed. Expected: another \" at its end. Found: the end of the data."
                )
            }
            Self::NotUnicode { line, found } => write!(
                f,
                "Line {line} is not valid UTF-8: it holds \u{201c}{found}\u{201d}. Expected: UTF-8 or UTF-16; save the \
                 file as \u{201c}CSV UTF-8\u{201d}."
            ),
            Self::NotText { found, advice } => {
                write!(
                    f,
                    "It is {found}. Expected: a text file with one row per line, such as CSV, an .xlsx or .ods workbook, or an array of \
                     NumPy (.npy, .npz)."
                )?;
                write!(f, "{}{advice}", if advice.is_empty() { "" } else { " " })
            }
            Self::NoSuchLine { asked, lines } => {
                write!(f, "The table cannot start on line {asked}. Expected: a line from 1 to {lines}.")
            }
            Self::ZeroByte { line } => write!(
                f,
                "It is a text, but line {line} holds a NUL byte (zero), as a crash while writing can leave behind. Expected: \
                 only letters, digits and marks. Open it in a text editor, delete these bytes or lines, and save it."
            ),
            Self::TooWide { line, columns, limit } => write!(
                f,
                "Line {line} has {columns} columns; up to {limit} can be looked at here. Are rows and columns swapped? \
                 Otherwise leave columns out."
            ),
            Self::TooLong { rows, limit } => write!(
                f,
                "It has {rows} rows, which would become columns; up to {limit} can be looked at here. Leave rows and \
                 columns as they are."
            ),
            Self::TooLarge { rows, columns, bytes, limit } => write!(
                f,
                "It has about {} rows of {columns} columns, which takes about {} GB of memory; a browser gives a page \
                 4 GB at most, and here {} GB are the limit. Leave out columns, or take every tenth row.",
                Roughly(*rows),
                Gigabytes(*bytes),
                Gigabytes(*limit)
            ),
            Self::Infinite { line, row, column, found } => write!(
                f,
                "Line {line} (row {row}), column \u{201c}{column}\u{201d} holds {found}. Expected: a finite number up \
                 to about 1.8e308, or nothing for a missing value."
            ),
            Self::LongLine { line, limit } => {
                write!(f, "Line {line} is longer than {limit} bytes. Expected: one row per line.")
            }
            Self::NotNumber { line, column, found } => {
                write!(f, "Line {line}, column {column} holds \u{201c}{found}\u{201d}. Expected: a number.")
            }
        }
    }
}
