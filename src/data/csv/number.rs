//! From text to numbers: exactly rounded, the same answers as `str::parse::<f64>`.

use super::Decimal;
use crate::engine;

/// Powers of ten that are exact in f64.
pub(super) const POWERS: [f64; 20] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19];

/// More digits than this could overflow 64 bits.
const MOST_DIGITS: usize = 19;

/// Decimal numbers below this many units survive a round trip through f64.
const EXACT: u64 = 1_000_000_000_000_000;

/// A plain number: an optional minus, up to 15 digits, optionally a decimal separator and up to 15 more; at most 15 digits
/// behind leading zeros.
///
/// Such a text can be made again from the value and the number of digits: [`restore`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plain {
    pub value: f64,
    pub digits: Digits,
    /// Index of the first byte behind it.
    pub end: usize,
}

/// How many digits a plain number has before (upper half) and behind (lower half) the decimal separator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits(u8);

impl Digits {
    /// Not a plain number: its text is kept as it was written.
    pub const AS_WRITTEN: Self = Self(u8::MAX);
    pub const NONE: Self = Self(0);
    const MOST: usize = 15;

    /// Both at most 15, and not both 15.
    #[inline(always)]
    pub fn new(whole: usize, decimals: usize) -> Self {
        Self((whole << 4 | decimals) as u8)
    }
}

