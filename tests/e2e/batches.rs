//! BatchNorm batch by batch: the walk can be set, followed with the keys, and sent as a link.

use crate::harness::Page;
use crate::lab::{choose_method, paste, retype, wait_for_features, wait_for_text, wait_until_painted};

const RIGHT: &str = "\u{e014}";

fn reads(page: &Page, index: usize, expected: &str) {
    page.wait_until(&format!(
        "document.querySelectorAll('.stepper [aria-live] p')[{index}]?.innerText === {}",
        serde_json::json!(expected)
    ));
}

#[test]
fn a_walk_is_followed_batch_by_batch() {
    let page = Page::open("");
    paste(&page, "a\tb\n1\t5\n2\t6\n3\t9\n6\t2\n8\t1\n");
    wait_for_features(&page, &["a", "b"]);
    assert_eq!(page.count("[data-study=batches]"), 0, "other methods have no batches");
    choose_method(&page, "batch-norm");
    page.find("button[data-study=batches]").click();
    wait_for_text(&page, ".found", "After 1 batch, the running mean of a is 0.4; the mean of its rows is 4.");
    retype(&page, "input[name=walk-batch]", "4");
    wait_for_text(&page, ".found", "After 2 batches, the running mean of a is 1.07;");
    wait_for_text(&page, ".study .warnings", "The last batch here is a single row, for 5 = 1 \u{d7} 4 + 1");
    wait_for_text(&page, ".study .warnings", "Expected more than 1 value per channel when training");
    reads(&page, 1, "Running mean: 0.9 \u{d7} 0 + 0.1 \u{d7} 3 = 0.3");
    reads(&page, 2, "Running variance: 0.9 \u{d7} 1 + 0.1 \u{d7} 4.667 = 1.367");
    page.value("document.querySelector('.stepper input[type=range]').focus()");
    page.press(RIGHT);
    reads(&page, 0, "Batch 2 of 2: 1 value, mean 8, variance 0. Then the start weighs 0.9² = 81.0%.");
    reads(&page, 1, "Running mean: 0.9 \u{d7} 0.3 + 0.1 \u{d7} 8 = 1.07");
    assert_eq!(page.find("canvas[aria-label^='Running mean of a']").attribute("role").as_deref(), Some("img"));
    wait_until_painted(&page);
    page.find(".study .pair + .stepper button:first-child").click();
    reads(&page, 1, "Running mean: 0.9 \u{d7} 0 + 0.1 \u{d7} 3 = 0.3");
}

#[test]
fn a_walk_travels_in_the_address_and_back() {
    let page = Page::open("explore?data=wine&method=batch-norm&study=batches&passes=5&walk=proline");
    wait_for_text(&page, ".found", "After 30 batches in 5 passes, the running mean of proline is");
    page.find(".study [aria-label='Batch sizes'] button:last-child").click();
    wait_for_text(&page, ".found", "After 5 batches in 5 passes, the running mean of proline is");
    page.wait_for("the address", |page| page.address().contains("batch=178"));
    page.back();
    wait_for_text(&page, ".found", "After 30 batches in 5 passes");
    wait_until_painted(&page);
}
