//! Words for numbers and names, the same in all sentences.

use crate::engine::Method;
use crate::plot::number::{format4, rounded, whole};

/// Ratios below these are called equal, or about equal, in words.
const EQUAL: f64 = 1.005;
const ABOUT_EQUAL: f64 = 1.05;
/// And below this one where samples of the same kind differ by as much.
const WITHIN_NOISE: f64 = 1.25;
/// So many standard errors.
const NOISE: f64 = 3.0;

const NUMBERS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// `the same` or `about the same`; `None` for a ratio that can be seen, and is not what samples of the same kind differ by:
/// `error` is the standard error of its logarithm.
pub fn alike(ratio: f64, error: f64) -> Option<&'static str> {
    match ratio {
        ..EQUAL => Some("the same"),
        ..ABOUT_EQUAL => Some("about the same"),
        ..WITHIN_NOISE if ratio.ln() < NOISE * error => Some("about the same"),
        _ => None,
    }
}

/// A ratio in words: two or three digits, as `7.0`, `157` and `about 11 million`.
pub fn times(ratio: f64) -> String {
    if ratio < 9.95 {
        format!("{ratio:.1}")
    } else if ratio < 999.5 {
        whole(ratio.round() as u64)
    } else if ratio == f64::INFINITY {
        // Of two numbers of 64 bits, one may be more times the other than these numbers reach.
        "more than 10\u{b3}\u{2070}\u{2078}".into()
    } else {
        format!("about {}", rounded(ratio))
    }
}

/// Small numbers as words: `three values`, `12 values`.
pub fn counted(count: u64, one: &str, several: &str) -> String {
    let number = NUMBERS.get(count as usize).map_or_else(|| whole(count), |word| (*word).to_owned());
    format!("{number} {}", if count == 1 { one } else { several })
}

/// A share of one.
pub fn percent(share: f64) -> String {
    match share * 100.0 {
        0.0 => "0%".into(),
        share if share < 0.1 => "less than 0.1%".into(),
        share if share > 99.95 && share < 100.0 => "more than 99.9%".into(),
        share if share < 99.95 => format!("{share:.1}%"),
        share => format!("{}%", format4(share)),
    }
}

/// A text in parts, each with whether it is one of these names as a whole word; of several that begin at one place, the
/// longest. A name at the beginning of a sentence may have a capital.
pub fn named_parts<'a>(text: &'a str, names: &[String]) -> Vec<(&'a str, bool)> {
    let mut parts = Vec::new();
    let (mut from, mut rest) = (0, 0);
    while let Some(next) = text[rest..].chars().next() {
        let before = text[..rest].chars().next_back();
        let found = names.iter().filter(|name| {
            let here = text.get(rest..rest + name.len());
            let after = text[rest..].get(name.len()..).and_then(|after| after.chars().next());
            let apart = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
            !name.is_empty()
                && here.is_some_and(|here| here.eq_ignore_ascii_case(name))
                && apart(before)
                && apart(after)
        });
        let Some(name) = found.max_by_key(|name| name.len()) else {
            rest += next.len_utf8();
            continue;
        };
        if from < rest {
            parts.push((&text[from..rest], false));
        }
        rest += name.len();
        parts.push((&text[rest - name.len()..rest], true));
        from = rest;
    }
    if from < text.len() {
        parts.push((&text[from..], false));
    }
    parts
}

/// `After robust scaling`, at the beginning of a sentence.
pub fn after(method: &Method) -> String {
    match method {
        Method::Robust(_) => "After robust scaling".into(),
        Method::UnitLength(_) => "After scaling to unit length".into(),
        _ => format!("After {}", method.info().name),
    }
}

/// A name that begins with a plain word begins a sentence with a capital; `body_mass_g`, `pH` and `x3` stay as they are
/// written. Beyond ASCII nothing changes: the tables of all alphabets would weigh more than the page's own words.
pub fn capital(name: &str) -> String {
    let mut name = name.to_string();
    let first = name.split(' ').next().unwrap_or_default();
    let plain = name.len() > 2 && first.bytes().all(|letter| letter.is_ascii_lowercase());
    if plain && let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_has_two_or_three_digits() {
        let cases = [
            (6.96, "7.0"),
            (9.96, "10"),
            (157.4, "157"),
            (999.6, "about 1,000"),
            (52_345.0, "about 52,000"),
            (1_249_000.0, "about 1.2 million"),
            (11_339_179.2, "about 11 million"),
            (996_000_000.0, "about 1 billion"),
            (3.14e14, "about 310 trillion"),
            (2.5e17, "about 2.5\u{d7}10\u{b9}\u{2077}"),
        ];
        for (ratio, told) in cases {
            assert_eq!(times(ratio), told);
        }
    }

    #[test]
    fn what_samples_differ_by_is_about_the_same() {
        let cases = [(1.001, 0.0, Some("the same")), (1.04, 0.0, Some("about the same")), (1.1, 0.0, None)];
        for (ratio, error, told) in cases.into_iter().chain([(1.1, 0.05, Some("about the same")), (1.3, 0.5, None)]) {
            assert_eq!(alike(ratio, error), told, "{ratio} {error}");
        }
    }

    #[test]
    fn names_in_a_text_are_found_as_whole_words() {
        let names = ["z-score", "petal length (cm)", "length (cm)"].map(String::from);
        let text = "Petal length (cm) spreads wider. After z-score, not; z-scores.";
        let parts = [
            ("Petal length (cm)", true),
            (" spreads wider. After ", false),
            ("z-score", true),
            (", not; z-scores.", false),
        ];
        assert_eq!(named_parts(text, &names), parts);
        assert_eq!(named_parts("", &names), []);
        assert_eq!(named_parts("\u{e4}", &names), [("\u{e4}", false)]);
    }

    #[test]
    fn plain_words_begin_with_a_capital() {
        let names = [
            ("petal length (cm)", "Petal length (cm)"),
            ("channel 1", "Channel 1"),
            ("x3", "x3"),
            ("pH value", "pH value"),
            ("body_mass_g", "body_mass_g"),
        ];
        for (name, begun) in names {
            assert_eq!(capital(name), begun);
        }
    }

    #[test]
    fn small_numbers_are_words() {
        assert_eq!(counted(3, "value", "values"), "three values");
        assert_eq!(counted(1, "batch", "batches"), "one batch");
        assert_eq!(counted(12_000, "value", "values"), "12,000 values");
        assert_eq!(percent(0.478_296_9), "47.8%");
        assert_eq!(percent(0.999_999), "more than 99.9%");
    }
}
