//! The table while it is read: one row, then a block of rows, then the columns.

use normlab_digits::{DigitCounts, NumberFormat, Plain, plain};

use super::column::{ColumnReader, FieldPlace};
use super::number::{self, FieldKind};
use super::number_marks::{NumberMark, marked};
use super::options::Rules;
use super::shown::shown;
use super::{Decimal, Dialect, ReadError, Treatment};
use crate::unique_names;

/// Rows that are gathered before they are dealt out to the columns: they stay in the cache of the processor.
const BLOCK_ROWS: usize = 512;
/// And so many cells of wide tables.
const BLOCK_CELLS: usize = 1 << 16;

/// Of 9 bytes each.
const MOST_CELLS_RESERVED: usize = 90_000_000;

/// What becomes of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Columns of numbers and of text.
    Columns,
    /// Numbers only, row by row; text is an error.
    Rows,
}

/// The table while it is read. Fields of a row come in order: each is either [`TableReader::plain`] or [`TableReader::field`]; then
/// [`TableReader::end_row`].
pub(super) struct TableReader {
    pub(super) dialect: Dialect,
    /// Of each column its decimal mark, when not all have that of the dialect; otherwise empty.
    pub(super) decimals: Vec<Decimal>,
    keep: Keep,
    pub(super) rules: Rules,
    pub(super) names: Vec<String>,
    pub(super) columns: Vec<ColumnReader>,
    /// Room for up to [`BLOCK_ROWS`] rows; the one that is being read is the first behind those that are whole.
    block: Vec<f64>,
    block_digits: Vec<DigitCounts>,
    /// Cells of whole rows in the block.
    n_filled: usize,
    /// With [`Keep::Rows`], the rows that have left the block.
    all: Vec<f64>,
    pub(super) rows: usize,
    has_text: bool,
}

impl TableReader {
    /// `first` is the first record; it is a row unless the dialect has a header.
    pub fn new(
        dialect: Dialect,
        keep: Keep,
        rules: Rules,
        decimals: &[Decimal],
        first: &[Vec<u8>],
        line: u64,
    ) -> Result<Self, ReadError> {
        let names = first.iter().map(|name| match std::str::from_utf8(name) {
            Ok(name) if dialect.header => Ok(name.to_owned()),
            Ok(_) => Ok(String::new()),
            Err(_) => Err(ReadError::not_unicode(line, name)),
        });
        let n = first.len();
        let block_rows = (BLOCK_CELLS / n.max(1)).clamp(1, BLOCK_ROWS);
        let mut table = Self {
            dialect,
            decimals: if decimals.len() == n { decimals.to_vec() } else { Vec::new() },
            keep,
            rules,
            names: names.collect::<Result<_, _>>()?,
            columns: (0..n).map(|_| ColumnReader::new()).collect(),
            block: vec![f64::NAN; block_rows * n],
            block_digits: vec![DigitCounts::NONE; block_rows * n],
            n_filled: 0,
            all: Vec::new(),
            rows: 0,
            has_text: false,
        };
        if !dialect.header {
            for (column, field) in first.iter().enumerate() {
                table.field(column, field, line)?;
            }
            table.end_row();
        }
        Ok(table)
    }

    /// Makes room for so many rows, but not for more cells than a guess may claim.
    pub fn reserve(&mut self, rows: usize) {
        let rows = rows.min(MOST_CELLS_RESERVED / self.columns.len());
        match self.keep {
            Keep::Rows => self.all.reserve(rows * self.columns.len()),
            Keep::Columns => self.columns.iter_mut().for_each(|column| column.reserve(rows)),
        }
    }

    pub fn n_columns(&self) -> usize {
        self.columns.len()
    }

    pub fn n_rows(&self) -> usize {
        self.rows
    }

    /// The decimal mark of a column.
    pub(super) fn decimal(&self, column: usize) -> Decimal {
        self.decimals.get(column).copied().unwrap_or(self.dialect.decimal)
    }

    /// A plain number in a column, with the decimal mark of the dialect; `false` when the column is text, or has another
    /// mark, and wants the field itself.
    #[inline(always)]
    pub fn plain(&mut self, column: usize, number: &Plain) -> bool {
        if self.columns[column].is_text()
            || self.decimals.get(column).is_some_and(|&decimal| decimal != self.dialect.decimal)
        {
            return false;
        }
        self.set(column, number);
        true
    }

    #[inline(always)]
    fn set(&mut self, column: usize, number: &Plain) {
        self.block[self.n_filled + column] = number.value;
        self.block_digits[self.n_filled + column] = number.digits;
    }

    /// Reads whole lines from `at` on for as long as every column is numeric and every field plain: the index behind the
    /// last such line.
    pub fn plain_rows(&mut self, bytes: &[u8], mut at: usize) -> usize {
        let (delimiter, decimal) = (self.dialect.delimiter.byte(), self.dialect.bare_decimal());
        let format = NumberFormat { delimiter, decimal, columns: self.columns.len() };
        while !self.has_text && self.decimals.is_empty() {
            let (cells, digits) = (&mut self.block[self.n_filled..], &mut self.block_digits[self.n_filled..]);
            let (end, n) = normlab_digits::rows(bytes, at, format, cells, digits);
            at = end;
            self.rows += n;
            self.n_filled += n * self.columns.len();
            if self.n_filled < self.block.len() {
                break;
            }
            self.deal();
        }
        at
    }

