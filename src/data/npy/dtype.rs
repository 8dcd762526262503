//! The type of the values of an array, and how they become `f64`.

use crate::engine::conventions::Precision;
use half::f16;

use super::Error;
use super::header::unquoted;
use crate::data::shown_name;

/// A type of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dtype {
    kind: Kind,
    big_endian: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
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
    /// [`Error::Type`] for what are no numbers, [`Error::Header`] for what is no type.
    pub fn parse(value: &str) -> Result<Self, Error> {
        let refuse = |what, advice| Error::Type { descr: shown_name(unquoted(value).unwrap_or(value)), what, advice };
        let no_type = || Error::Header { expected: "descr: a type such as '<f4'", found: shown_name(value) };
        let Some(name) = unquoted(value) else {
            // A list of fields.
            return Err(if value.starts_with('[') { refuse("records of several fields", RESHAPE) } else { no_type() });
        };
        let big_endian = name.starts_with('>');
        let name = name.strip_prefix(['<', '>', '|', '=']).unwrap_or(name);
        let kind = match name {
            "b1" | "?" => Kind::Bool,
            "f2" => Kind::F2,
            "f4" => Kind::F4,
            "f8" => Kind::F8,
            "i1" => Kind::I1,
            "i2" => Kind::I2,
            "i4" => Kind::I4,
            "i8" => Kind::I8,
            "u1" => Kind::U1,
            "u2" => Kind::U2,
            "u4" => Kind::U4,
            "u8" => Kind::U8,
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
    pub fn precision(self) -> Precision {
        match self.kind {
            Kind::F2 => Precision::Half,
            Kind::F4 => Precision::Single,
            _ => Precision::Double,
        }
    }

    /// Bytes of one value.
    pub fn size(self) -> usize {
        match self.kind {
            Kind::Bool | Kind::I1 | Kind::U1 => 1,
            Kind::F2 | Kind::I2 | Kind::U2 => 2,
            Kind::F4 | Kind::I4 | Kind::U4 => 4,
            Kind::F8 | Kind::I8 | Kind::U8 => 8,
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
            Kind::Bool => all(bytes, into, |[byte]| f64::from(u8::from(byte != 0))),
            Kind::F2 => all(bytes, into, |bytes| f16::from_le_bytes(bytes).to_f64()),
            Kind::F4 => all(bytes, into, |bytes| f64::from(f32::from_le_bytes(bytes))),
            Kind::F8 => all(bytes, into, f64::from_le_bytes),
            Kind::I1 => all(bytes, into, |bytes| f64::from(i8::from_le_bytes(bytes))),
            Kind::I2 => all(bytes, into, |bytes| f64::from(i16::from_le_bytes(bytes))),
            Kind::I4 => all(bytes, into, |bytes| f64::from(i32::from_le_bytes(bytes))),
            Kind::I8 => all(bytes, into, |bytes| i64::from_le_bytes(bytes) as f64),
            Kind::U1 => all(bytes, into, |bytes| f64::from(u8::from_le_bytes(bytes))),
            Kind::U2 => all(bytes, into, |bytes| f64::from(u16::from_le_bytes(bytes))),
            Kind::U4 => all(bytes, into, |bytes| f64::from(u32::from_le_bytes(bytes))),
            Kind::U8 => all(bytes, into, |bytes| u64::from_le_bytes(bytes) as f64),
        }
        matches!(self.kind, Kind::I8 | Kind::U8)
    }

    /// The whole number of these eight bytes, decoded already: as `f64` it may be another.
    pub fn whole(self, bytes: [u8; 8]) -> i128 {
        match self.kind {
            Kind::U8 => i128::from(u64::from_le_bytes(bytes)),
            _ => i128::from(i64::from_le_bytes(bytes)),
        }
    }
}
