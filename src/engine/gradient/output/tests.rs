use ndarray::{Array3, array};

use super::*;
use crate::gradient::tests::numbers;
use crate::method::{LayerNorm, ZScore};
use crate::trace::{ArrayIndex, StatisticsSource};
use crate::{
    Center, Divisor, Fitted, GroupStatistics, Grouping, Method, NonFinite, Recipe, RunningStatistics, Scale, Shape,
};

const SHAPE: (usize, usize, usize) = (6, 4, 5);

fn values() -> Array3<f64> {
    Array3::from_shape_vec(SHAPE, numbers(SHAPE.0 * SHAPE.1 * SHAPE.2, 1)).unwrap()
}

/// The norm layers, with eps and gamma and without, both divisors.
fn recipes() -> Vec<Recipe> {
    let (n, n_minus_one) = (Scale::StandardDeviation(Divisor::N), Scale::StandardDeviation(Divisor::NMinusOne));
    let kinds = [
        ("z-score", Grouping::FEATURE, Center::Mean, n),
        ("z-score, ddof 1", Grouping::FEATURE, Center::Mean, n_minus_one),
        ("centring", Grouping::FEATURE, Center::Mean, Scale::None),
        ("layer norm", Grouping::EXAMPLE, Center::Mean, n),
        ("group norm", Grouping::channel_groups(2), Center::Mean, n),
        ("instance norm", Grouping::INSTANCE, Center::Mean, n),
        ("RMS norm", Grouping::EXAMPLE, Center::None, Scale::RootMeanSquare),
        ("unit length", Grouping::EXAMPLE, Center::None, Scale::L2),
        ("nothing", Grouping::EXAMPLE, Center::None, Scale::None),
    ];
    let mut all = Vec::new();
    for (_, grouping, center, scale) in kinds {
        for eps in [0.0, 1e-5, 0.3] {
            for gamma in [None, Some(vec![2.0, -0.5, 0.0, 1e3])] {
                let affine = gamma.map(|gamma| Affine { gamma, beta: vec![1.0] });
                let eps = if scale.has_eps() { eps } else { 0.0 };
                all.push(Recipe { eps, affine, ..Recipe::new(grouping, center, scale) });
            }
        }
    }
    all
}

fn traced(fitted: &Fitted, x: &Array3<f64>, cell: ArrayIndex) -> Trace {
    fitted.trace(x.view(), StatisticsSource::Values(x.view()), cell).unwrap()
}

/// The gradient by all inputs of the output at a place.
fn backward(fitted: &Fitted, x: &Array3<f64>, place: [usize; 3], dependence: Dependence) -> Array3<f64> {
    let mut dy = Array3::zeros(x.dim());
    dy[place] = 1.0;
    fitted.gradient(x.view(), dy.view(), dependence).unwrap().0
}

/// Data as they are; with holes; with groups whose values are all equal, of whatever grouping.
fn kinds() -> [Array3<f64>; 3] {
    let (mut holes, mut constant) = (values(), values());
    holes[[0, 0, 0]] = f64::NAN;
    holes[[2, 1, 3]] = f64::NAN;
    holes[[5, 3, 4]] = f64::NAN;
    constant.slice_mut(ndarray::s![1, .., ..]).fill(3.0);
    constant.slice_mut(ndarray::s![2, .., ..]).fill(0.0);
    constant.slice_mut(ndarray::s![.., 2, ..]).fill(7.5);
    [values(), holes, constant]
}

