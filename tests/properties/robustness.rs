//! No panic, no nonsense without an error, whatever comes.

use ndarray::Array3;
use normlab::engine::method::{
    BatchNorm, GroupNorm, LayerNorm, MaxAbs, MinMax, Mode, Norm, Over, RmsNorm, Robust, TrainingBatches, UnitLength,
};
use normlab::engine::{
    Center, Divisor, Error, ExampleSharing, FeatureSharing, Grouping, Method, NonFinite, Recipe, Scale, Sharing,
    Singletons,
};
use proptest::prelude::*;

/// Numbers that break what is careless.
fn odd() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -10.0..10.0_f64,
        1 => prop::sample::select(vec![0.0, -0.0, 1.0, 5e-324, -1e-310, 1e-300, 1e300, -1e300, f64::MAX, f64::MIN, 1e9, 1e9 + 1e-6]),
        1 => Just(f64::NAN),
    ]
}

fn odd_arrays() -> impl Strategy<Value = Array3<f64>> {
    (0..5_usize, 0..5_usize, 0..4_usize).prop_flat_map(|(n, c, l)| {
        prop::collection::vec(odd(), n * c * l)
            .prop_map(move |values| Array3::from_shape_vec((n, c, l), values).unwrap())
    })
}

fn methods() -> Vec<Method> {
    let mut all = Method::all();
    all.extend([
        Method::MinMax(MinMax { low: -3.0, high: 1e6, clip: true }),
        Method::MaxAbs(MaxAbs { clip: true }),
        Method::Robust(Robust { low: 10.0, high: 90.0, unit_variance: true }),
        Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, batch: 2, ..BatchNorm::default() }),
        Method::BatchNorm(BatchNorm { batches: TrainingBatches::Sized, batch: 2, ..BatchNorm::default() }),
        Method::LayerNorm(LayerNorm { over: Over::Channels, gamma: 2.0, beta: -1.0, eps: 0.0 }),
        Method::RmsNorm(RmsNorm { over: Over::Channels, ..RmsNorm::default() }),
        Method::GroupNorm(GroupNorm { groups: 2, ..GroupNorm::default() }),
        Method::UnitLength(UnitLength { norm: Norm::L1 }),
        Method::UnitLength(UnitLength { norm: Norm::Max }),
    ]);
    all
}

/// Checks that an array is refused exactly when it is empty, or when so many groups do not divide its features; whether it
/// was answered.
fn is_answered<T>(found: &Result<T, Error>, x: &Array3<f64>, groups: usize) -> bool {
    let divides = x.dim().1.is_multiple_of(groups);
    match found {
        Ok(_) => assert!(divides && !x.is_empty(), "{:?} in {groups} groups was answered", x.dim()),
        Err(Error::Empty { .. }) => assert!(x.is_empty(), "{:?} is not empty", x.dim()),
        Err(Error::Parameter { name: "groups", .. }) => assert!(!divides, "{groups} divide {:?}", x.dim()),
        Err(error) => panic!("{:?} was refused: {error}", x.dim()),
    }
    found.is_ok()
}

/// The number of groups of features that a method asks for.
fn groups(method: &Method) -> usize {
    if let Method::GroupNorm(method) = method { method.groups as usize } else { 1 }
}

