//! What would move if one value were another: what the method gives when it is run again on everything.

use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use normlab::caption::what_if;
use normlab::data::{Cell, Edit, SavedFit};
use normlab::engine::Method;
use normlab::plot::View;
use normlab::plot::number::format4;
use normlab::protocol::{Fit, Moved, Part, RowsQuery, Studied, StudyQuery, WhatIfQuery, When};
use normlab::session::{NoPace, NoView};
use normlab::state::{Action, Panel, WithChoice};

use crate::lab::Lab;

fn ask(lab: &mut Lab, row: u64, feature: usize, value: f64) -> Result<Moved, NoView> {
    let cell = Cell { row, column: lab.query().columns[feature], position: 0 };
    let query = StudyQuery::WhatIf(WhatIfQuery { cell, value });
    let pace = NoPace::default();
    match pin!(lab.session.study(&query, &pace)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(Studied::WhatIf(moved))) => Ok(*moved),
        Poll::Ready(Err(why)) => Err(why),
        other => panic!("{other:?}"),
    }
}

fn moved(lab: &mut Lab, row: u64, feature: usize, value: f64) -> Moved {
    ask(lab, row, feature, value).unwrap()
}

fn others(moved: &Moved) -> (u64, u64, u64, u64) {
    (moved.others, moved.row, moved.column, moved.elsewhere)
}

fn wine(slug: &'static str) -> Lab {
    let mut lab = Lab::sample("wine");
    lab.act(Action::ChooseMethod(slug)).view();
    lab
}

fn outputs(lab: &mut Lab) -> Vec<Vec<f64>> {
    lab.rows(&RowsQuery { count: 1000, ..RowsQuery::default() }).rows.into_iter().map(|row| row.after).collect()
}

#[test]
fn one_row_moves_every_other_under_batch_norm_and_none_under_layer_norm() {
    let found = moved(&mut wine("batch-norm"), 2, 0, 15.0);
    assert_eq!((found.value.from, found.group.as_str(), others(&found)), (13.16, "alcohol", (177, 0, 177, 0)));
    let found = moved(&mut wine("layer-norm"), 2, 0, 15.0);
    assert_eq!((found.group.as_str(), others(&found)), ("row 3", (12, 12, 0, 0)));
    let found = moved(&mut wine("instance-norm"), 2, 0, 15.0);
    assert_eq!(others(&found), (0, 0, 0, 0));
}

#[test]
fn extremes_and_quantiles_do_not_care_about_a_value_in_the_middle() {
    // Least and greatest stay, whatever lies between.
    assert_eq!(others(&moved(&mut wine("min-max"), 2, 0, 13.3)), (177, 0, 0, 0));
    assert_eq!(others(&moved(&mut wine("min-max"), 2, 0, 14.83)), (177, 0, 0, 0));
    let found = moved(&mut wine("min-max"), 2, 0, 15.0);
    // The least value stays at 0.
    assert_eq!((others(&found), found.scale.from), ((177, 0, 176, 0), 14.83 - 11.03));
    // From one place between two quartiles to another, or far beyond: the same.
    for value in [13.2, 13.6] {
        assert_eq!(others(&moved(&mut wine("robust"), 2, 0, value)), (177, 0, 0, 0), "{value}");
    }
    let found = moved(&mut wine("robust"), 2, 0, 1e6);
    // It was above the median before; the upper quartile is another now, and all but the median move a little.
    assert!(found.column > 170 && found.center.to == found.center.from, "{found:?}");
    let farthest = found.farthest.unwrap().output;
    assert!(found.own.to > 1e5 && (farthest.to - farthest.from).abs() < 0.02, "{farthest:?}");
}

/// Two values are one deviation from their mean, whatever they are; only last digits change.
#[test]
fn rounding_is_no_move() {
    let mut lab = Lab::text("a\n0.1\n0.7\n");
    lab.act(Action::ChooseMethod("z-score")).view();
    for step in 1..100 {
        let found = moved(&mut lab, 1, 0, 0.7 + f64::from(step) * 0.013);
        assert_eq!(others(&found), (1, 0, 0, 0), "{found:?}");
    }
}

