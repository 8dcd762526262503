//! The other way to read something, offered beside what is told of it.

use serde::{Deserialize, Serialize};

use super::{CsvNote, Decimal, ReadError, ReadOptions};

/// The other way to read something, for a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherReading {
    pub label: String,
    pub options: ReadOptions,
}

impl OtherReading {
    /// The options with a change.
    pub(crate) fn new(label: &str, options: &ReadOptions, change: impl FnOnce(&mut ReadOptions)) -> Self {
        let mut options = ReadOptions { size: None, ..options.clone() };
        change(&mut options);
        Self { label: label.into(), options }
    }

    /// Infinite values as missing ones.
    pub(crate) fn without_infinite(options: &ReadOptions) -> Self {
        Self::new("Take infinite values as missing", options, |options| options.infinite_missing = true)
    }
}

impl CsvNote {
    /// What was chosen otherwise, when what is told is a choice.
    pub fn other(&self, options: &ReadOptions) -> Option<OtherReading> {
        let other = |label, change: fn(&mut ReadOptions)| Some(OtherReading::new(label, options, change));
        match self {
            Self::Layout { .. } if options.first_line.is_none() => {
                other("Start on line 1", |options| options.first_line = Some(1))
            }
            Self::Layout { .. } => other("Find the start", |options| options.first_line = None),
            Self::NumbersAsNames { .. } => other("They are data", |options| options.header = Some(false)),
            Self::Sentinels { missing: true, .. } => {
                other("Take as numbers", |options| options.sentinels_missing = false)
            }
            Self::Sentinels { .. } => other("Take as missing", |options| options.sentinels_missing = true),
            Self::MixedPercent { fraction: true, .. } => {
                other("Read 45% as 45", |options| options.percent_as_fraction = false)
            }
            Self::MixedPercent { .. } => other("Read 45% as 0.45", |options| options.percent_as_fraction = true),
            Self::Truths { numbers: true, .. } => other("Keep as text", |options| options.words_as_numbers = false),
            Self::Truths { .. } => other("Use 1 and 0", |options| options.words_as_numbers = true),
            Self::OneRow { .. } => other("Make it one column", |options| options.transposed = true),
            Self::Transposed { .. } => other("Swap them back", |options| options.transposed = false),
            Self::Ambiguous { decimal: Decimal::Point, .. } => {
                other("It marks thousands", |options| options.decimal = Some(Decimal::Comma))
            }
            Self::Ambiguous { .. } => other("It marks thousands", |options| options.decimal = Some(Decimal::Point)),
            _ => None,
        }
    }
}

impl ReadError {
    /// What would read it all the same.
    pub fn other(&self, options: &ReadOptions) -> Option<OtherReading> {
        matches!(self, Self::Infinite { .. }).then(|| OtherReading::without_infinite(options))
    }
}
