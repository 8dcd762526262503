//! The reader: bytes in, a data set out.

use serde::{Deserialize, Serialize};

use super::error::NpyError;
use super::header::NpyHeader;
use super::plan::{self, ReadPlan};
use super::{DimensionRoles, NpyNote};
use crate::Dataset;
use normlab_engine::conventions::FloatPrecision;

/// So many values are turned into numbers at once.
const BLOCK: usize = 1 << 12;

/// An array that was read, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct NpyRead {
    pub dataset: Dataset,
    pub reading: NpyReading,
    pub notes: Vec<NpyNote>,
}

/// How an array was read, and what else there was to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NpyReading {
    /// Sizes of its dimensions.
    pub shape: Vec<u64>,
    pub axes: DimensionRoles,
    /// What its numbers are kept in.
    pub precision: FloatPrecision,
    /// Names of the arrays in an archive, and which of them was read.
    pub arrays: Vec<String>,
    pub array: usize,
}

/// Reads a `.npy` file from chunks of bytes cut anywhere.
///
/// - Boolean, signed and unsigned integer and floating point numbers of 1 to 8 bytes, little or big endian, in C or
///   Fortran order, in 1 to 4 dimensions. They become `f64`, which holds all but whole numbers beyond 2^53 exactly.
/// - NaN is a missing value.
pub struct NpyReader {
    asked: Option<DimensionRoles>,
    size: u64,
    infinite_missing: bool,
    /// Bytes of the header so far, or of half a value.
    kept: Vec<u8>,
    values: Option<NpyValues>,
}

struct NpyValues {
    header: NpyHeader,
    plan: ReadPlan,
    columns: Vec<Vec<f64>>,
    block: Vec<f64>,
    /// Values read so far.
    count: u64,
    /// Bytes after the array.
    more: u64,
    infinite_missing: bool,
    /// The first infinite value, and how many there are.
    infinite: Option<NpyNote>,
    rounded: u64,
    first_rounded: Option<NpyNote>,
}

impl NpyReader {
    /// For exactly `size` bytes; the usual axes unless others are asked for.
    pub fn new(asked: Option<DimensionRoles>, size: u64) -> Self {
        Self { asked, size, infinite_missing: false, kept: Vec::new(), values: None }
    }

    /// Whether an infinite value is a missing one instead of an error.
    #[must_use]
    pub fn with_infinite_missing(self, infinite_missing: bool) -> Self {
        Self { infinite_missing, ..self }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`NpyError`] as soon as something is wrong; the reader is of no more use then.
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<(), NpyError> {
        if self.values.is_none() {
            self.kept.extend_from_slice(bytes);
            let Some(header) = NpyHeader::parse(&self.kept)? else { return Ok(()) };
            let plan = ReadPlan::new(&header, self.asked.as_ref(), self.size)?;
            let columns = plan.columns()?;
            let end = header.end;
            self.values = Some(NpyValues {
                header,
                plan,
                columns,
                block: Vec::with_capacity(BLOCK),
                count: 0,
                more: 0,
                infinite_missing: self.infinite_missing,
                infinite: None,
                rounded: 0,
                first_rounded: None,
            });
            let kept = std::mem::take(&mut self.kept);
            return self.push(kept.get(end..).unwrap_or_default());
        }
        let Some(values) = &mut self.values else { return Ok(()) };
        let size = values.header.dtype.size();
        if !self.kept.is_empty() {
            let (head, rest) = bytes.split_at(bytes.len().min(size - self.kept.len()));
            self.kept.extend_from_slice(head);
            bytes = rest;
            if self.kept.len() == size {
                values.take(&self.kept)?;
                self.kept.clear();
            }
        }
        let (whole, half) = bytes.split_at(bytes.len() - bytes.len() % size);
        for block in whole.chunks(BLOCK * size) {
            values.take(block)?;
        }
        self.kept.extend_from_slice(half);
        Ok(())
    }

    /// There are no more bytes: the data set, called `name`.
    ///
    /// # Errors
    /// [`NpyError::Truncated`] when there should have been more.
    pub fn finish(self, name: &str) -> Result<NpyRead, NpyError> {
        let Some(NpyValues { header, plan, columns, count, more, infinite, rounded, first_rounded, .. }) = self.values
        else {
            return Err(no_header(&self.kept));
        };
        let NpyHeader { shape, dtype, .. } = header;
        let size = dtype.size() as u64;
        let more = more + self.kept.len() as u64;
        if count < plan.values {
            let found = count * size + more;
            return Err(NpyError::Truncated { shape, expected: plan.values * size, found });
        }
        let axes = plan.axes.clone();
        let mut notes = vec![NpyNote::Axes { axes: axes.clone(), shape: shape.clone() }];
        if let Some(asked) = self.asked.filter(|asked| *asked != axes) {
            notes.push(NpyNote::OtherAxes { asked });
        }
        notes.extend(infinite);
        if let Some(NpyNote::Rounded { index, found, value, .. }) = first_rounded {
            notes.push(NpyNote::Rounded { count: rounded, index, found, value });
        }
        if more > 0 {
            notes.push(NpyNote::More { bytes: more });
        }
        let precision = dtype.precision();
        let reading = NpyReading { shape, axes, precision, arrays: Vec::new(), array: 0 };
        Ok(NpyRead { dataset: plan.finish(name, columns), reading, notes })
    }
}

/// The bytes end before the header does.
fn no_header(bytes: &[u8]) -> NpyError {
    match NpyHeader::parse(bytes) {
        Err(error) => error,
        Ok(_) => {
            NpyError::Header { expected: "a header, as numpy.save writes it", found: "the end of the file".into() }
        }
    }
}

impl NpyValues {
    /// Takes bytes of whole values.
    fn take(&mut self, bytes: &[u8]) -> Result<(), NpyError> {
        let dtype = self.header.dtype;
        let size = dtype.size();
        let left = (self.plan.values - self.count).min((bytes.len() / size) as u64) as usize;
        let (bytes, more) = bytes.split_at(left * size);
        self.more += more.len() as u64;
        let mut bytes = bytes.to_vec();
        self.block.clear();
        if dtype.decode(&mut bytes, &mut self.block) {
            self.count_rounded(&bytes);
        }
        if let Some(at) = self.block.iter().position(|value| value.is_infinite()) {
            let found = if self.block[at] > 0.0 { "inf" } else { "-inf" };
            let index = plan::index(&self.header, self.count + at as u64);
            if !self.infinite_missing {
                return Err(NpyError::Infinite { index, found });
            }
            self.make_infinite_missing(index, found);
        }
        self.plan.place(&self.block, &mut self.columns);
        self.count += left as u64;
        Ok(())
    }

    fn make_infinite_missing(&mut self, index: Vec<u64>, found: &'static str) {
        let note = self.infinite.get_or_insert(NpyNote::Infinite { count: 0, index, found });
        let NpyNote::Infinite { count, .. } = note else { return };
        for value in self.block.iter_mut().filter(|value| value.is_infinite()) {
            *value = f64::NAN;
            *count += 1;
        }
    }

    fn count_rounded(&mut self, bytes: &[u8]) {
        for (at, (bytes, &value)) in bytes.as_chunks().0.iter().zip(&self.block).enumerate() {
            let whole = self.header.dtype.whole(*bytes);
            if value as i128 == whole {
                continue;
            }
            self.rounded += 1;
            self.first_rounded.get_or_insert_with(|| NpyNote::Rounded {
                count: 1,
                index: plan::index(&self.header, self.count + at as u64),
                found: whole.to_string(),
                value: value.to_string(),
            });
        }
    }
}
