//! Plain numbers, sixteen bytes at a time: WebAssembly's SIMD128.
//!
//! Which bytes are digits is found out for all at once; the digits are moved to the right end of the vector, the decimal
//! separator left out; then neighbours are put together to numbers of two, four and eight digits. There is no branch
//! that depends on how many digits there are, which is what makes reading digit by digit slow. After Lemire and Muła,
//! Number parsing at a gigabyte per second (2021), and simdjson.

use core::arch::wasm32::{
    i8x16, i8x16_gt, i8x16_splat, i8x16_sub, i8x16_swizzle, i16x8, i16x8_add, i16x8_mul, i16x8_narrow_i32x4,
    i16x8_splat, i32x4_dot_i16x8, i32x4_extract_lane, u8x16_bitmask, u8x16_eq, u8x16_splat, u8x16_sub, u16x8_shr,
    u64x2, v128, v128_and, v128_andnot, v128_or,
};

use super::{DigitCounts, POWERS, Plain};

/// The plain numbers of neighbouring fields, the separators behind them found first, 64 bytes at a time: so the numbers do
/// not wait for each other.
pub struct PlainFields<'a> {
    constants: Constants,
    bytes: &'a [u8],
    delimiter: v128,
    start: usize,
    /// Where the next 64 bytes begin.
    block: usize,
    /// A bit for each separator in the 64 bytes before that, those that are done with left out.
    separators: u64,
}

impl<'a> PlainFields<'a> {
    #[inline(always)]
    pub fn new(bytes: &'a [u8], start: usize, delimiter: u8) -> Self {
        Self {
            constants: Constants::loaded(),
            bytes,
            delimiter: u8x16_splat(delimiter),
            start,
            block: start,
            separators: 0,
        }
    }

    /// The next field and the index of its separator, which is a delimiter or `\n`; `None` when it is not plain, or too
    /// near to the end of the bytes.
    #[inline(always)]
    pub fn next(&mut self, decimal: u8) -> Option<(Plain, usize)> {
        const BLOCK: usize = 64;
        while self.separators == 0 {
            let block: &[u8; BLOCK] = self.bytes.get(self.block..self.block + BLOCK)?.try_into().ok()?;
            for (index, part) in block.chunks_exact(16).enumerate() {
                let text = load(part.try_into().ok()?);
                let found = v128_or(u8x16_eq(text, self.delimiter), u8x16_eq(text, self.constants.line_feed));
                self.separators |= u64::from(u8x16_bitmask(found)) << (16 * index);
            }
            self.block += BLOCK;
        }
        let separator = self.block - BLOCK + self.separators.trailing_zeros() as usize;
        self.separators &= self.separators - 1;
        let number = plain_with(&self.constants, self.bytes, self.start, decimal)?;
        self.start = separator + 1;
        let ends = number.end == separator
            || (number.end + 1 == separator && self.bytes.get(number.end..=separator) == Some(b"\r\n"));
        ends.then_some((number, separator))
    }
}

#[inline(always)]
fn load(bytes: &[u8; 16]) -> v128 {
    u64x2(
        u64::from_le_bytes(*bytes.first_chunk().unwrap_or(&[0; 8])),
        u64::from_le_bytes(*bytes.last_chunk().unwrap_or(&[0; 8])),
    )
}

/// Vectors that reading a number needs.
#[derive(Clone, Copy)]
struct Constants {
    to_signed: v128,
    nine: v128,
    zero: v128,
    lanes: v128,
    low: v128,
    ten: v128,
    hundred: v128,
    ten_thousand: v128,
    line_feed: v128,
}

impl Constants {
    #[inline(always)]
    fn new() -> Self {
        Self {
            to_signed: i8x16_splat(i8::MIN + b'0' as i8),
            nine: i8x16_splat(i8::MIN + 9),
            zero: u8x16_splat(b'0'),
            lanes: i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
            low: i16x8_splat(0x00ff),
            ten: i16x8_splat(10),
            hundred: i16x8(100, 1, 100, 1, 100, 1, 100, 1),
            ten_thousand: i16x8(10_000, 1, 10_000, 1, 10_000, 1, 10_000, 1),
            line_feed: u8x16_splat(b'\n'),
        }
    }

    /// From memory. Of vectors that the compiler knows, the machine makes new ones for each number, which takes longer.
    #[inline(always)]
    fn loaded() -> Self {
        std::hint::black_box(Self::new())
    }
}

/// As [`super::plain`], but gives up more: on a number that does not end within sixteen bytes.
#[inline(always)]
pub fn plain(bytes: &[u8], start: usize, decimal: u8) -> Option<Plain> {
    plain_with(&Constants::new(), bytes, start, decimal)
}

#[inline(always)]
fn plain_with(constants: &Constants, bytes: &[u8], start: usize, decimal: u8) -> Option<Plain> {
    const LANES: i8 = 16;
    let window: &[u8; 16] = bytes.get(start..start + 16)?.try_into().ok()?;
    let text = load(window);
    // Digits are the least of signed bytes.
    let others = i8x16_gt(i8x16_sub(text, constants.to_signed), constants.nine);
    let digits = v128_andnot(u8x16_sub(text, constants.zero), others);

    // A bit for each byte that is no digit. The next number waits for where this one ends, so that comes first, and the
    // sign takes no step of its own.
    let negative = window[0] == b'-';
    let others = u32::from(u8x16_bitmask(others)) & !u32::from(negative);
    let point = others.trailing_zeros() as usize;
    let mut end = point;
    let mut n_decimals = 0;
    if *window.get(point)? == decimal {
        end = (others & (others - 1)).trailing_zeros() as usize;
        n_decimals = end - point - 1;
        if n_decimals == 0 || end >= window.len() {
            return None;
        }
    }
    let first = usize::from(negative);
    let n_whole = point - first;
    if n_whole == 0 {
        return None;
    }

    // Where the digit of each lane comes from: from before the bytes comes 0, as from a sign.
    let source = i8x16_sub(constants.lanes, i8x16_splat(LANES - (point + n_decimals) as i8));
    // A true lane is -1: one more, past the separator.
    let source = i8x16_sub(source, i8x16_gt(source, i8x16_splat(point as i8 - 1)));
    let digits = i8x16_swizzle(digits, source);

    let tens = v128_and(digits, constants.low);
    let pairs = i16x8_add(i16x8_mul(tens, constants.ten), u16x8_shr(digits, 8));
    let fours = i32x4_dot_i16x8(pairs, constants.hundred);
    let fours = i16x8_narrow_i32x4(fours, fours);
    let eights = i32x4_dot_i16x8(fours, constants.ten_thousand);
    // At most 15 digits: below 2^53.
    let units = i64::from(i32x4_extract_lane::<0>(eights)) * 100_000_000 + i64::from(i32x4_extract_lane::<1>(eights));
    let value = units as f64 / POWERS[n_decimals];
    Some(Plain {
        value: f64::from_bits(value.to_bits() | u64::from(negative) << 63),
        digits: DigitCounts::new(n_whole, n_decimals),
        end: start + end,
    })
}
