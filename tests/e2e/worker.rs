//! The worker dies for real, as when memory runs out: it is started again, and nothing is lost.

use crate::explore::{
    Directory, choose, choose_method, drop_file, drop_made, features, statistics, wait_for_features, wait_for_method,
    wait_for_text, wait_until_painted,
};
use crate::harness::Page;
use serde_json::json;

/// Keeps every worker that the page starts where a test finds it.
const KEEP: &str = "
    const Original = window.Worker;
    window.workers = [];
    window.Worker = class extends Original {
        constructor(...args) { super(...args); window.workers.push(this); }
    };";

/// Sends what no page of the same build sends: the worker stops with an error, as it would by any other mistake.
const KILL: &str = "window.workers.at(-1).postMessage([new Uint8Array([255, 255, 255])])";

/// A page whose workers can be killed.
fn page() -> Page {
    let page = Page::open("");
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": KEEP }));
    page.reload();
    assert_eq!(page.value("workers.length"), 1);
    page
}

fn kill(page: &Page) {
    let before = page.value("workers.length").as_u64().unwrap();
    page.value(KILL);
    page.wait_until(&format!("workers.length === {}", before + 1));
}

#[test]
fn a_worker_that_died_is_started_again_with_the_same_data() {
    let page = page();
    page.go("explore?data=wine&method=robust&fit=train&split=3");
    wait_until_painted(&page);
    let shown = statistics(&page);
    page.value("document.querySelectorAll('tbody[data-feature], canvas').forEach(element => element.old = true)");
    kill(&page);
    wait_for_text(&page, ".notice", "stopped unexpectedly");
    // It answers again, the same about the same data; nobody had to ask.
    page.wait_for("no load is under way", |page| page.count(".notice.loading") == 0);
    assert_eq!(statistics(&page), shown);
    wait_until_painted(&page);
    choose_method(&page, "min-max");
    choose_method(&page, "robust");
    assert_eq!(statistics(&page), shown);
    assert_eq!(page.count(".notice"), 1, "one notice for one stop");
    page.find(".notice .dismiss").click();
    page.wait_for("the notice is gone", |page| page.count(".notice") == 0);
}

#[test]
fn own_data_are_loaded_again_too() {
    let page = page();
    drop_file(&page, "mine.csv", "a,b\n1,10\n2,30\n4,20\n");
    wait_for_features(&page, &["a", "b"]);
    let shown = statistics(&page);
    kill(&page);
    wait_for_text(&page, ".notice", "your data are loaded again");
    page.wait_for("no load is under way", |page| page.count(".notice.loading") == 0);
    choose_method(&page, "max-abs");
    assert_eq!(statistics(&page)[0].after[8], 1.0);
    choose_method(&page, "z-score");
    assert_eq!(statistics(&page), shown);
    assert_eq!(page.find("select.source").attribute("value").as_deref().unwrap_or("file"), "file");
}

#[test]
fn a_worker_that_dies_of_a_file_brings_the_earlier_data_back() {
    let page = page();
    page.go("explore?data=wine&method=robust");
    wait_until_painted(&page);
    let (shown, address) = (statistics(&page), page.address());
    // Killed in the middle of it: as soon as it is said how far it is.
    page.run(&format!(
        "const block = '1,2,3,4,5,6,7,8,9,0\\n'.repeat(50_000);
         const bars = new MutationObserver(() => {{
             if (document.querySelector('.notice.loading progress')?.max > 1) {{ bars.disconnect(); {KILL}; }}
         }});
         bars.observe(document.querySelector('.notices'), {{ subtree: true, childList: true, attributes: true }});
         const transfer = new DataTransfer();
         transfer.items.add(new File(Array.from({{ length: 60 }}, () => block), 'deadly.csv'));
         document.body.dispatchEvent(new DragEvent('drop', {{ dataTransfer: transfer, bubbles: true, cancelable: true }}));"
    ));
    wait_for_text(&page, ".notice", "Reading \u{201c}deadly.csv\u{201d} stopped unexpectedly");
    page.wait_for("no load is under way", |page| page.count(".notice.loading") == 0);
    assert_eq!((statistics(&page), page.address()), (shown, address));
    choose_method(&page, "min-max");
}

