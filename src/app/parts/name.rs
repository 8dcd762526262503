//! A name on one line: shortened in the middle where there is no room, for names often differ at their ends only.

use yew::prelude::*;

/// So many letters of a name stay at its end.
const END: usize = 12;
/// A name of so many letters is not worth it.
const SHORT: usize = 16;

/// The whole name as text, of which the style sheet shows as much as there is room for. What is shown in two pieces would be read
/// out as two words.
pub fn name(text: &str) -> Html {
    let (start, end) = parts(text);
    html! {
        <span class="name" title={text.to_owned()}>
            if start.is_empty() {
                { end }
            } else {
                <span class="start" aria-hidden="true">{ start }</span><span aria-hidden="true">{ end }</span>
                <span class="hidden">{ text }</span>
            }
        </span>
    }
}

/// What may be shortened, and what stays.
fn parts(text: &str) -> (&str, &str) {
    let long = text.chars().count();
    if long <= SHORT {
        return ("", text);
    }
    let at = text.char_indices().nth(long - END).map_or(0, |(at, _)| at);
    text.split_at(at)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn the_end_of_a_long_name_stays() {
        assert_eq!(parts("alcohol"), ("", "alcohol"));
        assert_eq!(parts("od280/od315_of_diluted_wines"), ("od280/od315_of_d", "iluted_wines"));
        assert_eq!(parts("petal length (cm)"), ("petal", " length (cm)"));
        assert_eq!(parts(&"\u{e4}\u{f6}\u{fc}".repeat(6)).1.chars().count(), 12);
    }
}
