//! What was asked for is on the screen: the explanation of a chosen value below both plots, a study that was opened.

use serde_json::{Value, json};

use crate::explore::{wait_for_text, wait_until_painted};
use crate::harness::{DESKTOP, PHONE, Page, Theme};

/// Above it all, the headline; below it all, the explanation: in CSS pixels from the upper and to the lower edge.
const ROOM: &str = "
    const box = css => document.querySelector(css).getBoundingClientRect();
    const pictures = [...document.querySelectorAll('.pair canvas')].map(one => one.getBoundingClientRect());
    return [box('h1').top, innerHeight - box('.inspector .cap').bottom, pictures[0].height, pictures[1].height];";

fn room(page: &Page) -> [f64; 4] {
    let room = page.run(ROOM);
    [0, 1, 2, 3].map(|place| room[place].as_f64().unwrap())
}

#[test]
fn headline_plots_and_the_explanation_of_a_chosen_value_are_on_one_screen() {
    let states = [
        "explore?pick=1.2",
        "explore?data=wine&pick=3.1",
        "explore?data=activations&seed=1&method=layer-norm&view=heat&pick=3.2",
        "explore?data=outliers&seed=1&method=min-max&pick=3.1",
        "explore?data=penguins&method=layer-norm&pick=3.3",
        "explore?data=breast-cancer&pick=3.3",
    ];
    let page = Page::open("");
    page.resize(DESKTOP);
    for state in states {
        page.go(state);
        page.find(".inspector .brief");
        page.wait_for(state, |page| {
            let [top, below, ..] = room(page);
            top >= 0.0 && below >= 0.0
        });
        wait_until_painted(&page);
        let [.., left, right] = room(&page);
        assert!(left >= 150.0 && left == right, "{state}: {left} and {right}");
    }
    // They are as high as ever without it, and where the window has room.
    page.go("explore");
    wait_until_painted(&page);
    let height = "document.querySelector('.pair canvas').getBoundingClientRect().height";
    page.wait_until(&format!("{height} === 270"));
    page.go("explore?pick=1.2");
    page.find(".inspector .brief");
    page.wait_until(&format!("{height} < 270"));
    page.resize((1280, 1100));
    page.wait_until(&format!("{height} === 270"));
    page.resize(DESKTOP);
    page.wait_until(&format!("{height} < 270"));
    page.value(
        "[...document.querySelectorAll('.readout button')].find(one => one.textContent === 'Clear selection').click()",
    );
    page.wait_until(&format!("{height} === 270"));
}

#[test]
fn a_study_that_was_opened_has_the_screen_and_the_focus() {
    let page = Page::open("explore?method=batch-norm");
    page.resize(DESKTOP);
    wait_until_painted(&page);
    for study in ["compare", "batches", "map"] {
        page.value(&format!("document.querySelector('button[data-study={study}]').click()"));
        page.wait_until(&format!(
            "(study => study === document.activeElement && study.getBoundingClientRect().top >= 0
                && study.getBoundingClientRect().top < 100)(document.querySelector('.study[data-study={study}]') ?? {{}})"
        ));
        assert_eq!(page.value("document.activeElement.ariaLabel !== null"), true, "{study}");
    }
    // From an address, too, but there the focus stays at the beginning.
    page.go("explore?method=batch-norm&study=batches");
    page.reload();
    page.wait_until("document.querySelector('.study').getBoundingClientRect().top < 100");
    assert_eq!(page.value("document.activeElement === document.body"), true);
}

