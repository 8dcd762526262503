//! Files to take away. They are made in pieces, which the browser may put aside, and the page gets their address.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{Blob, Url};

use super::task::Task;
use crate::protocol::Save;
use crate::session::{QueryError, Session};

/// Bytes of a piece.
const PIECE: usize = 4 << 20;

/// Makes the file; its address.
pub async fn save(session: &mut Session, what: &Save, task: &Task<'_>) -> Result<String, QueryError> {
    let mut pieces = Pieces::default();
    match what {
        Save::Fit(data) => _ = pieces.push(&session.save_fit(data)?),
        Save::Table(table) => {
            let total = session.n_rows();
            let sink = |text: &str, done| {
                if pieces.push(text) {
                    task.progress(done, total);
                }
            };
            session.save_table(table, task, sink).await?;
        }
    }
    pieces.finish()
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

    fn finish(mut self) -> Result<String, QueryError> {
        self.put();
        let address = |blobs: &Array| -> Result<String, JsValue> {
            Url::create_object_url_with_blob(&Blob::new_with_blob_sequence(blobs)?)
        };
        match address(&self.blobs) {
            Ok(address) if !self.refused => Ok(address),
            _ => Err(QueryError::Because("The browser has no room for this file.".into())),
        }
    }
}
