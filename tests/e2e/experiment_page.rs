//! The pages of experiments: from the head to a prediction, a run, its gap, and back; own tables; addresses with mistakes.

use crate::explore::{TEXT, choose, heading, paste, wait_for_text, wait_until_painted};
use crate::harness::{DESKTOP, PHONE, Page};
use normlab_experiments::all;
use normlab_report::UserTableSupport;

const ENTER: &str = "\u{e007}";
const CTRL: char = '\u{e009}';

fn wait_for_report(page: &Page) {
    page.wait_until("document.querySelectorAll('[data-figure] canvas').length > 0");
}

/// Presses the focused element's Enter after the focus was put there.
fn enter_at(page: &Page, css: &str) {
    page.find(css);
    page.value(&format!("document.querySelector({css:?}).focus()"));
    page.press(ENTER);
}

#[test]
fn the_head_leads_to_an_experiment_and_back_to_what_was_chosen() {
    let page = Page::open("explore?data=iris&method=robust");
    wait_until_painted(&page);
    page.find(".pages a[href='#/experiments']").click();
    wait_for_text(&page, "main h1", "Experiments");
    page.wait_until("document.activeElement.id === 'result'");
    page.find("a[href='#/experiment/nearest']").click();
    wait_for_text(&page, "main h1", "Does one feature drown the others?");
    page.wait_until("document.title.startsWith('Does one feature')");
    page.find(".pages a").click();
    page.wait_until("document.querySelector('[data-method=robust]')?.getAttribute('aria-pressed') === 'true'");
    assert!(page.address().contains("data=iris"), "{}", page.address());
    page.back();
    wait_for_text(&page, "main h1", "Does one feature drown the others?");
    page.back();
    wait_for_text(&page, "main h1", "Experiments");
}

#[test]
fn a_prediction_is_made_by_keyboard_kept_and_compared() {
    let page = Page::open("experiment/nearest");
    page.find("input[name=share]");
    page.value("document.querySelector('input[name=share]').focus()");
    page.press("50");
    // From the third place to the first: the focus stays on the button.
    enter_at(&page, "[aria-label='Move z-score up']");
    page.wait_until("document.activeElement.ariaLabel === 'Move z-score up'");
    page.press(ENTER);
    page.wait_until("document.querySelector('.order li').textContent.startsWith('z-score')");
    enter_at(&page, ".run");
    wait_for_report(&page);
    page.wait_until("document.activeElement.id === 'result'");
    let gaps = "[...document.querySelectorAll('.gap')].map(gap => gap.textContent).join(' | ')";
    let told = "You said 50%; it is 99.77%: 49.77 points too low. | Your order has 3 of 6 pairs right; min-max comes before raw.";
    page.wait_until(&format!("({gaps}) === {told:?}"));
    page.wait_until("document.querySelector('h1').textContent.includes('124 of 178')");
    page.reload();
    wait_for_report(&page);
    page.wait_until(&format!("({gaps}) === {told:?}"));
}

#[test]
fn settings_are_steps_that_can_be_undone_and_a_limit_leads_to_its_headline() {
    let page = Page::open("experiment/nearest?run=1");
    wait_for_report(&page);
    let first = heading(&page);
    choose(&page, "select[name=scaling]", "robust");
    page.wait_until("document.querySelector('h1').textContent.includes('170')");
    page.press_holding(CTRL, 'z');
    wait_for_text(&page, "main h1", &first);
    assert!(!page.address().contains("scaling"), "{}", page.address());
    let limit = "[...document.querySelectorAll('.limits li')].find(one => one.textContent.includes('Iris'))";
    page.value(&format!("{limit}.querySelector('button').click()"));
    page.wait_until("location.hash.includes('data=iris')");
    page.wait_until("document.querySelector('h1').textContent.includes('150')");
    page.wait_until(
        "document.activeElement.id === 'result' && document.querySelector('h1').getBoundingClientRect().top >= 0",
    );
    page.back();
    wait_for_text(&page, "main h1", &first);
}

#[test]
fn the_table_that_is_open_in_explore_is_used_and_survives_a_reload() {
    let rows: String =
        (0..40).map(|i| format!("{},{},{}\n", i * 7 % 11, i * 1000, if i < 20 { "low" } else { "high" })).collect();
    let page = Page::open("explore");
    wait_until_painted(&page);
    paste(&page, &format!("a,income,kind\n{rows}"));
    page.wait_until("document.querySelector('.data .cap')?.textContent.includes('40 examples')");
    page.find(".pages a[href='#/experiments']").click();
    page.find("a[href='#/experiment/nearest']").click();
    page.find("select.source");
    choose(&page, "select.source", "/mine");
    choose(&page, "select[name=target]", "kind");
    enter_at(&page, ".run");
    wait_for_report(&page);
    wait_for_text(&page, "main h1", "of 40");
    let told = heading(&page);
    page.reload();
    wait_for_report(&page);
    wait_for_text(&page, "main h1", &told);
}

