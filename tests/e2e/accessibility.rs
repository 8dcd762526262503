//! axe-core finds no violation, on every page, light and dark, on a laptop and on a phone.

use crate::explore::wait_until_painted;
use crate::harness::{DESKTOP, PHONE, Page, ROOT, Theme};
use serde_json::json;
use std::path::Path;

/// Every page; one line for a new one.
const ADDRESSES: [&str; 15] = [
    "explore",
    "explore?data=wine&method=batch-norm&library=keras&study=map",
    "experiments",
    "experiment/nearest",
    "experiment/nearest?guess.share=50&run=1",
    "experiment/learning-rates?steps=20&run=1",
    "experiment/depth?steps=20&run=1",
    "practice",
    "practice?seed=21",
    "practice?seed=4&interview=1",
    "present",
    "present?speaker=outliers",
    "explore?pick=1.2&present=why-scale-matters.1",
    "experiment/nearest?run=1&present=1.2",
    "explore?method=batch-norm&with=batch-norm,mode=evaluation&view=strip",
];

/// The questions of every kind of answer, asked and answered.
const ITEMS: [&str; 5] = ["min-max-value.3", "same-method.3", "group-sizes.3", "inlier-range.3", "bn-cells.3"];

/// axe-core's rules for WCAG 2.2 AA, and its best practices.
const AXE: &str = "
    const { violations } = await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id} (${help}) in ${html}: ${failureSummary}`));";

#[test]
fn axe_finds_no_violation() {
    let axe = Path::new(ROOT).join("node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(axe).expect("axe-core should be there: scripts/setup.sh test");
    let page = Page::open("");
    let mut found = Vec::new();
    for address in ADDRESSES {
        for size in [DESKTOP, PHONE] {
            for theme in [Theme::Light, Theme::Dark] {
                page.resize(size);
                page.prefer(theme);
                page.go(address);
                // Another theme comes by degrees, and to what is out of sight not at all: the page begins with it.
                page.reload();
                page.run(&axe);
                let violations = page.run(AXE);
                for violation in violations.as_array().expect("axe should give a list") {
                    found.push(format!("{address} {size:?} {theme:?}: {violation}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The states of a question that no address has: asked, and answered.
#[test]
fn axe_finds_no_violation_in_any_state_of_a_question() {
    let axe = Path::new(ROOT).join("node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(axe).expect("axe-core should be there: scripts/setup.sh test");
    let mut found = Vec::new();
    for (theme, size) in [(Theme::Light, DESKTOP), (Theme::Dark, PHONE)] {
        let page = Page::open("practice");
        page.resize(size);
        page.prefer(theme);
        for item in ITEMS {
            page.go(&format!("practice?item={item}"));
            page.reload();
            page.run(&axe);
            page.wait_long_until("document.querySelector('.look button')?.getAttribute('aria-disabled') === 'false'");
            for step in ["asked", "answered"] {
                if step == "asked" {
                    page.find(".look button").click();
                    page.find("form.answer");
                } else {
                    answer(&page);
                }
                let wider = page.value("document.documentElement.scrollWidth > innerWidth");
                assert_eq!(wider, false, "{item} {step} {size:?}: wider than the window");
                let violations = page.run(AXE);
                for violation in violations.as_array().expect("axe should give a list") {
                    found.push(format!("{item} {step} {size:?} {theme:?}: {violation}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// What no address has: the editor of a playlist, the dialogs of a presentation, and Practice with answers behind it.
#[test]
fn axe_finds_no_violation_in_an_editor_in_dialogs_and_in_practice() {
    let axe = Path::new(ROOT).join("node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(axe).expect("axe-core should be there: scripts/setup.sh test");
    let mut found = Vec::new();
    let page = Page::open("present");
    let entries = ["/explore?pick=1.2", "/experiment/outliers", "/practice?item=bn-cells.1"]
        .map(|address| json!({ "address": address, "title": address, "note": "" }));
    let list = json!({ "normlab_playlist": 1, "title": "Mine", "entries": entries });
    let answer = |item: &str, sure: u32, right: bool| json!({ "item": item, "sure": sure, "right": right, "guess": "1", "session": 1 });
    let answers =
        [answer("min-max-value.3", 90, false), answer("bn-value.3", 50, true), answer("ln-value.1", 90, true)];
    let record = json!({ "normlab_practice": 1, "sessions": 1, "set": null, "answers": answers });
    for (key, kept) in [("playlist.mine", list), ("practice", record)] {
        page.run(&format!("localStorage.setItem('normlab.{key}', {})", json!(kept.to_string())));
    }
    for (theme, size) in [(Theme::Light, DESKTOP), (Theme::Dark, PHONE)] {
        page.resize(size);
        page.prefer(theme);
        let mut check = |what: &str| {
            let wider = page.value("document.documentElement.scrollWidth > innerWidth");
            assert_eq!(wider, false, "{what} {size:?}: wider than the window");
            page.run(&axe);
            let violations = page.run(AXE);
            for violation in violations.as_array().expect("axe should give a list") {
                found.push(format!("{what} {size:?} {theme:?}: {violation}"));
            }
        };
        for (address, shown) in [
            ("present?list=mine", "#entry-2"),
            ("practice", ".missed a"),
            ("practice?topics=others", "input[name=others]"),
            ("practice?item=no-such.1", "main a"),
        ] {
            page.go(address);
            page.reload();
            page.find(shown);
            check(address);
        }
        page.go("practice?seed=4&interview=1");
        page.find("#interview ~ button").click();
        page.find(".look button").click();
        page.find(".points input").click();
        check("the points of an interview");
        for (key, dialog) in
            [("?", ".present-keys"), ("o", ".present-overview"), ("g", "[name=jump]"), ("q", ".qr-code")]
        {
            page.go("explore?pick=1.2&present=mine.1");
            page.wait_until("document.documentElement.dataset.present === 'reveal'");
            page.press(key);
            page.find(&format!("dialog[open] {dialog}"));
            check(&format!("the dialog of {key}"));
            page.press("\u{e00c}");
            page.wait_until("!document.querySelector('dialog')");
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Answers whatever is asked, right or wrong.
fn answer(page: &Page) {
    page.run(
        "const choose = (select, value) => {
            select.value = value;
            select.dispatchEvent(new Event('change', { bubbles: true }));
        };
        const form = document.querySelector('form.answer');
        const type = (input, text) => {
            input.value = text;
            input.dispatchEvent(new Event('input', { bubbles: true }));
        };
        form.querySelectorAll('select').forEach(select => choose(select, '0'));
        form.querySelector('.order [aria-label$=down]')?.click();
        form.querySelector('.cells button')?.click();
        const field = form.querySelector('input[inputmode]');
        if (field) type(field, '1');
        form.querySelector('input[name=sure]').click();",
    );
    page.wait_until("document.querySelector('input[name=sure]').checked");
    page.find("form.answer [type=submit]").click();
    page.find("#gap");
}

#[test]
fn a_name_that_is_shortened_in_its_middle_is_read_in_one_piece() {
    let page = Page::open("explore?data=wine&method=robust");
    wait_until_painted(&page);
    let heading = page.find("table.stats [data-feature=alcalinity_of_ash] th");
    assert_eq!(heading.label(), "alcalinity_of_ash");
}
