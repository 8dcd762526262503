//! What the page says and draws, as text that can be read and reviewed. After a change that is meant to be one,
//! `UPDATE_EXPECT=1 cargo test snapshots` writes the files anew; look at what became of them before you commit.

use std::fmt::Write;

use expect_test::expect_file;
use normlab::caption::caption;
use normlab::figure::pairs;
use normlab::state::{DataChoice, address};

use crate::explorer::Explorer;

/// States of all kinds, as addresses.
const ADDRESSES: [&str; 28] = [
    "explore",
    "explore?method=rms-norm",
    "explore?method=layer-norm",
    "explore?method=group-norm",
    "explore?method=batch-norm&mode=evaluation",
    "explore?method=batch-norm&eps=0.1",
    "explore?data=outliers&method=min-max",
    "explore?data=outliers&method=robust",
    "explore?data=outliers&method=max-abs",
    "explore?data=constant-column&method=z-score",
    "explore?data=constant-column&method=batch-norm",
    "explore?data=normal&method=z-score",
    "explore?data=lognormal&method=z-score",
    "explore?data=student-t&method=min-max",
    "explore?data=bimodal&method=robust",
    "explore?data=drawn&method=min-max",
    "explore?data=wine&method=z-score",
    "explore?data=wine&method=min-max&fit=train&share=0.75&split=1",
    "explore?data=wine&method=unit-length",
    "explore?data=iris&method=z-score",
    "explore?data=iris&method=z-score&with=min-max",
    "explore?data=penguins&method=robust",
    "explore?data=breast-cancer&method=z-score",
    "explore?data=digits&method=layer-norm",
    "explore?data=digits&method=instance-norm",
    "explore?data=activations-before&method=batch-norm",
    "explore?data=activations-before&method=layer-norm",
    "explore?data=activations-before&method=group-norm&groups=4",
];

/// A page at an address.
fn open(text: &str) -> Explorer {
    let (state, complaints) = address::decode(&format!("/{text}"));
    assert_eq!(complaints, Vec::<String>::new(), "{text}");
    let explorer = match &state.data {
        DataChoice::Sample(slug) => Explorer::sample(slug),
        DataChoice::Generated { generator, seed } => Explorer::generated(generator.info().slug, &[], *seed),
        DataChoice::UserFile(_) => panic!("{text} is of data that nobody has here"),
    };
    Explorer { state, ..explorer }
}

#[test]
fn captions() {
    let mut text = String::new();
    for address in ADDRESSES {
        let caption = caption(&open(address).view());
        writeln!(text, "#/{address}\n  {}\n  {}\n  {}\n", caption.headline, caption.detail, caption.distances).unwrap();
    }
    expect_file!["../snapshots/captions.txt"].assert_eq(&text);
}

#[test]
fn scenes() {
    let mut text = String::new();
    for view in ["histogram", "density", "ecdf", "box", "strip", "scatter", "heat"] {
        let (state, complaints) = address::decode(&format!("/explore?method=z-score&view={view}"));
        assert_eq!(complaints, Vec::<String>::new());
        let mut explorer = Explorer { state, ..Explorer::text("a,b\n1,10\n2,40\n3,20\n4,40\n") };
        for scene in pairs(&explorer.view(), true, 1).into_iter().flat_map(|pair| [pair.before, pair.after]) {
            writeln!(text, "{view}: {}\n{}\n{:?}\n{:?}", scene.title, scene.description, scene.x, scene.y).unwrap();
            scene.marks.iter().for_each(|mark| writeln!(text, "{mark:?}").unwrap());
            writeln!(text, "{:?}\n", scene.note).unwrap();
        }
    }
    expect_file!["../snapshots/scenes.txt"].assert_eq(&text);
}
