//! What a reader should tell although the table was read.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something worth knowing about a table that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Note {
    /// So many blank lines were left out.
    BlankLines(u64),
    /// The column is kept as text because of what it holds on this line.
    TextColumn { column: String, line: u64, found: String },
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
            Self::Renamed { original, name } if original.is_empty() => {
                write!(f, "A column without a name is called \u{201c}{name}\u{201d} here.")
            }
            Self::Renamed { original, name } => {
                write!(f, "A second column named \u{201c}{original}\u{201d} is called \u{201c}{name}\u{201d} here.")
            }
        }
    }
}
