//! A distribution drawn by hand: the plots follow the stroke, and the drawing travels in the address.

use crate::explore::{statistic, statistics, wait_until_painted};
use crate::harness::Page;

const BARS: &str = "[...document.querySelectorAll('.pad [role=slider]')].map(bar => Number(bar.ariaValueNow))";

fn bars(page: &Page) -> Vec<u64> {
    page.value(BARS).as_array().unwrap().iter().map(|bar| bar.as_u64().unwrap()).collect()
}

#[test]
fn a_stroke_changes_the_data_and_is_one_entry_of_the_history() {
    let page = Page::open("explore?data=drawn&method=min-max");
    wait_until_painted(&page);
    let (before, shown) = (bars(&page), statistics(&page));
    assert_eq!(before.len(), 24);
    // From the lower left to the upper right: a skewed one.
    page.drag(".pad", &[(0.03, 0.96), (0.3, 0.7), (0.6, 0.4), (0.99, 0.01)]);
    page.wait_for("the mean follows", |page| statistic(page, "x", false, "mean") > 60.0);
    let drawn = bars(&page);
    assert!(drawn.windows(2).all(|pair| pair[0] <= pair[1]), "a rising line: {drawn:?}");
    assert!(statistic(&page, "x", false, "skewness") < -0.4);
    let text: Vec<String> = drawn.iter().map(u64::to_string).collect();
    page.wait_for("the address", |page| page.address().contains(&format!("g.heights={}", text.join("-"))));
    // A second stroke is another step.
    page.drag(".pad", &[(0.02, 0.02), (0.1, 0.02)]);
    page.wait_for("the second stroke", |page| bars(page)[1] > 90);
    page.back();
    page.wait_for("one step back", |page| bars(page) == drawn);
    page.back();
    page.wait_for("two steps back", |page| bars(page) == before && statistics(page) == shown);
}

#[test]
fn bars_are_set_by_keyboard() {
    const UP: &str = "\u{e013}";
    const RIGHT: &str = "\u{e014}";
    const HOME: &str = "\u{e011}";
    const END: &str = "\u{e010}";
    let page = Page::open("explore?data=drawn");
    wait_until_painted(&page);
    let before = bars(&page);
    page.run("document.querySelector('.pad [tabindex=\"0\"]').focus()");
    page.press(&UP.repeat(3));
    page.wait_for("the first bar grows", |page| bars(page)[0] == before[0] + 3);
    page.press(RIGHT);
    page.press(END);
    page.wait_for("the second bar is full", |page| bars(page)[1] == 100);
    page.press(HOME);
    page.wait_for("the second bar is empty", |page| bars(page)[1] == 0);
    assert_eq!(bars(&page)[2..], before[2..]);
    assert!(page.address().contains(&format!("g.heights={}-0-", before[0] + 3)), "{}", page.address());
}
