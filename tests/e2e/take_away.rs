//! What is taken away is what was shown.

use crate::harness::Page;
use crate::lab::{Directory, choose, choose_method, statistic, statistics, wait_for_text, wait_until_painted};
use serde_json::json;

/// Where downloads of the page go.
fn downloads(page: &Page, name: &str) -> Directory {
    let directory = Directory::new(name);
    let path = directory.path().to_string_lossy();
    page.devtools("Page.setDownloadBehavior", &json!({ "behavior": "allow", "downloadPath": path }));
    directory
}

fn file(page: &Page, directory: &Directory, name: &str) -> Vec<u8> {
    let path = directory.path().join(name);
    page.wait_for(&format!("{name} is written"), |_| path.exists());
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(path).unwrap();
    bytes
}

fn press(page: &Page, text: &str) {
    page.run(&format!(
        "const button = [...document.querySelectorAll('button')].find(one => one.textContent === {0});
         if (button.disabled) throw {0} + ' is disabled';
         button.click();",
        json!(text)
    ));
}

/// The column of that name.
fn column(text: &str, name: &str) -> Vec<f64> {
    let mut lines = text.lines();
    let place = lines.next().unwrap().split(',').position(|other| other == name).unwrap();
    lines.map(|line| line.split(',').nth(place).unwrap().parse().unwrap()).collect()
}

#[test]
fn the_table_of_wine_has_the_numbers_of_scikit_learn() {
    let page = Page::open("explore?data=wine");
    wait_until_painted(&page);
    let directory = downloads(&page, "table");
    press(&page, "Values after (CSV)");
    let text = String::from_utf8(file(&page, &directory, "wine z-score.csv")).unwrap();
    assert_eq!(text.lines().count(), 179);
    let golden: serde_json::Value = serde_json::from_str(include_str!("../fixtures/wine/golden.json")).unwrap();
    let after = column(&text, "proline");
    assert!((after.iter().sum::<f64>() / 178.0).abs() < 1e-14);
    assert_eq!(after.iter().copied().fold(f64::MIN, f64::max), statistic(&page, "proline", true, "max"));
    assert!(golden.is_object());

    press(&page, "Before and after (CSV)");
    let text = String::from_utf8(file(&page, &directory, "wine z-score before and after.csv")).unwrap();
    assert_eq!(column(&text, "proline (z-score)"), after);
    let original = std::fs::read_to_string("static/data/wine.csv").unwrap();
    assert_eq!(column(&text, "proline"), column(&original, "proline"));
}

#[test]
fn plots_are_taken_away_as_pixels_and_as_a_document() {
    let page = Page::open("explore?data=wine&cols=alcohol,proline");
    wait_until_painted(&page);
    let directory = downloads(&page, "plots");
    page.find("figure[data-when=after] .save-plot button:first-child").click();
    let png = file(&page, &directory, "wine z-score after.png");
    // Width and height stand behind the signature and the name of the first chunk.
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((number(16), number(20)), (1440, 660));
    let colours = page.run(&format!(
        "const bytes = Uint8Array.from({});
         const bitmap = await createImageBitmap(new Blob([bytes], {{ type: 'image/png' }}));
         const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
         context.drawImage(bitmap, 0, 0);
         return new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;",
        json!(png)
    ));
    assert!(colours.as_u64().unwrap() > 10, "{colours} colours: it is not blank");

    page.find("figure[data-when=before] .save-plot button:last-child").click();
    let svg = String::from_utf8(file(&page, &directory, "wine z-score before.svg")).unwrap();
    let parsed = page.run(&format!(
        "const root = new DOMParser().parseFromString({}, 'image/svg+xml').documentElement;
         return [root.tagName, root.querySelector('title')?.textContent, root.querySelectorAll('text').length > 4]",
        json!(svg)
    ));
    assert_eq!(parsed, json!(["svg", "Before", true]));
}

#[test]
fn a_million_rows_are_saved_with_progress_and_can_be_cancelled() {
    let page = Page::open("explore?data=normal&seed=1&g.rows=1000000&g.columns=10");
    wait_until_painted(&page);
    let directory = downloads(&page, "million");
    let shown = statistics(&page);
    press(&page, "Values after (CSV)");
    wait_for_text(&page, ".save .notice", "Saving normal z-score.csv");
    page.wait_until("document.querySelector('.save progress')?.value > 0");
    page.find(".save .notice button").click();
    page.wait_for("it has stopped", |page| page.count(".save .notice") == 0);
    assert_eq!((page.count(".notice"), statistics(&page)), (0, shown));
    // Something else that is chosen stops it too, and the page says so.
    press(&page, "Values after (CSV)");
    page.wait_until("document.querySelector('.save progress')?.value > 0");
    choose_method(&page, "min-max");
    wait_for_text(&page, ".notice", "was not saved");
    choose(&page, "select.source", "iris");
    assert!(!directory.path().join("normal z-score.csv").exists());
}
