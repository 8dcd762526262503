//! Several methods side by side: what is measured of each is what its own view shows.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use normlab::caption::{related, relation};
use normlab::data::{DataCell, Edit, SavedFit};
use normlab::engine::{Conventions, LinearRelation, Method, Shape};
use normlab::figure::{comparison_scenes as small, pair_scene};
use normlab::plot::{Curve, Mark, View};
use normlab::protocol::{ComparedOutcome, FitOn, MethodComparison};
use normlab::session::{NoYield, QueryError};
use normlab::state::{Action, CompareChoice, Study};

use crate::explorer::Explorer;

fn study(explorer: &mut Explorer, yielder: &NoYield) -> Result<MethodComparison, QueryError> {
    assert_eq!(explorer.state.study_shown(), Some(Study::Compare));
    let query = explorer.state.compare_query(&explorer.info);
    let mut context = Context::from_waker(Waker::noop());
    match pin!(explorer.session.compare(&query, yielder)).poll(&mut context) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("a session without a browser never waits"),
    }
}

/// Asks for the view and then for the comparison, as the page does.
pub fn compare(explorer: &mut Explorer) -> MethodComparison {
    explorer.act(Action::SetStudy(Some(Study::Compare))).view();
    study(explorer, &NoYield::default()).unwrap()
}

pub fn set(explorer: &mut Explorer, choice: CompareChoice) {
    explorer.act(Action::SetCompare(Box::new(choice)));
}

fn all() -> CompareChoice {
    let slugs: Vec<_> = Method::all().iter().map(|method| method.info().slug).collect();
    CompareChoice::default().with_methods(&slugs)
}

fn slugs(comparison: &MethodComparison) -> Vec<&str> {
    comparison.panels.iter().map(|panel| panel.method.info().slug).collect()
}

pub fn outcome<'a>(comparison: &'a MethodComparison, slug: &str) -> &'a ComparedOutcome {
    let panel = comparison.panels.iter().find(|panel| panel.method.info().slug == slug).unwrap();
    panel.outcome.as_ref().unwrap()
}

#[test]
fn what_is_measured_of_each_method_is_what_its_view_shows() {
    for fit in [FitOn::All, FitOn::Train { share: 0.5, seed: 7 }] {
        let mut explorer = Explorer::sample("wine");
        set(&mut explorer, CompareChoice { feature: Some("ash".into()), ..all() });
        explorer.act(Action::SetFit(fit));
        let comparison = compare(&mut explorer);
        assert_eq!(comparison.features[comparison.feature as usize], "ash");
        assert_eq!(slugs(&comparison)[..3], ["z-score", "min-max", "robust"], "that of the page is the first");
        assert_eq!(comparison.panels.len(), Method::all().len());
        for panel in &comparison.panels {
            let slug = panel.method.info().slug;
            let view = explorer.act(Action::ChooseMethod(slug)).view();
            let found = panel.outcome.as_ref().unwrap();
            let ash = &view.features[comparison.feature as usize];
            // As text, to the last digit: of a constant, some statistics are NaN.
            assert_eq!(format!("{:?}", found.summary), format!("{:?}", ash.after), "{slug}");
            assert_eq!(comparison.before, Some(ash.before));
            let drawn = comparison.drawn.iter().map(|&index| &view.features[index as usize]);
            let ends = drawn.map(|feature| (feature.after.min, feature.after.max));
            let (low, high) = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap();
            assert!(found.ends == Some((low, high)) || low == high, "{slug}: {:?}", found.ends);
            let counts = found.curves.iter().map(|curve| match curve {
                Curve::Histogram(bins) => (bins.counts.iter().sum(), bins.outside),
                other => panic!("{other:?}"),
            });
            assert!(counts.eq(std::iter::repeat_n((178_u64, 0), 10)));
            let before = view.features.iter().map(|feature| feature.before.sd);
            let (low, high) = before.fold((f64::INFINITY, 0.0_f64), |(low, high), sd| (low.min(sd), high.max(sd)));
            assert_eq!(comparison.spread, high / low);
            let sds: Vec<f64> = view.features.iter().map(|feature| feature.after.sd).filter(|sd| *sd > 0.0).collect();
            let ratio = sds.iter().copied().fold(0.0, f64::max) / sds.iter().copied().fold(f64::INFINITY, f64::min);
            assert!(found.spread == ratio || sds.len() < 2, "{slug}: {} {ratio}", found.spread);
        }
    }
}

