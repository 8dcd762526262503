//! What answers each call.

use wasm_bindgen::JsValue;

use super::task::Task;
use super::{read, save};
use crate::protocol::{
    self, BatchesQuery, Call, CompareQuery, DataSource, HighlightQuery, RowsQuery, Save, TraceQuery, UserTableQuery,
    ViewQuery, WhatIfQuery,
};
use crate::session::Session;

macro_rules! answers {
    (($session:ident, $query:ident, $file:ident, $task:ident) $($call:ty => $answer:expr;)+) => {
        /// Answers the call of this name; its query are these bytes, and the file is what came beside them.
        pub async fn answer($session: &mut Session, name: &str, bytes: &[u8], $file: JsValue, $task: &Task<'_>) {
            match name {
                $(<$call as Call>::NAME => {
                    let $query: $call = protocol::decode(bytes).unwrap_or_else(|error| super::unreadable(&error));
                    $task.finish::<$call>($answer);
                })+
                _ => {}
            }
        }
    };
}

answers! {
    (session, query, file, task)
    DataSource => read::load(session, &query, file, task).await;
    ViewQuery => session.view(&query, task).await;
    RowsQuery => session.rows(&query);
    HighlightQuery => session.highlight(&query);
    TraceQuery => session.trace(query.cell);
    CompareQuery => session.compare(&query, task).await;
    BatchesQuery => session.batches(&query, task).await;
    WhatIfQuery => session.what_if(&query, task).await;
    UserTableQuery => session.user_table(&query);
    Save => save::save(session, &query, task).await;
}
