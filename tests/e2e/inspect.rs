//! Where a number comes from: any value is asked by keyboard, and the answer follows the method.

use crate::explore::{choose_method, paste, wait_for_features, wait_for_text, wait_until_painted};
use crate::harness::Page;

const RIGHT: &str = "\u{e014}";
const DOWN: &str = "\u{e015}";

/// The steps as they stand there: name, how, result.
const STEPS: &str =
    "[...document.querySelectorAll('.arithmetic li')].map(step => step.innerText.replace(/\\s+/g, ' ').trim())";

#[test]
fn the_arithmetic_of_a_chosen_value_follows_keys_and_methods() {
    let page = Page::open("");
    paste(&page, "a\tb\n2\t10\n4\t50\n6\t90\n");
    wait_for_features(&page, &["a", "b"]);
    choose_method(&page, "z-score");
    assert_eq!(page.count(".inspector"), 0, "nothing is chosen yet");
    page.value("document.querySelector('[role=grid]').focus()");
    // Two lines a row.
    for _ in 0..4 {
        page.press(DOWN);
    }
    wait_for_text(
        &page,
        ".inspector .cap",
        "a of row 3 is 6. Its mean and standard deviation come from all 3 values of a.",
    );
    let expected = ["mean (2 + 4 + 6) / 3 = 12 / 3 = 4", "divided by the scale 2 / 1.633 = 1.225"];
    page.wait_for("the steps", |page| {
        let steps = page.value(STEPS);
        let steps = steps.as_array().unwrap();
        steps.len() == 5 && steps[0] == expected[0] && steps[4] == expected[1]
    });
    page.press(RIGHT);
    wait_for_text(&page, ".inspector .cap", "b of row 3 is 90.");
    choose_method(&page, "layer-norm");
    wait_for_text(&page, ".inspector .cap", "come from both values of row 3.");
    page.find(".inspector input[type=checkbox]").click();
    wait_for_text(&page, ".arithmetic .how", "eps 0.00001");
    wait_until_painted(&page);
}

/// A value is tried, by keyboard and with the slider, and kept.
#[test]
fn what_if_the_chosen_value_were_another() {
    let page = Page::open("explore?data=wine&method=batch-norm&pick=3.1");
    wait_for_text(&page, ".inspector .cap", "alcohol of row 3 is 13.16.");
    page.find("[name=what-if]").fill("15");
    let told = "[aria-labelledby=what-if] [aria-live]";
    wait_for_text(&page, told, "If alcohol of row 3 were 15 instead of 13.16");
    wait_for_text(&page, told, "All 177 other outputs of alcohol would move");
    page.value(
        "(slider => { slider.value = 14.5; slider.dispatchEvent(new InputEvent('input', { bubbles: true })); }) \
         (document.querySelector('.what-if [type=range]'))",
    );
    wait_for_text(&page, told, "If alcohol of row 3 were 14.5 instead of 13.16");
    choose_method(&page, "layer-norm");
    wait_for_text(&page, told, "All 12 other outputs of row 3 would move");
    wait_for_text(&page, told, "No other row would move.");
    let keep = page.count(".what-if button");
    page.value(&format!("document.querySelectorAll('.what-if button')[{}].click()", keep - 1));
    wait_for_text(&page, ".inspector .cap", "alcohol of row 3 is 14.5.");
    assert!(page.address().contains("edits=3.1=14.5"), "{}", page.address());
    page.wait_for("no question any more", |page| page.count(&format!("{told} p")) == 0);
    wait_until_painted(&page);
}

/// What cannot be answered says why, where it was asked, and nowhere else.
#[test]
fn a_value_that_cannot_be_traced_says_so_in_its_place() {
    let page = Page::open("explore?data=wine&method=batch-norm&pick=3.1&study=batches");
    wait_for_text(&page, ".inspector .cap", "alcohol of row 3 is 13.16.");
    page.find("[data-study=batches] .found");
    page.go("explore?data=wine&method=group-norm&groups=5&pick=4.1&study=compare");
    wait_for_text(&page, ".inspector .problem", "There is no result of the chosen method to take this from.");
    assert_eq!(page.count(".study .problem"), 0, "the study is another question");
    page.go("explore?data=wine&method=batch-norm&pick=900.1&study=batches");
    wait_for_text(&page, ".inspector .problem", "is not in these data");
    page.find("[data-study=batches] .found");
    assert_eq!(page.count(".study .problem"), 0);
    wait_until_painted(&page);
}

