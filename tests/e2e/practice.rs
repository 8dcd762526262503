//! Practice: a question from the data to the gap by keyboard alone, what is kept, what comes back, and what is taken away.

use normlab::state::{AppState, DataChoice, FileIdentity};
use normlab_data::Reader;
use normlab_lessons::{all, item, set};
use normlab_report::{FactValue, ItemId, PracticeItem};

use crate::explore::wait_for_text;
use crate::harness::{PHONE, Page};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const SPACE: &str = "\u{e00d}";
const RIGHT: &str = "\u{e014}";

/// The seed of the set that everybody gets here.
const SEED: u32 = 21;

/// Tabs until the focus is on what matches, as somebody without a mouse would.
fn tab_to(page: &Page, css: &str) {
    for _ in 0..60 {
        if page.value(&format!("document.activeElement.matches({css:?})")) == true {
            return;
        }
        page.press(TAB);
    }
    panic!("Tab never reaches {css}");
}

/// Waits for the five seconds, and shows the question.
fn show_question(page: &Page) {
    page.wait_long_until("document.querySelector('.look button')?.getAttribute('aria-disabled') === 'false'");
    tab_to(page, ".look button");
    page.press(ENTER);
    page.wait_until("document.activeElement.id === 'question' && !!document.querySelector('form.answer')");
}

/// Chooses how sure, and commits.
fn commit(page: &Page, sure: u8) {
    tab_to(page, "input[name=sure]");
    for _ in 0..(sure - 50) / 10 {
        page.press(RIGHT);
    }
    if sure == 50 {
        page.press(SPACE);
    }
    page.wait_until(&format!("document.querySelector('input[name=sure]:checked')?.value === '{sure}'"));
    tab_to(page, "form.answer [type=submit]");
    page.press(ENTER);
    page.wait_until("document.activeElement.id === 'gap'");
}

/// Answers a question for a number.
fn answer(page: &Page, number: &str, sure: u8) {
    show_question(page);
    tab_to(page, "form.answer input[inputmode]");
    page.press(number);
    commit(page, sure);
}

fn gap(page: &Page) -> String {
    page.find("#gap").text()
}

fn number(item: &PracticeItem) -> f64 {
    let FactValue::Number(number) = item.fact.value else { panic!("{}: no number", item.id.text()) };
    number
}

/// A link to one question for a number.
fn single() -> (String, PracticeItem) {
    let id = ItemId { template: "min-max-value".into(), seed: 3 };
    (format!("practice?item={}", id.text()), item(&id).unwrap())
}

/// The seed of a set whose first question is for a number that is not 0 to three digits.
fn number_first() -> (u32, Vec<PracticeItem>) {
    let first = |seed: &u32| {
        let first = &set(*seed, &[], 1)[0];
        matches!(first.fact.value, FactValue::Number(number) if number.abs() > 0.1 && number.abs() < 1e4)
    };
    let seed = (SEED..).find(first).unwrap();
    (seed, set(seed, &[], 10))
}

fn kept(page: &Page) -> serde_json::Value {
    page.value("JSON.parse(localStorage.getItem('normlab.practice'))")
}

#[test]
fn a_number_is_answered_by_keyboard_and_its_gap_and_arithmetic_stand_there() {
    let (address, item) = single();
    let page = Page::open(&address);
    wait_for_text(&page, "main h1", &item.setting);
    assert_eq!(page.count("form.answer"), 0, "the data come first");
    assert_eq!(page.value("document.querySelector('.look button').getAttribute('aria-disabled')"), "true");
    show_question(&page);
    wait_for_text(&page, "main h1", &item.prediction.prompt);
    // What is missing is said, and nothing is committed.
    tab_to(&page, "form.answer [type=submit]");
    page.press(ENTER);
    wait_for_text(&page, "form.answer .look [role=status]", "Your answer is missing.");
    page.value("document.querySelector('form.answer input[inputmode]').focus()");
    page.press("1.5");
    page.press(ENTER);
    wait_for_text(&page, "form.answer .look [role=status]", "Say how sure you are.");
    commit(&page, 80);
    assert!(gap(&page).starts_with("You said 1.5; it is "), "{}", gap(&page));
    assert!(gap(&page).ends_with("too high."), "{}", gap(&page));
    wait_for_text(&page, ".outcome-of-item .arithmetic", "divided by the scale");
    assert_eq!(page.count(".answered canvas"), 1, "both numbers on a line");
    assert_eq!(kept(&page)["answers"][0]["right"], false);
    // Another one, and back to this.
    page.find(".question .buttons a").click();
    page.wait_until(&format!("location.hash.endsWith('{}')", item.id.another().text()));
    page.back();
    wait_for_text(&page, "main h1", &item.setting);
}

