//! From decimal text to the nearest number: the answers of `str::parse::<f64>` without its tables, which would be a
//! thirtieth of the page.

/// Powers of ten that are exact.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// Digits that fit into 64 bits.
const SHORT: usize = 19;

/// No two numbers, nor a number and the middle between two, agree in so many digits and differ behind them.
const ENOUGH: usize = 800;

/// The number nearest to what a text says: an optional sign, digits with an optional point among them, an optional
/// exponent. Infinite when it is too large; `None` when the text is anything else.
pub fn parse(text: &str) -> Option<f64> {
    let (negative, text) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] | rest => (false, rest),
    };
    let split = text.iter().position(|byte| byte.eq_ignore_ascii_case(&b'e')).unwrap_or(text.len());
    let (digits, exponent) = text.split_at(split);
    let exponent = if exponent.is_empty() { 0 } else { whole(&exponent[1..])? };
    let point = digits.iter().position(|byte| *byte == b'.').unwrap_or(digits.len());
    let decimals = digits.len().saturating_sub(point + 1) as i64;
    let mut read = Digits::default();
    for (index, byte) in digits.iter().enumerate() {
        match byte.wrapping_sub(b'0') {
            digit @ 0..=9 => read.push(digit),
            _ if index == point => {}
            _ => return None,
        }
    }
    if digits.len() == usize::from(point < digits.len()) {
        return None;
    }
    let value = read.times_ten_to(exponent.saturating_sub(decimals));
    Some(if negative { -value } else { value })
}

/// The number nearest to `units * 10^exponent`.
pub fn scaled(units: i64, exponent: i32) -> f64 {
    let digits = Digits { first: units.unsigned_abs(), ..Digits::default() };
    let value = digits.times_ten_to(i64::from(exponent));
    if units < 0 { -value } else { value }
}

/// A whole number; one with far too many digits is only very large.
fn whole(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] | rest => (false, rest),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().fold(0_i64, |value, digit| (value * 10 + i64::from(digit - b'0')).min(1 << 40));
    Some(if negative { -value } else { value })
}

/// A whole number in decimal digits.
#[derive(Default)]
struct Digits {
    /// The first [`SHORT`] that count.
    first: u64,
    len: usize,
    /// The others.
    more: Vec<u8>,
    /// How many were left out behind those, and whether one of them was not 0.
    left_out: i64,
    inexact: bool,
}

impl Digits {
    fn push(&mut self, digit: u8) {
        if self.len < SHORT {
            self.first = self.first * 10 + u64::from(digit);
            self.len += usize::from(self.first > 0);
        } else if self.more.len() < ENOUGH {
            self.more.push(digit);
        } else {
            self.left_out += 1;
            self.inexact |= digit > 0;
        }
    }

    fn times_ten_to(mut self, exponent: i64) -> f64 {
        let mut exponent = exponent.saturating_add(self.left_out);
        // The power of ten of the first digit of all.
        let highest =
            exponent.saturating_add(self.first.checked_ilog10().map_or(0, i64::from) + self.more.len() as i64);
        if self.first == 0 || highest < -330 {
            return 0.0;
        }
        if highest > 310 {
            return f64::INFINITY;
        }
        if self.inexact {
            self.more.push(1);
            exponent -= 1;
        }
        let (units, power) = (self.first, exponent.unsigned_abs() as usize);
        if self.more.is_empty() {
            if units <= 1 << 53 && power < TENS.len() {
                let units = units as f64;
                return if exponent < 0 { units / TENS[power] } else { units * TENS[power] };
            }
            // 5^27 is the last power of five below 2^63.
            if power <= 27 {
                let (five, exponent) = (5_u64.pow(power as u32), exponent as i32);
                if exponent >= 0 {
                    return rounded(u128::from(units) * u128::from(five), exponent);
                }
                let up = units.leading_zeros();
                let wide = u128::from(units << up) << 64;
                let (quotient, rest) = (wide / u128::from(five), wide % u128::from(five));
                return rounded(quotient | u128::from(rest > 0), exponent - 64 - up as i32);
            }
        }
        let mut numerator = Natural(vec![units as u32, (units >> 32) as u32]);
        self.more.iter().for_each(|digit| numerator.times_plus(10, u32::from(*digit)));
        let mut denominator = Natural(vec![1]);
        let with_fives = if exponent < 0 { &mut denominator } else { &mut numerator };
        (0..power).for_each(|_| with_fives.times_plus(5, 0));
        rounded_quotient(numerator, denominator, exponent as i32)
    }
}

/// The number nearest to `numerator / denominator * 2^exponent`.
fn rounded_quotient(mut numerator: Natural, mut denominator: Natural, exponent: i32) -> f64 {
    /// More than a number has, and the next.
    const BITS: i32 = 60;
    let up = numerator.bits() as i32 - denominator.bits() as i32;
    let smaller = if up < 0 { &mut numerator } else { &mut denominator };
    (0..up.unsigned_abs()).for_each(|_| smaller.times_plus(2, 0));
    let mut quotient = 0;
    for _ in 0..BITS {
        let fits = numerator.take(&denominator);
        quotient = quotient << 1 | u128::from(fits);
        numerator.times_plus(2, 0);
    }
    rounded(quotient | u128::from(numerator.bits() > 0), exponent + up - (BITS - 1))
}

