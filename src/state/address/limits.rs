//! How much an address holds: what is written keeps to it, and what is read, too. What is longer is left out, and the address
//! says so.

use crate::data::{edit, pack};

/// Letters of the whole: no state needs as much.
pub const ADDRESS: usize = 100_000;
/// Letters of the edits: longer addresses are cut by some of the programs that they are sent with.
pub const EDITS: usize = 4000;
/// Rows that the edits of one address may remove: ranges are short, what they stand for is not.
pub const REMOVED: u64 = 1_000_000;
/// Values of one edit.
pub const PASTED: usize = edit::PASTE_AT_MOST;
/// Letters of a saved fit.
pub const SAVED: usize = pack::LINK_AT_MOST;

/// The key of what was left out.
pub const WITHOUT: &str = "without";
/// What can be left out of an address that would be too long, and what that is for the visitor.
const DISPENSABLE: [(&str, &str); 8] = [
    ("cols", "the chosen columns"),
    ("pair", "the columns of the scatter plot"),
    ("color", "the column that colours the picture"),
    ("walk", "the feature that is walked batch by batch"),
    ("compare-feature", "the feature that is looked at closely"),
    ("sheet", "the sheet"),
    ("array", "the array"),
    ("name", "the name of your data"),
];

/// Leaves out the longest values until the whole is short enough; the keys of what was left out.
pub fn shorten(pairs: &mut Vec<(String, String)>) -> Vec<&'static str> {
    let mut without = Vec::new();
    while length(pairs) > ADDRESS {
        let longest = pairs.iter().enumerate().filter_map(|(index, (key, value))| {
            let (key, _) = DISPENSABLE.iter().find(|(other, _)| other == key)?;
            Some((value.len(), index, *key))
        });
        let Some((_, index, key)) = longest.max() else { break };
        pairs.remove(index);
        without.push(key);
    }
    if !without.is_empty() {
        pairs.push((WITHOUT.into(), without.join(",")));
    }
    without
}

/// With what says what was left out.
fn length(pairs: &[(String, String)]) -> usize {
    let names: usize = DISPENSABLE.iter().map(|(key, _)| key.len() + 1).sum();
    let pairs: usize = pairs.iter().map(|(key, value)| key.len() + value.len() + 2).sum();
    super::PAGE.len() + WITHOUT.len() + 2 + names + pairs
}

/// What was left out, in words; nothing for keys that no address leaves out.
pub fn in_words<'a>(keys: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let words = keys.into_iter().filter_map(|key| DISPENSABLE.iter().find(|(other, _)| *other == key));
    let words: Vec<_> = words.map(|(_, words)| *words).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64ct::{Base64UrlUnpadded, Encoding};

    use crate::protocol::FitOn;
    use crate::state::address::{absent, decode, encode};
    use crate::state::{Action, AppState};

    #[test]
    fn no_address_is_written_that_cannot_be_read() {
        let names: Vec<String> = (0..40).map(|index| format!("{index}{}", "\u{fc}".repeat(4000))).collect();
        let start = AppState::default().after(Action::ChooseMethod("robust")).after(Action::SetBins(Some(30)));
        let user_file = start.after(Action::OpenUserFile { name: "long.csv".into(), awaited: false });
        let state = user_file
            .after(Action::ChooseColumns(Some(names.clone())))
            .after(Action::SetPair(Some((names[0].clone(), names[1].clone()))))
            .after(Action::SetColor(Some("species".into())));
        let address = encode(&state);
        assert!(address.len() <= ADDRESS, "{} letters", address.len());
        let lacks = absent(&state).unwrap();
        assert!(lacks.contains("the chosen columns: with such long names") && !lacks.contains("scatter"), "{lacks}");
        let (read, complaints) = decode(&address);
        assert_eq!((&read.method, read.bins, &read.pair), (&state.method, Some(30), &state.pair));
        assert_eq!((&read.columns, &read.data), (&None, &state.data));
        assert_eq!(complaints, ["Not in this address, which would have been too long: the chosen columns."]);
        assert!(!encode(&read).contains(WITHOUT), "it is the address of what is shown");
        // Of several long ones, as many as must.
        let pair = (names[0].repeat(3), names[1].repeat(3));
        let more = state.after(Action::SetPair(Some(pair)));
        assert!(encode(&more).len() <= ADDRESS);
        assert!(encode(&more).ends_with("without=cols,pair"));
        // Whoever writes it by hand hears of what is not understood.
        assert_eq!(decode("/explore?without=magic").1.len(), 1);
        // A saved fit, and data, that are longer than what is written are not read.
        let json = " ".repeat(SAVED);
        let (state, complaints) =
            decode(&format!("/explore?fit=saved&saved={}", Base64UrlUnpadded::encode_string(json.as_bytes())));
        assert_eq!((state.fit, complaints.len()), (FitOn::All, 1));
        assert!(complaints[0].contains("it is not whole"), "{complaints:?}");
        assert_eq!(pack::split(&"A".repeat(SAVED + 4)), None);
    }
}
