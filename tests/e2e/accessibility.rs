//! axe-core finds no violation, on every page, light and dark, on a laptop and on a phone.

use crate::harness::{DESKTOP, PHONE, Page, ROOT, Theme};
use std::path::Path;

/// Every page; one line for a new one.
const ADDRESSES: [&str; 6] = [
    "explore",
    "explore?data=wine&method=batch-norm&library=keras&study=map",
    "experiments",
    "experiment/nearest",
    "experiment/nearest?guess.share=50&run=1",
    "explore?method=batch-norm&with=batch-norm,mode=evaluation&view=strip",
];

/// axe-core's rules for WCAG 2.2 AA, and its best practices.
const AXE: &str = "
    const { violations } = await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id} (${help}) in ${html}: ${failureSummary}`));";

#[test]
fn axe_finds_no_violation() {
    let axe = Path::new(ROOT).join("node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(axe).expect("axe-core should be there: scripts/setup.sh test");
    let page = Page::open("");
    let mut found = Vec::new();
    for address in ADDRESSES {
        for size in [DESKTOP, PHONE] {
            for theme in [Theme::Light, Theme::Dark] {
                page.resize(size);
                page.prefer(theme);
                page.go(address);
                // Another theme comes by degrees, and to what is out of sight not at all: the page begins with it.
                page.reload();
                page.run(&axe);
                let violations = page.run(AXE);
                for violation in violations.as_array().expect("axe should give a list") {
                    found.push(format!("{address} {size:?} {theme:?}: {violation}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
