use ndarray::{Array3, ShapeBuilder};

use super::*;
use crate::{Divisor, ExampleSharing, FeatureSharing, Grouping, Sharing};

const DEVIATION: Scale = Scale::StandardDeviation(Divisor::N);

/// Numbers without a pattern, the same each time.
pub(super) fn numbers(count: usize, salt: u64) -> Vec<f64> {
    let mut state = salt.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64 * 4.0 - 2.0
    };
    (0..count).map(|_| next()).collect()
}

fn array(shape: (usize, usize, usize), salt: u64) -> Array3<f64> {
    Array3::from_shape_vec(shape, numbers(shape.0 * shape.1 * shape.2, salt)).unwrap()
}

/// Every norm layer, and what is between them.
fn recipes() -> Vec<Recipe> {
    let scales = [
        (Center::Mean, DEVIATION),
        (Center::Mean, Scale::StandardDeviation(Divisor::NMinusOne)),
        (Center::Mean, Scale::None),
        (Center::None, Scale::RootMeanSquare),
        (Center::None, Scale::L2),
        (Center::None, Scale::None),
    ];
    let (sharings, batches) = ([Sharing::Together, Sharing::Separate], ExampleSharing::Batches(2));
    let features = [FeatureSharing::Together, FeatureSharing::Separate, FeatureSharing::Groups(2)];
    let mut recipes = Vec::new();
    for (center, scale) in scales {
        let examples = [ExampleSharing::Together, ExampleSharing::Separate, batches];
        for (examples, positions) in examples.into_iter().flat_map(|n| sharings.map(|l| (n, l))) {
            for features in features {
                let grouping = Grouping { examples, features, positions };
                recipes.push(Recipe {
                    eps: if scale.has_eps() { 1e-3 } else { 0.0 },
                    ..Recipe::new(grouping, center, scale)
                });
            }
        }
    }
    recipes
}

/// The loss whose gradient by the output is `dy`.
fn loss(recipe: &Recipe, x: &Array3<f64>, dy: &Array3<f64>) -> f64 {
    let (y, _) = recipe.normalize(x.view()).unwrap();
    y.iter().zip(dy).map(|(y, d)| y * d).sum()
}

#[test]
fn every_recipe_has_the_gradient_of_finite_differences() {
    const STEP: f64 = 1e-5;
    let shape = (3, 4, 5);
    let (x, dy) = (array(shape, 1), array(shape, 2));
    let mut compared = 0;
    for recipe in recipes() {
        for (gammas, betas) in [(0, 0), (1, 4), (4, 4), (20, 20), (20, 1)] {
            let mut recipe = recipe.clone();
            if gammas > 0 {
                recipe.affine = Some(Affine { gamma: numbers(gammas, 3), beta: numbers(betas, 4) });
            }
            let (_, fitted) = recipe.normalize(x.view()).unwrap();
            let (dx, affine) = fitted.gradient(x.view(), dy.view(), Dependence::OnInput).unwrap();
            let close = |found: f64, expected: f64| {
                assert!((found - expected).abs() < 2e-7 * expected.abs().max(1.0), "{recipe:?}: {found} {expected}");
            };
            for place in [(0, 0, 0), (1, 2, 3), (2, 3, 4)] {
                let mut moved = [x.clone(), x.clone()];
                moved[0][place] += STEP;
                moved[1][place] -= STEP;
                let [up, down] = moved.map(|x| loss(&recipe, &x, &dy));
                close(dx[place], (up - down) / (2.0 * STEP));
                compared += 1;
            }
            assert_eq!((affine.gamma.len(), affine.beta.len()), (gammas, betas));
            for index in 0..gammas {
                let mut moved = [recipe.clone(), recipe.clone()];
                moved[0].affine.as_mut().unwrap().gamma[index] += STEP;
                moved[1].affine.as_mut().unwrap().gamma[index] -= STEP;
                let [up, down] = moved.map(|recipe| loss(&recipe, &x, &dy));
                close(affine.gamma[index], (up - down) / (2.0 * STEP));
            }
            for index in 0..betas {
                let mut moved = [recipe.clone(), recipe.clone()];
                moved[0].affine.as_mut().unwrap().beta[index] += STEP;
                moved[1].affine.as_mut().unwrap().beta[index] -= STEP;
                let [up, down] = moved.map(|recipe| loss(&recipe, &x, &dy));
                close(affine.beta[index], (up - down) / (2.0 * STEP));
            }
        }
    }
    assert_eq!(compared, 6 * 18 * 5 * 3);
}

