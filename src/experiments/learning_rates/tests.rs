use normlab_report::{FromExperiments, RunRequest, ToExperiments, UserTable};

use super::outcome::{RATES, RatesOutcome};
use super::*;
use crate::tests::{TestHost, answer, request, run, table};
use crate::{NativeHost, finished};

/// The outcome of a run on the digits.
fn outcome_of(settings: &LearningRates, seed: u64) -> RatesOutcome {
    let show = |_: &RatesOutcome| Report::default();
    finished(settings.run(&table("digits"), seed, &RunControl::new(&NativeHost, &show))).unwrap()
}

/// Mean accuracy over three seeds: of each rate of the map, of each norm.
fn mean_map() -> Vec<Vec<f64>> {
    let mut means = vec![vec![0.0; NetworkNorm::EACH.len()]; RATES.len()];
    for seed in 0..3 {
        let outcome = outcome_of(&LearningRates::default(), seed);
        for (means, runs) in means.iter_mut().zip(&outcome.sweep) {
            for (mean, run) in means.iter_mut().zip(runs.as_ref().unwrap()) {
                *mean += run.accuracy() / 3.0;
            }
        }
    }
    means
}

/// Measured with other code, other random numbers and other splits: 5 hidden layers of 64, He, SGD, batch 64, 300 steps; test
/// accuracy at .01 .1 .3 1 3 10: none .887 .975 .839 NaN NaN NaN, BatchNorm .889 .981 .982 .976 .961 .108.
#[test]
fn learning_rates_survive_as_they_were_measured_elsewhere() {
    let means = mean_map();
    let (none, batch) = (NetworkNorm::None.role(), NetworkNorm::Batch.role());
    // These are single runs there: where learning is slow, they differ by more.
    for (rate, expected, allowed) in [(0, 0.887, 0.05), (1, 0.975, 0.03)] {
        assert!((means[rate][none] - expected).abs() < allowed, "none at {}: {}", RATES[rate], means[rate][none]);
    }
    for (rate, expected) in [(0, 0.889), (1, 0.981), (2, 0.982), (3, 0.976), (4, 0.961)] {
        assert!((means[rate][batch] - expected).abs() < 0.03, "BatchNorm at {}: {}", RATES[rate], means[rate][batch]);
    }
    // From 1 on nothing is left without a norm; at .3 it is worse than with BatchNorm.
    assert!(means[2][none] < means[2][batch]);
    assert!(means[3..].iter().all(|rate| rate[none] < 0.2), "{means:?}");
}

#[test]
fn the_headline_names_step_and_layer_and_a_remedy_is_offered() {
    let report = run(request("learning-rates", None, &[])).unwrap();
    assert!(
        report.headline.starts_with("At learning rate 3, the network without normalization diverges in step "),
        "{}",
        report.headline
    );
    assert!(report.headline.contains("in layer "), "{}", report.headline);
    let remedy = &report.limits[0];
    assert_eq!(remedy.text, "The remedy without a norm layer is a smaller learning rate: what does 0.3 give?");
    let settings: Vec<(&str, &str)> =
        remedy.settings.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let helped = run(request("learning-rates", None, &settings)).unwrap();
    assert!(helped.headline.contains(", the network without normalization gets "), "{}", helped.headline);
}

#[test]
fn the_first_curves_come_before_the_map_and_many_seeds_do_without_it() {
    let settings = LearningRates { steps: 60, ..LearningRates::default() };
    let (data, host) = (table("digits"), TestHost { step: 1.0, ..TestHost::default() });
    let show = |outcome: &RatesOutcome| report::report(&settings, &data, outcome);
    finished(settings.run(&data, 1, &RunControl::new(&host, &show))).unwrap();
    let partial = host.partial.borrow();
    assert_eq!(partial[0].figures[0].key, "losses");
    assert!(partial.len() > 3 && partial[0].tables.is_empty());
    let message = ToExperiments::Seeds(request("learning-rates", None, &[("steps", "20")]), 2);
    let host = TestHost { step: 1.0, ..TestHost::default() };
    assert!(matches!(answer(&message, &host), FromExperiments::Done { .. }));
    // Two seeds of five networks, and none of the map.
    assert!(host.now.get() < 2.0 * 5.0 * 20.0 * 2.5, "{}", host.now.get());
}

fn on_user_table(rows: usize, columns: usize, classes: &[&str]) -> RunRequest {
    let feature = |column: usize| {
        let value = |row: usize| ((row * (column + 3)) % 17) as f64 + if row.is_multiple_of(2) { 5.0 } else { 0.0 };
        (format!("x{column}"), (0..rows).map(value).collect())
    };
    let target = (0..rows).map(|row| classes[row % classes.len()].to_owned()).collect();
    let user_table = UserTable {
        name: "mine.csv".into(),
        features: (0..columns).map(feature).collect(),
        target: Some(("kind".into(), target)),
        fitted_on: None,
    };
    RunRequest { user_table: Some(user_table), ..request("learning-rates", None, &[("steps", "20"), ("batch", "16")]) }
}

#[test]
fn a_visitors_own_table_trains() {
    let report = run(on_user_table(80, 3, &["a", "b"])).unwrap();
    assert!(report.sentences.contains(&"62 rows train, 18 others test.".to_owned()), "{:?}", report.sentences);
    assert!(report.sentences.contains(&"Features go in as z-scores of the training rows.".to_owned()));
    let mut holes = on_user_table(80, 3, &["a", "b"]);
    holes.user_table.as_mut().unwrap().features[1].1[7] = f64::NAN;
    let report = run(holes).unwrap();
    let note = "1 of 80 rows are left out because a value is missing in them.";
    assert!(report.sentences.iter().any(|sentence| sentence == note), "{:?}", report.sentences);
}

#[test]
fn tables_that_cannot_train_are_refused_in_a_sentence() {
    let refused = |request: RunRequest| run(request).unwrap_err();
    assert_eq!(
        refused(on_user_table(16, 3, &["a", "b"])),
        "A batch has 16 rows, and only 12 rows are left for training: choose a smaller batch, or a table of more rows."
    );
    assert_eq!(
        refused(on_user_table(80, 3, &["a"])),
        "This needs a target of at least two classes, and “kind” has one."
    );
    assert_eq!(
        refused(on_user_table(80, 10_000, &["a", "b"])),
        "This trains on at most 1,000 features, and 10,000 are chosen: choose fewer columns."
    );
    let mut without = on_user_table(80, 3, &["a", "b"]);
    without.user_table.as_mut().unwrap().target = None;
    assert_eq!(refused(without), "This needs a target: choose the column whose classes are predicted.");
    let mut holes = on_user_table(80, 1, &["a", "b"]);
    holes.user_table.as_mut().unwrap().features[0].1.fill(f64::NAN);
    assert_eq!(refused(holes), "This needs at least 3 rows without missing values, and there are 0.");
}

#[test]
fn weights_times_ten_leave_the_loss_of_batch_norm_and_divide_its_gradient_by_ten() {
    let task = ClassificationTask::of(&table("digits"), 1, 64).unwrap();
    let law = landscape::scale_law(&LearningRates::default(), &task, 1).unwrap();
    // Exact but for eps.
    assert!((law.loss.1 / law.loss.0 - 1.0).abs() < 1e-3, "{law:?}");
    assert!((law.gradient.0 / law.gradient.1 - 10.0).abs() < 0.05, "{law:?}");
}
