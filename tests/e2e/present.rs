//! Present: the frame for a projector, the speaker's window, paper, and the code to take along.

use serde_json::{Value, json};

use crate::explore::wait_until_painted;
use crate::harness::{DESKTOP, PHONE, PROJECTOR, Page};
use crate::playlists::STATES;

pub const RIGHT: &str = "\u{e014}";
const LEFT: &str = "\u{e012}";
const ESCAPE: &str = "\u{e00c}";
const PAGE_DOWN: &str = "\u{e00f}";

/// Texts that are seen and smaller than 24 pixels of the screen.
const SMALL: &str = "(() => {
    const walker = document.createTreeWalker(document.querySelector('#page'), NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.textContent.trim() || !element.checkVisibility() || element.closest('.hidden, .skip, [popover]')) continue;
        const size = parseFloat(getComputedStyle(element).fontSize) * element.currentCSSZoom;
        if (size < 24) found.push(`${size}: ${node.textContent}`);
    }
    return found;
})()";

/// Opens an address on a projector.
pub fn projected(address: &str) -> Page {
    let page = Page::start();
    page.resize(PROJECTOR);
    page.go(address);
    page
}

pub fn is_seen(page: &Page, css: &str) -> bool {
    page.value(&format!("[...document.querySelectorAll({css:?})].some(one => one.checkVisibility())")) == json!(true)
}

pub fn step(page: &Page, step: &str) {
    page.wait_until(&format!("document.documentElement.dataset.present === {step:?}"));
}

pub fn place(page: &Page, place: &str) {
    page.wait_for(&format!("the place {place}"), |page| {
        page.address().split(['?', '&']).any(|pair| pair == format!("present={place}"))
    });
}

#[test]
fn a_presented_page_is_large_and_shows_one_thing_at_a_time() {
    for address in
        ["explore?pick=1.2&present=1", "experiment/nearest?run=1&present=1", "practice?item=min-max-value.3&present=1"]
    {
        let page = projected(address);
        step(&page, if address.starts_with("experiment") { "predict" } else { "reveal" });
        page.wait_until("document.querySelector('main h1').checkVisibility()");
        assert!(
            !is_seen(&page, "header, .choices > section:not(.predictions), .choices > .fold, .practice-side"),
            "{address}"
        );
        assert_eq!(page.value(SMALL), json!([]), "{address}");
        let wider = page.value("document.documentElement.scrollWidth > innerWidth");
        assert_eq!(wider, json!(false), "{address}");
    }
}

#[test]
fn explore_is_revealed_step_by_step() {
    let page = projected("explore?pick=1.2&present=1");
    step(&page, "reveal");
    wait_until_painted(&page);
    // Both plots, whole, and nothing else.
    assert!(is_seen(&page, "[data-when=before] canvas") && is_seen(&page, "[data-when=after] canvas"));
    assert!(!is_seen(&page, ".inspector, .stats, .views, .sub"));
    let below = page.value(
        "Math.max(...[...document.querySelectorAll('.plots figure')].map(one => one.getBoundingClientRect().bottom))",
    );
    assert!(below.as_f64().unwrap() <= 1080.0, "{below}");
    page.press(RIGHT);
    step(&page, "explanation");
    page.wait_until("document.querySelector('.inspector').checkVisibility()");
    assert!(!is_seen(&page, ".plots canvas"));
    assert_eq!(page.value(SMALL), json!([]));
    place(&page, "1.2");
    // A reload finds the same, and undo works as ever.
    page.reload();
    step(&page, "explanation");
    page.press(LEFT);
    step(&page, "reveal");
    page.press("b");
    page.find(".present-black");
    page.press(".");
    page.wait_until("!document.querySelector('.present-black')");
    page.press("?");
    page.find("dialog[open] .present-keys");
    page.press(ESCAPE);
    page.wait_until("!document.querySelector('dialog')");
    page.press("l");
    page.wait_until("Boolean(document.querySelector('.present-pointer'))");
    page.hover("main h1, .inspector", (0.5, 0.5));
    page.find(".present-pointer");
    page.press(ESCAPE);
    page.wait_until("!document.documentElement.dataset.present && document.querySelector('header').checkVisibility()");
    assert_eq!(page.address(), "explore?pick=1.2");
    page.back();
    step(&page, "reveal");
}

/// What chooses them is hidden, and not what they are of.
#[test]
fn a_calculation_with_all_digits_is_presented() {
    let page = projected("explore?pick=1.2");
    page.find(".inspector label.precise input").click();
    page.find(".depths.precise");
    page.go("explore?pick=1.2&present=1");
    step(&page, "reveal");
    page.press(RIGHT);
    step(&page, "explanation");
    page.find(".depths.precise .depth-arithmetic");
    assert!(!is_seen(&page, "label.precise"));
}

