//! What is pointed at lights up on both sides: the very values, before and after.

use normlab::caption::pointed;
use normlab::data::{DataCell, Edit};
use normlab::engine::Method;
use normlab::plot::{Curve, GroupPart, Hit, Place, Shade, Spacing, View, bar_range};
use normlab::protocol::{AxisPolicy, Highlight, HighlightQuery, Pick, ViewResult, When};
use normlab::session::QueryError;
use normlab::state::{Action, Panel, SharedGroup};

use crate::explorer::Explorer;

fn highlight_of(explorer: &mut Explorer, pick: Pick) -> Highlight {
    explorer.session.highlight(&HighlightQuery { pick }).unwrap()
}

fn counts(view: &ViewResult, when: When, feature: usize) -> (f64, f64, Vec<u64>) {
    let side = if when == When::Before { &view.before } else { &view.after };
    match &side.features[feature][0] {
        Curve::Histogram(whole) => (whole.low, whole.high, whole.counts.clone()),
        other => panic!("{other:?}"),
    }
}

/// Every bar of every feature of both sides lights exactly what it counts, and on the other side all bars together
/// light everything once: also where every row is normalized for itself and the values scatter.
#[test]
fn the_lit_parts_add_up_to_the_whole() {
    for (data, axes) in [
        ("wine", AxisPolicy::Shared),
        ("wine", AxisPolicy::Separate),
        ("penguins", AxisPolicy::Separate),
        ("iris", AxisPolicy::Shared),
    ] {
        for method in Method::all().iter().map(|method| method.info().slug) {
            let mut explorer = Explorer::sample(data);
            explorer.act(Action::SetView(View::Histogram));
            let view = explorer.act(Action::ChooseMethod(method)).act(Action::SetAxes(axes)).view();
            for (feature, column) in view.query.columns.clone().into_iter().enumerate() {
                for (when, other) in [(When::Before, When::After), (When::After, When::Before)] {
                    let (low, high, bars) = counts(&view, when, feature);
                    let mut elsewhere = vec![0; counts(&view, other, feature).2.len()];
                    for (bar, count) in bars.iter().enumerate() {
                        let (from, to) = bar_range(Spacing::Linear, (low, high), bars.len(), bar);
                        let highlight = highlight_of(&mut explorer, Pick::Range { column, when, from, to });
                        assert_eq!(highlight.values, *count, "{data} {method} {feature} bar {bar}: {from} to {to}");
                        let found = &highlight.features[feature];
                        let (here, there) = match when {
                            When::Before => (&found.before, &found.after),
                            When::After => (&found.after, &found.before),
                        };
                        assert_eq!((here.counts[bar], here.counts.iter().sum::<u64>()), (*count, *count));
                        elsewhere.iter_mut().zip(&there.counts).for_each(|(all, part)| *all += part);
                        assert!(*count == 0 || from <= here.min && here.max <= to);
                    }
                    assert_eq!(elsewhere, counts(&view, other, feature).2, "{data} {method} {feature}");
                }
            }
        }
    }
}

#[test]
fn rows_and_values_are_those_of_the_data() {
    let mut explorer = Explorer::text("a,b\n1,10\n2,\n3,30\n,40\n");
    explorer.act(Action::ChooseMethod("min-max")).view();
    let highlight = highlight_of(&mut explorer, Pick::Range { column: 0, when: When::Before, from: 2.0, to: 3.0 });
    assert_eq!((highlight.values, highlight.of, highlight.rows.as_slice()), (2, 3, [1, 2].as_slice()));
    assert_eq!(
        (highlight.features[0].before.values.as_slice(), highlight.features[0].after.values.as_slice()),
        ([2.0, 3.0].as_slice(), [0.5, 1.0].as_slice())
    );
    // The other feature of the same rows: one value is missing.
    let other = &highlight.features[1].before;
    assert!(other.values[0].is_nan() && other.values[1] == 30.0);
    assert_eq!((other.min, other.max), (30.0, 30.0));
    let cell = |row| Pick::Cell(DataCell { row, column: 0, position: 0 });
    let highlight = highlight_of(&mut explorer, cell(3));
    assert!(highlight.features[0].before.values[0].is_nan() && highlight.features[1].before.values[0] == 40.0);
    assert_eq!(highlight_of(&mut explorer, cell(4)).values, 0, "there is no such row");
    let lost = explorer
        .session
        .highlight(&HighlightQuery { pick: Pick::Range { column: 7, when: When::Before, from: 0.0, to: 1.0 } });
    assert_eq!(lost, Err(QueryError::Cancelled));
}

