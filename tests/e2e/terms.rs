//! Every term has its sentence, on focus, on hover and by a tap, and Escape puts it away.

use crate::explore::wait_until_painted;
use crate::harness::{PHONE, Page};

/// The sentences that are seen.
const SEEN: &str =
    "[...document.querySelectorAll('.says')].filter(one => one.matches(':popover-open')).map(one => one.textContent)";

fn only(page: &Page, says: &str) {
    page.wait_until(&format!("(seen => seen.length === 1 && seen[0].includes({says:?}))({SEEN})"));
}

fn none(page: &Page) {
    page.wait_until(&format!("{SEEN}.length === 0"));
}

fn focus(page: &Page, selector: &str) {
    page.run(&format!("document.querySelector({selector:?}).focus()"));
}

#[test]
fn a_setting_is_explained_to_the_keyboard_and_to_a_screen_reader() {
    let page = Page::open("explore?method=batch-norm&mode=evaluation");
    wait_until_painted(&page);
    for (name, says) in [("eps", "under the square root"), ("gamma", "gamma"), ("beta", "a network learns it")] {
        let field = format!(".settings input[name={name}]");
        focus(&page, &field);
        only(&page, says);
        let described = format!(
            "document.querySelector('{field}').getAttribute('aria-describedby').split(' ')
                .map(id => document.getElementById(id).textContent).join(' ')"
        );
        assert!(page.value(&described).as_str().is_some_and(|text| text.contains(says)), "{name}");
    }
    focus(&page, ".settings select[name=mode]");
    only(&page, "Training uses the statistics of the batch itself");
    focus(&page, ".settings input[name=momentum]");
    only(&page, "How much each batch moves the running statistics.");
    page.press("\u{e00c}");
    none(&page);
    // It is in sight, and right above what it explains.
    focus(&page, ".settings input[name=eps]");
    only(&page, "under the square root");
    let place = "(() => { const [says, about] = ['.says:popover-open', '.explained:has(> .says:popover-open)']
        .map(one => document.querySelector(one).getBoundingClientRect());
        return says.left >= 0 && says.right <= innerWidth && says.top >= 0 && Math.abs(says.bottom - about.top) < 2 })()";
    page.wait_until(place);
}

#[test]
fn headings_are_explained_on_hover_focus_and_tap() {
    let page = Page::open("explore?data=iris");
    wait_until_painted(&page);
    let heading = "table.stats button[aria-describedby=says-stats-skewness]";
    page.run(&format!("document.querySelector('{heading}').scrollIntoView({{ block: 'center' }})"));
    page.hover(heading, (0.5, 0.5));
    only(&page, "0 when symmetric");
    page.hover("header .theme", (0.5, 0.5));
    none(&page);
    page.find(heading).click();
    only(&page, "0 when symmetric");
    page.press("\u{e00c}");
    none(&page);
    focus(&page, heading);
    page.resize(PHONE);
    focus(&page, "table.stats button[aria-describedby=says-stats-kurtosis]");
    only(&page, "0 for a normal distribution");
}

/// No two things on the page are described by one id.
#[test]
fn what_is_described_is_described_once() {
    let page = Page::open("explore?data=uniform&method=min-max&study=compare");
    wait_until_painted(&page);
    let twice = "[...document.querySelectorAll('#page [id]')].map(one => one.id).filter((id, at, all) => all.indexOf(id) !== at)";
    assert_eq!(page.value(twice).as_array().map(Vec::len), Some(0), "{}", page.value(twice));
}

/// Words of the field in sentences: of an experiment's outcome, and of the opening page.
#[test]
fn words_in_sentences_are_explained_where_they_stand_first() {
    let page = Page::open("experiment/nearest?run=1");
    page.wait_until("[...document.querySelectorAll('.experiment-head .sub button.word')].some(one => one.textContent === 'leave-one-out')");
    focus(&page, "button[aria-describedby=word-head-leave-one-out]");
    only(&page, "predicted from all others");
    page.press("\u{e00c}");
    none(&page);
    page.hover("button[aria-describedby=word-head-leave-one-out]", (0.5, 0.5));
    only(&page, "predicted from all others");
    page.hover("header .theme", (0.5, 0.5));
    none(&page);
    // Once each, and in the tables, too.
    let twice = "[...document.querySelectorAll('#page [id]')].map(one => one.id).filter((id, at, all) => all.indexOf(id) !== at)";
    assert_eq!(page.value(twice).as_array().map(Vec::len), Some(0), "{}", page.value(twice));
    assert!(page.count(".report-table th button.word") > 0);
    page.go("explore");
    page.wait_until("document.querySelectorAll('.caption .sub button.word').length > 0");
    assert_eq!(page.count("h1 button"), 0);
    focus(&page, ".views .choice button");
    only(&page, "How many values lie in each of many small ranges.");
}
