//! What only a browser shows of bad input: workbooks, other files by their content, choices about doubtful cells, wide
//! tables, strange names, long addresses.

use serde_json::json;

use crate::explore::{
    choose, choose_method, drop_file, drop_made, features, retype, statistic, statistics, wait_for_features,
    wait_for_text, wait_until_painted,
};
use crate::harness::Page;

const WORKBOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/xlsx/prices.xlsx");

#[test]
fn a_workbook_is_read_by_a_program_that_comes_with_it() {
    let page = Page::open("");
    let asked = |page: &Page| page.server.requests().iter().filter(|request| request.contains("xlsx")).count();
    assert_eq!(asked(&page), 0, "nobody has opened a workbook");
    page.find_input("input[type=file]").upload(WORKBOOK);
    wait_for_features(&page, &["price", "share"]);
    assert_eq!(asked(&page), 2, "its script and its program");
    assert_eq!(statistic(&page, "price", false, "max"), 1234.5);
    assert_eq!(statistic(&page, "share", false, "min"), 1e-7);
    wait_for_text(&page, ".reading .about", "3 cells are dates or times: they are text here");
    wait_for_text(&page, ".reading .about", "row 4 \u{201c}#DIV/0!\u{201d}");
    choose(&page, "select[name=sheet]", "Größe");
    wait_for_features(&page, &["x", "y"]);
    // A sheet that cannot be read leaves the one before it, in the list as well.
    choose(&page, "select[name=sheet]", "Empty");
    wait_for_text(&page, ".notice.problem", "\u{201c}Empty\u{201d} is empty");
    assert_eq!(features(&page), ["x", "y"]);
    page.wait_until("document.querySelector('select[name=sheet]').value === 'Größe'");
}

#[test]
fn files_are_known_by_their_content_and_utf16_is_simply_read() {
    let page = Page::open("explore?data=wine");
    wait_until_painted(&page);
    let shown = statistics(&page);
    for (name, bytes, part) in [
        ("table.csv", "[new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0])]", "a picture (PNG)"),
        ("data.txt", "['{\"a\": [1, 2]}']", "a JSON file"),
        ("numbers.csv", "['PK\\x03\\x04', 'word/document.xml']", "a Word document"),
        ("archive.csv", "['PK\\x03\\x04', 'a.csv']", "a zip archive"),
        ("broken.xlsx", "['PK\\x03\\x04', 'xl/workbook.xml']", "damaged"),
    ] {
        drop_made(&page, name, bytes);
        wait_for_text(&page, ".notice.problem", part);
        assert_eq!(statistics(&page), shown, "{name}");
    }
    for (little, mark) in [(true, true), (false, true), (true, false), (false, false)] {
        let name = format!("utf16-{little}-{mark}.csv");
        let units = format!(
            "(() => {{
                const text = ({mark} ? '\\uFEFF' : '') + 'größe,w{}\\n1,2\\n3,4\\n', view = new DataView(new ArrayBuffer(2 * text.length));
                [...text].forEach((letter, at) => view.setUint16(2 * at, letter.charCodeAt(0), {little}));
                return [view];
            }})()",
            u8::from(little) + 2 * u8::from(mark)
        );
        drop_made(&page, &name, &units);
        wait_for_features(&page, &["größe", &format!("w{}", u8::from(little) + 2 * u8::from(mark))]);
    }
}

#[test]
fn the_visitor_decides_about_marks_and_text_among_numbers() {
    let page = Page::open("");
    drop_file(&page, "prices.csv", "id,price\n7,$5\n9,\"1,234.5\"\n4,n/a?\n6,(3)\n");
    // Another column holds numbers, so nothing is thrown away unasked.
    wait_for_text(&page, ".reading .about", "row 3 \u{201c}n/a?\u{201d}");
    wait_for_features(&page, &["id"]);
    choose(&page, "select[name=words]", "missing");
    wait_for_text(&page, ".reading .about", "taken as missing");
    wait_for_text(&page, ".column .name", "price");
    page.wait_until("document.querySelector('.data .cap').textContent.includes('1 missing')");
    choose(&page, "select[name=marked]", "missing");
    page.wait_for("no price is left", |page| {
        page.find(".notice.problem, .data .cap").text().contains("4 missing") || page.count(".notice.problem") == 1
    });
    choose(&page, "select[name=marked]", "read");
    page.wait_until("document.querySelector('.data .cap').textContent.includes('1 missing')");
}