#[test]
fn a_pick_stays_while_the_method_and_the_data_change() {
    let mut explorer = Explorer::sample("iris");
    explorer.view();
    let pick = Pick::Cell(DataCell { row: 7, column: 1, position: 0 });
    let before = highlight_of(&mut explorer, pick);
    explorer.act(Action::Pick(Some(pick))).act(Action::ChooseMethod("robust")).view();
    assert_eq!(explorer.state.pick, Some(pick));
    let after = highlight_of(&mut explorer, pick);
    assert_eq!(after.features[1].before, before.features[1].before);
    assert_ne!(after.features[1].after.values, before.features[1].after.values);
    explorer.act(Action::Edit(Edit::Set { cell: DataCell { row: 7, column: 1, position: 0 }, value: 9.0 })).view();
    assert_eq!(highlight_of(&mut explorer, pick).features[1].before.values, [9.0]);
}

#[test]
fn a_place_in_a_picture_becomes_a_pick_and_a_sentence() {
    let mut explorer = Explorer::sample("wine");
    let view = explorer.act(Action::SetView(View::Histogram)).act(Action::SetAxes(AxisPolicy::Separate)).view();
    let panel = Panel::new(When::Before, Some(0));
    let bars = counts(&view, When::Before, 0).2;
    let pick = panel.pick(&view, 0, Hit::Bar(0, bars.len())).unwrap();
    let highlight = highlight_of(&mut explorer, pick);
    assert_eq!(highlight.values, bars[0]);
    let said = pointed(&view, &highlight);
    assert!(said.starts_with("Alcohol before, from 11.03 to "), "{said}");
    assert!(
        said.contains(&format!(": {} of 178 values (", bars[0])) && said.contains("After z-score they lie"),
        "{said}"
    );
    let view = explorer.act(Action::SetView(View::from_slug("strip").unwrap())).view();
    let pick = panel.pick(&view, 0, Hit::Point { place: Place { row: 2, position: 0 }, x: 13.16, y: 0.5 }).unwrap();
    assert_eq!(pick, Pick::Cell(DataCell { row: 2, column: view.query.columns[0], position: 0 }));
    let highlight = highlight_of(&mut explorer, pick);
    assert_eq!(pointed(&view, &highlight), "Row 3: alcohol 13.16 is 0.1969 after z-score.");
    // All features over each other, each on its own axis: a place is a part of it.
    let panel = Panel::new(When::Before, None);
    let view = explorer.act(Action::SetView(View::Density)).view();
    let Some(Pick::Range { from, to, .. }) = panel.pick(&view, 0, Hit::Slice(0.0, 1.0)) else { panic!() };
    assert!(from < 11.03 && to > 14.83, "{from} {to}");
}

