//! Starts workers from the text of their loaders, which the program holds: a worker that comes from an address has no
//! Content-Security-Policy but what the host sends with it, and one from a blob has that of the page.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Url, Worker, WorkerOptions};

/// Loads the program that reads workbooks.
pub const WORKBOOK: &str = include_str!("workbook.js");
/// Loads the program of the experiments.
pub const EXPERIMENTS: &str = include_str!("experiments.js");

/// Starts a worker whose name is the address of the page's script.
///
/// # Errors
/// What the browser said when it refused.
pub fn start(loader: &str, script: &str) -> Result<Worker, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&loader.into()), &kind)?;
    let options = WorkerOptions::new();
    options.set_name(script);
    // The address is not given back: some browsers read it only later.
    Worker::new_with_options(&Url::create_object_url_with_blob(&blob)?, &options)
}

/// Starts a worker that runs the program of the page once more; the first one is started by `static/start.js` already.
///
/// # Errors
/// What the browser said when it refused.
pub fn start_program() -> Result<Worker, JsValue> {
    let normlab = Reflect::get(&gloo_utils::window(), &"normlab".into())?;
    let start: Function = Reflect::get(&normlab, &"startWorker".into())?.dyn_into()?;
    start.call0(&normlab)?.dyn_into()
}
