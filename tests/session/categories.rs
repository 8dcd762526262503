//! Plots coloured by a column.

use normlab::plot::Curve;
use normlab::protocol::PlotSide;
use normlab::state::Action;

use crate::explorer::Explorer;

/// Values drawn for each category of the first feature.
fn drawn(side: &PlotSide) -> Vec<u64> {
    let counts = side.features[0].iter().map(|curve| match curve {
        Curve::Histogram(histogram) => histogram.counts.iter().sum(),
        other => panic!("{other:?}"),
    });
    counts.collect()
}

#[test]
fn text_makes_the_categories() {
    let mut explorer = Explorer::sample("penguins");
    let view = explorer.act(Action::SetColor(Some("species".into()))).view();
    assert_eq!(view.categories, ["Adelie", "Gentoo", "Chinstrap"]);
    // 152, 124 and 68 penguins; one Adelie and one Gentoo were not measured.
    assert_eq!(drawn(&view.before), [151, 123, 68]);
    assert_eq!(drawn(&view.after), [151, 123, 68]);
    let view = explorer.act(Action::SetColor(Some("sex".into()))).view();
    assert_eq!(view.categories, ["male", "female", "(missing)"]);
    assert_eq!(drawn(&view.before), [168, 165, 9]);
}

#[test]
fn numbers_make_categories_too() {
    let mut explorer = Explorer::sample("wine");
    let view = explorer.act(Action::SetColor(Some("target".into()))).view();
    assert_eq!(view.categories, ["0", "1", "2"]);
    assert_eq!(drawn(&view.before), [59, 71, 48]);
}

#[test]
fn every_position_of_an_example_has_its_category() {
    let mut explorer = Explorer::sample("digits");
    let view = explorer.act(Action::SetColor(Some("digit".into()))).view();
    // Ten digits are two more than can be told apart: the rarest three share a colour.
    assert_eq!((view.categories.len(), view.categories.last().unwrap().as_str()), (8, "other"));
    assert_eq!(drawn(&view.before).iter().sum::<u64>(), 1797 * 64);
}

#[test]
fn without_a_column_of_that_name_nothing_is_coloured() {
    let mut explorer = Explorer::sample("wine");
    let view = explorer.act(Action::SetColor(Some("species".into()))).view();
    assert!(view.categories.is_empty());
    assert_eq!(view.before.features[0].len(), 1);
}
