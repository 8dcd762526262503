//! Numbers for reading: thousands separators, a true minus sign, no `-0`.

/// U+2212, as wide as a plus sign; a hyphen is not a minus.
const MINUS: char = '\u{2212}';

/// From here on, a number rounds to a billion or more.
const LARGE: f64 = 999_999_999.5;

/// At least four significant digits, whole digits always kept: `499,724`, `0.02534`, `−1.728`, `1.5×10³⁰⁰`.
///
/// From a billion on, and below a ten-thousandth, in powers of ten. Zeros at the end are left out. Not a number is `NaN`,
/// infinity `∞`.
pub fn format4(value: f64) -> String {
    digits(value, 4)
}

/// As [`format4`], with at least `count` significant digits.
pub fn digits(value: f64, count: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return special(value);
    }
    let plain = plain(value, count);
    let text = match plain.split_once('e') {
        Some(_) => {
            let (mantissa, exponent) = split_exponent(&plain);
            power(trim(mantissa), exponent)
        }
        None => group(trim(&plain)),
    };
    signed(value, &text)
}

/// The number that [`digits`] writes.
pub fn written(value: f64, count: usize) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    plain(value, count).parse().unwrap_or(f64::NAN).copysign(value)
}

/// The absolute value in Rust's notation, rounded to `count` significant digits or to a whole number.
fn plain(value: f64, count: usize) -> String {
    // Rust rounds decimal text correctly, and rounding may carry into the next power of ten: 9.9996 is 10.
    let last = count.max(1) - 1;
    let rounded = format!("{:.last$e}", value.abs());
    let (_, exponent) = split_exponent(&rounded);
    if exponent < -4 || value.abs() >= LARGE {
        return rounded;
    }
    let decimals = usize::try_from(last as i32 - exponent).unwrap_or(0);
    format!("{:.decimals$}", value.abs())
}

/// Every digit that is needed to get the very same `f64` back: `777,627.43340293644`, `1.5×10³⁰⁰`.
pub fn full(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return special(value);
    }
    let shortest = format!("{:e}", value.abs());
    let (mantissa, exponent) = split_exponent(&shortest);
    let text =
        if (-7..15).contains(&exponent) { group(&format!("{}", value.abs())) } else { power(mantissa, exponent) };
    signed(value, &text)
}

/// A whole number with thousands separators: `1,797`.
pub fn whole(count: u64) -> String {
    group(&count.to_string())
}

/// Two significant digits, for a sentence: `1,200`, `11 million`, `310 trillion`, `2.5×10¹⁷`.
pub fn rounded(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return special(value);
    }
    let text = format!("{:.1e}", value.abs());
    let (mantissa, exponent) = split_exponent(&text);
    let (unit, name) = match exponent {
        ..6 => (0, ""),
        6..9 => (6, " million"),
        9..12 => (9, " billion"),
        12..15 => (12, " trillion"),
        15.. => return signed(value, &power(trim(mantissa), exponent)),
    };
    let two: f64 = format!("{mantissa}e{}", exponent - unit).parse().unwrap_or(f64::NAN);
    let decimals = usize::try_from(1 - (exponent - unit)).unwrap_or(0);
    signed(value, &(group(trim(&format!("{two:.decimals$}"))) + name))
}

fn special(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value == 0.0 {
        "0".to_owned()
    } else {
        signed(value, "∞")
    }
}

/// The text of an absolute value with the sign of `value`.
pub(super) fn signed(value: f64, text: &str) -> String {
    if value < 0.0 { format!("{MINUS}{text}") } else { text.to_owned() }
}