#[test]
fn a_right_answer_and_a_known_mistake_are_told_so() {
    let (address, item) = single();
    let page = Page::open(&address);
    answer(&page, &format!("{:.4}", number(&item)), 100);
    assert!(gap(&page).ends_with("right."), "{}", gap(&page));
    page.reload();
    answer(&page, &format!("{}", item.slips[0].answer), 60);
    wait_for_text(&page, ".slip", &item.slips[0].when);
}

#[test]
fn answers_are_kept_over_a_reload_and_a_broken_storage_breaks_nothing() {
    let (seed, items) = number_first();
    let page = Page::open(&format!("practice?seed={seed}"));
    answer(&page, "123456", 50);
    wait_for_text(&page, "#this-set + .cap", "1 of 10 answered, 0 right");
    page.reload();
    wait_for_text(&page, "main h1", &items[1].setting);
    wait_for_text(&page, "#missed", "Missed: 1");
    wait_for_text(&page, ".missed a", &items[0].prediction.prompt);
    page.find(".missed a").click();
    wait_for_text(&page, "main h1", &items[0].setting);
    for broken in ["", "{", "[]", "{\"normlab_practice\": 9}", "null"] {
        page.value(&format!("localStorage.setItem('normlab.practice', {broken:?})"));
        page.go("practice");
        page.reload();
        wait_for_text(&page, "main h1", "Practice");
        wait_for_text(&page, ".problem", "What this browser kept of your answers cannot be read");
    }
}

#[test]
fn a_link_with_a_seed_gives_everybody_the_same_questions() {
    let (seed, items) = number_first();
    for _ in 0..2 {
        // Each page has a browser profile of its own.
        let page = Page::open(&format!("practice?seed={seed}"));
        wait_for_text(&page, "main h1", &items[0].setting);
        wait_for_text(&page, "main .crumbs", "1 of 10");
    }
    // In the browser the same bits as natively: every number of the data is the same.
    let page = Page::open(&format!("practice?seed={seed}"));
    wait_for_text(&page, "main h1", &items[0].setting);
    let shown = page.value("[...document.querySelectorAll('.item-data td')].map(cell => parseFloat(cell.textContent.replace('\u{2212}', '-').replace(',', '')))");
    let shown: Vec<f64> = shown.as_array().unwrap().iter().filter_map(serde_json::Value::as_f64).collect();
    let native: Vec<f64> = items[0].data.values.iter().flatten().copied().collect();
    assert_eq!(shown, native);
}

#[test]
fn wrong_and_sure_comes_back_in_the_session_and_in_a_later_one() {
    let (seed, items) = number_first();
    let page = Page::open(&format!("practice?seed={seed}"));
    answer(&page, "123456", 90);
    tab_to(&page, ".question .buttons button");
    page.press(ENTER);
    wait_for_text(&page, "main .crumbs", "2 of 11");
    wait_for_text(&page, "#this-set ~ .cap", "1 of them comes back");
    wait_for_text(&page, "#calibration ~ .counts", "90% sure: 0 of 1 right (0%)");
    // Three others stand between; what is asked then is another of the kind.
    let again = item(&items[0].id.another()).unwrap();
    let answers: Vec<String> = items[..4]
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let (right, sure) = if index == 0 { (false, 90) } else { (true, 50) };
            format!(
                "{{\"item\": {:?}, \"sure\": {sure}, \"right\": {right}, \"guess\": \"1\", \"session\": 1}}",
                item.id.text()
            )
        })
        .collect();
    let record = format!(
        "{{\"normlab_practice\": 1, \"sessions\": 1, \"set\": \"/practice?seed={seed}\", \"answers\": [{}]}}",
        answers.join(",")
    );
    page.value(&format!("localStorage.setItem('normlab.practice', {record:?})"));
    page.reload();
    wait_for_text(&page, "main .crumbs", "5 of 11");
    wait_for_text(&page, "main h1", &again.setting);
    wait_for_text(&page, ".why-again", "You were sure of one like this, and wrong.");
    // In another session it comes at the end.
    page.go(&format!("practice?seed={}", seed + 1));
    wait_for_text(&page, "main .crumbs", "1 of 11");
}