#[test]
fn a_method_of_ones_own_is_called_by_its_name() {
    let page = Page::open("explore?data=wine&method=custom");
    wait_for_text(&page, ".caption .sub", "This is z-score.");
    wait_until_painted(&page);
}

/// Columns and rows of the table that are highlighted as the group of the chosen value.
const HIGHLIGHTED: &str = "(() => {
    const cells = [...document.querySelectorAll('.values .same-group')];
    const of = (one) => [Number(one.closest('tr').dataset.line) >> 1, Number(one.dataset.c)];
    const all = cells.map(of);
    return [new Set(all.map((place) => place[0])).size, new Set(all.map((place) => place[1])).size];
})()";

/// Whether the group is drawn over the first plot.
const DRAWN: &str = "(document.querySelector('.plot-overlay .same-group')?.getAttribute('d') ?? '').length > 0";

/// With every method and one of one's own: a cell chosen by keyboard, its arithmetic ends at the value of the table, and its
/// group is highlighted in the table, in the plot and in the heat map.
#[test]
fn every_method_explains_a_cell_and_lights_its_group() {
    let page = Page::open("explore?data=wine&cols=alcohol,malic_acid,ash,hue");
    wait_until_painted(&page);
    page.value("document.querySelector('[role=grid]').focus()");
    // Two lines a row.
    for _ in 0..4 {
        page.press(DOWN);
    }
    page.press(RIGHT);
    wait_for_text(&page, ".inspector .cap", "malic_acid of row 3 is 2.36.");
    let by_feature = ["min-max", "z-score", "robust", "max-abs", "batch-norm", "custom"];
    let by_example = ["layer-norm", "rms-norm", "unit-length"];
    let alone = ["instance-norm"];
    for method in by_feature.into_iter().chain(by_example).chain(alone).chain(["group-norm"]) {
        page.find(&format!("button[data-method={method}]")).click();
        page.wait_until(&format!("document.querySelector('button[data-method={method}]').ariaPressed === 'true'"));
        let told = "[...document.querySelectorAll('.arithmetic .outcome b')].at(-1)?.textContent";
        let after = "document.querySelectorAll('.values .picked')[1]?.textContent";
        page.wait_for("the result of the table", |page| {
            let told = page.value(told);
            told.is_string() && told == page.value(after)
        });
        page.wait_until(DRAWN);
        page.wait_for("the group in the table", |page| {
            let highlighted = page.value(HIGHLIGHTED);
            let (rows, columns) = (highlighted[0].as_u64().unwrap(), highlighted[1].as_u64().unwrap());
            match method {
                _ if by_feature.contains(&method) => rows > 5 && columns == 1,
                _ if by_example.contains(&method) => (rows, columns) == (1, 4),
                "instance-norm" => (rows, columns) == (1, 1),
                _ => rows == 1,
            }
        });
        page.run("[...document.querySelectorAll('.views button')].find(one => one.textContent === 'Heat map').click()");
        wait_until_painted(&page);
        page.wait_until(&format!("document.querySelector('.plot-overlay.shaded') && {DRAWN}"));
        page.run(
            "[...document.querySelectorAll('.views button')].find(one => one.textContent === 'Histogram').click()",
        );
        wait_until_painted(&page);
    }
}

