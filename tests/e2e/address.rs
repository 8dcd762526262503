//! Every choice is in the address, and the address alone brings it back.

use crate::explore::{
    choose, choose_method, features, heading, pixels, retype, statistics, wait_for_features, wait_for_method,
    wait_for_text,
};
use crate::harness::Page;
use serde_json::json;

#[test]
fn choices_go_to_the_address_and_back_and_forward_restore_them() {
    let page = Page::open("");
    assert_eq!(page.address(), "explore");
    choose(&page, "select.source", "iris");
    let iris = ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"];
    wait_for_features(&page, &iris);
    choose_method(&page, "min-max");
    retype(&page, "input[name=low]", "-1");
    wait_for_text(&page, "table.stats td", "\u{2212}1");
    assert_eq!(page.address(), "explore?data=iris&method=min-max&low=-1");
    let shown = statistics(&page);

    // Typing a number is one step, not one a key.
    page.back();
    page.wait_for("the low end is 0 again", |page| page.address() == "explore?data=iris&method=min-max");
    page.wait_for("the result follows", |page| statistics(page).iter().all(|one| one.after[4] == 0.0));
    page.back();
    wait_for_method(&page, "z-score");
    assert_eq!(features(&page), iris);
    page.back();
    wait_for_features(&page, &["ctr", "revenue"]);
    assert_eq!(page.count("button[data-method=z-score][aria-pressed=true]"), 1);
    for _ in 0..3 {
        page.forward();
    }
    page.wait_for("all is as it was", |page| statistics(page) == shown);
    assert_eq!(page.address(), "explore?data=iris&method=min-max&low=-1");
}

/// Browsers list the entries of the history by their titles.
#[test]
fn an_entry_of_the_history_keeps_the_title_that_belongs_to_it() {
    let page = Page::open("explore?data=iris&method=min-max");
    page.wait_until("document.title === 'min-max: Iris \u{2013} Normlab'");
    page.run(
        "const push = History.prototype.pushState;
         window.left = [];
         History.prototype.pushState = function (...entry) { left.push(document.title); push.apply(this, entry); };",
    );
    choose_method(&page, "robust");
    page.wait_until("document.title === 'robust: Iris \u{2013} Normlab'");
    assert_eq!(page.value("left"), json!(["min-max: Iris \u{2013} Normlab"]));
}

#[test]
fn the_same_address_opened_fresh_gives_the_same_pixels_and_numbers() {
    let page = Page::open("");
    for address in [
        "explore?data=wine&cols=alcohol,proline&method=min-max&low=-1&layout=each&axes=own",
        "explore?data=penguins&method=robust&fit=train&share=0.5&split=7&view=density&color=species",
        "explore?data=activations&seed=12&g.rows=20&method=layer-norm&over=channels&bins=30",
    ] {
        page.go(address);
        // Nothing is left but the address.
        page.reload();
        let first = (heading(&page), statistics(&page), pixels(&page));
        assert_eq!(page.address(), address, "it is the page's own");
        assert_eq!(page.count(".notice"), 0, "{address} is understood");
        page.reload();
        // Numbers as text: a shape that is not defined is not equal to itself.
        let second = (heading(&page), statistics(&page), pixels(&page));
        assert_eq!(format!("{:?}", (&second.0, &second.1)), format!("{:?}", (&first.0, &first.1)), "{address}");
        assert!(second.2 == first.2, "{address} gives other pixels");
    }
}

#[test]
fn what_was_not_understood_is_named_and_the_rest_opens() {
    let page = Page::open("explore?data=wine&method=magic&bins=9000&wat=%E2%98%83&cols=proline,nothing&color=none");
    wait_for_features(&page, &["proline"]);
    for part in ["method=magic", "bins=9000", "wat=\u{2603}", "nothing", "none"] {
        wait_for_text(&page, "[role=alert]", part);
    }
    let notices = page.count(".notice");
    page.find(".notice .dismiss").click();
    page.wait_for("one notice is gone", |page| page.count(".notice") == notices - 1);
}

#[test]
fn an_address_of_somebody_elses_file_says_whose_it_is() {
    let page = Page::open("explore?data=file&name=salaries.csv&method=robust");
    wait_for_text(&page, ".notice", "salaries.csv");
    wait_for_method(&page, "robust");
}