#[test]
fn methods_of_a_feature_are_lines_and_those_inside_an_example_clouds() {
    let mut explorer = Explorer::sample("wine");
    set(&mut explorer, CompareChoice { pair: Some(("min-max", "z-score")), ..CompareChoice::default() });
    let comparison = compare(&mut explorer);
    for slug in ["z-score", "min-max", "robust", "max-abs"] {
        let found = outcome(&comparison, slug);
        assert!(
            found.relation.line.is_some() && found.relation.correlation > 1.0 - 1e-12,
            "{slug}: {:?}",
            found.relation
        );
    }
    for slug in ["layer-norm", "rms-norm", "unit-length"] {
        let found = outcome(&comparison, slug);
        assert!(found.relation.line.is_none() && found.relation.correlation < 0.999, "{slug}: {:?}", found.relation);
    }
    let pair_plot = comparison.pair_plot.as_ref().unwrap();
    assert_eq!(pair_plot.pair, (1, 0));
    // By hand: z = (x - mean) / sd and x = min + (max - min) m.
    let before = comparison.before.unwrap();
    let LinearRelation { slope, offset } = pair_plot.relation.line.expect("exactly a line");
    assert!((slope - (before.max - before.min) / before.sd).abs() < 1e-12);
    assert!((offset - (before.min - before.mean) / before.sd).abs() < 1e-12);
    assert_eq!((pair_plot.drawn, pair_plot.all, pair_plot.relation.count), (178, 178, 178));

    set(&mut explorer, CompareChoice { pair: Some(("z-score", "layer-norm")), ..CompareChoice::default() });
    let cloud = compare(&mut explorer).pair_plot.unwrap();
    assert!(cloud.relation.line.is_none() && cloud.relation.largest >= cloud.relation.mean);
    let largest = match (cloud.across.as_slice(), cloud.up.as_slice()) {
        ([Curve::Scatter(a)], [Curve::Scatter(b)]) => {
            assert_eq!(a.places, b.places, "the same rows");
            a.values.iter().zip(&b.values).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(largest, cloud.relation.largest);
}

#[test]
fn two_that_have_something_to_tell_are_drawn_unless_others_are_asked_for() {
    let mut explorer = Explorer::sample("wine");
    let pair = |comparison: &MethodComparison| {
        let pair_plot = comparison.pair_plot.as_ref()?;
        let slug = |index: u32| comparison.panels[index as usize].method.info().slug.to_string();
        Some((slug(pair_plot.pair.0), slug(pair_plot.pair.1)))
    };
    let named = |a: &str, b: &str| Some((a.to_string(), b.to_string()));
    assert_eq!(pair(&compare(&mut explorer)), named("z-score", "layer-norm"));
    explorer.act(Action::ChooseMethod("rms-norm"));
    assert_eq!(pair(&compare(&mut explorer)), named("rms-norm", "min-max"));
    // One that is not among the methods is nobody to compare with.
    set(&mut explorer, CompareChoice { pair: Some(("batch-norm", "robust")), ..CompareChoice::default() });
    assert_eq!(pair(&compare(&mut explorer)), named("rms-norm", "min-max"));
    set(&mut explorer, CompareChoice { pair: Some(("robust", "robust")), ..CompareChoice::default() });
    assert_eq!(pair(&compare(&mut explorer)), named("robust", "robust"));
    set(&mut explorer, CompareChoice::default().with_methods(&["rms-norm"]));
    let alone = compare(&mut explorer);
    assert_eq!((slugs(&alone), pair(&alone)), (vec!["rms-norm"], None));
}

#[test]
fn a_method_that_does_not_fit_the_data_says_so_and_leaves_the_others() {
    let mut explorer = Explorer::sample("wine");
    explorer
        .act(Action::ChooseMethod("group-norm"))
        .act(Action::SetMethod { key: "groups", text: "4".into() })
        .act(Action::ChooseMethod("z-score"));
    set(&mut explorer, CompareChoice { pair: Some(("z-score", "group-norm")), ..all() });
    let comparison = compare(&mut explorer);
    let failed: Vec<_> = comparison.panels.iter().filter_map(|panel| panel.outcome.as_ref().err()).collect();
    assert!(failed.len() == 1 && failed[0].contains("groups"), "{failed:?}");
    assert_eq!(comparison.pair_plot, None);
    assert_eq!(outcome(&comparison, "layer-norm").summary.count, 178);
}

#[test]
fn a_zoom_shows_the_middle_and_counts_what_is_outside() {
    let mut explorer = Explorer::generated("outliers", &[("rows", "2000")], 3);
    let whole = compare(&mut explorer);
    set(&mut explorer, CompareChoice { zoom: true, ..CompareChoice::default() });
    let zoomed = compare(&mut explorer);
    for (whole, zoomed) in whole.panels.iter().zip(&zoomed.panels) {
        let (whole, zoomed) = (whole.outcome.as_ref().unwrap(), zoomed.outcome.as_ref().unwrap());
        assert_eq!(whole.summary, zoomed.summary, "the statistics are of all values");
        let width = |found: &ComparedOutcome| found.ends.map(|(low, high)| high - low).unwrap();
        assert!(width(zoomed) < width(whole));
        let outside =
            zoomed.curves.iter().map(|curve| if let Curve::Histogram(bins) = curve { bins.outside } else { 0 });
        let (outside, most) = (outside.sum::<u64>(), 2 * 20 * zoomed.curves.len() as u64);
        assert!(outside > 0 && outside <= most, "{outside} of {most}");
    }
    let (low, high) = zoomed.shared.unwrap();
    for (a, b) in zoomed.panels.iter().filter_map(|panel| panel.outcome.as_ref().unwrap().ends) {
        assert!(low <= a && b <= high, "the shared axis holds all");
    }
}

#[test]
fn pictures_are_of_the_kind_of_the_view_where_they_can_be_small() {
    let mut explorer = Explorer::sample("wine");
    let kind = |explorer: &mut Explorer, view| {
        explorer.act(Action::SetView(view));
        let comparison = compare(explorer);
        let same = match &outcome(&comparison, "z-score").curves[0] {
            Curve::Histogram(_) => View::Histogram,
            Curve::Density(_) => View::Density,
            other => panic!("{other:?}"),
        };
        assert_eq!(comparison.view, same);
        same
    };
    assert_eq!(kind(&mut explorer, View::Density), View::Density);
    assert_eq!(kind(&mut explorer, View::Scatter), View::Histogram);
    // The curve of z-score is that of the view.
    explorer.act(Action::SetView(View::Density)).act(Action::ChooseColumns(Some(vec!["ash".into()])));
    let comparison = compare(&mut explorer);
    let view = explorer.view();
    let (Curve::Density(ours), Curve::Density(theirs)) =
        (&outcome(&comparison, "z-score").curves[0], &view.after.features[0][0])
    else {
        panic!("densities");
    };
    assert_eq!(ours.bandwidth, theirs.bandwidth);
}

#[test]
fn without_a_view_there_is_nothing_to_compare_and_unwanted_work_stops() {
    let mut explorer = Explorer::sample("wine");
    explorer.act(Action::SetStudy(Some(Study::Compare)));
    assert_eq!(study(&mut explorer, &NoYield::default()), Err(QueryError::Cancelled));
    explorer.view();
    for yields in [0, 1, 5, 50] {
        let yielder = NoYield::default();
        yielder.yields_left.set(Some(yields));
        assert_eq!(study(&mut explorer, &yielder), Err(QueryError::Cancelled), "after {yields}");
    }
    assert_eq!(study(&mut explorer, &NoYield::default()).unwrap().panels.len(), 7);
    // A view that failed leaves nothing to compare.
    explorer.act(Action::ChooseMethod("group-norm")).act(Action::SetMethod { key: "groups", text: "4".into() });
    let query = explorer.query();
    assert!(crate::explorer::ask(&mut explorer.session, &query, &NoYield::default()).is_err());
    assert_eq!(study(&mut explorer, &NoYield::default()), Err(QueryError::Cancelled));
}

#[test]
fn the_feature_that_is_looked_at_closely_is_among_the_drawn_ones() {
    let mut explorer = Explorer::sample("wine");
    set(&mut explorer, CompareChoice { feature: Some("proline".into()), ..CompareChoice::default() });
    let comparison = compare(&mut explorer);
    assert_eq!(comparison.drawn, [0, 1, 2, 3, 4, 5, 6, 7, 8, 12]);
    let scene = small(&comparison, false)[0].clone().unwrap();
    let last = scene.keys().last().map(|key| (key.name.clone(), key.role));
    assert_eq!(last, Some(("proline".to_string(), 12)));
    set(&mut explorer, CompareChoice::default());
    assert_eq!(compare(&mut explorer).drawn, (0..10).collect::<Vec<u32>>());
}

#[test]
fn pictures_have_one_axis_or_each_its_own() {
    let mut explorer = Explorer::sample("wine");
    explorer
        .act(Action::ChooseMethod("group-norm"))
        .act(Action::SetMethod { key: "groups", text: "4".into() })
        .act(Action::ChooseMethod("z-score"));
    set(&mut explorer, all());
    let comparison = compare(&mut explorer);
    let ranges = |own| -> Vec<Option<(f64, f64)>> {
        small(&comparison, own).into_iter().map(|scene| Some(scene?.x.range())).collect()
    };
    let failed = comparison.panels.iter().position(|panel| panel.outcome.is_err()).unwrap();
    let (shared, own) = (ranges(false), ranges(true));
    assert_eq!((shared[failed], own[failed]), (None, None));
    assert!(shared.iter().flatten().all(|range| Some(*range) == comparison.shared), "{shared:?}");
    let place = |slug: &str| comparison.panels.iter().position(|panel| panel.method.info().slug == slug).unwrap();
    assert_eq!(own[place("min-max")], Some((0.0, 1.0)));
    for (panel, range) in comparison.panels.iter().zip(own) {
        let Ok(found) = &panel.outcome else { continue };
        let ((low, high), range) = (found.ends.unwrap(), range.unwrap());
        assert!(range.0 <= low && high <= range.1, "{}: {range:?}", panel.method.info().slug);
    }
    let scene = small(&comparison, false)[0].clone().unwrap();
    assert_eq!(scene.title, "z-score");
    assert_eq!(scene.keys().len(), 10, "so many features are drawn at most");
    assert!(scene.description.starts_with("alcohol: 178 values within"), "{}", scene.description);
}

#[test]
fn one_method_against_another_is_drawn_beside_the_diagonal_and_told_in_words() {
    let mut explorer = Explorer::sample("wine");
    set(&mut explorer, CompareChoice { pair: Some(("z-score", "min-max")), ..CompareChoice::default() });
    let comparison = compare(&mut explorer);
    let scene = pair_scene(&comparison).unwrap();
    assert_eq!(scene.title, "alcohol: z-score against min-max");
    assert!(scene.x.range().0 < -2.4 && scene.y.range() == (0.0, 1.0), "each on its own axis");
    assert_eq!(scene.marks[0], Mark::Diagonal);
    assert_eq!(scene.note, "On the dashed line both give the same value.");
    let Mark::Points { points, .. } = &scene.marks[1] else { panic!("{:?}", scene.marks) };
    assert_eq!(points.len(), 178);
    assert!(scene.x.label.contains("standard deviations"), "{}", scene.x.label);
    let told = related(&comparison).unwrap();
    assert!(told.starts_with("Exactly a straight line: min-max \u{2248} 0.213 \u{d7} z-score + 0.5186."), "{told}");
    let told = relation(&comparison);
    assert!(
        told.starts_with(
            "Alcohol keeps its shape with z-score, min-max, robust and max-abs: they only shift and stretch it. LayerNorm, \
             RMSNorm and unit length change its shape; "
        ),
        "{told}"
    );
}

/// By hand: min-max gives 0 to 1, and LayerNorm of ash, which is below the mean of every wine, less than 0.
#[test]
fn where_two_methods_give_nowhere_the_same_no_line_says_so() {
    let mut explorer = Explorer::sample("wine");
    let of_ash = CompareChoice {
        feature: Some("ash".into()),
        pair: Some(("min-max", "layer-norm")),
        ..CompareChoice::default()
    };
    set(&mut explorer, of_ash);
    let scene = pair_scene(&compare(&mut explorer)).unwrap();
    assert!(scene.y.range().1 < 0.0 && scene.x.range() == (0.0, 1.0));
    assert!(!scene.marks.contains(&Mark::Diagonal));
    assert_eq!(scene.note, "The two never give the same value in this picture.");
}

#[test]
fn what_was_measured_before_is_used_again_and_right_still() {
    let mut explorer = Explorer::sample("wine");
    let told = |explorer: &mut Explorer| format!("{:?}", compare(explorer));
    let cell = DataCell { row: 3, column: 1, position: 0 };
    let saved = {
        let mut other = Explorer::sample("wine");
        other.act(Action::SetFit(FitOn::Train { share: 0.5, seed: 3 })).view();
        SavedFit::from_json(&other.session.save_fit("wine").unwrap()).unwrap()
    };
    let feature = || Box::new(CompareChoice { feature: Some("ash".into()), ..CompareChoice::default() });
    let shape = Shape { examples: 178, features: 13, positions: 1 };
    let actions = [
        Action::ChooseMethod("min-max"),
        Action::SetMethod { key: "low", text: "-1".into() },
        Action::ChooseMethod("layer-norm"),
        Action::SetFit(FitOn::Train { share: 0.5, seed: 7 }),
        Action::SetFit(FitOn::Train { share: 0.5, seed: 8 }),
        Action::ChooseMethod("min-max"),
        Action::SetCompare(feature()),
        Action::SetCompare(Box::new(CompareChoice { zoom: true, ..*feature() })),
        Action::SetView(View::Density),
        Action::SetView(View::Histogram),
        Action::SetBins(Some(9)),
        Action::Edit(Edit::Set { cell, value: 40.0 }),
        Action::SetConventions(Conventions::PyTorch, shape, Default::default()),
        Action::UseFit(saved.into()),
        Action::SetFit(FitOn::All),
        Action::ChooseColumns(Some(vec!["ash".into(), "proline".into()])),
    ];
    for action in actions {
        told(explorer.act(action.clone()));
        let mut fresh = Explorer::sample("wine");
        fresh.state = explorer.state.clone();
        assert_eq!(told(&mut explorer), told(&mut fresh), "after {action:?}");
        let few = NoYield::default();
        few.yields_left.set(Some(40));
        assert!(study(&mut explorer, &few).is_ok(), "measured again after {action:?}");
    }
}

#[test]
#[ignore = "measures: cargo test --release --test session eight_methods -- --ignored --nocapture"]
fn eight_methods_on_many_values() {
    for (rows, rounds) in [("100000", 9), ("1000000", 3)] {
        for (view, zoom) in [(View::Histogram, false), (View::Histogram, true), (View::Density, false)] {
            let mut explorer = Explorer::generated("normal", &[("rows", rows), ("columns", "10")], 1);
            explorer.act(Action::SetView(view)).view();
            // Of another feature, all is measured again.
            let mut times: Vec<_> = (0..rounds)
                .map(|round| {
                    let feature = Some(explorer.info.columns[round % 10].key.clone());
                    let choice = CompareChoice { zoom, feature, ..CompareChoice::default() };
                    set(&mut explorer, choice.toggled("batch-norm"));
                    explorer.act(Action::SetStudy(Some(Study::Compare))).view();
                    let start = Instant::now();
                    assert_eq!(study(&mut explorer, &NoYield::default()).unwrap().panels.len(), 8);
                    start.elapsed()
                })
                .collect();
            times.sort();
            println!(
                "{rows} x 10, {view:?}, zoom {zoom}: median {:?}, slowest {:?}",
                times[rounds / 2],
                times[rounds - 1]
            );
        }
    }
}

/// A constant column has no correlation with anything; that does not make another method's output a single value.
#[test]
fn a_method_that_moves_a_constant_apart_is_not_said_to_leave_a_single_value() {
    let mut explorer = Explorer::text("a,b\n5,1\n5,2\n5,9\n");
    explorer.act(Action::ChooseColumns(Some(["a", "b"].map(String::from).into()))).view();
    let comparison = compare(&mut explorer);
    let found = outcome(&comparison, "layer-norm");
    assert!(found.relation.correlation.is_nan() && found.summary.sd > 0.01, "{found:?}");
    let said = normlab::caption::related(&comparison).unwrap();
    assert!(said.starts_with("z-score makes every value 0, whatever LayerNorm gives."), "{said}");
}
