//! What is pointed at lights up on both sides: the very values, before and after.

use normlab::caption::pointed;
use normlab::data::{Cell, Edit};
use normlab::engine::Method;
use normlab::plot::{Curve, Part, Place, Shade, Sight, Spacing, View, bar_range};
use normlab::protocol::{Axes, Comparison, LightQuery, Lit, Pick, When};
use normlab::session::NoView;
use normlab::state::{Action, Kin, Panel};

use crate::lab::Lab;

fn light(lab: &mut Lab, pick: Pick) -> Lit {
    lab.session.light(&LightQuery { pick }).unwrap()
}

fn counts(view: &Comparison, when: When, feature: usize) -> (f64, f64, Vec<u64>) {
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
    for (data, axes) in [("wine", Axes::Shared), ("wine", Axes::Own), ("penguins", Axes::Own), ("iris", Axes::Shared)] {
        for method in Method::all().iter().map(|method| method.info().slug) {
            let mut lab = Lab::sample(data);
            lab.act(Action::SetView(View::Histogram));
            let view = lab.act(Action::ChooseMethod(method)).act(Action::SetAxes(axes)).view();
            for (feature, column) in view.query.columns.clone().into_iter().enumerate() {
                for (when, other) in [(When::Before, When::After), (When::After, When::Before)] {
                    let (low, high, bars) = counts(&view, when, feature);
                    let mut elsewhere = vec![0; counts(&view, other, feature).2.len()];
                    for (bar, count) in bars.iter().enumerate() {
                        let (from, to) = bar_range(Spacing::Linear, (low, high), bars.len(), bar);
                        let lit = light(&mut lab, Pick::Range { column, when, from, to });
                        assert_eq!(lit.values, *count, "{data} {method} {feature} bar {bar}: {from} to {to}");
                        let found = &lit.features[feature];
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
    let mut lab = Lab::text("a,b\n1,10\n2,\n3,30\n,40\n");
    lab.act(Action::ChooseMethod("min-max")).view();
    let lit = light(&mut lab, Pick::Range { column: 0, when: When::Before, from: 2.0, to: 3.0 });
    assert_eq!((lit.values, lit.of, lit.rows.as_slice()), (2, 3, [1, 2].as_slice()));
    assert_eq!(
        (lit.features[0].before.values.as_slice(), lit.features[0].after.values.as_slice()),
        ([2.0, 3.0].as_slice(), [0.5, 1.0].as_slice())
    );
    // The other feature of the same rows: one value is missing.
    let other = &lit.features[1].before;
    assert!(other.values[0].is_nan() && other.values[1] == 30.0);
    assert_eq!((other.min, other.max), (30.0, 30.0));
    let cell = |row| Pick::Cell(Cell { row, column: 0, position: 0 });
    let lit = light(&mut lab, cell(3));
    assert!(lit.features[0].before.values[0].is_nan() && lit.features[1].before.values[0] == 40.0);
    assert_eq!(light(&mut lab, cell(4)).values, 0, "there is no such row");
    let lost =
        lab.session.light(&LightQuery { pick: Pick::Range { column: 7, when: When::Before, from: 0.0, to: 1.0 } });
    assert_eq!(lost, Err(NoView::Stale));
}

#[test]
fn a_pick_stays_while_the_method_and_the_data_change() {
    let mut lab = Lab::sample("iris");
    lab.view();
    let pick = Pick::Cell(Cell { row: 7, column: 1, position: 0 });
    let before = light(&mut lab, pick);
    lab.act(Action::Pick(Some(pick))).act(Action::ChooseMethod("robust")).view();
    assert_eq!(lab.state.pick, Some(pick));
    let after = light(&mut lab, pick);
    assert_eq!(after.features[1].before, before.features[1].before);
    assert_ne!(after.features[1].after.values, before.features[1].after.values);
    lab.act(Action::Edit(Edit::Set { cell: Cell { row: 7, column: 1, position: 0 }, value: 9.0 })).view();
    assert_eq!(light(&mut lab, pick).features[1].before.values, [9.0]);
}

#[test]
fn a_place_in_a_picture_becomes_a_pick_and_a_sentence() {
    let mut lab = Lab::sample("wine");
    let view = lab.act(Action::SetView(View::Histogram)).act(Action::SetAxes(Axes::Own)).view();
    let panel = Panel::new(When::Before, Some(0));
    let bars = counts(&view, When::Before, 0).2;
    let pick = panel.pick(&view, 0, Sight::Bar(0, bars.len())).unwrap();
    let lit = light(&mut lab, pick);
    assert_eq!(lit.values, bars[0]);
    let said = pointed(&view, &lit);
    assert!(said.starts_with("Alcohol before, from 11.03 to "), "{said}");
    assert!(
        said.contains(&format!(": {} of 178 values (", bars[0])) && said.contains("After z-score they lie"),
        "{said}"
    );
    let view = lab.act(Action::SetView(View::from_slug("strip").unwrap())).view();
    let pick = panel.pick(&view, 0, Sight::Point { place: Place { row: 2, position: 0 }, x: 13.16, y: 0.5 }).unwrap();
    assert_eq!(pick, Pick::Cell(Cell { row: 2, column: view.query.columns[0], position: 0 }));
    let lit = light(&mut lab, pick);
    assert_eq!(pointed(&view, &lit), "Row 3: alcohol 13.16 is 0.1969 after z-score.");
    // All features over each other, each on its own axis: a place is a part of it.
    let panel = Panel::new(When::Before, None);
    let view = lab.act(Action::SetView(View::Density)).view();
    let Some(Pick::Range { from, to, .. }) = panel.pick(&view, 0, Sight::Slice(0.0, 1.0)) else { panic!() };
    assert!(from < 11.03 && to > 14.83, "{from} {to}");
}

/// With several positions a point is one value of its row: it is picked, moved and erased alone.
#[test]
fn a_point_of_several_positions_is_one_value() {
    let mut lab = Lab::generated("activations", &[], 1);
    let view = lab.act(Action::SetView(View::Strip)).view();
    let (panel, place) = (Panel::new(When::Before, Some(0)), Place { row: 3, position: 5 });
    let column = view.query.columns[0];
    let cell = Cell { row: 3, column, position: 5 };
    let pick = panel.pick(&view, 0, Sight::Point { place, x: 1.0, y: 0.5 }).unwrap();
    assert_eq!(pick, Pick::Cell(cell));
    let lit = light(&mut lab, pick);
    assert_eq!(panel.light(&view, &lit, 0).cell, Some((0, 5)), "not the other positions of the row");
    let value = |lab: &mut Lab| {
        lab.view();
        light(lab, pick).features[0].before.values[0]
    };
    lab.act(Action::Edit(panel.put(&view, 0, place, (42.0, 0.5)).unwrap()));
    assert_eq!(value(&mut lab), 42.0);
    lab.act(Action::Edit(panel.erase(&view, 0, place).unwrap()));
    assert!(value(&mut lab).is_nan());
    let info = lab.view();
    assert_eq!(info.shape.examples, view.shape.examples, "the row stays");
    let new = Place { row: view.shape.examples as u32, position: 0 };
    assert_eq!(panel.put(&view, 0, new, (1.0, 0.5)), None, "a row is more than one value");
}

/// Of many values, those of the other features are left out rather than let the pointer wait.
#[test]
fn many_rows_are_lit_while_the_pointer_moves() {
    let mut lab = Lab::generated("normal", &[("rows", "200000"), ("columns", "10")], 1);
    lab.act(Action::SetView(View::Histogram)).view();
    let lit = light(&mut lab, Pick::Range { column: 3, when: When::Before, from: -0.1, to: 0.1 });
    assert!(lit.features.iter().all(|one| one.after.min < one.after.max));
    assert!(lit.rows.is_empty() && lit.features[3].before.counts.iter().sum::<u64>() == lit.values);
    let all = light(&mut lab, Pick::Range { column: 3, when: When::Before, from: -9.0, to: 9.0 });
    assert!(all.values == 200_000 && all.features[3].after.min < 0.0 && all.features[9].after.counts.is_empty());
}

/// The light on a group is that of its very members, and the table, the plots and the arithmetic agree on who they are.
#[test]
fn the_lit_group_is_the_one_whose_statistics_are_shared() {
    for data in ["wine", "digits"] {
        for method in Method::all().iter().map(|method| method.info().slug) {
            let mut lab = Lab::sample(data);
            let view = lab.act(Action::SetView(View::Histogram)).act(Action::ChooseMethod(method)).view();
            let cell = Cell { row: 4, column: view.query.columns[view.query.columns.len() / 2], position: 0 };
            let pick = Pick::Cell(cell);
            let lit = light(&mut lab, pick);
            let kin = Kin::of(&view, Some(pick)).unwrap();
            assert_eq!(kin.members(), lab.session.trace(cell).unwrap().trace.group.members, "{data} {method}");
            let shape = view.shape;
            for feature in 0..shape.features {
                let same = |row, position| kin.shade(row, feature, position) == Shade::Same;
                let places = (0..shape.examples).flat_map(|row| (0..shape.positions).map(move |place| (row, place)));
                let members = places.filter(|(row, place)| same(*row, *place)).count();
                assert_eq!(kin.has_all_of(feature), members == shape.examples * shape.positions);
                let panel = |when| Panel::new(when, Some(feature));
                for when in [When::Before, When::After] {
                    let counted = match panel(when).part(&view, &kin, &lit, 0) {
                        Part::None => 0,
                        Part::All => shape.examples * shape.positions,
                        Part::Some(light) => light.counts.iter().sum::<u64>() as usize,
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
    let mut lab = Lab::sample("wine");
    let view = lab.act(Action::ChooseMethod("z-score")).view();
    let (first, second) = (view.query.columns[0], view.query.columns[1]);
    let pick = |row, column| Some(Pick::Cell(Cell { row, column, position: 0 }));
    let kin = Kin::of(&view, pick(0, first)).unwrap();
    assert_eq!((kin.shade_of(0, first, 0), kin.shade_of(99, first, 0)), (Shade::Same, Shade::Same));
    let shades: Vec<Shade> = (1..5).map(|feature| kin.shade(0, feature, 0)).collect();
    assert_eq!(shades, [Shade::Odd, Shade::Even, Shade::Odd, Shade::Even]);
    let view = lab.act(Action::ChooseMethod("layer-norm")).view();
    let kin = Kin::of(&view, pick(3, second)).unwrap();
    assert_eq!(
        [2, 3, 4, 5].map(|row| kin.shade_of(row, first, 0)),
        [Shade::Even, Shade::Same, Shade::Even, Shade::Odd]
    );
    let range = Pick::Range { column: first, when: When::Before, from: 0.0, to: 1.0 };
    assert_eq!(
        [pick(178, first), pick(0, 99), Some(range), None].map(|pick| Kin::of(&view, pick)),
        [None, None, None, None]
    );
}

/// One method against another: its points are values after, whatever view is chosen above, and stand still.
#[test]
fn points_of_a_comparison_are_values_of_one_feature() {
    let mut lab = Lab::sample("wine");
    let (panel, place) = (Panel::of_points(2), Place { row: 59, position: 0 });
    for view in [View::Histogram, View::Scatter, View::Heat] {
        let view = lab.act(Action::SetView(view)).view();
        let cell = Cell { row: 59, column: view.query.columns[2], position: 0 };
        let pick = panel.pick(&view, 1, Sight::Point { place, x: 0.0, y: 0.5 }).unwrap();
        assert_eq!(pick, Pick::Cell(cell));
        let lit = light(&mut lab, pick);
        let seen = panel.light(&view, &lit, 1);
        assert_eq!((seen.rows, seen.cell), (&[59][..], Some((0, 0))));
        let kin = Kin::of(&view, Some(pick)).unwrap();
        assert_eq!(panel.part(&view, &kin, &lit, 0), Part::None, "all of them share statistics");
        assert_eq!(panel.put(&view, 0, place, (1.0, 1.0)), None);
    }
    let view = lab.act(Action::SetView(View::Scatter)).act(Action::ChooseMethod("layer-norm")).view();
    let pick = panel.pick(&view, 0, Sight::Point { place, x: 0.0, y: 0.5 }).unwrap();
    let (lit, kin) = (light(&mut lab, pick), Kin::of(&view, Some(pick)).unwrap());
    assert!(matches!(panel.part(&view, &kin, &lit, 0), Part::Some(_)), "one of them does");
}

#[test]
fn a_place_that_is_not_there_is_named() {
    let mut lab = Lab::sample("digits");
    let view = lab.view();
    let column = view.query.columns[0];
    let said = |lab: &mut Lab, row, position| pointed(&view, &light(lab, Pick::Cell(Cell { row, column, position })));
    assert_eq!(said(&mut lab, 3, 9998), "There is no position 9,999: there are only 64.");
    assert_eq!(said(&mut lab, 9998, 3), "There is no row 9,999.");
    // A heat map of many rows draws some of them.
    let view = lab.act(Action::SetView(View::Heat)).view();
    let Curve::Heat(grid) = &view.before.features[0][0] else { panic!() };
    assert!(grid.rows.len() < 1797);
    for row in 0..400 {
        let pick = Pick::Cell(Cell { row, column, position: 0 });
        let said = pointed(&view, &light(&mut lab, pick));
        let part = format!("It is not drawn: the picture shows {} of 1,797 rows.", grid.rows.len());
        assert_eq!(said.ends_with(&part), !grid.rows.contains(&(row as u32)), "{said}");
    }
}
