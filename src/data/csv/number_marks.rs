//! Numbers as people write them for people: with thousands set off, a currency or percent sign, in parentheses.

use serde::{Deserialize, Serialize};

use super::Decimal;
use super::number::{self, FieldKind};
use super::options::Rules;

/// What keeps a field from being a plain number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NumberMark {
    /// `$5`, `5 €`.
    Currency,
    /// `5%`: read as 5, or as 0.05.
    Percent,
    /// `(5)`: accountants' -5.
    Parentheses,
    /// `1,234`, `1 234`, `1'234`; with a decimal comma `1.234`.
    Thousands,
    /// `1.5D+02`, as Fortran prints double precision.
    Exponent,
    /// A no-break space in front or behind, as pages and some exports pad numbers.
    Padding,
    /// `inf`, `1e999`: missing, or an error.
    Infinite,
    /// Anything else that is no number.
    Words,
}

impl NumberMark {
    /// Whether there is a number to be read all the same.
    pub(super) fn is_of_numbers(self) -> bool {
        !matches!(self, Self::Infinite | Self::Words)
    }

    /// What such a cell has, after its number: `3 cells with …`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Currency => "a currency sign",
            Self::Percent => "a percent sign",
            Self::Parentheses => "parentheses",
            Self::Thousands => "thousands marks",
            Self::Exponent => "an exponent of Fortran (D)",
            Self::Padding => "a no-break space beside the number",
            Self::Infinite => "an infinite value",
            Self::Words => "other text",
        }
    }
}

const LONGEST: usize = 64;
const CURRENCIES: [char; 8] = ['$', '€', '£', '¥', '₹', '₩', '₽', '₺'];
const MINUS: [char; 2] = ['-', '\u{2212}'];
/// Two of the exponent letters of Fortran; `E` is everybody's.
const EXPONENTS: [char; 2] = ['D', 'd'];

/// The number in a field with marks, and which they are: of several the most telling. `None` when it is no number even
/// so, or needs no mark to be one.
pub(super) fn marked(field: &[u8], decimal: Decimal, rules: Rules) -> Option<(f64, NumberMark)> {
    let written = std::str::from_utf8(field).ok()?.trim_matches(|letter: char| letter.is_ascii_whitespace());
    let text = written.trim();
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let mut mark = match inside {
        Some(_) => Some(NumberMark::Parentheses),
        None => (text.len() < written.len()).then_some(NumberMark::Padding),
    };
    let mut rest = inside.unwrap_or(text).trim();
    let mut negative = inside.is_some();
    let mut signed = inside.is_some();
    if inside.is_none() {
        let whole = rest;
        (rest, negative) = unsigned(whole);
        signed = rest.len() < whole.len();
    }
    if let Some(before) = rest.strip_suffix('%') {
        (rest, mark) = (before.trim_end(), Some(NumberMark::Percent));
    }
    if let Some(amount) = rest.strip_prefix(CURRENCIES).or_else(|| rest.strip_suffix(CURRENCIES)) {
        (rest, mark) = (amount.trim(), Some(NumberMark::Currency));
        if !signed {
            (rest, negative) = unsigned(rest);
        }
    }
    if !rest.starts_with(|first: char| first.is_ascii_digit() || first == char::from(decimal.byte())) {
        return None;
    }
    let value = match number::classify(rest.as_bytes(), decimal) {
        FieldKind::Number(value) => value,
        _ if rest.contains(EXPONENTS) => {
            mark = mark.or(Some(NumberMark::Exponent));
            match number::classify(rest.replacen(EXPONENTS, "e", 1).as_bytes(), decimal) {
                FieldKind::Number(value) => value,
                _ => return None,
            }
        }
        _ => {
            let value = without_thousands(rest, decimal)?;
            mark = mark.or(Some(NumberMark::Thousands));
            value
        }
    };
    let mark = mark?;
    // Moving the decimal point is exact where a division would round once more.
    let value = match mark {
        NumberMark::Percent if rules.percent_as_fraction => format!("{value}e-2").parse().unwrap_or(value / 100.0),
        _ => value,
    };
    Some((if negative { -value } else { value }, mark))
}

