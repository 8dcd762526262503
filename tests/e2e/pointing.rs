//! Plots are read with the pointer and with the keys, what is picked stays, points are dragged and travel.

use crate::explore::{choose_method, statistic, statistics, wait_for_text, wait_until_painted};
use crate::harness::Page;
use serde_json::{Value, json};

const BEFORE: &str = "figure[data-when=before] .plot-overlay";
const LEFT: char = '\u{e012}';
const RIGHT: char = '\u{e014}';
const HOME: char = '\u{e011}';
const END: char = '\u{e010}';
const ENTER: char = '\u{e007}';
const ESCAPE: char = '\u{e00c}';
const DELETE: char = '\u{e017}';
const STRIP: &str = "explore?data=iris&view=strip&axes=own&cols=sepal%20length%20%28cm%29";

fn readout(page: &Page) -> String {
    page.value("document.querySelector('.readout p').textContent").as_str().unwrap_or_default().into()
}

/// What is highlighted on a side: the path over its plot.
fn highlighted(page: &Page, when: &str) -> String {
    let path = page.value(&format!(
        "document.querySelector('figure[data-when={when}] .plot-overlay .highlighted')?.getAttribute('d')"
    ));
    path.as_str().unwrap_or_default().into()
}

fn focus(page: &Page) {
    page.run(&format!("document.querySelector('{BEFORE}').focus()"));
}

/// Where the only ring over the plot before is, as parts of its width and height.
fn ring(page: &Page) -> (f64, f64) {
    let place = page.run(&format!(
        "const svg = document.querySelector('{BEFORE} svg');
         const [, x, y, radius] = svg.querySelector('.highlighted').getAttribute('d').match(/^M(\\d+) (\\d+)a(\\d+)/).map(Number);
         const {{ width, height }} = svg.viewBox.baseVal;
         return [(x + radius) / width, y / height];"
    ));
    (place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
}

#[test]
fn pointing_at_a_bar_lights_its_values_on_the_other_side() {
    let page = Page::open("explore?data=wine&cols=alcohol,hue&axes=own&layout=each");
    wait_until_painted(&page);
    assert!(highlighted(&page, "before").is_empty());
    page.hover(BEFORE, (0.5, 0.6));
    page.wait_for("the highlight", |page| {
        !highlighted(page, "before").is_empty() && !highlighted(page, "after").is_empty()
    });
    let said = readout(&page);
    assert!(said.starts_with("Alcohol before, from ") && said.contains("of 178 values"), "{said}");
    assert!(said.contains("After z-score they lie"), "{said}");
    // In the colour of the feature.
    let colour = "getComputedStyle(document.querySelector('figure[data-when=after] .plot-overlay .highlighted')).fill";
    assert_eq!(page.value(colour), "rgb(0, 114, 178)");
    // Elsewhere, nothing is pointed at.
    page.hover("main h1", (0.5, 0.5));
    page.wait_for("no highlight", |page| {
        highlighted(page, "after").is_empty() && readout(page).starts_with("Point at")
    });
}

#[test]
fn keys_read_a_plot_and_what_they_pick_stays_while_methods_change() {
    let page = Page::open("explore?data=wine&cols=alcohol");
    wait_until_painted(&page);
    focus(&page);
    page.press(&HOME.to_string());
    page.wait_for("the first bar", |page| readout(page).starts_with("Alcohol before, from 11.03"));
    let first = readout(&page);
    page.press(&RIGHT.to_string());
    page.wait_for("the second bar", |page| readout(page) != first && !readout(page).starts_with("Point"));
    page.press(&LEFT.to_string());
    page.wait_for("the first again", |page| readout(page) == first);
    page.press(&format!("{END}{ENTER}"));
    page.wait_for("the pick in the address", |page| page.address().contains("pick=1b"));
    let before = highlighted(&page, "before");
    assert!(!before.is_empty());
    page.run("document.activeElement.blur()");
    choose_method(&page, "robust");
    wait_for_text(&page, ".readout", "After robust they lie");
    assert_eq!(highlighted(&page, "before"), before);
    // The address opens with the same pick, and Escape lets it go.
    page.reload();
    wait_for_text(&page, ".readout", "After robust they lie");
    focus(&page);
    page.press(&ESCAPE.to_string());
    page.wait_for("nothing is picked", |page| {
        !page.address().contains("pick=") && highlighted(page, "before").is_empty()
    });
}

#[test]
fn a_dragged_point_is_an_outlier_and_one_undo_takes_it_back() {
    let page = Page::open(STRIP);
    wait_until_painted(&page);
    let shown = statistics(&page);
    focus(&page);
    page.press(&END.to_string());
    page.wait_for("the highest value", |page| readout(page).starts_with("Row 132: sepal length (cm) 7.9"));
    let (x, y) = ring(&page);
    page.drag(BEFORE, &[(x, y), (x - 0.1, y), (x - 0.2, y), (1.05, y), (1.1, y)]);
    page.wait_for("an outlier", |page| statistic(page, "sepal length (cm)", false, "max") > 9.0);
    wait_for_text(&page, ".readout", "Row 132");
    page.run("document.querySelector('header button[aria-label^=Undo]').click()");
    page.wait_for("one step back", |page| statistics(page) == shown);
}

#[test]
fn points_are_moved_typed_and_removed_without_a_mouse() {
    let page = Page::open(STRIP);
    wait_until_painted(&page);
    focus(&page);
    page.press(&format!("{END}{ENTER}"));
    page.wait_for("the pick", |page| page.address().contains("pick=132.1"));
    page.run(&format!(
        "document.querySelector('{BEFORE}').dispatchEvent(
            new KeyboardEvent('keydown', {{ key: 'ArrowRight', altKey: true, bubbles: true, cancelable: true }}))"
    ));
    page.wait_for("a little higher", |page| {
        let most = statistic(page, "sepal length (cm)", false, "max");
        most > 7.9 && most < 8.1
    });
    crate::explore::retype(&page, "input[name=picked]", "12.5");
    page.wait_for("as typed", |page| statistic(page, "sepal length (cm)", false, "max") == 12.5);
    focus(&page);
    page.press(&DELETE.to_string());
    page.wait_for("one row less", |page| statistic(page, "sepal length (cm)", false, "n") == 149.0);
    assert!(statistic(&page, "sepal length (cm)", false, "max") < 8.0);
}

