//! BatchNorm batch by batch.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BatchesQuery {}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Walked {
    /// The question this answers.
    pub query: BatchesQuery,
}