/// The steps come one by one, in the picture and in the arithmetic, and a symbol and its number light up together.
#[test]
fn the_way_of_a_value_is_walked_step_by_step() {
    let page = Page::open("explore?data=wine&pick=3.1");
    wait_for_text(&page, ".inspector .cap", "row 3");
    let seen =
        "[document.querySelectorAll('.arithmetic li:not(.unseen)').length, document.querySelectorAll('.line').length,
        document.querySelectorAll('.reach').length]";
    let step = |label: &str| {
        page.run(&format!(
            "[...document.querySelectorAll('.steps button')].find(one => one.textContent === '{label}').click()"
        ));
    };
    let wait = |expected: [u64; 3]| page.wait_for("the step", |page| page.value(seen) == serde_json::json!(expected));
    wait([5, 3, 3]);
    let number = |key: &str| page.value(&format!("document.querySelector('dl [data-s={key}] b').textContent"));
    let result = number("y");
    step("Restart");
    wait([0, 1, 0]);
    assert_eq!([number("c"), number("y")], ["?", "?"], "the symbols give nothing away");
    step("Next step");
    wait([1, 1, 0]);
    assert_eq!([number("c"), number("y")], ["13", "?"]);
    step("Next step");
    step("Next step");
    wait([3, 1, 1]);
    step("Next step");
    wait([4, 2, 2]);
    step("Previous step");
    wait([3, 1, 1]);
    page.run("[...document.querySelectorAll('.steps button')].find(one => one.textContent === 'All steps').focus()");
    step("All steps");
    wait([5, 3, 3]);
    assert_eq!(number("y"), result);
    let focused = page.value("document.activeElement.textContent");
    assert_eq!(focused, "All steps", "the focus stays where there is no further step");
    page.run("document.querySelector('.depth-symbols div[data-s=s]').focus()");
    page.wait_until("document.querySelector('.depths').dataset.highlight === 's'");
    let shade = |on: &str| page.value(&format!("getComputedStyle(document.querySelector('{on}')).backgroundColor"));
    assert_eq!(shade(".depth-symbols mi[data-s=s]"), shade(".arithmetic [data-s=s]"));
    assert_ne!(shade(".depth-symbols mi[data-s=s]"), shade(".depth-symbols mi[data-s=x]"));
}

/// Who goes from value to value stays at the depth and the step where he is.
#[test]
fn depth_and_step_are_kept_when_another_value_is_picked() {
    let page = Page::open("explore?data=wine&pick=3.1");
    wait_for_text(&page, ".inspector .cap", "row 3");
    let press = |label: &str| {
        page.run(&format!(
            "[...document.querySelectorAll('.steps button')].find(one => one.textContent === '{label}').click()"
        ));
    };
    press("Picture");
    press("Restart");
    press("Next step");
    let stand = "[document.querySelector('.depths').dataset.depth,
        document.querySelectorAll('.arithmetic li:not(.unseen)').length]";
    page.wait_for("the step", |page| page.value(stand) == serde_json::json!(["picture", 1]));
    page.run(
        "window.gone = 0; new MutationObserver(() => { if (!document.querySelector('.inspector')) window.gone++; })
            .observe(document.body, { subtree: true, childList: true })",
    );
    page.value("document.querySelector('[role=grid]').focus()");
    // Two lines a row.
    page.press(&format!("{DOWN}{DOWN}"));
    wait_for_text(&page, ".inspector .cap", "of row 4 ");
    assert_eq!(page.value(stand), serde_json::json!(["picture", 1]));
    assert_eq!(page.value("window.gone"), 0, "the explanation never went away");
}

