//! Several methods side by side: chosen by chips, drawn small, told in words, kept in the address.

use crate::harness::Page;
use crate::lab::{choose, wait_for_method, wait_for_text, wait_until_painted};

const PANELS: &str = "[...document.querySelectorAll('[data-panel]')].map(panel => panel.dataset.panel).join()";

fn wait_for_panels(page: &Page, expected: &str) {
    page.wait_for(&format!("the panels are {expected}"), |page| page.value(PANELS) == expected);
}

#[test]
fn methods_come_and_go_and_one_of_them_is_chosen() {
    let page = Page::open("explore?data=wine");
    page.find("button[data-study=compare]").click();
    wait_for_panels(&page, "z-score,min-max,robust,max-abs,layer-norm,rms-norm,unit-length");
    wait_for_text(&page, ".claim", "Alcohol keeps its shape with z-score, min-max, robust and max-abs");
    wait_until_painted(&page);
    page.find("[data-compare=min-max]").click();
    page.find("[data-compare=batch-norm]").click();
    wait_for_panels(&page, "z-score,robust,max-abs,batch-norm,layer-norm,rms-norm,unit-length");
    page.find("[data-panel=layer-norm] button").click();
    wait_for_method(&page, "LayerNorm");
    wait_for_panels(&page, "layer-norm,z-score,robust,max-abs,batch-norm,rms-norm,unit-length");
    page.wait_until(
        "location.hash.includes('compare=z-score,robust,max-abs,batch-norm,layer-norm,rms-norm,unit-length')",
    );
    page.reload();
    wait_for_panels(&page, "layer-norm,z-score,robust,max-abs,batch-norm,rms-norm,unit-length");
    wait_until_painted(&page);
}

/// By hand, row 3 of alcohol is 13.16: (13.16 - 11.03) / (14.83 - 11.03) = 0.5605.
#[test]
fn a_chosen_value_is_followed_through_all_methods() {
    let page = Page::open("explore?data=wine&study=compare");
    wait_for_text(&page, "[data-followed]", "is followed through all methods");
    wait_for_text(&page, "[data-panel=min-max] .plot-title", "min-max");
    let before = page.find("[data-panel=min-max] figcaption").text();
    assert!(!before.contains("0.5605"), "{before}");
    wait_until_painted(&page);
    let picture = "document.querySelector('[data-panel=min-max] canvas').toDataURL()";
    let without = page.value(picture);
    page.value("document.querySelector('[role=grid]').focus()");
    // Two lines a row.
    for _ in 0..4 {
        page.press("\u{e015}");
    }
    wait_for_text(&page, "[data-followed]", "Row 3: alcohol 13.16. What each method makes of it");
    wait_for_text(&page, "[data-panel=min-max] figcaption", "0.5605");
    page.wait_for("the dashed line", |page| page.value(picture) != without);
}

#[test]
fn one_method_against_another_is_a_line_or_a_cloud() {
    let page = Page::open("explore?data=wine&study=compare&against=min-max,z-score&compare-feature=ash");
    wait_for_text(&page, ".finding", "Exactly a line: z-score \u{2248} ");
    wait_for_text(&page, "[data-against] .plot-title", "ash: min-max against z-score");
    choose(&page, "select[name=against-up]", "layer-norm");
    wait_for_text(&page, ".finding", "Not a line: their correlation is");
    page.wait_until("location.hash.includes('against=min-max,layer-norm')");
    choose(&page, "select[name=compare-feature]", "proline");
    wait_for_text(&page, "table.compared th", "proline");
    wait_until_painted(&page);
}

#[test]
fn axes_zoom_and_a_method_that_does_not_fit() {
    let page =
        Page::open("explore?data=iris&method=group-norm&groups=4&study=compare&compare=min-max,layer-norm,group-norm");
    wait_for_panels(&page, "group-norm,min-max,layer-norm");
    let picture = "document.querySelector('[data-panel=min-max] canvas').toDataURL()";
    wait_until_painted(&page);
    let shared = page.value(picture);
    page.find(".study .choice[aria-label=Zoom] button:last-child").click();
    page.wait_for("the middle is drawn", |page| page.value(picture) != shared);
    page.wait_until("location.hash.includes('compare-zoom=98')");
    // Of groups of one value nothing is left: the others decide a shared axis.
    let other = "document.querySelector('[data-panel=group-norm] canvas').toDataURL()";
    let wide = page.value(other);
    page.find(".study .choice[aria-label=Axes] button:last-child").click();
    page.wait_for("an axis of its own", |page| page.value(other) != wide);
    page.find("button[data-method=z-score]").click();
    wait_for_panels(&page, "z-score,min-max,layer-norm,group-norm");
    // Three features are no four groups.
    page.find(".column-list input[type=checkbox]").click();
    wait_for_text(&page, "[data-panel=group-norm] .problem", "groups");
    assert_eq!(page.count(".study .problem"), 1, "the others are as they were");
    wait_until_painted(&page);
}