/// A shift of a group changes nothing where the mean is subtracted, nor does a factor where eps is 0: the gradient is
/// orthogonal to both.
#[test]
fn the_gradient_is_orthogonal_to_what_the_forward_does_not_see() {
    let shape = (6, 4, 3);
    let (x, dy) = (array(shape, 5), array(shape, 6));
    for grouping in [Grouping::FEATURE, Grouping::EXAMPLE, Grouping::INSTANCE, Grouping::channel_groups(2)] {
        for (center, scale) in [(Center::Mean, DEVIATION), (Center::None, Scale::RootMeanSquare)] {
            let recipe = Recipe::new(grouping, center, scale);
            let (_, fitted) = recipe.normalize(x.view()).unwrap();
            let (dx, _) = fitted.gradient(x.view(), dy.view(), Dependence::OnInput).unwrap();
            let mut sums = vec![(0.0, 0.0); fitted.groups.len()];
            for (place, d) in dx.indexed_iter() {
                let group = grouping.index(Shape::of(&x.view()), place.0, place.1, place.2);
                sums[group].0 += d;
                sums[group].1 += d * x[place];
            }
            for (shift, factor) in sums {
                assert!(center == Center::None || shift.abs() < 1e-13, "{recipe:?}: {shift}");
                assert!(factor.abs() < 1e-13, "{recipe:?}: {factor}");
            }
        }
    }
}

#[test]
fn the_memory_order_does_not_matter() {
    let shape = (3, 4, 5);
    let (x, dy) = (array(shape, 7), array(shape, 8));
    for recipe in recipes() {
        let affine = Some(Affine { gamma: numbers(4, 9), beta: numbers(1, 9) });
        let recipe = Recipe { affine, ..recipe };
        let (_, fitted) = recipe.normalize(x.view()).unwrap();
        let (expected, affine) = fitted.gradient(x.view(), dy.view(), Dependence::OnInput).unwrap();
        // As images of interleaved channels, and as a mixture of orders.
        let mut turned = Array3::<f64>::zeros(shape.f());
        turned.assign(&x);
        let mut channels_last = Array3::<f64>::zeros((3, 5, 4)).permuted_axes([0, 2, 1]);
        channels_last.assign(&x);
        let mut dy_last = Array3::<f64>::zeros((3, 5, 4)).permuted_axes([0, 2, 1]);
        dy_last.assign(&dy);
        for (x, dy) in [(turned.view(), dy.view()), (channels_last.view(), dy_last.view())] {
            let mut dx = Array3::<f64>::zeros((3, 5, 4)).permuted_axes([0, 2, 1]);
            let mut found = AffineGradient::default();
            fitted.gradient_into(x, dy, Dependence::OnInput, dx.view_mut(), &mut found).unwrap();
            let close = |a: &f64, b: &f64| assert!((a - b).abs() < 1e-12, "{recipe:?}: {a} {b}");
            dx.iter().zip(&expected).for_each(|(a, b)| close(a, b));
            found.gamma.iter().zip(&affine.gamma).for_each(|(a, b)| close(a, b));
            found.beta.iter().zip(&affine.beta).for_each(|(a, b)| close(a, b));
        }
    }
}

