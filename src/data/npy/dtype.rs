//! The type of the values of an array, and how they become `f64`.

use half::f16;
use normlab_engine::conventions::FloatPrecision;

use super::NpyError;
use super::quoted::unquoted;
use crate::shown_name;

/// A type of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dtype {
    kind: DtypeKind,
    big_endian: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DtypeKind {
    Bool,
    F2,
    F4,
    F8,
    I1,
    I2,
    I4,
    I8,
    U1,
    U2,
    U4,
    U8,
}

const RESHAPE: &str = "Save one field of it, such as x[\"name\"].";
const PARTS: &str = "Save x.real, x.imag or abs(x).";
const NUMBERS: &str = "Save x.astype(\"float32\").";
const BYTES: &str = "In PyTorch, save x.float().numpy().";

impl Dtype {
    /// The type of the `descr` of a header, such as `'<f4'`.
    ///
    /// # Errors
    /// [`NpyError::Type`] for what are no numbers, [`NpyError::NpyHeader`] for what is no type.
    pub fn parse(value: &str) -> Result<Self, NpyError> {
        let refuse =
            |what, advice| NpyError::Type { descr: shown_name(unquoted(value).unwrap_or(value)), what, advice };
        let no_type = || NpyError::Header { expected: "descr: a type such as '<f4'", found: shown_name(value) };
        let Some(name) = unquoted(value) else {
            // A list of fields.
            return Err(if value.starts_with('[') { refuse("records of several fields", RESHAPE) } else { no_type() });
        };
        let big_endian = name.starts_with('>');
        let name = name.strip_prefix(['<', '>', '|', '=']).unwrap_or(name);
        let kind = match name {
            "b1" | "?" => DtypeKind::Bool,
            "f2" => DtypeKind::F2,
            "f4" => DtypeKind::F4,
            "f8" => DtypeKind::F8,
            "i1" => DtypeKind::I1,
            "i2" => DtypeKind::I2,
            "i4" => DtypeKind::I4,
            "i8" => DtypeKind::I8,
            "u1" => DtypeKind::U1,
            "u2" => DtypeKind::U2,
            "u4" => DtypeKind::U4,
            "u8" => DtypeKind::U8,
            _ => {
                return Err(match name.as_bytes().first() {
                    Some(b'O') => refuse("Python objects", NUMBERS),
                    Some(b'U' | b'S' | b'a' | b'T') => refuse("texts", NUMBERS),
                    Some(b'c') => refuse("complex numbers", PARTS),
                    Some(b'M') => refuse("dates", NUMBERS),
                    Some(b'm') => refuse("durations", NUMBERS),
                    // bfloat16 among them.
                    Some(b'V') => refuse("bytes without a meaning", BYTES),
                    Some(b'f') => refuse("numbers of a length that not every machine has", NUMBERS),
                    _ => no_type(),
                });
            }
        };
        Ok(Self { kind, big_endian })
    }

    /// What its numbers are kept in; whole numbers are as of double precision.
    pub fn precision(self) -> FloatPrecision {
        match self.kind {
            DtypeKind::F2 => FloatPrecision::Half,
            DtypeKind::F4 => FloatPrecision::Single,
            _ => FloatPrecision::Double,
        }
    }

    /// Bytes of one value.
    pub fn size(self) -> usize {
        match self.kind {
            DtypeKind::Bool | DtypeKind::I1 | DtypeKind::U1 => 1,
            DtypeKind::F2 | DtypeKind::I2 | DtypeKind::U2 => 2,
            DtypeKind::F4 | DtypeKind::I4 | DtypeKind::U4 => 4,
            DtypeKind::F8 | DtypeKind::I8 | DtypeKind::U8 => 8,
        }
    }

    /// Appends the values of these bytes, of which there must be whole values; returns whether they may have been
    /// rounded, which only integers of 64 bits can be.
    pub fn decode(self, bytes: &mut [u8], into: &mut Vec<f64>) -> bool {
        if self.big_endian {
            bytes.chunks_exact_mut(self.size()).for_each(<[u8]>::reverse);
        }
        fn all<const N: usize>(bytes: &[u8], into: &mut Vec<f64>, value: impl Fn([u8; N]) -> f64) {
            into.extend(bytes.as_chunks().0.iter().map(|bytes| value(*bytes)));
        }
        match self.kind {
            DtypeKind::Bool => all(bytes, into, |[byte]| f64::from(u8::from(byte != 0))),
            DtypeKind::F2 => all(bytes, into, |bytes| f16::from_le_bytes(bytes).to_f64()),
            DtypeKind::F4 => all(bytes, into, |bytes| f64::from(f32::from_le_bytes(bytes))),
            DtypeKind::F8 => all(bytes, into, f64::from_le_bytes),
            DtypeKind::I1 => all(bytes, into, |bytes| f64::from(i8::from_le_bytes(bytes))),
            DtypeKind::I2 => all(bytes, into, |bytes| f64::from(i16::from_le_bytes(bytes))),
            DtypeKind::I4 => all(bytes, into, |bytes| f64::from(i32::from_le_bytes(bytes))),
            DtypeKind::I8 => all(bytes, into, |bytes| i64::from_le_bytes(bytes) as f64),
            DtypeKind::U1 => all(bytes, into, |bytes| f64::from(u8::from_le_bytes(bytes))),
            DtypeKind::U2 => all(bytes, into, |bytes| f64::from(u16::from_le_bytes(bytes))),
            DtypeKind::U4 => all(bytes, into, |bytes| f64::from(u32::from_le_bytes(bytes))),
            DtypeKind::U8 => all(bytes, into, |bytes| u64::from_le_bytes(bytes) as f64),
        }
        matches!(self.kind, DtypeKind::I8 | DtypeKind::U8)
    }

    /// The whole number of these eight bytes, decoded already: as `f64` it may be another.
    pub fn whole(self, bytes: [u8; 8]) -> i128 {
        match self.kind {
            DtypeKind::U8 => i128::from(u64::from_le_bytes(bytes)),
            _ => i128::from(i64::from_le_bytes(bytes)),
        }
    }
}
