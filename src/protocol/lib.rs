//! Calls of the page to its worker: small questions, small answers, as postcard bytes.
//!
//! A [`Call`] is a type: its query is a value of it, and it says what an answer is. Every call has an id, and every reply
//! begins with the id of its call, so that the page can drop what has become stale. The data themselves never cross: a file
//! goes to the worker as a handle, and only what is drawn comes back.

mod answer;
mod call;
mod calls;
mod message;
mod pick;
mod query;
mod study;

pub use answer::*;
pub use call::{Call, CallKind, CallLane, Failure, Reply, Retry};
pub use calls::CALLS;
pub use message::{
    HERE, Message, decode, decode_first, decode_reply, encode, encode_answer, encode_call, encode_reply, join_call,
};
pub use pick::{Pick, When};
pub use query::*;
pub use study::*;