/// The pixels of the picture that travels; null when nothing does.
fn travelling(page: &Page) -> Value {
    page.value("document.querySelector('figure[data-when=after] .plot-overlay canvas')?.toDataURL() ?? null")
}

fn scrub(page: &Page, part: u32) {
    page.run(&format!(
        "const way = document.querySelector('.way input'); way.value = {part};
         way.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));"
    ));
}

#[test]
fn points_travel_from_before_to_after() {
    let page = Page::open("explore?view=strip");
    wait_until_painted(&page);
    assert_eq!(travelling(&page), json!(null));
    scrub(&page, 0);
    page.wait_for("the place before", |page| travelling(page) != json!(null));
    let start = travelling(&page);
    scrub(&page, 50);
    page.wait_for("half way", |page| travelling(page) != start);
    wait_for_text(&page, ".way", "50% of the way");
    scrub(&page, 100);
    page.wait_for("the place after", |page| travelling(page) == json!(null));
    let frames = page.run(
        "document.querySelector('.way button').click();
         const seen = new Set();
         return new Promise(done => {
             const look = () => {
                 const canvas = document.querySelector('figure[data-when=after] .plot-overlay canvas');
                 if (canvas) seen.add(canvas.toDataURL()); else if (seen.size) return done(seen.size);
                 requestAnimationFrame(look);
             };
             requestAnimationFrame(look);
         });",
    );
    assert!(frames.as_u64().unwrap() >= 5, "{frames} different frames");
    assert_eq!(travelling(&page), json!(null), "the points have arrived");
}

#[test]
fn nothing_moves_for_those_who_prefer_that() {
    let page = Page::open("explore?view=strip");
    let features = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
    page.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }));
    wait_until_painted(&page);
    let frames = page.run(
        "document.querySelector('.way button').click();
         let seen = 0;
         for (let frame = 0; frame < 12; frame++) {
             await new Promise(requestAnimationFrame);
             seen += document.querySelectorAll('.plot-overlay canvas').length;
         }
         return seen;",
    );
    assert_eq!(frames, json!(0));
    scrub(&page, 30);
    page.wait_for("the scrubber still works", |page| travelling(page) != json!(null));
}

/// A value that a link picks is the one that is picked, whatever data were there before; and it does not stay for others.
#[test]
fn a_picked_value_belongs_to_its_data() {
    let page = Page::open("explore?data=outliers&seed=1&method=robust");
    let settled = "!document.querySelector('main[data-busy=true]')";
    for address in [
        "explore?data=activations&seed=1&method=layer-norm&view=heat&pick=3.2",
        "explore?data=iris&method=rms-norm",
        "explore?data=wine&pick=5.3",
        "explore?data=activations&seed=1&method=layer-norm&view=heat&pick=3.2",
    ] {
        page.visit(&format!("#/{address}"));
        if address.contains("pick") {
            page.wait_until("document.querySelector('.inspector')?.ariaBusy === 'false'");
        }
        page.wait_until(settled);
        // The rows of the table are there, and with them whatever the table does.
        page.wait_until("document.querySelectorAll('.grid tbody tr').length > 10");
        page.run("await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        page.run("await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        assert_eq!(page.address(), address);
    }
}
