//! The reader for whatever it is: a table of text, or an array of numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::csv::OtherReading;
use super::{Dataset, csv, npy};

/// Data that were read, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub dataset: Dataset,
    pub reading: Reading,
    pub remarks: Vec<Remark>,
}

/// Something worth knowing about data that were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub text: String,
    /// When it was a choice: the other one.
    pub other: Option<OtherReading>,
}

/// How data were read, and what there was to decide about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reading {
    Table(csv::CsvReading),
    Array(npy::NpyReading),
}

/// Why nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    Table(csv::ReadError),
    Array(npy::NpyError),
}

/// Reads what its first bytes say it is.
pub enum Reader {
    Table(Box<csv::CsvReader>),
    Array(Box<npy::NpyReader>),
}

impl Reader {
    /// For exactly `size` bytes that begin with `start`.
    pub fn new(start: &[u8], size: u64, options: csv::ReadOptions) -> Self {
        if start.starts_with(npy::MAGIC) {
            Self::Array(Box::new(
                npy::NpyReader::new(options.axes, size).with_infinite_missing(options.infinite_missing),
            ))
        } else {
            Self::Table(Box::new(csv::CsvReader::new(csv::ReadOptions { size: Some(size), ..options })))
        }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`Unread`] as soon as something is wrong; the reader is of no more use then.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Unread> {
        match self {
            Self::Table(reader) => reader.push(bytes).map_err(Unread::Table),
            Self::Array(reader) => reader.push(bytes).map_err(Unread::Array),
        }
    }

    /// There are no more bytes: the data, called `name`.
    ///
    /// # Errors
    /// [`Unread`] when something was missing.
    pub fn finish(self, name: &str) -> Result<Read, Unread> {
        match self {
            Self::Table(reader) => reader.finish(name).map(Read::from).map_err(Unread::Table),
            Self::Array(reader) => reader.finish(name).map(Read::from).map_err(Unread::Array),
        }
    }
}

impl From<csv::CsvRead> for Read {
    fn from(csv::CsvRead { dataset, reading, notes, options }: csv::CsvRead) -> Self {
        let remark = |note: &csv::CsvNote| Remark { text: note.to_string(), other: note.other(&options) };
        Self { dataset, reading: Reading::Table(reading), remarks: notes.iter().map(remark).collect() }
    }
}

impl From<npy::NpyRead> for Read {
    fn from(npy::NpyRead { dataset, reading, notes }: npy::NpyRead) -> Self {
        let remark = |note: &npy::NpyNote| Remark { text: note.to_string(), other: None };
        Self { dataset, reading: Reading::Array(reading), remarks: notes.iter().map(remark).collect() }
    }
}

impl Unread {
    /// What would read it all the same.
    pub fn other(&self, options: &csv::ReadOptions) -> Option<OtherReading> {
        match self {
            Self::Table(error) => error.other(options),
            Self::Array(npy::NpyError::Infinite { .. }) => Some(OtherReading::without_infinite(options)),
            Self::Array(_) => None,
        }
    }
}

impl std::error::Error for Unread {}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(error) => error.fmt(f),
            Self::Array(error) => error.fmt(f),
        }
    }
}
