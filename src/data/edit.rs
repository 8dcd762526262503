//! Changes of a data set that can be undone: what they are. [`Dataset::apply`](super::Dataset::apply) makes them.

use serde::{Deserialize, Serialize};

/// One value of a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DataCell {
    /// Index of the example in the data as they are, edits included.
    pub row: u64,
    /// Index of the column in the data set.
    pub column: u32,
    pub position: u32,
}

/// One change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Edit {
    /// Another value; NaN: missing.
    Set {
        cell: DataCell,
        value: f64,
    },
    /// A row of missing values before row `at`, or at the end.
    AddRow {
        at: u64,
    },
    RemoveRows {
        rows: Vec<u64>,
    },
    /// The name is made unique: `x` becomes `x (2)` where there is one, nothing becomes `column 3`.
    Rename {
        column: u32,
        name: String,
    },
    /// A block of values, row by row, from `row` on; rows that do not exist are added. NaN: missing.
    Paste {
        row: u64,
        /// Column and position of each value of a row.
        places: Vec<(u32, u32)>,
        rows: Vec<Vec<f64>>,
    },
}

/// More cells than this are better loaded as a file.
pub const PASTE_AT_MOST: usize = 100_000;

impl Edit {
    /// Whether this makes the earlier edit `before` pointless: the same cell was set again, as while a point is dragged.
    pub fn replaces(&self, before: &Self) -> bool {
        match (self, before) {
            (Self::Set { cell: a, .. }, Self::Set { cell: b, .. }) => a == b,
            // A point of two features is two cells of a row.
            (Self::Paste { row: a, places: x, rows: v }, Self::Paste { row: b, places: y, rows: w }) => {
                a == b && x == y && v.len() == 1 && w.len() == 1
            }
            _ => false,
        }
    }
}

/// To the bit, but every NaN means the same: missing. Otherwise an edit would not equal itself, and the page would ask
/// the same question for ever.
impl PartialEq for Edit {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &f64, b: &f64| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
        let all = |a: &Vec<f64>, b: &Vec<f64>| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b));
        match (self, other) {
            (Self::Set { cell: a, value: x }, Self::Set { cell: b, value: y }) => a == b && same(x, y),
            (Self::AddRow { at: a }, Self::AddRow { at: b }) => a == b,
            (Self::RemoveRows { rows: a }, Self::RemoveRows { rows: b }) => a == b,
            (Self::Rename { column: a, name: x }, Self::Rename { column: b, name: y }) => a == b && x == y,
            (Self::Paste { row: a, places: x, rows: v }, Self::Paste { row: b, places: y, rows: w }) => {
                a == b && x == y && v.len() == w.len() && v.iter().zip(w).all(|(v, w)| all(v, w))
            }
            _ => false,
        }
    }
}

impl Eq for Edit {}
