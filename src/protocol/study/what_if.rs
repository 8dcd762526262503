//! What would move if one value were another.

use serde::{Deserialize, Serialize};

use normlab_data::DataCell;

/// The value of a cell, and what it might be instead; NaN: missing.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct WhatIfQuery {
    pub cell: DataCell,
    pub value: f64,
}

/// Every NaN means the same: missing.
impl PartialEq for WhatIfQuery {
    fn eq(&self, other: &Self) -> bool {
        let same = self.value == other.value || self.value.is_nan() && other.value.is_nan();
        same && self.cell == other.cell
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhatIfResult {
    /// The question this answers.
    pub query: WhatIfQuery,
    /// The feature the value is of.
    pub feature: String,
    /// The group it is a member of, in words: `alcohol`, `row 3`.
    pub group: String,
    pub part: Participation,
    /// The value itself.
    pub value: BeforeAfter,
    /// Its output.
    pub own: BeforeAfter,
    /// Of its group.
    pub center: BeforeAfter,
    pub scale: BeforeAfter,
    /// Other outputs of its group.
    pub others: u64,
    /// How many of them move by more than rounding: in the same row,
    pub row: u64,
    /// of the same feature in other rows,
    pub column: u64,
    /// and of other features in other rows. Outside of the group nothing moves.
    pub elsewhere: u64,
    /// The one that moves farthest.
    pub farthest: Option<Farthest>,
}

/// What something is, and what it would be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeforeAfter {
    pub from: f64,
    pub to: f64,
}

/// Whether the value takes part in the statistics of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Participation {
    Taken,
    /// Its row is not among those that are fitted on.
    OtherRows,
    /// They were found before, in other data.
    Elsewhere,
}

/// An output that moves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Farthest {
    pub cell: DataCell,
    pub feature: String,
    pub output: BeforeAfter,
}
