//! Batch by batch where a batch is a single value, or the library stops.

use normlab::caption::batches as words;
use normlab::engine::Conventions;
use normlab::session::{NoYield, QueryError};

use crate::batches::{ask, open, set, walk};
use crate::explorer::Explorer;

/// What the library refuses at once has no view; what can be walked still is, and the refusal is said.
#[test]
fn a_refusal_without_a_view_is_walked_as_far_as_it_goes() {
    let mut explorer = open(Explorer::text("a,b\n1,5\n"));
    explorer.state.conventions = Conventions::PyTorch;
    let refused = |explorer: &mut Explorer| {
        crate::explorer::ask(&mut explorer.session, &explorer.state.query(&explorer.info), &NoYield::default())
    };
    assert!(matches!(refused(&mut explorer), Err(QueryError::Because(_))));
    let running_stats = ask(&mut explorer, &NoYield::default()).unwrap();
    assert!(
        words::refusal(&running_stats)
            .unwrap()
            .starts_with("PyTorch stops at batch 1 in training: \u{201c}Expected more")
    );
    assert!(words::outputs(&running_stats).is_empty(), "{}", words::outputs(&running_stats));
    assert!(!words::detail(&running_stats).contains("momentum"), "{}", words::detail(&running_stats));
    // Also what is refused for a setting, batch after batch: the message is that of the rule.
    let mut explorer = open(Explorer::text("a\n1\n2\n4\n"));
    set(&mut explorer, "eps", "0");
    explorer.state.conventions = Conventions::PyTorch;
    let Err(QueryError::Because(said)) = refused(&mut explorer) else { panic!() };
    let Err(QueryError::Because(why)) = ask(&mut explorer, &NoYield::default()) else { panic!() };
    assert_eq!(why, said, "the same refusal in both places");
    assert!(why.starts_with("PyTorch refuses this: eps is 0"), "{why}");
}

#[test]
fn the_variance_of_single_values_is_no_fraction_smaller() {
    let mut explorer = open(Explorer::text("a\n1\n2\n4\n"));
    for (key, text) in [("batch", "1"), ("running-variance", "biased")] {
        set(&mut explorer, key, text);
    }
    explorer.state.conventions = Conventions::Keras;
    let notes = words::notes(&walk(&mut explorer));
    assert_eq!(
        notes[0],
        "A single value has no spread: the variance of every batch is 0, whatever the values are, and the running variance \
         says nothing about them."
    );
    assert!(!notes.join(" ").contains("1/1"), "{notes:?}");
}
