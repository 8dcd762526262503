//! Address <-> state: readable names, defaults left out. Any address gives a valid state, and says what it did not
//! understand.

mod decode;
mod edits;
mod encode;
mod own;
mod pick;
#[cfg(test)]
mod tests;

pub use decode::decode;
pub use encode::encode;

use crate::data::Edit;
use crate::engine::Allowed;

const PAGE: &str = "/explore";
/// Data of the visitor's own, in `data=`.
const OWN: &str = "file";
/// Share of the rows that `fit=train` means when no share is given.
pub const DEFAULT_SHARE: f64 = 0.75;
/// Share of the rows that can be fitted on.
pub const SHARE: Allowed = Allowed::Between(0.05, 0.95);
/// Number of bins that can be asked for.
pub const BINS: Allowed = Allowed::Between(1.0, 200.0);

/// Whether an address holds these edits: many and large ones are too long for it.
pub fn holds(edits: &[Edit]) -> bool {
    edits::encode(edits).1
}
