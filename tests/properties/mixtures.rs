//! The whole grid of what a visitor can put together, against the plainest possible arithmetic.

use std::collections::BTreeMap;

use ndarray::{Array3, Axis};
use normlab::engine::method::{Custom, FeatureChoice, ScaleChoice};
use normlab::engine::{Center, Divisor, Method, Shape, Sharing, Warning};
use normlab::parameters::{Options, Parameters};

use super::data::distance;

/// Every choice for an array of so many features: all groupings, centres, scales, divisors, with and without eps.
pub fn grid(features: usize) -> Vec<Custom> {
    let divisors = (1..=features as u64).filter(|groups| features.is_multiple_of(*groups as usize));
    let groups = divisors.map(|groups| (FeatureChoice::Groups, groups));
    let sharings: Vec<_> =
        [(FeatureChoice::Together, 1), (FeatureChoice::Separate, 1)].into_iter().chain(groups).collect();
    let mut all = Vec::new();
    for (examples, ..) in Sharing::ALL {
        for &(features, groups) in &sharings {
            for (positions, ..) in Sharing::ALL {
                for (center, ..) in Center::ALL {
                    for (scale, ..) in ScaleChoice::ALL {
                        for (divisor, eps) in settings(*scale) {
                            let (examples, positions) = (*examples, *positions);
                            let (center, scale, gamma, beta) = (*center, *scale, 1.0, 0.0);
                            all.push(Custom {
                                examples,
                                features,
                                groups,
                                positions,
                                center,
                                scale,
                                divisor,
                                eps,
                                gamma,
                                beta,
                            });
                        }
                    }
                }
            }
        }
    }
    all
}

fn has_eps(scale: ScaleChoice) -> bool {
    matches!(scale, ScaleChoice::StandardDeviation | ScaleChoice::RootMeanSquare)
}

/// The settings that have an effect.
fn settings(scale: ScaleChoice) -> Vec<(Divisor, f64)> {
    let epses = if has_eps(scale) { &[0.0, 1e-5][..] } else { &[0.0] };
    let divisors =
        if scale == ScaleChoice::StandardDeviation { &[Divisor::N, Divisor::NMinusOne][..] } else { &[Divisor::N] };
    divisors.iter().flat_map(|divisor| epses.iter().map(|eps| (*divisor, *eps))).collect()
}

pub const SHAPES: [(usize, usize, usize); 9] =
    [(6, 4, 1), (4, 6, 5), (1, 4, 3), (5, 1, 1), (3, 4, 1), (2, 3, 1), (1, 1, 7), (1, 2, 2), (1, 1, 1)];

/// Reproducible numbers of both signs, none of them twice.
pub fn numbers((n, c, l): (usize, usize, usize)) -> Array3<f64> {
    let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
    Array3::from_shape_simple_fn((n, c, l), || {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        (bits >> 11) as f64 / (1_u64 << 53) as f64 * 10.0 - 4.0
    })
}

fn quantile(values: &[f64], fraction: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = fraction * (sorted.len() - 1) as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (at - below as f64) * (sorted[above] - sorted[below])
}

/// Centre and scale of a group, as the definitions say.
fn naive(custom: &Custom, values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let extreme = |pick: fn(f64, f64) -> f64| values.iter().copied().reduce(pick).unwrap();
    let squares = |about: f64| values.iter().map(|v| (v - about) * (v - about)).sum::<f64>();
    let center = match custom.center {
        Center::None => 0.0,
        Center::Mean => mean,
        Center::Median => quantile(values, 0.5),
        Center::Min => extreme(f64::min),
    };
    let scale = match custom.scale {
        ScaleChoice::None => 1.0,
        ScaleChoice::StandardDeviation => {
            let divisor = if custom.divisor == Divisor::N { n } else { (n - 1.0).max(1.0) };
            let variance = if values.len() == 1 { 0.0 } else { squares(mean) / divisor };
            (variance + custom.eps).sqrt()
        }
        ScaleChoice::RootMeanSquare => (squares(0.0) / n + custom.eps).sqrt(),
        ScaleChoice::Range => extreme(f64::max) - extreme(f64::min),
        ScaleChoice::InterquartileRange => quantile(values, 0.75) - quantile(values, 0.25),
        ScaleChoice::MaxAbs => values.iter().fold(0.0, |m, v| v.abs().max(m)),
        ScaleChoice::L1 => values.iter().map(|v| v.abs()).sum(),
        ScaleChoice::L2 => squares(0.0).sqrt(),
    };
    (center, if scale == 0.0 { 1.0 } else { scale })
}

/// Which values go together, spelled out once more.
fn key(custom: &Custom, features: usize, (n, c, l): (usize, usize, usize)) -> (usize, usize, usize) {
    let apart = |sharing: Sharing, index: usize| if sharing == Sharing::Separate { index } else { 0 };
    let feature = match custom.features {
        FeatureChoice::Together => 0,
        FeatureChoice::Separate => c,
        FeatureChoice::Groups => c * custom.groups as usize / features,
    };
    (apart(custom.examples, n), feature, apart(custom.positions, l))
}