/// With several positions a point is one value of its row: it is picked, moved and erased alone.
#[test]
fn a_point_of_several_positions_is_one_value() {
    let mut explorer = Explorer::generated("activations", &[], 1);
    let view = explorer.act(Action::SetView(View::Strip)).view();
    let (panel, place) = (Panel::new(When::Before, Some(0)), Place { row: 3, position: 5 });
    let column = view.query.columns[0];
    let cell = DataCell { row: 3, column, position: 5 };
    let pick = panel.pick(&view, 0, Hit::Point { place, x: 1.0, y: 0.5 }).unwrap();
    assert_eq!(pick, Pick::Cell(cell));
    let highlight = highlight_of(&mut explorer, pick);
    assert_eq!(panel.highlight(&view, &highlight, 0).cell, Some((0, 5)), "not the other positions of the row");
    let value = |explorer: &mut Explorer| {
        explorer.view();
        highlight_of(explorer, pick).features[0].before.values[0]
    };
    explorer.act(Action::Edit(panel.put(&view, 0, place, (42.0, 0.5)).unwrap()));
    assert_eq!(value(&mut explorer), 42.0);
    explorer.act(Action::Edit(panel.erase(&view, 0, place).unwrap()));
    assert!(value(&mut explorer).is_nan());
    let info = explorer.view();
    assert_eq!(info.shape.examples, view.shape.examples, "the row stays");
    let new = Place { row: view.shape.examples as u32, position: 0 };
    assert_eq!(panel.put(&view, 0, new, (1.0, 0.5)), None, "a row is more than one value");
}

/// Of many values, those of the other features are left out rather than let the pointer wait.
#[test]
fn many_rows_are_lit_while_the_pointer_moves() {
    let mut explorer = Explorer::generated("normal", &[("rows", "200000"), ("columns", "10")], 1);
    explorer.act(Action::SetView(View::Histogram)).view();
    let highlight = highlight_of(&mut explorer, Pick::Range { column: 3, when: When::Before, from: -0.1, to: 0.1 });
    assert!(highlight.features.iter().all(|one| one.after.min < one.after.max));
    assert!(highlight.rows.is_empty() && highlight.features[3].before.counts.iter().sum::<u64>() == highlight.values);
    let all = highlight_of(&mut explorer, Pick::Range { column: 3, when: When::Before, from: -9.0, to: 9.0 });
    assert!(all.values == 200_000 && all.features[3].after.min < 0.0 && all.features[9].after.counts.is_empty());
}

/// The light on a group is that of its very members, and the table, the plots and the arithmetic agree on who they are.
#[test]
fn the_lit_group_is_the_one_whose_statistics_are_shared() {
    for data in ["wine", "digits"] {
        for method in Method::all().iter().map(|method| method.info().slug) {
            let mut explorer = Explorer::sample(data);
            let view = explorer.act(Action::SetView(View::Histogram)).act(Action::ChooseMethod(method)).view();
            let cell = DataCell { row: 4, column: view.query.columns[view.query.columns.len() / 2], position: 0 };
            let pick = Pick::Cell(cell);
            let highlight = highlight_of(&mut explorer, pick);
            let group = SharedGroup::of(&view, Some(pick)).unwrap();
            assert_eq!(group.members(), explorer.session.trace(cell).unwrap().trace.group.members, "{data} {method}");
            let shape = view.shape;
            for feature in 0..shape.features {
                let same = |row, position| group.shade(row, feature, position) == Shade::Same;
                let places = (0..shape.examples).flat_map(|row| (0..shape.positions).map(move |place| (row, place)));
                let members = places.filter(|(row, place)| same(*row, *place)).count();
                assert_eq!(group.has_all_of(feature), members == shape.examples * shape.positions);
                let panel = |when| Panel::new(when, Some(feature));
                for when in [When::Before, When::After] {
                    let counted = match panel(when).part(&view, &group, &highlight, 0) {
                        GroupPart::None => 0,
                        GroupPart::All => shape.examples * shape.positions,
                        GroupPart::Some(highlight) => highlight.counts.iter().sum::<u64>() as usize,
                    };
                    assert_eq!(counted, members, "{data} {method} {feature} {when:?}");
                }
            }
        }
    }
}

