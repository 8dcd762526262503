//! The table is edited, sorted, pasted into and scrolled, and everything can be undone.

use crate::explore::{retype, statistic, wait_for_text, wait_until_painted};
use crate::harness::{PHONE, Page};
use serde_json::json;

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const RIGHT: &str = "\u{e014}";
const DOWN: &str = "\u{e015}";
const CONTROL: char = '\u{e009}';
const SHIFT: char = '\u{e008}';
const RELEASE: char = '\u{e000}';

fn open(address: &str) -> Page {
    let page = Page::open(address);
    wait_until_painted(&page);
    page.wait_until("document.querySelectorAll('.values tbody .number').length > 0");
    page
}

fn wait_for_statistic(page: &Page, feature: &str, column: &str, expected: f64) {
    page.wait_for(&format!("{column} of {feature} is {expected}"), |page| {
        (statistic(page, feature, false, column) - expected).abs() < 1e-9
    });
}

/// Numbers of the rows that are seen.
fn seen(page: &Page) -> Vec<u64> {
    let numbers = page.run(
        "const frame = document.querySelector('.grid').getBoundingClientRect();
         return [...document.querySelectorAll('.values tbody .number')].filter(cell => {
             const box = cell.getBoundingClientRect();
             return box.top >= frame.top + 50 && box.bottom <= frame.bottom;
         }).map(cell => Number(cell.textContent.replaceAll(',', '')));",
    );
    numbers.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

fn paste_into_the_table(page: &Page, text: &str) {
    page.run(&format!(
        "const transfer = new DataTransfer();
         transfer.setData('text/plain', {});
         const event = new ClipboardEvent('paste', {{ clipboardData: transfer, bubbles: true, cancelable: true }});
         document.querySelector('.grid').dispatchEvent(event);",
        json!(text)
    ));
}

#[test]
fn a_cell_is_edited_and_undone_with_the_keyboard_alone() {
    let page = open("explore?data=wine");
    for _ in 0..200 {
        page.press(TAB);
        if page.value("document.activeElement.matches('.grid')") == true {
            break;
        }
    }
    let before = statistic(&page, "malic_acid", false, "max");
    // The second row of the second feature; Down goes by way of what is after.
    page.press(&format!("{RIGHT}{DOWN}{DOWN}100,5{ENTER}"));
    wait_for_statistic(&page, "malic_acid", "max", 100.5);
    page.wait_for("the edit in the address", |page| page.address().contains("edits=2.2=100.5"));
    assert_eq!(page.value("document.activeElement.matches('.grid')"), true, "the focus is back in the table");
    // Nonsense is refused beside the cell, and Escape brings the value back.
    page.press(&format!("abc{ENTER}"));
    wait_for_text(&page, ".cell-error", "Allowed: a number");
    page.press(ESCAPE);
    page.wait_until("!document.querySelector('.values input')");
    assert_eq!(statistic(&page, "malic_acid", false, "max"), 100.5);
    page.find(".grid").type_text(&format!("{CONTROL}z{RELEASE}"));
    wait_for_statistic(&page, "malic_acid", "max", before);
    page.wait_for("no edit in the address", |page| !page.address().contains("edits="));
    page.find(".grid").type_text(&format!("{CONTROL}{SHIFT}z{RELEASE}"));
    wait_for_statistic(&page, "malic_acid", "max", 100.5);
    // The address is the whole state. An edit is an entry of the browser's history, and so is a row of Undos and Redos.
    page.reload();
    wait_for_statistic(&page, "malic_acid", "max", 100.5);
    page.back();
    wait_for_statistic(&page, "malic_acid", "max", 100.5);
    page.back();
    wait_for_statistic(&page, "malic_acid", "max", before);
}

#[test]
fn undo_and_redo_go_along_every_choice() {
    let page = open("explore?data=wine");
    assert!(page.find("button[aria-label=Undo]").attribute("disabled").is_some());
    page.find("button[data-method=robust]").click();
    page.wait_for("robust", |page| page.address() == "explore?data=wine&method=robust");
    page.find("select.source option[value=iris]").click();
    page.wait_for("iris", |page| page.address() == "explore?data=iris&method=robust");
    page.find("button[aria-label=Undo]").click();
    page.wait_for("wine again", |page| page.address() == "explore?data=wine&method=robust");
    page.find("button[aria-label=Undo]").click();
    page.wait_for("z-score again", |page| page.address() == "explore?data=wine");
    assert!(page.find("button[aria-label=Undo]").attribute("disabled").is_some());
    // Back leaves the undoing, and can itself be undone.
    page.back();
    page.wait_for("iris by Back", |page| page.address() == "explore?data=iris&method=robust");
    page.find("button[aria-label=Undo]").click();
    page.wait_for("undone", |page| page.address() == "explore?data=wine");
    wait_for_statistic(&page, "alcohol", "n", 178.0);
}

#[test]
fn a_block_is_pasted_into_cells() {
    let page = open("explore?data=wine");
    page.find(".grid").type_text(&format!("{DOWN}{DOWN}"));
    paste_into_the_table(&page, "1,5\t90\r\n-2\t\r\n");
    wait_for_statistic(&page, "alcohol", "min", -2.0);
    wait_for_statistic(&page, "malic_acid", "max", 90.0);
    assert_eq!(statistic(&page, "malic_acid", false, "missing"), 1.0);
    wait_for_text(&page, ".changes", "1 change");
    paste_into_the_table(&page, "1\t2\n3\tabc");
    wait_for_text(&page, ".said", "row 2, column 2");
    assert_eq!(statistic(&page, "alcohol", false, "min"), -2.0);
    page.find(".changes button").click();
    wait_for_statistic(&page, "malic_acid", "missing", 0.0);
    assert_eq!(page.count(".changes"), 0);
}

#[test]
fn any_order_any_row_of_a_large_table() {
    let page = open("explore?data=normal&g.rows=200000");
    page.wait_for("the first rows", |page| seen(page).starts_with(&[1, 2, 3]));
    page.run("const grid = document.querySelector('.grid'); grid.scrollTop = grid.scrollHeight;");
    page.wait_for("the last row", |page| seen(page).last() == Some(&200_000));
    retype(&page, ".table-tools input", &format!("123456{ENTER}"));
    page.wait_for("row 123456", |page| seen(page).contains(&123_456));
    let largest = "document.querySelector('.values tbody td[data-c=\"0\"]').title";
    page.find(".grid").type_text(&format!("{CONTROL}\u{e011}{RELEASE}"));
    page.find(".values thead [data-line='-2'] [data-c='0']").click();
    page.wait_until("document.querySelector('.values thead [data-c=\"0\"]').ariaSort === 'ascending'");
    let least = statistic(&page, "x1", false, "min").to_string().replace('-', "\u{2212}");
    page.wait_for("the least value first", |page| page.value(largest).as_str().unwrap_or_default()[..6] == least[..6]);
    page.find(".values thead [data-line='-2'] [data-c='0']").click();
    page.wait_until("document.querySelector('.values thead [data-c=\"0\"]').ariaSort === 'descending'");
    let most = statistic(&page, "x1", false, "max").to_string();
    page.wait_for("the largest value first", |page| page.value(largest).as_str().unwrap_or_default()[..5] == most[..5]);
    page.find(".values thead [data-line='-2'] [data-c='0']").click();
    page.wait_for("the order of the data", |page| seen(page).starts_with(&[1, 2, 3]));
}

#[test]
fn columns_are_renamed_and_rows_come_and_go() {
    let page = open("explore?data=penguins&cols=bill_length_mm,bill_depth_mm");
    page.find(".columns .quiet").click();
    retype(&page, "input[aria-label='Name of bill_depth_mm']", &format!("bill_length_mm{TAB}"));
    wait_for_text(&page, ".names [role=status]", "another column has that name");
    page.wait_for("the statistics follow", |page| {
        crate::explore::features(page) == ["bill_length_mm", "bill_length_mm (2)"]
    });
    page.find("button[aria-label=Undo]").click();
    page.wait_for("the old name", |page| crate::explore::features(page) == ["bill_length_mm", "bill_depth_mm"]);
    // Remove the first two rows, then add one.
    page.find(".grid").type_text(&format!("{SHIFT}{DOWN}{RELEASE}"));
    page.find(".table-tools button:last-child").click();
    wait_for_text(&page, ".said", "2 rows were removed");
    page.wait_for("342 rows", |page| page.find(".table-tools .cap").text().starts_with("342 rows"));
    page.find(".table-tools button:nth-of-type(2)").click();
    page.wait_for("343 rows", |page| page.find(".table-tools .cap").text().starts_with("343 rows"));
    wait_for_text(&page, ".said", "Row 2 was added");
    wait_for_text(&page, ".changes", "2 changes");
}

#[test]
fn an_address_with_edits_opens_with_those_that_make_sense() {
    let page = open("explore?data=wine&edits=1.1=50;999.1=5;x;178.1=-50");
    wait_for_statistic(&page, "alcohol", "max", 50.0);
    wait_for_statistic(&page, "alcohol", "min", -50.0);
    wait_for_text(&page, ".warnings", "Change 2 was not made: there is no row 999, the data have 178 rows.");
    wait_for_text(&page, ".notice", "edits=x");
}

#[test]
fn a_selection_is_drawn_and_made_missing() {
    let page = open("explore?data=wine");
    page.run("document.querySelector('.grid').scrollIntoView({ block: 'center' });");
    page.drag(".values tbody [data-line='2'] [data-c='0']", &[(0.5, 0.5), (1.5, 1.5), (1.5, 4.5)]);
    page.wait_until("document.querySelectorAll('.values .selected').length === 6");
    page.press("\u{e017}");
    wait_for_statistic(&page, "alcohol", "missing", 3.0);
    wait_for_statistic(&page, "malic_acid", "missing", 3.0);
    wait_for_text(&page, ".said", "Made missing: 3 rows of 2 columns");
}

#[test]
fn a_finger_edits_on_a_phone() {
    let page = open("explore?data=wine");
    page.resize(PHONE);
    page.run("document.querySelector('.grid').scrollIntoView({ block: 'center' });");
    assert_eq!(
        page.value("document.documentElement.scrollWidth <= innerWidth"),
        true,
        "nothing is wider than the phone"
    );
    let cell = ".values tbody [data-line='4'] [data-c='1']";
    page.find(cell).click();
    page.wait_until("document.querySelector('.values tbody .cursor').dataset.c === '1'");
    page.find(cell).click();
    page.wait_until("document.activeElement.name === 'cell'");
    // The value is selected: what is typed replaces it.
    page.press(&format!("77{ENTER}"));
    wait_for_statistic(&page, "malic_acid", "max", 77.0);
}

/// What is picked has the cursor of the table, wherever it was picked: the keys go on from there.
#[test]
fn the_cursor_is_at_what_is_picked() {
    let active = |page: &Page| {
        page.value(
            "(() => {
                const grid = document.querySelector('[role=grid]');
                const cell = document.getElementById(grid.getAttribute('aria-activedescendant'));
                const seen = grid.getBoundingClientRect(), place = cell?.getBoundingClientRect();
                return place && place.top >= seen.top && place.bottom <= seen.bottom && place.left >= seen.left
                    && place.right <= seen.right + 1 ? cell.textContent : null;
            })()",
        )
    };
    // Row 151, proline, the last of 13 columns.
    let page = Page::open("explore?data=wine&pick=151.13");
    page.wait_for("the picked value is in sight", |page| active(page) == "500");
    page.value("document.querySelector('[role=grid]').focus()");
    page.press("\u{e012}");
    page.wait_until("location.hash.includes('pick=151.12')");
    // From another place, also one that is in sight.
    page.go("explore?data=wine&pick=150.2");
    page.wait_for("the other value", |page| active(page) == "3.9");
}

/// Numbers are not cut off and keep apart, however many digits they have.
#[test]
fn every_number_fits_its_cell() {
    let longest =
        "1.1=-0.0012345678901234567;2.1=-1.2345678901234567e-300;3.1=-123456.78901234567;4.1=-1.2345678901234567e-5";
    let page = open(&format!("explore?data=normal&seed=1&g.rows=20&g.columns=10&method=max-abs&edits={longest}"));
    let too_long = "
        return [...document.querySelectorAll('.values td')].filter(cell => {
            const text = document.createRange();
            text.selectNodeContents(cell);
            return text.getBoundingClientRect().width + 4 > cell.clientWidth;
        }).map(cell => cell.textContent).join(' ')";
    assert_eq!(page.run(too_long), "");
    page.run("document.querySelector('label.precise input').click()");
    page.wait_until("document.querySelector('.values td[data-c=\"0\"]').textContent.length > 15");
    assert_eq!(page.run(too_long), "");
}
