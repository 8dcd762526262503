//! The main job with a file of the visitor's own: every method in turn, plots before and after, and the statistics that
//! scikit-learn, numpy and scipy give (see `tests/fixtures/wine/README.md`).

use crate::explore::{
    COLUMNS, Directory, choose_method, statistics, wait_for_features, wait_for_text, wait_until_painted,
};
use crate::harness::Page;
use serde_json::Value;

/// Share of a column's largest absolute value: see `tests/session/golden.rs`. WebAssembly rounds as any machine does.
const TOLERANCE: f64 = 1e-12;

#[test]
fn every_method_on_an_own_file_shows_the_numbers_of_the_libraries() {
    let golden: Value = serde_json::from_str(include_str!("../fixtures/wine/golden.json")).unwrap();
    let names: Vec<_> = golden["features"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let directory = Directory::new("wine");
    let page = Page::open("");
    page.find_input("input[type=file]").upload(&directory.copy("static/data/wine.csv", "cellar.csv"));
    wait_for_features(&page, &names);
    assert!(page.find(".data .cap").text().contains("178 examples, 14 columns of numbers, none missing"));

    // So many features open as one heat map, with the values outlined that share statistics.
    wait_for_text(
        &page,
        ".readout",
        "Outlined: the 178 values of alcohol, which share one mean and one standard deviation.",
    );
    assert_eq!(page.count("figure canvas"), 2);
    page.wait_until("document.querySelectorAll('.plot-overlay .same-group[d]:not([d=\"\"])').length === 2");
    page.run("[...document.querySelectorAll('.views button')].find(one => one.textContent === 'Histogram').click()");
    page.wait_until("location.hash.includes('view=histogram')");

    // Of so many features, the first are drawn until all are asked for.
    page.run("document.querySelector('.more').scrollIntoView({ block: 'center' })");
    page.find(".more").click();
    let methods = golden["after"].as_object().unwrap();
    // No library has the method that visitors put together.
    assert_eq!(page.count("button[data-method]"), methods.len() + 1);
    for (slug, expected) in methods {
        choose_method(&page, slug);
        for when in ["before", "after"] {
            assert_eq!(page.count(&format!("figure[data-when={when}] canvas")), names.len(), "{slug}, {when}");
        }
        wait_until_painted(&page);
        for (index, found) in statistics(&page).iter().enumerate() {
            let what = format!("{slug}, {}", found.feature);
            compare(&format!("{what}, before"), &found.before, &golden["before"][index]);
            compare(&format!("{what}, after"), &found.after, &expected[index]);
        }
    }
}

fn compare(what: &str, found: &[f64], expected: &Value) {
    let number = |key: &str| expected[key].as_f64().unwrap_or(f64::NAN);
    let size = number("min").abs().max(number("max").abs());
    for (key, found) in COLUMNS.iter().zip(found) {
        let (expected, size) = match *key {
            "missing" => (0.0, 0.0),
            "n" => (number("n"), 0.0),
            "skewness" | "kurtosis" => (number(key), 10.0 * number(key).abs().max(1.0)),
            _ => (number(key), size),
        };
        let agree = if expected.is_nan() { found.is_nan() } else { (found - expected).abs() <= TOLERANCE * size };
        assert!(agree, "{what}: {key} is {found:e}, should be {expected:e}");
    }
}
