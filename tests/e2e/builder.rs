//! Which method a mixture is, and what libraries make of one: the map of methods, and the switch of conventions.

use crate::explore::{choose, heading, retype, wait_for_text, wait_until_painted};
use crate::harness::Page;

const ENTER: &str = "\u{e007}";
const MEDIAN: &str =
    "[aria-label^='From every value the median of its example is subtracted; the rest is divided by the inter']";

#[test]
fn the_map_leads_to_every_mixture_by_keyboard() {
    let page = Page::open("explore?data=wine&method=z-score&study=map");
    wait_for_text(&page, ".map [aria-current] [aria-pressed=true]", "z-score");
    wait_for_text(&page, ".called", "This is z-score.");
    // A place without a name is a button like any other.
    page.find(MEDIAN);
    page.value(&format!("document.querySelector(\"{MEDIAN}\").focus()"));
    page.press(ENTER);
    wait_for_text(&page, "main h1", "Your own method: the 13 values of each row share one median");
    wait_for_text(&page, ".caption .sub", "From every value the median of its example is subtracted;");
    wait_for_text(&page, ".called", "This has no usual name.");
    wait_for_text(&page, ".map [aria-current]", "Your own method");
    assert!(page.address().contains("method=custom"), "{}", page.address());
    page.wait_until(&format!("document.activeElement === document.querySelector(\"{MEDIAN}\")"));
    page.value("[...document.querySelectorAll('.map button')].find(one => one.textContent === 'GroupNorm').click()");
    wait_for_text(&page, "main h1", "GroupNorm");
    wait_for_text(&page, ".map [aria-current] [aria-pressed=true]", "GroupNorm");
    wait_until_painted(&page);
}

#[test]
fn a_library_says_what_it_changed_and_the_way_back_is_one_step() {
    let page = Page::open("explore?data=wine&method=batch-norm&mode=evaluation");
    assert_eq!(page.count(".library"), 0, "Normlab changes nothing of its own");
    let choose = |library: &str| choose(&page, "select[name=library]", library);
    choose("keras");
    wait_for_text(&page, ".library", "Keras calls it BatchNormalization.");
    wait_for_text(&page, ".library", "eps: 1e-5 \u{2192} 0.001");
    page.wait_until("document.querySelector('input[name=eps]').value === '0.001'");
    choose("pytorch");
    wait_for_text(&page, ".library", "A batch of one row is refused in training");
    page.wait_until("document.querySelector('input[name=eps]').value === '0.00001'");
    assert!(page.address().contains("library=pytorch"), "{}", page.address());
    // Refused in the library's own words; what was seen last stays.
    let headline = heading(&page);
    retype(&page, "input[name=batch]", "1");
    wait_for_text(&page, ".settings .problem", "PyTorch refuses this: \u{201c}Expected more than 1 value per channel");
    assert_eq!(heading(&page), headline);
    choose("normlab");
    page.wait_until("!document.querySelector('.settings .problem') && !document.querySelector('.library')");
    wait_until_painted(&page);
}
