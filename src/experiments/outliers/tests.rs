//! The numbers of the literature, exact laws, and data that lack something.

use normlab_data::Sample;
use normlab_plot::number::written;
use normlab_report::{FactValue, FromExperiments, RunRequest, ToExperiments, UserTable};

use super::outcome::largest_z;
use super::*;
use crate::Files;
use crate::finished;
use crate::tests::{Bundled, TestHost, answer, request, run};

fn table(slug: &str) -> ExperimentTable {
    let sample = Sample::from_slug(slug).unwrap();
    ExperimentTable::of_sample(sample, &finished(Bundled.read(sample.file)).unwrap()).unwrap()
}

fn outcome_of(settings: &FarValue, data: &ExperimentTable, seed: u64) -> OutliersOutcome {
    let (host, show) = (TestHost::default(), |_: &OutliersOutcome| Report::default());
    finished(settings.run(data, seed, &RunControl::new(&host, &show))).unwrap()
}

fn even(far: f64, rows: u64) -> OutliersOutcome {
    outcome_of(&FarValue { far, rows, ..FarValue::default() }, &make(0), 0)
}

#[test]
fn the_range_of_99_values_beside_one_far_away() {
    // Min-max, z-score, robust.
    for (far, expected) in [
        (10.0, [("0.3333", 4), ("2.617", 4), ("1.980", 4)]),
        (100.0, [("0.0392", 3), ("0.3993", 4), ("1.980", 4)]),
        (1000.0, [("0.00399", 3), ("0.0402", 3), ("1.980", 4)]),
    ] {
        let outcome = even(far, 100);
        assert_eq!(outcome.place, far);
        for (scaling, (expected, count)) in
            [Scaling::MinMax, Scaling::ZScore, Scaling::Robust].into_iter().zip(expected)
        {
            let range = outcome.spreads[outcome::index(scaling)].range();
            assert_eq!(written(range, count), expected.parse::<f64>().unwrap(), "{scaling:?} at {far}: {range}");
            assert_eq!(outcome.at(far).unwrap().ranges[outcome::index(scaling)], range, "the law has the same");
        }
        let max_abs = outcome.spreads[outcome::index(Scaling::MaxAbs)].range();
        assert!((max_abs - 4.0 / far).abs() < 1e-12, "{max_abs}");
    }
}

#[test]
fn far_out_ten_times_as_far_is_a_tenth_as_wide() {
    let (from, to) = even(10.0, 100).last_decade().unwrap();
    assert_eq!((from.far, to.far), (1e5, 1e6));
    for scaling in [Scaling::MinMax, Scaling::MaxAbs, Scaling::ZScore] {
        let index = outcome::index(scaling);
        assert!((to.ranges[index] / from.ranges[index] - 0.1).abs() < 1e-4);
        // 4 / M, and sqrt(n) times that but for n - 1.
        let limit = if scaling == Scaling::ZScore { 400.0 / 99.0_f64.sqrt() } else { 4.0 };
        assert!((to.ranges[index] * 1e6 - limit).abs() < 1e-4 * limit, "{scaling:?} {}", to.ranges[index]);
    }
    let robust = outcome::index(Scaling::Robust);
    assert_eq!(to.ranges[robust], from.ranges[robust]);
}

#[test]
fn no_z_score_is_beyond_the_square_root_of_one_less_than_the_number() {
    for rows in [4, 10, 11, 100, 1000] {
        let (z, limit) = (even(1e6, rows).z(), largest_z(rows as f64));
        assert!(z <= limit * (1.0 + 1e-12) && z > limit * (1.0 - 1e-6), "{rows}: {z}");
        let outcome = even(10.0, rows);
        assert!(outcome.limit.iter().all(|(n, z)| *z <= largest_z(*n) * (1.0 + 1e-12)));
    }
    assert_eq!(wording::first_beyond(wording::RULE), 11.0);
    assert!(largest_z(10.0) <= 3.0 && largest_z(11.0) > 3.0);
    assert_eq!((wording::first_beyond(2.0), wording::first_beyond(2.5)), (6.0, 8.0));
}

#[test]
fn relative_spacing_is_kept() {
    for data in ["wine", "iris", "penguins"] {
        let settings = FarValue { far: 37.0, ..FarValue::default() };
        for spread in outcome_of(&settings, &table(data), 1).spreads {
            assert!((spread.ranges_away().unwrap() - 37.0 / 4.0).abs() < 1e-9, "{spread:?}");
        }
    }
}