fn expected(custom: &Custom, x: &Array3<f64>) -> Array3<f64> {
    let features = x.dim().1;
    let mut groups: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    x.indexed_iter().for_each(|(at, value)| groups.entry(key(custom, features, at)).or_default().push(*value));
    let statistics: BTreeMap<_, _> = groups.iter().map(|(key, values)| (*key, naive(custom, values))).collect();
    Array3::from_shape_fn(x.dim(), |at| {
        let (center, scale) = statistics[&key(custom, features, at)];
        (x[at] - center) / scale * custom.gamma + custom.beta
    })
}

#[test]
fn every_mixture_is_what_its_definition_says() {
    let mut compared = 0;
    for dim in SHAPES {
        let x = numbers(dim);
        // Feature by feature in memory, as tables are; and the order of the axes.
        let mut columns = Array3::zeros((dim.2, dim.1, dim.0)).reversed_axes();
        columns.assign(&x);
        for mut custom in grid(dim.1) {
            if compared % 2 == 1 {
                (custom.gamma, custom.beta) = (-2.0, 0.5);
            }
            let expected = expected(&custom, &x);
            let method = Method::Custom(custom);
            for x in [&x, &columns] {
                let found = method.run(x.view(), None).unwrap_or_else(|why| panic!("{method:?} on {dim:?}: {why}"));
                let far = distance(&found.values, &expected);
                assert!(far < 1e-12, "{method:?} on {dim:?}: {far:e}");
            }
            let single = method.run(x.mapv(|v| v as f32).view(), None).unwrap().values.mapv(f64::from);
            // A spread of f32 rounding next to eps 0 is no matter here: no two numbers are near each other.
            let far = distance(&single, &expected);
            assert!(far < 1e-4, "{method:?} on {dim:?} in single precision: {far:e}");
            compared += 1;
        }
    }
    assert!(compared > 7_000, "only {compared}");
}

/// Statistics of some rows, used for others: also where features or positions go together.
#[test]
fn what_examples_share_can_be_fitted_on_some_of_them() {
    let x = numbers((6, 4, 3));
    let (train, rest) = x.view().split_at(Axis(0), 4);
    for custom in grid(4) {
        let method = Method::Custom(custom.clone());
        assert_eq!(method.shares_examples(), custom.examples == Sharing::Together);
        let found = method.run(x.view(), Some(train)).unwrap();
        let alone = method.run(if method.shares_examples() { train } else { rest }, None).unwrap();
        if method.shares_examples() {
            assert_eq!(found.values, alone.fitted.transform(x.view()).unwrap(), "{custom:?}");
        } else {
            assert_eq!(found.values.slice(ndarray::s![4.., .., ..]), alone.values, "{custom:?}");
        }
    }
}

#[test]
fn a_mixture_shows_what_has_an_effect_and_says_all_of_it() {
    let mut seen = std::collections::BTreeSet::new();
    for custom in grid(6) {
        let shown: Vec<_> = custom.describe().iter().map(|one| one.field.key).collect();
        assert_eq!(shown.contains(&"groups"), custom.features == FeatureChoice::Groups);
        assert_eq!(shown.contains(&"divisor"), custom.scale == ScaleChoice::StandardDeviation);
        assert_eq!(shown.contains(&"eps"), has_eps(custom.scale));
        let method = Method::Custom(custom);
        assert!(!method.unit().is_empty());
        seen.insert(method.summary());
        // What is shown makes it again.
        let mut again = Method::from_slug("custom").unwrap();
        for one in method.parameters() {
            again.set(one.field.key, &one.value.text()).unwrap();
        }
        let shape = Shape { examples: 2, features: 6, positions: 2 };
        assert_eq!(again.recipe(shape), method.recipe(shape));
    }
    // Twelve groupings, four centres, nine scales; but where nothing is subtracted nor divided, all are one.
    assert_eq!(seen.len(), 12 * (4 * 9 - 1) + 1);
}

#[test]
fn warnings_of_mixtures_are_true() {
    let one = numbers((1, 2, 1));
    let warnings = |center, scale| {
        let custom = Custom { center, scale, ..Custom::default() };
        Method::Custom(custom).run(one.view(), None).unwrap().warnings
    };
    // A value minus itself, whatever divides.
    for scale in [ScaleChoice::None, ScaleChoice::L1, ScaleChoice::Range] {
        assert_eq!(warnings(Center::Median, scale), [Warning::SingleValue { groups: 2, first: 0 }]);
    }
    assert_eq!(warnings(Center::None, ScaleChoice::Range), [Warning::Constant { groups: 2, first: 0 }]);
    assert_eq!(warnings(Center::None, ScaleChoice::L1), []);
    // Only what maps onto a range can leave it.
    let x = numbers((5, 2, 1));
    let train = x.slice(ndarray::s![..2, .., ..]);
    let outside = |center| {
        let custom = Custom { center, scale: ScaleChoice::Range, ..Custom::default() };
        let found = Method::Custom(custom).run(x.view(), Some(train)).unwrap().warnings;
        found.iter().any(|warning| matches!(warning, Warning::OutsideFitted { .. }))
    };
    assert!(outside(Center::Min) && !outside(Center::Median));
}
