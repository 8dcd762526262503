//! A column while it is read: numbers as long as nothing else comes, then text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use normlab_digits::{DigitCounts, append_every};

use super::note::Unusual;
use super::number::{self, FieldKind};
use super::number_marks::{NumberMark, marked};
use super::options::Rules;
use super::{Decimal, ReadError, Treatment};
use crate::{TextColumn, Values};
use normlab_engine::sort_by;

/// A column while it is read.
pub(super) struct ColumnReader {
    content: Content,
    /// The first infinite number; an error unless the column turns out to be text.
    pub infinite: Option<FieldPlace>,
    /// Why it is text.
    pub text: Option<FieldPlace>,
    /// Cells that are no plain numbers. Of a text column they are only known at its end: see [`ColumnReader::weigh`].
    pub unusual: Vec<Unusual>,
}

/// What a text column holds.
pub(super) struct Weight {
    pub unusual: Vec<Unusual>,
    /// Some of its strings are plain numbers.
    pub mixed: bool,
    /// At least half of its cells are numbers, plain or with marks.
    pub of_numbers: bool,
    /// All of its strings are of a pair like `true` and `false`.
    pub of_truths: bool,
    /// What each string is worth as a number: NaN when it is none.
    values: Vec<f64>,
    marked: Vec<bool>,
}

impl Weight {
    pub fn holds(&self, words: bool) -> bool {
        let meant = |mark: NumberMark| if words { mark == NumberMark::Words } else { mark.is_of_numbers() };
        self.unusual.iter().any(|unusual| meant(unusual.mark))
    }

    /// Whether it is to be a column of numbers.
    pub fn as_numbers(&self, marked: Treatment, words: Treatment) -> bool {
        let kept = |words, treatment| treatment == Treatment::Text && self.holds(words);
        self.of_numbers && !kept(false, marked) && !kept(true, words)
    }
}

/// Where something was found.
#[derive(Clone, Debug)]
pub(super) struct FieldPlace {
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
    digits: Vec<DigitCounts>,
    written: Vec<u8>,
    written_lengths: Vec<u32>,
}

