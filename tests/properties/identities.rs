//! One kernel, many recipes: what one method says, another must.

use ndarray::Array3;
use normlab::engine::method::{
    BatchNorm, GroupNorm, InstanceNorm, LayerNorm, Mode, MomentumOf, Over, RmsNorm, Stored, ZScore,
};
use normlab::engine::{Method, Momentum, RunningStatistics, StreamingFit};
use proptest::prelude::*;

use super::data::{arrays, distance, spread};

fn values(method: Method, x: &Array3<f64>) -> Array3<f64> {
    method.run(x.view(), None).expect("ordinary numbers").values
}

proptest! {
    #![proptest_config(super::data::config())]

    #[test]
    fn one_group_is_layer_norm_over_everything(x in arrays(5)) {
        let group = values(Method::GroupNorm(GroupNorm { groups: 1, ..GroupNorm::default() }), &x);
        prop_assert_eq!(group, values(Method::LayerNorm(LayerNorm::default()), &x));
    }

    #[test]
    fn as_many_groups_as_features_is_instance_norm(x in arrays(5)) {
        let groups = x.dim().1 as u64;
        let group = values(Method::GroupNorm(GroupNorm { groups, ..GroupNorm::default() }), &x);
        prop_assert_eq!(group, values(Method::InstanceNorm(InstanceNorm::default()), &x));
    }

    #[test]
    fn layer_norm_is_rms_norm_of_centred_values(x in spread(4), channels in any::<bool>()) {
        let over = if channels { Over::Channels } else { Over::ChannelsPositions };
        let layer = LayerNorm { over, ..LayerNorm::default() };
        let fitted = Method::LayerNorm(layer.clone()).fit(x.view()).unwrap();
        // The centre below is rounded: a spread far smaller than it would show that.
        prop_assume!(fitted.groups.iter().all(|group| group.constant || group.scale > 0.1));
        let mut centred = x.clone();
        for ((n, c, l), value) in centred.indexed_iter_mut() {
            *value -= fitted.groups[fitted.recipe.grouping.index(fitted.shape, n, c, l)].center;
        }
        let rms = values(Method::RmsNorm(RmsNorm { over, eps: layer.eps, gamma: 1.0 }), &centred);
        prop_assert!(distance(&values(Method::LayerNorm(layer), &x), &rms) < 1e-12);
    }

    #[test]
    fn z_score_is_batch_norm_without_eps_on_everything(x in arrays(4)) {
        let batch = BatchNorm { eps: 0.0, ..BatchNorm::default() };
        prop_assert_eq!(values(Method::BatchNorm(batch), &x), values(Method::ZScore(ZScore::default()), &x));
    }

    #[test]
    fn evaluation_after_one_batch_of_everything_is_training(x in spread(3)) {
        let training = BatchNorm::default();
        let evaluation = BatchNorm {
            mode: Mode::Evaluation, momentum_of: MomentumOf::New, momentum: 1.0, stored: Stored::Biased,
            batch: x.dim().0 as u64, ..training.clone()
        };
        let (a, b) = (values(Method::BatchNorm(evaluation), &x), values(Method::BatchNorm(training), &x));
        prop_assert!(distance(&a, &b) < 1e-11);
    }

    /// Batch after batch by hand, in every pass anew; what the start weighs is how much of another start is left.
    #[test]
    fn a_watched_walk_is_the_walk(
        x in arrays(3), hole in any::<prop::sample::Index>(), batch in 1..8_u64, passes in 1..4_u64, weight in 0.0..=1.0_f64,
        of in prop::sample::select(vec![MomentumOf::New, MomentumOf::Old, MomentumOf::Cumulative]), biased in any::<bool>(),
    ) {
        let mut x = x;
        let hole = hole.index(x.len());
        *x.iter_mut().nth(hole).unwrap() = f64::NAN;
        let stored = if biased { Stored::Biased } else { Stored::Unbiased };
        let method = BatchNorm { batch, momentum: weight, momentum_of: of, stored, ..BatchNorm::default() };
        let (momentum, divisor) = (method.momentum().unwrap(), method.divisor());
        let mut expected = RunningStatistics::new(x.dim().1);
        let mut other = RunningStatistics { mean: vec![1.0; x.dim().1], ..expected.clone() };
        let mut history = method.history(x.view(), passes).unwrap();
        for pass in 0..passes {
            for chunk in x.axis_chunks_iter(ndarray::Axis(0), batch as usize) {
                expected.update(chunk, momentum, divisor).unwrap();
                other.update(chunk, momentum, divisor).unwrap();
                let steps = history.step().unwrap().unwrap().to_vec();
                prop_assert_eq!(history.running(), &expected);
                for (feature, step) in steps.iter().enumerate() {
                    prop_assert_eq!(step.after, (expected.mean[feature], expected.variance[feature]));
                    let left = other.mean[feature] - expected.mean[feature];
                    prop_assert!((left - step.initial).abs() < 1e-12, "{} {}", left, step.initial);
                }
            }
            if pass == 0 {
                prop_assert_eq!(&method.walk(x.view()).unwrap(), &expected);
            }
        }
        prop_assert!(history.step().unwrap().is_none());
    }

    #[test]
    fn the_directions_of_momentum_mirror_each_other(x in arrays(3), weight in 0.0..1.0_f64) {
        let after = |momentum| {
            let mut running = RunningStatistics::new(x.dim().1);
            running.update(x.view(), momentum, normlab::engine::Divisor::N).unwrap();
            running
        };
        let (new, old) = (after(Momentum::New(weight)), after(Momentum::Old(1.0 - weight)));
        for (a, b) in new.mean.iter().zip(&old.mean).chain(new.variance.iter().zip(&old.variance)) {
            prop_assert!((a - b).abs() <= 1e-12 * (1.0 + a.abs()));
        }
    }

    #[test]
    fn gathering_chunks_is_fitting_at_once(x in arrays(3), cut in 1..4_usize, hole in any::<prop::sample::Index>()) {
        let mut x = x;
        let hole = hole.index(x.len());
        *x.iter_mut().nth(hole).unwrap() = f64::NAN;
        for method in ["min-max", "z-score", "max-abs"] {
            let method = Method::from_slug(method).unwrap();
            let at_once = method.fit(x.view()).unwrap();
            let mut streaming = StreamingFit::new(at_once.recipe.clone()).unwrap();
            x.axis_chunks_iter(ndarray::Axis(0), cut).for_each(|chunk| streaming.push(chunk).unwrap());
            let streamed = streaming.finish().unwrap();
            prop_assert_eq!(streamed.shape, at_once.shape);
            for (a, b) in streamed.groups.iter().zip(&at_once.groups) {
                prop_assert_eq!((a.count, a.missing, a.constant), (b.count, b.missing, b.constant));
            }
            let transform = |fitted: &normlab::engine::Fitted| fitted.transform(x.view()).unwrap();
            prop_assert!(distance(&transform(&streamed), &transform(&at_once)) < 1e-12);
        }
    }
}