#[test]
fn ten_thousand_columns_do_not_hold_the_page_up() {
    let page = Page::open("");
    page.run(
        "window.longest = 0;
         let last = performance.now();
         setInterval(() => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; }, 5);",
    );
    let table = "(() => {
        const row = value => Array.from({ length: 10000 }, (_, column) => value(column)).join(',') + '\\n';
        return [row(column => 'column ' + column), ...Array.from({ length: 50 }, (_, at) => row(column => (at * column) % 97))];
    })()";
    drop_made(&page, "wide.csv", table);
    wait_for_text(&page, ".columns button", "200 more of 10000 columns");
    wait_until_painted(&page);
    // Other tests run beside this one; alone it is a fraction of that.
    let longest = page.value("longest").as_f64().unwrap();
    assert!(longest < 1500.0, "the page stood still for {longest} ms");
    println!("longest: {longest} ms");
    page.find("input[name=find-column]").type_text("9876");
    page.wait_for("the column is found", |page| page.count(".column") == 1);
    page.find(".column input").click();
    page.wait_for("it is chosen", |page| features(page).contains(&"column 9876".to_string()));
}

#[test]
fn names_are_text_whatever_they_hold() {
    let page = Page::open("");
    let long = "n".repeat(10_000);
    let hebrew = "\u{5e9}\u{5dc}\u{5d5}\u{5dd}";
    let names = ["<b>bold</b>", "\u{1f600}", hebrew, "", "x", "x", &long];
    let table = format!("{}\n1,2,3,4,5,6,7\n2,4,1,9,2,8,1\n3,3,2,2,2,1,5\n", names.join(","));
    drop_made(&page, "names.csv", &json!([table]).to_string());
    let told = ["<b>bold</b>", "\u{1f600}", hebrew, "column 4", "x", "x (2)", &long];
    wait_for_features(&page, &told);
    assert_eq!(page.count("main b, .columns b"), 0, "markup stays text");
    wait_for_text(&page, ".reading .about", "\u{201c}x (2)\u{201d}");
    // Nothing is wider than the page, and the whole name is there for those who ask.
    let fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth";
    assert_eq!(page.value(fits), true);
    assert_eq!(page.value("document.querySelector('.column:last-child').title.length"), 10_000);
    let directions = "[...document.querySelectorAll('.column .name')].every(name => getComputedStyle(name).unicodeBidi === 'isolate')";
    assert_eq!(page.value(directions), true);
}

#[test]
fn a_name_as_long_as_a_file_is_refused_and_long_ones_are_not_in_the_link() {
    let page = Page::open("");
    drop_made(&page, "long.csv", "['n'.repeat(1e6), ',b\\n1,2\\n3,4\\n']");
    wait_for_text(&page, ".notice.problem", "The name of column 1 has 1000000 letters, and 10000 are the limit.");
    page.find(".notice.problem .dismiss").click();
    let table = "[Array.from({ length: 40 }, (_, index) => index + 'n'.repeat(4000)).join(',') + '\\n',
        ...Array(3).fill().map((_, row) => Array.from({ length: 40 }, (_, index) => index + row).join(',') + '\\n')]";
    drop_made(&page, "names.csv", table);
    page.wait_for("all columns are there", |page| features(page).len() > 30);
    choose_method(&page, "robust");
    page.find(".column input").click();
    page.wait_until("location.hash.includes('without=cols')");
    assert!(page.address().len() < 100_000, "{} letters", page.address().len());
    page.reload();
    wait_for_text(&page, ".notice", "Not in this address, which would have been too long: the chosen columns.");
    page.find("button[data-method=robust][aria-pressed=true]");
}

#[test]
fn an_address_of_a_hundred_kilobytes_opens() {
    let page =
        Page::open(&format!("explore?data=wine&cols=proline,{}&{}", "nothing,".repeat(6_000), "wat=1&".repeat(9_000)));
    wait_for_features(&page, &["proline"]);
    wait_for_text(&page, "[role=alert]", "others, which was asked for");
    wait_for_text(&page, "[role=alert]", "wat=1");
    let told = page.value("[...document.querySelectorAll('[role=alert]')].map(alert => alert.textContent.length)");
    assert!(told.as_array().unwrap().iter().all(|length| length.as_u64() < Some(2_000)), "{told}");
}

#[test]
fn a_range_that_ends_before_it_begins_and_text_for_a_number_leave_the_last_result() {
    let page = Page::open("explore?data=wine&method=min-max");
    wait_until_painted(&page);
    let shown = statistics(&page);
    retype(&page, "input[name=high]", "-1");
    wait_for_text(&page, "[role=alert]", "more than low, which is 0");
    assert_eq!(statistics(&page), shown);
    retype(&page, "input[name=high]", "much");
    wait_for_text(&page, "#error-high", "Allowed: any finite number");
    assert_eq!(statistics(&page), shown);
    retype(&page, "input[name=high]", "2");
    page.wait_for("the range is 0 to 2", |page| statistics(page)[0].after[8] == 2.0);
}
