//! How fast the built page is, on the machine it runs on: `make speed` prints the figures of the README. Nothing is asserted
//! but that it works: how long things take is for people to judge.

use std::fmt::Write as _;
use std::time::Instant;

use crate::explore::{Directory, wait_until_painted};
use crate::harness::Page;
use serde_json::json;

const METHODS: [&str; 8] =
    ["min-max", "z-score", "robust", "max-abs", "layer-norm", "rms-norm", "unit-length", "batch-norm"];
const ROUNDS: usize = 3;

/// Remembers how long each task took that kept the page from answering for more than 50 ms.
const LONG_TASKS: &str = "
    window.longTasks = [];
    new PerformanceObserver(list => list.getEntries().forEach(entry => longTasks.push(Math.round(entry.duration))))
        .observe({ entryTypes: ['longtask'] });";

/// Chooses a method; milliseconds until its plots were drawn.
fn change(page: &Page, method: &str) -> f64 {
    let script = format!(
        "const title = () => document.querySelector('[data-when=after] .plot-title')?.textContent;
         const before = title(), start = performance.now();
         document.querySelector('[data-method={method}]').click();
         await new Promise(done => new MutationObserver((_, observer) => {{
             if (title() !== before) {{ observer.disconnect(); requestAnimationFrame(() => setTimeout(done)); }}
         }}).observe(document.body, {{ subtree: true, childList: true, characterData: true }}));
         return performance.now() - start;"
    );
    page.run(&script).as_f64().unwrap()
}

fn report(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let (median, slowest) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{what}: median {median:.0} ms of {}, slowest {slowest:.0} ms", times.len());
}

fn watched(address: &str) -> Page {
    let page = Page::open("");
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": LONG_TASKS }));
    page.reload();
    page.go(address);
    wait_until_painted(&page);
    page
}

fn method_changes(rows: usize) {
    let page = watched(&format!("explore?data=normal&seed=1&g.rows={rows}&g.columns=10&method=z-score"));
    page.value("longTasks.length = 0");
    let times = (0..ROUNDS).flat_map(|_| METHODS).map(|method| change(&page, method)).collect();
    report(&format!("another method, {rows} x 10"), times);
    println!("tasks of more than 50 ms: {}", page.value("longTasks"));
}

/// When the opening picture and when the answer to the first choice are on the screen, in milliseconds after the address was
/// entered.
const OPENING: &str = "
    const drawn = () => document.querySelector('main h1') && document.querySelectorAll('.plot figcaption').length > 1;
    const answered = () => /After min-max/.test(document.getElementById('page')?.textContent);
    const watch = (name, shown) => (function look() {
        requestAnimationFrame(shown() ? () => window[name] ??= performance.now() : look);
    })();
    watch('picturedAt', drawn);
    watch('answeredAt', answered);";

/// As on a phone with a slow connection: 1.6 Mbit/s, answers after 150 ms, a processor four times slower.
#[test]
#[ignore = "measures; see make opening"]
fn opening_on_a_slow_connection() {
    let (mut pictures, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let page = Page::start();
        page.server.compress();
        // Compressed before it is measured.
        page.go("explore");
        page.visit("nothing");
        page.take_complaints();
        page.devtools("Network.clearBrowserCache", &json!({}));
        page.devtools("Network.enable", &json!({}));
        let speed =
            json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750 });
        page.devtools("Network.emulateNetworkConditions", &speed);
        page.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": 4 }));
        page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": OPENING }));
        page.visit("");
        page.find("[data-method=min-max]").click();
        page.wait_until("window.picturedAt > 0 && window.answeredAt > 0");
        pictures.push(page.value("picturedAt").as_f64().unwrap());
        answers.push(page.value("answeredAt").as_f64().unwrap());
    }
    report("slow connection: address entered, to the opening picture", pictures);
    report("slow connection: address entered, to the first change of method answered", answers);
}

#[test]
#[ignore = "measures; see make speed"]
fn changes_of_method() {
    method_changes(100_000);
    method_changes(1_000_000);
}

/// Does this; milliseconds until what the expression gives was changed and drawn.
fn until_changed(page: &Page, act: &str, shown: &str) -> f64 {
    let script = format!(
        "const shown = () => {shown}, before = shown(), start = performance.now();
         {act};
         await new Promise(done => new MutationObserver((_, observer) => {{
             if (shown() !== before) {{ observer.disconnect(); requestAnimationFrame(() => setTimeout(done)); }}
         }}).observe(document.body, {{ subtree: true, childList: true, characterData: true }}));
         return performance.now() - start;"
    );
    page.run(&script).as_f64().unwrap()
}

