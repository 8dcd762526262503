//! The numbers that were measured elsewhere, exact laws, and data that lack something.

use normlab_data::Sample;
use normlab_report::{RunRequest, UserTable};

use super::*;
use crate::Files;
use crate::finished;
use crate::tests::{Bundled, TestHost, request, run};

fn ctr() -> ExperimentTable {
    let sample = Sample::from_slug("ctr-revenue").unwrap();
    ExperimentTable::of_sample(sample, &finished(Bundled.read(sample.file)).unwrap()).unwrap()
}

fn outcome_of(descent: &Descent, data: &ExperimentTable, seed: u64) -> DescentOutcome {
    let host = TestHost::default();
    let show = |_: &DescentOutcome| Report::default();
    finished(descent.run(data, seed, &RunControl::new(&host, &show))).unwrap()
}

fn steps(descent: &Descent, data: &ExperimentTable) -> Vec<Option<u64>> {
    outcome_of(descent, data, 0).lanes.iter().map(|lane| lane.reached).collect()
}

fn left(descent: &Descent, rescaling: Rescaling) -> f64 {
    outcome_of(descent, &ctr(), 0).lane(rescaling).and_then(Lane::last).unwrap().left
}

#[test]
fn steps_on_click_through_rate_and_revenue() {
    let expected = [None, None, Some(11_192), Some(154), Some(3), Some(17)];
    assert_eq!(steps(&Descent::default(), &ctr()), expected);
    assert!((left(&Descent::default(), Rescaling::Raw) - 0.131).abs() < 5e-4);
    let found = outcome_of(&Descent::default(), &ctr(), 0);
    let conditions = [5.19e14, 1.29e14, 1985.0, 28.2, 1.053, 3.42];
    for (quadratic, expected) in found.quadratics.iter().zip(conditions) {
        let name = quadratic.rescaling.name();
        assert!((quadratic.condition() / expected - 1.0).abs() < 3e-3, "{name}: {}", quadratic.condition());
    }
}

#[test]
fn orthogonal_features_take_half_of_kappa_times_a_logarithm() {
    let data = made::orthogonal(0);
    for (ratio, expected) in [(1.0, 1), (3.0, 56), (10.0, 653), (30.0, 5902), (100.0, 65_609)] {
        let descent = Descent { stretch: ratio / 10.0, ..Descent::default() };
        assert_eq!(steps(&descent, &data)[0], Some(expected), "{ratio}");
        let condition = outcome_of(&descent, &data, 0).quadratics[0].condition();
        assert!((condition / (ratio * ratio) - 1.0).abs() < 1e-9, "{condition}");
        assert_eq!(steps(&descent, &data)[4], Some(1), "z-score does not notice the width");
    }
}

#[test]
fn one_rate_for_all_diverges_on_raw_data() {
    for (rate, step) in [(1e-3, 37), (1e-6, 56), (1e-9, 120)] {
        let found = outcome_of(&Descent { rule: RateRule::Number, rate, ..Descent::default() }, &ctr(), 0);
        let raw = found.lane(Rescaling::Raw).unwrap();
        assert_eq!((raw.diverged, raw.n_steps), (Some(step), step), "{rate}");
        assert!(
            raw.trail.iter().all(|stop| stop.left.is_finite() && stop.weights.iter().all(|weight| weight.is_finite()))
        );
    }
    let descent = Descent { rule: RateRule::Number, rate: 0.1, ..Descent::default() };
    assert_eq!(steps(&descent, &ctr())[4], Some(66));
}

#[test]
fn beyond_the_stability_limit_it_diverges_and_below_it_does_not() {
    for (share, diverges) in [(1.99, false), (2.01, true)] {
        let found = outcome_of(&Descent { share, ..Descent::default() }, &made::orthogonal(0), 0);
        assert_eq!(found.lanes[0].diverged.is_some(), diverges, "{share}");
    }
    for (over, diverges) in [(0.99, false), (1.01, true)] {
        let momentum = Descent { optimizer: Optimizer::Momentum, momentum: 0.2, ..Descent::default() };
        let found = outcome_of(&Descent { share: momentum.limit() * over, ..momentum }, &made::orthogonal(0), 0);
        assert_eq!(found.lanes[0].diverged.is_some(), diverges, "momentum at {over} of its limit");
    }
}

