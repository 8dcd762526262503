//! Networks that train in the tab: pauses and steps, what stands behind cells, and activations that open in Explore.

use std::collections::BTreeSet;

use crate::explore::{wait_for_text, wait_until_painted};
use crate::harness::Page;

const TAB: char = '\u{e004}';
const SHIFT: char = '\u{e008}';
const ENTER: &str = "\u{e007}";

/// A run that is long enough to be paused.
const RUN: &str = "experiment/learning-rates?steps=60";
/// Its button in the page, once there is one.
const PAUSE: &str = "[...document.querySelectorAll('.running button')].find(one => one.textContent === 'Pause')";
const START: &str = "document.querySelector('button.run').click()";
/// Sentences and tables of the outcome.
const OUTCOME: &str =
    "[...document.querySelectorAll('h1, .sub, .report-table')].map(one => one.textContent).join(' | ')";
const LOSSES: &str = "(document.querySelector('[data-figure=losses] canvas')?.ariaLabel ?? null)";
const STATUS: &str = "(document.querySelector('.experiment-head [role=status]')?.textContent ?? '')";

fn press(page: &Page, button: &str) {
    let found =
        format!("[...document.querySelectorAll('.running button')].find(one => one.textContent === '{button}')");
    page.wait_until(&format!("!!{found}"));
    page.run(&format!("{found}.click()"));
}

/// Does `cause` in the page, and `then` as soon as the run can be paused: the worker does not wait for a slow browser.
fn once_running(page: &Page, cause: &str, then: &str) {
    page.run(&format!(
        "new MutationObserver((_, observer) => {{
             if (!{PAUSE}) return;
             observer.disconnect();
             {then};
             window.was_running = true;
         }}).observe(document.body, {{ childList: true, characterData: true, subtree: true }});
         window.was_running = false;
         {cause};"
    ));
    page.wait_until(&format!("window.was_running && {STATUS}.startsWith('Paused at ')"));
}

fn wait_for_end(page: &Page) {
    page.wait_until(&format!("{STATUS}.startsWith('Done.')"));
    page.wait_until("document.querySelector('.result').ariaBusy === 'false'");
}

#[test]
fn a_run_that_is_paused_and_stepped_ends_as_if_it_had_not_been() {
    let page = Page::open(RUN);
    once_running(&page, START, &format!("{PAUSE}.click()"));
    for _ in 0..3 {
        let before = page.value(LOSSES);
        press(&page, "Step");
        page.wait_until(&format!("{LOSSES} !== {before}"));
    }
    let here = page.value("document.querySelector('.running progress').value");
    press(&page, "Continue");
    wait_for_end(&page);
    let paused = page.value(OUTCOME);
    assert!(here.as_f64().unwrap() < 0.5, "{here}");
    // From the start again, without a pause.
    page.reload();
    wait_for_end(&page);
    assert_eq!(page.value(OUTCOME), paused);
}

/// What the button or the element says that has the focus.
const FOCUSED: &str = "document.activeElement.id || document.activeElement.textContent";

#[test]
fn a_run_is_watched_with_the_keyboard_alone_and_the_focus_is_never_lost() {
    let page = Page::open(RUN);
    once_running(&page, START, &format!("{PAUSE}.focus(); {PAUSE}.click()"));
    page.wait_until(&format!("({FOCUSED}) === 'Continue'"));
    let before = page.value(LOSSES);
    page.press(&TAB.to_string());
    assert_eq!(page.value(FOCUSED), "Step");
    page.press(ENTER);
    page.wait_until(&format!("{LOSSES} !== {before}"));
    assert_eq!(page.value(FOCUSED), "Step");
    page.press_holding(SHIFT, TAB);
    page.press(ENTER);
    page.wait_until(&format!("!{STATUS}.startsWith('Paused at ')"));
    assert_ne!(page.value("document.activeElement === document.body"), true);
    // The buttons go with the run.
    wait_for_end(&page);
    assert_eq!(page.value(FOCUSED), "result");
    page.run("document.querySelector('.player button').focus()");
    page.press(ENTER);
    page.wait_until("document.querySelector('.player output').textContent.startsWith('step 1:')");
    assert_eq!(page.value(FOCUSED), "Rewind");
    // What plays is not told frame by frame.
    assert_eq!(page.value("document.querySelector('.player output').ariaLive"), "polite");
    page.press(&TAB.to_string());
    page.press(ENTER);
    page.wait_until("document.querySelector('.player output').ariaLive === 'off'");
    page.press(ENTER);
    page.wait_until("document.querySelector('.player output').ariaLive === 'polite'");
    let names = page.value("[...document.querySelectorAll('.limits li > button')].map(button => button.ariaLabel)");
    let names: BTreeSet<&str> = names.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert!(names.len() > 2 && names.iter().all(|name| name.starts_with("Show it: ")), "{names:?}");
}

