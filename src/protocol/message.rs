//! Messages as bytes: what a message is, and right behind it what belongs to it.

use serde::{Deserialize, Serialize};

use super::{Call, CallKind, Reply};

/// What the page sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message<'a> {
    /// A call of this name; its query follows.
    Call { id: u64, name: &'a str },
    /// Stop working on the call of this id.
    Cancel(u64),
    /// Whether somebody is there: answered before anything else, by [`HERE`].
    Ping,
}

/// In place of the id of a call, which is never 0: the worker is there.
pub const HERE: u64 = 0;

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

/// What these bytes begin with, and those that follow.
///
/// # Errors
/// When page and worker are of different versions.
pub fn decode_first<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<(T, &'a [u8]), postcard::Error> {
    postcard::take_from_bytes(bytes)
}

/// Bytes of a call.
///
/// # Errors
/// As [`encode`].
pub fn encode_call<C: Call>(id: u64, query: &C) -> Result<Vec<u8>, postcard::Error> {
    encode(&(Message::Call { id, name: C::NAME }, query))
}

/// As [`encode_call`], of a query that is bytes already.
///
/// # Errors
/// As [`encode`].
pub fn join_call(id: u64, kind: CallKind, query: &[u8]) -> Result<Vec<u8>, postcard::Error> {
    let mut message = encode(&Message::Call { id, name: kind.name })?;
    message.extend_from_slice(query);
    Ok(message)
}

/// Bytes of what is said to the call of this id.
///
/// # Errors
/// As [`encode`].
pub fn encode_reply<T: Serialize>(id: u64, reply: &Reply<T>) -> Result<Vec<u8>, postcard::Error> {
    encode(&(id, reply))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RowsPage, RowsQuery};

    #[test]
    fn a_query_lies_right_behind_its_call() {
        let query = RowsQuery { from: 7, count: 300, ..RowsQuery::default() };
        let bytes = encode_call(1 << 40, &query).unwrap();
        let (message, rest) = decode_first::<Message>(&bytes).unwrap();
        assert_eq!(message, Message::Call { id: 1 << 40, name: "rows" });
        assert_eq!(decode::<RowsQuery>(rest).unwrap(), query);
        let joined = join_call(1 << 40, CallKind::of::<RowsQuery>(), &encode(&query).unwrap()).unwrap();
        assert_eq!(joined, bytes);
        let bytes = encode(&Message::Cancel(9)).unwrap();
        assert_eq!(decode_first::<Message>(&bytes).unwrap(), (Message::Cancel(9), &[][..]));
        assert!(decode_first::<Message>(&[255, 255, 255]).is_err(), "of another version");
    }

    #[test]
    fn a_reply_lies_right_behind_the_id_of_its_call() {
        let reply = Reply::Ready(RowsPage { total: 12, ..RowsPage::default() });
        let bytes = encode_reply(3, &reply).unwrap();
        let (id, rest) = decode_first::<u64>(&bytes).unwrap();
        assert_eq!((id, decode::<Reply<RowsPage>>(rest).unwrap()), (3, reply));
        // What has no answer in it reads as any.
        let bytes = encode_reply(3, &Reply::<()>::Progress { done: 1, total: 2 }).unwrap();
        let reply = decode::<Reply<RowsPage>>(decode_first::<u64>(&bytes).unwrap().1).unwrap();
        assert_eq!(reply, Reply::Progress { done: 1, total: 2 });
    }
}