#[test]
fn means_far_from_zero_make_a_ravine_too() {
    // With mean m, variance 1 and correlation r: 1 - r for the difference of the weights, and trace 2 + r + 2 m^2 and
    // determinant 1 + r in the plane of their sum and the bias.
    for (m, measured) in [(0.0_f64, 1.1), (1.0, 13.0), (3.0, 425.0), (10.0, 38_238.0)] {
        for seed in 0..10 {
            let descent = Descent { shift: m - 3.0, steps: 10, ..Descent::default() };
            let outcome = outcome_of(&descent, &made::shifted(seed), seed);
            let r = outcome.features.correlation;
            let half = (2.0 + r + 2.0 * m * m) / 2.0;
            let large = half + (half * half - 1.0 - r).sqrt();
            let each = [large, (1.0 + r) / large, 1.0 - r];
            let expected = each.into_iter().fold(0.0, f64::max) / each.into_iter().fold(f64::INFINITY, f64::min);
            let condition = outcome.quadratics[0].condition();
            assert!((condition / expected - 1.0).abs() < 1e-9, "mean {m}: {condition}, not {expected}");
            // Another sample: its correlation has a standard error of 0.07.
            assert!((0.75..1.35).contains(&(condition / measured)), "mean {m}: {condition}, not {measured}");
        }
    }
    let outcome = outcome_of(&Descent::default(), &made::shifted(1), 1);
    assert!(outcome.quadratic(Rescaling::Centred).unwrap().condition() < 2.0, "centring is all it takes");
}

#[test]
fn adam_on_raw_data_still_has_a_tenth_left_after_20_000_steps() {
    let adam = Descent { optimizer: Optimizer::Adam, rate: 0.05, steps: 20_000, ..Descent::default() };
    assert!((left(&adam, Rescaling::Raw) - 0.099).abs() < 1e-3);
    assert_eq!(outcome_of(&adam, &ctr(), 0).lane(Rescaling::Raw).unwrap().reached, None);
}

#[test]
fn the_closed_form_does_not_care() {
    let closed = Descent { optimizer: Optimizer::Closed, ..Descent::default() };
    for lane in outcome_of(&closed, &ctr(), 0).lanes {
        assert!(lane.last().unwrap().left < 1e-25, "{lane:?}");
    }
}

#[test]
fn every_rescaling_starts_at_the_same_model_and_plain_arithmetic_agrees() {
    let data = ctr();
    let descent = Descent { start: [0.5, -1.0], ..Descent::default() };
    let found = outcome_of(&descent, &data, 0);
    let excess: Vec<f64> = found
        .quadratics
        .iter()
        .map(|one| one.excess(one.along([0, 1, 2].map(|index| one.start[index] - one.best[index]))))
        .collect();
    assert!(excess.iter().all(|value| (value / excess[4] - 1.0).abs() < 1e-6), "{excess:?}");
    // One step of z-score, row by row.
    let (one, lane) = (&found.quadratics[4], &found.lanes[4]);
    let z = |column: usize| -> Vec<f64> {
        let stats = &found.features.features[column];
        data.features[column].1.iter().map(|value| (value - stats.mean) / stats.sd).collect()
    };
    let (a, b, y) = (z(0), z(1), data.target.as_ref().unwrap().numbers().unwrap());
    let mut weights = one.start;
    let mut gradient = [0.0; 3];
    for row in 0..y.len() {
        let error = weights[0] * a[row] + weights[1] * b[row] + weights[2] - y[row];
        for (slope, value) in gradient.iter_mut().zip([a[row], b[row], 1.0]) {
            *slope += error * value / y.len() as f64;
        }
    }
    for (weight, slope) in weights.iter_mut().zip(gradient) {
        *weight -= lane.rate * slope;
    }
    for (found, expected) in lane.trail[1].weights.iter().zip(weights) {
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }
}

#[test]
fn what_the_report_says() {
    let report = run(request("descent", None, &[])).unwrap();
    assert_eq!(
        report.headline,
        "Scaling decides how long gradient descent takes: 3 steps with z-score, 154 steps with min-max, and on raw data it is not \
         done after 100,000 steps, with 13.1% left."
    );
    assert!(report.figures.iter().all(|figure| figure.frames.len() <= 120 && figure.frames.len() > 20));
    let frames = &report.figures[0].frames;
    assert_eq!([&frames[0].label, &frames[3].label], ["step 0", "step 3"]);
    assert_eq!(frames.last().unwrap().label, "step 100,000");
    let diverged = run(request("descent", None, &[("rule", "number"), ("rate", "0.001")])).unwrap();
    assert!(diverged.headline.ends_with("and on raw data it diverges at step 37."), "{}", diverged.headline);
    assert!(diverged.limits[0].text.starts_with("It diverged"));
    let same = run(request("descent", Some("orthogonal"), &[("stretch", "0.1")])).unwrap();
    assert!(same.headline.starts_with("Z-score changes nothing"), "{}", same.headline);
}

#[test]
fn the_start_can_be_dragged_in_units_of_the_best_weights() {
    for (axes, units) in [("same", true), ("own", false)] {
        let report = run(request("descent", None, &[("axes", axes), ("start1", "0.5"), ("start2", "2")])).unwrap();
        for figure in report.figures.iter().filter(|figure| figure.key != "loss") {
            let handle = &figure.handles[0];
            assert_eq!(handle.units.is_some(), units);
            let unit = handle.units.unwrap_or((1.0, 1.0));
            assert!((handle.at.0 / unit.0 - 0.5).abs() < 1e-12 && (handle.at.1 / unit.1 - 2.0).abs() < 1e-12);
        }
    }
    let best = run(request("descent", None, &[("start1", "1"), ("start2", "1")])).unwrap();
    assert!(best.headline.ends_with('.'));
}