/// Lines and text of plots grow with the rest.
#[test]
fn plots_are_drawn_larger() {
    let dark = "(() => {
        const canvas = document.querySelector('[data-when=before] canvas');
        const { width, height } = canvas, copy = Object.assign(document.createElement('canvas'), { width, height });
        const context = copy.getContext('2d', { willReadFrequently: true });
        context.drawImage(canvas, 0, 0);
        const { data } = context.getImageData(0, 0, width, height);
        // The height of the text below the axis: rows at the lower edge that have something dark.
        const rows = [];
        for (let y = 0; y < height; y += 1) {
            let found = 0;
            for (let x = 0; x < width; x += 1) found += data[4 * (y * width + x)] < 140 ? 1 : 0;
            rows.push(found);
        }
        let low = height - 1;
        while (low > 0 && !rows[low]) low -= 1;
        let top = low;
        while (top > 0 && rows[top]) top -= 1;
        return (low - top) * canvas.getBoundingClientRect().height / height;
    })()";
    let page = projected("explore");
    wait_until_painted(&page);
    let usual = page.value(dark).as_f64().unwrap();
    page.go("explore?present=1");
    step(&page, "reveal");
    page.wait_for("larger text", |page| page.value(dark).as_f64().unwrap() > 1.8 * usual);
}

#[test]
fn an_experiment_is_revealed_figure_by_figure() {
    let page = projected("experiment/nearest?present=1");
    step(&page, "predict");
    page.wait_until("document.querySelector('main h1').textContent.includes('drown') && document.querySelector('.predictions').checkVisibility()");
    assert!(!is_seen(&page, ".report-row canvas"));
    // Nobody has run it yet.
    page.press(RIGHT);
    step(&page, "reveal");
    page.wait_long_until(
        "Boolean(document.querySelector('main [data-items]')) && !document.querySelector('main [aria-busy=true]')",
    );
    let items = page.value("Number(document.querySelector('main [data-items]').dataset.items)").as_u64().unwrap();
    assert!(items > 3, "{items}");
    let mut shown = Vec::new();
    for item in 1..=items {
        page.wait_until("document.querySelectorAll('.result figure, .result .report-table').length === 1");
        shown.push(page.value("document.querySelector('.result :is(.plot-title, .report-table h2)').textContent"));
        page.press(PAGE_DOWN);
        if item < items {
            place(&page, &format!("1.2.{}", item + 1));
        }
    }
    let mut different: Vec<Value> = shown.clone();
    different.dedup();
    assert_eq!(different.len(), items as usize, "{shown:?}");
    step(&page, "explanation");
    page.wait_until("document.querySelector('.experiment-head .sub').checkVisibility() && document.querySelector('.limits').checkVisibility()");
    page.press(LEFT);
    place(&page, &format!("1.2.{items}"));
    // What has the focus keeps its keys.
    page.go("experiment/nearest?run=1&present=1");
    step(&page, "predict");
    page.find(".predictions input").click();
    page.press("5");
    page.press(RIGHT);
    page.press("n");
    step(&page, "predict");
}

/// The window of the speaker follows, and steers.
#[test]
fn the_speaker_has_notes_in_a_window() {
    let page = projected("explore?pick=1.2&present=why-scale-matters.1");
    step(&page, "predict");
    let main = page.window();
    page.press("s");
    let speaker = page.wait_for_window(&main);
    page.switch_to(&speaker);
    page.wait_until("document.querySelector('.speaker h2')?.textContent === 'Two features, one far larger'");
    page.wait_until("document.querySelector('.speaker-note').textContent.includes('which feature decides')");
    page.wait_until("document.querySelector('.speaker-next').textContent === 'Result'");
    page.wait_until("document.querySelector('[role=timer]').textContent.startsWith('0:00:')");
    page.find(".speaker button.primary").click();
    page.wait_until("document.querySelector('.speaker-next').textContent === 'Explanation'");
    page.press(RIGHT);
    page.wait_until("document.querySelector('.speaker-next').textContent === 'Thirteen measurements of wine'");
    page.switch_to(&main);
    step(&page, "explanation");
    place(&page, "why-scale-matters.1.3");
    page.press(RIGHT);
    place(&page, "why-scale-matters.2");
    page.switch_to(&speaker);
    page.wait_until("document.querySelector('.speaker h2').textContent === 'Thirteen measurements of wine'");
    page.close_window();
    page.switch_to(&main);
    // Where the browser opens no window, the page is parted.
    page.run("window.open = () => null");
    page.press("s");
    page.wait_until("document.querySelector('.present-notes .speaker-note')?.checkVisibility()");
    page.press("s");
    page.wait_until("!document.querySelector('.present-notes')");
}

/// Number of pages of the PDF that the browser prints.
fn printed(page: &Page) -> usize {
    use base64ct::{Base64, Encoding};
    let pdf = page.devtools("Page.printToPDF", &json!({ "preferCSSPageSize": true, "printBackground": true }));
    let bytes = Base64::decode_vec(pdf["data"].as_str().unwrap()).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    text.matches("/Type /Page\n").count()
}

