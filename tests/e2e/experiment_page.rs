//! The pages of experiments: from the head to a prediction, a run, its gap, and back; own tables; addresses with mistakes.

use crate::explore::{choose, heading, paste, wait_for_text, wait_until_painted};
use crate::harness::{DESKTOP, PHONE, Page};

const ENTER: &str = "\u{e007}";
const CTRL: char = '\u{e009}';

fn wait_for_report(page: &Page) {
    page.wait_until("document.querySelectorAll('[data-figure] canvas').length > 0");
}

/// Presses the focused element's Enter after the focus was put there.
fn enter_at(page: &Page, css: &str) {
    page.find(css);
    page.value(&format!("document.querySelector({css:?}).focus()"));
    page.press(ENTER);
}

#[test]
fn the_head_leads_to_an_experiment_and_back_to_what_was_chosen() {
    let page = Page::open("explore?data=iris&method=robust");
    wait_until_painted(&page);
    page.find(".pages a[href='#/experiments']").click();
    wait_for_text(&page, "main h1", "Experiments");
    page.wait_until("document.activeElement.id === 'result'");
    page.find("a[href='#/experiment/nearest']").click();
    wait_for_text(&page, "main h1", "Does one feature drown the others?");
    page.wait_until("document.title.startsWith('Does one feature')");
    page.find(".pages a").click();
    page.wait_until("document.querySelector('[data-method=robust]')?.getAttribute('aria-pressed') === 'true'");
    assert!(page.address().contains("data=iris"), "{}", page.address());
    page.back();
    wait_for_text(&page, "main h1", "Does one feature drown the others?");
    page.back();
    wait_for_text(&page, "main h1", "Experiments");
}

#[test]
fn a_prediction_is_made_by_keyboard_kept_and_compared() {
    let page = Page::open("experiment/nearest");
    page.find("input[name=share]");
    page.value("document.querySelector('input[name=share]').focus()");
    page.press("50");
    // From the third place to the first: the focus stays on the button.
    enter_at(&page, "[aria-label='Move z-score up']");
    page.wait_until("document.activeElement.ariaLabel === 'Move z-score up'");
    page.press(ENTER);
    page.wait_until("document.querySelector('.order li').textContent.startsWith('z-score')");
    enter_at(&page, ".run");
    wait_for_report(&page);
    page.wait_until("document.activeElement.id === 'result'");
    let gaps = "[...document.querySelectorAll('.gap')].map(gap => gap.textContent).join(' | ')";
    let told = "You said 50%; it is 99.77%: 49.77 points too low. | Your order has 3 of 6 pairs right; min-max comes before raw.";
    page.wait_until(&format!("({gaps}) === {told:?}"));
    page.wait_until("document.querySelector('h1').textContent.includes('124 of 178')");
    page.reload();
    wait_for_report(&page);
    page.wait_until(&format!("({gaps}) === {told:?}"));
}

#[test]
fn settings_are_steps_that_can_be_undone_and_a_limit_leads_to_its_headline() {
    let page = Page::open("experiment/nearest?run=1");
    wait_for_report(&page);
    let first = heading(&page);
    choose(&page, "select[name=scaling]", "robust");
    page.wait_until("document.querySelector('h1').textContent.includes('170')");
    page.press_holding(CTRL, 'z');
    wait_for_text(&page, "main h1", &first);
    assert!(!page.address().contains("scaling"), "{}", page.address());
    let limit = "[...document.querySelectorAll('.limits li')].find(one => one.textContent.includes('Iris'))";
    page.value(&format!("{limit}.querySelector('button').click()"));
    page.wait_until("location.hash.includes('data=iris')");
    page.wait_until("document.querySelector('h1').textContent.includes('150')");
    page.wait_until(
        "document.activeElement.id === 'result' && document.querySelector('h1').getBoundingClientRect().top >= 0",
    );
    page.back();
    wait_for_text(&page, "main h1", &first);
}

#[test]
fn the_table_that_is_open_in_explore_is_used_and_survives_a_reload() {
    let rows: String =
        (0..40).map(|i| format!("{},{},{}\n", i * 7 % 11, i * 1000, if i < 20 { "low" } else { "high" })).collect();
    let page = Page::open("explore");
    wait_until_painted(&page);
    paste(&page, &format!("a,income,kind\n{rows}"));
    page.wait_until("document.querySelector('.data .cap')?.textContent.includes('40 examples')");
    page.find(".pages a[href='#/experiments']").click();
    page.find("a[href='#/experiment/nearest']").click();
    page.find("select.source");
    choose(&page, "select.source", "/mine");
    choose(&page, "select[name=target]", "kind");
    enter_at(&page, ".run");
    wait_for_report(&page);
    wait_for_text(&page, "main h1", "of 40");
    let told = heading(&page);
    page.reload();
    wait_for_report(&page);
    wait_for_text(&page, "main h1", &told);
}

/// What is asked is asked of the very data that the run takes.
#[test]
fn a_prediction_is_of_the_seed_of_the_run() {
    let page = Page::open("experiment/shape?seed=3&run=1");
    wait_for_report(&page);
    let told = page.value("document.querySelector('.prediction p').textContent.match(/is ([\\d.]+);/)[1]");
    wait_for_text(&page, "main h1", told.as_str().unwrap());
}

#[test]
fn an_address_with_mistakes_leads_on() {
    let page = Page::open("experiment/nope");
    wait_for_text(&page, "main h1", "This address does not open an experiment");
    page.find("main a[href='#/experiments']");
    page.go("experiment/nearest?k=999&foo=1&run=1");
    wait_for_report(&page);
    wait_for_text(&page, ".experiment [role=alert]", "999");
    wait_for_text(&page, ".experiment [role=alert]", "foo");
}

#[test]
fn no_page_scrolls_sideways() {
    let page = Page::open("");
    for address in ["experiments", "experiment/nearest", "experiment/nearest?run=1", "experiment/nope"] {
        for size in [PHONE, DESKTOP, (320, 640)] {
            page.resize(size);
            page.go(address);
            page.find("main h1");
            page.wait_until("document.documentElement.scrollWidth <= innerWidth");
        }
    }
}
