//! What happens on the page between a choice and its answer.

use crate::explore::{wait_for_method, wait_until_painted};
use crate::harness::Page;

/// Remembers for how many milliseconds the result was busy when its look changed.
const WATCH: &str = "
    const result = document.getElementById('result');
    let busy = NaN;
    window.waits = [];
    new MutationObserver(records => records.forEach(({ attributeName }) => {
        if (attributeName === 'aria-busy') busy = result.ariaBusy === 'true' ? performance.now() : NaN;
        else if (result.className !== 'result') waits.push(performance.now() - busy);
    })).observe(result, { attributeFilter: ['aria-busy', 'class'] });";

#[test]
fn the_result_fades_only_when_an_answer_takes_its_time() {
    let page = Page::open("explore?data=normal&seed=1&g.rows=1000000&g.columns=10&method=z-score");
    wait_until_painted(&page);
    page.run(WATCH);
    // Whoever asks again before there was an answer waits.
    let opacity = page.run(
        "const opacity = () => Number(getComputedStyle(document.querySelector('.caption')).opacity);
         const start = performance.now();
         for (let turn = 0; opacity() === 1 && performance.now() - start < 10000; turn++) {
             document.querySelector(`[data-method=${['robust', 'layer-norm'][turn % 2]}]`).click();
             await new Promise(done => setTimeout(done, 50));
         }
         return opacity();",
    );
    assert!(opacity.as_f64().unwrap() < 1.0, "the opacity is {opacity}");
    let waits: Vec<f64> = page.value("waits").as_array().unwrap().iter().map(|wait| wait.as_f64().unwrap()).collect();
    assert!(!waits.is_empty() && waits.iter().all(|wait| *wait > 240.0), "{waits:?} ms");
    page.wait_until("getComputedStyle(document.querySelector('.caption')).opacity === '1'");
    assert_eq!(page.value("document.getElementById('result').ariaBusy"), "false");
}

#[test]
fn the_rows_follow_when_the_pictures_are_drawn() {
    let page = Page::open("explore?data=wine&method=z-score");
    wait_until_painted(&page);
    let rows = "[...document.querySelectorAll('.values tbody tr:nth-child(2)')].map(row => row.textContent).join()";
    page.wait_until(&format!("{rows}.length > 0"));
    let before = page.value(rows);
    // No picture is drawn until the test lets it.
    page.run(
        "window.held = [];
         window.draw = window.requestAnimationFrame;
         window.requestAnimationFrame = callback => held.push(callback);",
    );
    page.value("document.querySelector('[data-method=min-max]').click()");
    wait_for_method(&page, "min-max");
    page.wait_until("held.length === 1");
    assert_eq!(page.value(rows), before);
    page.value("draw(held[0])");
    page.wait_for("the rows are those of the other method", |page| page.value(rows) != before);
}

/// What is known of a call stays while nobody shows it, and is asked again only of another view.
#[test]
fn a_study_that_is_opened_again_is_there_at_once() {
    let page = Page::open("explore?data=wine&method=z-score&study=compare");
    page.find("[data-study=compare] .claim");
    wait_until_painted(&page);
    page.run(
        "const post = Worker.prototype.postMessage;
         window.sent = 0;
         Worker.prototype.postMessage = function (...message) { sent += 1; return post.apply(this, message); };",
    );
    page.find("button[data-study=compare]").click();
    page.wait_for("the study is closed", |page| page.count(".study") == 0);
    let shown = page.run(
        "document.querySelector('button[data-study=compare]').click();
         await new Promise(done => new MutationObserver((_, observer) => {
             if (document.querySelector('.study')) { observer.disconnect(); done(); }
         }).observe(document.body, { subtree: true, childList: true }));
         return document.querySelectorAll('.study .claim').length;",
    );
    assert_eq!((shown, page.value("sent")), (1.into(), 0.into()), "nothing had to be asked");
    page.find("[data-method=min-max]").click();
    wait_for_method(&page, "min-max");
    page.wait_until("sent > 1");
}
