//! Nothing hangs over the edge of a phone, and the plots are as sharp as the screen is.

use crate::explore::{wait_for_text, wait_until_painted};
use crate::harness::{DESKTOP, PHONE, Page};
use serde_json::json;

const DATA: [&str; 6] = ["ctr-revenue", "wine", "penguins", "digits", "activations", "breast-cancer"];

/// What sticks out to the right of the window though nothing scrolls it.
const OVER_THE_EDGE: &str = "
    const scrolled = element => element.closest('.scroll, .column-list, .questions') || element.closest('.hidden');
    return [...document.querySelectorAll('body *')]
        .filter(element => !scrolled(element) && element.getClientRects().length)
        .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map(element => element.outerHTML.slice(0, 100));";

#[test]
fn nothing_hangs_over_the_edge() {
    let page = Page::open("");
    for size in [PHONE, DESKTOP, (320, 640)] {
        page.resize(size);
        for data in DATA {
            page.go(&format!("explore?data={data}&method=instance-norm"));
            wait_for_text(&page, ".fold-now", "InstanceNorm");
            wait_until_painted(&page);
            let folds = page.value("[...document.querySelectorAll('.fold-line')].forEach(line => line.click())");
            assert!(folds.is_null());
            let over = page.run(OVER_THE_EDGE);
            assert_eq!(over, json!([]), "{data} at {size:?}");
            assert_eq!(page.value("document.documentElement.scrollWidth <= innerWidth"), true, "{data} at {size:?}");
        }
    }
}

/// Whether every canvas has as many points as the screen has under it, or exactly twice as many a side where they are
/// Whether every canvas has as many points as the screen has under it, or exactly twice as many where those are coarse.
const SHARP: &str = "[...document.querySelectorAll('canvas')].every(canvas => {
    const { width, height } = canvas.getBoundingClientRect();
    const points = length => Math.round(length * devicePixelRatio) * (devicePixelRatio < 2 ? 2 : 1);
    return canvas.width === points(width) && canvas.height === points(height);
})";

#[test]
fn plots_are_as_sharp_as_the_screen() {
    let page = Page::open("explore?data=iris");
    let screen = |width: u32, height: u32, ratio: f64| {
        page.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": false }),
        );
        page.wait_until(&format!("devicePixelRatio === {ratio}"));
        // DevTools change the ratio without the event that a browser sends.
        page.value("dispatchEvent(new Event('resize'))");
        page.wait_until(SHARP);
        wait_until_painted(&page);
    };
    screen(1280, 800, 1.0);
    screen(1280, 800, 2.0);
    // Zooming in the browser: more device pixels for fewer CSS pixels.
    screen(853, 533, 1.5);
    screen(1280, 800, 1.25);
    // A window made narrower and wider.
    screen(390, 844, 3.0);
    screen(1600, 900, 1.0);
}

/// Numbers with all their digits are long, and a phone is narrow.
#[test]
fn long_numbers_have_room_on_a_phone() {
    let page = Page::open("explore?pick=3.2");
    page.resize(PHONE);
    page.find("#inspector");
    page.run("document.querySelector('.inspector .precise input').click()");
    for row in [3, 1, 20, 57] {
        page.go(&format!("explore?pick={row}.2"));
        page.wait_until(&format!("document.querySelector('.inspector .cap').textContent.includes('of row {row} ')"));
        page.run(
            "[...document.querySelectorAll('.steps .choice button')].find(one => one.textContent === 'Picture').click()",
        );
        page.wait_until("document.querySelector('.depths').dataset.depth === 'picture'");
        let apart = "
            const box = element => element.getBoundingClientRect();
            const card = box(document.querySelector('.inspector'));
            const inside = element => box(element).left >= card.left && box(element).right <= card.right;
            const clear = ([a, b]) => box(a).right + 4 <= box(b).left || box(a).bottom <= box(b).top;
            const ends = [...document.querySelectorAll('.line .ends')];
            return ends.length === 3 && ends.every(one => clear(one.children))
                && [...document.querySelectorAll('.line .value, .line .ends span')].every(inside);";
        assert_eq!(page.run(apart), true, "row {row}");
    }
    // What is said of the table has a line of its own.
    let lines = "
        const said = document.querySelector('.table-tools .cap').getBoundingClientRect();
        return said.width / document.querySelector('.table-tools').getBoundingClientRect().width;";
    assert!(page.run(lines).as_f64().unwrap() > 0.9);
}

/// Both plots of a pair stand at one height, also where the legend of one takes a line more.
#[test]
fn both_plots_of_a_pair_have_one_frame() {
    let page = Page::open("explore?data=wine&view=histogram&cols=alcohol,proline,hue,ash&layout=overlaid");
    let frames = "
        const [before, after] = ['before', 'after'].map(when => {
            const { top, height } = document.querySelector(`figure[data-when=${when}] canvas`).getBoundingClientRect();
            return [top, height];
        });
        return before[0] === after[0] && before[1] === after[1];";
    for size in [DESKTOP, (1000, 700)] {
        page.resize(size);
        wait_until_painted(&page);
        assert_eq!(page.run(frames), true, "{size:?}");
    }
}

/// On a phone both plots are seen at once; on its side, the upper parts of both at least.
#[test]
fn both_plots_are_on_the_first_screen_of_a_phone() {
    let page = Page::open("");
    let ends = "
        return [...document.querySelectorAll('.pair canvas')].map(canvas => {
            const { top, bottom } = canvas.getBoundingClientRect();
            return [innerHeight - bottom, innerHeight - top];
        });";
    page.resize(PHONE);
    wait_until_painted(&page);
    let over = page.run(ends);
    assert!((0..2).all(|plot| over[plot][0].as_f64().unwrap() >= 0.0), "{over}");
    page.resize((844, 390));
    wait_until_painted(&page);
    let over = page.run(ends);
    assert!((0..2).all(|plot| over[plot][1].as_f64().unwrap() >= 100.0), "{over}");
}

#[test]
fn a_table_that_scrolls_sideways_says_so() {
    let page = Page::open("explore?data=wine&cols=alcohol");
    let said = "
        document.querySelector('#statistics').scrollIntoView();
        return document.querySelector('section:has(> div > #statistics) .sideways').getBoundingClientRect().height > 10;";
    page.resize((1600, 900));
    wait_until_painted(&page);
    assert_eq!(page.run(said), false);
    page.resize(PHONE);
    wait_until_painted(&page);
    page.wait_for("the line", |page| page.run(said) == true);
}