proptest! {
    #![proptest_config(super::data::config())]

    #[test]
    fn every_method_answers_or_says_why_not(x in odd_arrays()) {
        for method in methods() {
            let slug = method.info().slug;
            let found = method.run(x.view(), None);
            if !is_answered(&found, &x, groups(&method)) {
                continue;
            }
            let outcome = found.unwrap();
            prop_assert_eq!(outcome.values.dim(), x.dim());
            for (y, x) in outcome.values.iter().zip(&x) {
                prop_assert_eq!(y.is_nan(), x.is_nan(), "{}: {} became {}", slug, x, y);
                // Running statistics are not of these data, quantiles do not see outliers: the result itself may exceed
                // all finite numbers.
                let exceeds = slug == "robust" || (slug == "batch-norm" && x.abs() > 1e250);
                prop_assert!(x.is_nan() || y.is_finite() || exceeds, "{}: {} became {}", slug, x, y);
            }
            outcome.warnings.iter().for_each(|warning| assert!(!warning.to_string().is_empty()));
        }
    }

    #[test]
    fn single_precision_too(x in odd_arrays()) {
        for method in methods() {
            let single = x.mapv(|value| value as f32).mapv(|value| if value.is_infinite() { 3e38 } else { value });
            let found = method.run(single.view(), None);
            if !is_answered(&found, &x, groups(&method)) {
                continue;
            }
            let slug = method.info().slug;
            for (y, x) in found.unwrap().values.iter().zip(&x) {
                prop_assert_eq!(y.is_nan(), x.is_nan(), "{}: {} became {}", slug, x, y);
                let exceeds = slug == "robust" || (slug == "batch-norm" && x.abs() > 1e30);
                prop_assert!(x.is_nan() || y.is_finite() || exceeds, "{}: {} became {}", slug, x, y);
            }
        }
    }

    /// Every mixture of the builder, of every grouping, with vectors of gamma and beta.
    #[test]
    fn every_recipe_answers(
        x in odd_arrays(), n in 0..4_usize, c in 0..3_usize, l in any::<bool>(), center in 0..4_usize,
        scale in 0..8_usize, eps in any::<bool>(), vectors in 0..4_usize,
    ) {
        let sharing = |together| if together { Sharing::Together } else { Sharing::Separate };
        let features = [FeatureSharing::Together, FeatureSharing::Separate, FeatureSharing::Groups(2)][c];
        let examples = [ExampleSharing::Together, ExampleSharing::Separate, ExampleSharing::Batches(1), ExampleSharing::Batches(3)][n];
        let grouping = Grouping { examples, features, positions: sharing(l) };
        let center = [Center::None, Center::Mean, Center::Median, Center::Min][center];
        let quantiles = Scale::InterquantileRange { low: 0.1, high: 0.8, unit_variance: false };
        let deviation = Scale::StandardDeviation(Divisor::NMinusOne);
        let scale = [Scale::None, deviation, Scale::RootMeanSquare, Scale::Range, quantiles, Scale::MaxAbs, Scale::L1, Scale::L2][scale];
        let mut recipe = Recipe::new(grouping, center, scale);
        recipe.eps = if eps { 1e-5 } else { 0.0 };
        let length = [0, 1, x.dim().1, x.dim().1 * x.dim().2][vectors];
        if length > 0 {
            let gamma = (0..length).map(|i| 1.0 + i as f64).collect();
            recipe.affine = Some(normlab::engine::Affine { gamma, beta: vec![0.5] });
        }
        let found = recipe.normalize(x.view());
        if is_answered(&found, &x, if let FeatureSharing::Groups(groups) = features { groups } else { 1 }) {
            let (y, fitted) = found.unwrap();
            prop_assert_eq!(fitted.groups.len(), grouping.count(fitted.shape));
            for (y, x) in y.iter().zip(&x) {
                prop_assert_eq!(y.is_nan(), x.is_nan(), "{} became {}", x, y);
            }
            // The fused way and the way in two steps agree.
            let again = recipe.fit(x.view()).unwrap().transform(x.view()).unwrap();
            prop_assert!(y.iter().zip(&again).all(|(a, b)| a == b || a.is_nan()));
        }
    }

    #[test]
    fn infinities_are_named_or_spread(x in super::data::arrays(3), at in any::<prop::sample::Index>(), negative in any::<bool>()) {
        let mut x = x;
        let at = at.index(x.len());
        let value = if negative { f64::NEG_INFINITY } else { f64::INFINITY };
        let (index, slot) = x.indexed_iter_mut().nth(at).unwrap();
        *slot = value;
        for method in methods() {
            let found = method.recipe(normlab::engine::Shape::of(&x.view()));
            if !is_answered(&found, &x, groups(&method)) {
                continue;
            }
            let mut recipe = found.unwrap();
            let (example, feature, position) = index;
            prop_assert_eq!(recipe.fit(x.view()), Err(Error::NonFinite { example, feature, position, value }));
            recipe.non_finite = NonFinite::Propagate;
            let (y, fitted) = recipe.normalize(x.view()).unwrap();
            let of = |(n, c, l)| recipe.grouping.index(fitted.shape, n, c, l);
            for (place, y) in y.indexed_iter() {
                prop_assert_eq!(y.is_nan(), of(place) == of(index), "{}", method.info().slug);
            }
        }
    }
}

#[test]
fn a_nan_is_refused_where_refusing_is_the_rule() {
    let x = Array3::from_shape_vec((2, 2, 1), vec![1.0, 2.0, f64::NAN, 4.0]).unwrap();
    let mut recipe = Recipe::new(Grouping::EXAMPLE, Center::None, Scale::L2);
    recipe.non_finite = NonFinite::Refuse;
    let refused = recipe.fit(x.view());
    assert!(matches!(refused, Err(Error::NonFinite { example: 1, feature: 0, position: 0, .. })), "{refused:?}");
}

#[test]
fn single_values_are_refused_where_refusing_is_the_rule() {
    let x = Array3::from_shape_vec((1, 2, 1), vec![1.0, 2.0]).unwrap();
    let mut recipe = Recipe::new(Grouping::FEATURE, Center::Mean, Scale::StandardDeviation(Divisor::N));
    assert!(recipe.fit(x.view()).is_ok());
    recipe.singletons = Singletons::Refuse;
    assert_eq!(recipe.fit(x.view()), Err(Error::SingleValue { groups: 2 }));
}

#[test]
fn another_shape_is_refused() {
    let fitted = Method::from_slug("z-score").unwrap().fit(Array3::<f64>::ones((3, 2, 1)).view()).unwrap();
    assert!(fitted.transform(Array3::<f64>::ones((7, 2, 1)).view()).is_ok());
    assert!(fitted.transform(Array3::<f64>::ones((0, 2, 1)).view()).is_ok());
    let refused = fitted.transform(Array3::<f64>::ones((3, 3, 1)).view());
    assert!(matches!(refused, Err(Error::ShapeMismatch { .. })));
}