/// The mean over seeds of the shares that are right, for min-max, z-score and robust, with no outliers, ×10, ×100.
fn mean_shares(planted: impl Fn(&Prepared) -> Where) -> [[f64; 3]; 3] {
    let wine = table("wine");
    let prepared = Prepared::of(&wine, true, 0).unwrap();
    let (host, show) = (TestHost::default(), |_: &OutliersOutcome| Report::default());
    let control = RunControl::new(&host, &show);
    let mut means = [[0.0; 3]; 3];
    for seed in 0..5 {
        let mut outcome = OutliersOutcome::new(MovedColumn::even(10), 10.0).unwrap();
        finished(planted::run(&mut outcome, &prepared, (planted(&prepared), 5, seed), (&control, 0.0))).unwrap();
        let found = outcome.planted.unwrap();
        for (place, scaling) in [Scaling::MinMax, Scaling::ZScore, Scaling::Robust].into_iter().enumerate() {
            (0..3).for_each(|factor| means[place][factor] += found.share(outcome::index(scaling), factor) / 5.0);
        }
    }
    means
}

#[test]
fn planted_outliers_cost_nearest_neighbours_the_features_they_are_in() {
    let expected = [[0.963, 0.835, 0.808], [0.961, 0.880, 0.809], [0.946, 0.946, 0.946]];
    // Alcohol, phenols, flavanoids, colour, dilution, proline.
    let means = mean_shares(|_| Where::These(vec![0, 5, 6, 9, 11, 12]));
    for (found, expected) in means.iter().flatten().zip(expected.iter().flatten()) {
        assert!((found - expected).abs() < 0.02, "{means:?}");
    }
    let best = mean_shares(|prepared| Where::These(planted::telling(prepared)));
    for scaling in 0..2 {
        let [none, ten, hundred] = best[scaling];
        assert!(none > ten + 0.05 && ten > hundred && hundred < 0.83, "{best:?}");
    }
    assert!(best[1][1] > best[0][1], "at ×10 z-score loses less than min-max");
    assert!((best[1][2] - best[0][2]).abs() < 0.03, "at ×100 they are alike");
    assert!(best[2].iter().all(|share| (share - best[2][0]).abs() < 0.01), "robust does not notice");
    let chance = mean_shares(|_| Where::Chance);
    assert!(chance[1][2] > best[1][2] + 0.05, "in features chosen at random they cost less: {chance:?}");
}

#[test]
fn the_features_of_wine_that_tell_most() {
    let prepared = Prepared::of(&table("wine"), true, 0).unwrap();
    assert_eq!(planted::telling(&prepared), [0, 6, 9, 10, 11, 12]);
}

#[test]
fn what_the_report_says() {
    let report = run(request("outliers", None, &[])).unwrap();
    assert_eq!(
        report.headline,
        "Only partly: with the far value at 10, the other 99 values keep 76.3% of their range after z-score, 33.33% after \
         min-max and 98.99% after robust."
    );
    assert_eq!(report.facts[2].value, FactValue::Number(99.0_f64.sqrt()));
    assert_eq!(report.figures[1].frames.last().unwrap().label, "the far value at 10");
    for figure in [0, 2] {
        assert_eq!(report.figures[figure].handles[0].x.as_deref(), Some("far"));
    }
    let ten = run(request("outliers", None, &[("rows", "10"), ("far", "1000")])).unwrap();
    let rule = "So the rule |z| > 3 finds no outlier here, however far away one is: it needs at least 11 values.";
    assert!(ten.sentences.iter().any(|sentence| sentence.ends_with(rule)), "{:?}", ten.sentences);
    let wine = run(request("outliers", Some("wine"), &[])).unwrap();
    assert_eq!(wine.facts.len(), 4);
    assert!(wine.headline.contains("Nearest neighbours are right for"), "{}", wine.headline);
}

fn on_user_table(values: &[f64]) -> RunRequest {
    let features = vec![("a".into(), values.to_vec())];
    let user_table = UserTable { name: "mine.csv".into(), features, ..UserTable::default() };
    RunRequest { user_table: Some(user_table), ..request("outliers", None, &[]) }
}

