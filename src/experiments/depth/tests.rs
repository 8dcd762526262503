use super::outcome::DepthOutcome;
use super::*;
use crate::tests::table;
use crate::{NativeHost, finished};

fn outcome_of(settings: &Depth, seed: u64) -> DepthOutcome {
    let show = |_: &DepthOutcome| Report::default();
    finished(settings.run(&table("digits"), seed, &RunControl::new(&NativeHost, &show))).unwrap()
}

/// Measured with other code: weights of standard deviation .05, width 32, learning rate .05, 300 steps, none and BatchNorm:
/// depth 5 .083 .975, 10 .083 .975, 20 .083 .820, 40 .083 .236.
#[test]
fn a_bad_start_is_survived_with_batch_norm_up_to_some_depth() {
    let mut found = Vec::new();
    for depth in [5, 10, 20, 40] {
        let outcome = outcome_of(&Depth { depth, ..Depth::default() }, 1);
        found.push([NetworkNorm::None, NetworkNorm::Batch].map(|norm| outcome.runs[norm.role()].accuracy()));
    }
    assert!(found.iter().all(|[none, _]| *none < 0.2), "{found:?}");
    assert!(found[0][1] > 0.94 && found[1][1] > 0.9, "{found:?}");
    assert!(found[1][1] > found[2][1] && found[2][1] > found[3][1], "{found:?}");
}

/// Measured elsewhere: six layers of 64 sigmoids, learning rate .5, 600 steps: none .084, BatchNorm .984.
#[test]
fn sigmoids_learn_with_batch_norm_alone() {
    let settings = Depth {
        depth: 6,
        width: 64,
        start: StartWeights::He,
        hidden: Hidden::Sigmoid,
        rate: 0.5,
        steps: 600,
        ..Depth::default()
    };
    let outcome = outcome_of(&settings, 1);
    let accuracy = |norm: NetworkNorm| outcome.runs[norm.role()].accuracy();
    assert!(accuracy(NetworkNorm::None) < 0.2, "{}", accuracy(NetworkNorm::None));
    assert!((accuracy(NetworkNorm::Batch) - 0.984).abs() < 0.03, "{}", accuracy(NetworkNorm::Batch));
}

/// By theory 1.2112 for infinite width; measured elsewhere 1.2068 at 512.
#[test]
fn gradients_explode_under_batch_norm_without_skips() {
    let show = |_: &DepthOutcome| Report::default();
    let control = RunControl::new(&NativeHost, &show);
    let factors: Vec<f64> = (0..4).map(|seed| finished(explosion::measure(seed, &control)).unwrap().factor()).collect();
    let mean = factors.iter().sum::<f64>() / 4.0;
    assert!((mean - explosion::theory()).abs() < 0.03, "{factors:?}");
}