#[test]
fn a_run_waits_while_its_tab_is_hidden_and_a_paused_one_stays_so() {
    let page = Page::open(RUN);
    let hide = |hidden: bool| {
        format!(
            "Object.defineProperty(document, 'hidden', {{ configurable: true, get: () => {hidden} }});
             document.dispatchEvent(new Event('visibilitychange'))"
        )
    };
    once_running(&page, START, &hide(true));
    // It goes on, and is paused by hand.
    once_running(&page, &hide(false), &format!("{PAUSE}.click()"));
    page.run(&hide(true));
    page.run(&hide(false));
    assert!(page.value(STATUS).as_str().unwrap().starts_with("Paused at "));
    press(&page, "Continue");
    wait_for_end(&page);
}

#[test]
fn a_cell_of_the_map_opens_its_runs() {
    let page = Page::open("experiment/learning-rates?steps=20&run=1");
    wait_for_end(&page);
    page.run(
        "const list = document.querySelector('[data-figure=map] .choose-and-open select');
         list.selectedIndex = 1;
         list.closest('p').querySelector('button').click();",
    );
    page.wait_until("location.hash.includes('rate=0.1&') || location.hash.endsWith('rate=0.1')");
    wait_for_text(&page, "h1", "At learning rate 0.1");
    wait_for_end(&page);
    // By the mouse: somewhere in the middle, which is none of the first two rates.
    page.run(
        "const cells = document.querySelector('[data-figure=map] .cell-links'), at = cells.getBoundingClientRect();
         cells.dispatchEvent(new MouseEvent('click',
             { bubbles: true, clientX: at.x + at.width * 0.5, clientY: at.y + at.height * 0.5 }));",
    );
    page.wait_until("/rate=(0.3|1)(&|$)/.test(location.hash) || !location.hash.includes('rate=')");
    assert!(page.address().contains("steps=20"), "{}", page.address());
}

/// Opens what a layer gave in Explore.
fn open_array(page: &Page, title: &str) {
    page.run(&format!(
        "const list = document.querySelector('.arrays select');
         list.selectedIndex = [...list.options].findIndex(one => one.textContent === '{title}');
         list.closest('p').querySelector('button').click();"
    ));
    page.wait_until("location.hash.startsWith('#/explore?')");
    wait_until_painted(page);
}

#[test]
fn activations_open_in_explore_and_back_leads_to_the_run() {
    let page = Page::open("experiment/learning-rates?steps=20&rate=0.1&run=1");
    wait_for_end(&page);
    let run = page.address();
    open_array(&page, "BatchNorm, linear 3");
    assert!(page.address().contains("batchnorm-linear-3.npy"), "{}", page.address());
    wait_for_text(&page, "main", "64 rows");
    page.back();
    page.wait_until("location.hash.startsWith('#/experiment/learning-rates')");
    assert_eq!(page.address(), run);
    wait_for_end(&page);
}

#[test]
fn what_a_convolution_gave_opens_with_its_channels_and_positions() {
    let page = Page::open("experiment/images?epochs=1&batch=256&run=1");
    wait_for_end(&page);
    open_array(&page, "InstanceNorm, convolution 2");
    wait_for_text(&page, ".reading .about", "Axes read as examples (256), features (16), positions (16).");
}
