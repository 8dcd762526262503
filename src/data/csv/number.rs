//! From text to numbers, also where it is no plain one: exactly rounded, the same answers as `str::parse::<f64>`.

use normlab_digits::{DigitCounts, plain};

use super::Decimal;

/// The text that [`plain`] read.
pub(super) fn restore(value: f64, digits: DigitCounts, decimal: Decimal) -> String {
    let (whole, decimals) = (digits.whole(), digits.decimals());
    let width = usize::from(value.is_sign_negative()) + whole + usize::from(decimals > 0) + decimals;
    let text = format!("{value:0width$.decimals$}");
    if decimal == Decimal::Comma { text.replace('.', ",") } else { text }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum FieldKind {
    Missing,
    Number(f64),
    /// `inf`, or a number too large for f64.
    Infinite,
    Text,
}

/// What stands for a missing value, in any case: of people, SAS and Stata (`.`), the World Bank (`..`), R, pandas, and
/// spreadsheets (whose other errors are no missing values, and are told of); dashes of every length.
const MISSING: [&str; 17] = [
    "", "na", "n/a", "nan", "null", "?", "-", ".", "..", "...", "\u{2013}", "\u{2014}", "\u{2212}", "\u{2026}", "#n/a",
    "<na>", "n.a.",
];
const LONGEST_MISSING: usize = 4;

/// `None` of Python, as it is written there; `none` may well be a category.
pub(super) const NONE: &[u8] = b"None";

/// Whether a field, without white space around it, stands for a missing value.
pub(super) fn is_missing(field: &[u8]) -> bool {
    field == NONE
        || field.len() <= LONGEST_MISSING && MISSING.iter().any(|marker| field.eq_ignore_ascii_case(marker.as_bytes()))
}

/// What a field holds; white space around it does not count.
pub(super) fn classify(field: &[u8], decimal: Decimal) -> FieldKind {
    let field = field.trim_ascii();
    if is_missing(field) {
        return FieldKind::Missing;
    }
    if let Some(number) = plain(field, 0, decimal.byte())
        && number.end == field.len()
    {
        return FieldKind::Number(number.value);
    }
    let Ok(text) = std::str::from_utf8(field) else { return FieldKind::Text };
    let unsigned = text.trim_start_matches(['+', '-', '\u{2212}']);
    if unsigned.eq_ignore_ascii_case("inf") || unsigned.eq_ignore_ascii_case("infinity") {
        return FieldKind::Infinite;
    }
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.' || first == ',') {
        return FieldKind::Text;
    }
    let parsed = match decimal {
        // The minus sign of typographers comes along when numbers are copied from a page.
        _ if text.starts_with('\u{2212}') => {
            text.replacen('\u{2212}', "-", 1).replace(char::from(decimal.byte()), ".").parse::<f64>()
        }
        Decimal::Point => text.parse(),
        Decimal::Comma if text.contains('.') => return FieldKind::Text,
        Decimal::Comma => text.replace(',', ".").parse(),
    };
    match parsed {
        Ok(value) if value.is_infinite() => FieldKind::Infinite,
        Ok(value) => FieldKind::Number(value),
        Err(_) => FieldKind::Text,
    }
}

/// A number that somebody typed, with a decimal point or comma; NaN for what stands for a missing value, `None` for
/// anything else.
pub fn read_number(text: &str) -> Option<f64> {
    [Decimal::Point, Decimal::Comma].into_iter().find_map(|decimal| match classify(text.as_bytes(), decimal) {
        FieldKind::Number(value) => Some(value),
        FieldKind::Missing => Some(f64::NAN),
        FieldKind::Infinite | FieldKind::Text => None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn missing_markers_in_any_case_and_with_spaces() {
        for marker in ["", "  ", "NA", "n/a", "NaN", "NULL", "?", "-", " na ", ".", "..", "None", "#N/A", "\u{2014}"] {
            assert_eq!(classify(marker.as_bytes(), Decimal::Point), FieldKind::Missing, "{marker:?}");
        }
    }

    #[test]
    fn what_is_a_number_and_what_is_not() {
        let point = |text: &str| classify(text.as_bytes(), Decimal::Point);
        let comma = |text: &str| classify(text.as_bytes(), Decimal::Comma);
        for (text, value) in
            [("1", 1.0), (" +1.5e3 ", 1500.0), (".5", 0.5), ("5.", 5.0), ("\u{2212}2", -2.0), ("1e-400", 0.0)]
        {
            assert_eq!(point(text), FieldKind::Number(value), "{text}");
        }
        assert_eq!(comma("1,5"), FieldKind::Number(1.5));
        assert_eq!(comma("\u{2212}1,5"), FieldKind::Number(-1.5));
        for text in ["1.5", "1.234,5", "1,2,3"] {
            assert_eq!(comma(text), FieldKind::Text, "{text}");
        }
        for text in ["1,5", "--1", "+-1", "x1", "1 2", "0x10", "1e", "+", "e5", "-nan", "\u{2212}-2"] {
            assert_eq!(point(text), FieldKind::Text, "{text}");
        }
        for text in ["inf", "-Infinity", "1e400", "-1e309"] {
            assert_eq!(point(text), FieldKind::Infinite, "{text}");
        }
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
            prop_assert_eq!(classify(text.as_bytes(), Decimal::Point), FieldKind::Number(value));
        }
    }
}
