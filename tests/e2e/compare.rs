//! Several methods side by side: chosen by chips, drawn small, told in words, kept in the address.

use crate::explore::{choose, wait_for_method, wait_for_text, wait_until_painted};
use crate::harness::Page;

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
    wait_for_text(&page, "[data-followed]", "to follow it through all methods");
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
    wait_for_text(&page, "[data-followed]", "Row 3: alcohol 13.16. Its value after each method");
    wait_for_text(&page, "[data-panel=min-max] figcaption", "0.5605");
    page.wait_for("the dashed line", |page| page.value(picture) != without);
}

#[test]
fn one_method_against_another_is_a_line_or_a_cloud() {
    let page = Page::open("explore?data=wine&study=compare&against=min-max,z-score&compare-feature=ash");
    wait_for_text(&page, ".finding", "Exactly a straight line: z-score \u{2248} ");
    wait_for_text(&page, "[data-against] .plot-title", "ash: min-max against z-score");
    choose(&page, "select[name=against-up]", "layer-norm");
    wait_for_text(&page, ".finding", "Not a straight line: their correlation is");
    page.wait_until("location.hash.includes('against=min-max,layer-norm')");
    choose(&page, "select[name=compare-feature]", "proline");
    wait_for_text(&page, "table.compared th", "proline");
    wait_until_painted(&page);
}

/// The least ash is that of row 60, the most that of row 122.
#[test]
fn a_point_of_one_method_against_another_is_followed() {
    const HOME: &str = "\u{e011}";
    const END: &str = "\u{e010}";
    const ENTER: &str = "\u{e007}";
    let page = Page::open("explore?data=wine&color=target&study=compare&against=min-max,z-score&compare-feature=ash");
    wait_for_text(&page, "[data-against] .plot-title", "ash: min-max against z-score");
    wait_until_painted(&page);
    page.value("document.querySelector('[data-against] .plot-overlay').focus()");
    // Up and down go through the categories.
    page.press(&format!("\u{e015}{HOME}{ENTER}"));
    wait_for_text(&page, "[data-followed]", "Row 60: ash 1.36. Its value after each method");
    wait_for_text(&page, "[data-panel=min-max] figcaption", "0");
    wait_for_text(&page, ".inspector .cap", "ash of row 60 is 1.36");
    let ring = "document.querySelector('[data-against] .plot-overlay .highlighted').getAttribute('d').match(/^M(\\d+) (\\d+)a(\\d+)/)";
    page.wait_until(&format!("Boolean({ring})"));
    // The most is at the upper end of both axes: its ring is at the right, above.
    page.press(&format!("{END}{ENTER}"));
    wait_for_text(&page, "[data-followed]", "Row 122: ash 3.23.");
    let place = page.run(&format!(
        "const {{ width, height }} = document.querySelector('[data-against] .plot-overlay svg').viewBox.baseVal;
         const [, x, y, radius] = {ring}.map(Number);
         return [(x + radius) / width, y / height]"
    ));
    let place = (place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
    assert!(place.0 > 0.8 && place.1 < 0.3, "{place:?}");
    // With the mouse, elsewhere and there.
    page.drag("[data-against] .plot-overlay", &[(0.5, 0.05)]);
    wait_for_text(&page, "[data-followed]", "to follow it through all methods");
    page.drag("[data-against] .plot-overlay", &[place]);
    wait_for_text(&page, "[data-followed]", "Row 122: ash 3.23.");
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

/// A million rows take a while to compare: until then, what is shown is of the data before.
#[test]
fn a_comparison_of_the_data_before_looks_so() {
    let page = Page::open("explore?data=iris&study=compare");
    page.wait_until("document.querySelector('[data-followed]') !== null");
    let stands = "document.querySelector('.study [aria-busy]').getAttribute('aria-busy')";
    assert_eq!(page.value(stands), "false");
    page.run(
        "window.late = 0;
         new MutationObserver(() => {
             const [study, main] = ['.study .late', 'main'].map(one => document.querySelector(one));
             if (study && main.dataset.busy === 'false' && /sepal/.test(study.textContent)) window.late += 1;
         }).observe(document.body, { subtree: true, attributes: true });",
    );
    page.visit(
        "#/explore?data=normal&g.rows=1000000&g.columns=10&study=compare&compare=min-max,robust,max-abs,layer-norm",
    );
    page.wait_until("/x1/.test(document.querySelector('table.compared th')?.textContent)");
    assert!(page.value("window.late").as_u64() > Some(0));
    page.wait_until(&format!("{stands} === 'false'"));
}