#[test]
fn answers_are_exported_imported_and_forgotten() {
    let (address, item) = single();
    let page = Page::open("practice");
    let file = std::env::temp_dir().join(format!("normlab-practice-{}.json", std::process::id()));
    let record = format!(
        "{{\"normlab_practice\": 1, \"sessions\": 2, \"set\": null, \"answers\": [{{\"item\": {:?}, \"sure\": 70, \"right\": \
         false, \"guess\": \"1\", \"session\": 2}}]}}",
        item.id.text()
    );
    std::fs::write(&file, record).unwrap();
    page.find_input(".practice-side input[type=file]").upload(file.to_str().unwrap());
    wait_for_text(&page, "#kept ~ [role=status]", ": 1 answer.");
    wait_for_text(&page, ".missed a", &item.prediction.prompt);
    assert_eq!(kept(&page)["answers"][0]["sure"], 70);
    // What is exported is what is kept.
    page.run(
        "window.exported = null;
        const made = URL.createObjectURL;
        URL.createObjectURL = blob => { blob.text().then(text => exported = text); return made.call(URL, blob); };",
    );
    page.find("#kept ~ .buttons button").click();
    page.wait_until("window.exported !== null");
    page.wait_until("exported === localStorage.getItem('normlab.practice')");
    std::fs::write(&file, "no answers").unwrap();
    page.find_input(".practice-side input[type=file]").upload(file.to_str().unwrap());
    wait_for_text(&page, "#kept ~ [role=status]", "has no answers of Practice");
    std::fs::remove_file(&file).unwrap();
    page.find("#kept ~ .buttons button:last-child").click();
    page.find("#kept ~ .notice button").click();
    wait_for_text(&page, "#kept ~ .cap", "0 answers");
    page.wait_until("localStorage.getItem('normlab.practice') === null");
    page.go(&address);
    assert_eq!(page.count("#missed"), 0);
}

#[test]
fn topics_are_chosen_and_an_interview_goes_from_words_to_numbers() {
    let page = Page::open("practice");
    page.find("input[name=tables]").click();
    page.wait_until("location.hash === '#/practice?topics=batchnorm,others'");
    page.find("input[name=others]").click();
    page.wait_until("location.hash === '#/practice?topics=batchnorm'");
    page.wait_until("document.querySelector('input[name=batchnorm]').disabled");
    page.go("practice?seed=7&topics=batchnorm&interview=1");
    let first = &set(7, &[normlab_report::Topic::BatchNorm], 1)[0];
    wait_for_text(&page, "main h1", &first.spoken);
    page.find("#interview ~ button").click();
    wait_for_text(&page, "[role=timer]", "s left");
    page.find(".look button").click();
    page.wait_until("document.querySelectorAll('.points input').length >= 3");
    assert_eq!(page.count(".points input"), first.points.len());
    page.find(".points input").click();
    page.find(".points ~ button").click();
    wait_for_text(&page, "main h1", &first.setting);
}

#[test]
fn cells_an_order_and_a_drawing_are_answered_by_keyboard() {
    let of = |template: &str| ItemId { template: template.into(), seed: 2 };
    let page = Page::open(&format!("practice?item={}", of("bn-cells").text()));
    show_question(&page);
    tab_to(&page, ".cells button");
    page.press(SPACE);
    page.press(RIGHT);
    page.press(SPACE);
    page.wait_until("document.querySelectorAll('.cells [aria-pressed=true]').length === 2");
    commit(&page, 50);
    assert!(gap(&page).contains("cells are right: you marked"), "{}", gap(&page));
    assert!(page.count(".outcome-of-item .missing-cell") > 0);

    page.go(&format!("practice?item={}", of("group-sizes").text()));
    show_question(&page);
    tab_to(&page, ".order button[aria-label$=down]");
    // The focus goes with what is moved, without a gap in which a key gets lost.
    let first = page.find(".order li span").text();
    page.press(&ENTER.repeat(3));
    wait_for_text(&page, ".order li:last-child span", &first);
    assert_eq!(page.value("document.activeElement.getAttribute('aria-label')"), format!("Move {first} down"));
    commit(&page, 50);
    assert!(gap(&page).starts_with("Your order"), "{}", gap(&page));
    assert_eq!(page.count(".orders tbody tr"), 4);

    page.go(&format!("practice?item={}", of("inlier-range").text()));
    show_question(&page);
    tab_to(&page, ".pad [role=slider]");
    page.press("\u{e013}");
    tab_to(&page, ".curve-fields input");
    page.press_holding('\u{e009}', 'a');
    page.press("40");
    page.wait_until("document.querySelector('.pad [role=slider]').ariaValueNow === '40'");
    commit(&page, 50);
    assert!(gap(&page).starts_with("Your drawing is"), "{}", gap(&page));
    assert_eq!(page.count(".answered canvas"), 1);
}

