//! What one changed value moves: found on a part of the array, it is what the whole gives.

use ndarray::{Array3, ArrayView3, ShapeBuilder, s};
use normlab::engine::method::{BatchNorm, Custom, FeatureChoice, ScaleChoice, TrainingBatches};
use normlab::engine::trace::ArrayIndex;
use normlab::engine::what_if::Moves;
use normlab::engine::{Center, Error, Method, Shape, Sharing};
use proptest::prelude::*;

use super::trace::{arrays, methods, same};

/// As data sets lie in memory: a table feature by feature.
fn laid(of: ArrayView3<f64>) -> Array3<f64> {
    let mut copy = if of.dim().2 == 1 { Array3::zeros(of.dim().f()) } else { Array3::zeros(of.dim()) };
    copy.assign(&of);
    copy
}

/// The value at `cell` is now another; of the rows to fit on, that of the first one is.
fn check(
    method: &Method,
    x: &Array3<f64>,
    train: Option<&Array3<f64>>,
    cell: ArrayIndex,
    value: f64,
) -> Result<(), TestCaseError> {
    let run = |x: &Array3<f64>, train: Option<&Array3<f64>>| {
        method.run(x.view(), train.map(|train| train.view())).map(|outcome| outcome.values)
    };
    let before = match run(x, train) {
        Err(Error::Parameter { name: "groups", .. }) => return Ok(()),
        before => before.unwrap(),
    };
    let (mut changed, mut changed_train) = (x.clone(), train.cloned());
    changed[[cell.example, cell.feature, cell.position]] = value;
    if let Some(train) = &mut changed_train {
        train[[0, cell.feature, cell.position]] = value;
    }
    let whole = run(&changed, changed_train.as_ref()).unwrap();
    let reach = method.reach(x.view(), cell).unwrap();
    let [examples, features, positions] = reach.clone();
    let part = s![examples.clone(), features.clone(), positions];
    let rows = laid(changed.slice(part));
    let train = changed_train.as_ref().map(|train| laid(train.slice(s![.., features.clone(), ..])));
    let found = run(&rows, train.as_ref()).unwrap();
    for (found, whole) in found.iter().zip(whole.slice(part)) {
        prop_assert!(same(*found, *whole), "{found:e} is not {whole:e}: {method:?} at {cell:?}");
    }
    // Outside of the group nothing moves but in last digits.
    let shape = Shape::of(&x.view());
    let grouping = method.recipe(shape).unwrap().grouping;
    let members = grouping.members_with(shape, cell).unwrap();
    for ((at, before), whole) in before.indexed_iter().zip(&whole) {
        let inside = [at.0, at.1, at.2].into_iter().zip(&members).all(|(at, range)| range.contains(&at));
        let far = (before - whole).abs();
        prop_assert!(inside || same(*before, *whole) || far <= 1e-14 * before.abs(), "{method:?} at {cell:?}: {at:?}");
    }
    let of_group = Moves::between(before.view(), whole.view(), members, cell).unwrap();
    let here = ArrayIndex { example: cell.example - examples.start, feature: cell.feature - features.start, ..cell };
    let members = grouping.members_with(Shape::of(&rows.view()), here).unwrap();
    let mut of_part = Moves::between(before.slice(part), found.view(), members, here).unwrap();
    if let Some(farthest) = &mut of_part.farthest {
        farthest.cell.example += examples.start;
        farthest.cell.feature += features.start;
    }
    prop_assert_eq!(format!("{:?}", of_part), format!("{:?}", of_group));
    Ok(())
}

/// Every method with a name, and mixtures that nobody named.
fn all() -> Vec<Method> {
    let mut all = methods();
    let mixture = |features, center, scale| {
        let examples = Sharing::Together;
        Method::Custom(Custom { examples, features, center, scale, groups: 2, ..Custom::default() })
    };
    all.extend([
        mixture(FeatureChoice::Together, Center::Mean, ScaleChoice::StandardDeviation),
        mixture(FeatureChoice::Groups, Center::Median, ScaleChoice::InterquartileRange),
        mixture(FeatureChoice::Separate, Center::Median, ScaleChoice::L1),
        mixture(FeatureChoice::Separate, Center::Min, ScaleChoice::RootMeanSquare),
        Method::BatchNorm(BatchNorm { batches: TrainingBatches::Sized, batch: 3, ..BatchNorm::default() }),
    ]);
    all
}

/// Sums of many values are taken in another order where the values lie otherwise.
#[test]
fn the_part_that_can_move_of_a_long_table_gives_what_the_whole_gives() {
    let (n, c) = (1100, 12);
    let number = |n: usize, c: usize| (((n * 7919 + c * 104_729) % 1009) as f64).sin() * 3.7;
    let table = |rows: usize, shift: usize| Array3::from_shape_fn((rows, c, 1).f(), |(n, c, _)| number(n + shift, c));
    let (x, train) = (table(n, 0), table(n / 2, 5000));
    for method in all() {
        for (cell, value) in [(ArrayIndex::new(3, 0, 0), 1e4), (ArrayIndex::new(n - 1, c - 1, 0), f64::NAN)] {
            check(&method, &x, None, cell, value).unwrap();
            check(&method, &x, Some(&train), cell, value).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..super::data::config() })]

    #[test]
    fn the_part_that_can_move_gives_what_the_whole_gives(
        (x, train) in arrays(), at in any::<prop::sample::Index>(), value in prop_oneof![-20.0..20.0_f64, Just(f64::NAN)],
    ) {
        let (x, train) = (laid(x.view()), laid(train.view()));
        let (_, c, l) = x.dim();
        let at = at.index(x.len());
        let cell = ArrayIndex::new(at / (c * l), at / l % c, at % l);
        for method in all() {
            check(&method, &x, None, cell, value)?;
            check(&method, &x, Some(&train), cell, value)?;
        }
    }
}
