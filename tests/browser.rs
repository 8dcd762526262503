//! What needs a browser but no whole page: run by `make test` in headless Chromium.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_page_renders_into_its_element() {
    // Not into the body: the test runner reports there.
    let root = gloo_utils::document().create_element("div").unwrap();
    gloo_utils::body().append_child(&root).unwrap();
    normlab::app::start_in(root.clone());
    // Yew renders in a microtask.
    JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.unwrap();
    let heading = root.query_selector("main h1").unwrap();
    assert!(heading.is_some_and(|heading| heading.text_content().is_some_and(|text| !text.is_empty())));
}
