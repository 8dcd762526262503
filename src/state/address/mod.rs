//! Address <-> state: readable names, defaults left out. Any address gives a valid state, and says what it did not
//! understand.

mod changed;
mod compare;
mod decode;
mod edits;
mod encode;
mod escape;
mod limits;
mod pair_reader;
mod pick;
#[cfg(test)]
mod tests;
mod user_file;
mod with;

pub use decode::decode;
pub use encode::encode;

use crate::data::Edit;
use crate::parameters::Allowed;
use crate::protocol::FitOn;
use crate::state::{AppState, DataChoice, FileIdentity};

const PAGE: &str = "/explore";
/// Data of the visitor's own, in `data=`.
const OWN: &str = "file";
/// Share of the rows that `fit=train` means when no share is given.
pub const DEFAULT_SHARE: f64 = 0.75;
/// Share of the rows that can be fitted on.
pub const SHARE: Allowed = Allowed::Between(0.05, 0.95);
/// Number of bins that can be asked for.
pub const BINS: Allowed = Allowed::Between(1.0, 200.0);
/// How often the rows can be passed through, batch by batch.
pub const PASSES: Allowed = Allowed::Between(1.0, 100.0);

/// Whether an address holds these edits: many and large ones are too long for it.
pub fn holds(edits: &[Edit]) -> bool {
    edits::encode(edits).1
}

/// What somebody who gets the address lacks, in a sentence; `None` when it holds everything.
pub fn absent(state: &AppState) -> Option<String> {
    let mut lacks = Vec::new();
    if let DataChoice::UserFile(user_file) = &state.data
        && !matches!(user_file.identity, FileIdentity::Packed(_))
    {
        lacks.push(format!(
            "your data, which are too large for it: whoever opens it needs \u{201c}{}\u{201d}",
            user_file.name
        ));
    }
    if !holds(&state.edits) {
        lacks.push("your changes of the data, which are too many".into());
    }
    if matches!(state.fit, FitOn::Saved(_)) && encode::saved_text(&state.fit).is_none() {
        lacks.push("the saved statistics, which are too long".into());
    }
    if let Some(words) = limits::in_words(encode::without(state)) {
        lacks.push(format!("{words}: with such long names it would be longer than what can be read"));
    }
    (!lacks.is_empty()).then(|| format!("Not in the link: {}.", lacks.join("; ")))
}
