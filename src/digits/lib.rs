//! Plain decimal numbers, as nearly all of a large table are: exactly rounded, the same answers as `str::parse::<f64>`.
//!
//! A package of its own, so that it is built for speed: most of the time of reading a large file goes by here. What others call
//! is never inlined: it would become part of what is built for size.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd;

/// Powers of ten that are exact in f64.
const POWERS: [f64; 20] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19];

/// More digits than this could overflow 64 bits.
const MOST_DIGITS: usize = 19;

/// Decimal numbers below this many units survive a round trip through f64.
const EXACT: u64 = 1_000_000_000_000_000;

/// A plain number: an optional minus, up to 15 digits, optionally a decimal separator and up to 15 more; at most 15 digits
/// behind leading zeros.
///
/// Such a text can be made again from the value and the number of digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plain {
    pub value: f64,
    pub digits: DigitCounts,
    /// Index of the first byte behind it.
    pub end: usize,
}

/// How many digits a plain number has before (upper half) and behind (lower half) the decimal separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DigitCounts(u8);

impl DigitCounts {
    /// Not a plain number: its text is kept as it was written.
    pub const AS_WRITTEN: Self = Self(u8::MAX);
    pub const NONE: Self = Self(0);
    /// Digits on one side.
    const MOST: usize = 15;

    /// Both at most 15, and not both 15.
    #[inline(always)]
    pub fn new(whole: usize, decimals: usize) -> Self {
        Self((whole << 4 | decimals) as u8)
    }

    pub fn whole(self) -> usize {
        usize::from(self.0 >> 4)
    }

    pub fn decimals(self) -> usize {
        usize::from(self.0 & 0xf)
    }
}

/// The plain number that starts at `start`; `None` when what is there is not plain (it may still be a number).
///
/// The digits make a whole number below 2^53, divided by a power of ten up to 10^19: both exact in f64, so the quotient
/// is exactly rounded (Clinger, How to read floating point numbers accurately, 1990).
pub fn plain(bytes: &[u8], start: usize, decimal: u8) -> Option<Plain> {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    if let Some(number) = simd::plain(bytes, start, decimal) {
        return Some(number);
    }
    plain_by_digit(bytes, start, decimal)
}

/// [`plain`], digit by digit.
#[cfg_attr(all(target_arch = "wasm32", target_feature = "simd128"), cold)]
#[inline]
fn plain_by_digit(bytes: &[u8], start: usize, decimal: u8) -> Option<Plain> {
    let negative = bytes.get(start) == Some(&b'-');
    let first = start + usize::from(negative);
    let (whole, mut end) = digits(bytes, first, 0);
    let n_whole = end - first;
    let mut units = whole;
    let mut n_decimals = 0;
    if bytes.get(end) == Some(&decimal) {
        let fraction = end + 1;
        (units, end) = digits(bytes, fraction, whole);
        n_decimals = end - fraction;
        if n_decimals == 0 {
            return None;
        }
    }
    let too_many =
        (n_whole > DigitCounts::MOST) | (n_decimals > DigitCounts::MOST) | (n_whole + n_decimals > MOST_DIGITS);
    if n_whole == 0 || too_many || units >= EXACT {
        return None;
    }
    let value = units as i64 as f64 / POWERS[n_decimals];
    Some(Plain { value: if negative { -value } else { value }, digits: DigitCounts::new(n_whole, n_decimals), end })
}

