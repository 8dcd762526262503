use super::outcome::PreNormOutcome;
use super::*;
use crate::tests::table;
use crate::{NativeHost, finished};

fn outcome_of(settings: &PreNorm, seed: u64) -> PreNormOutcome {
    let show = |_: &PreNormOutcome| Report::default();
    finished(settings.run(&table("digits"), seed, &RunControl::new(&NativeHost, &show))).unwrap()
}

/// Measured with other code and other random numbers: gradients of the last block at 1 2 4 8 16 32 64 128 blocks, post-norm
/// 4.32 4.56 4.71 4.45 4.54 4.66 4.43 4.51, pre-norm 4.32 3.97 3.39 2.47 1.94 1.26 1.00 .64; slopes from 8 on +.001 and -.487;
/// the stream of pre-norm 1 + L/2, of post-norm about 1.5.
#[test]
fn gradients_before_any_step_follow_the_theory() {
    let outcome = outcome_of(&PreNorm { depth: 1, steps: 10, ..PreNorm::default() }, 1);
    let pre = [4.32, 3.97, 3.39, 2.47, 1.94, 1.26, 1.00, 0.64];
    for (start, expected) in outcome.start.iter().zip(pre) {
        assert!((start.post / 4.5 - 1.0).abs() < 0.12, "{start:?}");
        assert!((start.pre / expected - 1.0).abs() < 0.15, "{start:?} {expected}");
        assert!((start.pre_stream / (1.0 + start.depth as f64 / 2.0) - 1.0).abs() < 0.12, "{start:?}");
        assert!((start.post_stream - 1.5).abs() < 0.15, "{start:?}");
    }
    let (post, pre) = outcome.slopes().unwrap();
    assert!(post.abs() < 0.05 && (pre + 0.5).abs() < 0.06, "{post} {pre}");
    // Of a batch of 64 tokens: +.12 and -.30.
    let together = outcome_of(&PreNorm { depth: 1, steps: 10, tokens: 64, ..PreNorm::default() }, 1);
    let (post, pre) = together.slopes().unwrap();
    assert!(post > 0.04 && pre > -0.4 && pre < -0.2, "{post} {pre}");
}

/// Measured with other code: 300 steps, post-norm / post-norm with 150 steps of warm-up / pre-norm: 4 blocks at .001 .982 .976
/// .985; 16 blocks at .01 .084 .811 .960.
#[test]
fn deep_post_norm_needs_a_warm_up_and_shallow_is_fine() {
    let accuracy = |outcome: &PreNormOutcome, variant| outcome.run(variant).accuracy();
    let deep = outcome_of(&PreNorm::default(), 1);
    let [post, warm, pre] = [Variant::Post, Variant::PostWarmUp, Variant::Pre].map(|variant| accuracy(&deep, variant));
    assert!((pre - 0.96).abs() < 0.03, "{post} {warm} {pre}");
    assert!(post < 0.5 && post < warm && warm < pre, "{post} {warm} {pre}");
    let shallow = outcome_of(&PreNorm { depth: 4, rate: 0.001, ..PreNorm::default() }, 1);
    for variant in [Variant::Post, Variant::PostWarmUp, Variant::Pre] {
        assert!((accuracy(&shallow, variant) - 0.98).abs() < 0.03, "{variant:?}: {}", accuracy(&shallow, variant));
    }
}
