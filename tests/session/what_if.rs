//! What would move if one value were another: what the method gives when it is run again on everything.

use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use normlab::caption::{explain_gradient, what_if};
use normlab::data::{DataCell, Edit, SavedFit};
use normlab::engine::{Dependence, Method};
use normlab::plot::View;
use normlab::plot::number::{format4, full};
use normlab::protocol::{FitOn, Participation, RowsQuery, WhatIfQuery, WhatIfResult, When};
use normlab::session::{NoYield, QueryError};
use normlab::state::{Action, Panel, WithChoice};

use crate::explorer::Explorer;

fn ask(explorer: &mut Explorer, row: u64, feature: usize, value: f64) -> Result<WhatIfResult, QueryError> {
    let cell = DataCell { row, column: explorer.query().columns[feature], position: 0 };
    let (query, yielder) = (WhatIfQuery { cell, value }, NoYield::default());
    match pin!(explorer.session.what_if(&query, &yielder)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("a session without a browser never waits"),
    }
}

fn what_if_result(explorer: &mut Explorer, row: u64, feature: usize, value: f64) -> WhatIfResult {
    ask(explorer, row, feature, value).unwrap()
}

fn others(result: &WhatIfResult) -> (u64, u64, u64, u64) {
    (result.others, result.row, result.column, result.elsewhere)
}

fn wine(slug: &'static str) -> Explorer {
    let mut explorer = Explorer::sample("wine");
    explorer.act(Action::ChooseMethod(slug)).view();
    explorer
}

fn outputs(explorer: &mut Explorer) -> Vec<Vec<f64>> {
    explorer.rows(&RowsQuery { count: 1000, ..RowsQuery::default() }).rows.into_iter().map(|row| row.after).collect()
}

#[test]
fn one_row_moves_every_other_under_batch_norm_and_none_under_layer_norm() {
    let found = what_if_result(&mut wine("batch-norm"), 2, 0, 15.0);
    assert_eq!((found.value.from, found.group.as_str(), others(&found)), (13.16, "alcohol", (177, 0, 177, 0)));
    let found = what_if_result(&mut wine("layer-norm"), 2, 0, 15.0);
    assert_eq!((found.group.as_str(), others(&found)), ("row 3", (12, 12, 0, 0)));
    let found = what_if_result(&mut wine("instance-norm"), 2, 0, 15.0);
    assert_eq!(others(&found), (0, 0, 0, 0));
}

#[test]
fn extremes_and_quantiles_do_not_care_about_a_value_in_the_middle() {
    // Least and greatest stay, whatever lies between.
    assert_eq!(others(&what_if_result(&mut wine("min-max"), 2, 0, 13.3)), (177, 0, 0, 0));
    assert_eq!(others(&what_if_result(&mut wine("min-max"), 2, 0, 14.83)), (177, 0, 0, 0));
    let found = what_if_result(&mut wine("min-max"), 2, 0, 15.0);
    // The least value stays at 0.
    assert_eq!((others(&found), found.scale.from), ((177, 0, 176, 0), 14.83 - 11.03));
    // From one place between two quartiles to another, or far beyond: the same.
    for value in [13.2, 13.6] {
        assert_eq!(others(&what_if_result(&mut wine("robust"), 2, 0, value)), (177, 0, 0, 0), "{value}");
    }
    let found = what_if_result(&mut wine("robust"), 2, 0, 1e6);
    // It was above the median before; the upper quartile is another now, and all but the median move a little.
    assert!(found.column > 170 && found.center.to == found.center.from, "{found:?}");
    let farthest = found.farthest.unwrap().output;
    assert!(found.own.to > 1e5 && (farthest.to - farthest.from).abs() < 0.02, "{farthest:?}");
}

/// Two values are one deviation from their mean, whatever they are; only last digits change.
#[test]
fn rounding_is_no_move() {
    let mut explorer = Explorer::text("a\n0.1\n0.7\n");
    explorer.act(Action::ChooseMethod("z-score")).view();
    for step in 1..100 {
        let found = what_if_result(&mut explorer, 1, 0, 0.7 + f64::from(step) * 0.013);
        assert_eq!(others(&found), (1, 0, 0, 0), "{found:?}");
    }
}

#[test]
fn a_row_that_is_not_fitted_on_moves_nothing_but_itself() {
    let mut explorer = wine("z-score");
    explorer.act(Action::SetFit(FitOn::Train { share: 0.5, seed: 1 })).view();
    let found: Vec<WhatIfResult> = (0..20).map(|row| what_if_result(&mut explorer, row, 0, 20.0)).collect();
    let (taken, left): (Vec<_>, Vec<_>) = found.iter().partition(|found| found.part == Participation::Taken);
    assert!(taken.len() > 4 && left.len() > 4, "{} {}", taken.len(), left.len());
    assert!(taken.iter().all(|found| others(found) == (177, 0, 177, 0)));
    for found in left {
        assert_eq!((found.part, others(found)), (Participation::OtherRows, (177, 0, 0, 0)));
        assert!(found.own.to != found.own.from && found.center.to == found.center.from);
        let told = what_if(found, format4);
        assert_eq!(told[1], "No other output would move.");
        assert!(told[2].ends_with("is not a training row, so it does not affect centre and scale."), "{}", told[2]);
    }
    // Each row is its own judge: what was fitted on does not matter.
    explorer.act(Action::ChooseMethod("layer-norm")).view();
    assert!((0..9).all(|row| what_if_result(&mut explorer, row, 0, 20.0).part == Participation::Taken));
}

