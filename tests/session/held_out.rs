//! Rows that the statistics were not taken from: marked in the plots and in the table, and described for themselves.

use normlab::caption::{caption, figure_caption};
use normlab::data::split;
use normlab::engine::summarize;
use normlab::figure::pairs;
use normlab::plot::{Mark, Scene, View};
use normlab::protocol::{FitOn, RowsQuery, UserTableQuery};
use normlab::state::Action;

use crate::explorer::Explorer;

const FIT: FitOn = FitOn::Train { share: 0.75, seed: 1 };

/// A data set of 200 rows with 50 of them held out.
fn explorer(view: View) -> (Explorer, Vec<u32>) {
    let mut explorer = Explorer::sample("ctr-revenue");
    explorer.act(Action::ChooseMethod("min-max")).act(Action::SetFit(FIT)).act(Action::SetView(view));
    let fitted = split::train_rows(explorer.info.rows as usize, 0.75, 1);
    let held_out = (0..).zip(&fitted).filter(|(_, fitted)| !**fitted).map(|(row, _)| row).collect();
    (explorer, held_out)
}

fn scenes(explorer: &mut Explorer, together: bool) -> Vec<Scene> {
    let view = explorer.view();
    let pairs = pairs(&view, together, usize::MAX);
    pairs.iter().flat_map(|pair| [(*pair.before).clone(), (*pair.after).clone()]).collect()
}

#[test]
fn their_points_are_hollow_and_the_picture_says_so() {
    for view in [View::Strip, View::Scatter] {
        let (mut explorer, held_out) = explorer(view);
        assert_eq!(held_out.len(), 50);
        for scene in scenes(&mut explorer, true) {
            assert_eq!(scene.held_out, held_out, "{}", scene.title);
            assert!(scene.description.ends_with("Held-out rows are hollow."), "{}", scene.description);
        }
        for scene in scenes(explorer.act(Action::SetFit(FitOn::All)), true) {
            assert!(scene.held_out_style().is_none() && !scene.description.contains("eld-out"));
        }
    }
}

#[test]
fn of_a_sample_of_many_rows_those_that_are_drawn_are_told() {
    let mut explorer = Explorer::generated("normal", &[("rows", "20000")], 1);
    explorer.act(Action::SetFit(FIT)).act(Action::SetView(View::Strip));
    let view = explorer.view();
    let fitted = split::train_rows(20_000, 0.75, 1);
    assert!((1_000..1_500).contains(&view.held_out.len()), "{}", view.held_out.len());
    assert!(view.held_out.iter().all(|row| !fitted[*row as usize]));
}

#[test]
fn their_part_of_every_bar_is_darker() {
    let (mut explorer, held_out) = explorer(View::Histogram);
    for together in [true, false] {
        for scene in scenes(&mut explorer, together) {
            let bars = scene.marks.iter().filter_map(|mark| match mark {
                Mark::Steps { key, low, high, heights, .. } => Some((key.role, *low, *high, heights)),
                _ => None,
            });
            let parts: Vec<_> = scene
                .marks
                .iter()
                .filter_map(|mark| match mark {
                    Mark::HeldOut { role, low, high, heights } => Some((*role, *low, *high, heights)),
                    _ => None,
                })
                .collect();
            assert_eq!(parts.len(), if together { 2 } else { 1 });
            for ((role, low, high, heights), part) in bars.zip(&parts) {
                assert_eq!((role, low, high), (part.0, part.1, part.2), "{}", scene.title);
                assert!(heights.iter().zip(part.3).all(|(all, part)| part <= all));
                assert_eq!(part.3.iter().sum::<f64>(), held_out.len() as f64);
            }
            assert!(scene.description.ends_with("Held-out rows are darker."), "{}", scene.description);
        }
    }
    for scene in scenes(explorer.act(Action::SetFit(FitOn::All)), true) {
        assert!(scene.held_out_style().is_none(), "what was drawn before is not kept");
    }
}

#[test]
fn the_table_says_which_rows_they_are_in_any_order() {
    let (mut explorer, held_out) = explorer(View::Histogram);
    explorer.view();
    let page = explorer.rows(&RowsQuery { count: 200, ..RowsQuery::default() });
    let marked: Vec<u32> = page.rows.iter().filter(|row| row.held_out).map(|row| row.number as u32 - 1).collect();
    assert_eq!(marked, held_out);
    explorer.act(Action::SetFit(FitOn::All)).view();
    assert!(explorer.first_rows().rows.iter().all(|row| !row.held_out));
}

#[test]
fn each_feature_has_statistics_of_theirs() {
    let (mut explorer, held_out) = explorer(View::Histogram);
    let view = explorer.view();
    let page = explorer.rows(&RowsQuery { count: 200, ..RowsQuery::default() });
    for (index, feature) in view.features.iter().enumerate() {
        let values: Vec<f64> = held_out.iter().map(|row| page.rows[*row as usize].after[index]).collect();
        assert_eq!(feature.held_out, Some(summarize(&values, &mut Vec::new())), "{}", feature.name);
    }
    assert!(explorer.act(Action::SetFit(FitOn::All)).view().features.iter().all(|feature| feature.held_out.is_none()));
    let layer = explorer.act(Action::SetFit(FIT)).act(Action::ChooseMethod("layer-norm")).view();
    assert!(layer.features.iter().all(|feature| feature.held_out.is_none()), "it is not fitted on other rows");
    assert!(layer.before.held_out.is_empty());
}

#[test]
fn the_headline_counts_those_beyond_the_range() {
    let (mut explorer, _) = explorer(View::Histogram);
    let headline = caption(&explorer.view()).headline;
    // A saved figure has no legend for it: its caption says it.
    for (view, said) in [(View::Strip, "Hollow points are held out."), (View::Histogram, "bars are held out.")] {
        assert!(figure_caption(&explorer.act(Action::SetView(view)).view(), "x").ends_with(said));
    }
    assert!(headline.ends_with("have about the same spread. 2 of 100 test values land below 0."), "{headline}");
}

/// An experiment fits its scalings on the same rows.
#[test]
fn an_experiment_takes_the_rows_that_are_fitted_on_along() {
    let (mut explorer, held_out) = explorer(View::Histogram);
    explorer.view();
    let ask = |fit| {
        let query = UserTableQuery { target: Some("y".into()), fit };
        explorer.session.user_table(&query).unwrap()
    };
    let table = ask(FIT);
    let fitted_on = table.fitted_on.unwrap();
    assert_eq!((fitted_on.len(), table.target.unwrap().1.len()), (150, 200));
    assert!(fitted_on.iter().all(|row| !held_out.contains(row)) && fitted_on.is_sorted());
    assert_eq!(ask(FitOn::All).fitted_on, None);
}