fn comparisons(rows: usize) {
    let methods = METHODS.join(",");
    let page =
        watched(&format!("explore?data=normal&seed=1&g.rows={rows}&g.columns=10&study=compare&compare={methods}"));
    page.wait_for("eight panels", |page| page.count("[data-panel]") == METHODS.len());
    page.value("longTasks.length = 0");
    let choose = |index: usize| {
        let act = format!(
            "const list = document.querySelector('select[name=compare-feature]');
             list.selectedIndex = {index}; list.dispatchEvent(new Event('change', {{ bubbles: true }}))"
        );
        until_changed(&page, &act, "document.querySelector('table.compared th').textContent")
    };
    report(&format!("eight methods again, {rows} x 10"), (0..9).map(|turn| choose((turn + 1) % 10)).collect());
    let change = |method: &&str| {
        let act = format!("document.querySelector('[data-method={method}]').click()");
        until_changed(&page, &act, "document.querySelector('[data-panel]').dataset.panel")
    };
    report(&format!("another method, and eight compared, {rows} x 10"), METHODS.iter().map(change).collect());
    println!("tasks of more than 50 ms: {}", page.value("longTasks"));
}

#[test]
#[ignore = "measures; see make speed"]
fn comparisons_of_methods() {
    comparisons(100_000);
    comparisons(1_000_000);
}

/// `shown` is what changes with the value that is chosen.
fn choices(what: &str, study: &str, shown: &str) {
    let data = "data=normal&seed=1&g.rows=1000000&g.columns=10&method=z-score&pick=3.1";
    let page = watched(&format!("explore?{data}{study}"));
    // Until then, what is shown is of the data before.
    page.wait_until(&format!("document.querySelector('main').dataset.busy !== 'true' && Boolean({shown})"));
    let press = |turn: usize| {
        let key = if turn < 9 { "ArrowRight" } else { "ArrowLeft" };
        let act = format!(
            "const table = document.querySelector('[role=grid]');
             table.focus();
             table.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"
        );
        until_changed(&page, &act, shown)
    };
    report(what, (0..18).map(press).collect());
}

#[test]
#[ignore = "measures; see make speed"]
fn choices_of_a_value() {
    let explained = "document.querySelector('.inspector .cap')?.textContent";
    choices("another value explained, 1000000 x 10", "", explained);
    let followed = "document.querySelector('[data-followed]')?.textContent";
    choices("another value followed through eight methods, 1000000 x 10", "&study=compare", followed);
}

#[test]
#[ignore = "measures; see make speed"]
fn a_file_of_100_mb() {
    const ROWS: usize = 995_000;
    let folder = Directory::new("speed");
    let path = folder.path().join("large.csv");
    let mut text = String::from("a,b,c,d,e,f,g,h,i,j\n");
    for row in 0..ROWS {
        for column in 0..10 {
            // Different digits in each field.
            let value = ((row * 10 + column) * 7919 % 1_000_003) as f64 / 1000.0;
            let _ = write!(text, "{value:.5}{}", if column == 9 { '\n' } else { ',' });
        }
    }
    println!("a file of {} MB", text.len() / 1_000_000);
    std::fs::write(&path, text).unwrap();
    let page = watched("explore?data=wine");
    let start = |page: &Page| {
        page.find_input("input[type=file]").upload(path.to_str().unwrap());
        page.wait_until("/%/.test(document.querySelector('.loading')?.textContent)");
    };
    let gone = "!document.querySelector('.loading')";
    let (mut cancels, mut loads) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        start(&page);
        let script = format!(
            "const start = performance.now();
             document.querySelector('.loading button').click();
             await new Promise(done => {{
                 const look = () => {gone} ? done() : setTimeout(look);
                 look();
             }});
             return performance.now() - start;"
        );
        cancels.push(page.run(&script).as_f64().unwrap());
    }
    report("cancelling a load", cancels);
    for _ in 0..5 {
        let begin = Instant::now();
        start(&page);
        page.wait_until(gone);
        loads.push(begin.elapsed().as_secs_f64() * 1000.0);
        wait_until_painted(&page);
    }
    report("a CSV file, to the loaded table", loads);
    println!("tasks of more than 50 ms: {}", page.value("longTasks"));
}
