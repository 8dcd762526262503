//! What a reader should tell although the array was read.

use std::fmt;

use super::DimensionRoles;
use super::error::Index;

/// Of arrays that cannot be read so many are told of.
const TOLD: usize = 5;

/// Something worth knowing about an array that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NpyNote {
    /// What the dimensions were taken for.
    Axes { axes: DimensionRoles, shape: Vec<u64> },
    /// The axes that were asked for belong to another number of dimensions: the usual ones were taken.
    OtherAxes { asked: DimensionRoles },
    /// So many whole numbers beyond 2^53 were rounded; the first of them, and as what it was read.
    Rounded { count: u64, index: Vec<u64>, found: String, value: String },
    /// So many infinite values are taken as missing; the first of them.
    Infinite { count: u64, index: Vec<u64>, found: &'static str },
    /// These arrays of the archive cannot be read, and why.
    LeftOut { arrays: Vec<(String, String)> },
    /// After the array come so many more bytes.
    More { bytes: u64 },
    /// Of so many arrays in the archive only the first were looked at.
    ManyArrays { count: u64, limit: usize },
}

impl fmt::Display for NpyNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Axes { axes, shape } => {
                let axes = axes.words();
                let read: Vec<_> = axes.iter().zip(shape).map(|(word, size)| format!("{word} ({size})")).collect();
                write!(f, "Axes read as {}.", read.join(", "))
            }
            Self::OtherAxes { asked } => write!(
                f,
                "The axes asked for ({}) are of an array of {} dimensions: the usual ones were taken.",
                asked.words().join(", "),
                asked.as_slice().len()
            ),
            Self::Rounded { count, index, found, value } => {
                let index = Index(index);
                if *count == 1 {
                    write!(f, "One whole number is beyond 2^53 and was rounded: {found} at {index} to {value}.")
                } else {
                    write!(
                        f,
                        "{count} whole numbers are beyond 2^53 and were rounded; the first is {found} at {index}, read as \
                         {value}."
                    )
                }
            }
            Self::Infinite { count: 1, index, found } => {
                write!(f, "One infinite value is taken as missing: {found} at {}.", Index(index))
            }
            Self::Infinite { count, index, found } => {
                write!(f, "{count} infinite values are taken as missing; the first is {found} at {}.", Index(index))
            }
            Self::LeftOut { arrays } => {
                write!(f, "Not read from the archive: ")?;
                for (index, (name, why)) in arrays.iter().take(TOLD).enumerate() {
                    write!(f, "{}\u{201c}{name}\u{201d} ({why})", if index > 0 { ", " } else { "" })?;
                }
                match arrays.len().saturating_sub(TOLD) {
                    0 => write!(f, "."),
                    more => write!(f, " and {more} more."),
                }
            }
            Self::More { bytes } => write!(
                f,
                "After the array come {bytes} more bytes, which were not read: a second array? numpy.savez keeps several \
                 in one file."
            ),
            Self::ManyArrays { count, limit } => {
                write!(f, "The archive holds {count} files; only arrays among the first {limit} can be chosen.")
            }
        }
    }
}
