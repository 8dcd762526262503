//! Files with more in them than a table, and the other reading one click away.

use crate::explore::{Directory, choose, drop_file, features, paste, statistic, wait_for_features, wait_for_text};
use crate::harness::Page;

fn press(page: &Page, label: &str) {
    page.run(&format!(
        "[...document.querySelectorAll('#page button')].find((button) => button.textContent === {label:?}).click();"
    ));
}

#[test]
fn a_title_is_left_out_said_and_can_be_brought_back() {
    let page = Page::open("");
    drop_file(&page, "trial.csv", "Field trial (made up),,\nplot,mass,n\n101,55.2,2.1\n102,48,1.9\n103,70.3,2.6\n");
    wait_for_features(&page, &["plot", "mass", "n"]);
    wait_for_text(&page, ".reading .about", "The names are on line 2; the data start on line 3.");
    press(&page, "Start on line 1");
    wait_for_features(&page, &["Field trial (made up)", "column 2", "column 3"]);
    assert!(page.address().contains("&line=1"), "{}", page.address());
    assert_eq!(page.value("document.querySelector('input[name=line]').value"), "1");
    page.run("history.back()");
    wait_for_features(&page, &["plot", "mass", "n"]);
    // A line that is not there is named, and what was there stays.
    page.run(
        "const field = document.querySelector('input[name=line]');
         field.value = '90';
         field.dispatchEvent(new Event('change', { bubbles: true }));",
    );
    wait_for_text(&page, ".notice.problem", "cannot start on line 90. Expected: a line from 1 to 5");
    assert_eq!(features(&page), ["plot", "mass", "n"]);
}

#[test]
fn infinite_values_are_refused_or_taken_as_missing_by_choice() {
    let page = Page::open("");
    let directory = Directory::new("infinite");
    let path = directory.copy("tests/fixtures/cases/55-inf16.npy", "half.npy");
    page.find_input("input[type=file]").upload(&path);
    wait_for_text(&page, ".notice.problem", "is inf");
    press(&page, "Take infinite values as missing");
    wait_for_text(&page, ".reading .about", "One infinite value is taken as missing");
    assert!(page.address().contains("infinite=missing"), "{}", page.address());
    assert_eq!(page.count(".notice.problem"), 0);
}

#[test]
fn a_printed_list_is_a_column_and_a_row_can_become_one() {
    let page = Page::open("");
    paste(&page, "tensor([[ 0.5, 2.0],\n        [-0.5, 4.0]])");
    wait_for_features(&page, &["column 1", "column 2"]);
    wait_for_text(&page, ".reading .about", "Read as a printed array: 2 rows of 2 values.");
    paste(&page, "3 5 9 100");
    wait_for_text(&page, ".reading .about", "There is one row of 4 values");
    press(&page, "Make it one column");
    wait_for_features(&page, &["value"]);
    assert_eq!(statistic(&page, "value", false, "max"), 100.0);
    page.find("input[name=transposed]").click();
    page.wait_for("a row again", |page| features(page).len() == 4);
}

#[test]
fn sentinels_percent_and_words_for_true_are_asked_about() {
    let page = Page::open("");
    let table = "t,rate,smoker\n1,45%,TRUE\n2,0.3,FALSE\n-999,12%,TRUE\n4,0.5,FALSE\n";
    drop_file(&page, "asked.csv", table);
    wait_for_features(&page, &["t", "rate"]);
    press(&page, "Take as missing");
    page.wait_for("-999 is missing", |page| statistic(page, "t", false, "min") == 1.0);
    press(&page, "Read 45% as 0.45");
    page.wait_for("a fraction", |page| statistic(page, "rate", false, "max") == 0.5);
    press(&page, "Use 1 and 0");
    wait_for_features(&page, &["t", "rate", "smoker"]);
    // A reload finds the file in this browser, and the address has every choice.
    wait_for_text(&page, ".data", "Saved in this browser");
    page.run("location.reload()");
    wait_for_features(&page, &["t", "rate", "smoker"]);
    assert_eq!(statistic(&page, "t", false, "min"), 1.0);
    choose(&page, "select.source", "wine");
    page.wait_for("wine", |page| features(page).len() == 13);
}
