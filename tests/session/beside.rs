//! A second method, or a second setting, beside the result: its own numbers, axes, groups and words.

use normlab::caption::{caption, figure_caption, pointed};
use normlab::data::DataCell;
use normlab::engine::Method;
use normlab::figure::pairs;
use normlab::plot::{Curve, Place, View};
use normlab::protocol::{AxisPolicy, FitOn, HighlightQuery, Pick, ViewResult, When};
use normlab::state::address::decode;
use normlab::state::{Action, Panel, SharedGroup};

use crate::explorer::Explorer;

/// The view of this address, of a data set that is loaded.
fn at(explorer: &mut Explorer, address: &str) -> ViewResult {
    let (state, complaints) = decode(&format!("/explore?{address}"));
    assert!(complaints.is_empty(), "{complaints:?}");
    explorer.act(Action::Open(Box::new(state))).view()
}

/// What stands at the left is what that method makes as the method of the page, for every method beside every other.
#[test]
fn the_left_side_is_what_the_method_makes_by_itself() {
    let slugs: Vec<_> = Method::all().iter().map(|method| method.info().slug).collect();
    let mut explorer = Explorer::sample("iris");
    for (index, left) in slugs.iter().enumerate() {
        let right = slugs[(index + 3) % slugs.len()];
        let alone = at(&mut explorer, &format!("method={left}&axes=own"));
        let both = at(&mut explorer, &format!("method={right}&with={left}&axes=own"));
        let beside = both.beside.as_ref().unwrap();
        let summaries: Vec<_> = alone.features.iter().map(|feature| feature.after).collect();
        assert_eq!(format!("{:?}", beside.features), format!("{summaries:?}"), "{left}");
        let before: Vec<_> = both.features.iter().map(|feature| feature.before.mean).collect();
        assert_eq!(before, alone.features.iter().map(|feature| feature.before.mean).collect::<Vec<_>>());
    }
}

#[test]
fn every_view_draws_both_and_says_which() {
    let mut explorer = Explorer::sample("digits");
    for view in View::ALL {
        let slug = view.info().slug;
        let both = at(&mut explorer, &format!("method=layer-norm&with=batch-norm&view={slug}"));
        for pair in pairs(&both, true, 6) {
            let [left, right] = [&pair.before.title, &pair.after.title];
            assert!(left.ends_with("fter BatchNorm") && right.ends_with("fter LayerNorm"), "{slug}: {left}, {right}");
        }
        let swapped = at(&mut explorer, &format!("method=batch-norm&with=layer-norm&view={slug}"));
        for (left, right) in both.before.features.iter().zip(&swapped.after.features) {
            assert_eq!(left.len(), right.len(), "{slug}");
        }
    }
}

#[test]
fn training_beside_evaluation() {
    let mut explorer = Explorer::sample("ctr-revenue");
    explorer.act(Action::ChooseMethod("batch-norm"));
    let other = explorer.state.other_mode().unwrap();
    let view = explorer.act(Action::SetWith(Some(Box::new(other)))).view();
    let [left, right] = &view.beside.as_ref().unwrap().names;
    assert_eq!([left.as_str(), right], ["BatchNorm (evaluation)", "BatchNorm (training)"]);
    let told = caption(&view);
    assert!(
        told.headline.contains("after BatchNorm (evaluation), 0.9923 after BatchNorm (training)"),
        "{}",
        told.headline
    );
    assert!(told.detail.contains("one result is the other shifted and stretched"), "{}", told.detail);
    assert!(figure_caption(&view, "CTR").contains("Mode evaluation"));
    assert!(figure_caption(&view, "CTR").contains("; BatchNorm (Mode training"));
    // The sides change places, and settings are those of the right one.
    let swapped = explorer.act(Action::SwapWith).view();
    assert_eq!(swapped.beside.as_ref().unwrap().names, [right.clone(), left.clone()]);
    assert_eq!(explorer.act(Action::SwapWith).view().beside.unwrap().names, view.beside.unwrap().names);
}

#[test]
fn what_is_kept_stays_while_settings_change() {
    let mut explorer = Explorer::sample("iris");
    explorer.act(Action::ChooseMethod("batch-norm"));
    let kept = explorer.state.kept_as_it_is();
    let same = explorer.act(Action::SetWith(Some(Box::new(kept)))).view();
    assert!(caption(&same).headline.starts_with("Both sides show BatchNorm with the same settings"));
    let view = explorer.act(Action::SetMethod { key: "eps", text: "0.1".into() }).view();
    assert_eq!(view.beside.as_ref().unwrap().names, ["BatchNorm (eps 1e-5)", "BatchNorm (eps 0.1)"]);
    // All rows against the training rows.
    explorer.act(Action::ChooseMethod("z-score"));
    let kept = explorer.state.kept_as_it_is();
    explorer.act(Action::SetWith(Some(Box::new(kept)))).act(Action::SetFit(FitOn::Train { share: 0.5, seed: 1 }));
    let view = explorer.view();
    let names = &view.beside.as_ref().unwrap().names;
    assert_eq!(names, &["z-score (fitted on all rows)", "z-score (training share 0.5, split 1)"]);
    assert!(view.beside.as_ref().unwrap().relations[0].largest > 0.0);
    // A method that was chosen follows the rows of the page.
    let robust = explorer.state.with_method("robust", &explorer.info).unwrap();
    explorer.act(Action::SetWith(Some(Box::new(robust))));
    assert_eq!(explorer.query().with.unwrap().fit, FitOn::Train { share: 0.5, seed: 1 });
}

