//! Playlists: made in the page, saved and opened as a file and as a link, and given by keys.

use serde_json::{Value, json};

use crate::harness::{PROJECTOR, Page};
use crate::present::{RIGHT, is_seen, place, projected, step};

const HOME: &str = "\u{e011}";
const END: &str = "\u{e010}";
const ENTER: &str = "\u{e007}";

/// Makes a playlist of these states in the page, with the menu in its head.
fn add_states(page: &Page, addresses: &[&str]) {
    for (index, address) in addresses.iter().enumerate() {
        page.go(address);
        page.wait_until("!document.querySelector('main [aria-busy=true], main[data-busy=true]')");
        // By keyboard: what a mouse points at moves while a page is still changing.
        for button in [".present-menu summary", ".present-menu .add-state"] {
            page.find(button);
            page.run(&format!("document.querySelector({button:?}).focus()"));
            page.press(ENTER);
        }
        page.wait_until(&format!(
            "document.querySelector('.present-menu [role=status]')?.textContent.endsWith('as number {}.')",
            index + 1
        ));
    }
}

pub const STATES: [&str; 10] = [
    "explore?pick=1.2",
    "explore?data=wine",
    "explore?data=wine&method=min-max",
    "explore?data=outliers&seed=1&method=min-max",
    "explore?data=outliers&seed=1&method=robust",
    "experiment/nearest?run=1",
    "experiment/outliers?run=1",
    "explore?data=activations&seed=1&method=layer-norm&view=heat&pick=3.2",
    "practice?item=bn-cells.1",
    "explore?data=iris&method=rms-norm",
];

/// What the browser keeps.
const KEPT: &str = "localStorage.getItem('normlab.playlist.my-playlist')";

fn entries(page: &Page) -> Vec<Value> {
    let text = page.value(KEPT);
    let list: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
    list["entries"].as_array().unwrap().clone()
}

fn addresses(page: &Page) -> Vec<String> {
    entries(page).iter().map(|entry| entry["address"].as_str().unwrap().trim_start_matches('/').to_owned()).collect()
}

/// Puts this file into the file input of the page of playlists.
fn open_file(page: &Page, text: &str) {
    page.run(&format!(
        "const transfer = new DataTransfer();
         transfer.items.add(new File([{}], 'lecture.json'));
         const input = document.querySelector('input[type=file]');
         input.files = transfer.files;
         input.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        json!(text)
    ));
}

#[test]
fn a_lecture_is_prepared_saved_opened_elsewhere_and_given_by_keys() {
    let page = Page::start();
    add_states(&page, &STATES);
    assert_eq!(addresses(&page), STATES);
    page.go("present?list=my-playlist");
    // Moved, renamed, removed and put back, by keyboard.
    let focus = |css: &str| page.run(&format!("document.querySelector({css:?}).focus()"));
    // The focus goes with the entry without a gap: no key is lost, as fast as they may come.
    let moved = |from: usize, way: &str, presses: usize, to: usize, then: &str| {
        focus(&format!("#entry-{from} [data-move={way}]"));
        page.press(&ENTER.repeat(presses));
        page.wait_for("the moved entry", |page| addresses(page)[to] == STATES[0]);
        page.wait_until(&format!("document.activeElement.matches('#entry-{to} [data-move={then}]')"));
    };
    moved(0, "down", 2, 2, "down");
    assert_eq!(addresses(&page)[..3], [STATES[1], STATES[2], STATES[0]]);
    // At an end it goes to the way back.
    moved(2, "down", 7, 9, "up");
    moved(9, "up", 9, 0, "down");
    assert_eq!(addresses(&page), STATES);
    page.find("#entry-0 input[type=text]").fill("First");
    page.find("#entry-0 textarea").fill("Say hello.");
    focus("#entry-0 [type=checkbox]");
    page.press("\u{e00d}");
    page.wait_for("title, note and step", |page| {
        let first = &entries(page)[0];
        first["title"] == "First"
            && first["note"] == "Say hello."
            && first["steps"] == json!(["predict", "reveal", "explanation"])
    });
    page.run("[...document.querySelectorAll('#entry-9 button')].find(one => one.textContent === 'Remove').click()");
    page.wait_for("nine are left", |page| entries(page).len() == 9);
    page.run("[...document.querySelectorAll('main button')].find(one => one.textContent === 'Put it back').click()");
    page.wait_for("ten again", |page| addresses(page) == STATES);

    // The file that is saved opens in another browser.
    page.run(
        "window.saved = null;
         const make = URL.createObjectURL;
         URL.createObjectURL = blob => { blob.text().then(text => window.saved = text); return make.call(URL, blob); };
         [...document.querySelectorAll('main button')].find(one => one.textContent === 'Save as a file').click();",
    );
    page.wait_until("typeof window.saved === 'string'");
    let file = page.value("window.saved");
    let other = Page::start();
    other.resize(PROJECTOR);
    other.go("present");
    open_file(
        &other,
        "{\"normlab_playlist\": 1, \"entries\": [{\"address\": \"/explore\"}, {\"address\": \"/about\"}]}",
    );
    other.wait_until("document.querySelector('main [role=status]').textContent.includes('entry 2: no page')");
    open_file(&other, file.as_str().unwrap());
    other.wait_until("location.hash === '#/present?list=my-playlist'");
    assert_eq!(entries(&other), entries(&page));

    // Given from the keyboard.
    other.wait_until("document.querySelector('main h1')?.textContent === 'My playlist'");
    other.find("main a.primary").click();
    place(&other, "my-playlist.1");
    step(&other, "predict");
    assert_eq!(other.find(".present-title").text(), "First");
    assert!(!is_seen(&other, "[data-when=after] canvas"));
    let mut way = Vec::new();
    loop {
        let now = other.address();
        way.push(now.split("present=").last().unwrap().to_owned());
        assert!(way.len() < 60, "{way:?}");
        // What an experiment finds takes its time: until it is there, the key does nothing.
        other.wait_until(
            "!document.querySelector('main [aria-busy=true], main[data-busy=true]')
             && Boolean(document.querySelector('main h1, .present-title'))
             && (!location.hash.startsWith('#/experiment') || document.documentElement.dataset.present !== 'reveal'
                 || Boolean(document.querySelector('main [data-items]')))",
        );
        assert!(!is_seen(&other, "main .notice.problem"), "{now}");
        if now.contains("my-playlist.10") {
            break;
        }
        other.press(RIGHT);
        other.wait_for("the next step", |page| page.address() != now);
    }
    let entries: Vec<&String> = way.iter().filter(|place| place.matches('.').count() == 1).collect();
    assert_eq!(entries.len(), 10, "{way:?}");
    // To the ends, by number, and by the overview.
    other.press(HOME);
    place(&other, "my-playlist.1");
    other.press(END);
    place(&other, "my-playlist.10");
    other.press("g");
    other.wait_until("document.activeElement.name === 'jump'");
    other.press("4");
    other.press(ENTER);
    place(&other, "my-playlist.4");
    other.press("o");
    other.wait_until("document.activeElement.matches('.present-overview [aria-current=step]')");
    other.run("document.querySelectorAll('.present-overview button')[1].focus()");
    other.press(ENTER);
    place(&other, "my-playlist.2");
    other.wait_for("the state of the entry", |page| page.address().starts_with("explore?data=wine&present="));
    other.back();
    place(&other, "my-playlist.4");
}

