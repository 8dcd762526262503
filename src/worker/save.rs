//! Files to take away. They are made in pieces, which the browser may put aside, and the page gets their address.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{Blob, Url};

use super::task::Task;
use crate::protocol::{Answer, Save};
use crate::session::{QueryError, Session};

/// Bytes of a piece.
const PIECE: usize = 4 << 20;

/// Makes the file.
pub async fn save(session: &mut Session, what: &Save, task: &Task<'_>) -> Answer {
    match what {
        Save::Fit(data) => {
            let mut pieces = Pieces::default();
            match session.save_fit(data) {
                Ok(text) => pieces.push(&text),
                Err(_) => return Answer::Dropped,
            };
            pieces.finish()
        }
        Save::Table(table) => {
            let total = session.n_rows();
            let mut pieces = Pieces::default();
            let saved = session.save_table(table, task, |text, done| {
                if pieces.push(text) {
                    super::reply(task.id, Answer::Progress { done, total });
                }
            });
            match saved.await {
                Ok(_) => pieces.finish(),
                Err(QueryError::Cancelled) => Answer::Dropped,
                Err(QueryError::Because(why)) => Answer::Failed(why),
            }
        }
    }
}

#[derive(Default)]
struct Pieces {
    text: String,
    blobs: Array,
    refused: bool,
}

impl Pieces {
    /// True when a piece became whole.
    fn push(&mut self, text: &str) -> bool {
        self.text.push_str(text);
        let whole = self.text.len() >= PIECE;
        if whole {
            self.put();
        }
        whole
    }

    fn put(&mut self) {
        let piece = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(self.text.as_bytes())));
        self.refused |= piece.map(|piece| self.blobs.push(&piece)).is_err();
        self.text.clear();
    }

    fn finish(mut self) -> Answer {
        self.put();
        let address = |blobs: &Array| -> Result<String, JsValue> {
            Url::create_object_url_with_blob(&Blob::new_with_blob_sequence(blobs)?)
        };
        match address(&self.blobs) {
            Ok(address) if !self.refused => Answer::Saved(address),
            _ => Answer::Failed("The browser has no room for this file.".into()),
        }
    }
}
