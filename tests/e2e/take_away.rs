//! What is taken away is what was shown.

use crate::explore::{
    Directory, choose, choose_method, drop_file, statistic, statistics, wait_for_features, wait_for_text,
    wait_until_painted,
};
use crate::harness::{Page, ROOT};
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
    // The browser reserves the name with an empty file, and puts the whole one in its place.
    page.wait_for(&format!("{name} is written"), |_| path.metadata().is_ok_and(|file| file.len() > 0));
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
    for (name, expected) in
        golden["features"].as_array().unwrap().iter().zip(golden["after"]["z-score"].as_array().unwrap())
    {
        let values = column(&text, name.as_str().unwrap());
        let ends = (values.iter().copied().fold(f64::MAX, f64::min), values.iter().copied().fold(f64::MIN, f64::max));
        assert!((ends.0 - expected["min"].as_f64().unwrap()).abs() < 1e-13, "{name}: {ends:?}");
        assert!((ends.1 - expected["max"].as_f64().unwrap()).abs() < 1e-13, "{name}: {ends:?}");
    }
    let after = column(&text, "proline");
    assert_eq!(after.iter().copied().fold(f64::MIN, f64::max), statistic(&page, "proline", true, "max"));

    press(&page, "Before and after (CSV)");
    let text = String::from_utf8(file(&page, &directory, "wine z-score before and after.csv")).unwrap();
    assert_eq!(column(&text, "proline (z-score)"), after);
    let original = std::fs::read_to_string(format!("{ROOT}/static/data/wine.csv")).unwrap();
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

#[test]
fn yesterdays_fit_is_applied_to_another_file() {
    let page = Page::open("");
    drop_file(&page, "old.csv", "a,b\n0,10\n2,30\n4,50\n");
    wait_for_features(&page, &["a", "b"]);
    choose_method(&page, "min-max");
    let directory = downloads(&page, "fit");
    press(&page, "Fitted parameters (JSON)");
    let json = String::from_utf8(file(&page, &directory, "old min-max fit.json")).unwrap();
    assert!(json.contains("\"name\": \"a\"") && json.contains("\"data_max\": 4.0"), "{json}");

    drop_file(&page, "new.csv", "c,b,a\n1,50,8\n2,10,0\n7,20,3\n");
    wait_for_features(&page, &["c", "b", "a"]);
    choose_method(&page, "robust");
    drop_file(&page, "old min-max fit.json", &json);
    wait_for_features(&page, &["b", "a"]);
    page.wait_for("the old range is used", |page| statistic(page, "a", true, "max") == 2.0);
    wait_for_text(&page, ".sub", "found from 3 rows of old.csv");
    assert_eq!(page.value("document.querySelector('select[name=fit]').selectedOptions[0].text"), "Saved: old.csv");
    page.wait_for("all of it is in the address", |page| {
        page.address().contains("saved=") && page.address().contains("pack=")
    });
    let (shown, address) = (statistics(&page), page.address());
    let other = Page::open(&address);
    wait_for_text(&other, ".sub", "found from 3 rows of old.csv");
    assert_eq!((statistics(&other), other.count(".notice")), (shown.clone(), 0));

    for (text, part) in [
        (json.replace("\"scale\"", "\"skale\""), "has no number as \"scale\""),
        (json.replace(": 1,", ": 1"), "expected `,` or `}` at line 3"),
    ] {
        drop_file(&page, "bad.json", &text);
        wait_for_text(&page, ".notice", part);
        assert_eq!(statistics(&page), shown, "what was there stays");
    }
}

#[test]
fn copy_link_says_what_is_not_in_it_and_shows_it_where_it_cannot_copy() {
    let page = Page::open("");
    page.value("(navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }, 0)");
    page.find("button.copy").click();
    wait_for_text(&page, "button.copy", "Copied");
    assert_eq!(page.value("copied === location.href"), true);
    assert_eq!(page.count(".notice"), 0);
    let rows: String =
        (0..9000_u32).map(|row| format!("{},{}\n", row.wrapping_mul(2_654_435_761), row * row % 7919)).collect();
    drop_file(&page, "large.csv", &format!("a,b\n{rows}"));
    wait_for_features(&page, &["a", "b"]);
    page.wait_for("the checksum is in the address", |page| page.address().contains("check="));
    page.value("(navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')), 0)");
    page.find("button.copy").click();
    wait_for_text(&page, ".notice", "whoever opens it needs \u{201c}large.csv\u{201d}");
    page.wait_until(
        "document.activeElement.className === 'address' && document.activeElement.selectionEnd === location.href.length",
    );
}
