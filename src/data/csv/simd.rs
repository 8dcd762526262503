//! Plain numbers, sixteen bytes at a time: WebAssembly's SIMD128.
//!
//! Which bytes are digits is found out for all at once; the digits are moved to the right end of the vector, the decimal
//! separator left out; then neighbours are put together to numbers of two, four and eight digits. There is no branch
//! that depends on how many digits there are, which is what makes reading digit by digit slow. After Lemire and Muła,
//! Number parsing at a gigabyte per second (2021), and simdjson.

use core::arch::wasm32::{
    i8x16, i8x16_ge, i8x16_splat, i8x16_sub, i8x16_swizzle, i16x8, i16x8_add, i16x8_mul, i16x8_narrow_i32x4,
    i16x8_splat, i32x4_dot_i16x8, i32x4_extract_lane, u8x16_bitmask, u8x16_gt, u8x16_splat, u8x16_sub, u16x8_shr,
    u64x2, v128_and,
};

use super::number::{POWERS, Plain};

/// As [`super::number::plain`], but gives up more: on a number that does not end within sixteen bytes behind its sign.
#[inline(always)]
pub(super) fn plain(bytes: &[u8], start: usize, decimal: u8) -> Option<Plain> {
    const LANES: i8 = 16;
    let negative = bytes.get(start) == Some(&b'-');
    let first = start + usize::from(negative);
    let window: &[u8; 16] = bytes.get(first..first + 16)?.try_into().ok()?;
    let (low, high) = window.split_at(8);
    let text = u64x2(u64::from_le_bytes(low.try_into().ok()?), u64::from_le_bytes(high.try_into().ok()?));
    let digits = u8x16_sub(text, u8x16_splat(b'0'));

    // A bit for each byte that is no digit.
    let others = u8x16_bitmask(u8x16_gt(digits, u8x16_splat(9)));
    let n_whole = others.trailing_zeros() as usize;
    let mut end = n_whole;
    let mut n_decimals = 0;
    if *window.get(n_whole)? == decimal {
        end = (others & (others - 1)).trailing_zeros() as usize;
        n_decimals = end - n_whole - 1;
        if n_decimals == 0 || end >= window.len() {
            return None;
        }
    }
    let needless_zero = n_whole > 1 && window[0] == b'0';
    if n_whole == 0 || needless_zero {
        return None;
    }

    // Where the digit of each lane comes from. A source below 0 is out of range and makes a 0.
    let n_digits = (n_whole + n_decimals) as i8;
    let lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    let source = i8x16_sub(lanes, i8x16_splat(LANES - n_digits));
    // A true lane is -1: one more, past the separator.
    let source = i8x16_sub(source, i8x16_ge(source, i8x16_splat(n_whole as i8)));
    let digits = i8x16_swizzle(digits, source);

    let tens = v128_and(digits, i16x8_splat(0x00ff));
    let pairs = i16x8_add(i16x8_mul(tens, i16x8_splat(10)), u16x8_shr(digits, 8));
    let fours = i32x4_dot_i16x8(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
    let fours = i16x8_narrow_i32x4(fours, fours);
    let eights = i32x4_dot_i16x8(fours, i16x8(10_000, 1, 10_000, 1, 10_000, 1, 10_000, 1));
    // At most 15 digits: below 2^53.
    let units = i64::from(i32x4_extract_lane::<0>(eights)) * 100_000_000 + i64::from(i32x4_extract_lane::<1>(eights));
    let value = units as f64 / POWERS[n_decimals];
    Some(Plain { value: if negative { -value } else { value }, decimals: n_decimals as u8, end: first + end })
}
