use super::*;
use crate::tests::table;
use crate::{NativeHost, finished};

fn outcome_of(settings: &EvaluationMode, seed: u64) -> EvaluationOutcome {
    let show = |_: &EvaluationOutcome| Report::default();
    finished(settings.run(&table("digits"), seed, &RunControl::new(&NativeHost, &show))).unwrap()
}

#[test]
fn company_matters_without_eval() {
    for seed in 1..4 {
        let outcome = outcome_of(&EvaluationMode::default(), seed);
        let right = |way| outcome.way(way).unwrap().accuracy();
        assert!(right(WayOfAsking::Evaluation) > 0.95);
        assert!(right(WayOfAsking::Batches) < right(WayOfAsking::Evaluation));
        assert!(right(WayOfAsking::OneClass) < right(WayOfAsking::Batches) - 0.2);
        assert!(right(WayOfAsking::Stray) < right(WayOfAsking::Batches));
        // Nothing of the row is left.
        let one = outcome.way(WayOfAsking::OneByOne).unwrap();
        assert_eq!(one.answers, 1);
    }
}

#[test]
fn large_batches_hide_it_and_a_slow_memory_lags() {
    let right = |outcome: &EvaluationOutcome, way| outcome.way(way).unwrap().accuracy();
    let large = outcome_of(&EvaluationMode { asked: 128, ..EvaluationMode::default() }, 1);
    let gap = right(&large, WayOfAsking::Evaluation) - right(&large, WayOfAsking::Batches);
    assert!(gap.abs() < 0.03, "{gap}");
    let slow = outcome_of(&EvaluationMode { momentum: 0.01, steps: 30, ..EvaluationMode::default() }, 1);
    let last = slow.moments.last().unwrap();
    assert!(last.by_batch > last.evaluation + 0.02, "{last:?}");
}
