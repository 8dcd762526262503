//! The numbers of the literature and of scikit-learn, and data that lack something.

use normlab_report::{FactValue, RunRequest, UserTable};

use super::kmeans::adjusted_rand_index;
use super::*;
use crate::Files;
use crate::finished;
use crate::tests::{Bundled, TestHost, request, run};
use normlab_data::Sample;

fn table(slug: &str) -> ExperimentTable {
    let sample = Sample::from_slug(slug).unwrap();
    ExperimentTable::of_sample(sample, &finished(Bundled.read(sample.file)).unwrap()).unwrap()
}

fn outcome_of(nearest: &Nearest, data: &ExperimentTable, seed: u64) -> NearestOutcome {
    let host = TestHost::default();
    let show = |_: &NearestOutcome| Report::default();
    finished(nearest.run(data, seed, &RunControl::new(&host, &show))).unwrap()
}

fn scores(nearest: &Nearest, data: &ExperimentTable, seed: u64) -> Vec<f64> {
    outcome_of(nearest, data, seed).scores.iter().map(|score| score.value).collect()
}

fn of(model: Model) -> Nearest {
    Nearest { model, ..Nearest::default() }
}

#[test]
fn leave_one_out_on_wine() {
    let wine = table("wine");
    assert_eq!(scores(&of(Model::Knn), &wine, 0), [124.0, 169.0, 173.0, 170.0]);
    assert_eq!(scores(&Nearest { k: 1, ..Nearest::default() }, &wine, 0), [137.0, 169.0, 170.0, 169.0]);
}

#[test]
fn proline_drowns_the_others() {
    let outcome = outcome_of(&Nearest::default(), &table("wine"), 0);
    let raw = outcome.shares_after(Scaling::Raw).unwrap();
    let proline = outcome.prepared.features.iter().position(|name| name == "proline").unwrap();
    assert!((100.0 * raw[proline] - 99.774).abs() < 5e-4, "{}", raw[proline]);
    for share in outcome.shares_after(Scaling::ZScore).unwrap() {
        assert!((share - 1.0 / 13.0).abs() < 1e-12);
    }
}

#[test]
fn the_first_component_of_wine() {
    let found = scores(&of(Model::Pca), &table("wine"), 0);
    assert!((found[0] - 99.81).abs() < 5e-3, "{found:?}");
    assert!((found[2] - 36.20).abs() < 5e-3, "{found:?}");
}

#[test]
fn k_means_on_wine() {
    for seed in 0..3 {
        let found = scores(&of(Model::KMeans), &table("wine"), seed);
        for (found, expected) in found.iter().zip([0.371, 0.869, 0.898, 0.878]) {
            assert!((found - expected).abs() < 1e-3, "{found} is not {expected}, seed {seed}");
        }
    }
}

#[test]
fn scaling_hurts_on_iris_and_where_one_feature_is_all_that_counts() {
    let iris = scores(&Nearest::default(), &table("iris"), 0);
    assert!(iris[2] < iris[0], "{iris:?}");
    let mut means = [0.0; 2];
    for seed in 0..10 {
        let found = scores(&Nearest::default(), &noise::make(seed), seed);
        means[0] += found[0] / 4000.0;
        means[1] += found[2] / 4000.0;
    }
    assert!((means[0] - 0.985).abs() < 0.01, "{means:?}");
    assert!((means[1] - 0.813).abs() < 0.02, "{means:?}");
}

#[test]
fn least_squares_and_trees_do_not_notice_and_penalties_do() {
    for data in ["wine", "iris", "penguins"] {
        let data = table(data);
        for model in [Model::Ols, Model::Tree] {
            let outcome = outcome_of(&of(model), &data, 1);
            for scaling in Scaling::EACH {
                let changed = outcome.n_changed(scaling).unwrap();
                assert!(changed * 100 <= outcome.prepared.n_rows(), "{model:?} on {}: {changed}", data.name);
            }
            if model == Model::Ols {
                assert_eq!(outcome.n_changed(Scaling::ZScore), Some(0));
            }
        }
    }
    let outcome = outcome_of(&of(Model::Ridge), &table("wine"), 1);
    assert!(outcome.n_changed(Scaling::ZScore).unwrap() > 0);
    let without = outcome_of(&Nearest { penalty: 0.0, ..of(Model::Ridge) }, &table("wine"), 1);
    assert_eq!(without.n_changed(Scaling::ZScore), Some(0), "without a penalty it is least squares");
}