#[test]
fn it_is_a_row_of_what_the_backward_multiplies_by() {
    let (mut compared, mut ends, mut most) = (0, 0, 0);
    for x in kinds() {
        for recipe in recipes() {
            let (_, fitted) = recipe.normalize(x.view()).unwrap();
            let shape = Shape::of(&x.view());
            for cell in [[0, 0, 1], [1, 2, 3], [2, 1, 0], [3, 2, 4], [4, 3, 0], [5, 1, 2]] {
                let [example, feature, position] = cell;
                let trace = traced(&fitted, &x, ArrayIndex { example, feature, position });
                let found = trace.gradient(Dependence::OnInput).unwrap().unwrap();
                let expected = backward(&fitted, &x, cell, Dependence::OnInput);
                // Each term of a derivative is at most about as large as a shift with constants.
                let close = |a: f64, b: f64, what: &str| {
                    assert!(
                        (a - b).abs() <= 16.0 * f64::EPSILON * found.fixed.abs(),
                        "{what} {recipe:?} {cell:?}: {a} {b}"
                    );
                };
                close(found.own, expected[cell], "own");
                let group = recipe.grouping.index(shape, example, feature, position);
                let (mut sum, mut weighted, mut largest) = (0.0, 0.0, 0.0_f64);
                for ((n, c, l), gradient) in expected.indexed_iter() {
                    let input = x[[n, c, l]];
                    if input.is_nan() || recipe.grouping.index(shape, n, c, l) != group {
                        assert_eq!(*gradient, 0.0, "{recipe:?} {cell:?}");
                        continue;
                    }
                    (sum, weighted) = (sum + gradient, weighted + gradient * input);
                    if [n, c, l] == cell {
                        continue;
                    }
                    let sums = GroupSums::new(&trace.group.statistics);
                    close(found.by(0.0, sums.xhat(input)), *gradient, "another");
                    largest = largest.max(gradient.abs());
                    compared += 1;
                    if found.other.is_some_and(|other| other.value == input) {
                        close(found.other.unwrap().gradient, *gradient, "end");
                        ends += 1;
                    }
                }
                match found.other {
                    Some(other) if other.is_most => {
                        close(other.gradient.abs(), largest, "the most");
                        most += 1;
                    }
                    Some(_) => {}
                    None => assert_eq!(largest, 0.0, "{recipe:?} {cell:?}"),
                }
                // Sums of up to 30 such terms, the weighted ones times inputs of up to 7.5.
                let slack = 1e3 * f64::EPSILON * found.fixed.abs();
                match found.total {
                    GradientTotal::Own => close(sum, found.fixed, "alone"),
                    GradientTotal::Shift => assert!(sum.abs() <= slack, "{recipe:?} {cell:?}: {sum}"),
                    GradientTotal::Factor(total) => {
                        assert!((weighted - total).abs() <= slack, "{recipe:?} {cell:?}: {weighted} {total}");
                    }
                }
            }
        }
    }
    assert!(compared > 10_000 && ends > 800 && most > 600, "{compared} {ends} {most}");
}

#[test]
fn it_is_what_finite_differences_find() {
    const STEP: f64 = 1e-6;
    let x = values();
    for recipe in recipes() {
        let (_, fitted) = recipe.normalize(x.view()).unwrap();
        let cell = [3, 0, 2];
        let trace = traced(&fitted, &x, ArrayIndex::new(3, 0, 2));
        let found = trace.gradient(Dependence::OnInput).unwrap().unwrap();
        let slope = |place: [usize; 3]| {
            let output = |step: f64| {
                let mut moved = x.clone();
                moved[place] += step;
                recipe.normalize(moved.view()).unwrap().0[cell]
            };
            (output(STEP) - output(-STEP)) / (2.0 * STEP)
        };
        let close = |a: f64, b: f64| {
            assert!((a - b).abs() < 1e-6 * found.fixed.abs().max(1.0), "{recipe:?}: {a} {b}");
        };
        close(found.own, slope(cell));
        if let Some(other) = found.other {
            let (place, _) = x.indexed_iter().find(|(_, value)| **value == other.value).unwrap();
            close(other.gradient, slope(place.into()));
        }
    }
}

#[test]
fn statistics_from_elsewhere_are_constants() {
    let x = values();
    let cell = ArrayIndex::new(1, 2, 3);
    let running = RunningStatistics { mean: vec![0.5; 4], variance: vec![4.0; 4], batches: 1 };
    let affine = Some(Affine { gamma: vec![1.0, 1.0, 3.0, 1.0], beta: vec![0.0] });
    let recipe = Recipe {
        eps: 0.5,
        affine,
        ..Recipe::new(Grouping::FEATURE, Center::Mean, Scale::StandardDeviation(Divisor::N))
    };
    let evaluated = running.fitted(recipe.clone(), Shape::of(&x.view())).unwrap();
    let fitted = recipe.fit(x.view()).unwrap();
    for (fitted, source, dependence) in [
        (&evaluated, StatisticsSource::Running, Dependence::OnInput),
        (&fitted, StatisticsSource::Elsewhere, Dependence::OnInput),
        (&fitted, StatisticsSource::Values(x.view()), Dependence::Constant),
    ] {
        let trace = fitted.trace(x.view(), source, cell).unwrap();
        let found = trace.gradient(dependence).unwrap().unwrap();
        assert_eq!((found.own, found.total, found.other), (found.fixed, GradientTotal::Own, None));
        assert!((found.own - 3.0 / fitted.groups[2].scale).abs() < 1e-15);
        assert_eq!(found.own, backward(fitted, &x, [1, 2, 3], Dependence::Constant)[[1, 2, 3]]);
    }
    // As those of any other method are.
    let min_max = Recipe::new(Grouping::FEATURE, Center::Min, Scale::Range).fit(x.view()).unwrap();
    let trace = min_max.trace(x.view(), StatisticsSource::Elsewhere, cell).unwrap();
    let found = trace.gradient(Dependence::OnInput).unwrap().unwrap();
    assert_eq!(found.own, 1.0 / min_max.groups[2].scale);
    let known = GroupStatistics::known(9, 1.0, 4.0);
    assert_eq!(GroupSums::new(&known).slope, 0.25);
}

