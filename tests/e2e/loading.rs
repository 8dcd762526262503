//! The page comes up from a sub-path of any static host.

use crate::harness::Page;

#[test]
fn the_page_comes_up_below_a_path() {
    let page = Page::open("");
    assert!(!page.find("main h1").text().is_empty());
    assert!(page.value("document.title").as_str().is_some_and(|title| title.contains("Normlab")));
}

#[test]
fn nothing_it_needs_is_missing() {
    let page = Page::open("");
    page.wait_until("document.readyState === 'complete'");
    let icon = page.value("document.querySelector('link[rel=icon]').href");
    let worker =
        page.value("new URL(document.querySelector('meta[name=normlab-worker]').content, document.baseURI).href");
    for url in [icon, worker] {
        assert_eq!(page.run(&format!("return (await fetch({url})).status")), 200, "{url}");
    }
}

#[test]
fn the_worker_starts_as_a_classic_worker() {
    let page = Page::open("");
    // What it answers is the session's business. Here: its files are where the loader asks for them.
    page.run(
        "const url = new URL(document.querySelector('meta[name=normlab-worker]').content, document.baseURI);
         window.failure = null;
         new Worker(url).onerror = event => { failure = event.message };",
    );
    page.wait_for("its wasm is asked for", |page| {
        page.server.requests().iter().any(|line| line.contains("/worker-") && line.ends_with("_bg.wasm"))
    });
    assert!(page.value("failure").is_null());
}
