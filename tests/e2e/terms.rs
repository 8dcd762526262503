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