#[test]
fn logistic_regression_notices_units_by_its_penalty_alone() {
    let outcome = outcome_of(&Nearest { penalty: 1e-6, ..of(Model::Logistic) }, &table("iris"), 1);
    assert!(outcome.n_changed(Scaling::ZScore).unwrap() <= 1);
    let outcome = outcome_of(&of(Model::Logistic), &table("breast-cancer"), 1);
    assert!(outcome.n_changed(Scaling::ZScore).unwrap() > 3);
    assert!(outcome.scores[2].value > outcome.scores[0].value);
}

#[test]
fn the_index_of_two_partitions() {
    assert_eq!(adjusted_rand_index(&[0, 0, 1, 1], &[1, 1, 0, 0]), 1.0);
    // As scikit-learn's documentation has it.
    assert!((adjusted_rand_index(&[0, 0, 1, 2], &[0, 0, 1, 1]) - 0.571_428_571_428_571_4).abs() < 1e-12);
    assert_eq!(adjusted_rand_index(&[0, 0, 0, 0], &[0, 1, 2, 3]), 0.0);
}

#[test]
fn what_the_report_says() {
    let report = run(request("nearest", None, &[])).unwrap();
    assert_eq!(
        report.headline,
        "One feature drowns the others: proline makes 99.77% of the squared distance. Nearest neighbours are right for 124 of 178 \
         rows on raw data, and for 173 after z-score."
    );
    assert_eq!(report.facts[1].value, FactValue::Order(vec![124.0, 169.0, 173.0, 170.0]));
    let tree = run(request("nearest", None, &[("model", "tree")])).unwrap();
    assert!(tree.headline.starts_with("A decision tree"), "{}", tree.headline);
}

fn on_user_table(features: &[(&str, &[f64])], target: Option<&[&str]>) -> RunRequest {
    let features = features.iter().map(|(name, values)| ((*name).into(), values.to_vec())).collect();
    let target = target.map(|texts| ("kind".into(), texts.iter().map(|text| (*text).into()).collect()));
    let user_table = Some(UserTable { name: "mine.csv".into(), features, target, fitted_on: None });
    RunRequest { user_table, settings: vec![("k".into(), "1".into())], ..request("nearest", None, &[]) }
}

#[test]
fn a_visitors_own_table_with_holes() {
    let request = on_user_table(
        &[("a", &[1.0, 2.0, f64::NAN, 8.0, 9.0, 10.0]), ("b", &[1e4, 3e4, 2e4, 1e4, 3e4, 2e4])],
        Some(&["x", "x", "x", "y", "y", ""]),
    );
    let report = run(request).unwrap();
    let note = "2 of 6 rows are left out because a value is missing in them.";
    assert!(report.sentences.iter().any(|sentence| sentence == note), "{:?}", report.sentences);
    assert_eq!(report.tables[0].note, "Of 4 rows.");
}

/// The scaling of the training rows that are chosen in Explore, of all rows.
#[test]
fn a_scaling_is_fitted_on_the_rows_that_are_chosen_for_it() {
    let mut request = on_user_table(
        &[("a", &[0.0, 1.0, 2.0, 8.0, 9.0, f64::NAN]), ("b", &[1.0, 3.0, 2.0, 1.0, 3.0, 2.0])],
        Some(&["x", "x", "x", "y", "y", "y"]),
    );
    request.user_table.as_mut().unwrap().fitted_on = Some(vec![0, 2, 5]);
    let prepared =
        Prepared::of(&ExperimentTable::of_user_table(request.user_table.as_ref().unwrap()), true, 1).unwrap();
    assert_eq!(prepared.scaled(Scaling::MinMax).unwrap()[..5], [0.0, 0.5, 1.0, 4.0, 4.5]);
    let report = run(request.clone()).unwrap();
    let told = "a scaling is fitted on the 2 training rows that are chosen in Explore.";
    assert!(report.sentences.iter().any(|sentence| sentence.ends_with(told)), "{:?}", report.sentences);
    request.user_table.as_mut().unwrap().fitted_on = Some(vec![0, 5]);
    assert!(run(request).unwrap_err().starts_with("A scaling needs at least 2 rows to be fitted on"));
}

