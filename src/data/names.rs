//! Column names that can be told apart.

use std::collections::HashSet;

/// A name for each column that no other column has: empty ones become `column 3` (counted from 1), and the second `x`
/// becomes `x (2)`. Names that are already unique stay as they are, but for surrounding white space.
pub fn unique_names<S: AsRef<str>>(originals: &[S]) -> Vec<String> {
    // A column that is really called `x (2)` keeps its name: made-up names step aside.
    let given: HashSet<&str> = originals.iter().map(|name| name.as_ref().trim()).collect();
    let mut taken: HashSet<String> = HashSet::new();
    originals
        .iter()
        .enumerate()
        .map(|(index, original)| {
            let original = original.as_ref().trim();
            let name =
                free_name(index, original, |name| taken.contains(name) || name != original && given.contains(name));
            taken.insert(name.clone());
            name
        })
        .collect()
}

/// A name for the column of this index that is not `taken`, as near to what is wanted as can be.
pub fn free_name(index: usize, wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    let wanted = wanted.trim();
    let base = if wanted.is_empty() { format!("column {}", index + 1) } else { wanted.to_owned() };
    let mut name = base.clone();
    let mut count = 1;
    while taken(&name) {
        count += 1;
        name = format!("{base} ({count})");
    }
    name
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
}
