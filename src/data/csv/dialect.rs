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
