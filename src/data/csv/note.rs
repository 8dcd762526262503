//! What a reader should tell although the table was read.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::number_marks::NumberMark;
use super::{Decimal, Treatment};

/// Of lines that were left out so many are told one by one.
const LINES_TOLD: usize = 4;

/// Cells of one column that are no plain numbers, all of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unusual {
    pub mark: NumberMark,
    pub count: u64,
    /// The first of them: its row, what stands there, and the number that it stands for.
    pub row: u64,
    pub found: String,
    pub value: Option<String>,
}

impl fmt::Display for Unusual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, row, found) = (self.count, self.row, &self.found);
        let (cells, first) = if count == 1 { ("cell", "") } else { ("cells", "first: ") };
        write!(f, "{count} {cells} with {} ({first}row {row} \u{201c}{found}\u{201d}", self.mark.name())?;
        match &self.value {
            Some(value) => write!(f, " as {value})"),
            None => write!(f, ")"),
        }
    }
}

/// A number that looks like the mark of a missing value, and how often it stands in a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentinel {
    pub column: String,
    pub value: String,
    pub count: u64,
}

impl fmt::Display for Sentinel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, value, count } = self;
        write!(f, "{value} in \u{201c}{column}\u{201d} ({count} {})", if *count == 1 { "cell" } else { "cells" })
    }
}

/// Something worth knowing about a table that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CsvNote {
    /// So many blank lines were left out.
    BlankLines(u64),
    /// The column is kept as text because of what it holds on this line.
    TextColumn { column: String, line: u64, found: String },
    /// A column of numbers holds cells that are no plain numbers. When one of the two treatments is
    /// [`Treatment::Text`] and applies, the column is text.
    Unusual { column: String, cells: Vec<Unusual>, marked: Treatment, words: Treatment },
    /// These columns have the other decimal mark than the rest, which has `decimal`.
    MixedDecimals { columns: Vec<String>, decimal: Decimal },
    /// The text is Windows-1252, not UTF-8.
    Windows1252,
    /// Lines that are no data were left out: where the names are, where the data begin, and what stands in these lines.
    Layout { names: Option<u64>, data: u64, left_out: Vec<(u64, String)> },
    /// Lines below the table that are no data: how many, and the first of them.
    Footer { count: u64, line: u64, found: String },
    /// So many comments among the rows were left out.
    Comments(u64),
    /// Whole numbers, from the first to the last, are the names of the columns.
    NumbersAsNames { first: String, last: String },
    /// Numbers that look like marks of missing values, and whether they are taken as such.
    Sentinels { cells: Vec<Sentinel>, missing: bool },
    /// Numbers with a percent sign and numbers without one in a column; how the first with one was read.
    MixedPercent { column: String, with: u64, without: u64, found: String, value: String, fraction: bool },
    /// These columns hold only words for true and false; whether they are read as 1 and 0.
    Truths { columns: Vec<String>, numbers: bool },
    /// This column only says which row it is.
    Index { column: String },
    /// A last column without name and value was left out.
    EmptyEnd,
    /// There is one row of so many numbers.
    OneRow { columns: usize },
    /// Rows and columns are swapped; these columns of text are left out.
    Transposed { left_out: Vec<String> },
    /// A list or an array as a program prints it.
    Printed { rows: usize, columns: usize },
    /// This, and all other numbers with such a mark, might as well have the other decimal mark than `decimal`.
    Ambiguous { found: String, decimal: Decimal },
    /// So many more columns have a note like those before.
    More(u64),
    /// So many cells of a workbook are dates or times.
    Dates(u64),
    /// So many cells of a workbook are formulas without a stored result; the first of them, as `C2`.
    Formulas { count: u64, first: String },
    /// This sheet of a workbook was taken, since so many before it have no numbers.
    Sheet { taken: String, before: u64 },
    /// A column name was empty or repeated: original and what the column is called here.
    Renamed { original: String, name: String },
}

