//! What can be wrong, each with the place: parameter, value, allowed range, or row and column.

use std::fmt;

use normlab_parameters::ParameterError;

use crate::Shape;

/// Why the engine refused. The text names the place and what would be accepted.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// A parameter outside what is allowed, as `eps = -1` where `0 or more` is.
    Parameter { name: &'static str, value: String, allowed: String },
    /// There is nothing to fit on: some axis of the shape has length 0.
    Empty { shape: Shape },
    /// Too few axes: data are examples x features, or examples x features x positions.
    Dimensions { found: usize },
    /// The array does not have the shape that was fitted.
    ShapeMismatch { expected: Shape, found: Shape },
    /// An infinite value (or, where missing values are refused, a NaN); indices count from 0.
    NonFinite { example: usize, feature: usize, position: usize, value: f64 },
    /// A group of one value, where the chosen rules refuse that (as PyTorch does in training).
    SingleValue { groups: usize },
    /// What a library refuses, in its own words.
    Refused { by: &'static str, message: String },
    /// The method has no inverse.
    NotInvertible { why: &'static str },
}

impl std::error::Error for Error {}

impl From<ParameterError> for Error {
    fn from(error: ParameterError) -> Self {
        match error {
            ParameterError::Unknown { name } => {
                Self::Parameter { name: "parameter", value: name, allowed: "a parameter of the chosen method".into() }
            }
            ParameterError::Refused { name, value, allowed } => Self::Parameter { name, value, allowed },
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter { name, value, allowed } => write!(f, "{name} is {value}; allowed: {allowed}."),
            Self::Empty { shape } => write!(f, "There is nothing to compute on: the shape is {shape}."),
            Self::Dimensions { found } => {
                write!(f, "Expected at least 2 axes (examples, features), but found {found}: put one row into a table.")
            }
            Self::ShapeMismatch { expected, found } => {
                write!(f, "Fitted on shape {expected}, but asked to transform shape {found}.")
            }
            Self::NonFinite { example, feature, position, value } => write!(
                f,
                "Row {}, column {}, position {} holds {value}, which is not a finite number.",
                example + 1,
                feature + 1,
                position + 1
            ),
            Self::SingleValue { groups } => write!(
                f,
                "Expected more than 1 value in each group when training, but {groups} groups hold a single value."
            ),
            Self::Refused { by, message } => write!(f, "{by} refuses this: \u{201c}{message}\u{201d}."),
            Self::NotInvertible { why } => write!(f, "This cannot be undone: {why}."),
        }
    }
}
