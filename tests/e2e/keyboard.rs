//! The main job with the keyboard alone, and the focus is always seen.

use crate::explore::{choose_method, features, wait_for_method, wait_until_painted};
use crate::harness::{PHONE, Page};
use serde_json::Value;

const TAB: char = '\u{e004}';
const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";
const CTRL: char = '\u{e009}';
const SHIFT: char = '\u{e008}';

/// What has the focus: where it is, whether it is inside the window, and what it looks like with and without focus.
const FOCUS: &str = "
    const element = document.activeElement;
    const looks = element => {
        const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(element);
        return JSON.stringify([outlineStyle === 'none' ? 0 : outlineWidth, boxShadow, borderColor, backgroundColor]);
    };
    const box = element.getBoundingClientRect();
    // A button may hold the field that has the focus.
    const shown = element.closest('.button') ?? element;
    const focused = looks(shown);
    element.blur();
    const plain = looks(shown);
    element.focus({ focusVisible: true, preventScroll: true });
    const seen = shown.getBoundingClientRect();
    return {
        body: element === document.body,
        name: element.matches('select.source') ? 'source' : element.dataset.method ?? element.textContent.trim(),
        tag: element.tagName,
        changed: focused !== plain,
        inside: seen.bottom > 0 && seen.top < innerHeight && seen.right > 0 && seen.left < innerWidth,
        html: element.outerHTML.slice(0, 120),
    };";

/// Goes on with Tab until the focus is where it should be; every stop on the way must be seen.
fn tab_to(page: &Page, what: &str, reached: impl Fn(&Value) -> bool) {
    for _ in 0..80 {
        page.press(&TAB.to_string());
        let focus = page.run(FOCUS);
        assert_eq!(focus["body"], false, "the focus was lost on the way to {what}");
        assert_eq!(focus["changed"], true, "the focus is not seen on {focus}");
        assert_eq!(focus["inside"], true, "the focus is outside of the window on {focus}");
        if reached(&focus) {
            return;
        }
    }
    panic!("Tab does not come to {what}");
}

#[test]
fn the_main_job_needs_no_mouse() {
    let page = Page::open("");
    wait_until_painted(&page);
    tab_to(&page, "the method", |focus| focus["name"] == "robust");
    page.press(ENTER);
    wait_for_method(&page, "robust");
    assert_eq!(page.value("document.activeElement.dataset.method"), "robust");

    tab_to(&page, "the data", |focus| focus["name"] == "source");
    page.press(DOWN);
    page.wait_for("wine", |page| features(page).len() == 13);
    // The focus is where it was.
    assert_eq!(page.value("document.activeElement.matches('select.source')"), true);

    // A feature less, with the space bar.
    tab_to(&page, "the first feature", |focus| {
        focus["tag"] == "INPUT" && focus["html"].to_string().contains("checkbox")
    });
    page.press(" ");
    page.wait_for("one feature less", |page| features(page).len() == 12);
    assert_eq!(page.value("document.activeElement.type"), "checkbox");

    tab_to(&page, "the other pictures", |focus| focus["html"].to_string().contains("more-toggle"));
    page.press(ENTER);
    tab_to(&page, "the view", |focus| focus["name"] == "Density");
    page.press(" ");
    page.wait_until("document.activeElement.ariaPressed === 'true'");
    wait_until_painted(&page);

    tab_to(&page, "the numbers behind a plot", |focus| focus["tag"] == "SUMMARY");
    page.press(ENTER);
    page.wait_until("document.activeElement.parentElement.open");
    page.wait_until("document.querySelector('figure[data-when=before] table tbody')?.rows.length > 10");
    // The way back leads back, to the plot itself.
    page.press_holding(SHIFT, TAB);
    page.wait_until("document.activeElement.matches('.plot-overlay')");
}

/// Whatever comes before: each part of the page is a few stops away.
#[test]
fn every_part_is_reached_by_a_link_at_the_top() {
    let page = Page::open("explore?data=wine");
    wait_until_painted(&page);
    let parts = [
        ("methods", "document.activeElement.dataset.method === 'z-score'"),
        ("plots", "document.activeElement.matches('.plots .plot-overlay')"),
        ("statistics", "Boolean(document.activeElement.querySelector('table.stats'))"),
        ("values", "document.activeElement.matches('[role=grid]')"),
    ];
    for (part, reached) in parts {
        page.value("document.activeElement.blur()");
        page.value("document.querySelector('.head .mark').focus()");
        // Backwards from the first stop behind the links: the last link first.
        for _ in 0..6 {
            page.press_holding(SHIFT, TAB);
            if page.value("document.activeElement.textContent").as_str().is_some_and(|text| text.ends_with(part)) {
                break;
            }
        }
        assert!(page.find(".skip:focus").visible());
        page.press(ENTER);
        page.wait_until(reached);
    }
    page.resize(PHONE);
    page.value("document.querySelectorAll('.skip')[1].focus()");
    page.press(ENTER);
    page.wait_until(
        "document.activeElement.matches('.fold-line') && document.activeElement.textContent.includes('Method')",
    );
    assert_eq!(page.address(), "explore?data=wine", "skipping is no choice");
}

#[test]
fn the_first_stop_skips_to_the_result() {
    let page = Page::open("explore?data=wine");
    wait_until_painted(&page);
    page.press(&TAB.to_string());
    assert!(page.find(".skip").visible());
    page.press(ENTER);
    page.wait_until("document.activeElement.id === 'result'");
    assert_eq!(page.address(), "explore?data=wine", "skipping is no choice");
    assert_eq!(features(&page).len(), 13);
}

/// What was pressed goes away: the focus goes to what it led to, and is not lost.
#[test]
fn the_focus_stays_where_a_button_goes_away() {
    let page = Page::open("explore?data=wine&cols=alcohol&pick=1b14.5~15");
    page.find("section:has(#members) button");
    page.value("document.querySelector('section:has(#members) button').focus()");
    page.press(ENTER);
    page.find("#inspector");
    page.wait_until("document.activeElement.id === 'inspector'");
    page.value("document.activeElement.blur()");
    page.value("document.querySelector('.data .buttons button').focus()");
    page.press(ENTER);
    page.wait_until("document.activeElement.matches('textarea')");
    page.press("a\u{e007}1\u{e007}2\u{e007}4");
    page.press(&TAB.to_string());
    page.press(ENTER);
    page.wait_for("the pasted data", |page| features(page).len() == 1);
    page.wait_until("document.activeElement.matches('select.source')");
}

/// What is typed into a field is undone there, as in any field.
#[test]
fn undo_in_a_field_undoes_what_was_typed() {
    let page = Page::open("explore?data=wine&cols=alcohol&pick=1.1");
    choose_method(&page, "robust");
    let field = "document.querySelector('input[name=what-if]')";
    page.find("input[name=what-if]");
    page.value(&format!("({field}.focus(), {field}.select())"));
    let before = page.value(&format!("{field}.value"));
    page.press("7");
    page.wait_until(&format!("{field}.value === '7'"));
    page.press("5");
    page.wait_until(&format!("{field}.value === '75'"));
    wait_until_painted(&page);
    let address = page.address();
    for _ in 0..4 {
        page.press_holding(CTRL, 'z');
    }
    page.wait_until(&format!("{field}.value === {before}"));
    assert_eq!(page.address(), address, "nothing else is undone");
    page.wait_until(&format!("document.activeElement === {field}"));
}
