//! Where a number comes from: any value is asked by keyboard, and the answer follows the method.

use crate::harness::Page;
use crate::lab::{choose_method, paste, wait_for_features, wait_for_text, wait_until_painted};

const RIGHT: &str = "\u{e014}";
const DOWN: &str = "\u{e015}";

/// The steps as they stand there: name, how, result.
const STEPS: &str =
    "[...document.querySelectorAll('.arithmetic li')].map(step => step.innerText.replace(/\\s+/g, ' ').trim())";

#[test]
fn the_arithmetic_of_a_chosen_value_follows_keys_and_methods() {
    let page = Page::open("");
    paste(&page, "a\tb\n2\t10\n4\t50\n6\t90\n");
    wait_for_features(&page, &["a", "b"]);
    choose_method(&page, "z-score");
    assert_eq!(page.count(".inspector"), 0, "nothing is chosen yet");
    page.value("document.querySelector('[role=grid]').focus()");
    // Two lines a row.
    for _ in 0..4 {
        page.press(DOWN);
    }
    wait_for_text(
        &page,
        ".inspector .cap",
        "a of row 3 is 6. Its centre and scale are those of a: 3 values share them.",
    );
    let expected = ["mean (2 + 4 + 6) / 3 = 12 / 3 = 4", "divided by the scale 2 / 1.633 = 1.225"];
    page.wait_for("the steps", |page| {
        let steps = page.value(STEPS);
        let steps = steps.as_array().unwrap();
        steps.len() == 5 && steps[0] == expected[0] && steps[4] == expected[1]
    });
    page.press(RIGHT);
    wait_for_text(&page, ".inspector .cap", "b of row 3 is 90.");
    choose_method(&page, "layer-norm");
    wait_for_text(&page, ".inspector .cap", "those of row 3: 2 values share them.");
    page.find(".inspector input[type=checkbox]").click();
    wait_for_text(&page, ".arithmetic .how", "eps 0.00001");
    wait_until_painted(&page);
}

/// A value is tried, by keyboard and with the slider, and kept.
#[test]
fn what_if_the_chosen_value_were_another() {
    let page = Page::open("explore?data=wine&method=batch-norm&pick=3.1");
    wait_for_text(&page, ".inspector .cap", "alcohol of row 3 is 13.16.");
    page.find("[name=what-if]").fill("15");
    let told = "[aria-labelledby=what-if] [aria-live]";
    wait_for_text(&page, told, "If alcohol of row 3 were 15 instead of 13.16");
    wait_for_text(&page, told, "All 177 other outputs of alcohol would move");
    page.value(
        "(slider => { slider.value = 14.5; slider.dispatchEvent(new InputEvent('input', { bubbles: true })); }) \
         (document.querySelector('.what-if [type=range]'))",
    );
    wait_for_text(&page, told, "If alcohol of row 3 were 14.5 instead of 13.16");
    choose_method(&page, "layer-norm");
    wait_for_text(&page, told, "All 12 other outputs of row 3 would move");
    wait_for_text(&page, told, "No other row would move.");
    let keep = page.count(".what-if button");
    page.value(&format!("document.querySelectorAll('.what-if button')[{}].click()", keep - 1));
    wait_for_text(&page, ".inspector .cap", "alcohol of row 3 is 14.5.");
    assert!(page.address().contains("edits=3.1=14.5"), "{}", page.address());
    page.wait_for("no question any more", |page| page.count(&format!("{told} p")) == 0);
    wait_until_painted(&page);
}

#[test]
fn a_method_of_ones_own_is_called_by_its_name() {
    let page = Page::open("explore?data=wine&method=custom");
    wait_for_text(&page, ".caption .sub", "This is z-score.");
    wait_until_painted(&page);
}
