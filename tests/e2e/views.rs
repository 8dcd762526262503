//! Every picture that there is of the data, by the buttons of the page.

use crate::explore::{choose, choose_method, wait_for_text, wait_until_painted};
use crate::harness::Page;

fn press(page: &Page, label: &str) {
    page.run(&format!(
        "[...document.querySelectorAll('.views button')].find(button => button.textContent === '{label}').click()"
    ));
    page.wait_until(&format!(
        "[...document.querySelectorAll('.views button')].some(button =>
            button.textContent === '{label}' && button.ariaPressed === 'true')"
    ));
}

/// Waits until a reader of the picture after hears this.
fn wait_for_words(page: &Page, words: &str) {
    page.wait_until(&format!(
        "[...document.querySelectorAll('figure[data-when=after] [aria-label]')]
            .some(element => element.ariaLabel.includes('{words}'))"
    ));
}

/// A picture whose pair has other numbers on its axes, but needs no more room for them, is as it was.
#[test]
fn another_method_paints_the_values_after_alone() {
    let page = Page::open("explore?data=normal&seed=1&method=z-score");
    wait_until_painted(&page);
    page.run(
        "window.painted = [];
         const prototype = CanvasRenderingContext2D.prototype, fillText = prototype.fillText;
         prototype.fillText = function (...text) {
             painted.push(this.canvas.closest('figure').dataset.when);
             return fillText.apply(this, text);
         };",
    );
    choose_method(&page, "robust");
    page.wait_until("painted.includes('after')");
    assert_eq!(page.value("painted.filter(when => when === 'before').length"), 0);
}

#[test]
fn every_picture_is_drawn_and_says_what_it_shows() {
    let page = Page::open("explore?data=wine");
    wait_until_painted(&page);
    for (label, words) in [
        ("Density", "densest near"),
        ("ECDF", "half are at or below"),
        ("Box", "whiskers reach"),
        ("Strip", "the middle one at"),
        ("Scatter", "points, alcohol"),
        ("Heat map", "Colours from"),
        ("Histogram", "most in"),
    ] {
        press(&page, label);
        wait_for_words(&page, words);
        wait_until_painted(&page);
    }
    assert_eq!(page.count("figure[data-when=after]"), 6, "of many features the first are drawn");
    page.run("document.querySelector('.more').scrollIntoView({ block: 'center' })");
    page.find(".more").click();
    page.wait_for("all features", |page| page.count("figure[data-when=after]") == 13);
    wait_until_painted(&page);
}

#[test]
fn what_a_scatter_plot_shows_is_chosen_and_stays_in_the_address() {
    let page = Page::open("explore?data=iris&view=scatter");
    wait_for_words(&page, "points, sepal length (cm)");
    choose(&page, "select[name=up]", "petal width (cm)");
    wait_for_words(&page, "petal width (cm)");
    page.wait_until("location.hash.includes('pair=')");
    page.run("location.reload()");
    wait_for_words(&page, "petal width (cm)");
}

#[test]
fn scale_zoom_and_axes_have_an_effect_and_words() {
    let page = Page::open("explore?data=ctr-revenue&view=strip");
    wait_until_painted(&page);
    press(&page, "Hide extreme 2%");
    wait_for_text(&page, ".plot-note", "outside of the picture");
    press(&page, "All values");
    page.wait_for("no note", |page| page.count(".plot-note") == 0);
    press(&page, "Symmetric log");
    press(&page, "Same before and after");
    wait_until_painted(&page);
}

#[test]
fn digits_are_drawn_and_what_is_no_image_is_not() {
    let page = Page::open("explore?data=digits&view=images");
    wait_for_words(&page, "The first 32 images of 8 by 8 pixels");
    wait_until_painted(&page);
    let page = Page::open("explore?data=iris&view=images");
    wait_for_text(&page, ".views .cap", "Only images can be shown as images. This is a histogram.");
}
