//! A second method, or another setting, beside the result: chosen above the plots or with one click near the mode.

use crate::explore::{choose, choose_method, retype, wait_for_method, wait_for_text, wait_until_painted};
use crate::harness::Page;

const TITLES: &str =
    "[...document.querySelectorAll('.pair:first-child .plot-title')].map(title => title.textContent).join(' | ')";

fn wait_for_titles(page: &Page, expected: &str) {
    page.wait_for(&format!("the titles are {expected}"), |page| page.value(TITLES) == expected);
}

/// From the opening page two clicks, none of them out of sight at 1280 x 800.
#[test]
fn training_and_evaluation_side_by_side_with_two_clicks() {
    let page = Page::open("");
    page.resize((1280, 800));
    wait_until_painted(&page);
    page.find("button[data-method=batch-norm]").click();
    wait_for_method(&page, "BatchNorm");
    let button = "document.querySelector('[data-compare-modes]')";
    page.wait_until(&format!("{button}.getBoundingClientRect().bottom < innerHeight && scrollY === 0"));
    page.find("[data-compare-modes]").click();
    wait_for_titles(&page, "After BatchNorm (evaluation) | After BatchNorm (training)");
    wait_for_text(&page, "h1", "after BatchNorm (evaluation), ");
    wait_until_painted(&page);
    page.wait_until("document.querySelector('.plots').getBoundingClientRect().bottom < innerHeight && scrollY === 0");
    page.wait_until("location.hash.endsWith('method=batch-norm&with=batch-norm,mode=evaluation')");
    assert_eq!(page.find("[data-compare-modes]").attribute("aria-pressed").as_deref(), Some("true"));
    page.reload();
    wait_for_titles(&page, "After BatchNorm (evaluation) | After BatchNorm (training)");
    page.find("[data-compare-modes]").click();
    wait_for_titles(&page, "Before | After BatchNorm");
}

#[test]
fn any_two_methods_and_two_settings_of_one() {
    let page = Page::open("explore?data=wine&view=strip&cols=ash");
    wait_until_painted(&page);
    choose(&page, "select[name=with]", "min-max");
    wait_for_titles(&page, "ash, after min-max | ash, after z-score");
    page.wait_until("location.hash.includes('with=min-max')");
    // Sides change places, and what was at the left has its settings at hand.
    page.find(".with button").click();
    wait_for_method(&page, "min-max");
    wait_for_titles(&page, "ash, after z-score | ash, after min-max");
    // What is kept stays while a setting changes.
    choose_method(&page, "batch-norm");
    choose(&page, "select[name=with]", "keep");
    wait_for_text(&page, "h1", "Both sides show BatchNorm with the same settings");
    retype(&page, "input[name=eps]", "0.1");
    wait_for_titles(&page, "ash, after BatchNorm (eps 1e-5) | ash, after BatchNorm (eps 0.1)");
    page.wait_until("location.hash.includes('eps=0.1&with=batch-norm')");
    // The table of statistics has both.
    wait_for_text(&page, "table.stats", "BatchNorm (eps 1e-5)");
    choose(&page, "select[name=with]", "");
    wait_for_titles(&page, "ash, before | ash, after BatchNorm");
}

/// Each side outlines what shares statistics there.
#[test]
fn each_side_has_its_own_groups() {
    let page = Page::open("explore?data=activations&method=layer-norm&with=batch-norm&view=heat&pick=3.2");
    wait_for_titles(&page, "After BatchNorm | After LayerNorm");
    wait_until_painted(&page);
    let outlines = "[...document.querySelectorAll('.plot-overlay .same-group')].map(path => path.getAttribute('d'))";
    page.wait_until(&format!("{outlines}.length === 2 && {outlines}.every(Boolean)"));
    assert_ne!(page.value(&format!("{outlines}[0]")), page.value(&format!("{outlines}[1]")));
    wait_for_text(&page, ".readout", "after BatchNorm and ");
}
