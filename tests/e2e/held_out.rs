//! What says that the statistics come from other rows.

use crate::explore::{wait_for_text, wait_until_painted};
use crate::harness::Page;

#[test]
fn rows_that_were_held_out_are_marked_everywhere() {
    let page = Page::open("explore?data=ctr-revenue&method=min-max&fit=train&share=0.75&split=1&view=strip");
    wait_for_text(&page, "main h1", "2 of 100 test values land below 0.");
    wait_until_painted(&page);
    assert_eq!(page.count("figure .legend .held-out.hollow"), 2);
    assert_eq!(page.count(".plot-overlay[aria-label]"), 2);
    page.wait_until(
        "[...document.querySelectorAll('figure canvas')].every(one => one.ariaLabel.endsWith('Held-out rows are hollow.'))",
    );
    // Every row that is there has its mark, for eyes and for ears.
    page.wait_until("document.querySelectorAll('.values tbody th').length > 10");
    let marked = "[...document.querySelectorAll('.values tbody th')]
        .filter(one => one.textContent.includes('\u{25cb}') && one.textContent.includes(', held out')).length";
    let marked = page.value(marked).as_u64().unwrap();
    assert!(marked > 0 && marked < page.count(".values tbody th") as u64, "{marked}");
    let lines = "[...document.querySelectorAll('.stats tbody tr.held-out')].map(row => row.textContent)";
    let lines = page.value(lines);
    let lines: Vec<&str> = lines.as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    assert!(lines.len() == 2 && lines.iter().all(|line| line.starts_with("Held out, after50")), "{lines:?}");
    page.go("explore?data=ctr-revenue&method=min-max&fit=train&share=0.75&split=1");
    page.wait_for("the histograms say it too", |page| page.count("figure .legend .held-out.darker") == 2);
    page.go("explore?data=ctr-revenue&method=min-max");
    page.wait_for("nothing is held out", |page| page.count(".held-out") == 0);
    page.wait_for("also in the table", |page| !page.find(".values").text().contains('\u{25cb}'));
}
