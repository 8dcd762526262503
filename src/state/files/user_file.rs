//! What the address knows of the visitor's own data.

use std::rc::Rc;

use crate::data::csv::ReadOptions;
use crate::data::{Checksum, pack};

/// The visitor's own file or text. The content stays in the tab, unless it is small enough for the link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserFileInfo {
    pub name: String,
    /// How it is read.
    pub reading: ReadOptions,
    pub identity: FileIdentity,
}

/// How much of the content the address carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum FileIdentity {
    /// Its name says it all: an old link, or data that are still being read.
    #[default]
    Nothing,
    /// Which file it is; only its owner has it.
    Checksum(Checksum),
    /// All of it: see [`pack`].
    Packed(Rc<str>),
}

impl UserFileInfo {
    /// Data of this name, of which nothing else is known yet.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

impl FileIdentity {
    /// Which content is meant.
    pub fn checksum(&self) -> Option<Checksum> {
        match self {
            Self::Nothing => None,
            Self::Checksum(check) => Some(*check),
            Self::Packed(packed) => pack::split(packed).map(|(check, _)| check),
        }
    }

    /// Whether both may mean the same content: one of them does not know, or both know the same.
    pub fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nothing, _) | (_, Self::Nothing) => true,
            _ => self == other || self.checksum().is_some() && self.checksum() == other.checksum(),
        }
    }
}