#[test]
fn a_row_that_is_not_fitted_on_moves_nothing_but_itself() {
    let mut lab = wine("z-score");
    lab.act(Action::SetFit(Fit::Train { share: 0.5, seed: 1 })).view();
    let found: Vec<Moved> = (0..20).map(|row| moved(&mut lab, row, 0, 20.0)).collect();
    let (taken, left): (Vec<_>, Vec<_>) = found.iter().partition(|found| found.part == Part::Taken);
    assert!(taken.len() > 4 && left.len() > 4, "{} {}", taken.len(), left.len());
    assert!(taken.iter().all(|found| others(found) == (177, 0, 177, 0)));
    for found in left {
        assert_eq!((found.part, others(found)), (Part::OtherRows, (177, 0, 0, 0)));
        assert!(found.own.to != found.own.from && found.center.to == found.center.from);
        let told = what_if(found, format4);
        assert_eq!(told[1], "No other output would move.");
        assert!(told[2].ends_with("is not a training row, so it does not affect centre and scale."), "{}", told[2]);
    }
    // Each row is its own judge: what was fitted on does not matter.
    lab.act(Action::ChooseMethod("layer-norm")).view();
    assert!((0..9).all(|row| moved(&mut lab, row, 0, 20.0).part == Part::Taken));
}

/// What is told is what an edit then does, for every method and from any row.
#[test]
fn an_edit_does_what_was_told() {
    for method in normlab::engine::Method::all() {
        let slug = method.info().slug;
        for (fit, mode) in [(Fit::All, "training"), (Fit::Train { share: 0.6, seed: 3 }, "evaluation")] {
            let mut lab = Lab::sample("penguins");
            lab.act(Action::ChooseMethod(slug)).act(Action::SetMethod { key: "mode", text: mode.into() });
            lab.act(Action::SetFit(fit)).view();
            let before = outputs(&mut lab);
            for (row, feature, value) in [(0, 0, 60.0), (3, 1, 17.0), (8, 2, f64::NAN), (200, 3, 1e4), (301, 0, 0.0)] {
                let found = moved(&mut lab, row, feature, value);
                let cell = found.query.cell;
                lab.act(Action::Edit(Edit::Set { cell, value })).view();
                let after = outputs(&mut lab);
                let (row, same) =
                    (row as usize, |a: f64, b: f64| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan());
                assert!(same(found.own.to, after[row][feature]), "{slug}: {found:?}");
                assert!(same(found.own.from, before[row][feature]), "{slug}: {found:?}");
                let mut count = 0;
                let mut most = 0.0_f64;
                for ((n, from), to) in before.iter().enumerate().zip(&after) {
                    for (c, (from, to)) in from.iter().zip(to).enumerate() {
                        let far = if same(*from, *to) { 0.0 } else { (to - from).abs() };
                        if (n, c) != (row, feature) && far > 1e-13 {
                            count += 1;
                            most = most.max(far);
                        }
                    }
                }
                assert_eq!(count, found.row + found.column + found.elsewhere, "{slug}: {found:?}");
                let told = found.farthest.as_ref().map_or(0.0, |found| (found.output.to - found.output.from).abs());
                assert_eq!(told, most, "{slug}: {found:?}");
                lab.act(Action::ResetEdits).view();
            }
        }
    }
}

#[test]
fn statistics_that_were_found_before_stay() {
    let mut lab = wine("z-score");
    let saved = SavedFit::from_json(&lab.session.save_fit("wine").unwrap()).unwrap();
    lab.act(Action::UseFit(Rc::new(saved))).view();
    let found = moved(&mut lab, 2, 0, 15.0);
    assert_eq!((found.part, others(&found)), (Part::Elsewhere, (177, 0, 0, 0)));
    assert!(found.own.to > found.own.from);
}

/// Where statistics of very many groups are not kept.
#[test]
fn of_very_many_groups_the_one_that_is_asked_for_is_found_again() {
    let mut lab = Lab::generated("normal", &[("rows", "201000"), ("columns", "4")], 1);
    lab.act(Action::ChooseMethod("layer-norm")).view();
    let found = moved(&mut lab, 123_456, 2, 100.0);
    assert_eq!((found.group.as_str(), others(&found)), ("row 123,457", (3, 3, 0, 0)));
    assert_eq!(found.farthest.as_ref().map(|farthest| farthest.cell.row), Some(123_456));
    let after = lab.rows(&RowsQuery { from: 123_456, count: 1, ..RowsQuery::default() }).rows[0].after[2];
    assert_eq!(found.own.from.to_bits(), after.to_bits());
    assert!(found.center.to > found.center.from && found.scale.to > found.scale.from);
}

