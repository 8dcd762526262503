//! What a reader should tell although the table was read.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::marks::Mark;
use super::{Decimal, Treatment};

/// Cells of one column that are no plain numbers, all of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unusual {
    pub mark: Mark,
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

/// Something worth knowing about a table that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Note {
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

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BlankLines(1) => write!(f, "One blank line was left out."),
            Self::BlankLines(count) => write!(f, "{count} blank lines were left out."),
            Self::TextColumn { column, line, found } => {
                write!(f, "Column \u{201c}{column}\u{201d} is text: line {line} holds \u{201c}{found}\u{201d}.")
            }
            Self::Unusual { column, cells, marked, words } => {
                write!(f, "Column \u{201c}{column}\u{201d}: ")?;
                let treatment = |cell: &Unusual| if cell.mark == Mark::Words { *words } else { *marked };
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
                write!(f, "The decimal mark is a {rest}, but a {other} in {}.", Listed(columns))
            }
            Self::Windows1252 => write!(f, "The text is not UTF-8: it is read as Windows-1252 (Western European)."),
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
                     spreadsheet and save it: then the results are stored, too."
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
struct Listed<'a>(&'a [String]);

impl fmt::Display for Listed<'_> {
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
