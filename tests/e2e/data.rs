//! The visitor's own data: pasted, dropped, chosen; what cannot be read leaves the earlier data on the screen.

use crate::explore::{
    Directory, choose, drop_file, features, paste, statistic, statistics, wait_for_features, wait_for_text,
    wait_until_painted,
};
use crate::harness::Page;

#[test]
fn pasting_anywhere_loads_what_was_copied() {
    let page = Page::open("");
    // As cells of a spreadsheet are copied.
    paste(&page, "height\tweight\n1.5\t50\n1.7\t70\n1.9\t90\n");
    wait_for_features(&page, &["height", "weight"]);
    assert_eq!(statistic(&page, "weight", false, "max"), 90.0);
    assert!(page.address().contains("data=file"), "{}", page.address());
    wait_for_text(&page, ".reading select[name=delimiter] option", "tab (detected)");
    // A text field takes what is pasted into it, and nothing else happens.
    page.run(
        "const field = document.querySelector('input[name=bins]');
         const transfer = new DataTransfer();
         transfer.setData('text/plain', 'a,b\\n1,2\\n');
         field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }));",
    );
    assert_eq!(features(&page), ["height", "weight"]);
}

#[test]
fn the_paste_box_takes_semicolons_and_decimal_commas() {
    let page = Page::open("");
    page.find(".data button[aria-expanded]").click();
    page.find(".paste textarea").type_text("u;v\n1,5;2\n2,5;4\n");
    page.find(".paste button").click();
    wait_for_features(&page, &["u", "v"]);
    assert_eq!(statistic(&page, "u", false, "mean"), 2.0);
    assert_eq!(page.count(".paste"), 0, "the box has done its work");
}

#[test]
fn a_dropped_file_with_missing_values_and_text_is_counted_and_coloured() {
    let page = Page::open("");
    drop_file(&page, "cats.csv", "kind,age,mass\ncat,1,3.5\ndog,2,\ncat,3,4.5\ndog,NA,20\ndog,5,30\n");
    wait_for_features(&page, &["age", "mass"]);
    assert_eq!(page.count(".drop"), 0);
    assert!(page.find(".data .cap").text().ends_with("1 of text, 2 missing"), "{}", page.find(".data .cap").text());
    assert_eq!((statistic(&page, "mass", false, "n"), statistic(&page, "mass", true, "missing")), (4.0, 1.0));
    wait_for_text(&page, ".warnings", "2 values are missing");
    // Row 2 has no mass, before as after.
    wait_for_text(&page, "table.values td.missing", "missing");
    choose(&page, "select[name=color]", "kind");
    for kind in ["cat", "dog"] {
        wait_for_text(&page, "figure[data-when=after] .legend", kind);
    }
    wait_until_painted(&page);
    assert_eq!(page.count("canvas"), 4, "a pair for each feature");
}

#[test]
fn how_a_file_is_read_can_be_changed_by_hand() {
    let page = Page::open("");
    drop_file(&page, "numbers.txt", "1,5;2\n3,5;4\n5,5;6\n");
    page.wait_for("three rows", |page| features(page).len() == 2 && statistics(page)[0].before[0] == 3.0);
    wait_for_text(&page, "select[name=header] option", "data (detected)");
    choose(&page, "select[name=header]", "names");
    page.wait_for("the first line names", |page| statistics(page)[0].before[0] == 2.0);
    assert_eq!(features(&page), ["1,5", "2"]);
    choose(&page, "select[name=header]", "");
    page.wait_for("three rows again", |page| statistics(page)[0].before[0] == 3.0);
    // Where two delimiters explain a file, the visitor decides.
    drop_file(&page, "three.txt", "a|b,c\n1|2,3\n4|5,6\n");
    page.wait_for("it is read somehow", |page| {
        page.value("document.querySelector('select.source').selectedOptions[0].text") == "three.txt"
    });
    choose(&page, "select[name=delimiter]", "pipe");
    wait_for_text(&page, "select[name=delimiter] option", "detect");
    page.wait_for("two columns", |page| features(page).first().is_some_and(|name| name == "a"));
}

#[test]
fn lists_show_what_an_undo_came_back_to() {
    let page = Page::open("");
    for data in ["penguins", "iris"] {
        choose(&page, "select.source", data);
        page.wait_until(&format!("location.hash.includes('data={data}')"));
    }
    page.find("[aria-label=Undo]").click();
    page.wait_until("location.hash.includes('data=penguins')");
    page.wait_until("document.querySelector('select.source').value === 'penguins'");
    // As every list.
    for library in ["pytorch", "keras"] {
        choose(&page, "select[name=library]", library);
        page.wait_until(&format!("location.hash.includes('library={library}')"));
    }
    page.find("[aria-label=Undo]").click();
    page.wait_until("location.hash.includes('library=pytorch')");
    page.wait_until("document.querySelector('select[name=library]').value === 'pytorch'");
}

