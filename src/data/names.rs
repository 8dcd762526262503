//! Column names that can be told apart.

use std::collections::{HashMap, HashSet};

/// Letters of the longest name: a page that shows a longer one stands still.
pub const NAME_AT_MOST: usize = 10_000;

/// Which of these names is too long, counted from 1, and how long it is.
pub fn long_name<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<(usize, usize)> {
    let letters = |name: &str| if name.len() > NAME_AT_MOST { name.chars().count() } else { 0 };
    let mut lengths = names.into_iter().map(letters).enumerate();
    lengths.find(|(_, length)| *length > NAME_AT_MOST).map(|(index, length)| (index + 1, length))
}

/// A name for each column that no other column has: empty ones become `column 3` (counted from 1), and the second `x`
/// becomes `x (2)`. Names that are already unique stay as they are, but for surrounding white space.
pub fn unique_names<S: AsRef<str>>(originals: &[S]) -> Vec<String> {
    // A column that is really called `x (2)` keeps its name: made-up names step aside.
    let given: HashSet<&str> = originals.iter().map(|name| name.as_ref().trim()).collect();
    let mut taken: HashSet<String> = HashSet::new();
    // How far each name has been counted: ten thousand columns may all be called the same.
    let mut counts: HashMap<String, usize> = HashMap::new();
    originals
        .iter()
        .enumerate()
        .map(|(index, original)| {
            let original = original.as_ref().trim();
            let base = base(index, original);
            let count = counts.entry(base.clone()).or_insert(1);
            let name = counted(base, count, |name| taken.contains(name) || name != original && given.contains(name));
            taken.insert(name.clone());
            name
        })
        .collect()
}

/// A name for the column of this index that is not `taken`, as near to what is wanted as can be.
pub fn free_name(index: usize, wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    counted(base(index, wanted.trim()), &mut 1, taken)
}

fn base(index: usize, wanted: &str) -> String {
    if wanted.is_empty() { format!("column {}", index + 1) } else { wanted.to_owned() }
}

fn counted(base: String, count: &mut usize, taken: impl Fn(&str) -> bool) -> String {
    let mut name = base.clone();
    while taken(&name) {
        *count += 1;
        name = format!("{base} ({count})");
    }
    name
}

/// A name as it stands in a sentence or beside a plot: not too long, on one line, and where it may run from right to left
/// isolated from the text around it, which it would reorder.
pub fn shown_name(name: &str) -> String {
    const LONGEST: usize = 40;
    const ISOLATE: char = '\u{2068}';
    const END: char = '\u{2069}';
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    let mut shown: String = name.chars().take(LONGEST).map(plain).collect();
    if shown.len() < name.len() {
        shown.push('\u{2026}');
    }
    if shown.chars().any(may_turn) { format!("{ISOLATE}{shown}{END}") } else { shown }
}

/// Letters that run from right to left (Hebrew to Arabic and their presentation forms, and the scripts beyond the first
/// plane), and marks that turn what follows.
const fn may_turn(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_and_repeated_names_are_told_apart() {
        assert_eq!(unique_names(&["x", "x", "", " x "]), ["x", "x (2)", "column 3", "x (3)"]);
    }

    #[test]
    fn a_given_name_is_never_taken_by_a_made_up_one() {
        assert_eq!(unique_names(&["x", "x", "x (2)"]), ["x", "x (3)", "x (2)"]);
        assert_eq!(unique_names(&["", "column 1"]), ["column 1 (2)", "column 1"]);
    }

    #[test]
    fn ten_thousand_equal_names_are_counted() {
        let names = unique_names(&vec!["x"; 10_000]);
        assert_eq!((names[0].as_str(), names[9_999].as_str()), ("x", "x (10000)"));
    }

    #[test]
    fn a_name_as_long_as_a_file_is_found() {
        // A letter may be several bytes.
        let names = ["a".into(), "\u{fc}".repeat(NAME_AT_MOST), "b".repeat(NAME_AT_MOST + 1)];
        assert_eq!(long_name(names.iter().map(String::as_str)), Some((3, NAME_AT_MOST + 1)));
        assert_eq!(long_name(names[..2].iter().map(String::as_str)), None);
    }

    #[test]
    fn names_in_sentences_are_short_and_turn_nothing() {
        assert_eq!(shown_name("<b>a</b> \u{1f600}"), "<b>a</b> \u{1f600}");
        assert_eq!(shown_name("two\nlines"), "two lines");
        assert_eq!(shown_name(&"long".repeat(2500)), format!("{}\u{2026}", "long".repeat(10)));
        assert_eq!(shown_name("\u{5d0}\u{5d1}"), "\u{2068}\u{5d0}\u{5d1}\u{2069}");
    }
}
