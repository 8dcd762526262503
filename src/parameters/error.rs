use std::fmt;

/// Why a parameter was not set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterError {
    /// There is no parameter of this name.
    Unknown { name: String },
    /// A parameter outside what is allowed, as `eps = -1` where `0 or more` is.
    Refused { name: &'static str, value: String, allowed: String },
}

impl std::error::Error for ParameterError {}

impl fmt::Display for ParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name } => write!(f, "There is no parameter {name}."),
            Self::Refused { name, value, allowed } => write!(f, "{name} is {value}; allowed: {allowed}."),
        }
    }
}
