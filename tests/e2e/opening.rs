//! The opening picture is there before any program, looks like the live page, and stands when the program does not come.

use std::time::Duration;

use crate::explore::{choose_method, wait_for_text, wait_until_painted};
use crate::harness::{DESKTOP, Fault, PHONE, Page, Theme, built};
use serde_json::{Value, json};

/// Longer than any test waits.
const NEVER: Fault = Fault::Late(Duration::from_secs(60));
/// Anything that moves what is there already.
const SHIFTS: &str = "
    window.shifts = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => shifts += entry.value))
        .observe({ type: 'layout-shift', buffered: true });";
/// The share of places that look different, seen from four times as far: text and lines may be drawn a fraction of a pixel
/// elsewhere.
const UNLIKE: &str = "
    const pixels = async data => {
        const image = new Image();
        image.src = 'data:image/png;base64,' + data;
        await image.decode();
        const [width, height] = [image.width / 4, image.height / 4].map(Math.round);
        const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
        context.imageSmoothingQuality = 'high';
        context.drawImage(image, 0, 0, width, height);
        return context.getImageData(0, 0, width, height).data;
    };
    const [a, b] = [await pixels(first), await pixels(second)];
    if (a.length !== b.length) return 1;
    let unlike = 0;
    for (let at = 0; at < a.length; at += 4) unlike += [0, 1, 2].some(one => Math.abs(a[at + one] - b[at + one]) > 40);
    return unlike / (a.length / 4);";

/// What is to be read; numbers of axes are text in the one and drawn in the other.
const TEXT: &str = "
    const copy = root.cloneNode(true);
    copy.querySelectorAll('.picture').forEach(picture => picture.remove());
    return copy.textContent;";

fn unlike(page: &Page, first: &str, second: &str) -> f64 {
    let share = page.run(&format!("const first = '{first}', second = '{second}'; {UNLIKE}"));
    share.as_f64().unwrap()
}

/// A page whose program does not come until the server is mended.
fn still(size: (u32, u32), theme: Theme) -> Page {
    let page = Page::start();
    page.resize(size);
    page.prefer(theme);
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": SHIFTS }));
    page.server.spoil("_bg.wasm", NEVER);
    page.visit("");
    page
}

#[test]
fn the_live_page_takes_the_place_of_its_picture_without_a_jump() {
    for size in [DESKTOP, PHONE] {
        for theme in [Theme::Light, Theme::Dark] {
            let page = still(size, theme);
            let text = page.run(&format!("const root = document.getElementById('opening'); {TEXT}"));
            let names = "[...document.querySelectorAll('.plot [role=img]')].map(one => one.getAttribute('aria-label'))";
            let described = page.value(names);
            let before = page.picture();
            page.server.mend();
            page.wait_until_drawn();
            wait_until_painted(&page);
            let after = page.picture();
            let share = unlike(&page, &before, &after);
            assert!(share < 0.001, "{share} of the picture changed at {size:?}, {theme:?}");
            let shifts = page.value("shifts").as_f64().unwrap();
            assert!(shifts < 0.02, "shifted by {shifts} at {size:?}, {theme:?}");
            assert_eq!(page.run(&format!("const root = document.getElementById('page'); {TEXT}")), text);
            assert_eq!(page.value(names), described);
            // The measure sees what a person would see.
            page.find("header .theme").click();
            assert!(unlike(&page, &after, &page.picture()) > 0.1);
            if size == DESKTOP {
                choose_method(&page, "min-max");
                let min_max = page.picture();
                choose_method(&page, "z-score");
                assert!(unlike(&page, &min_max, &page.picture()) > 0.002);
            }
        }
    }
}

#[test]
fn the_picture_is_text_before_any_script_runs() {
    let page = Page::start();
    page.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    page.visit("");
    assert!(page.find("main h1").text().contains("z-score"));
    assert_eq!(page.count("table.stats tbody"), 2, "two features");
    assert_eq!(page.count(".plot [role=img]"), 2);
    page.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": false }));
}

#[test]
fn what_is_chosen_before_the_program_is_there_is_done_when_it_is() {
    let page = still(DESKTOP, Theme::Light);
    page.value("document.querySelector('[data-method=robust]').focus()");
    page.find("[data-method=robust]").click();
    wait_for_text(&page, "#opening-note", "What you chose is kept");
    page.find(".more-toggle").click();
    page.find("input[name=bins]").fill("7");
    page.find(".column-list label:last-child input").click();
    page.find_input("input[type=file]").upload("tests/fixtures/xlsx/prices.xlsx");
    wait_for_text(&page, "#opening-note", "open the file again");
    page.server.mend();
    page.wait_until_drawn();
    wait_for_text(&page, "main h1", "robust");
    assert_eq!(page.address(), "explore?cols=ctr,revenue,y&method=robust&bins=7");
    assert_eq!(page.value("Boolean(document.activeElement.closest('#page .column-list'))"), true, "the focus stays");
    assert_eq!(page.count("#opening, #opening-note"), 0);
}

#[test]
fn a_link_to_another_state_does_not_show_the_opening_one() {
    let page = Page::start();
    page.server.spoil("_bg.wasm", NEVER);
    page.visit("#/explore?data=wine");
    assert_eq!(page.value("getComputedStyle(document.querySelector('main h1')).visibility"), "hidden");
    assert_eq!(page.value("getComputedStyle(document.querySelector('.mark')).visibility"), "visible");
    assert!(page.find("#opening-other").visible());
    page.server.mend();
    page.wait_until_drawn();
}

/// What the page says, with the picture standing.
fn said(part: &str, fault: Fault, expected: &str) {
    let page = Page::start();
    page.server.spoil(part, fault);
    page.visit("");
    wait_for_text(&page, "#opening-note", expected);
    assert!(page.find("#opening main h1").visible(), "{part}, {fault:?}");
    assert!(page.find("#opening .plot svg").visible(), "{part}, {fault:?}");
    // The console says so, too.
    page.take_complaints();
    page.server.mend();
    if fault != Fault::Late(SLOW) {
        page.find("#opening-note button").click();
    }
    page.wait_until_drawn();
    assert_eq!(page.value("document.querySelectorAll('#page canvas').length"), Value::from(2));
    page.take_complaints();
}

const SLOW: Duration = Duration::from_secs(8);

#[test]
fn the_picture_stands_and_says_what_is_missing() {
    let script = &built("app-", ".js");
    said("_bg.wasm", Fault::Missing, "The server answered 404 when asked for app-");
    said("_bg.wasm", Fault::Html, "is not the program");
    said("_bg.wasm", Fault::Late(SLOW), "_bg.wasm did not come yet");
    said(script, Fault::Missing, "could not be loaded");
    said(script, Fault::Html, "could not be loaded");
    said(script, Fault::Late(SLOW), "did not come yet");
}

#[test]
fn in_a_sandbox_the_page_says_what_is_wrong() {
    for address in ["", "#/explore?data=wine"] {
        let page = Page::start();
        page.visit_in_sandbox(address);
        wait_for_text(&page, "#opening-note", "a frame whose sandbox keeps it from loading the program that computes");
        assert_eq!(page.count("#opening-note button:not([hidden])"), 0, "it would only happen again");
        assert_eq!(page.find("#opening-note").text().matches("sandbox").count(), 1);
        assert_eq!(page.value("document.getElementById('opening-other').textContent"), "");
        page.take_complaints();
    }
}

#[test]
fn data_that_come_late_are_missed_too() {
    said("/ctr_revenue.csv", Fault::Late(SLOW), "its worker and the data did not come yet");
}
