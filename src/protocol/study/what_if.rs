//! What would move if one value were another.

use serde::{Deserialize, Serialize};

use crate::data::Cell;

/// The value of a cell, and what it might be instead.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhatIfQuery {
    pub cell: Cell,
    pub value: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// The question this answers.
    pub query: WhatIfQuery,
}
