//! Every method on wine, against scikit-learn, numpy and scipy: see `fixtures/wine/README.md`.

use normlab::data::split::train_rows;
use normlab::engine::Method;
use normlab::protocol::FitOn;
use normlab::state::Action;

use crate::explorer::Explorer;
use crate::golden::Golden;

#[test]
fn every_method_gives_the_numbers_of_the_libraries() {
    let (golden, mut explorer) = (Golden::read(), Explorer::sample("wine"));
    let methods: Vec<_> = Method::all().iter().map(|method| method.info().slug).collect();
    let mut known = golden.methods("after");
    assert_eq!(known.len(), 10);
    known.retain(|slug| !methods.contains(&slug.as_str()));
    assert!(known.is_empty(), "golden numbers for what the page does not have: {known:?}");
    for slug in methods {
        let view = explorer.act(Action::ChooseMethod(slug)).view();
        assert_eq!((view.shape.examples, view.shape.features, view.shape.positions), (178, 13, 1));
        assert_eq!(view.fitted_rows, 178);
        // What a visitor puts together starts as the z-score.
        golden.check("after", if slug == "custom" { "z-score" } else { slug }, &view);
    }
}

#[test]
fn a_scaler_fitted_on_a_share_gives_the_numbers_of_the_library() {
    let (golden, mut explorer) = (Golden::read(), Explorer::sample("wine"));
    explorer.act(Action::SetFit(FitOn::Train { share: 0.75, seed: 1 }));
    for slug in golden.methods("after_train") {
        let slug = Method::from_slug(&slug).unwrap().info().slug;
        let view = explorer.act(Action::ChooseMethod(slug)).view();
        // round(0.75 * 178) = round(133.5)
        assert_eq!(view.fitted_rows, 134, "{slug}");
        golden.check("after_train", slug, &view);
    }
}

#[test]
fn the_share_is_made_of_the_same_rows_for_ever() {
    let kept: Vec<usize> = serde_json::from_str(include_str!("../fixtures/wine/train_rows.json")).unwrap();
    let rows: Vec<usize> =
        train_rows(178, 0.75, 1).iter().enumerate().filter(|(_, trains)| **trains).map(|(row, _)| row).collect();
    assert_eq!(rows, kept);
}

#[test]
fn where_every_example_has_its_own_statistics_a_share_changes_nothing() {
    let mut explorer = Explorer::sample("wine");
    explorer.act(Action::ChooseMethod("layer-norm"));
    let all = explorer.view();
    let share = explorer.act(Action::SetFit(FitOn::Train { share: 0.5, seed: 9 })).view();
    assert_eq!((share.features, share.fitted_rows), (all.features, all.fitted_rows));
}

#[test]
fn groups_carry_the_statistics_that_were_used() {
    let (golden, mut explorer) = (Golden::read(), Explorer::sample("wine"));
    let view = explorer.view();
    assert!(view.groups.by_feature);
    assert_eq!(view.groups.total, 13);
    let names: Vec<_> = view.groups.first.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, golden.features());
    for (group, feature) in view.groups.first.iter().zip(&view.features) {
        assert_eq!((group.count, group.missing), (178, 0));
        // Fitting and describing add up in different orders.
        for (found, described) in [(group.center, feature.before.mean), (group.scale, feature.before.sd)] {
            assert!((found - described).abs() <= 4.0 * f64::EPSILON * described, "{}", group.name);
        }
    }
    let view = explorer.act(Action::ChooseMethod("layer-norm")).view();
    assert!(!view.groups.by_feature);
    // Only the first are sent: a million rows have a million groups.
    assert_eq!((view.groups.total, view.groups.first.len()), (178, 64));
    assert_eq!((view.groups.first[2].name.as_str(), view.groups.first[2].count), ("row 3", 13));
}

#[test]
fn the_first_rows_are_those_of_the_file() {
    let mut explorer = Explorer::sample("wine");
    let view = explorer.act(Action::ChooseMethod("max-abs")).view();
    let page = explorer.first_rows();
    assert_eq!(page.columns.labels, ["target"]);
    assert_eq!((page.columns.numbers.len(), page.columns.left_out), (13, 0));
    assert_eq!(page.rows.iter().map(|row| row.number).collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
    let first = &page.rows[0];
    assert_eq!(first.before[..4], [14.23, 1.71, 2.43, 15.6]);
    assert_eq!(first.labels, ["0"]);
    for (column, value) in first.after.iter().enumerate() {
        let share = first.before[column] / view.features[column].before.max;
        assert!((value - share).abs() <= f64::EPSILON, "{column}: {value} {share}");
    }
}
