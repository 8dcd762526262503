//! The files of the bundled samples, from the server.

use std::future::Future;
use std::pin::Pin;

use js_sys::Uint8Array;
use normlab_experiments::Files;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response, Url};

/// Files that are fetched; the browser remembers them.
pub struct Fetched;

impl Files for Fetched {
    fn read<'a>(&'a self, file: &'a str) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + 'a>> {
        Box::pin(async move {
            match fetch(file, RequestCache::Default).await {
                // What is wrong may be what the browser remembers of an earlier time.
                Err(_) => fetch(file, RequestCache::Reload).await,
                bytes => bytes,
            }
        })
    }
}

async fn fetch(file: &str, cache: RequestCache) -> Result<Vec<u8>, String> {
    let broken = |_: JsValue| "there is no connection to the server".to_string();
    // The worker has no address of its own to start from; its name is the address of the page's script.
    let address = Url::new_with_base(&format!("data/{file}"), &super::scope().name()).map_err(broken)?.href();
    let options = RequestInit::new();
    options.set_cache(cache);
    let asked = super::scope().fetch_with_str_and_init(&address, &options);
    let response: Response = JsFuture::from(asked).await.map_err(broken)?.unchecked_into();
    if !response.ok() {
        return Err(format!("the server answered {}", response.status()));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(broken)?).await.map_err(broken)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