/// Groups that touch are told apart, and what is not of one value is of no group.
#[test]
fn neighbouring_groups_have_different_shades() {
    let mut explorer = Explorer::sample("wine");
    let view = explorer.act(Action::ChooseMethod("z-score")).view();
    let (first, second) = (view.query.columns[0], view.query.columns[1]);
    let pick = |row, column| Some(Pick::Cell(DataCell { row, column, position: 0 }));
    let group = SharedGroup::of(&view, pick(0, first)).unwrap();
    assert_eq!((group.shade_of(0, first, 0), group.shade_of(99, first, 0)), (Shade::Same, Shade::Same));
    let shades: Vec<Shade> = (1..5).map(|feature| group.shade(0, feature, 0)).collect();
    assert_eq!(shades, [Shade::Odd, Shade::Even, Shade::Odd, Shade::Even]);
    let view = explorer.act(Action::ChooseMethod("layer-norm")).view();
    let group = SharedGroup::of(&view, pick(3, second)).unwrap();
    assert_eq!(
        [2, 3, 4, 5].map(|row| group.shade_of(row, first, 0)),
        [Shade::Even, Shade::Same, Shade::Even, Shade::Odd]
    );
    let range = Pick::Range { column: first, when: When::Before, from: 0.0, to: 1.0 };
    assert_eq!(
        [pick(178, first), pick(0, 99), Some(range), None].map(|pick| SharedGroup::of(&view, pick)),
        [None, None, None, None]
    );
}

/// One method against another: its points are values after, whatever view is chosen above, and stand still.
#[test]
fn points_of_a_comparison_are_values_of_one_feature() {
    let mut explorer = Explorer::sample("wine");
    let (panel, place) = (Panel::of_points(2), Place { row: 59, position: 0 });
    for view in [View::Histogram, View::Scatter, View::Heat] {
        let view = explorer.act(Action::SetView(view)).view();
        let cell = DataCell { row: 59, column: view.query.columns[2], position: 0 };
        let pick = panel.pick(&view, 1, Hit::Point { place, x: 0.0, y: 0.5 }).unwrap();
        assert_eq!(pick, Pick::Cell(cell));
        let highlight = highlight_of(&mut explorer, pick);
        let seen = panel.highlight(&view, &highlight, 1);
        assert_eq!((seen.rows, seen.cell), (&[59][..], Some((0, 0))));
        let group = SharedGroup::of(&view, Some(pick)).unwrap();
        assert_eq!(panel.part(&view, &group, &highlight, 0), GroupPart::None, "all of them share statistics");
        assert_eq!(panel.put(&view, 0, place, (1.0, 1.0)), None);
    }
    let view = explorer.act(Action::SetView(View::Scatter)).act(Action::ChooseMethod("layer-norm")).view();
    let pick = panel.pick(&view, 0, Hit::Point { place, x: 0.0, y: 0.5 }).unwrap();
    let (highlight, group) = (highlight_of(&mut explorer, pick), SharedGroup::of(&view, Some(pick)).unwrap());
    assert!(matches!(panel.part(&view, &group, &highlight, 0), GroupPart::Some(_)), "one of them does");
}

#[test]
fn a_place_that_is_not_there_is_named() {
    let mut explorer = Explorer::sample("digits");
    let view = explorer.view();
    let column = view.query.columns[0];
    let said = |explorer: &mut Explorer, row, position| {
        pointed(&view, &highlight_of(explorer, Pick::Cell(DataCell { row, column, position })))
    };
    assert_eq!(said(&mut explorer, 3, 9998), "There is no position 9,999: there are only 64.");
    assert_eq!(said(&mut explorer, 9998, 3), "There is no row 9,999.");
    // A heat map of many rows draws some of them.
    let view = explorer.act(Action::SetView(View::Heat)).view();
    let Curve::Heat(grid) = &view.before.features[0][0] else { panic!() };
    assert!(grid.rows.len() < 1797);
    for row in 0..400 {
        let pick = Pick::Cell(DataCell { row, column, position: 0 });
        let said = pointed(&view, &highlight_of(&mut explorer, pick));
        let part = format!("It is not drawn: the picture shows {} of 1,797 rows.", grid.rows.len());
        assert_eq!(said.ends_with(&part), !grid.rows.contains(&(row as u32)), "{said}");
    }
}