/// Appends the digits from `at` on to the whole number `units`, wrapping; also gives the index behind the last.
#[inline(always)]
fn digits(bytes: &[u8], mut at: usize, mut units: u64) -> (u64, usize) {
    while let Some(&byte) = bytes.get(at) {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        units = units.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    (units, at)
}

/// The plain numbers of neighbouring fields.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
struct PlainFields<'a> {
    bytes: &'a [u8],
    start: usize,
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use simd::PlainFields;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
impl<'a> PlainFields<'a> {
    #[inline(always)]
    pub fn new(bytes: &'a [u8], start: usize, _delimiter: u8) -> Self {
        Self { bytes, start }
    }

    /// The next field and the index of what follows it, where `\r\n` counts as `\n`; `None` when it is not plain.
    #[inline(always)]
    pub fn next(&mut self, decimal: u8) -> Option<(Plain, usize)> {
        let number = plain(self.bytes, self.start, decimal)?;
        let separator = match self.bytes.get(number.end)? {
            b'\r' if self.bytes.get(number.end + 1) == Some(&b'\n') => number.end + 1,
            _ => number.end,
        };
        self.start = separator + 1;
        Some((number, separator))
    }
}

/// A table as it is read: what stands between fields, and in numbers.
#[derive(Clone, Copy, Debug)]
pub struct NumberFormat {
    pub delimiter: u8,
    pub decimal: u8,
    /// In a row: at least 1.
    pub columns: usize,
}

/// Reads whole rows from `start` on, row by row into `cells` and `digits` (of the same length, a multiple of the columns), for
/// as long as there is room and every field is plain: the index behind the last such row, and how many there were.
pub fn rows(
    bytes: &[u8],
    start: usize,
    NumberFormat { delimiter, decimal, columns }: NumberFormat,
    cells: &mut [f64],
    digits: &mut [DigitCounts],
) -> (usize, usize) {
    let (mut at, mut n, mut column) = (start, 0, 0);
    let mut fields = PlainFields::new(bytes, start, delimiter);
    for (cell, digits) in cells.iter_mut().zip(digits) {
        let Some((number, separator)) = fields.next(decimal) else { break };
        (*cell, *digits) = (number.value, number.digits);
        column += 1;
        let is_last = column == columns;
        if bytes[separator] != if is_last { b'\n' } else { delimiter } {
            break;
        }
        if is_last {
            (at, n, column) = (separator + 1, n + 1, 0);
        }
    }
    (at, n)
}

/// Every `step`th of a block of numbers, from `start` on, behind those that are there already.
pub fn append_every(
    block: (&[f64], &[DigitCounts]),
    start: usize,
    step: usize,
    values: &mut Vec<f64>,
    digits: &mut Vec<DigitCounts>,
) {
    values.extend(block.0[start..].iter().step_by(step));
    digits.extend(block.1[start..].iter().step_by(step));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_leaves_the_unusual_to_others() {
        for text in ["", "-", ".5", "5.", "+1", "1234567890123456", "0.0000000000000001", "00000000000000000000"] {
            assert_eq!(plain(text.as_bytes(), 0, b'.'), None, "{text}");
        }
        let read = plain(b"-0.50,", 0, b'.');
        assert_eq!(read, Some(Plain { value: -0.5, digits: DigitCounts::new(1, 2), end: 5 }));
    }

    #[test]
    fn rows_end_where_something_is_not_plain_or_there_is_no_room() {
        let read = |text: &str, room: usize| {
            let (mut cells, mut digits) = (vec![f64::NAN; 2 * room], vec![DigitCounts::NONE; 2 * room]);
            let format = NumberFormat { delimiter: b';', decimal: b',', columns: 2 };
            let (end, n) = rows(text.as_bytes(), 0, format, &mut cells, &mut digits);
            (text[end..].to_owned(), cells[..2 * n].to_vec())
        };
        let long = "1;2,5\n-3;4\r\n5;6\n".to_owned() + &"7;8\n".repeat(40);
        assert_eq!(read(&long, 3), ("7;8\n".repeat(40), vec![1.0, 2.5, -3.0, 4.0, 5.0, 6.0]));
        for unusual in ["x;1\n", "1\n", "1;2;3\n", "1;\n", "1;2 \n", "\"1\";2\n"] {
            let text = "1;2\n".to_owned() + unusual + &"7;8\n".repeat(40);
            assert_eq!(read(&text, 9), (text[4..].to_owned(), vec![1.0, 2.0]), "{unusual:?}");
        }
    }
}
