//! What the visitor points at.

use serde::{Deserialize, Serialize};

use normlab_data::DataCell;

/// One choice that table and plots all show.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Pick {
    Cell(DataCell),
    /// All values of a column within a range, on one side. The end belongs to it.
    Range {
        column: u32,
        when: When,
        from: f64,
        to: f64,
    },
}

/// Which side of the normalization.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum When {
    #[default]
    Before,
    After,
}

impl When {
    /// In one word, as in the name of a file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}
