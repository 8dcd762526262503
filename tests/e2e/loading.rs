//! The page comes up from a sub-path of any static host.

use std::time::Duration;

use crate::harness::{Fault, Page, built};

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
    assert_eq!(count("_bg.wasm"), 1, "{requests:#?}");
}

#[test]
fn worker_and_data_do_not_wait_for_the_program() {
    let page = Page::start();
    page.server.spoil("_bg.wasm", Fault::Late(Duration::from_secs(60)));
    page.visit("");
    let count = |part: &str| page.server.requests().iter().filter(|request| request.contains(part)).count();
    page.wait_for("both are asked for", |_| count("/ctr_revenue.csv") == 1 && count(&built("app-", ".js")) == 2);
    page.server.mend();
    page.wait_until_drawn();
    assert_eq!(count(".csv"), 1, "what was asked for early is used");
}

#[test]
fn data_that_a_link_does_not_show_are_not_asked_for() {
    let page = Page::open("explore?data=wine");
    assert!(!page.server.requests().iter().any(|request| request.contains("/ctr_revenue.csv")));
}

#[test]
fn other_pages_are_loaded_once_and_explore_comes_before_them() {
    let pages = &built("pages-", ".wasm");
    // Its data are not asked for before the program is there.
    let page = Page::open("explore?data=wine");
    let position = |part: &str| page.server.requests().iter().position(|request| request.contains(part));
    page.wait_for("the pages are asked for", |_| position(pages).is_some());
    assert!(position("/wine.csv") < position(pages), "{:#?}", page.server.requests());
    page.find(".pages a[href='#/experiments']").click();
    page.wait_until("document.querySelector('main h1')?.textContent === 'Experiments'");
    let requests = page.server.requests();
    assert_eq!(requests.iter().filter(|request| request.contains(pages)).count(), 1, "{requests:#?}");
}