#[test]
fn the_sentence_says_what_is_different() {
    let mut explorer = Explorer::generated("outliers", &[], 1);
    let view = at(&mut explorer, "method=min-max&with=robust");
    let told = caption(&view);
    assert!(told.headline.starts_with("x1 has a middle half of 1 after robust, 0."), "{}", told.headline);
    assert!(told.detail.contains("The shapes are the same"), "{}", told.detail);
    let mut explorer = Explorer::sample("iris");
    let told = caption(&at(&mut explorer, "method=layer-norm&with=batch-norm"));
    assert!(told.detail.contains("The shapes differ as well"), "{}", told.detail);
    let told = caption(&at(&mut explorer, "method=batch-norm&eps=0&with=z-score"));
    assert_eq!(told.headline, "z-score and BatchNorm give the same values.");
    assert_eq!(told.detail, "");
}

/// Row 3, channel 2 of activations: BatchNorm shares statistics over rows, LayerNorm within the row.
#[test]
fn each_side_outlines_its_own_groups() {
    let mut explorer = Explorer::generated("activations", &[], 1);
    let view = at(&mut explorer, "method=layer-norm&with=batch-norm&view=heat");
    let pick = Pick::Cell(DataCell { row: 2, column: view.query.columns[1], position: 0 });
    let members = |when| SharedGroup::on(when, &view, Some(pick)).unwrap().members();
    let [rows, features, _] = members(When::Before);
    assert_eq!((rows.len(), features), (view.shape.examples, 1..2));
    let [rows, features, _] = members(When::After);
    assert_eq!((rows, features.len()), (2..3, view.shape.features));
    let highlight = explorer.session.highlight(&HighlightQuery { pick }).unwrap();
    let text = pointed(&view, &highlight);
    assert!(text.contains("after BatchNorm and ") && text.ends_with("after LayerNorm."), "{text}");
    // In a histogram the left side lights the values after BatchNorm.
    let view = at(&mut explorer, "method=layer-norm&with=batch-norm&view=histogram");
    let column = view.query.columns[0];
    let Curve::Histogram(bins) = &view.before.features[0][0] else { panic!() };
    let highlight = explorer
        .session
        .highlight(&HighlightQuery { pick: Pick::Range { column, when: When::Before, from: bins.low, to: bins.high } });
    assert_eq!(highlight.unwrap().features[0].before.counts, bins.counts);
}

#[test]
fn points_of_a_second_method_stand_still() {
    let mut explorer = Explorer::sample("iris");
    let panel = Panel::new(When::Before, Some(0));
    let place = Place { row: 0, position: 0 };
    let alone = at(&mut explorer, "view=strip&layout=each");
    assert!(panel.put(&alone, 0, place, (1.0, 0.0)).is_some());
    let both = at(&mut explorer, "view=strip&layout=each&with=robust");
    assert!(panel.put(&both, 0, place, (1.0, 0.0)).is_none());
}

#[test]
fn axes_are_the_same_where_both_can_be_seen() {
    let mut explorer = Explorer::sample("iris");
    let view = at(&mut explorer, "method=z-score&with=min-max");
    assert_eq!(view.before.axes, view.after.axes);
    let mut explorer = Explorer::generated("outliers", &[], 1);
    let view = at(&mut explorer, "method=min-max&with=robust");
    assert_ne!(view.before.axes, view.after.axes);
    assert!(caption(&view).detail.ends_with("Each side has its own axis."));
    let view = at(&mut explorer, "method=min-max&with=robust&axes=same");
    assert_eq!((view.query.plot_options.axes, &view.before.axes), (AxisPolicy::Same, &view.after.axes));
}

#[test]
fn a_second_method_that_does_not_fit_leaves_the_values_before_and_says_why() {
    let mut explorer = Explorer::sample("iris");
    let plain = at(&mut explorer, "method=z-score");
    let view = at(&mut explorer, "method=z-score&with=group-norm,groups=3");
    assert_eq!((view.beside.as_ref(), &view.before), (None, &plain.before));
    assert!(view.warnings.iter().any(|warning| warning.contains("nothing of GroupNorm to compare with")), "{view:?}");
    // And what was drawn of another method is not taken for the values before.
    at(&mut explorer, "method=z-score&with=min-max");
    assert_eq!(at(&mut explorer, "method=z-score").before, plain.before);
}