impl fmt::Display for CsvNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BlankLines(1) => write!(f, "One blank line was left out."),
            Self::BlankLines(count) => write!(f, "{count} blank lines were left out."),
            Self::TextColumn { column, line, found } => {
                write!(f, "Column \u{201c}{column}\u{201d} is text: line {line} holds \u{201c}{found}\u{201d}.")
            }
            Self::Unusual { column, cells, marked, words } => {
                write!(f, "Column \u{201c}{column}\u{201d}: ")?;
                let treatment = |cell: &Unusual| match cell.mark {
                    NumberMark::Infinite => Treatment::Missing,
                    NumberMark::Words => *words,
                    _ => *marked,
                };
                let text = cells.iter().any(|cell| treatment(cell) == Treatment::Text);
                for (index, cell) in cells.iter().enumerate() {
                    write!(f, "{}{cell}", if index > 0 { "; " } else { "" })?;
                    match treatment(cell) {
                        _ if text => {}
                        Treatment::Missing => write!(f, ", taken as missing")?,
                        _ => write!(f, ", read as numbers")?,
                    }
                }
                write!(f, "{}", if text { ". So the column is text." } else { "." })
            }
            Self::MixedDecimals { columns, decimal } => {
                let (rest, other) = match decimal {
                    Decimal::Point => ("point", "comma"),
                    Decimal::Comma => ("comma", "point"),
                };
                write!(f, "The decimal mark is a {rest}, but a {other} in {}.", QuotedNames(columns))
            }
            Self::Windows1252 => write!(f, "The text is not UTF-8: it is read as Windows-1252 (Western European)."),
            Self::Layout { names, data, left_out } => {
                match names {
                    Some(names) => write!(f, "The names are on line {names}; the data start on line {data}. ")?,
                    None => write!(f, "The data start on line {data}. ")?,
                }
                write!(f, "Left out: ")?;
                for (index, (line, found)) in left_out.iter().take(LINES_TOLD).enumerate() {
                    write!(f, "{}line {line} \u{201c}{found}\u{201d}", if index > 0 { ", " } else { "" })?;
                }
                match left_out.len().saturating_sub(LINES_TOLD) {
                    0 => write!(f, "."),
                    more => write!(f, " and {more} more."),
                }
            }
            Self::Footer { count: 1, line, found } => {
                write!(f, "Line {line} below the table was left out: \u{201c}{found}\u{201d}.")
            }
            Self::Footer { count, line, found } => {
                write!(f, "{count} lines below the table were left out, from line {line} on: \u{201c}{found}\u{201d}.")
            }
            Self::Comments(1) => write!(f, "One comment among the rows was left out."),
            Self::Comments(count) => write!(f, "{count} comments among the rows were left out."),
            Self::NumbersAsNames { first, last } => {
                write!(f, "The first line, {first} to {last}, is taken as names, not as data.")
            }
            Self::Sentinels { cells, missing } => {
                let listed = cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                match (missing, cells.len()) {
                    (true, 1) => write!(f, "{listed} is taken as missing."),
                    (true, _) => write!(f, "{listed} are taken as missing."),
                    (false, _) => write!(f, "Far from all other values: {listed}. Does it stand for a missing value?"),
                }
            }
            Self::MixedPercent { column, with, without, found, value, .. } => write!(
                f,
                "Column \u{201c}{column}\u{201d} mixes {with} {} with a percent sign and {without} without: \
                 \u{201c}{found}\u{201d} is read as {value}.",
                if *with == 1 { "number" } else { "numbers" }
            ),
            Self::Truths { columns, numbers: false } => {
                write!(f, "Only words for true and false, kept as text: {}.", QuotedNames(columns))
            }
            Self::Truths { columns, numbers: true } => {
                write!(f, "True is 1 and false is 0 in {}.", QuotedNames(columns))
            }
            Self::Index { column } => write!(
                f,
                "\u{201c}{column}\u{201d} is taken as the index of the rows (no name, whole numbers, none of them twice) and \
                 left out. Tick it among the columns to use it."
            ),
            Self::EmptyEnd => write!(f, "The last field of each line is empty and has no name: it was left out."),
            Self::OneRow { columns } => {
                write!(f, "There is one row of {columns} values, so each column holds one value.")
            }
            Self::Transposed { left_out } if left_out.is_empty() => write!(f, "Rows and columns are swapped."),
            Self::Transposed { left_out } => {
                write!(f, "Rows and columns are swapped; the text of {} is left out.", QuotedNames(left_out))
            }
            Self::Printed { rows, columns: 1 } => write!(f, "Read as a printed list of {rows} values."),
            Self::Printed { rows, columns } => write!(f, "Read as a printed array: {rows} rows of {columns} values."),
            Self::Ambiguous { found, decimal } => {
                let (mark, other) = match decimal {
                    Decimal::Point => ("point", "thousands mark"),
                    Decimal::Comma => ("comma", "thousands mark"),
                };
                write!(
                    f,
                    "In numbers like \u{201c}{found}\u{201d}, the mark is taken for a decimal {mark}; it could be a {other}."
                )
            }
            Self::More(1) => write!(f, "The same is so of one more column."),
            Self::More(count) => write!(f, "The same is so of {count} more columns."),
            Self::Dates(1) => write!(f, "One cell is a date or a time: it is text here."),
            Self::Dates(count) => write!(f, "{count} cells are dates or times: they are text here, as 2026-01-31."),
            Self::Formulas { count, first } => {
                let (cells, are, they) =
                    if *count == 1 { ("cell", "is a formula", "it is") } else { ("cells", "are formulas", "they are") };
                let named = if *count == 1 { first.clone() } else { format!("first: {first}") };
                write!(
                    f,
                    "{count} {cells} ({named}) {are} without a stored result: {they} missing here. Open the workbook in a \
                     spreadsheet and save it: then the results are stored as well."
                )
            }
            Self::Sheet { taken, before: 1 } => {
                write!(f, "The first sheet has no numbers: \u{201c}{taken}\u{201d} is shown.")
            }
            Self::Sheet { taken, before } => {
                write!(f, "The first {before} sheets have no numbers: \u{201c}{taken}\u{201d} is shown.")
            }
            Self::Renamed { original, name } if original.is_empty() => {
                write!(f, "A column without a name is called \u{201c}{name}\u{201d} here.")
            }
            Self::Renamed { original, name } => {
                write!(f, "A second column named \u{201c}{original}\u{201d} is called \u{201c}{name}\u{201d} here.")
            }
        }
    }
}

/// The first names of a list, in quotes.
struct QuotedNames<'a>(&'a [String]);

impl fmt::Display for QuotedNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const TOLD: usize = 8;
        for (index, name) in self.0.iter().take(TOLD).enumerate() {
            write!(f, "{}\u{201c}{name}\u{201d}", if index > 0 { ", " } else { "" })?;
        }
        match self.0.len().saturating_sub(TOLD) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