/// Commas between thousands of the whole part: `1234567.5` becomes `1,234,567.5`.
pub(super) fn group(digits: &str) -> String {
    let (integer, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::with_capacity(digits.len() + integer.len() / 3);
    for (index, digit) in integer.chars().enumerate() {
        if index > 0 && (integer.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(fraction);
    text
}

/// `1.5` and 300 become `1.5×10³⁰⁰`.
pub(super) fn power(mantissa: &str, exponent: i32) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let exponent = exponent.to_string();
    let raised = exponent.chars().map(|c| c.to_digit(10).map_or('⁻', |digit| RAISED[digit as usize]));
    format!("{mantissa}×10{}", raised.collect::<String>())
}

/// Without the zeros at the end of a decimal fraction, and without a point that nothing follows.
pub(super) fn trim(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

/// The parts of Rust's `1.5e300`.
pub(super) fn split_exponent(text: &str) -> (&str, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    (mantissa, exponent.parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn four_digits_as_a_reader_expects_them() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-1.0, "−1"),
            (0.054447, "0.05445"),
            (0.0327, "0.0327"),
            (-0.052791, "−0.05279"),
            (1.7696, "1.77"),
            (999.96, "1,000"),
            (9.99996, "10"),
            (1234.56, "1,235"),
            (499_724.3, "499,724"),
            (11_339_179.2, "11,339,179"),
            (999_999_999.4, "999,999,999"),
            (999_999_999.6, "1×10⁹"),
            (1e9, "1×10⁹"),
            (1.5e300, "1.5×10³⁰⁰"),
            (-2.5e-300, "−2.5×10⁻³⁰⁰"),
            (5e-324, "4.941×10⁻³²⁴"),
            (0.0001, "0.0001"),
            (0.000_099_999_99, "0.0001"),
            (0.000_012_34, "1.234×10⁻⁵"),
            (f64::MAX, "1.798×10³⁰⁸"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "∞"),
            (f64::NEG_INFINITY, "−∞"),
        ];
        for (value, expected) in cases {
            assert_eq!(format4(value), expected, "{value:e}");
        }
    }

    #[test]
    fn more_digits_where_they_are_asked_for() {
        assert_eq!(digits(777_627.433_402_936_4, 7), "777,627.4");
        assert_eq!(written(777_627.433_402_936_4, 7), 777_627.4);
        assert_eq!((digits(-1.0 / 3.0, 6), written(-1.0 / 3.0, 6)), ("−0.333333".into(), -0.333_333));
        assert_eq!((digits(1e14 + 3.0, 15), written(1e14 + 3.0, 4)), ("1.00000000000003×10¹⁴".into(), 1e14));
    }

    #[test]
    fn full_keeps_every_digit() {
        assert_eq!(full(777_627.433_402_936_4), "777,627.4334029364");
        assert_eq!(full(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(full(-1234.0), "−1,234");
        assert_eq!(full(1e21), "1×10²¹");
        assert_eq!(full(1e-9), "1×10⁻⁹");
        assert_eq!(full(-0.0), "0");
    }

    #[test]
    fn whole_numbers_are_grouped() {
        assert_eq!(whole(0), "0");
        assert_eq!(whole(999), "999");
        assert_eq!(whole(1_000), "1,000");
        assert_eq!(whole(12_345_678), "12,345,678");
    }

    /// Back to Rust's notation.
    fn parse(text: &str) -> f64 {
        let plain: String = text
            .replace(',', "")
            .replace('−', "-")
            .replace("×10", "e")
            .chars()
            .map(|c| {
                "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c).map_or(c, |digit| char::from(b'0' + digit as u8))
            })
            .collect();
        plain.replace('⁻', "-").parse().expect("a number")
    }

    proptest! {
        #[test]
        fn full_can_be_read_back(value in any::<f64>().prop_filter("finite", |v| v.is_finite())) {
            prop_assert_eq!(parse(&full(value)), value);
        }

        #[test]
        fn four_digits_are_close(value in any::<f64>().prop_filter("finite", |v| v.is_finite() && v.abs() < 1e308)) {
            let read = parse(&format4(value));
            prop_assert!((read - value).abs() <= value.abs() * 0.000_501 || (value.abs() < 1e-320));
        }
    }
}
