//! Questions and answers of the studies below the result, and of what-if: each a file.

mod batches;
mod compare;
mod what_if;

use serde::{Deserialize, Serialize};

pub use batches::*;
pub use compare::*;
pub use what_if::*;

/// What the page asks about the last view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StudyQuery {
    Compare(CompareQuery),
    Batches(BatchesQuery),
    WhatIf(WhatIfQuery),
}

/// What the worker found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Studied {
    Compare(Box<MethodComparison>),
    Batches(Box<RunningStats>),
    WhatIf(Box<WhatIfResult>),
}