/// The number nearest to `wide * 2^exponent`, ties to even. The lowest bit may stand for all that come behind it when there
/// are more than 54.
fn rounded(wide: u128, exponent: i32) -> f64 {
    let len = 128 - wide.leading_zeros() as i32;
    // Of the highest bit; below the normal numbers there are fewer digits.
    let highest = len - 1 + exponent;
    let drop = (len - 53).max(-1074 - exponent);
    if highest > 1023 {
        return f64::INFINITY;
    }
    if drop > len {
        return 0.0;
    }
    let kept = if drop <= 0 {
        (wide << -drop) as u64
    } else {
        let (kept, rest, half) = (wide >> drop, wide & ((1 << drop) - 1), 1 << (drop - 1));
        (kept + u128::from(rest > half || (rest == half && kept & 1 == 1))) as u64
    };
    // The highest of the 53 bits is not written, and adds one to the exponent; so does a carry, where it belongs.
    f64::from_bits((((highest + 1022).max(0) as u64) << 52) + kept)
}

/// A whole number of any size, its lowest part first.
struct Natural(Vec<u32>);

impl Natural {
    fn times_plus(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for part in &mut self.0 {
            let wide = u64::from(*part) * u64::from(factor) + carry;
            *part = wide as u32;
            carry = wide >> 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn bits(&self) -> u32 {
        let highest = self.0.iter().rposition(|part| *part > 0);
        highest.map_or(0, |at| at as u32 * 32 + 32 - self.0[at].leading_zeros())
    }

    /// Subtracts `other` if it is not larger.
    fn take(&mut self, other: &Self) -> bool {
        let mut left = self.0.clone();
        let mut borrow = 0;
        for (index, part) in left.iter_mut().enumerate() {
            let wide = i64::from(*part) - i64::from(other.0.get(index).copied().unwrap_or(0)) - borrow;
            *part = wide as u32;
            borrow = i64::from(wide < 0);
        }
        let fits = borrow == 0 && self.bits() >= other.bits();
        if fits {
            self.0 = left;
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn agrees(text: &str) {
        let expected = text.parse::<f64>().unwrap();
        assert_eq!(parse(text).map(f64::to_bits), Some(expected.to_bits()), "{text}");
    }

    #[test]
    fn ends_and_middles() {
        for text in [
            "0",
            "-0",
            "0.0e99999999999999999999",
            "1",
            "-1.5",
            "+.5",
            "5.",
            "1e22",
            "1e23",
            "123456789012345678",
            "12345678901234567890",
            "9007199254740993",
            "9007199254740993.0000000000000000000000000000000000001",
            "1.7976931348623157e308",
            "1.7976931348623159e308",
            "1e309",
            "-1e400",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2e-324",
            "1e-400",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "1E5",
            "1e+5",
            "1e-5",
            "1e9999999999999999999",
            "1e-9999999999999999999",
            "8.5e-27",
            "1.5e27",
            "1.5e28",
            "0.000000000000000000000000000000000000000000000000001e51",
            "6.02214076e23",
            "0.1",
            "0.3",
        ] {
            agrees(text);
        }
        // The middle between two numbers in all of its digits, and a little beside it.
        for value in [1.0_f64, 0.1, 5e-324, 2.2250738585072014e-308, 1e-300, 123.456] {
            let next = f64::from_bits(value.to_bits() + 1);
            let (a, b) = (format!("{value:.1080}"), format!("{next:.1080}"));
            let digits = |text: &str| text.bytes().filter(|b| *b != b'.').map(|b| b - b'0').collect::<Vec<u8>>();
            let (mut carry, mut sum) = (0, Vec::new());
            for (a, b) in digits(&a).into_iter().zip(digits(&b)).rev() {
                sum.insert(0, (a + b + carry) % 10);
                carry = (a + b + carry) / 10;
            }
            let mut middle = Vec::new();
            for digit in sum {
                middle.push(b'0' + (carry * 10 + digit) / 2);
                carry = (carry * 10 + digit) % 2;
            }
            let shift = a.find('.').unwrap() as i64 - middle.len() as i64;
            for last in ["", "1", "0001"] {
                let text = String::from_utf8(middle.clone()).unwrap() + last;
                agrees(&format!("{text}e{}", shift - last.len() as i64));
            }
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "", "-", "+", ".", "e5", "1e", "1e+", "1..2", "1.2.3", "--1", "1 ", " 1", "1_000", "1,5", "0x10", "1e1.5",
            "1ee5",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
        for text in ["inf", "NaN", "-infinity"] {
            assert_eq!(parse(text), None, "what is not finite is not written in digits: {text}");
        }
    }

    #[test]
    fn units_of_powers_of_ten() {
        assert_eq!(scaled(25, -1), 2.5);
        assert_eq!(scaled(-3, -1), -0.3);
        assert_eq!(scaled(0, 5), 0.0);
        assert_eq!(scaled(1, -324), 0.0);
        assert_eq!(scaled(5, -324), 5e-324);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_number_comes_back(bits in any::<u64>(), digits in 0..25_usize) {
            let value = f64::from_bits(bits);
            if value.is_finite() {
                agrees(&format!("{value}"));
                agrees(&format!("{value:e}"));
                agrees(&format!("{value:.digits$e}"));
            }
        }

        #[test]
        fn everyday_numbers(value in -1e6..1e6_f64, digits in 0..25_usize) {
            agrees(&format!("{value}"));
            agrees(&format!("{value:.digits$}"));
        }

        #[test]
        fn any_digits(text in "[+-]?([0-9]{1,40}\\.?|[0-9]{0,30}\\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?") {
            agrees(&text);
        }
    }
}