#[test]
fn an_item_opens_in_explore_with_its_value_and_back_leads_to_it() {
    let (address, item) = single();
    let page = Page::open(&address);
    answer(&page, "0.5", 50);
    page.find(".question .buttons a[href^='#/explore']").click();
    let shown = normlab_plot::number::format4(number(&item));
    wait_for_text(&page, "#inspector ~ .depths, .inspector", &shown);
    page.back();
    wait_for_text(&page, "main h1", &item.setting);
}

#[test]
fn an_item_leads_to_the_experiment_on_what_was_asked_and_back_leads_to_it() {
    let item = item(&ItemId { template: "far-value".into(), seed: 5 }).unwrap();
    let page = Page::open(&format!("practice?item={}", item.id.text()));
    answer(&page, "0.5", 50);
    page.find(".question .buttons a[href='#/experiment/outliers']").click();
    wait_for_text(&page, "main h1", "outliers");
    page.back();
    wait_for_text(&page, "main h1", &item.setting);
}

/// An array opens as one, and statistics that were found elsewhere count.
#[test]
fn arrays_and_saved_statistics_open_in_explore() {
    for template in ["in-value", "outside-train"] {
        let item = item(&ItemId { template: template.into(), seed: 5 }).unwrap();
        let page = Page::open(&item.open[1..]);
        wait_for_text(&page, ".inspector", &normlab_plot::number::format4(number(&item)));
        assert_eq!(page.count(".notices .notice"), 0, "{template}");
    }
}

#[test]
fn every_address_of_an_item_is_understood() {
    for template in all() {
        for seed in 0..100 {
            let item = item(&ItemId { template: template.slug.into(), seed }).unwrap();
            if item.open.starts_with("/explore") {
                let (state, complaints) = normlab::state::address::decode(&item.open);
                assert_eq!(complaints, Vec::<String>::new(), "{}: {}", item.id.text(), item.open);
                opens(&item.id.text(), state);
            }
        }
    }
}

/// The data of an address are read, and are numbers.
fn opens(id: &str, state: AppState) {
    let DataChoice::UserFile(own) = &state.data else { panic!("{id}: no data") };
    let FileIdentity::Packed(packed) = &own.identity else { panic!("{id}: no data") };
    let (_, stored) = normlab_data::pack::split(packed).unwrap();
    // A block that is not compressed has five bytes before it.
    let bytes = &stored[5..];
    if own.name.ends_with(".csv") {
        let mut reader = Reader::new(bytes, bytes.len() as u64, own.reading.clone());
        reader.push(bytes).unwrap();
        let dataset =
            reader.finish(&own.name).map_err(|_| ()).unwrap_or_else(|()| panic!("{id}: cannot be read")).dataset;
        assert!(dataset.columns.iter().all(|column| column.numbers().is_some()), "{id}: not all are numbers");
    } else {
        assert!(bytes.starts_with(b"\x93NUMPY"), "{id}");
    }
}

#[test]
fn nothing_is_wider_than_a_phone() {
    let page = Page::open("practice");
    page.resize(PHONE);
    for template in all() {
        page.go(&format!("practice?item={}.1", template.slug));
        page.wait_until("!!document.querySelector('.look button')");
        let width = page.value("document.documentElement.scrollWidth");
        assert!(width.as_f64().unwrap() <= 390.0, "{}: {width}", template.slug);
    }
}

#[test]
fn an_address_with_mistakes_is_told_and_leads_on() {
    let page = Page::open("practice?seed=x&item=no-such.1");
    wait_for_text(&page, ".notice", "seed is");
    page.go("practice?item=no-such.1");
    wait_for_text(&page, ".practice-main", "There is no such question");
    page.find("main a[href='#/practice']");
}