/// Differences of a few rows are not called a help or a harm.
#[test]
fn a_difference_within_chance_is_called_none() {
    let headline =
        |data: &str, settings: &[(&str, &str)]| run(request("nearest", Some(data), settings)).unwrap().headline;
    let iris = headline("iris", &[]);
    assert!(iris.starts_with("Scaling makes no clear difference here."), "{iris}");
    assert!(headline("noise", &[]).starts_with("Scaling hurts here."));
    let tree = run(request("nearest", Some("wine"), &[("model", "tree")])).unwrap();
    let said = [vec![tree.headline], tree.sentences].concat().join(" ");
    assert!(!said.contains("distance"), "a tree has none: {said}");
    let component = run(request("nearest", Some("iris"), &[("model", "pca")])).unwrap().sentences.join(" ");
    assert!(component.contains("The first raw component is a mixture: 73"), "{component}");
}

#[test]
fn data_that_do_not_fit_are_refused_in_a_sentence() {
    let column: &[f64] = &[1.0, 2.0, 3.0, 4.0];
    let refused = |request: RunRequest| run(request).unwrap_err();
    assert_eq!(
        refused(on_user_table(&[("a", column)], None)),
        "This needs a target: choose the column whose classes are predicted."
    );
    assert_eq!(
        refused(on_user_table(&[], Some(&["x"; 4]))),
        "This needs features: columns of numbers. None is chosen."
    );
    assert_eq!(
        refused(on_user_table(&[("kind", column)], Some(&["x", "x", "y", "y"]))),
        "This needs features: columns of numbers. None is chosen.",
        "the target is no feature"
    );
    assert_eq!(
        refused(on_user_table(&[("a", column)], Some(&["x"; 4]))),
        "This needs a target of at least two classes, and “kind” has one."
    );
    assert_eq!(
        refused(on_user_table(&[("a", &[1.0, 2.0])], Some(&["x", "y"]))),
        "This needs at least 3 rows without missing values, and there are 2."
    );
    let many: Vec<String> = (0..40).map(|number| number.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let values: Vec<f64> = (0..40).map(f64::from).collect();
    assert_eq!(
        refused(on_user_table(&[("a", &values)], Some(&many))),
        "This needs a target of classes, and “kind” has 40 distinct values; 30 are the limit."
    );
    let too_many = RunRequest {
        settings: vec![("k".into(), "4".into())],
        ..on_user_table(&[("a", column)], Some(&["x", "x", "y", "y"]))
    };
    assert_eq!(refused(too_many), "A row has only 3 others, so 4 neighbours cannot be found: choose fewer neighbours.");
}

#[test]
fn constant_columns_and_a_row_that_is_not_there_are_no_trouble() {
    let mut request = on_user_table(&[("a", &[1.0, 2.0, 7.0, 8.0]), ("same", &[5.0; 4])], Some(&["x", "x", "y", "y"]));
    request.settings.push(("row".into(), "99".into()));
    for model in Model::ALL {
        let mut request = request.clone();
        request.settings.push(("model".into(), model.1.into()));
        let report = run(request).unwrap_or_else(|why| why_text(model.1, why));
        if model.0 == Model::Knn {
            let told = "Row 99 is not among the rows that are used, so the neighbours are those of row 4.";
            assert!(report.sentences.iter().any(|sentence| sentence == told), "{:?}", report.sentences);
        }
    }
}

fn why_text(model: &str, why: String) -> Report {
    assert!(why.starts_with("The model could not be fitted"), "{model}: {why}");
    Report::default()
}

#[test]
fn of_too_many_rows_a_seeded_choice_is_used() {
    let n = 4000;
    let values: Vec<f64> = (0..n).map(|row| f64::from(row % 97)).collect();
    let kinds: Vec<&str> = (0..n).map(|row| if row % 97 < 50 { "low" } else { "high" }).collect();
    let request = on_user_table(&[("a", &values)], Some(&kinds));
    let prepared =
        Prepared::of(&ExperimentTable::of_user_table(request.user_table.as_ref().unwrap()), true, 1).unwrap();
    assert_eq!(prepared.n_rows(), 3000);
    assert_eq!(prepared.notes, ["3,000 of 4,000 rows are used, chosen at random: every pair of rows is compared."]);
    assert!(prepared.rows.is_sorted());
}
