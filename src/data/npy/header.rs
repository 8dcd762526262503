//! The header of a `.npy` file: the type of its values, their order and the shape.

use super::dtype::Dtype;
use super::quoted::unquoted;
use super::{MAGIC, NpyError};
use crate::shown_name;

/// Headers of NumPy are shorter than 10,000 bytes.
const LONGEST: u64 = 1 << 16;

const DICT: &str = "{'descr': …, 'fortran_order': …, 'shape': …}";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NpyHeader {
    pub dtype: Dtype,
    /// Whether the first index runs fastest.
    pub fortran: bool,
    pub shape: Vec<u64>,
    /// Where the values begin.
    pub end: usize,
}

impl NpyHeader {
    /// The header these bytes begin with; `None` when more of them are needed.
    ///
    /// # Errors
    /// [`NpyError`] when no more bytes could make it a header.
    pub fn parse(bytes: &[u8]) -> Result<Option<Self>, NpyError> {
        let common = bytes.len().min(MAGIC.len());
        if bytes[..common] != MAGIC[..common] {
            return Err(NpyError::Magic { found: bytes[..common].escape_ascii().to_string() });
        }
        let Some(&[major, minor]) = bytes.get(6..8) else { return Ok(None) };
        let (start, length) = match major {
            1 => (10, bytes.get(8..10).map(little)),
            2 | 3 => (12, bytes.get(8..12).map(little)),
            _ => return Err(NpyError::Version { major, minor }),
        };
        let Some(length) = length else { return Ok(None) };
        if length > LONGEST {
            return Err(NpyError::LongHeader { bytes: length, limit: LONGEST });
        }
        let end = start + length as usize;
        let Some(text) = bytes.get(start..end) else { return Ok(None) };
        // Nothing that is read here is beyond ASCII, and whatever else there is need only be shown.
        Self::of_dict(&String::from_utf8_lossy(text), end).map(Some)
    }

    fn of_dict(text: &str, end: usize) -> Result<Self, NpyError> {
        let inner = text.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        let inner = inner.ok_or_else(|| wrong(DICT, text))?;
        let (mut dtype, mut fortran, mut shape) = (None, None, None);
        for part in split(inner) {
            let (key, value) = split_key(part).ok_or_else(|| wrong(DICT, part))?;
            match key {
                "descr" => dtype = Some(Dtype::parse(value)?),
                "fortran_order" => {
                    fortran = Some(truth(value).ok_or_else(|| wrong("fortran_order: True or False", value))?)
                }
                "shape" => shape = Some(sizes(value).ok_or_else(|| wrong("shape: a tuple of whole numbers", value))?),
                _ => {}
            }
        }
        let missing = |what| wrong(what, text);
        Ok(Self {
            dtype: dtype.ok_or_else(|| missing("the type of the values ('descr')"))?,
            fortran: fortran.ok_or_else(|| missing("the order of the values ('fortran_order')"))?,
            shape: shape.ok_or_else(|| missing("the shape ('shape')"))?,
            end,
        })
    }
}

#[cold]
fn wrong(expected: &'static str, found: &str) -> NpyError {
    NpyError::Header { expected, found: shown_name(found.trim()) }
}

fn little(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// What stands between commas that are in no brackets and no quotes; nothing after the last comma is no part.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_usize, None);
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(letter),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !text[start..].trim().is_empty() {
        parts.push(&text[start..]);
    }
    parts
}

/// The key and the value of `'key': value`.
fn split_key(part: &str) -> Option<(&str, &str)> {
    let (key, value) = part.split_once(':')?;
    Some((unquoted(key.trim())?, value.trim()))
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "True" => Some(true),
        "False" => Some(false),
        _ => None,
    }
}

/// `(3, 4)`, `(3,)`, `()`; Python 2 wrote `(3L, 4L)`.
fn sizes(text: &str) -> Option<Vec<u64>> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    let size = |part: &str| {
        let digits = part.trim().trim_end_matches('L');
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    split(inner).into_iter().map(size).collect()
}
