//! BatchNorm batch by batch: the walk can be set, followed with the keys, and sent as a link.

use crate::explore::{choose_method, paste, retype, wait_for_features, wait_for_text, wait_until_painted};
use crate::harness::Page;

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
    wait_for_text(&page, ".batches .warnings", "The last batch here is a single row, for 5 = 1 \u{d7} 4 + 1");
    wait_for_text(&page, ".batches .warnings", "Expected more than 1 value per channel when training");
    reads(&page, 1, "Running mean: 0.9 \u{d7} 0 + 0.1 \u{d7} 3 = 0.3");
    reads(&page, 2, "Running variance: 0.9 \u{d7} 1 + 0.1 \u{d7} 4.667 = 1.367");
    page.value("document.querySelector('.stepper input[type=range]').focus()");
    page.press(RIGHT);
    reads(
        &page,
        0,
        "Batch 2 of 2: 1 value, mean 8, variance 0. The starting value still has 0.9² = 81% of the weight.",
    );
    reads(&page, 1, "Running mean: 0.9 \u{d7} 0.3 + 0.1 \u{d7} 8 = 1.07");
    assert_eq!(page.find("canvas[aria-label^='Running mean of a']").attribute("role").as_deref(), Some("img"));
    wait_until_painted(&page);
    page.find(".batches .pair + .stepper button:first-child").click();
    reads(&page, 1, "Running mean: 0.9 \u{d7} 0 + 0.1 \u{d7} 3 = 0.3");
}

#[test]
fn a_walk_travels_in_the_address_and_back() {
    let page = Page::open("explore?data=wine&method=batch-norm&study=batches&passes=5&walk=proline");
    wait_for_text(&page, ".found", "After 30 batches in 5 passes, the running mean of proline is");
    page.find(".batches [aria-label='Batch sizes'] button:last-child").click();
    wait_for_text(&page, ".found", "After 5 batches in 5 passes, the running mean of proline is");
    page.wait_for("the address", |page| page.address().contains("batch=178"));
    page.back();
    wait_for_text(&page, ".found", "After 30 batches in 5 passes");
    wait_until_painted(&page);
}

#[test]
fn the_chosen_library_says_what_it_does_with_a_last_row_alone() {
    let page = Page::open("explore?data=wine&method=batch-norm&library=pytorch&batch=59&study=batches");
    wait_for_text(
        &page,
        ".batches .problem",
        "PyTorch stops at batch 4 in training: \u{201c}Expected more than 1 value",
    );
    wait_for_text(&page, ".batches .problem", "torch.Size([1, 13])");
    wait_for_text(&page, ".found", "After 3 batches, the running mean of alcohol is");
    page.find(".batches [aria-label='Batch sizes'] button:first-child").click();
    wait_for_text(&page, ".batches .problem", "PyTorch stops at batch 1 in training");
    wait_until_painted(&page);
}

/// There is no view to begin with: the study is shown all the same, and says why.
#[test]
fn what_the_library_refuses_at_once_is_said_in_the_study() {
    let page = Page::open("explore");
    page.value(
        "(location.hash = '/explore?data=iris&method=batch-norm&library=pytorch&mode=evaluation&batch=1&study=batches', \
         location.reload())",
    );
    wait_for_text(
        &page,
        ".batches .problem",
        "PyTorch stops at batch 1 in training: \u{201c}Expected more than 1 value",
    );
    assert_eq!(page.count("h1.waiting"), 1, "there is no result");
    retype(&page, "input[name=walk-batch]", "50");
    wait_for_text(&page, ".found", "After 3 batches, the running mean of");
    wait_until_painted(&page);
}