/// Keeps a playlist of these addresses as `paper`, each entry with the steps it has by itself.
fn keep_playlist(page: &Page, addresses: &[&str]) {
    let entries: Vec<Value> = addresses
        .iter()
        .map(|address| json!({ "address": format!("/{address}"), "title": *address, "note": "A note." }))
        .collect();
    let list = json!({ "normlab_playlist": 1, "title": "Paper", "entries": entries });
    page.run(&format!("localStorage.setItem('normlab.playlist.paper', {})", json!(list.to_string())));
}

/// Notes from now on what is seen while pages are prepared: the texts of the cover, and whether something was seen without it.
fn watch_cover(page: &Page) {
    page.run(
        "window.told = new Set();
         window.seen = [];
         const look = () => {
             const cover = document.querySelector('dialog.cover[open]');
             if (cover) told.add(cover.querySelector('[role=status]').textContent);
             else if (document.documentElement.dataset.present) seen.push(location.hash);
             requestAnimationFrame(look);
         };
         look();",
    );
}

#[test]
fn a_lecture_of_ten_states_is_printed_one_step_a_page_behind_a_cover() {
    let page = Page::start();
    page.resize(DESKTOP);
    page.go("explore?data=iris&method=robust");
    keep_playlist(&page, &STATES);
    watch_cover(&page);
    page.visit("#/present?print=paper");
    page.wait_minutes_until("document.querySelectorAll('.print-page').length > 10");
    // What was said counts, nothing else was seen, and the visitor is where the visitor was, with the focus on what is next.
    let told = page.value("[...told]");
    let told: Vec<&str> = told.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(told[0].starts_with("Page 1: entry 1 of 10") && told.len() > 10, "{told:?}");
    page.wait_until("!document.querySelector('dialog') && document.activeElement.textContent === 'Print'");
    assert_eq!(page.value("seen"), json!([]));
    assert_eq!(page.address(), "present?print=paper");
    let explore = page.value("document.querySelector('.pages a').getAttribute('href')");
    assert_eq!(explore, "#/explore?data=iris&method=robust");
    let pages = page.count(".print-page");
    assert_eq!(printed(&page), pages);
    // The pages have what was shown.
    page.wait_until("[...document.querySelectorAll('.print-page')][1].querySelector('.inspector').checkVisibility()");
    let pictures = page.value(
        "[...document.querySelectorAll('.print-page[data-present=reveal]')].map(one => [...one.querySelectorAll('img')].map(image => image.naturalWidth > 100))",
    );
    assert_eq!(pictures[0], json!([true, true]));
    assert_eq!(page.count(".print-note"), 0);
    page.find("input[name=notes]").click();
    page.wait_until(&format!("document.querySelectorAll('.print-note').length === {pages}"));
    assert_eq!(printed(&page), pages);
}

#[test]
fn the_way_to_paper_is_cancelled_by_button_and_by_escape() {
    let page = Page::start();
    page.go("explore?data=iris&method=robust");
    keep_playlist(&page, &["explore?pick=1.2", "experiment/outliers?run=1", "explore?data=wine"]);
    watch_cover(&page);
    page.visit("#/present?print=paper");
    for way in ["button", "Escape"] {
        page.wait_until("Boolean(document.activeElement.closest('dialog.cover[open]'))");
        // Keys of a presentation do nothing meanwhile.
        page.press("b");
        if way == "button" {
            page.find("dialog.cover button").click();
        } else {
            page.press(ESCAPE);
        }
        page.wait_until(
            "!document.querySelector('dialog') && document.activeElement.textContent === 'Prepare the pages'",
        );
        assert_eq!(page.address(), "present?print=paper");
        assert_eq!(page.value("document.documentElement.dataset.present ?? null"), json!(null));
        assert_eq!(page.count(".print-page, .present-black"), 0);
        if way == "Escape" {
            page.slow_down(30.0);
        }
        page.press("\u{e007}");
    }
    page.wait_minutes_until("document.querySelectorAll('.print-page').length > 4 && !document.querySelector('dialog')");
    assert_eq!(page.value("seen"), json!([]));
}

#[test]
fn f_fills_the_screen_and_gives_it_back() {
    let page = projected("explore?present=1");
    step(&page, "reveal");
    for full in [true, false] {
        page.press("f");
        page.wait_until(&format!("Boolean(document.fullscreenElement) === {full}"));
        step(&page, "reveal");
    }
}

/// The state can be taken along by whoever sees it.
#[test]
fn a_qr_code_has_the_address() {
    let page = Page::open("practice?seed=21");
    page.find(".present-menu summary").click();
    page.find(".present-menu .qr").click();
    page.wait_until("document.querySelector('dialog[open] .qr-code figcaption').textContent === location.href");
    page.wait_until("document.querySelector('dialog[open] .qr-code path').getAttribute('d').length > 1000");
    page.press(ESCAPE);
    page.wait_until("!document.querySelector('dialog')");
    // On a phone, too, the head of the page has room for it.
    page.resize(PHONE);
    for address in ["explore", "experiment/nearest"] {
        page.go(address);
        page.find(".present-menu summary");
        page.wait_until("document.querySelector('header .theme').getBoundingClientRect().right <= document.documentElement.clientWidth");
        page.wait_until("document.documentElement.scrollWidth <= innerWidth");
    }
}
