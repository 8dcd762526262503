//! Pieces of sentences.

use normlab_plot::number::format4;

/// Number and percent sign. What is not quite all is not called all.
pub fn percent(share: f64) -> String {
    let said = format4(100.0 * share);
    if said == "100" && share < 1.0 { "more than 99.9%".into() } else { format!("{said}%") }
}

/// `a, b and c`.
pub fn listed<T: AsRef<str>>(parts: &[T]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [before @ .., last] => {
            let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", before.join(", "), last.as_ref())
        }
    }
}

/// With a capital letter at the start.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_quite_all_is_not_called_all() {
        let said = [0.99774, 0.999_999, 1.0, 1.000_001].map(percent);
        assert_eq!(said, ["99.77%", "more than 99.9%", "100%", "100%"]);
    }
}