#[test]
fn the_end_is_another_value_than_the_picked_one() {
    let x = array![[[1.0], [2.0], [4.0], [8.0]]];
    let fitted = Method::LayerNorm(LayerNorm::default()).fit(x.view()).unwrap();
    let other = |feature| {
        let trace = traced(&fitted, &x, ArrayIndex::new(0, feature, 0));
        trace.gradient(Dependence::OnInput).unwrap().unwrap().other.unwrap()
    };
    // 1 + xhat_i * xhat_j is greatest where both are on one side of the mean; for 1 and 8 that may be 2 or 4.
    let told = [0, 1, 2, 3].map(|feature| (other(feature).which, other(feature).value, other(feature).is_most));
    assert_eq!(
        told,
        [
            (GroupEnd::Greatest, 8.0, false),
            (GroupEnd::Least, 1.0, true),
            (GroupEnd::Greatest, 8.0, true),
            (GroupEnd::Least, 1.0, false),
        ]
    );
    let alone = array![[[5.0]]];
    let fitted = Method::LayerNorm(LayerNorm::default()).fit(alone.view()).unwrap();
    let found = traced(&fitted, &alone, ArrayIndex::default()).gradient(Dependence::OnInput).unwrap().unwrap();
    assert_eq!((found.own, found.other), (0.0, None));
}

/// Of two values, one is always a standard deviation above and the other one below.
#[test]
fn what_rounding_leaves_of_a_zero_is_none() {
    for [a, b] in [[0.1, 0.7], [3.3, -1e5], [1e-7, 2.2e-7], [1e12 + 0.1, 1e12]] {
        let x = array![[[a]], [[b]]];
        for divisor in [Divisor::N, Divisor::NMinusOne] {
            let fitted = Method::ZScore(ZScore { divisor }).fit(x.view()).unwrap();
            let trace = traced(&fitted, &x, ArrayIndex::new(1, 0, 0));
            let found = trace.gradient(Dependence::OnInput).unwrap().unwrap();
            assert_eq!((found.own, found.other.unwrap().gradient), (0.0, 0.0), "{a} {b}");
        }
    }
}

#[test]
fn extreme_magnitudes_are_no_trouble() {
    let plain = array![[[1.0]], [[2.0]], [[4.0]], [[8.0]]];
    let of = |x: &Array3<f64>| {
        let fitted = Method::from_slug("z-score").unwrap().fit(x.view()).unwrap();
        traced(&fitted, x, ArrayIndex::new(2, 0, 0)).gradient(Dependence::OnInput).unwrap().unwrap()
    };
    let expected = of(&plain);
    for size in [1e300, 1e-300] {
        let found = of(&(&plain * size));
        let same = |a: f64, b: f64| assert!((a * size - b).abs() < 1e-14, "{size}: {a} {b}");
        same(found.own, expected.own);
        same(found.other.unwrap().gradient, expected.other.unwrap().gradient);
    }
    let found = of(&(&plain + 1e12));
    assert!((found.own - expected.own).abs() < 1e-14, "{found:?} {expected:?}");
}

#[test]
fn no_output_has_no_gradient_and_no_norm_layer_is_refused() {
    let x = array![[[1.0]], [[f64::NAN]], [[4.0]]];
    let recipe = Recipe::new(Grouping::FEATURE, Center::Mean, Scale::StandardDeviation(Divisor::N));
    let gradient = |recipe: &Recipe, example| {
        traced(&recipe.fit(x.view()).unwrap(), &x, ArrayIndex::new(example, 0, 0)).gradient(Dependence::OnInput)
    };
    assert_eq!(gradient(&recipe, 1), Ok(None));
    let strict = Recipe { non_finite: NonFinite::Propagate, ..recipe.clone() };
    assert_eq!(gradient(&strict, 0), Ok(None));
    for (recipe, expected) in [
        (Recipe::new(Grouping::FEATURE, Center::Min, Scale::Range), "center and scale"),
        (Recipe { clip: Some((-1.0, 1.0)), ..recipe.clone() }, "clip"),
        (Recipe { range: (-1.0, 1.0), ..recipe }, "range"),
    ] {
        assert!(matches!(gradient(&recipe, 0), Err(Error::Parameter { name, .. }) if name == expected));
    }
}
