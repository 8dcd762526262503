//! A lesson: paste from a spreadsheet, normalize, make an outlier by hand, change the method, and give the link to the class.

use crate::explore::{
    choose_method, paste, pixels, statistic, statistics, wait_for_features, wait_for_text, wait_until_painted,
};
use crate::harness::Page;

/// Twelve people, as a spreadsheet puts its cells on the clipboard.
const CELLS: &str = "height\tweight\n1.52\t51\n1.58\t55\n1.61\t60\n1.64\t58\n1.66\t63\n1.69\t66\n1.71\t70\n1.74\t68\n1.77\t74\n\
                     1.8\t79\n1.84\t82\n1.9\t88\n";
const BEFORE: &str = "figure[data-when=before] .plot-overlay";

#[test]
fn the_class_sees_what_the_teacher_made() {
    let page = Page::open("");
    paste(&page, CELLS);
    wait_for_features(&page, &["height", "weight"]);
    page.run("[...document.querySelectorAll('.views button')].find(one => one.textContent === 'Scatter').click()");
    choose_method(&page, "z-score");
    page.wait_for("a scatter plot", |page| page.address().contains("view=scatter"));
    wait_until_painted(&page);
    let spread = statistic(&page, "weight", false, "sd");

    // The tallest is the heaviest: found by keys, dragged to where nobody is.
    page.run(&format!("document.querySelector('{BEFORE}').focus()"));
    page.press("\u{e010}");
    wait_for_text(&page, ".readout", "Row 12");
    let at = page.run(&format!(
        "const svg = document.querySelector('{BEFORE} svg');
         const [, x, y, radius] = svg.querySelector('.highlighted').getAttribute('d').match(/^M(\\d+) (\\d+)a(\\d+)/).map(Number);
         const {{ width, height }} = svg.viewBox.baseVal;
         return [(x + radius) / width, y / height];"
    ));
    let (x, y) = (at[0].as_f64().unwrap(), at[1].as_f64().unwrap());
    page.drag(BEFORE, &[(x, y), (x - 0.2, y + 0.1), (0.2, -0.05), (0.15, -0.1)]);
    page.wait_for("the weights spread wider", |page| statistic(page, "weight", false, "sd") > 1.3 * spread);

    choose_method(&page, "robust");
    page.wait_for("the data and the edit are in the address", |page| {
        let address = page.address();
        address.contains("pack=") && address.contains("edits=") && address.contains("method=robust")
    });
    let (shown, painted, address) = (statistics(&page), pixels(&page), page.address());

    // A pupil's browser.
    let pupil = Page::open(&address);
    wait_for_features(&pupil, &["height", "weight"]);
    wait_until_painted(&pupil);
    pupil.wait_for("the same numbers", |pupil| statistics(pupil) == shown);
    assert!(pixels(&pupil) == painted, "the same picture");
    assert_eq!(pupil.address(), address);
}
