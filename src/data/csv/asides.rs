//! Lines among the rows that are no data: comments, and what stands below the table.

use memchr::{memchr, memchr_iter, memchr2};

use super::layout::comment;
use super::number::{self, FieldKind};
use super::shown::shown;
use super::table::TableReader;
use super::{CsvNote, ReadError};

/// More lines than this below a table are a fault of the table.
const MOST_BELOW: u64 = 100;

/// What was left out so far.
#[derive(Default)]
pub(super) struct Asides {
    n_comments: u64,
    below: Option<Below>,
}

/// Lines below the table; a fault of the table when a row follows.
struct Below {
    line: u64,
    found: String,
    count: u64,
    n_fields: usize,
    /// So many rows are above them.
    n_rows: usize,
}

impl Asides {
    /// The length of the line that begins here when it is none of the table: a comment, or text with another number of
    /// fields. Such text must be below the table: see [`Asides::finish`].
    #[inline]
    pub fn take(&mut self, bytes: &[u8], table: &TableReader, line: u64) -> Option<usize> {
        if begins_text(*bytes.first()?) { self.text_length(bytes, table, line) } else { None }
    }

    fn text_length(&mut self, bytes: &[u8], table: &TableReader, line: u64) -> Option<usize> {
        let length = memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len());
        let text = &bytes[..length];
        let delimiter = table.dialect.delimiter.byte();
        let n_fields = memchr_iter(delimiter, text).count() + 1;
        if n_fields == table.n_columns() || memchr(b'"', text).is_some() {
            return None;
        }
        if comment(text).is_some() {
            self.n_comments += 1;
            return Some(length);
        }
        let is_number = |field: &[u8]| {
            matches!(number::classify(field, table.dialect.decimal), FieldKind::Number(_) | FieldKind::Infinite)
        };
        let n_rows = table.n_rows();
        if n_rows == 0 || text.split(|&byte| byte == delimiter).any(is_number) {
            return None;
        }
        let below = self.below.get_or_insert_with(|| Below { line, found: shown(text), count: 0, n_fields, n_rows });
        below.count += 1;
        (below.n_rows == n_rows && below.count <= MOST_BELOW).then_some(length)
    }

    /// What is to be told of the lines that were left out.
    ///
    /// # Errors
    /// [`ReadError::Ragged`] when a row followed the first of those that should be below the table.
    pub fn finish(self, table: &TableReader) -> Result<Vec<CsvNote>, ReadError> {
        let comments = (self.n_comments > 0).then_some(CsvNote::Comments(self.n_comments));
        let footer = match self.below {
            Some(Below { line, n_fields, n_rows, .. }) if n_rows < table.n_rows() => {
                return Err(table.ragged(line, n_fields));
            }
            Some(Below { line, found, count, .. }) => Some(CsvNote::Footer { count, line, found }),
            None => None,
        };
        Ok(comments.into_iter().chain(footer).collect())
    }
}

/// Neither a number nor a quote nor the end of a line.
fn begins_text(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii() || matches!(byte, b'#' | b'%' | b'*' | b'(' | b'[' | b'/' | b'_')
}
