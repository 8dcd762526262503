//! Where this browser keeps the answers of Practice. Storage may be forbidden, full or broken; the page works without it.

use gloo_utils::window;
use web_sys::Storage;

use crate::state::PracticeRecord;

const KEY: &str = "normlab.practice";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What was kept.
///
/// # Errors
/// Why it cannot be read, as the end of a sentence.
pub fn load() -> Result<PracticeRecord, String> {
    match storage().and_then(|storage| storage.get_item(KEY).ok().flatten()) {
        Some(text) => PracticeRecord::from_json(&text),
        None => Ok(PracticeRecord::default()),
    }
}

/// Whether it could be kept.
pub fn keep(record: &PracticeRecord) -> bool {
    storage().is_some_and(|storage| storage.set_item(KEY, &record.to_json()).is_ok())
}

pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
}