/// The colours of the page as a browser has them: the outline of a group, what it is on, and the first feature.
const COLOURS: &str = "
    const over = document.querySelector('.plot-overlay svg');
    const path = over.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'path'));
    path.setAttribute('class', 'same-group');
    const of = (colour) => {
        const context = new OffscreenCanvas(1, 1).getContext('2d');
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const variable = name => getComputedStyle(document.documentElement).getPropertyValue(name);
    const colours = [of(getComputedStyle(path).stroke), of(variable('--card')), of(variable('--series-0'))];
    path.remove();
    return colours;";

#[test]
fn the_outline_of_a_group_is_seen_and_is_the_colour_of_no_feature() {
    let page = Page::open("explore?pick=1.2");
    page.find(".plot-overlay svg");
    for theme in [Theme::Light, Theme::Dark] {
        page.prefer(theme);
        page.reload();
        page.find(".plot-overlay svg");
        let colours = page.run(COLOURS);
        let luminance = |colour: &Value| {
            let part = |place: usize| {
                let level = colour[place].as_f64().unwrap() / 255.0;
                if level <= 0.040_45 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2)
        };
        let (one, other) = (luminance(&colours[0]) + 0.05, luminance(&colours[1]) + 0.05);
        assert!(one.max(other) / one.min(other) >= 3.0, "{theme:?}: {colours}");
        // No hue.
        let levels = [0, 1, 2].map(|place| colours[0][place].as_i64().unwrap());
        assert!(levels.iter().max().unwrap() - levels.iter().min().unwrap() <= 24, "{theme:?}: {colours}");
    }
}

#[test]
fn a_pair_of_heat_maps_stands_together_on_a_phone() {
    let page = Page::open("explore?data=wine&method=layer-norm");
    page.resize(PHONE);
    wait_until_painted(&page);
    let tops = "[...document.querySelectorAll('.pair canvas')].map(one => one.getBoundingClientRect().top)";
    page.wait_until(&format!("({tops}).length === 2 && new Set({tops}).size === 1"));
    assert_eq!(page.value("document.documentElement.scrollWidth <= innerWidth"), true);
}

/// Lists that are narrower than what is chosen in them.
const CUT: &str = "
    const pen = new OffscreenCanvas(1, 1).getContext('2d');
    return [...document.querySelectorAll('select')].filter(one => one.getClientRects().length).filter(one => {
        pen.font = getComputedStyle(one).font;
        // Beside the text: padding, and the arrow.
        return [...one.options].some(option => pen.measureText(option.text).width + 30 > one.clientWidth);
    }).map(one => one.name);";

#[test]
fn what_is_chosen_in_a_list_is_read_in_full() {
    let page = Page::open("");
    for size in [DESKTOP, PHONE] {
        page.resize(size);
        for state in [
            "explore?method=batch-norm&mode=evaluation&with=batch-norm,mode=training",
            "explore?data=activations&seed=1&method=layer-norm",
            "explore?method=robust",
            "explore?method=custom",
        ] {
            page.go(state);
            page.value("[...document.querySelectorAll('.fold:not(.open) .fold-line')].forEach(line => line.click())");
            wait_until_painted(&page);
            // Data sets have names of their own.
            let cut = page.run(CUT);
            let cut: Vec<&Value> = cut.as_array().unwrap().iter().filter(|name| **name != json!("")).collect();
            assert!(cut.is_empty(), "{state} at {size:?}: {cut:?}");
        }
    }
}

#[test]
fn no_line_breaks_inside_a_name() {
    let page = Page::open("");
    for size in [DESKTOP, PHONE, (844, 390)] {
        page.resize(size);
        for state in
            ["explore", "explore?data=iris&method=min-max", "explore?data=breast-cancer", "explore?data=penguins"]
        {
            page.go(state);
            let broken = page.value(
                "[...document.querySelectorAll('.caption .unbroken')].filter(name => name.getClientRects().length > 1)
                    .map(name => name.textContent)",
            );
            assert_eq!(broken, json!([]), "{state} at {size:?}");
        }
    }
    page.go("explore?data=iris&method=min-max");
    assert!(page.count("h1 .unbroken") >= 3);
    assert_eq!(page.value("document.querySelector('h1').textContent.includes('\u{2011}')"), false);
}

#[test]
fn a_setting_without_effect_is_not_offered() {
    let page = Page::open("explore?data=wine&method=layer-norm");
    page.find("[name=eps]");
    assert_eq!(page.count("[name=over]"), 0, "a table has one position");
    page.go("explore?data=activations&seed=1&method=layer-norm");
    page.find("[name=over]");
}

#[test]
fn a_misspelt_data_set_is_one_notice() {
    let page = Page::open("explore?data=ouliers&seed=1&method=min-max");
    wait_for_text(&page, ".notice", "ouliers");
    assert_eq!(page.count(".notice"), 1);
}

#[test]
fn tables_of_experiments_say_that_they_scroll() {
    let page = Page::open("");
    page.resize(PHONE);
    page.go("experiment/nearest?run=1");
    page.wait_until("document.querySelectorAll('.report-table .scroll').length > 0");
    let said = "
        const tables = [...document.querySelectorAll('.report-table')].filter(one => {
            const scroll = one.querySelector('.scroll');
            return scroll.scrollWidth > scroll.clientWidth + 1;
        });
        tables.forEach(one => one.scrollIntoView());
        return [tables.length, tables.filter(one => one.querySelector('.sideways').getBoundingClientRect().height > 10).length];";
    page.wait_for("every table that scrolls says so", |page| {
        let counts = page.run(said);
        counts[0] != json!(0) && counts[0] == counts[1]
    });
}
