//! The reader: bytes in, a data set out.

use super::{Decimal, Delimiter, Dialect, Note, ReadError};
use crate::data::Dataset;

/// What is known beforehand; `None` is found out from the first 64 kB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    pub delimiter: Option<Delimiter>,
    /// Whether the first record holds the names of the columns.
    pub header: Option<bool>,
    /// A decimal comma counts only when the delimiter is not a comma.
    pub decimal: Option<Decimal>,
    /// How many bytes will come, if known: saves growing in steps. Need not be exact.
    pub size: Option<u64>,
}

/// A table that was read, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub dataset: Dataset,
    pub dialect: Dialect,
    pub notes: Vec<Note>,
}

/// Reads a table from chunks of bytes cut anywhere.
pub struct Reader {
    options: ReadOptions,
}

impl Reader {
    pub fn new(options: ReadOptions) -> Self {
        Self { options }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`ReadError`] as soon as something is wrong; the reader is of no more use then.
    pub fn push(&mut self, _chunk: &[u8]) -> Result<(), ReadError> {
        let _ = &self.options;
        todo!()
    }

    /// Rows read so far, for a progress line.
    pub fn rows(&self) -> usize {
        todo!()
    }

    /// There are no more bytes: the table, called `name`.
    ///
    /// # Errors
    /// [`ReadError`] when the last record is wrong or there is no column of numbers.
    pub fn finish(self, _name: &str) -> Result<Read, ReadError> {
        todo!()
    }
}

/// All numbers of a table of nothing but numbers (and missing values), row by row, header left out if there is one.
///
/// # Errors
/// As [`Reader`]; text in a row is [`ReadError::NotNumber`].
pub fn parse_numbers(_bytes: &[u8]) -> Result<Vec<f64>, ReadError> {
    todo!()
}