fn on_user_table(features: &[(&str, &[f64])], target: Option<&[&str]>) -> RunRequest {
    let features = features.iter().map(|(name, values)| ((*name).into(), values.to_vec())).collect();
    let target = target.map(|texts| ("price".into(), texts.iter().map(|text| (*text).into()).collect()));
    let user_table = Some(UserTable { name: "mine.csv".into(), features, target, fitted_on: None });
    RunRequest { user_table, settings: vec![("steps".into(), "1000".into())], ..request("descent", None, &[]) }
}

#[test]
fn a_visitors_own_table_with_holes_and_more_columns() {
    let request = on_user_table(
        &[
            ("same", &[5.0; 6]),
            ("a", &[1.0, 2.0, f64::NAN, 8.0, 9.0, 10.0]),
            ("b", &[1e4, 3e4, 2e4, 1e4, 3e4, 2e4]),
            ("c", &[0.0, 1.0, 0.0, 1.0, 0.0, 1.0]),
        ],
        Some(&["1", "2.5", "3", "-4", "5", ""]),
    );
    let report = run(request).unwrap();
    for note in [
        "2 of 6 rows are left out because a value is missing in them.",
        "Of 4 features, a and b are used: the loss is a surface over two weights.",
    ] {
        assert!(report.sentences.iter().any(|sentence| sentence == note), "{:?}", report.sentences);
    }
}

#[test]
fn data_that_do_not_fit_are_refused_in_a_sentence() {
    let (a, b): (&[f64], &[f64]) = (&[1.0, 2.0, 3.0, 5.0], &[4.0, 1.0, 2.0, 2.0]);
    let numbers: &[&str] = &["1", "2", "4", "3"];
    let refused = |request: RunRequest| run(request).unwrap_err();
    assert_eq!(
        refused(on_user_table(&[("a", a), ("b", b)], None)),
        "This needs a target: choose the column of numbers that is predicted."
    );
    assert_eq!(
        refused(on_user_table(&[("a", a), ("b", b)], Some(&["x", "y", "x", "y"]))),
        "This needs a target of numbers, and “price” has texts."
    );
    let needs = "This needs two features that vary: columns of numbers beside the target. There";
    assert_eq!(refused(on_user_table(&[("a", a), ("same", &[5.0; 4])], Some(numbers))), format!("{needs} is one."));
    assert_eq!(refused(on_user_table(&[], Some(numbers))), format!("{needs} is none."));
    assert_eq!(
        refused(on_user_table(&[("price", a), ("b", b)], Some(numbers))),
        format!("{needs} is one."),
        "the target is no feature"
    );
    assert_eq!(
        refused(on_user_table(&[("a", &a[..2]), ("b", &b[..2])], Some(&numbers[..2]))),
        "This needs at least 3 rows without missing values, and there are 2."
    );
    let doubled: Vec<f64> = a.iter().map(|value| 2.0 * value + 1.0).collect();
    assert_eq!(
        refused(on_user_table(&[("a", a), ("twice", &doubled)], Some(numbers))),
        "a and twice say the same in different units: there is no single best pair of weights."
    );
    assert_eq!(
        refused(on_user_table(&[("a", a), ("b", b)], Some(&["7"; 4]))),
        "“price” is the same in every row that is used, or its numbers are too large."
    );
}

#[test]
fn a_target_of_numbers_has_its_numbers_back() {
    let target = crate::Target::of_texts("y", &["10", "2.5", "", "-3", "2.5"]);
    let numbers = target.numbers().unwrap();
    assert!(numbers[2].is_nan());
    assert_eq!([numbers[0], numbers[1], numbers[3], numbers[4]], [10.0, 2.5, -3.0, 2.5]);
    assert_eq!(crate::Target::of_texts("y", &["1", "two"]).numbers(), None);
}

#[test]
fn of_very_many_rows_a_seeded_choice_is_used() {
    let n = ROWS_AT_MOST + 1000;
    let values = |step: usize| -> Vec<f64> { (0..n).map(|row| (row * step % 101) as f64).collect() };
    let (a, b) = (values(3), values(7));
    let texts: Vec<String> = a.iter().zip(&b).map(|(a, b)| (a + b).to_string()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let request = on_user_table(&[("a", &a), ("b", &b)], Some(&texts));
    let table = ExperimentTable::of_user_table(request.user_table.as_ref().unwrap());
    let features = TwoFeatures::of(&table, (1.0, 0.0), 1).unwrap();
    assert_eq!(features.n_rows, ROWS_AT_MOST);
    assert_eq!(features.notes, ["100,000 of 101,000 rows are used, chosen at random."]);
    assert!(Descent::default().is_seeded(&table));
}