#[test]
fn a_bad_file_names_the_line_and_leaves_the_earlier_data() {
    let page = Page::open("explore?data=wine&method=robust");
    wait_until_painted(&page);
    let (shown, address) = (statistics(&page), page.address());
    for (name, text, part) in [
        ("ragged.csv", "a,b\n1,2\n3,4\n5\n", "Line 4 has 1 field; expected 2"),
        ("empty.csv", "", "There is nothing in it"),
        ("header.csv", "a,b,c\n", "only column names (3)"),
        ("words.csv", "a,b\nx,y\n", "No column holds only numbers"),
        ("infinite.csv", "a\n1\ninf\n", "Line 3"),
    ] {
        drop_file(&page, name, text);
        wait_for_text(&page, ".notice.problem", part);
        page.wait_for("the address is that of what is shown", |page| page.address() == address);
        assert_eq!(statistics(&page), shown, "{name}");
        assert_eq!(page.value("document.querySelector('select.source').value"), "wine", "{name}");
    }
    // Going on works, and the problem goes.
    drop_file(&page, "good.csv", "a\n1\n2\n");
    wait_for_features(&page, &["a"]);
    assert_eq!(page.count(".notice.problem"), 0);
}

#[test]
fn after_a_bad_file_the_own_file_before_it_stays_the_own_file() {
    let page = Page::open("");
    drop_file(&page, "good.csv", "a,b\n1.5,2.5\n2.5,5.5\n");
    wait_for_features(&page, &["a", "b"]);
    drop_file(&page, "bad.csv", "a,b\n1\n");
    wait_for_text(&page, ".notice.problem", "Line 2");
    page.wait_for("the address goes back", |page| page.address().contains("name=good.csv"));
    assert_eq!(page.value("document.querySelector('select.source').selectedOptions[0].text"), "good.csv");
    choose(&page, "select[name=decimal]", "comma");
    wait_for_text(&page, ".notice.problem", "No column holds only numbers");
    assert_eq!(features(&page), ["a", "b"]);
    page.wait_until("document.querySelector('select[name=decimal]').value === ''");
}

#[test]
fn a_file_that_was_changed_can_be_opened_again() {
    let directory = Directory::new("changed");
    let page = Page::open("");
    let path = directory.copy("static/data/iris.csv", "flowers.csv");
    page.find_input("input[type=file]").upload(&path);
    page.wait_for("150 flowers", |page| features(page).len() == 4 && statistics(page)[0].before[0] == 150.0);
    std::fs::write(&path, "only,two\n1,2\n3,5\n").unwrap();
    page.find_input("input[type=file]").upload(&path);
    wait_for_features(&page, &["only", "two"]);
}

/// 60 MB made in the page: no file of that size needs to lie around. What is seen of the load is noted in the page, and
/// cancelled there when that is wanted: a driver may be slower than the load.
const LARGE: &str = "
    const line = Array.from({ length: 10 }, (_, index) => (index + 0.5) * 1.25).join(',') + '\\n';
    const block = line.repeat(20_000);
    const blocks = Array.from({ length: Math.ceil(60e6 / block.length) }, () => block);
    const names = Array.from({ length: 10 }, (_, index) => 'x' + index).join(',') + '\\n';
    const transfer = new DataTransfer();
    transfer.items.add(new File([names, ...blocks], 'large.csv'));
    const statistics = () => document.querySelector('table.stats').innerText;
    Object.assign(window, { shares: new Set(), told: '', before: statistics(), during: '', started: performance.now() });
    window.watching?.disconnect();
    window.watching = new MutationObserver(() => {
        const notice = document.querySelector('.notice.loading'), bar = notice?.querySelector('progress');
        if (!(bar?.max > 1)) return;
        window.told = notice.innerText;
        window.toldAfter = performance.now() - window.started;
        window.shares.add(bar.value / bar.max);
        if (window.shares.size < 2 || window.during) return;
        window.during = statistics();
        if (cancel) notice.querySelector('button').click();
    });
    window.watching.observe(document.querySelector('.notices'), { subtree: true, childList: true, attributes: true });
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));";

fn drop_large(page: &Page, cancel: bool) {
    page.run(&format!("const cancel = {cancel}; {LARGE}"));
    page.wait_until("window.shares.size > 1");
    // What was there stays there while it loads.
    assert_eq!(page.value("window.during"), page.value("window.before"));
    let told = page.value("window.told");
    assert!(told.as_str().is_some_and(|told| told.contains("Loading large.csv")), "{told}");
}

#[test]
fn a_large_file_tells_how_far_it_is_and_can_be_cancelled() {
    let page = Page::open("explore?data=iris");
    wait_until_painted(&page);
    let (shown, address) = (statistics(&page), page.address());
    drop_large(&page, true);
    page.wait_for("nothing is loading", |page| page.count(".notice.loading") == 0);
    assert_eq!(statistics(&page), shown);
    assert_eq!(page.address(), address);
    assert_eq!(page.count(".notice"), 0, "to cancel is no problem");

    drop_large(&page, false);
    page.wait_for("it is loaded", |page| features(page).len() == 10);
    assert!(statistics(&page)[0].before[0] > 500_000.0);
    let shares = page.value("[...window.shares]");
    assert!(shares.as_array().unwrap().iter().all(|share| (0.0..=1.0).contains(&share.as_f64().unwrap())));
    // Not at each of sixty chunks: a page that renders them all answers no click meanwhile.
    let (said, most) = (page.value("shares.size"), page.value("1 + toldAfter / 50"));
    assert!(said.as_f64() <= most.as_f64(), "told {said} times where {most} are enough");
}