/// Takes a sign off: what is left, and whether it was a minus.
fn unsigned(text: &str) -> (&str, bool) {
    if let Some(rest) = text.strip_prefix(MINUS) {
        return (rest.trim_start(), true);
    }
    (text.strip_prefix('+').map_or(text, str::trim_start), false)
}

/// `1,234,567.8` and the like: groups of three digits (or as in India, `12,34,567`), all set off by the same mark.
fn without_thousands(text: &str, decimal: Decimal) -> Option<f64> {
    let between = match decimal {
        Decimal::Point => ',',
        Decimal::Comma => '.',
    };
    let (whole, fraction) = text.split_once(char::from(decimal.byte())).unwrap_or((text, ""));
    let separator = whole.chars().find(|letter| !letter.is_ascii_digit())?;
    if ![between, ' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '\u{2019}'].contains(&separator) {
        return None;
    }
    let groups: Vec<&str> = whole.split(separator).collect();
    let (last, [first, middle @ ..]) = groups.split_last()? else { return None };
    let even = |length| middle.iter().all(|group| group.len() == length);
    let fits = (1..=3).contains(&first.len()) && !first.starts_with('0') && last.len() == 3 && (even(3) || even(2));
    if !fits || !groups.iter().chain([&fraction]).all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    format!("{}.{fraction}", groups.concat()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_for_people() {
        let point = [
            ("1,234.5", 1234.5, NumberMark::Thousands),
            ("1 234", 1234.0, NumberMark::Thousands),
            ("1\u{a0}234\u{a0}567", 1_234_567.0, NumberMark::Thousands),
            ("1'234", 1234.0, NumberMark::Thousands),
            ("-12,34,567", -1_234_567.0, NumberMark::Thousands),
            ("$1,234.50", 1234.5, NumberMark::Currency),
            ("-$5", -5.0, NumberMark::Currency),
            ("$-5", -5.0, NumberMark::Currency),
            ("5 €", 5.0, NumberMark::Currency),
            ("\u{2212}£.5", -0.5, NumberMark::Currency),
            ("¥1e3", 1000.0, NumberMark::Currency),
            ("(5.3)", -5.3, NumberMark::Parentheses),
            ("($1,000)", -1000.0, NumberMark::Currency),
            ("12 %", 12.0, NumberMark::Percent),
            ("1,234%", 1234.0, NumberMark::Percent),
            ("+1.25%", 1.25, NumberMark::Percent),
            ("+$9", 9.0, NumberMark::Currency),
            ("$+9", 9.0, NumberMark::Currency),
            ("+1,500", 1500.0, NumberMark::Thousands),
            ("+1 234", 1234.0, NumberMark::Thousands),
            ("\u{a0}2", 2.0, NumberMark::Padding),
            ("1.5D+02", 150.0, NumberMark::Exponent),
            ("-0.1234d01", -1.234, NumberMark::Exponent),
        ];
        for (text, value, mark) in point {
            assert_eq!(marked(text.as_bytes(), Decimal::Point, Rules::USUAL), Some((value, mark)), "{text}");
        }
        for (text, value) in
            [("1.234,5", 1234.5), ("1.234", 1234.0), ("1.234,50 €", 1234.5), ("12,5%", 12.5), ("+1.020", 1020.0)]
        {
            assert_eq!(
                marked(text.as_bytes(), Decimal::Comma, Rules::USUAL).map(|(value, _)| value),
                Some(value),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_number_even_so() {
        for text in [
            "",
            "$",
            "%",
            "()",
            "n/a?",
            "1,23",
            "1,2345",
            "0,123",
            "1234,567",
            "1,234 567",
            "1.234,5",
            "1,5",
            "--5",
            "+-5",
            "-+$5",
            "+$-5",
            "1D",
            "2D6x",
            "(-5)",
            "$$5",
            "5 kg",
            "12/31",
            "2020-01-31",
            "1:30",
            "555-1234",
            "%5",
            "5%%",
            "1,",
            ",5",
            "1e400%",
            "5",
            "-5",
        ] {
            assert_eq!(marked(text.as_bytes(), Decimal::Point, Rules::USUAL), None, "{text}");
        }
        for text in ["1.5", "1,234.5", "0.123"] {
            assert_eq!(marked(text.as_bytes(), Decimal::Comma, Rules::USUAL), None, "{text}");
        }
    }
}
