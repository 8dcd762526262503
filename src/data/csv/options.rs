//! What a visitor chose about how a table is read.

use serde::{Deserialize, Serialize};

use super::{Decimal, Delimiter, Treatment};
use crate::npy::DimensionRoles;

/// What is known beforehand; `None` is found out from the first 64 kB.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOptions {
    pub delimiter: Option<Delimiter>,
    /// Whether the first record holds the names of the columns.
    pub header: Option<bool>,
    /// Where the delimiter is the same, only numbers in quotes can have it.
    pub decimal: Option<Decimal>,
    /// What becomes of numbers with currency, percent or thousands marks; `None` reads them.
    pub marked: Option<Treatment>,
    /// What becomes of other text in columns of which at least half is numbers; `None` makes them text as long as another
    /// column is left that holds numbers.
    pub words: Option<Treatment>,
    /// The line, from 1, that holds the names, or the first row when there are none; `None` finds it, below titles and
    /// comments, and leaves out a line of units.
    pub first_line: Option<u64>,
    /// Rows become columns, and columns rows.
    pub transposed: bool,
    /// `45%` is 0.45 instead of 45.
    pub percent_as_fraction: bool,
    /// `TRUE` and `FALSE`, or `yes` and `no`, are 1 and 0 instead of text.
    pub words_as_numbers: bool,
    /// Values like -999 that look like marks of missing ones are such.
    pub sentinels_missing: bool,
    /// An infinite value is a missing one instead of an error, also in an array.
    pub infinite_missing: bool,
    /// Of a workbook, the sheet of this name; `None` is the first.
    pub sheet: Option<String>,
    /// Of an archive of arrays, the one of this name; `None` is the first that can be read.
    pub array: Option<String>,
    /// What the dimensions of an array are; `None` is the usual.
    pub axes: Option<DimensionRoles>,
    /// How many bytes will come, if known: saves growing in steps. Need not be exact.
    pub size: Option<u64>,
}

impl ReadOptions {
    pub(super) fn rules(&self) -> Rules {
        Rules {
            marked: self.marked.unwrap_or(Treatment::Read),
            percent_as_fraction: self.percent_as_fraction,
            words_as_numbers: self.words_as_numbers,
            infinite_missing: self.infinite_missing,
        }
    }
}

/// What becomes of a cell that is no plain number.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    pub marked: Treatment,
    pub percent_as_fraction: bool,
    pub words_as_numbers: bool,
    pub infinite_missing: bool,
}

impl Rules {
    /// Those of [`ReadOptions::default`].
    pub const USUAL: Self =
        Self { marked: Treatment::Read, percent_as_fraction: false, words_as_numbers: false, infinite_missing: false };
}
