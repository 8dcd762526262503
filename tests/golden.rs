//! Every case of `fixtures/golden/torch_sklearn.json`: against 80-digit arithmetic where there is any, else against what
//! the library gave. `fixtures/golden/README.md` says how the cases were made.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "golden/case.rs"]
mod case;
#[path = "golden/compare.rs"]
mod compare;
#[path = "golden/conventions.rs"]
mod conventions;
#[path = "golden/gradients.rs"]
mod gradients;
#[path = "golden/sklearn.rs"]
mod sklearn;
#[path = "golden/torch.rs"]
mod torch;

use case::Case;
use compare::Tally;

#[test]
fn all_cases_of_torch_and_scikit_learn() {
    let cases = Case::all();
    assert_eq!(cases.len(), 209);
    let mut tally = Tally::default();
    for case in &cases {
        let before = tally.compared();
        match case.text("lib") {
            "torch" => torch::check(case, &mut tally),
            "scikit-learn" => sklearn::check(case, &mut tally),
            other => panic!("a library nobody told of: {other}"),
        }
        assert!(tally.compared() > before || tally.failed(), "{} was compared with nothing", case.name());
    }
    println!("{tally}");
    tally.finish();
    assert_eq!(tally.exact + tally.outputs + tally.errors, 209, "{tally}");
}
