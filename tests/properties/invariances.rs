//! What a normalization does not see, and what it does; and the way back.

use ndarray::{Array3, Axis};
use normlab::engine::method::{BatchNorm, InstanceNorm, LayerNorm, Mode, RmsNorm, ZScore};
use normlab::engine::{Error, Method};
use proptest::prelude::*;

use super::data::{arrays, distance, spread};

fn values(method: &Method, x: &Array3<f64>) -> Array3<f64> {
    method.run(x.view(), None).expect("ordinary numbers").values
}

fn without_eps() -> Vec<Method> {
    vec![
        Method::from_slug("min-max").unwrap(),
        Method::from_slug("robust").unwrap(),
        Method::ZScore(ZScore::default()),
        Method::LayerNorm(LayerNorm { eps: 0.0, ..LayerNorm::default() }),
        Method::InstanceNorm(InstanceNorm { eps: 0.0, ..InstanceNorm::default() }),
    ]
}

/// The same values with the axis of features outermost: column by column.
fn column_major(x: &Array3<f64>) -> Array3<f64> {
    let (n, c, l) = x.dim();
    let mut columns = Array3::zeros((l, c, n)).reversed_axes();
    columns.assign(x);
    assert_eq!(columns.dim(), (n, c, l));
    columns
}

proptest! {
    #![proptest_config(super::data::config())]

    #[test]
    fn units_and_origin_do_not_matter(x in spread(4), a in 0.01..100.0_f64, b in -1e3..1e3_f64) {
        for method in without_eps() {
            let fitted = method.fit(x.view()).unwrap();
            // A group with next to no spread shows rounding errors of a * x + b.
            prop_assume!(fitted.groups.iter().all(|group| group.scale > 0.1));
            let moved = x.mapv(|v| a * v + b);
            // Equal values stay equal, and no others become so.
            let outcome = distance(&values(&method, &moved), &values(&method, &x));
            prop_assert!(outcome < 1e-8, "{}: {}", method.info().slug, outcome);
        }
    }

    #[test]
    fn rms_norm_sees_the_origin_but_not_the_unit(x in spread(4), a in 0.01..100.0_f64) {
        let rms = Method::RmsNorm(RmsNorm { eps: 0.0, ..RmsNorm::default() });
        let y = values(&rms, &x);
        prop_assert!(distance(&values(&rms, &(&x * a)), &y) < 1e-13);
        prop_assume!(x.dim().1 * x.dim().2 > 1);
        let spread = x.iter().fold(f64::INFINITY, |m, v| m.min(*v)) + 1.0 < x.iter().fold(f64::NEG_INFINITY, |m, v| m.max(*v));
        prop_assume!(spread);
        prop_assert!(distance(&values(&rms, &(&x + 1e5)), &y) > 1e-6);
    }

    #[test]
    fn z_scores_of_z_scores_are_z_scores(x in spread(3)) {
        let method = Method::ZScore(ZScore::default());
        let once = values(&method, &x);
        prop_assert!(distance(&values(&method, &once), &once) < 1e-12);
    }

    #[test]
    fn there_is_a_way_back(x in spread(3), other in arrays(3)) {
        let evaluation = Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, gamma: 2.0, beta: -1.0, ..BatchNorm::default() });
        let scalers = ["min-max", "z-score", "robust", "max-abs", "custom"].map(|slug| Method::from_slug(slug).unwrap());
        for method in scalers.into_iter().chain([evaluation]) {
            let fitted = method.fit(x.view()).unwrap();
            let there = if other.dim().1 == x.dim().1 && other.dim().2 == x.dim().2 { &other } else { &x };
            let back = fitted.inverse(fitted.transform(there.view()).unwrap().view()).unwrap();
            let outcome = distance(&back, there);
            prop_assert!(outcome < 1e-11, "{}: {}", method.info().slug, outcome);
        }
        for slug in ["layer-norm", "rms-norm", "group-norm", "instance-norm", "unit-length", "batch-norm"] {
            let outcome = Method::from_slug(slug).unwrap().run(x.view(), None).unwrap();
            let refused = outcome.fitted.inverse(outcome.values.view());
            let typed = matches!(refused, Err(Error::NotInvertible { .. }));
            prop_assert!(typed, "{}", slug);
        }
    }

    #[test]
    fn the_order_of_examples_does_not_matter(x in arrays(3)) {
        let mut turned = x.clone();
        turned.invert_axis(Axis(0));
        for method in Method::all() {
            let mut back = values(&method, &turned.as_standard_layout().to_owned());
            back.invert_axis(Axis(0));
            prop_assert!(distance(&back, &values(&method, &x)) < 1e-12, "{}", method.info().slug);
        }
    }

    #[test]
    fn the_order_in_memory_does_not_matter(x in arrays(4), hole in any::<prop::sample::Index>(), holes in any::<bool>()) {
        let mut x = x;
        if holes {
            let hole = hole.index(x.len());
            *x.iter_mut().nth(hole).unwrap() = f64::NAN;
        }
        let columns = column_major(&x);
        let mut reversed = x.clone();
        reversed.invert_axis(Axis(1));
        let mut reversed = reversed.as_standard_layout().to_owned();
        reversed.invert_axis(Axis(1));
        for method in Method::all() {
            let expected = method.run(x.view(), None).unwrap();
            for other in [&columns, &reversed] {
                let outcome = method.run(other.view(), None).unwrap();
                prop_assert!(distance(&outcome.values, &expected.values) < 1e-13, "{}", method.info().slug);
                prop_assert_eq!(&outcome.warnings, &expected.warnings);
            }
            // Into memory of another order than the input.
            let mut out = column_major(&x);
            method.run_into(x.view(), None, out.view_mut()).unwrap();
            prop_assert!(distance(&out, &expected.values) == 0.0);
        }
    }
}