/// The place of a handle on its figure is where the setting is, whoever set it.
#[test]
fn the_start_of_gradient_descent_is_dragged() {
    let page = Page::open("experiment/descent?run=1");
    wait_for_report(&page);
    let told = heading(&page);
    let handle = "[data-figure=raw] .handle";
    page.find(handle);
    let place = |page: &Page| {
        page.value(&format!(
            "(() => {{ const at = document.querySelector({handle:?}).style; return [at.left, at.top]; }})()"
        ))
    };
    let before = place(&page);
    // Handles are 44 pixels wide: this is 66 to the right and 44 up.
    page.drag(handle, &[(0.5, 0.5), (1.0, 0.0), (2.0, -0.5)]);
    page.wait_until("/start1=[\\d.]+&start2=[\\d.]+/.test(location.hash)");
    page.wait_until("document.querySelector('.experiment > .result').getAttribute('aria-busy') === 'false'");
    assert_ne!(place(&page), before);
    assert_ne!(heading(&page), told);
    // Slider and field have the same value.
    page.wait_until("location.hash.includes('start1=' + document.querySelector('input[name=start1]').value + '&')");
    // One step of the history.
    page.press_holding(CTRL, 'z');
    page.wait_until("!location.hash.includes('start1')");
    wait_for_text(&page, "main h1", &told);
    page.wait_until(&format!(
        "(() => {{ const at = document.querySelector({handle:?}).style; return at.left === {} && at.top === {}; }})()",
        before[0], before[1]
    ));
}

#[test]
fn a_handle_is_dragged_with_a_finger_and_the_page_does_not_scroll() {
    let page = Page::open("experiment/outliers?run=1");
    page.resize(PHONE);
    wait_for_report(&page);
    let handle = "[data-figure=before] .handle";
    page.find(handle);
    let at = page.value(&format!(
        "(() => {{ const element = document.querySelector({handle:?}); element.scrollIntoView({{ block: 'center' }});
            const box = element.getBoundingClientRect(); return [box.x + 22, box.y + 22, scrollY]; }})()"
    ));
    let [x, y, scrolled] = [0, 1, 2].map(|index| at[index].as_f64().unwrap());
    let touch = |kind: &str, points: serde_json::Value| {
        page.devtools("Input.dispatchTouchEvent", &serde_json::json!({ "type": kind, "touchPoints": points }));
    };
    touch("touchStart", serde_json::json!([{ "x": x, "y": y }]));
    for step in 1..=5 {
        touch("touchMove", serde_json::json!([{ "x": x + 10.0 * f64::from(step), "y": y - 12.0 * f64::from(step) }]));
    }
    touch("touchEnd", serde_json::json!([]));
    page.wait_until("/far=\\d+/.test(location.hash)");
    page.wait_until("+document.querySelector('input[name=far]').value > 10");
    assert_eq!(page.value("scrollY").as_f64(), Some(scrolled));
}

#[test]
fn every_figure_has_its_numbers_and_can_be_saved() {
    let page = Page::open("");
    for slug in ["nearest", "descent", "outliers", "leakage", "shape", "numerics", "style"] {
        page.go(&format!("experiment/{slug}?run=1"));
        wait_for_report(&page);
        page.wait_until("document.querySelector('.experiment > .result').getAttribute('aria-busy') === 'false'");
        page.value("document.querySelectorAll('[data-figure] summary').forEach(summary => summary.click())");
        page.wait_until(
            "[...document.querySelectorAll('[data-figure]')].every(figure => figure.querySelectorAll('details tbody tr').length > 0
                && ['PNG', 'SVG'].every(kind => figure.querySelector('[aria-label^=\"Save as ' + kind + '\"]')))",
        );
    }
}

/// The field takes a learning rate of 1e30; no place of a slider up to there could be chosen.
#[test]
fn a_run_that_diverges_says_where_and_its_remedy_is_a_click_away() {
    let page = Page::open("experiment/images?epochs=1&batch=256");
    let slider = "document.querySelector('input[aria-label=\"Learning rate at 32: slider\"]')";
    page.wait_until(&format!("{slider}?.getAttribute('aria-valuetext') === '0.2'"));
    page.value(&format!(
        "{slider}.value = {slider}.max, {slider}.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))"
    ));
    page.wait_until("/rate=10(&|$)/.test(location.hash)");
    page.go("experiment/images?epochs=1&batch=256&rate=1e30&run=1");
    wait_for_text(&page, "main h1", "The network without normalization diverges in step 2, in layer ");
    page.wait_until("document.querySelector('.experiment > .result').getAttribute('aria-busy') === 'false'");
    page.value(
        "[...document.querySelectorAll('.limits li button')].find(one => one.textContent === 'Show it').click()",
    );
    page.wait_until("/rate=0.2/.test(location.hash)");
    wait_for_text(&page, "main h1", "the network with BatchNorm gets ");
    assert!(page.address().contains("batch=256"), "{}", page.address());
}