/// The derivative by the value itself is that of the formula, with the statistics that the page has; a method that it is not
/// explained for says so.
#[test]
fn the_gradient_of_a_chosen_value_is_explained() {
    let page = Page::open("explore?data=wine&method=z-score&pick=3.1");
    wait_for_text(&page, ".inspector .cap", "come from all 178 values of alcohol.");
    page.run("document.querySelector('.inspector .precise input').click()");
    page.find(".depths.precise");
    let number = |list: &str, name: &str| {
        let found = page.value(&format!(
            "[...document.querySelectorAll('{list} li')].find(one => one.querySelector('.step-name').textContent === '{name}')
                ?.querySelector('b').textContent.replace('−', '-')"
        ));
        found.as_str().unwrap_or_else(|| panic!("{name}")).parse::<f64>().unwrap()
    };
    let arithmetic = ".depth-arithmetic";
    let (mean, scale) = (number(arithmetic, "mean"), number(arithmetic, "scale"));
    assert_eq!(page.count(".depth-gradient"), 0);
    let shown = "[...document.querySelectorAll('.steps .choice button')].filter(one => one.checkVisibility())";
    page.run(&format!("{shown}.find(one => one.textContent === 'Gradient').click()"));
    page.find(".depth-gradient li");
    let (n, xhat) = (178.0, (13.16 - mean) / scale);
    let own = (1.0 - 1.0 / n - xhat * xhat / n) / scale;
    let found = number(".depth-gradient", "by the value itself");
    assert!((found - own).abs() < 1e-12, "{found} {own}");
    assert_eq!(number(".depth-gradient", "sum over the group"), 0.0);
    let seen = |css: &str| page.value(&format!("document.querySelector('{css}').checkVisibility()"));
    for hidden in [".depth-picture", ".depth-arithmetic", ".depth-symbols", "[aria-label=\"Step by step\"]"] {
        assert_eq!(seen(hidden), false, "{hidden}");
    }
    page.resize((390, 844));
    page.wait_until(&format!("{shown}.find(one => one.ariaPressed === 'true')?.textContent === 'Gradient'"));
    assert_eq!(page.value("document.documentElement.scrollWidth <= innerWidth"), true, "sideways");
    // Its button is folded away there.
    page.run("document.querySelector('[data-method=min-max]').click()");
    wait_for_text(&page, ".depth-gradient .cap", "this one subtracts the minimum and divides by the range.");
    assert_eq!(page.count(".depth-gradient li"), 0);
    page.run(&format!("{shown}.find(one => one.textContent === 'Arithmetic').click()"));
    page.wait_until("document.querySelector('.depth-arithmetic').checkVisibility()");
    assert_eq!((page.count(".depth-gradient"), seen("[aria-label=\"Step by step\"]")), (0, true.into()));
}

/// The cursor stands in the first cell before anybody put it there: a click on it asks for it like for any other.
#[test]
fn a_click_on_the_first_cell_asks_for_it() {
    let page = Page::open("explore?data=wine");
    wait_until_painted(&page);
    let cell = "[role=gridcell].cursor";
    page.find(cell).click();
    wait_for_text(&page, ".inspector .cap", "alcohol of row 1 is 14.23.");
    assert_eq!(page.count("[role=gridcell] input"), 0, "asked for, not edited");
    page.find(cell).click();
    page.find("[role=gridcell] input");
}

/// Dashed marks show where a tried value would be, in both plots, as long as it is tried out.
#[test]
fn a_tried_value_has_ghosts_in_both_plots() {
    let page = Page::open("explore?data=wine&cols=alcohol&pick=3.1");
    let ghosts = |page: &Page| page.count(".pair .plot-overlay .ghost[d^=M]");
    page.find("[name=what-if]");
    assert_eq!((ghosts(&page), page.count(".pair .plot-overlay .highlighted")), (0, 2));
    page.find("[name=what-if]").fill("14");
    page.wait_for("the ghosts", |page| ghosts(page) == 2);
    assert_eq!(page.count(".pair .plot-overlay .highlighted"), 2, "the value as it is stays");
    page.run("[...document.querySelectorAll('.what-if button')].find(one => one.textContent === 'Undo').click()");
    page.wait_for("no ghosts", |page| ghosts(page) == 0);
}

/// A bar has members, and each can be asked.
/// 37 of the wines have 13 to 13.5% of alcohol.
#[test]
fn all_members_of_a_bar_can_be_named() {
    let page = Page::open("explore?data=wine&cols=alcohol&pick=1b13~13.5");
    let named =
        "[...document.querySelectorAll('section:has(#members) button')].filter(one => /^Row/.test(one.textContent))";
    page.wait_until(&format!("{named}.length === 10"));
    let more = page.find("section:has(#members) button:last-of-type");
    assert_eq!(more.text(), "27 more");
    more.click();
    page.wait_until(&format!("{named}.length === 37"));
    assert_eq!(page.count("section:has(#members) button"), 37);
}

#[test]
fn a_member_of_a_bar_is_asked() {
    let page = Page::open("explore?data=wine&cols=alcohol&pick=1b14.5~15");
    wait_for_text(&page, "#members", "Choose a value");
    page.find("section:has(#members) button").click();
    wait_for_text(&page, ".inspector .cap", "alcohol of row ");
    page.wait_for("the bar is let go", |page| page.count("#members") == 0);
}
