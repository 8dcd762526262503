use normlab_report::UserTable;

use super::outcome::RecurrentOutcome;
use super::*;
use crate::tests::{TestHost, request, run, table};
use crate::{NativeHost, finished};

fn outcome_of(settings: &RecurrentNorms, seed: u64) -> RecurrentOutcome {
    let show = |_: &RecurrentOutcome| Report::default();
    finished(settings.run(&table("digits"), seed, &RunControl::new(&NativeHost, &show))).unwrap()
}

/// Right of the test rows in a report: none, LayerNorm, BatchNorm shared, BatchNorm per step.
fn right(report: &Report) -> [f64; 4] {
    std::array::from_fn(|kind| report.tables[0].rows[kind][1].parse().unwrap())
}

/// Measured with other code, random numbers and splits: tanh, 48 units, 32 steps of time, Adam 3e-3, clipped at 1, 400 steps,
/// batch 64: none .926, LayerNorm .950, BatchNorm shared .492 (it differs by .1 from seed to seed), per step .930.
#[test]
fn statistics_of_each_step_work_and_shared_ones_fail() {
    let report = run(request("recurrent", None, &[])).unwrap();
    let found = right(&report);
    for (kind, expected, allowed) in [(0, 0.926, 0.03), (1, 0.950, 0.035), (3, 0.930, 0.03)] {
        assert!((found[kind] - expected).abs() < allowed, "{found:?}");
    }
    assert!(found[2] < found[3] - 0.1 && found[2] > 0.25, "{found:?}");
    assert!(report.headline.contains("with statistics of each step of time"), "{}", report.headline);
    // With batches of 4: .873 .796 .399 .440.
    let small = right(&run(request("recurrent", None, &[("batch", "4")])).unwrap());
    assert!(small[3] < 0.6 && small[2] <= small[3] + 0.05, "{small:?}");
    assert!(small[0].min(small[1]) > small[3] + 0.15, "{small:?}");
}

/// Measured with other code: of ReLU without a norm, sums grow 30,000-fold in 50 steps of time, with LayerNorm they stay.
#[test]
fn states_explode_without_a_norm_and_stay_with_one() {
    let relu = RecurrentFunction::Relu;
    let settings = RecurrentNorms { function: relu, gain: 2.5, length: 64, steps: 10, ..RecurrentNorms::default() };
    let outcome = outcome_of(&settings, 1);
    let growth = |norm: usize| outcome.start[norm].sums[63] / outcome.start[norm].sums[13];
    assert!(growth(0) > 1e4, "{}", growth(0));
    // LayerNorm, and BatchNorm with the statistics of the batch.
    assert!((1..3).all(|norm| (0.2..5.0).contains(&growth(norm))), "{} {}", growth(1), growth(2));
    assert!(outcome.start[1..].iter().all(|record| record.states.iter().all(|sd| *sd < 1.2)));
}

#[test]
fn a_run_that_diverges_names_step_and_layer_and_a_remedy() {
    let settings = [("activation", "relu"), ("rate", "10"), ("steps", "20")];
    let report = run(request("recurrent", None, &settings)).unwrap();
    assert!(report.sentences[0].contains("none diverges in step 2, in layer 1 (recurrent)"), "{:?}", report.sentences);
    let remedy = &report.limits[0];
    assert_eq!(remedy.text, "The remedy is a smaller learning rate: what does 0.003 give?");
    let settings: Vec<(&str, &str)> =
        remedy.settings.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(settings, [("rate", "0.003"), ("steps", "20"), ("activation", "relu")]);
    let helped = run(request("recurrent", None, &settings)).unwrap();
    assert!(!helped.sentences[0].contains("diverges"), "{:?}", helped.sentences);
    for function in [RecurrentFunction::Tanh, RecurrentFunction::Relu] {
        let settings = RecurrentNorms { rate: 1e30, function, steps: 20, ..RecurrentNorms::default() };
        let outcome = outcome_of(&settings, 1);
        let report = report::report(&settings, &table("digits"), &outcome);
        // tanh keeps every state within 1: nothing overflows, and nothing is learnt.
        let said = if function == RecurrentFunction::Tanh { "None of them learns" } else { "in step 2, in layer 1" };
        assert!(report.sentences.iter().chain([&report.headline]).any(|text| text.contains(said)), "{report:?}");
        assert!(report.limits[0].text.starts_with("The remedy is a smaller learning rate"), "{:?}", report.limits);
    }
}

#[test]
fn features_that_do_not_fill_the_last_step_are_filled_up() {
    let on_user_table = |columns: usize| {
        let feature = |column: usize| {
            let value = |row: usize| ((row * (column + 3)) % 17) as f64 + (row % 2) as f64 * 5.0;
            (format!("x{column}"), (0..60).map(value).collect())
        };
        let mut request = request("recurrent", None, &[("length", "3"), ("batch", "16"), ("steps", "10")]);
        request.user_table = Some(UserTable {
            name: "mine.csv".into(),
            features: (0..columns).map(feature).collect(),
            target: Some(("kind".into(), (0..60).map(|row| (row % 2).to_string()).collect())),
            fitted_on: None,
        });
        request
    };
    let report = run(on_user_table(5)).unwrap();
    let said = "The 5 features of a row are read in their order, 2 at a time: 3 steps of time (the last one is filled up with zeros).";
    assert!(report.sentences.iter().any(|sentence| sentence.starts_with(said)), "{:?}", report.sentences);
    assert_eq!(report.tables[1].rows.len(), 3);
    assert_eq!(
        run(on_user_table(1)).unwrap_err(),
        "A sequence needs at least 2 features, which are read one after the other: choose more columns."
    );
}

/// The first figures come with the first step, and the same weights go into all networks.
#[test]
fn the_start_is_shown_first() {
    let settings = RecurrentNorms { steps: 10, ..RecurrentNorms::default() };
    let (data, host) = (table("digits"), TestHost { step: 5.0, ..TestHost::default() });
    let show = |outcome: &RecurrentOutcome| report::report(&settings, &data, outcome);
    finished(settings.run(&data, 1, &RunControl::new(&host, &show))).unwrap();
    let keys = |report: &Report| report.figures.iter().map(|figure| figure.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(&host.partial.borrow()[0]), ["losses", "start"]);
    let start = |norm| {
        let mut network = settings.network(norm, (32, 2), 10);
        network.initialize(3);
        network.parameters()[..50 * WIDTH].to_vec()
    };
    assert!(TRAINED.iter().all(|norm| start(*norm) == start(NetworkNorm::None)));
}
