//! Every view of every kind of data, as the page draws it.

use normlab::plot::{Curve, View};
use normlab::state::Action;

use crate::lab::Lab;

/// The rows and the values of a cloud of points.
fn points(curve: &Curve) -> (&[u32], &[f64]) {
    match curve {
        Curve::Strip(cloud) | Curve::Scatter(cloud) => (&cloud.rows, &cloud.values),
        other => panic!("{other:?}"),
    }
}

#[test]
fn points_are_of_the_same_rows_on_both_sides() {
    let mut lab = Lab::sample("wine");
    for view in [View::Strip, View::Scatter] {
        let found = lab.act(Action::SetView(view)).view();
        assert_eq!(found.drawn, 178);
        let (rows, values) = points(&found.before.features[0][0]);
        assert_eq!((rows.len(), values[0]), (178, 14.23));
        assert_eq!(points(&found.after.features[0][0]).0, rows);
    }
}

#[test]
fn a_scatter_plot_draws_the_asked_features_or_the_first_two() {
    let mut lab = Lab::sample("wine");
    let drawn = |lab: &mut Lab| -> Vec<usize> {
        let view = lab.view();
        (0..13).filter(|&index| !view.before.features[index].is_empty()).collect()
    };
    lab.act(Action::SetView(View::Scatter));
    assert_eq!(drawn(&mut lab), [0, 1]);
    lab.act(Action::SetPair(Some(("proline".into(), "ash".into()))));
    assert_eq!((drawn(&mut lab), lab.query().pair()), (vec![2, 12], (12, 2)));
    // A column that is not chosen is not drawn.
    lab.act(Action::SetPair(Some(("target".into(), "ash".into()))));
    assert_eq!(lab.query().pair(), (0, 1));
}

#[test]
fn a_scatter_plot_of_one_feature_is_a_histogram() {
    let mut lab = Lab::sample("wine");
    lab.act(Action::SetView(View::Scatter)).act(Action::ChooseColumns(Some(vec!["ash".into()])));
    assert_eq!(lab.query().picture.view, View::Histogram);
    assert!(matches!(lab.view().before.features[0][0], Curve::Histogram(_)));
    // The choice stays: with a second feature it is there again.
    lab.act(Action::ChooseColumns(None));
    assert_eq!(lab.query().picture.view, View::Scatter);
}

#[test]
fn of_many_rows_some_are_drawn_and_always_the_extremes() {
    let mut lab = Lab::generated("normal", &[("rows", "20000")], 4);
    let view = lab.act(Action::SetView(View::Strip)).view();
    assert!(view.drawn <= 5_000, "{}", view.drawn);
    for feature in 0..view.features.len() {
        let (rows, values) = points(&view.before.features[feature][0]);
        let summary = &view.features[feature].before;
        assert!(values.contains(&summary.min) && values.contains(&summary.max));
        assert_eq!(points(&view.after.features[feature][0]).0, rows);
    }
}
