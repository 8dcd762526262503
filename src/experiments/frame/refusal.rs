use std::fmt;

/// Why a run has no outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody waits for it any more.
    Cancelled,
    /// What the experiment needs and the data or settings do not have, for the visitor.
    Because(String),
}

impl Refusal {
    pub fn because(why: impl Into<String>) -> Self {
        Self::Because(why.into())
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => f.write_str("The run was stopped before its end."),
            Self::Because(why) => f.write_str(why),
        }
    }
}
