//! Why an array could not be read, with what was expected and what was found.

use std::fmt;

use super::{DimensionRoles, MAGIC};

/// Why an array could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NpyError {
    /// It does not begin with [`MAGIC`]; how it begins, escaped.
    Magic { found: String },
    /// A version of the format that is not known.
    Version { major: u8, minor: u8 },
    /// The header says that it is longer than any header.
    LongHeader { bytes: u64, limit: u64 },
    /// The header lacks something, or has something else in its place.
    Header { expected: &'static str, found: String },
    /// Values that are no numbers of a known kind; what they are, and what to do.
    Type { descr: String, what: &'static str, advice: &'static str },
    /// No dimension, or too many.
    Dimensions { shape: Vec<u64> },
    /// One of the dimensions is 0.
    Empty { shape: Vec<u64> },
    /// More values than could be counted, or more memory than there is.
    TooLarge { shape: Vec<u64>, bytes: Option<u64>, limit: u64 },
    /// More features than anybody can look at.
    TooWide { features: u64, limit: u64, axes: DimensionRoles },
    /// Fewer bytes than the header promises.
    Truncated { shape: Vec<u64>, expected: u64, found: u64 },
    /// An infinite value, and where it stands.
    Infinite { index: Vec<u64>, found: &'static str },
    /// The browser did not give the memory.
    NoMemory { bytes: u64 },
    /// A zip archive whose directory or content cannot be read.
    Damaged { why: String },
    /// An archive without arrays.
    NoArrays,
    /// An archive in which no array can be read: how many, the first of them and why.
    NoneFits { count: usize, first: String, why: Box<NpyError> },
    /// No array of this name; those that there are.
    NoSuchArray { wanted: String, names: Vec<String> },
    /// An array that is encrypted.
    Encrypted { name: String },
    /// An array packed in a way that NumPy does not use.
    Packing { name: String, method: u16 },
}

/// So many names are listed in a sentence.
const NAMES: usize = 10;

impl NpyError {
    /// In a few words, for a list.
    pub(super) fn brief(&self) -> String {
        match self {
            Self::Type { what, .. } => (*what).into(),
            Self::Dimensions { shape } if shape.is_empty() => "a single number".into(),
            Self::Dimensions { shape } => format!("{} dimensions", shape.len()),
            Self::Empty { .. } => "nothing in it".into(),
            Self::TooLarge { .. } | Self::TooWide { .. } => "too large".into(),
            Self::Encrypted { .. } => "encrypted".into(),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for NpyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Magic { found } => write!(
                f,
                "It begins with \u{201c}{found}\u{201d}. Expected: \u{201c}{}\u{201d}, as numpy.save writes it.",
                MAGIC.escape_ascii()
            ),
            Self::Version { major, minor } => write!(
                f,
                "It is of version {major}.{minor} of NumPy's format. Expected: 1.0, 2.0 or 3.0. Save it again with \
                 numpy.save."
            ),
            Self::LongHeader { bytes, limit } => write!(
                f,
                "Its header says that it is {bytes} bytes long; up to {limit} are read. Expected: the type of the values \
                 and the shape, as numpy.save writes them."
            ),
            Self::Header { expected, found } => {
                write!(f, "The header of the array is damaged. Expected: {expected}. Found: \u{201c}{found}\u{201d}.")
            }
            Self::Type { descr, what, advice } => write!(
                f,
                "Its values are {what} (type \u{201c}{descr}\u{201d}). Expected: numbers, as float16 to float64, int8 to \
                 int64, uint8 to uint64 or bool. {advice}"
            ),
            Self::Dimensions { shape } if shape.is_empty() => write!(
                f,
                "It is a single number without dimensions. Expected: 1 to {} dimensions, the first of which counts \
                 examples.",
                DimensionRoles::AT_MOST
            ),
            Self::Dimensions { shape } => write!(
                f,
                "It has {} dimensions, {}. Expected: 1 to {}, as (examples, features, height, width). Put some together \
                 before saving: x.reshape(len(x), x.shape[1], -1).",
                shape.len(),
                PythonShape(shape),
                DimensionRoles::AT_MOST
            ),
            Self::Empty { shape } => {
                write!(f, "There is nothing in it: its shape is {}. Expected: at least one value.", PythonShape(shape))
            }
            Self::TooLarge { shape, bytes: None, .. } => {
                write!(
                    f,
                    "Its shape {} has more values than any file can hold. The header is damaged.",
                    PythonShape(shape)
                )
            }
            Self::TooLarge { shape, bytes: Some(bytes), limit } => write!(
                f,
                "Its shape {} takes about {:.1} GB of memory; a browser gives a page 4 GB at most, and here {:.1} GB are \
                 the limit. Save a part of it, such as x[:64].",
                PythonShape(shape),
                *bytes as f64 / 1e9,
                *limit as f64 / 1e9
            ),
            Self::TooWide { features, limit, axes } => write!(
                f,
                "It has {features} features with its axes read as {}; up to {limit} can be looked at here. Save a part of \
                 it, or with the axes in another order.",
                axes.words().join(", ")
            ),
            Self::Truncated { shape, expected, found } => write!(
                f,
                "It was cut off: its shape {} takes {expected} bytes. Found: {found}. Copy or save it again.",
                PythonShape(shape)
            ),
            Self::Infinite { index, found } => write!(
                f,
                "The value at {} is {found} (indices from 0, in the order of the array's dimensions). Expected: a finite \
                 number, or NaN for a missing value.",
                Index(index)
            ),
            Self::NoMemory { bytes } => write!(
                f,
                "It takes about {:.1} GB of memory, more than the browser gives now. Close other pages, or save a part of \
                 it, such as x[:64].",
                *bytes as f64 / 1e9
            ),
            Self::Damaged { why } => {
                write!(f, "The archive is damaged ({why}). Copy it or save it again with numpy.savez.")
            }
            Self::NoArrays => write!(f, "There is no array in the archive. Expected: files that end in .npy."),
            Self::NoneFits { count: 1, first, why } => {
                write!(f, "Its only array, \u{201c}{first}\u{201d}, cannot be read here. {why}")
            }
            Self::NoneFits { count, first, why } => {
                write!(f, "None of its {count} arrays can be read here. The first, \u{201c}{first}\u{201d}: {why}")
            }
            Self::NoSuchArray { wanted, names } => {
                let more = if names.len() > NAMES { ", \u{2026}" } else { "" };
                let names = names.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
                write!(f, "It has no array \u{201c}{wanted}\u{201d} that can be read; its arrays are: {names}{more}.")
            }
            Self::Encrypted { name } => {
                write!(f, "The array \u{201c}{name}\u{201d} is encrypted. Unpack the archive, and open the array.")
            }
            Self::Packing { name, method } => write!(
                f,
                "The array \u{201c}{name}\u{201d} is packed by method {method}. Expected: stored or deflated, as \
                 numpy.savez and numpy.savez_compressed do. Unpack the archive, and open the array."
            ),
        }
    }
}

/// As Python writes a shape: `(3,)`, `(3, 4)`.
pub(super) struct PythonShape<'a>(pub &'a [u64]);

impl fmt::Display for PythonShape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let comma = if self.0.len() == 1 { "," } else { "" };
        write!(f, "({}{comma})", joined(self.0))
    }
}

/// As Python writes an index: `[3, 4]`.
pub(super) struct Index<'a>(pub &'a [u64]);

impl fmt::Display for Index<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", joined(self.0))
    }
}

fn joined(numbers: &[u64]) -> String {
    numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
}