#[test]
fn it_is_told_in_sentences() {
    let mut lab = Lab::text("a,b\n1,10\n2,10\n3,40\n6,10\n");
    lab.act(Action::ChooseMethod("min-max")).view();
    let told = |lab: &mut Lab, row, feature, value| what_if(&moved(lab, row, feature, value), format4);
    assert_eq!(
        told(&mut lab, 3, 0, 11.0),
        [
            "If a of row 4 were 11 instead of 6, its output would stay 1.",
            "2 of the 3 other outputs of a would move, row 3 the most: from 0.4 to 0.2. No other feature would \
             move.",
            "The centre of a would stay 1, its scale would move from 5 to 10.",
        ]
    );
    assert_eq!(
        told(&mut lab, 1, 0, 4.0),
        [
            "If a of row 2 were 4 instead of 2, its output would be 0.6 instead of 0.2.",
            "None of the 3 other outputs of a would move.",
            "The centre of a would stay 1, its scale 5.",
        ]
    );
    assert_eq!(told(&mut lab, 1, 0, 2.0)[0], "a of row 2 is 2: its output is 0.2.");
    assert_eq!(
        told(&mut lab, 1, 0, f64::NAN)[0],
        "If a of row 2 were missing instead of 2, its output would be missing instead of 0.2."
    );
    lab.act(Action::ChooseMethod("unit-length")).view();
    assert_eq!(
        told(&mut lab, 0, 0, 0.0)[1],
        "The one other output of row 1 would move, that of b: from 0.995 to 1. No other row would move."
    );
    assert!(matches!(ask(&mut lab, 0, 0, f64::INFINITY), Err(NoView::Because(_))));
    assert_eq!(ask(&mut lab, 4, 0, 1.0), Err(NoView::Stale), "there is no row 5");
}

/// The ghost is where the value would be before, and its output after; in the pictures of other features there is none.
#[test]
fn a_tried_value_has_a_ghost_in_both_pictures() {
    let mut lab = wine("z-score");
    lab.act(Action::SetView(View::Histogram));
    let found = moved(&mut lab, 2, 0, 15.0);
    let view = lab.view();
    let at = |when, feature| Panel::new(when, Some(feature)).ghost(&view, &found, 0);
    let (before, after) = (at(When::Before, 0).unwrap(), at(When::After, 0).unwrap());
    assert_eq!((before.x, before.y, before.place.row, before.across), (Some(15.0), None, 2, false));
    assert_eq!(after.x, Some(found.own.to));
    assert_eq!(at(When::Before, 1), None);
    // All features in one picture: the series of the feature.
    let together = |series| Panel::new(When::Before, None).ghost(&view, &found, series);
    assert_eq!((together(0).unwrap().x, together(3)), (Some(15.0), None));
}

/// Where another method stands beside the result, only the result has a ghost.
#[test]
fn a_second_method_has_no_ghost() {
    let mut lab = wine("z-score");
    lab.act(Action::SetView(View::Histogram));
    lab.act(Action::SetWith(Some(Box::new(WithChoice::of(Method::from_slug("robust").unwrap())))));
    let found = moved(&mut lab, 2, 0, 15.0);
    let view = lab.view();
    let at = |when| Panel::new(when, Some(0)).ghost(&view, &found, 0);
    assert!(at(When::Before).is_none() && at(When::After).is_some());
}

/// Under LayerNorm the other coordinate moves as well: only one of them is known.
#[test]
fn the_ghost_in_a_scatter_plot_says_no_more_than_is_known() {
    for (slug, across) in [("z-score", false), ("layer-norm", true)] {
        let mut lab = wine(slug);
        let found = moved(&mut lab, 2, 1, 9.0);
        let view = lab.act(Action::SetView(View::Scatter)).view();
        let at = |when| Panel::new(when, None).ghost(&view, &found, 0).unwrap();
        assert_eq!((at(When::Before).x, at(When::Before).y, at(When::Before).across), (None, Some(9.0), false));
        assert_eq!((at(When::After).y, at(When::After).across), (Some(found.own.to), across), "{slug}");
    }
    let mut lab = wine("z-score");
    let found = moved(&mut lab, 2, 1, 9.0);
    let view = lab.act(Action::SetView(View::Heat)).view();
    assert_eq!(Panel::new(When::Before, None).ghost(&view, &found, 0), None);
}
