use smartcore::error::Failed;

use crate::Refusal;

/// What the library said, for the visitor.
pub fn failed(error: &Failed) -> Refusal {
    Refusal::because(format!("The model could not be fitted: {error}."))
}
