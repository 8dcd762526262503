//! The visitor's own data in the browser's database, so that a reload finds them. Any of this may fail, as in a private
//! window, and nothing but that depends on it.

use idb::{Database, Factory, ObjectStoreParams, Query, Transaction, TransactionMode};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::protocol;
use crate::state::Kept;

const DATABASE: &str = "normlab";
/// What is kept, and the content: a list of what there is must not touch hundreds of megabytes.
const ABOUT: &str = "about";
const CONTENT: &str = "content";

/// What is kept now.
pub async fn all() -> Result<Vec<Kept>, idb::Error> {
    let transaction = begin(&[ABOUT], TransactionMode::ReadOnly).await?;
    let values = transaction.object_store(ABOUT)?.get_all(None, None)?.await?;
    let read = |value: JsValue| protocol::decode(&Uint8Array::new(&value).to_vec()).ok();
    // What an older version of this page wrote otherwise is not understood, and goes with the next ones.
    Ok(values.into_iter().filter_map(read).collect())
}

/// The content of one.
pub async fn content(key: &str) -> Result<Option<Blob>, idb::Error> {
    let transaction = begin(&[CONTENT], TransactionMode::ReadOnly).await?;
    let value = transaction.object_store(CONTENT)?.get(Query::Key(key.into()))?.await?;
    Ok(value.and_then(|value| value.dyn_into().ok()))
}

/// Keeps one, new or known better by now, and lets go of those with these keys.
pub async fn put(kept: &Kept, content: Option<&Blob>, go: &[String]) -> Result<(), idb::Error> {
    let transaction = begin(&[ABOUT, CONTENT], TransactionMode::ReadWrite).await?;
    let key = JsValue::from(kept.key());
    let about = Uint8Array::from(protocol::encode(kept).unwrap_or_default().as_slice());
    remove(&transaction, go)?;
    transaction.object_store(ABOUT)?.put(&about, Some(&key))?;
    if let Some(content) = content {
        transaction.object_store(CONTENT)?.put(content, Some(&key))?;
    }
    done(transaction).await
}

/// Lets go of those with these keys.
pub async fn forget(keys: &[String]) -> Result<(), idb::Error> {
    let transaction = begin(&[ABOUT, CONTENT], TransactionMode::ReadWrite).await?;
    remove(&transaction, keys)?;
    done(transaction).await
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
    request.await?.transaction(stores, mode)
}
