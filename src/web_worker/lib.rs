//! What a program in a worker of a browser needs: files from the server, the time, the next task, the way to the page.

use js_sys::{Array, Map, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, RequestCache, RequestInit, Response, Url};

/// The global object of the worker.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Sends bytes to the page; they are moved, not copied.
pub fn send(bytes: &[u8]) {
    let bytes = Uint8Array::from(bytes);
    if let Err(error) = scope().post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer())) {
        web_sys::console::error_1(&error);
    }
}

/// Milliseconds since some fixed moment.
pub fn now() -> f64 {
    scope().performance().map_or(0.0, |performance| performance.now())
}

/// The next task of the event loop; unlike a timer, a message has no least delay.
pub async fn next_task() {
    let Ok(channel) = MessageChannel::new() else { return };
    let promise = Promise::new(&mut |resolve, _| {
        channel.port1().set_onmessage(Some(&resolve));
        // Nothing can be done about a port that does not take messages; the promise would never come, so resolve.
        if channel.port2().post_message(&JsValue::NULL).is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(promise).await;
    channel.port1().close();
}

/// The bytes of a file beside the page.
///
/// # Errors
/// Why it did not come, as the end of a sentence.
pub async fn fetch(path: &str, cache: RequestCache) -> Result<Vec<u8>, String> {
    let broken = |_: JsValue| "there is no connection to the server".to_string();
    // The worker has no address of its own to start from; its name is the address of the page's script.
    let address = Url::new_with_base(path, &scope().name()).map_err(broken)?.href();
    let asked = prefetched(&address).unwrap_or_else(|| {
        let options = RequestInit::new();
        options.set_cache(cache);
        scope().fetch_with_str_and_init(&address, &options)
    });
    let response: Response = JsFuture::from(asked).await.map_err(broken)?.unchecked_into();
    if !response.ok() {
        return Err(format!("the server answered {}", response.status()));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(broken)?).await.map_err(broken)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// What the loader of the worker asked for before the program was there; it is used once.
fn prefetched(address: &str) -> Option<Promise> {
    let responses: Map = Reflect::get(&scope(), &"prefetched".into()).ok()?.dyn_into().ok()?;
    let response = responses.get(&address.into());
    responses.delete(&address.into());
    response.dyn_into().ok()
}
