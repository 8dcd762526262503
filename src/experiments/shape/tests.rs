//! Exact laws, known numbers, and data that lack something.

use normlab_report::{FactValue, RunRequest, UserTable};

use super::normal::{score, share_below};
use super::reshaping::yeo_johnson;
use super::*;
use crate::finished;
use crate::tests::{TestHost, request, run};

fn outcome_of(data: &ExperimentTable) -> ShapeOutcome {
    let (host, show) = (TestHost::default(), |_: &ShapeOutcome| Report::default());
    finished(ShapeKept::default().run(data, 0, &RunControl::new(&host, &show))).unwrap()
}

fn table_of(values: Vec<f64>) -> ExperimentTable {
    ExperimentTable { features: vec![("a".into(), values)], ..ExperimentTable::default() }
}

#[test]
fn scaling_keeps_the_skewness_of_lognormal_values_and_a_logarithm_does_not() {
    let (mut raw, mut log) = (0.0, 0.0);
    for seed in 0..20 {
        let outcome = outcome_of(&lognormal(seed));
        for by in [Reshaping::ZScore, Reshaping::MinMax, Reshaping::Robust] {
            let form = outcome.after(by).unwrap().form;
            assert!((form.skewness - outcome.raw.skewness).abs() < 1e-9, "{by:?}");
            assert!((form.kurtosis - outcome.raw.kurtosis).abs() < 1e-7, "{by:?}");
            assert!((form.straightness - outcome.raw.straightness).abs() < 1e-12);
        }
        let after = outcome.after(Reshaping::Logarithm).unwrap().form;
        // Five times the standard error, the root of 6 / n.
        assert!(after.skewness.abs() < 5.0 * (6.0 / ROWS as f64).sqrt(), "{}", after.skewness);
        assert!(after.straightness > 0.995 && outcome.raw.straightness < 0.9);
        raw += outcome.raw.skewness / 20.0;
        log += after.skewness / 20.0;
    }
    // REFERENCE: 3.617 and -.06 of one sample; the distribution has 6.18 and 0.
    assert!((3.0..7.0).contains(&raw) && log.abs() < 0.06, "{raw} {log}");
}

#[test]
fn skewness_and_kurtosis_of_small_numbers() {
    // As scipy.stats.skew and kurtosis have them: m3 / m2^1.5 and m4 / m2^2 - 3.
    let values = [1.0, 2.0, 3.0, 10.0];
    let form = ShapeStatistics::of(&values, &scores(4));
    let (m2, m3, m4) = (12.5, 45.0, 348.5);
    assert!((form.skewness - m3 / 12.5_f64.powf(1.5)).abs() < 1e-12);
    assert!((form.kurtosis - (m4 / (m2 * m2) - 3.0)).abs() < 1e-12);
}

#[test]
fn normal_scores() {
    assert!((score(0.975) - 1.959_963_984_540_054).abs() < 1e-12);
    assert!((score(1e-6) + 4.753_424_308_822_899).abs() < 1e-9);
    assert_eq!(score(0.5), 0.0);
    assert!((share_below(score(0.1)) - 0.1).abs() < 1e-15);
    let five = scores(5);
    assert!(five.is_sorted() && five[2] == 0.0 && five[0] == -five[4]);
}

#[test]
fn the_power_of_yeo_and_johnson() {
    for value in [-3.0, -0.5, 0.0, 0.5, 3.0] {
        assert!((yeo_johnson(value, 1.0) - value).abs() < 1e-12, "1 changes nothing");
    }
    assert!(
        (yeo_johnson(3.0, 0.0) - 4.0_f64.ln()).abs() < 1e-12 && (yeo_johnson(-3.0, 2.0) + 4.0_f64.ln()).abs() < 1e-12
    );
    assert!((yeo_johnson(3.0, 2.0) - 7.5).abs() < 1e-12 && (yeo_johnson(-3.0, 0.0) + 7.5).abs() < 1e-12);
    let outcome = outcome_of(&lognormal(1));
    let after = outcome.after(Reshaping::YeoJohnson).unwrap();
    assert!(after.power.unwrap() < 0.0 && after.form.skewness.abs() < 0.3, "{:?} {:?}", after.power, after.form);
}

#[test]
fn quantile_makes_anything_normal_and_powers_cannot_join_two_groups() {
    let outcome = outcome_of(&two_groups(1));
    assert!(outcome.after(Reshaping::Quantile).unwrap().form.straightness > 0.999_999);
    assert!(outcome.after(Reshaping::YeoJohnson).unwrap().form.straightness < 0.97);
}

#[test]
fn what_the_report_says() {
    let report = run(request("shape", None, &[])).unwrap();
    assert!(
        report.headline.starts_with("No. Z-score keeps the shape: the skewness of value is "),
        "{}",
        report.headline
    );
    let log = run(request("shape", None, &[("shown", "log")])).unwrap();
    assert!(
        log.headline.starts_with("Logarithm changes the shape: the skewness of value goes from "),
        "{}",
        log.headline
    );
    let (FactValue::Order(values), FactValue::Number(_)) = (&report.facts[1].value, &report.facts[0].value) else {
        panic!()
    };
    assert!(values[0] == values[1] && values[1] == values[2], "scalings are alike: {values:?}");
}

fn on_user_table(values: &[f64], shown: &str) -> RunRequest {
    let features = vec![("a".into(), values.to_vec())];
    let user_table = UserTable { name: "mine.csv".into(), features, ..UserTable::default() };
    RunRequest { user_table: Some(user_table), ..request("shape", None, &[("shown", shown)]) }
}

#[test]
fn data_that_do_not_fit_are_refused_in_a_sentence() {
    assert_eq!(
        run(on_user_table(&[1.0, 2.0], "log")).unwrap_err(),
        "This needs at least 8 values in “a”, and there are 2."
    );
    assert_eq!(
        run(on_user_table(&[7.0; 9], "log")).unwrap_err(),
        "All values of “a” are the same, so they have no shape."
    );
    let mixed = [-3.0, -1.0, 0.0, 1.0, 2.0, 3.0, 5.0, 9.0, f64::NAN];
    assert_eq!(
        run(on_user_table(&mixed, "log")).unwrap_err(),
        "A logarithm needs values above 0, and the least of “a” is −3: choose Yeo-Johnson, which takes any."
    );
    let report = run(on_user_table(&mixed, "yeo-johnson")).unwrap();
    for told in [
        "The logarithm is left out: it needs values above 0, and the least is −3.",
        "1 of 9 values are left out because they are missing or infinite.",
    ] {
        assert!(report.sentences.iter().any(|sentence| sentence == told), "{:?}", report.sentences);
    }
    for wide in [1e-300, 1e-9, 1e9, 1e300] {
        let values: Vec<f64> = (1..20).map(|step| f64::from(step * step) * wide).collect();
        match run(on_user_table(&values, "z-score")) {
            Ok(report) => assert!(report.tables[0].rows.iter().flatten().all(|cell| !cell.contains("NaN"))),
            Err(why) => assert!(why.starts_with("These values are so"), "{wide}: {why}"),
        }
    }
    assert_eq!(outcome_of(&table_of((1..30).map(f64::from).collect())).reshaped.len(), 6);
}
