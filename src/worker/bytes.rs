//! The bytes of a file, and why they were not read.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::task::{NoAnswer, Task};
use crate::data::csv::OtherReading;
use crate::protocol::{Failure, Retry};
use crate::session::Cancelled;

/// Bytes read at once.
pub const CHUNK: usize = 1 << 20;

/// Why nothing was read.
pub enum NotRead {
    Cancelled,
    Because(String),
    /// As they are they cannot be read, but otherwise.
    Unless(String, OtherReading),
    /// Something did not come from the server.
    Missing(String),
}

impl From<NotRead> for NoAnswer {
    fn from(error: NotRead) -> Self {
        let (why, retry) = match error {
            NotRead::Cancelled => return Self::Cancelled,
            NotRead::Because(why) => (why, None),
            NotRead::Unless(why, other) => (why, Some(Retry::Otherwise(other))),
            NotRead::Missing(why) => (why, Some(Retry::Same)),
        };
        Self::Because(Failure { why, retry })
    }
}

impl From<Cancelled> for NotRead {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

pub async fn bytes_of(file: &Blob, start: f64, end: f64, name: &str) -> Result<Vec<u8>, NotRead> {
    let slice = file.slice_with_f64_and_f64(start, end).map_err(|error| failed(name, &error))?;
    let buffer = JsFuture::from(slice.array_buffer()).await.map_err(|error| failed(name, &error))?;
    Ok(Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec())
}

/// Tells how far reading is, when there is more to come, and lets messages in.
pub async fn progress(task: &Task<'_>, done: f64, total: f64) -> Result<(), Cancelled> {
    if done < total {
        task.progress(done as u64, total as u64);
    }
    task.yield_now().await
}

/// What is wrong with the content, and what that content is.
pub fn refused(name: &str, error: &impl std::fmt::Display) -> NotRead {
    refused_unless(name, error, None)
}

/// As [`refused`], when it may be possible to read it otherwise.
pub fn refused_unless(name: &str, error: &impl std::fmt::Display, other: Option<OtherReading>) -> NotRead {
    let why = format!("\u{201c}{name}\u{201d} was not loaded. {error}");
    match other {
        Some(other) => NotRead::Unless(why, other),
        None => NotRead::Because(why),
    }
}

/// What the browser said, in a sentence.
pub fn failed(name: &str, error: &JsValue) -> NotRead {
    let why = error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .or_else(|| error.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::message))
        .unwrap_or_else(|| "the browser gave no reason".into());
    NotRead::Because(format!("\u{201c}{name}\u{201d} could not be read: {why}."))
}