impl ColumnReader {
    pub fn new() -> Self {
        Self { content: Content::Numbers(Numbers::default()), infinite: None, text: None, unusual: Vec::new() }
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
    pub fn extend(&mut self, cells: &[f64], digits: &[DigitCounts], start: usize, step: usize) {
        match &mut self.content {
            Content::Numbers(numbers) => {
                append_every((cells, digits), start, step, &mut numbers.values, &mut numbers.digits);
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

    /// Counts a cell that is no plain number; `value` is what it is read as.
    pub fn count(&mut self, mark: NumberMark, place: impl FnOnce() -> FieldPlace, value: Option<f64>) {
        match self.unusual.iter_mut().find(|unusual| unusual.mark == mark) {
            Some(unusual) => unusual.count += 1,
            None => {
                let FieldPlace { row, found, .. } = place();
                self.unusual.push(Unusual { mark, count: 1, row, found, value: value.map(|value| value.to_string()) });
            }
        }
    }

    /// The code of a string, as it stands in a cell.
    pub fn intern(&mut self, field: &[u8], decimal: Decimal, place: &dyn Fn() -> FieldPlace) -> Result<f64, ReadError> {
        let Content::Text(dictionary) = &mut self.content else { return Ok(f64::NAN) };
        let Ok(text) = std::str::from_utf8(field) else { return Err(ReadError::not_unicode(place().line, field)) };
        if let Some(&code) = dictionary.code_of.get(text) {
            return Ok(f64::from(code));
        }
        match number::classify(field, decimal) {
            FieldKind::Missing if field.trim_ascii() != number::NONE => return Ok(f64::from(TextColumn::MISSING)),
            FieldKind::Infinite => {
                self.infinite.get_or_insert_with(place);
            }
            _ => {}
        }
        Ok(f64::from(dictionary.code(text)))
    }

    /// From numbers to text, all that was appended so far included.
    pub fn turn_into_text(&mut self, decimal: Decimal) {
        let Content::Numbers(numbers) = &mut self.content else { return };
        let numbers = std::mem::take(numbers);
        let mut dictionary = Dictionary::default();
        let (mut written, mut lengths) = (numbers.written.as_slice(), numbers.written_lengths.iter());
        for (&value, &digits) in numbers.values.iter().zip(&numbers.digits) {
            let code = if digits == DigitCounts::AS_WRITTEN {
                let (field, rest) = written.split_at(lengths.next().map_or(0, |&length| length as usize));
                written = rest;
                dictionary.code(&String::from_utf8_lossy(field))
            } else if value.is_nan() {
                TextColumn::MISSING
            } else {
                dictionary.code(&number::restore(value, digits, decimal))
            };
            dictionary.codes.push(code);
        }
        self.content = Content::Text(dictionary);
        self.unusual.clear();
    }

    /// What a text column holds, its cells counted by kind.
    pub fn weigh(&self, decimal: Decimal, rules: Rules) -> Option<Weight> {
        let Content::Text(dictionary) = &self.content else { return None };
        let n = dictionary.code_of.len();
        let (mut counts, mut first_rows) = (vec![0_u64; n], vec![0; n]);
        for (row, &code) in dictionary.codes.iter().enumerate() {
            let Some(count) = counts.get_mut(code as usize) else { continue };
            if *count == 0 {
                first_rows[code as usize] = row as u64 + 1;
            }
            *count += 1;
        }
        let mut weight = Weight {
            unusual: Vec::new(),
            mixed: false,
            of_numbers: false,
            of_truths: dictionary.is_of_truths(),
            values: vec![f64::NAN; n],
            marked: vec![false; n],
        };
        let (mut n_numbers, mut n_words) = (0, 0);
        for (text, &code) in &dictionary.code_of {
            let code = code as usize;
            let mark = match number::classify(text.as_bytes(), decimal) {
                FieldKind::Missing => continue,
                _ if weight.of_truths => {
                    weight.values[code] =
                        f64::from(u8::from(TRUTHS.iter().any(|pair| text.trim().eq_ignore_ascii_case(pair[0]))));
                    None
                }
                FieldKind::Number(value) => {
                    weight.values[code] = value;
                    None
                }
                FieldKind::Infinite if rules.infinite_missing => Some(NumberMark::Infinite),
                FieldKind::Infinite => None,
                FieldKind::Text => match marked(text.as_bytes(), decimal, rules) {
                    Some((value, mark)) => {
                        (weight.values[code], weight.marked[code]) = (value, true);
                        Some(mark)
                    }
                    None => Some(NumberMark::Words),
                },
            };
            weight.mixed |= mark.is_none() && !weight.of_truths;
            *(if mark == Some(NumberMark::Words) { &mut n_words } else { &mut n_numbers }) += counts[code];
            if let Some(mark) = mark {
                weight.add(mark, counts[code], first_rows[code], text, weight.values[code]);
            }
        }
        weight.of_numbers = n_numbers > 0 && n_numbers >= n_words && !weight.of_truths;
        sort_by(&mut weight.unusual, |a, b| a.mark < b.mark);
        Some(weight)
    }

    /// Back from text to numbers, and what is none is missing.
    pub fn turn_into_numbers(&mut self, mut weight: Weight, marked: Treatment) {
        let Content::Text(dictionary) = &mut self.content else { return };
        let codes = std::mem::take(&mut dictionary.codes);
        if marked == Treatment::Missing {
            let values = weight.values.iter_mut().zip(&weight.marked);
            values.filter(|(_, marked)| **marked).for_each(|(value, _)| *value = f64::NAN);
        }
        let value = |code: &u32| weight.values.get(*code as usize).copied().unwrap_or(f64::NAN);
        let values = codes.iter().map(value).collect();
        self.content = Content::Numbers(Numbers { values, ..Numbers::default() });
        self.unusual = weight.unusual;
    }

    pub fn finish(self) -> Values {
        match self.content {
            Content::Numbers(numbers) => Values::Number(numbers.values),
            Content::Text(dictionary) => Values::Text(dictionary.finish()),
        }
    }
}

impl Weight {
    /// Counts so many cells of one string, which first stands in `row`.
    fn add(&mut self, mark: NumberMark, count: u64, row: u64, text: &str, value: f64) {
        let index = self.unusual.iter().position(|unusual| unusual.mark == mark).unwrap_or_else(|| {
            self.unusual.push(Unusual { mark, count: 0, row: u64::MAX, found: String::new(), value: None });
            self.unusual.len() - 1
        });
        let unusual = &mut self.unusual[index];
        unusual.count += count;
        if row < unusual.row {
            unusual.row = row;
            unusual.found = super::shown::shown(text.as_bytes());
            unusual.value = (!value.is_nan()).then(|| value.to_string());
        }
    }
}

/// Words for true and false, in any case.
const TRUTHS: [[&str; 2]; 2] = [["true", "false"], ["yes", "no"]];

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

    fn is_of_truths(&self) -> bool {
        let filled = || self.code_of.keys().filter(|text| !number::is_missing(text.as_bytes()));
        let of = |pair: &[&str; 2]| filled().all(|text| pair.iter().any(|word| text.trim().eq_ignore_ascii_case(word)));
        filled().next().is_some() && TRUTHS.iter().any(of)
    }

    fn finish(self) -> TextColumn {
        let mut dictionary = vec![Default::default(); self.code_of.len()];
        self.code_of.into_iter().for_each(|(text, code)| dictionary[code as usize] = text);
        TextColumn { dictionary, codes: self.codes }
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