#[test]
fn missing_values_have_no_part_and_a_diverged_one_spoils_its_group() {
    let shape = (6, 2, 1);
    let (mut x, dy) = (array(shape, 10), array(shape, 11));
    x[[2, 0, 0]] = f64::NAN;
    let affine = Some(Affine { gamma: vec![2.0, 3.0], beta: vec![0.0, 1.0] });
    let recipe = Recipe { affine, ..Recipe::new(Grouping::FEATURE, Center::Mean, DEVIATION) };
    let (_, fitted) = recipe.normalize(x.view()).unwrap();
    let (dx, found) = fitted.gradient(x.view(), dy.view(), Dependence::OnInput).unwrap();
    assert_eq!(dx[[2, 0, 0]], 0.0);
    // The same without that row.
    let rows = [0, 1, 3, 4, 5];
    let of_rows = |array: &Array3<f64>| array.select(ndarray::Axis(0), &rows);
    let (_, fitted_rows) = recipe.normalize(of_rows(&x).view()).unwrap();
    let (dx_rows, found_rows) =
        fitted_rows.gradient(of_rows(&x).view(), of_rows(&dy).view(), Dependence::OnInput).unwrap();
    rows.iter().enumerate().for_each(|(index, row)| {
        assert!((dx[[*row, 0, 0]] - dx_rows[[index, 0, 0]]).abs() < 1e-14);
    });
    assert!((found.gamma[0] - found_rows.gamma[0]).abs() < 1e-14);
    let strict = Recipe { non_finite: NonFinite::Propagate, ..recipe };
    let (_, fitted) = strict.normalize(x.view()).unwrap();
    let (dx, found) = fitted.gradient(x.view(), dy.view(), Dependence::OnInput).unwrap();
    assert!((0..6).all(|row| dx[[row, 0, 0]].is_nan() && dx[[row, 1, 0]].is_finite()));
    assert!(found.gamma[0].is_nan() && found.gamma[1].is_finite());
}

#[test]
fn statistics_from_elsewhere_are_constants() {
    let shape = (3, 2, 1);
    let (x, dy) = (array(shape, 12), array(shape, 13));
    let running = crate::RunningStatistics { mean: vec![1.0, 2.0], variance: vec![4.0, 0.25], batches: 1 };
    let recipe = Recipe::new(Grouping::FEATURE, Center::Mean, DEVIATION);
    let fitted = running.fitted(recipe, Shape::of(&x.view())).unwrap();
    let (dx, _) = fitted.gradient(x.view(), dy.view(), Dependence::Constant).unwrap();
    for (place, d) in dx.indexed_iter() {
        assert_eq!(*d, dy[place] / [2.0, 0.5][place.1]);
    }
}

#[test]
fn a_constant_group_and_extreme_magnitudes_are_no_trouble() {
    let recipe = Recipe::new(Grouping::EXAMPLE, Center::Mean, DEVIATION);
    let dy = array((1, 4, 1), 14);
    let gradient = |x: [f64; 4]| {
        let x = Array3::from_shape_vec((1, 4, 1), x.to_vec()).unwrap();
        let fitted = recipe.fit(x.view()).unwrap();
        fitted.gradient(x.view(), dy.view(), Dependence::OnInput).unwrap().0
    };
    let mean = dy.mean().unwrap();
    gradient([5.0; 4]).iter().zip(&dy).for_each(|(d, g)| assert!((d - (g - mean)).abs() < 1e-15));
    let plain = gradient([1.0, 2.0, 4.0, 8.0]);
    for size in [1e300, 1e-300] {
        let scaled = gradient([1.0, 2.0, 4.0, 8.0].map(|x| x * size));
        plain.iter().zip(&scaled).for_each(|(a, b)| assert!((a - b * size).abs() < 1e-13, "{a} {b}"));
    }
    let offset = gradient([1.0, 2.0, 4.0, 8.0].map(|x| x + 1e12));
    plain.iter().zip(&offset).for_each(|(a, b)| assert!((a - b).abs() < 1e-13, "{a} {b}"));
}

#[test]
fn what_has_no_gradient_here_is_refused() {
    let (x, dy) = (array((3, 2, 1), 15), array((3, 2, 1), 16));
    let min_max = Recipe::new(Grouping::FEATURE, Center::Min, Scale::Range).fit(x.view()).unwrap();
    let error = min_max.gradient(x.view(), dy.view(), Dependence::OnInput).unwrap_err();
    assert!(matches!(error, Error::Parameter { name: "center and scale", .. }), "{error}");
    let fitted = Recipe::new(Grouping::EXAMPLE, Center::Mean, DEVIATION).fit(x.view()).unwrap();
    let other = array((2, 2, 1), 17);
    assert!(matches!(fitted.gradient(x.view(), other.view(), Dependence::OnInput), Err(Error::ShapeMismatch { .. })));
    let clipped = Recipe { clip: Some((-1.0, 1.0)), ..fitted.recipe.clone() }.fit(x.view()).unwrap();
    assert!(clipped.gradient(x.view(), dy.view(), Dependence::OnInput).is_err());
}