#[test]
fn a_playlist_travels_in_a_link_and_a_broken_one_is_kept() {
    let page = Page::start();
    add_states(&page, &STATES[..2]);
    page.run("localStorage.setItem('normlab.playlist.broken', '{\"normlab_playlist\": 1, \"entries\": [7]}')");
    page.go("present");
    page.wait_until("document.querySelector('.playlists .problem')?.textContent.includes('entry 1: invalid type')");
    // Those that come with the page are there, too.
    page.wait_until("document.querySelectorAll('.playlists')[1]?.children.length === 6");
    page.go("present?list=my-playlist");
    page.run("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }");
    page.run("[...document.querySelectorAll('main button')].find(one => one.textContent === 'Copy link').click()");
    page.wait_until("typeof window.copied === 'string'");
    let link = page.value("window.copied");
    let other = Page::start();
    other.go(link.as_str().unwrap().split_once("#/").unwrap().1);
    other.find(".notice button.primary").click();
    other.wait_until("location.hash === '#/present?list=my-playlist'");
    assert_eq!(entries(&other), entries(&page));
    assert_eq!(
        page.value("localStorage.getItem('normlab.playlist.broken')"),
        json!("{\"normlab_playlist\": 1, \"entries\": [7]}")
    );
}

/// Every state of the playlists that come with the page opens without a complaint.
#[test]
fn bundled_playlists_open_without_an_error() {
    let page = projected("present");
    for slug in ["why-scale-matters", "outliers", "fit-on-train-only", "batch-norm", "layer-norm", "pre-norm"] {
        let list = page.run(&format!("return (await fetch('playlists/{slug}.json')).json()"));
        for (index, entry) in list["entries"].as_array().unwrap().iter().enumerate() {
            let address = entry["address"].as_str().unwrap().trim_start_matches('/');
            let joint = if address.contains('?') { '&' } else { '?' };
            page.go(&format!("{address}{joint}present={slug}.{}.2", index + 1));
            // What networks find so far is enough.
            if address.starts_with("experiment") {
                page.wait_long_until("Boolean(document.querySelector('main [data-items]'))");
            } else {
                page.wait_long_until("!document.querySelector('main [aria-busy=true], main[data-busy=true]')");
            }
            assert!(
                !is_seen(&page, ".notice"),
                "{slug} {address}: {}",
                page.value("document.querySelector('.notice').textContent")
            );
            page.wait_until(&format!(
                "document.querySelector('.present-bar').textContent.includes('{} / ')",
                index + 1
            ));
        }
    }
}