/// The plain number that starts at `start`; `None` when what is there is not plain (it may still be a number).
///
/// The digits make a whole number below 2^53, divided by a power of ten up to 10^19: both exact in f64, so the quotient
/// is exactly rounded (Clinger, How to read floating point numbers accurately, 1990).
#[inline(always)]
pub(super) fn plain(bytes: &[u8], start: usize, decimal: u8) -> Option<Plain> {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    if let Some(number) = super::simd::plain(bytes, start, decimal) {
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
    let too_many = (n_whole > Digits::MOST) | (n_decimals > Digits::MOST) | (n_whole + n_decimals > MOST_DIGITS);
    if n_whole == 0 || too_many || units >= EXACT {
        return None;
    }
    let value = units as i64 as f64 / POWERS[n_decimals];
    Some(Plain { value: if negative { -value } else { value }, digits: Digits::new(n_whole, n_decimals), end })
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
pub(super) struct PlainFields<'a> {
    bytes: &'a [u8],
    start: usize,
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(super) use super::simd::PlainFields;

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

/// The text that [`plain`] read.
pub(super) fn restore(value: f64, digits: Digits, decimal: Decimal) -> String {
    let (whole, decimals) = (usize::from(digits.0 >> 4), usize::from(digits.0 & 0xf));
    let width = usize::from(value.is_sign_negative()) + whole + usize::from(decimals > 0) + decimals;
    let text = format!("{value:0width$.decimals$}");
    if decimal == Decimal::Comma { text.replace('.', ",") } else { text }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Missing,
    Number(f64),
    /// `inf`, or a number too large for f64.
    Infinite,
    Text,
}

/// What a field holds; white space around it does not count.
pub(super) fn classify(field: &[u8], decimal: Decimal) -> Kind {
    const MISSING: [&str; 7] = ["", "na", "n/a", "nan", "null", "?", "-"];
    const LONGEST_MISSING: usize = 4;
    let field = field.trim_ascii();
    if field.len() <= LONGEST_MISSING && MISSING.iter().any(|marker| field.eq_ignore_ascii_case(marker.as_bytes())) {
        return Kind::Missing;
    }
    if let Some(number) = plain(field, 0, decimal.byte())
        && number.end == field.len()
    {
        return Kind::Number(number.value);
    }
    let Ok(text) = std::str::from_utf8(field) else { return Kind::Text };
    let unsigned = text.trim_start_matches(['+', '-', '\u{2212}']);
    if unsigned.eq_ignore_ascii_case("inf") || unsigned.eq_ignore_ascii_case("infinity") {
        return Kind::Infinite;
    }
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.' || first == ',') {
        return Kind::Text;
    }
    let parsed = match decimal {
        // The minus sign of typographers comes along when numbers are copied from a page.
        _ if text.starts_with('\u{2212}') => {
            engine::decimal::parse(&text.replacen('\u{2212}', "-", 1).replace(char::from(decimal.byte()), "."))
        }
        Decimal::Point => engine::decimal::parse(text),
        Decimal::Comma if text.contains('.') => return Kind::Text,
        Decimal::Comma => engine::decimal::parse(&text.replace(',', ".")),
    };
    match parsed {
        Some(value) if value.is_infinite() => Kind::Infinite,
        Some(value) => Kind::Number(value),
        None => Kind::Text,
    }
}

/// A number that somebody typed, with a decimal point or comma; NaN for what stands for a missing value, `None` for
/// anything else.
pub fn read_number(text: &str) -> Option<f64> {
    [Decimal::Point, Decimal::Comma].into_iter().find_map(|decimal| match classify(text.as_bytes(), decimal) {
        Kind::Number(value) => Some(value),
        Kind::Missing => Some(f64::NAN),
        Kind::Infinite | Kind::Text => None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn missing_markers_in_any_case_and_with_spaces() {
        for marker in ["", "  ", "NA", "n/a", "NaN", "NULL", "?", "-", " na "] {
            assert_eq!(classify(marker.as_bytes(), Decimal::Point), Kind::Missing, "{marker:?}");
        }
    }

    #[test]
    fn what_is_a_number_and_what_is_not() {
        let point = |text: &str| classify(text.as_bytes(), Decimal::Point);
        let comma = |text: &str| classify(text.as_bytes(), Decimal::Comma);
        for (text, value) in
            [("1", 1.0), (" +1.5e3 ", 1500.0), (".5", 0.5), ("5.", 5.0), ("\u{2212}2", -2.0), ("1e-400", 0.0)]
        {
            assert_eq!(point(text), Kind::Number(value), "{text}");
        }
        assert_eq!(comma("1,5"), Kind::Number(1.5));
        assert_eq!(comma("\u{2212}1,5"), Kind::Number(-1.5));
        for text in ["1.5", "1.234,5", "1,2,3"] {
            assert_eq!(comma(text), Kind::Text, "{text}");
        }
        for text in ["1,5", "--1", "+-1", "x1", "1 2", "0x10", "1e", "+", "e5", "-nan", "\u{2212}-2"] {
            assert_eq!(point(text), Kind::Text, "{text}");
        }
        for text in ["inf", "-Infinity", "1e400", "-1e309"] {
            assert_eq!(point(text), Kind::Infinite, "{text}");
        }
    }

    #[test]
    fn plain_leaves_the_unusual_to_others() {
        for text in ["", "-", ".5", "5.", "+1", "1234567890123456", "0.0000000000000001", "00000000000000000000"] {
            assert_eq!(plain(text.as_bytes(), 0, b'.'), None, "{text}");
        }
        let read = plain(b"-0.50,", 0, b'.');
        assert_eq!(read, Some(Plain { value: -0.5, digits: Digits::new(1, 2), end: 5 }));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn plain_is_what_std_parses_and_can_be_restored(text in "-?(0{0,3}|[1-9])[0-9]{1,16}(\\.[0-9]{1,19})?") {
            if let Some(read) = plain(text.as_bytes(), 0, b'.') {
                prop_assert_eq!(read.value.to_bits(), text.parse::<f64>().unwrap().to_bits());
                prop_assert_eq!(read.end, text.len());
                prop_assert_eq!(restore(read.value, read.digits, Decimal::Point), text);
            } else {
                prop_assert!(text.len() > 15, "{} is plain", text);
            }
        }

        #[test]
        fn numbers_are_what_std_parses(text in "[+-]?([0-9]{1,20}\\.?|[0-9]{0,20}\\.[0-9]{1,20})(e[+-]?[0-9]{1,2})?") {
            let value = text.parse::<f64>().unwrap();
            prop_assert_eq!(classify(text.as_bytes(), Decimal::Point), Kind::Number(value));
        }
    }
}
