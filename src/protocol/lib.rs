//! Messages between page and worker: small questions, small answers, as postcard bytes.
//!
//! Every request has an id, and every answer carries the id of its request, so that the page can drop what has become
//! stale. The data themselves never cross: a file goes to the worker as a handle, and only what is drawn comes back.

mod answer;
mod ask;
mod pick;
mod study;

pub use answer::*;
pub use ask::*;
pub use pick::{Pick, When};
pub use study::*;

use serde::{Deserialize, Serialize};

/// A question of the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    pub id: u64,
    pub ask: Ask,
}

/// An answer of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    pub id: u64,
    pub answer: Answer,
}

/// Bytes of a message.
///
/// # Errors
/// None for these types in practice; the error is postcard's.
pub fn encode<T: Serialize>(message: &T) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_stdvec(message)
}

/// The message of these bytes.
///
/// # Errors
/// When page and worker are of different versions.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, postcard::Error> {
    postcard::from_bytes(bytes)
}
