//! Pictures of the page to look at: `make screenshots`. They assert nothing but that the page draws.

use crate::harness::{DESKTOP, PHONE, PROJECTOR, Page, Theme};

#[test]
fn screenshots() {
    let page = Page::open("");
    for (width, height) in [DESKTOP, PHONE, PROJECTOR] {
        for theme in [Theme::Light, Theme::Dark] {
            page.resize((width, height));
            page.prefer(theme);
            page.go("explore");
            page.screenshot(&format!("explore-{width}-{theme:?}").to_lowercase());
        }
    }
}
