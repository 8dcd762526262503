//! Numbers computed elsewhere, and laws.

use super::variance::EXACT;
use super::*;
use crate::finished;
use crate::tests::{TestHost, request, run};
use normlab_report::FactValue;

fn single(power: f64) -> [f64; 3] {
    AtOffset::of(power).single
}

#[test]
fn the_variance_of_four_numbers_in_f32() {
    for power in [0.0, 1.0, 2.0, 3.0] {
        assert_eq!(single(power), [1.25; 3], "offset 10^{power}");
    }
    assert_eq!(single(4.0), [0.0, 1.25, 1.25]);
    assert_eq!(single(6.0), [-65_536.0, 1.25, 1.25]);
}

#[test]
fn f64_breaks_later() {
    assert_eq!(AtOffset::of(6.0).double[1..], [1.25; 2]);
    let all: Vec<AtOffset> = (0..=18).map(|power| AtOffset::of(f64::from(power))).collect();
    let first = |of: fn(&AtOffset) -> f64| all.iter().position(|at| variance::is_wrong(of(at))).unwrap();
    assert_eq!(first(|at| at.single[0]), 4);
    assert_eq!(first(|at| at.double[0]), 8);
    assert!(first(|at| at.held.0) > 6, "f32 holds whole numbers to 2^24");
    assert!(all.iter().all(|at| at.single.iter().chain(&at.double).all(|value| value.is_finite())));
    assert_eq!(all[6].held, (EXACT, EXACT));
}

#[test]
fn a_running_mean_has_come_90_percent_after_22_batches() {
    let host = TestHost::default();
    let show = |_: &NumericsOutcome| Report::default();
    let settings = Numerics { topic: NumericsTopic::RunningMean, ..Numerics::default() };
    let control = RunControl::new(&host, &show);
    let outcome = finished(settings.run(&ExperimentTable::default(), 0, &control)).unwrap();
    let NumericsOutcome::RunningMean { shares, .. } = outcome else { panic!() };
    for (batch, share) in shares.iter().enumerate() {
        assert!((share - (1.0 - libm::pow(0.9, batch as f64))).abs() < 1e-12, "{batch}");
    }
    let report = run(request("numerics", None, &[("topic", "running")])).unwrap();
    assert_eq!(report.facts[0].value, FactValue::Number(22.0));
    for momentum in ["1", "0.001"] {
        let report = run(request("numerics", None, &[("topic", "running"), ("momentum", momentum)])).unwrap();
        println!("{}", report.headline);
    }
}

#[test]
fn what_the_report_says() {
    for (power, opening) in [
        ("6", "A variance can come out negative: with 1,000,000 added"),
        ("4", "Not negative at this offset, but wrong: with 10,000 added"),
        ("3", "At this offset every digit that matters is still there: with 1,000 added"),
    ] {
        let report = run(request("numerics", None, &[("power", power)])).unwrap();
        println!("{}\n{}", report.headline, report.sentences.join("\n"));
        assert!(report.headline.starts_with(opening), "{}", report.headline);
    }
}