/// What is told is what an edit then does, for every method and from any row.
#[test]
fn an_edit_does_what_was_told() {
    for method in normlab::engine::Method::all() {
        let slug = method.info().slug;
        for (fit, mode) in [(FitOn::All, "training"), (FitOn::Train { share: 0.6, seed: 3 }, "evaluation")] {
            let mut explorer = Explorer::sample("penguins");
            explorer.act(Action::ChooseMethod(slug)).act(Action::SetMethod { key: "mode", text: mode.into() });
            explorer.act(Action::SetFit(fit)).view();
            let before = outputs(&mut explorer);
            for (row, feature, value) in [(0, 0, 60.0), (3, 1, 17.0), (8, 2, f64::NAN), (200, 3, 1e4), (301, 0, 0.0)] {
                let found = what_if_result(&mut explorer, row, feature, value);
                let cell = found.query.cell;
                explorer.act(Action::Edit(Edit::Set { cell, value })).view();
                let after = outputs(&mut explorer);
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
                explorer.act(Action::ResetEdits).view();
            }
        }
    }
}

#[test]
fn statistics_that_were_found_before_stay() {
    let mut explorer = wine("z-score");
    let saved = SavedFit::from_json(&explorer.session.save_fit("wine").unwrap()).unwrap();
    explorer.act(Action::UseFit(Rc::new(saved))).view();
    let found = what_if_result(&mut explorer, 2, 0, 15.0);
    assert_eq!((found.part, others(&found)), (Participation::Elsewhere, (177, 0, 0, 0)));
    assert!(found.own.to > found.own.from);
}

/// Where statistics of very many groups are not kept.
#[test]
fn of_very_many_groups_the_one_that_is_asked_for_is_found_again() {
    let mut explorer = Explorer::generated("normal", &[("rows", "201000"), ("columns", "4")], 1);
    explorer.act(Action::ChooseMethod("layer-norm")).view();
    let found = what_if_result(&mut explorer, 123_456, 2, 100.0);
    assert_eq!((found.group.as_str(), others(&found)), ("row 123,457", (3, 3, 0, 0)));
    assert_eq!(found.farthest.as_ref().map(|farthest| farthest.cell.row), Some(123_456));
    let after = explorer.rows(&RowsQuery { from: 123_456, count: 1, ..RowsQuery::default() }).rows[0].after[2];
    assert_eq!(found.own.from.to_bits(), after.to_bits());
    assert!(found.center.to > found.center.from && found.scale.to > found.scale.from);
}

#[test]
fn it_is_told_in_sentences() {
    let mut explorer = Explorer::text("a,b\n1,10\n2,10\n3,40\n6,10\n");
    explorer.act(Action::ChooseMethod("min-max")).view();
    let told =
        |explorer: &mut Explorer, row, feature, value| what_if(&what_if_result(explorer, row, feature, value), format4);
    assert_eq!(
        told(&mut explorer, 3, 0, 11.0),
        [
            "If a of row 4 were 11 instead of 6, its output would stay 1.",
            "2 of the 3 other outputs of a would move, row 3 the most: from 0.4 to 0.2. No other feature would \
             move.",
            "The centre of a would stay 1, its scale would move from 5 to 10.",
        ]
    );
    assert_eq!(
        told(&mut explorer, 1, 0, 4.0),
        [
            "If a of row 2 were 4 instead of 2, its output would be 0.6 instead of 0.2.",
            "None of the 3 other outputs of a would move.",
            "The centre of a would stay 1, its scale 5.",
        ]
    );
    assert_eq!(told(&mut explorer, 1, 0, 2.0)[0], "a of row 2 is 2: its output is 0.2.");
    assert_eq!(
        told(&mut explorer, 1, 0, f64::NAN)[0],
        "If a of row 2 were missing instead of 2, its output would be missing instead of 0.2."
    );
    explorer.act(Action::ChooseMethod("unit-length")).view();
    assert_eq!(
        told(&mut explorer, 0, 0, 0.0)[1],
        "The one other output of row 1 would move, that of b: from 0.995 to 1. No other row would move."
    );
    assert!(matches!(ask(&mut explorer, 0, 0, f64::INFINITY), Err(QueryError::Because(_))));
    assert_eq!(ask(&mut explorer, 4, 0, 1.0), Err(QueryError::Cancelled), "there is no row 5");
}

