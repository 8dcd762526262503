//! The visitor's own data in the browser's database, so that a reload finds them. Any of this may fail, as in a private
//! window, and nothing but that depends on it.
//!
//! Every use has a connection of its own, and an end.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_timers::future::TimeoutFuture;
use idb::{Database, Factory, ObjectStoreParams, Query, Transaction, TransactionMode};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use crate::protocol;
use crate::state::RecentFile;

const DATABASE: &str = "normlab";
/// What is kept, and the content: a list of what there is must not touch hundreds of megabytes.
const ABOUT: &str = "about";
const CONTENT: &str = "content";

/// Milliseconds after which a storage that does not answer is done without.
const PATIENCE: u32 = 5000;
/// Bytes that are written in a millisecond, at the least.
const PACE: u64 = 10_000;

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser refuses it, or has no room.
    Refused,
    /// It does not answer: somebody else may hold the storage.
    Silent,
}

/// What is kept now.
pub async fn all() -> Result<Vec<RecentFile>, Trouble> {
    in_time(PATIENCE, async {
        let transaction = begin(&[ABOUT], TransactionMode::ReadOnly).await?;
        let values = transaction.object_store(ABOUT)?.get_all(None, None)?.await?;
        let read = |value: JsValue| protocol::decode(&Uint8Array::new(&value).to_vec()).ok();
        // What an older version of this page wrote otherwise is not understood, and goes with the next ones.
        Ok(values.into_iter().filter_map(read).collect())
    })
    .await
}

/// The content of one.
pub async fn content(key: String) -> Result<Option<Blob>, Trouble> {
    in_time(PATIENCE, async move {
        let transaction = begin(&[CONTENT], TransactionMode::ReadOnly).await?;
        let value = transaction.object_store(CONTENT)?.get(Query::Key(key.into()))?.await?;
        Ok(value.and_then(|value| value.dyn_into().ok()))
    })
    .await
}

/// Keeps one, new or known better by now, and lets go of those with these keys.
pub async fn put(recent_file: RecentFile, content: Option<Blob>, go: Vec<String>) -> Result<(), Trouble> {
    let writing = content.as_ref().map_or(0, |_| recent_file.bytes / PACE) as u32;
    in_time(PATIENCE.saturating_add(writing), async move {
        let transaction = begin(&[ABOUT, CONTENT], TransactionMode::ReadWrite).await?;
        let key = JsValue::from(recent_file.key());
        let about = Uint8Array::from(protocol::encode(&recent_file).unwrap_or_default().as_slice());
        remove(&transaction, &go)?;
        transaction.object_store(ABOUT)?.put(&about, Some(&key))?;
        if let Some(content) = content {
            transaction.object_store(CONTENT)?.put(&content, Some(&key))?;
        }
        done(transaction).await
    })
    .await
}

/// Lets go of those with these keys.
pub async fn forget(keys: Vec<String>) -> Result<(), Trouble> {
    in_time(PATIENCE, async move {
        let transaction = begin(&[ABOUT, CONTENT], TransactionMode::ReadWrite).await?;
        remove(&transaction, &keys)?;
        done(transaction).await
    })
    .await
}

/// What comes of `work` within so many milliseconds. It goes on afterwards: the browser calls back into it, and its
/// connection must be closed whenever it comes.
async fn in_time<T: 'static>(
    millis: u32,
    work: impl Future<Output = Result<T, idb::Error>> + 'static,
) -> Result<T, Trouble> {
    let told = Rc::new(RefCell::new((None, None::<Waker>)));
    let teller = told.clone();
    spawn_local(async move {
        let done = work.await;
        let mut told = teller.borrow_mut();
        told.0 = Some(done.map_err(|_| Trouble::Refused));
        if let Some(waker) = told.1.take() {
            waker.wake();
        }
    });
    let mut timer = TimeoutFuture::new(millis);
    poll_fn(move |context| {
        let mut told = told.borrow_mut();
        if let Some(done) = told.0.take() {
            return Poll::Ready(done);
        }
        told.1 = Some(context.waker().clone());
        Pin::new(&mut timer).poll(context).map(|()| Err(Trouble::Silent))
    })
    .await
}

fn remove(transaction: &Transaction, keys: &[String]) -> Result<(), idb::Error> {
    for store in [ABOUT, CONTENT] {
        for key in keys {
            transaction.object_store(store)?.delete(Query::Key(key.into()))?;
        }
    }
    Ok(())
}

async fn done(transaction: Transaction) -> Result<(), idb::Error> {
    if transaction.commit()?.await?.is_committed() { Ok(()) } else { Err(idb::Error::DomExceptionNotFound) }
}

async fn begin(stores: &[&str], mode: TransactionMode) -> Result<Transaction, idb::Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        let make = |database: Database| -> Result<(), idb::Error> {
            database.create_object_store(ABOUT, ObjectStoreParams::new())?;
            database.create_object_store(CONTENT, ObjectStoreParams::new()).map(drop)
        };
        // Where this fails, so does every use of the database, and the visitor hears of that.
        let _ = idb::event::DatabaseEvent::database(&event).and_then(make);
    });
    let database = request.await?;
    let transaction = database.transaction(stores, mode);
    // It closes as soon as the transaction is done: an open one would keep others from changing or deleting it.
    database.close();
    transaction
}
