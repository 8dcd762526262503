//! Hands a file to the visitor.

use gloo_timers::callback::Timeout;
use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlElement, Url};

/// Milliseconds after which the browser surely has begun to write the file.
const WRITTEN: u32 = 60_000;

/// Saves what is at an address inside the browser, and lets go of it later.
pub fn download(address: String, name: &str) {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok());
    if let Some(link) = link {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        link.click();
    }
    Timeout::new(WRITTEN, move || drop(Url::revoke_object_url(&address))).forget();
}

/// Saves these bytes.
pub fn download_blob(blob: &Blob, name: &str) {
    if let Ok(address) = Url::create_object_url_with_blob(blob) {
        download(address, name);
    }
}