/// The ghost is where the value would be before, and its output after; in the pictures of other features there is none.
#[test]
fn a_tried_value_has_a_ghost_in_both_pictures() {
    let mut explorer = wine("z-score");
    explorer.act(Action::SetView(View::Histogram));
    let found = what_if_result(&mut explorer, 2, 0, 15.0);
    let view = explorer.view();
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
    let mut explorer = wine("z-score");
    explorer.act(Action::SetView(View::Histogram));
    explorer.act(Action::SetWith(Some(Box::new(WithChoice::of(Method::from_slug("robust").unwrap())))));
    let found = what_if_result(&mut explorer, 2, 0, 15.0);
    let view = explorer.view();
    let at = |when| Panel::new(when, Some(0)).ghost(&view, &found, 0);
    assert!(at(When::Before).is_none() && at(When::After).is_some());
}

/// Under LayerNorm the other coordinate moves as well: only one of them is known.
#[test]
fn the_ghost_in_a_scatter_plot_says_no_more_than_is_known() {
    for (slug, across) in [("z-score", false), ("layer-norm", true)] {
        let mut explorer = wine(slug);
        let found = what_if_result(&mut explorer, 2, 1, 9.0);
        let view = explorer.act(Action::SetView(View::Scatter)).view();
        let at = |when| Panel::new(when, None).ghost(&view, &found, 0).unwrap();
        assert_eq!((at(When::Before).x, at(When::Before).y, at(When::Before).across), (None, Some(9.0), false));
        assert_eq!((at(When::After).y, at(When::After).across), (Some(found.own.to), across), "{slug}");
    }
    let mut explorer = wine("z-score");
    let found = what_if_result(&mut explorer, 2, 1, 9.0);
    let view = explorer.act(Action::SetView(View::Heat)).view();
    assert_eq!(Panel::new(When::Before, None).ghost(&view, &found, 0), None);
}

/// What a small change of a value does to its output, and of another value to it, is what the gradient says.
#[test]
fn a_small_change_does_what_the_gradient_says() {
    const STEP: f64 = 1e-6;
    let mut explained = Vec::new();
    for method in Method::all() {
        for fit in [FitOn::All, FitOn::Train { share: 0.5, seed: 1 }] {
            let mut explorer = wine(method.info().slug);
            explorer.act(Action::SetFit(fit)).view();
            for row in [2, 3, 60, 100] {
                let cell = DataCell { row, column: explorer.query().columns[1], position: 0 };
                let traced = explorer.session.trace(cell).unwrap();
                let found = explain_gradient(&traced, format4);
                assert!(!found.summary.contains("  ") && found.summary.ends_with('.'), "{}", found.summary);
                assert_eq!(traced.left_out, found.summary.contains("is not a training row"), "{}", found.summary);
                let dependence = if traced.left_out { Dependence::Constant } else { Dependence::OnInput };
                let Ok(gradient) = traced.trace.gradient(dependence) else {
                    assert!(found.lines.is_empty() && found.summary.starts_with("The gradient is explained for"));
                    continue;
                };
                let own = gradient.unwrap().own;
                let outputs = [STEP, -STEP].map(|step| {
                    let changed = what_if_result(&mut explorer, row, 1, traced.trace.value + step);
                    changed.own.to
                });
                let slope = (outputs[0] - outputs[1]) / (2.0 * STEP);
                assert!(
                    (own - slope).abs() < 1e-6 * slope.abs().max(1.0),
                    "{} {row}: {own} {slope}",
                    method.info().slug
                );
                explained.push((method.info().slug, traced.left_out));
            }
        }
    }
    let of = |slug: &str, left_out| explained.iter().filter(|one| **one == (slug, left_out)).count();
    for slug in ["z-score", "batch-norm", "layer-norm", "group-norm", "instance-norm", "rms-norm", "unit-length"] {
        assert!(of(slug, false) >= 4, "{slug}: {explained:?}");
    }
    // With constants, every method is a factor and an offset.
    assert!(of("z-score", true) > 0 && of("robust", true) > 0 && of("robust", false) == 0, "{explained:?}");
}

#[test]
fn the_gradient_of_running_statistics_is_a_factor() {
    let mut explorer = wine("batch-norm");
    explorer.act(Action::SetMethod { key: "mode", text: "evaluation".into() }).view();
    let cell = DataCell { row: 2, column: explorer.query().columns[0], position: 0 };
    let traced = explorer.session.trace(cell).unwrap();
    let found = explain_gradient(&traced, full);
    assert!(found.summary.starts_with("In evaluation, running mean and variance are constants."), "{found:?}");
    let gamma_over_scale = 1.0 / traced.trace.group.statistics.scale;
    let results: Vec<&str> = found.lines.iter().map(|line| line.result.as_str()).collect();
    assert_eq!(results, [full(gamma_over_scale).as_str(), "0"]);
}