#[test]
fn skip_links_lead_past_the_head() {
    let page = Page::open("experiment/nearest?run=1");
    wait_for_report(&page);
    for (text, goal) in [
        ("Skip to the result", "#result"),
        ("Skip to the figures", "[data-figure] summary"),
        ("Skip to the tables", ".report-table .scroll"),
        ("Skip to data and settings", ".controls *"),
    ] {
        page.value(&format!(
            "[...document.querySelectorAll('.skip')].find(link => link.textContent === {text:?}).click()"
        ));
        page.wait_until(&format!("document.activeElement.matches({goal:?})"));
        assert!(page.address().contains("experiment/nearest?run=1"));
    }
}

#[test]
fn explore_leads_to_the_experiments_that_can_use_its_data_and_back() {
    let page = Page::open("explore?data=iris&method=robust&fit=train");
    wait_until_painted(&page);
    page.find(".claims a").click();
    wait_for_text(&page, "main h1", "What does this do to a model?");
    let usable = all().iter().filter(|one| !matches!(one.info().user_table_support, UserTableSupport::No(_))).count();
    let listed = format!("document.querySelectorAll('[data-experiment]').length === {usable}");
    page.wait_until(&listed);
    wait_for_text(&page, "main", "The four numbers are chosen");
    page.reload();
    page.wait_until(&listed);
    page.find("[data-experiment=nearest] a").click();
    wait_for_text(&page, "main h1", "Does one feature drown the others?");
    page.wait_until("location.hash.includes('data=mine') && location.hash.includes('scaling=robust')");
    enter_at(&page, ".run");
    wait_for_report(&page);
    wait_for_text(&page, "main h1", "of 150");
    page.wait_until(&format!("[...document.querySelectorAll('.sub')].some(sub => /the \\d+ training rows that are chosen in Explore/.test({TEXT}(sub)))"));
    page.find(".crumbs a").click();
    page.wait_until("document.querySelector('[data-method=robust]')?.getAttribute('aria-pressed') === 'true'");
    assert!(page.address().contains("data=iris") && page.address().contains("fit=train"), "{}", page.address());
    // A claim of the caption leads to its experiment with the same table.
    page.find(".claims a[href*='/experiment/leakage']").click();
    wait_for_text(&page, "main h1", "Who may see the test set?");
    page.wait_until("location.hash.includes('data=mine')");
}

#[test]
fn the_list_has_a_picture_of_each_outcome_and_what_it_needs() {
    let page = Page::open("experiments");
    // Networks take seconds each, and one is drawn after the other.
    let drawn = format!("document.querySelectorAll('.experiment-list canvas').length === {}", all().len());
    page.wait_minutes_until(&drawn);
    wait_for_text(&page, "[data-experiment=shape] .needs", "Your own table needs a column of numbers.");
    wait_for_text(&page, "[data-experiment=nearest] .needs", "It comes with Wine");
}

/// What is asked is asked of the very data that the run takes.
#[test]
fn a_prediction_is_of_the_seed_of_the_run() {
    let page = Page::open("experiment/shape?seed=3&run=1");
    wait_for_report(&page);
    let told = page.value("document.querySelector('.prediction p').textContent.match(/is ([\\d.]+);/)[1]");
    wait_for_text(&page, "main h1", told.as_str().unwrap());
}

#[test]
fn an_address_with_mistakes_leads_on() {
    let page = Page::open("experiment/nope");
    wait_for_text(&page, "main h1", "This address does not open an experiment");
    page.find("main a[href='#/experiments']");
    page.go("experiment/nearest?k=999&foo=1&run=1");
    wait_for_report(&page);
    wait_for_text(&page, ".experiment [role=alert]", "999");
    wait_for_text(&page, ".experiment [role=alert]", "foo");
}

#[test]
fn no_page_scrolls_sideways() {
    let page = Page::open("");
    for address in ["experiments", "experiment/nearest", "experiment/nearest?run=1", "experiment/nope"] {
        for size in [PHONE, DESKTOP, (320, 640)] {
            page.resize(size);
            page.go(address);
            page.find("main h1");
            page.wait_until("document.documentElement.scrollWidth <= innerWidth");
        }
    }
}
