//! What comes late and does not come is said in one sentence, with a button that works.

use std::time::Duration;

use crate::explore::{
    choose, choose_method, features, statistics, wait_for_features, wait_for_text, wait_until_painted,
};
use crate::harness::{Fault, Page, built};

/// The page said what is missing; once the server is mended, the button brings it.
fn again(page: &Page, said: &str) {
    wait_for_text(page, ".notice.problem", said);
    // The console says so, too.
    page.take_complaints();
    page.server.mend();
    page.find(".notice.problem .again").click();
}

#[test]
fn a_sample_that_does_not_come_can_be_asked_for_again() {
    for (fault, said) in [
        (Fault::Missing, "The data set \u{201c}Wine\u{201d} did not arrive: the server answered 404."),
        (Fault::Html, "The data set \u{201c}Wine\u{201d} did not arrive: the server sent something else."),
    ] {
        let page = Page::open("explore?data=iris&method=robust");
        wait_until_painted(&page);
        let shown = statistics(&page);
        page.server.spoil("/wine.csv", fault);
        choose(&page, "select.source", "wine");
        wait_for_text(&page, ".notice.problem", said);
        assert_eq!(statistics(&page), shown, "what was there stays");
        again(&page, said);
        page.wait_for("wine is there", |page| features(page).contains(&"alcohol".to_string()));
        assert!(page.address().contains("data=wine&method=robust"), "{}", page.address());
        assert_eq!(page.count(".notice"), 0);
    }
}

#[test]
fn a_sample_that_is_waited_for_can_be_given_up() {
    let page = Page::open("explore?data=iris");
    wait_until_painted(&page);
    let shown = statistics(&page);
    page.server.spoil("/wine.csv", Fault::Late(Duration::from_secs(60)));
    choose(&page, "select.source", "wine");
    page.find(".notice.loading button").click();
    page.wait_until("document.querySelector('select.source').value === 'iris'");
    choose_method(&page, "min-max");
    choose_method(&page, "z-score");
    assert_eq!(statistics(&page), shown);
    // Or forgotten over others.
    choose(&page, "select.source", "wine");
    choose(&page, "select.source", "penguins");
    page.wait_for("penguins are there", |page| features(page).contains(&"bill_depth_mm".to_string()));
    assert_eq!(page.count(".notice"), 0);
    page.server.mend();
}

#[test]
fn the_first_sample_of_a_link_can_be_asked_for_again_too() {
    let page = Page::start();
    page.server.spoil("/wine.csv", Fault::Missing);
    page.visit("#/explore?data=wine&method=min-max");
    wait_for_text(&page, "#page main h1", "There is no result yet");
    again(&page, "did not arrive: the server answered 404");
    page.wait_for("wine is there", |page| features(page).contains(&"alcohol".to_string()));
    wait_until_painted(&page);
    assert_eq!(page.address(), "explore?data=wine&method=min-max");
}

const PRACTICE: &str = "document.querySelector('main h1')?.textContent === 'Practice'";

#[test]
fn a_page_can_be_asked_for_again() {
    for fault in [Fault::Missing, Fault::Html] {
        let page = Page::start();
        page.server.spoil(&built("pages-", ".wasm"), fault);
        page.visit("#/practice");
        again(&page, "A part of Normlab could not be loaded.");
        page.wait_until(PRACTICE);
        assert_eq!(page.count(".notice"), 0);
    }
}

#[test]
fn pages_that_did_not_come_in_time_are_asked_for_again_when_one_is_wanted() {
    let pages = built("pages-", ".wasm");
    let page = Page::start();
    page.server.spoil(&pages, Fault::Missing);
    page.go("explore?data=iris&method=robust");
    let n_requests = |page: &Page| page.server.requests().iter().filter(|request| request.contains(&pages)).count();
    page.wait_for("the pages are asked for", |page| n_requests(page) == 1);
    assert_eq!(page.count(".notice"), 0, "nobody wants them yet");
    page.server.mend();
    page.find(".pages a[href='#/practice']").click();
    page.wait_until(PRACTICE);
    assert_eq!(n_requests(&page), 2);
    // The console says what did not come.
    page.take_complaints();
    page.back();
    wait_until_painted(&page);
    assert_eq!(page.address(), "explore?data=iris&method=robust");
}

#[test]
fn the_reader_of_workbooks_can_be_asked_for_again() {
    for (part, fault) in [("xlsx.js", Fault::Missing), ("xlsx.js", Fault::Html), ("xlsx_bg.wasm", Fault::Html)] {
        let page = Page::open("explore?data=iris");
        page.server.spoil(part, fault);
        page.find_input("input[type=file]").upload("tests/fixtures/xlsx/prices.xlsx");
        again(&page, "\u{201c}prices.xlsx\u{201d} was not read: the program that reads workbooks did not arrive.");
        wait_for_features(&page, &["price", "share"]);
        assert_eq!(page.count(".notice"), 0);
    }
}
