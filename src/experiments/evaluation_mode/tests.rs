use super::*;
use crate::networks::tests::opened;
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
        let right = |mode| outcome.score(mode).unwrap().accuracy();
        assert!(right(TestMode::Evaluation) > 0.95);
        assert!(right(TestMode::Batches) < right(TestMode::Evaluation));
        assert!(right(TestMode::OneClass) < right(TestMode::Batches) - 0.2);
        assert!(right(TestMode::Stray) < right(TestMode::Batches));
        // Nothing of the row is left.
        let one = outcome.score(TestMode::OneByOne).unwrap();
        assert_eq!(one.answers, 1);
    }
}

#[test]
fn large_batches_hide_it_and_a_slow_memory_lags() {
    let right = |outcome: &EvaluationOutcome, mode| outcome.score(mode).unwrap().accuracy();
    let large = outcome_of(&EvaluationMode { asked: 128, ..EvaluationMode::default() }, 1);
    let gap = right(&large, TestMode::Evaluation) - right(&large, TestMode::Batches);
    assert!(gap.abs() < 0.03, "{gap}");
    let slow = outcome_of(&EvaluationMode { momentum: 0.01, steps: 30, ..EvaluationMode::default() }, 1);
    let last = slow.moments.last().unwrap();
    assert!(last.by_batch > last.evaluation + 0.02, "{last:?}");
}

#[test]
fn small_batches_spoil_batch_norm_in_fine_tuning_unless_it_is_frozen() {
    let tuned = |size| outcome_of(&EvaluationMode { tuned: size, ..EvaluationMode::default() }, 1).fine_tuning.unwrap();
    let small = tuned(2);
    assert!(small.before > 0.95 && small.frozen > small.before - 0.02, "{small:?}");
    assert!(small.moving < small.frozen - 0.03, "{small:?}");
    let usual = tuned(32);
    assert!((usual.moving - usual.frozen).abs() < 0.02, "{usual:?}");
}

#[test]
fn what_opens_in_explore_is_of_the_last_batch_of_training_and_of_no_test_row() {
    let settings = EvaluationMode { steps: 10, ..EvaluationMode::default() };
    let outcome = outcome_of(&settings, 1);
    let task = ClassificationTask::of(&table("digits"), 1, 32).unwrap();
    let schedule = Schedule::constant(settings.rate);
    let network = settings.network(&task).unwrap();
    let mut training = Training::new(network, NetworkOptimizer::Sgd, schedule, (&task.train, 32), 1);
    (0..10).for_each(|_| {
        training.step();
    });
    let found = outcome.arrays.iter().find(|array| array.title == "BatchNorm, linear 2").unwrap();
    assert_eq!(opened(found), (vec![32, WIDTH], training.network.activation(4).to_vec()));
}