#[test]
fn a_file_that_was_being_saved_is_named_and_can_be_saved_again() {
    let page = page();
    let directory = Directory::new("again");
    let path = directory.path().to_string_lossy();
    page.devtools("Page.setDownloadBehavior", &json!({ "behavior": "allow", "downloadPath": path }));
    drop_made(&page, "long.csv", "['a,b\\n', ...Array(60).fill('1,2.5\\n3,0.1\\n'.repeat(5_000))]");
    wait_for_features(&page, &["a", "b"]);
    // Killed in the middle of it: as soon as it is said that it is being saved.
    page.run(&format!(
        "const bars = new MutationObserver(() => {{
             if (document.querySelector('.save .loading progress')) {{ bars.disconnect(); {KILL}; }}
         }});
         bars.observe(document.querySelector('.save'), {{ subtree: true, childList: true, attributes: true }});
         document.querySelector('.save .buttons button').click();"
    ));
    wait_for_text(&page, ".notice", "\u{201c}long z-score.csv\u{201d} was not saved, because the calculation stopped.");
    page.wait_until("document.querySelector('.notice .again')?.disabled === false");
    page.find(".notice .again").click();
    let saved = directory.path().join("long z-score.csv");
    page.wait_for("the file is written", |_| saved.metadata().is_ok_and(|file| file.len() > 0));
    page.wait_for("it is said no longer", |page| page.count(".notice .again") == 0);
}

/// Put in front of what a worker runs, so that a test can keep it busy for ever, or end it without a word.
const TIRE: &str = "
    const Plain = window.Blob;
    const listen = `addEventListener('message', (event) => {
        if (event.data === 'hang') for (;;);
        if (event.data === 'end') { event.stopImmediatePropagation(); close(); }
    });`;
    window.Blob = class extends Plain {
        constructor(parts, options) {
            super(/javascript/.test(options?.type) ? [listen, ...parts] : parts, options);
        }
    };";

/// A page whose workers hear these words.
fn tiring(address: &str) -> Page {
    let page = Page::open("");
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": format!("{KEEP}{TIRE}") }));
    page.go(address);
    page.reload();
    wait_until_painted(&page);
    page
}

#[test]
fn a_worker_that_does_not_stop_for_what_is_chosen_since_is_ended() {
    let page = tiring("explore?data=wine&method=robust");
    page.value("workers.at(-1).postMessage('hang')");
    page.find("button[data-method=min-max]").click();
    choose_method(&page, "max-abs");
    wait_for_text(&page, ".notice", "The calculation did not stop when something else was asked for");
    assert_eq!((page.value("workers.length"), page.count(".notice")), (json!(2), 1));
    assert!(page.address().contains("data=wine&method=max-abs"), "{}", page.address());
}

#[test]
fn data_that_are_chosen_while_a_worker_does_not_stop_are_loaded_by_the_next() {
    let page = tiring("explore?data=wine&method=robust");
    page.value("workers.at(-1).postMessage('hang')");
    choose(&page, "select.source", "iris");
    choose(&page, "select.source", "penguins");
    wait_for_text(&page, ".notice", "The calculation did not stop when something else was asked for");
    page.wait_for("penguins are there", |page| features(page).contains(&"bill_depth_mm".to_string()));
    // And where the visitor gives up, what was there comes back.
    let shown = statistics(&page);
    page.value("workers.at(-1).postMessage('hang')");
    choose(&page, "select.source", "iris");
    page.find(".notice.loading button").click();
    wait_for_text(&page, ".notice", "Reading \u{201c}Iris\u{201d} did not stop when it was cancelled");
    page.wait_for("no load is under way", |page| page.count(".notice.loading") == 0);
    page.wait_until("document.querySelector('select.source').value === 'penguins'");
    choose_method(&page, "z-score");
    choose_method(&page, "robust");
    assert_eq!(statistics(&page), shown);
}

#[test]
fn a_worker_that_ends_without_a_word_is_missed() {
    let page = tiring("explore?data=wine&method=robust");
    page.value("workers.at(-1).postMessage('end')");
    page.find("button[data-method=min-max]").click();
    // Longer than any other test waits: nobody asked for anything else.
    page.wait_long_until("document.querySelector('.notice') !== null");
    wait_for_text(&page, ".notice", "The calculation did not answer any more, and was ended.");
    wait_for_method(&page, "min-max");
    assert_eq!(page.value("workers.length"), 2);
}

#[test]
fn a_worker_that_keeps_dying_is_left_alone_until_asked() {
    let page = page();
    // Three stops with no picture in between: the page must not go round for ever.
    page.value(
        "(() => {
            const post = Worker.prototype.postMessage;
            Worker.prototype.postMessage = function (message, ...rest) {
                post.call(this, Array.isArray(message) && window.deadly ? [new Uint8Array([255])] : message, ...rest);
            };
            window.deadly = true;
        })()",
    );
    page.find("button[data-method=robust]").click();
    wait_for_text(&page, ".notice", "stopped several times");
    let started = page.value("workers.length");
    assert_eq!(started, 3, "the first and two more");
    page.value("(window.deadly = false)");
    // Asked again, it works.
    choose_method(&page, "min-max");
    wait_for_features(&page, &["ctr", "revenue"]);
}
