//! Changes of a data set that can be undone.

use serde::{Deserialize, Serialize};

/// One value of a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cell {
    /// Index of the example in the data as they are, edits included.
    pub row: u64,
    /// Index of the column in the data set.
    pub column: u32,
    pub position: u32,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// Another value; NaN: missing.
    Set {
        cell: Cell,
        value: f64,
    },
    /// A row of missing values before row `at`, or at the end.
    AddRow {
        at: u64,
    },
    RemoveRows {
        rows: Vec<u64>,
    },
    Rename {
        column: u32,
        name: String,
    },
    /// A block of values, row by row, from `row` on; rows that do not exist are added. NaN: missing.
    Paste {
        row: u64,
        columns: Vec<u32>,
        rows: Vec<Vec<f64>>,
    },
}
