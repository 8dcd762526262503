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

/// In place of the id of a call, which is never 0: what is said only to say that somebody is there.
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

/// Bytes of what is said to the call of this id, when that is no answer.
///
/// # Errors
/// As [`encode`].
pub fn encode_reply(id: u64, reply: &Reply<()>) -> Result<Vec<u8>, postcard::Error> {
    encode(&(id, reply))
}

/// Bytes of the answer to the call of this id.
///
/// # Errors
/// As [`encode`].
pub fn encode_answer<T: Serialize>(id: u64, answer: &T) -> Result<Vec<u8>, postcard::Error> {
    encode(&(id, Reply::Ready(()), answer))
}

/// What is said to which call; an answer as the bytes that it is.
///
/// # Errors
/// When page and worker are of different versions.
pub fn decode_reply(bytes: &[u8]) -> Result<(u64, Reply<&[u8]>), postcard::Error> {
    let ((id, reply), answer) = decode_first::<(u64, Reply<()>)>(bytes)?;
    Ok((id, reply.try_map(|()| Ok(answer))))
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
    fn an_answer_lies_right_behind_the_id_of_its_call() {
        let answer = RowsPage { total: 12, ..RowsPage::default() };
        let bytes = encode_answer(3, &answer).unwrap();
        let (id, Reply::Ready(rest)) = decode_reply(&bytes).unwrap() else { panic!() };
        assert_eq!((id, decode::<RowsPage>(rest).unwrap()), (3, answer));
        let bytes = encode_reply(4, &Reply::Progress { done: 1, total: 2 }).unwrap();
        assert_eq!(decode_reply(&bytes).unwrap(), (4, Reply::Progress { done: 1, total: 2 }));
    }
}
