//! Settings: what is not allowed is named and changes nothing, what is allowed shows at once.

use crate::explore::{
    choose, choose_method, retype, statistic, statistics, wait_for_features, wait_for_text, wait_until_painted,
};
use crate::harness::Page;
use serde_json::json;

#[test]
fn a_number_out_of_range_names_the_range_and_the_last_result_stays() {
    let page = Page::open("explore?method=batch-norm");
    wait_until_painted(&page);
    let (shown, address) = (statistics(&page), page.address());
    retype(&page, "input[name=eps]", "-1");
    wait_for_text(&page, "#error-eps", "Allowed:");
    assert!(page.find("#error-eps").text().contains("0"), "{}", page.find("#error-eps").text());
    assert_eq!(page.find("input[name=eps]").attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(statistics(&page), shown);
    assert_eq!(page.address(), address);
    // Leaving the field brings back what is in force.
    page.find("input[name=gamma]").click();
    page.wait_until("document.querySelector('input[name=eps]').value === '0.00001'");
    page.wait_until("document.querySelector('#error-eps').textContent === ''");
    // A decimal comma is understood, and the result follows.
    retype(&page, "input[name=gamma]", "2,5");
    page.wait_for("the deviation is 2.5", |page| (statistic(page, "revenue", true, "sd") - 2.5).abs() < 1e-6);
    assert!(page.address().contains("gamma=2.5"), "{}", page.address());
}

#[test]
fn groups_that_do_not_divide_the_features_name_those_that_do() {
    let page = Page::open("explore?data=wine&method=group-norm");
    wait_until_painted(&page);
    let shown = statistics(&page);
    retype(&page, "input[name=groups]", "5");
    wait_for_text(&page, "[role=alert]", "1, 13");
    assert_eq!(statistics(&page), shown);
    retype(&page, "input[name=groups]", "13");
    page.wait_for("the problem is gone", |page| page.count(".settings .problem") == 0);
    // Each group is one value, and only 0 is left of it.
    page.wait_for("the result follows", |page| statistics(page).iter().all(|one| one.after[8] == 0.0));
}

#[test]
fn a_training_share_changes_the_statistics() {
    let page = Page::open("explore?data=iris");
    wait_until_painted(&page);
    let all = statistics(&page);
    choose(&page, "select[name=fit]", "train");
    wait_for_text(&page, ".caption .sub", "The statistics come from 113 of the 150 rows");
    let share = statistics(&page);
    assert_eq!(share[0].before, all[0].before);
    assert_ne!(share[0].after, all[0].after);
    retype(&page, "input[name=share]", "0.1");
    wait_for_text(&page, ".caption .sub", "15 of the 150 rows");
    let tenth = statistics(&page);
    retype(&page, "input[name=split]", "2");
    page.wait_for("another split has other rows", |page| statistics(page)[0].after != tenth[0].after);
    retype(&page, "input[name=share]", "1.5");
    wait_for_text(&page, "#error-share", "0.05");
    assert!(page.address().contains("share=0.1"), "{}", page.address());
    // Where every example has its own statistics, there is no such choice.
    choose_method(&page, "layer-norm");
    page.wait_for("the choice is gone", |page| page.count("select[name=fit]") == 0);
}

#[test]
fn the_same_seed_makes_the_same_numbers_and_another_others() {
    let page = Page::open("explore?data=normal&seed=4");
    wait_until_painted(&page);
    let four = statistics(&page);
    let differs = |page: &Page| statistics(page).first().map(|one| &one.before) != Some(&four[0].before);
    page.find(".generator > button").click();
    page.wait_for("seed 5 makes others", differs);
    assert!(page.address().contains("seed=5"), "{}", page.address());
    let five = statistics(&page);
    page.find(".generator summary").click();
    retype(&page, "input[name=seed]", "4");
    page.wait_for("seed 4 makes the same", |page| statistics(page) == four);
    retype(&page, "input[name=seed]", "5");
    page.wait_for("seed 5 makes the same", |page| statistics(page) == five);
    retype(&page, "input[name=rows]", "0");
    wait_for_text(&page, "#error-data-rows", "Allowed:");
    assert_eq!(statistics(&page), five);
}

#[test]
fn settings_of_the_picture_change_the_picture_only() {
    let page = Page::open("explore?data=iris");
    let names = ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"];
    wait_for_features(&page, &names);
    let shown = statistics(&page);
    let press = |label: &str, canvases: usize| {
        page.run(&format!(
            "[...document.querySelectorAll('.views button')].find(button => button.textContent === '{label}').click()"
        ));
        page.wait_for(label, |page| page.count("canvas") == canvases);
        page.wait_until(&format!(
            "[...document.querySelectorAll('.views button')].some(button =>
                button.textContent === '{label}' && button.ariaPressed === 'true')"
        ));
        wait_until_painted(&page);
        assert_eq!(statistics(&page), shown, "{label} changes the picture only");
    };
    press("Density", 2);
    press("Separate", 8);
    press("Separate axes", 8);
    wait_for_text(&page, ".warnings", "Separate axes make every feature fill its plot");
    press("Histogram", 8);
    press("Shared axis", 8);
    press("Together", 2);
    page.find(".more-toggle").click();
    retype(&page, "input[name=bins]", "7");
    page.find("figure[data-when=after] summary").click();
    page.wait_for("seven bins", |page| page.count("figure[data-when=after] tbody tr") == 7);
}

#[test]
fn all_digits_are_those_that_pointing_at_a_number_shows() {
    let page = Page::open("explore?data=iris");
    wait_until_painted(&page);
    let cells = "[...document.querySelectorAll('table.stats td[title], table.rows td:not(.label)[title]')]";
    let titles = page.value(&format!("{cells}.map(cell => cell.title)"));
    assert_ne!(page.value(&format!("{cells}.map(cell => cell.textContent)")), titles);
    page.find(".precise").click();
    page.wait_for("all digits", |page| page.value(&format!("{cells}.map(cell => cell.textContent)")) == titles);
    assert_eq!(page.value(&format!("{cells}.map(cell => cell.title)")), titles);
    // The mean of a z-score is 0 but for rounding, and all digits do not hide it.
    let mean = statistic(&page, "petal width (cm)", true, "mean");
    assert!(mean != 0.0 && mean.abs() < 1e-14, "{mean}");
}

#[test]
fn running_statistics_are_not_said_to_be_of_no_values() {
    let page = Page::open("explore?data=iris&method=batch-norm&mode=evaluation");
    wait_until_painted(&page);
    wait_for_text(&page, ".caption .sub", "running mean");
    wait_for_text(&page, "section:has(> div > #groups) .cap", "running statistics, gathered batch by batch");
    let heads = "[...document.querySelectorAll('table.groups thead button')].map(head => head.textContent)";
    assert_eq!(page.value(heads), json!(["group", "centre", "scale"]));
    assert_eq!(page.value("document.querySelectorAll('table.groups tbody tr:first-child > *').length"), 3);
    choose_method(&page, "z-score");
    page.wait_until("document.querySelectorAll('table.groups thead button').length === 5");
}

#[test]
fn what_was_typed_goes_when_another_value_comes() {
    let page = Page::open("explore?data=wine&method=layer-norm");
    wait_until_painted(&page);
    page.find("input[name=eps]").fill("0.5");
    page.wait_until("location.hash.includes('eps=0.5')");
    page.back();
    page.wait_until("!location.hash.includes('eps=')");
    page.wait_until("document.querySelector('input[name=eps]').value === '0.00001'");
}
