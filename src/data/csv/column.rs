//! A column while it is read: numbers as long as nothing else comes, then text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::number::{self, Digits, Kind};
use super::{Decimal, ReadError};
use crate::data::{TextColumn, Values};

/// A column while it is read.
pub(super) struct Column {
    content: Content,
    /// The first infinite number; an error unless the column turns out to be text.
    pub infinite: Option<Place>,
    /// Why it is text.
    pub text: Option<Place>,
    /// Text of which some looks like a number.
    pub mixed: bool,
}

/// Where something was found.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub line: u64,
    pub row: u64,
    pub found: String,
}

enum Content {
    Numbers(Numbers),
    Text(Dictionary),
}

/// Numbers, and what it takes to give back their text should the column turn out to be text: plain numbers need only
/// their numbers of digits, others are kept as they were written.
#[derive(Default)]
struct Numbers {
    values: Vec<f64>,
    digits: Vec<Digits>,
    written: Vec<u8>,
    written_lengths: Vec<u32>,
}

impl Column {
    pub fn new() -> Self {
        Self { content: Content::Numbers(Numbers::default()), infinite: None, text: None, mixed: false }
    }

    pub fn reserve(&mut self, rows: usize) {
        if let Content::Numbers(numbers) = &mut self.content {
            numbers.values.reserve(rows);
            numbers.digits.reserve(rows);
        }
    }

    pub fn is_text(&self) -> bool {
        matches!(self.content, Content::Text(_))
    }

    /// Whether there is a number that is not missing.
    pub fn has_numbers(&self) -> bool {
        matches!(&self.content, Content::Numbers(numbers) if numbers.values.iter().any(|value| !value.is_nan()))
    }

    /// Appends every `step`th cell of a block from `start` on.
    pub fn extend(&mut self, cells: &[f64], digits: &[Digits], start: usize, step: usize) {
        match &mut self.content {
            Content::Numbers(numbers) => {
                numbers.values.extend(cells[start..].iter().step_by(step));
                numbers.digits.extend(digits[start..].iter().step_by(step));
            }
            // A cell of a text column holds its code.
            Content::Text(dictionary) => {
                dictionary.codes.extend(cells[start..].iter().step_by(step).map(|&code| code as u32));
            }
        }
    }

    /// Keeps the text of a number that is not plain.
    pub fn keep_written(&mut self, field: &[u8]) {
        if let Content::Numbers(numbers) = &mut self.content {
            numbers.written.extend_from_slice(field);
            numbers.written_lengths.push(field.len() as u32);
        }
    }

    /// The code of a string, as it stands in a cell.
    pub fn intern(
        &mut self,
        field: &[u8],
        decimal: Decimal,
        place: &dyn Fn(String) -> Place,
    ) -> Result<f64, ReadError> {
        let kind = number::classify(field, decimal);
        let Content::Text(dictionary) = &mut self.content else { return Ok(f64::NAN) };
        if kind == Kind::Missing {
            return Ok(f64::from(TextColumn::MISSING));
        }
        let text = std::str::from_utf8(field).map_err(|_| ReadError::NotUnicode { line: place(String::new()).line })?;
        self.mixed |= kind != Kind::Text;
        Ok(f64::from(dictionary.code(text)))
    }

    /// From numbers to text, all that was appended so far included.
    pub fn turn_into_text(&mut self, decimal: Decimal) {
        let Content::Numbers(numbers) = &mut self.content else { return };
        let numbers = std::mem::take(numbers);
        let mut dictionary = Dictionary::default();
        let (mut written, mut lengths) = (numbers.written.as_slice(), numbers.written_lengths.iter());
        for (&value, &digits) in numbers.values.iter().zip(&numbers.digits) {
            let code = if digits == Digits::AS_WRITTEN {
                let (field, rest) = written.split_at(lengths.next().map_or(0, |&length| length as usize));
                written = rest;
                dictionary.code(&String::from_utf8_lossy(field))
            } else if value.is_nan() {
                TextColumn::MISSING
            } else {
                dictionary.code(&number::restore(value, digits, decimal))
            };
            self.mixed |= code != TextColumn::MISSING;
            dictionary.codes.push(code);
        }
        self.content = Content::Text(dictionary);
    }

    pub fn finish(self) -> Values {
        match self.content {
            Content::Numbers(numbers) => Values::Number(numbers.values),
            Content::Text(dictionary) => Values::Text(dictionary.finish()),
        }
    }
}

/// Distinct strings, numbered by first appearance.
#[derive(Default)]
struct Dictionary {
    code_of: HashMap<Box<str>, u32, BuildHasherDefault<Fnv>>,
    codes: Vec<u32>,
}

impl Dictionary {
    fn code(&mut self, text: &str) -> u32 {
        if let Some(&code) = self.code_of.get(text) {
            return code;
        }
        let code = self.code_of.len() as u32;
        self.code_of.insert(text.into(), code);
        code
    }

    fn finish(self) -> TextColumn {
        let mut strings: Vec<_> = self.code_of.into_iter().collect();
        strings.sort_unstable_by_key(|&(_, code)| code);
        TextColumn { dictionary: strings.into_iter().map(|(text, _)| text).collect(), codes: self.codes }
    }
}

/// Fowler, Noll and Vo's hash (FNV-1a): for short strings, and without the random keys that std's would ask a host for.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
