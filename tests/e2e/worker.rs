//! The worker dies for real, as when memory runs out: it is started again, and nothing is lost.

use crate::harness::Page;
use crate::lab::{
    Directory, choose_method, drop_file, drop_made, statistics, wait_for_features, wait_for_text, wait_until_painted,
};
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
