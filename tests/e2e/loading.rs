//! The page comes up from a sub-path of any static host.

use crate::harness::Page;
use crate::lab::wait_until_painted;
use serde_json::json;
use std::thread;
use std::time::Duration;

#[test]
fn the_page_comes_up_below_a_path() {
    let page = Page::open("");
    // The headline may be drawn anew between finding it and reading it.
    page.wait_for("the headline says something", |page| !page.find("main h1").text().is_empty());
    assert!(page.value("document.title").as_str().is_some_and(|title| title.contains("Normlab")));
}

#[test]
fn the_icon_is_there() {
    let page = Page::open("");
    let icon = page.value("document.querySelector('link[rel=icon]').href");
    assert_eq!(page.run(&format!("return (await fetch({icon})).status")), 200, "{icon}");
}

#[test]
fn the_program_is_loaded_once_for_page_and_worker() {
    let page = Page::open("");
    let requests = page.server.requests();
    let count = |part: &str| requests.iter().filter(|request| request.contains(part)).count();
    assert_eq!((count("/worker.js"), count("_bg.wasm")), (1, 1), "{requests:#?}");
}

#[test]
fn the_first_picture_does_without_the_rest_of_the_program_and_everything_else_has_it() {
    let page = first_picture_alone(Page::start);
    // Whoever asks for more than that waits for the rest, and gets what was asked for. The click comes when the driver has
    // its answer: a page that waits answers nobody.
    page.run("setTimeout(() => document.querySelector('[data-method=layer-norm]').click(), 300)");
    thread::sleep(Duration::from_millis(600));
    page.server.withhold(None);
    page.wait_for("another method is shown", |page| page.find("main h1").text().contains("LayerNorm"));
}

#[test]
fn a_first_picture_that_takes_long_does_without_the_rest_too() {
    // The page says that it computes when it does so for a while.
    let late = "window.Worker = class extends Worker {
        set onmessage(hear) { super.onmessage = hear && (event => setTimeout(hear, 500, event)); } };
        setInterval(() => window.saidSo ||= Boolean(document.querySelector('.result.late')), 20);";
    let page = first_picture_alone(|| {
        let page = Page::start();
        page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": late }));
        page
    });
    assert_eq!(page.value("window.saidSo"), true);
}

/// A page that has its first picture while the rest of the program is withheld.
fn first_picture_alone(start: impl Fn() -> Page) -> Page {
    // Answers come in no fixed order, and an order that the build has not seen may need a function more.
    let page = (0..3).find_map(|_| {
        let page = start();
        page.server.withhold(Some("_rest.wasm"));
        page.go("explore");
        wait_until_painted(&page);
        // Whoever cannot do without asks under this address.
        let waited = page.server.requests().iter().any(|request| request.ends_with("_rest.wasm?now"));
        (!waited).then_some(page)
    });
    page.expect("the first picture waited for the rest")
}
