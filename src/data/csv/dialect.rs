//! How a table is written down.

use serde::{Deserialize, Serialize};

/// What separates the fields of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Delimiter {
    Comma,
    Tab,
    Semicolon,
    Pipe,
    /// Exactly one space.
    Space,
}

impl Delimiter {
    /// In the order of the page; also who wins when two explain a file equally well.
    pub const ALL: &'static [Self] = &[Self::Comma, Self::Tab, Self::Semicolon, Self::Pipe, Self::Space];

    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Semicolon => b';',
            Self::Pipe => b'|',
            Self::Space => b' ',
        }
    }

    /// In words, as `semicolon`; also the slug.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Tab => "tab",
            Self::Semicolon => "semicolon",
            Self::Pipe => "pipe",
            Self::Space => "space",
        }
    }

    /// The delimiter of that [`Delimiter::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|delimiter| delimiter.name() == name)
    }
}

/// What separates the whole part of a number from its fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Decimal {
    #[default]
    Point,
    Comma,
}

impl Decimal {
    pub fn byte(self) -> u8 {
        match self {
            Self::Point => b'.',
            Self::Comma => b',',
        }
    }
}

/// How a table was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dialect {
    pub delimiter: Delimiter,
    /// Whether the first record holds the names of the columns.
    pub header: bool,
    pub decimal: Decimal,
}

impl Dialect {
    /// The decimal separator of numbers without quotes around them: when it is also the delimiter, there is none.
    pub(super) fn bare_decimal(self) -> u8 {
        const NONE: u8 = 0xff;
        if self.decimal.byte() == self.delimiter.byte() { NONE } else { self.decimal.byte() }
    }
}

/// What becomes of a cell that is no plain number, in a column that otherwise holds numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Treatment {
    /// It is read as the number it stands for: only cells with marks can be.
    Read,
    /// It counts as a missing value.
    Missing,
    /// Then the whole column is text.
    Text,
}

impl Treatment {
    pub const ALL: &'static [Self] = &[Self::Read, Self::Missing, Self::Text];

    /// The slug.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Missing => "missing",
            Self::Text => "text",
        }
    }

    /// The treatment of that [`Treatment::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|treatment| treatment.name() == name)
    }
}

/// How a table was read, and what there was to decide about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CsvReading {
    pub dialect: Dialect,
    /// What became of numbers with currency, percent or thousands marks; `None` when there are none.
    pub marked: Option<Treatment>,
    /// What became of other text among numbers; `None` when there is none.
    pub words: Option<Treatment>,
    /// Names of the sheets of a workbook, and which of them was read.
    pub sheets: Vec<String>,
    pub sheet: usize,
}
