//! A link whose settings cannot be computed shows its own data, why there is no result, and what makes one.

use crate::explore::{features, wait_for_text, wait_until_painted};
use crate::harness::Page;

fn press(page: &Page, label: &str) {
    page.run(&format!(
        "[...document.querySelectorAll('#page button')].find(button => button.textContent === '{label}').click()"
    ));
}

#[test]
fn a_link_without_a_result_shows_its_data_and_is_mended_by_a_button() {
    let page = Page::open("explore?method=layer-norm");
    page.wait_for("another result", |page| features(page) == ["ctr", "revenue"]);
    page.visit("#/explore?data=wine&method=group-norm&groups=4");
    wait_for_text(&page, "main h1", "No result with these settings");
    wait_for_text(&page, "[role=alert]", "groups is 4; allowed: a divisor of the number of features (13): 1, 13.");
    wait_until_painted(&page);
    assert_eq!((page.count("figure[data-when=before] canvas"), page.count("figure[data-when=after]")), (1, 0));
    assert_eq!(page.count(".stats"), 0, "nothing of another data set is left");
    wait_for_text(&page, ".values tbody", "1.71");
    assert!(!page.find("#result").text().contains("revenue"));
    // It can be looked at in every way.
    press(&page, "Strip");
    page.wait_until("document.querySelector('figure canvas').ariaLabel.includes('the middle one at')");
    page.run("location.reload()");
    wait_for_text(&page, "main h1", "No result with these settings");
    press(&page, "Use 13 groups");
    page.wait_for("a result", |page| page.count("figure[data-when=after] canvas") == 1 && features(page).len() == 13);
    assert!(page.address().contains("groups=13"), "{}", page.address());
    assert_eq!(page.count("[role=alert] .buttons"), 0);
    page.run("history.back()");
    // Of the same columns, the last result stays.
    wait_for_text(&page, ".problem", "Still showing the last valid setting.");
    press(&page, "Use 1 group");
    page.wait_for("a result of one group", |page| !page.address().contains("groups") && page.count(".problem") == 0);
}