#[test]
fn a_visitors_own_table() {
    let report = run(on_user_table(&[5.0, 1.0, f64::NAN, 3.0, 9.0])).unwrap();
    assert!(report.headline.contains("the largest value of a at 13, the other 3 values"), "{}", report.headline);
    let note = "1 of 5 values are left out because they are missing or infinite.";
    assert!(report.sentences.iter().any(|sentence| sentence == note), "{:?}", report.sentences);
    let mut with_target = on_user_table(&[5.0, 1.0, 2.0, 3.0, 9.0]);
    if let Some(user_table) = &mut with_target.user_table {
        user_table.target = Some(("kind".into(), vec!["x".into(); 5]));
    }
    let note = "Nearest neighbours are left out: This needs a target of at least two classes, and “kind” has one.";
    let report = run(with_target).unwrap();
    assert!(report.sentences.iter().any(|sentence| sentence == note), "{:?}", report.sentences);
    let mut other = on_user_table(&[5.0, 1.0, 2.0, 3.0, 9.0]);
    other.settings = vec![("column".into(), "7".into())];
    let note = "There is no column 7, so the last one, a, is used.";
    assert!(run(other).unwrap().sentences.iter().any(|sentence| sentence == note));
}

#[test]
fn data_that_do_not_fit_are_refused_in_a_sentence() {
    assert_eq!(run(on_user_table(&[1.0, 2.0])).unwrap_err(), "This needs at least 4 values in “a”, and there are 2.");
    assert_eq!(
        run(on_user_table(&[7.0, 7.0, 7.0, 9.0])).unwrap_err(),
        "All values of “a” but the largest are the same, so they have no spread that scaling could keep."
    );
    assert_eq!(
        run(on_user_table(&[-1e308, 0.0, 1.0, 1e308, 1.1e308])).unwrap_err(),
        "These values are so large that a value so far away is too large for a number."
    );
    let mut none = on_user_table(&[]);
    none.user_table = Some(UserTable { name: "mine.csv".into(), ..UserTable::default() });
    assert_eq!(run(none).unwrap_err(), "This needs a column of numbers. None is chosen.");
    assert_eq!(run(request("outliers", Some("penguins"), &[("k", "50")])).map(|report| report.facts.len()), Ok(4));
}

#[test]
fn values_of_every_size_are_told_of_without_what_is_no_number() {
    for values in [
        vec![1e-300, 2e-300, 3e-300, 9e-300],
        vec![1e9, 1e9 + 1e-6, 1e9 + 2e-6, 1e9 + 5e-6],
        vec![1e302, 2e302, 3e302, 4e302],
        vec![0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0],
        vec![-5.0, -4.0, -3.0, -2.0],
    ] {
        let report = run(on_user_table(&values)).unwrap();
        let all = report
            .sentences
            .iter()
            .chain([&report.headline])
            .chain(report.tables.iter().flat_map(|table| table.rows.iter().flatten()));
        for text in all {
            assert!(!text.contains("NaN") && !text.contains('∞'), "{values:?}: {text}");
        }
        for figure in &report.figures {
            let drawn = normlab_plot::svg(&figure.scene, &normlab_plot::Theme::light(), 600, 400);
            assert!(!drawn.contains("NaN"), "{values:?}: {}", figure.key);
        }
    }
}

#[test]
fn of_a_million_values_some_are_used_and_the_largest() {
    let values: Vec<f64> = (0..1_000_000).map(|row| if row == 777_777 { 1e5 } else { f64::from(row % 997) }).collect();
    let data = ExperimentTable { features: vec![("a".into(), values)], ..ExperimentTable::default() };
    let column = MovedColumn::of(&data, 1).unwrap();
    assert_eq!((column.n(), column.moved, column.high()), (10_000, 1e5, 996.0));
    assert_eq!(column.notes, ["Of 1,000,000 values 10,000 are used, evenly by rank."]);
}

#[test]
fn controls_that_have_no_effect_on_the_data_are_not_shown() {
    let keys = |data: &str| -> Vec<String> {
        let message = ToExperiments::Describe(request("outliers", Some(data), &[]));
        let FromExperiments::Described { description, .. } = answer(&message, &TestHost::default()) else { panic!() };
        description.controls.into_iter().map(|control| control.key).collect()
    };
    assert_eq!(keys("even"), ["far", "rows"]);
    assert_eq!(keys("wine"), ["far", "column", "planted", "k"]);
}

#[test]
fn nearest_neighbours_can_be_stopped_and_are_the_same_twice() {
    let message = ToExperiments::Run(request("outliers", Some("wine"), &[("planted", "chance")]));
    let host = TestHost { step: 7.0, cancel_at: Some(2000.0), ..TestHost::default() };
    let FromExperiments::Refused { why, .. } = answer(&message, &host) else { panic!() };
    assert_eq!(why, "The run was stopped before its end.");
    assert!(host.now.get() < 2100.0, "{}", host.now.get());
    let first = answer(&message, &TestHost::default());
    assert!(first == answer(&message, &TestHost { step: 7.0, ..TestHost::default() }));
}