    /// Any field, quotes already taken off. `column` must exist.
    pub fn field(&mut self, column: usize, field: &[u8], line: u64) -> Result<(), ReadError> {
        let decimal = self.decimal(column);
        let row = self.rows as u64 + 1;
        let place = || FieldPlace { line, row, found: shown(field) };
        if self.columns[column].is_text() {
            self.block[self.n_filled + column] = self.columns[column].intern(field, decimal, &place)?;
            return Ok(());
        }
        let number = plain(field, 0, decimal.byte()).filter(|number| number.end == field.len());
        if let Some(number) = number {
            self.set(column, &number);
            return Ok(());
        }
        let mut digits = DigitCounts::NONE;
        let cell = match number::classify(field, decimal) {
            // Of a text column it is a string.
            FieldKind::Missing if field.trim_ascii() == number::NONE && self.keep == Keep::Columns => {
                digits = DigitCounts::AS_WRITTEN;
                self.columns[column].keep_written(field);
                f64::NAN
            }
            FieldKind::Missing => f64::NAN,
            kind @ (FieldKind::Number(_) | FieldKind::Infinite) if self.keep == Keep::Columns => {
                digits = DigitCounts::AS_WRITTEN;
                self.columns[column].keep_written(field);
                match kind {
                    FieldKind::Number(value) => value,
                    _ if self.rules.infinite_missing => {
                        self.columns[column].count(NumberMark::Infinite, place, None);
                        f64::NAN
                    }
                    _ => {
                        let infinite = &mut self.columns[column].infinite;
                        infinite.get_or_insert_with(place);
                        0.0
                    }
                }
            }
            FieldKind::Number(value) => value,
            FieldKind::Infinite => return Err(self.infinite(column, &place())),
            FieldKind::Text if std::str::from_utf8(field).is_err() => {
                return Err(ReadError::not_unicode(line, field));
            }
            FieldKind::Text if self.keep == Keep::Rows => {
                return Err(ReadError::NotNumber { line, column: column + 1, found: shown(field) });
            }
            FieldKind::Text => {
                match marked(field, decimal, self.rules).filter(|_| self.rules.marked != Treatment::Text) {
                    Some((value, mark)) => {
                        digits = DigitCounts::AS_WRITTEN;
                        let column = &mut self.columns[column];
                        column.keep_written(field);
                        column.count(mark, place, Some(value));
                        if self.rules.marked == Treatment::Read { value } else { f64::NAN }
                    }
                    None => {
                        self.deal();
                        self.has_text = true;
                        let column = &mut self.columns[column];
                        column.turn_into_text(decimal);
                        column.text = Some(place());
                        column.intern(field, decimal, &place)?
                    }
                }
            }
        };
        self.block[self.n_filled + column] = cell;
        self.block_digits[self.n_filled + column] = digits;
        Ok(())
    }

    /// All fields of the row have come.
    #[inline(always)]
    pub fn end_row(&mut self) {
        self.rows += 1;
        self.n_filled += self.columns.len();
        if self.n_filled == self.block.len() {
            self.deal();
        }
    }

    /// Deals the whole rows of the block out to the columns. The cells of the row that is being read stay its cells.
    pub(super) fn deal(&mut self) {
        let (step, n) = (self.columns.len(), self.n_filled);
        match self.keep {
            Keep::Rows => self.all.extend_from_slice(&self.block[..n]),
            Keep::Columns if n > 0 => {
                for (start, column) in self.columns.iter_mut().enumerate() {
                    column.extend(&self.block[..n], &self.block_digits[..n], start, step);
                }
            }
            Keep::Columns => {}
        }
        if n < self.block.len() {
            self.block.copy_within(n..n + step, 0);
            self.block_digits.copy_within(n..n + step, 0);
        }
        self.n_filled = 0;
    }

    pub(super) fn infinite(&self, column: usize, place: &FieldPlace) -> ReadError {
        let column = unique_names(&self.names).swap_remove(column);
        ReadError::Infinite { line: place.line, row: place.row, column, found: place.found.clone() }
    }

    /// All numbers, row by row: with [`Keep::Rows`].
    pub fn finish_rows(mut self) -> Result<Vec<f64>, ReadError> {
        self.check_rows()?;
        self.deal();
        Ok(self.all)
    }

    #[cold]
    pub(super) fn ragged(&self, line: u64, found: usize) -> ReadError {
        ReadError::Ragged { line, expected: self.columns.len(), found, delimiter: self.dialect.delimiter }
    }

    pub(super) fn check_rows(&self) -> Result<(), ReadError> {
        if self.rows == 0 { Err(ReadError::OnlyHeader { columns: self.columns.len() }) } else { Ok(()) }
    }
}
