//! A trace is the computation itself: replayed, it gives the result of the engine to the last bit; and what it displays
//! is right arithmetic.

use ndarray::{Array3, ArrayView3, ShapeBuilder};
use normlab::engine::method::{
    BatchNorm, GroupNorm, InstanceNorm, LayerNorm, MaxAbs, MinMax, Mode, MomentumOf, Norm, Over, RmsNorm, Robust,
    TrainingBatches, UnitLength, ZScore,
};
use normlab::engine::trace::{Application, ArrayIndex, CenterStep, ScaleStep, StatisticsSource, Step, Trace};
use normlab::engine::{
    Affine, Center, Divisor, Error, ExampleSharing, FeatureSharing, Fitted, Grouping, Method, NonFinite, Real, Recipe,
    Scale, Sharing,
};
use proptest::prelude::*;

use super::arithmetic::consistent;

/// What a whole array is like.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Ordinary,
    /// Every feature constant.
    Constant,
    /// Small differences at 1e15.
    Offset,
    Huge,
    Tiny,
    /// Ordinary with holes.
    Holes,
    /// All of these at once.
    Mixed,
    /// Most of them the same.
    Repeated,
}

const KINDS: [Kind; 8] =
    [Kind::Ordinary, Kind::Constant, Kind::Offset, Kind::Huge, Kind::Tiny, Kind::Holes, Kind::Mixed, Kind::Repeated];

/// The value of a kind at a feature, from a number between -1 and 1.
fn value(kind: Kind, feature: usize, number: f64) -> f64 {
    let digit = (number.abs() * 1e6) as u64 % 8;
    match kind {
        Kind::Ordinary => number * 10.0,
        Kind::Constant => [0.0, 7.3, -1e-3, 0.1][feature % 4],
        Kind::Offset => 1e15 + (number * 8.0).round() / 4.0,
        Kind::Huge => number * 1.7e308,
        Kind::Tiny => number * 1e-300,
        Kind::Holes => {
            if digit < 3 {
                f64::NAN
            } else {
                number
            }
        }
        Kind::Mixed => [number, f64::NAN, 0.0, -0.0, 1e300 * number, 1e-300, 5e-324, 1e9 + number][digit as usize],
        Kind::Repeated => {
            if digit < 6 {
                2.0
            } else {
                number
            }
        }
    }
}

/// An array of a kind, in one of three orders of memory.
fn array((n, c, l): (usize, usize, usize), kind: Kind, order: usize, numbers: &[f64], from: usize) -> Array3<f64> {
    let at =
        |(n, c, l): (usize, usize, usize)| value(kind, c, numbers[(from + n * 31 + c * 7 + l * 3) % numbers.len()]);
    match order {
        0 => Array3::from_shape_fn((n, c, l), at),
        1 => Array3::from_shape_fn((n, c, l).f(), at),
        _ => Array3::from_shape_fn((c, n, l), |(c, n, l)| at((n, c, l))).permuted_axes([1, 0, 2]),
    }
}

pub fn arrays() -> impl Strategy<Value = (Array3<f64>, Array3<f64>)> {
    let shapes = prop_oneof![
        8 => (1..6_usize, 1..7_usize, 1..5_usize),
        4 => (1..9_usize, 1..7_usize, Just(1_usize)),
        1 => (1..4_usize, 60..140_usize, Just(1_usize)),
    ];
    let numbers = prop::collection::vec(-1.0..1.0_f64, 97);
    (shapes, 1..6_usize, prop::sample::select(KINDS.to_vec()), 0..3_usize, numbers).prop_map(
        |((n, c, l), train, kind, order, numbers)| {
            (array((n, c, l), kind, order, &numbers, 0), array((train, c, l), kind, order, &numbers, 50))
        },
    )
}

/// As f32, where nothing becomes infinite.
fn single(x: &Array3<f64>) -> Array3<f32> {
    x.mapv(|v| if v.abs() > 3e38 { 3e38_f32.copysign(v as f32) } else { v as f32 })
}

pub fn methods() -> Vec<Method> {
    let mut all = Method::all();
    all.extend([
        Method::MinMax(MinMax { low: -3.0, high: 1e6, clip: false }),
        Method::MinMax(MinMax { low: -1.0, high: 2.0, clip: true }),
        Method::MinMax(MinMax { clip: true, ..MinMax::default() }),
        Method::MaxAbs(MaxAbs { clip: true }),
        Method::ZScore(ZScore { divisor: Divisor::NMinusOne }),
        Method::Robust(Robust { low: 10.0, high: 90.0, unit_variance: true }),
        Method::BatchNorm(BatchNorm { eps: 0.0, gamma: 2.0, beta: -1.0, ..BatchNorm::default() }),
        Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, batch: 2, ..BatchNorm::default() }),
        Method::BatchNorm(BatchNorm { batches: TrainingBatches::Sized, batch: 2, ..BatchNorm::default() }),
        Method::BatchNorm(BatchNorm {
            mode: Mode::Evaluation,
            momentum_of: MomentumOf::Cumulative,
            gamma: -0.5,
            beta: 3.0,
            eps: 0.0,
            ..BatchNorm::default()
        }),
        Method::LayerNorm(LayerNorm { over: Over::Channels, gamma: 2.0, beta: -1.0, eps: 0.0 }),
        Method::RmsNorm(RmsNorm { over: Over::Channels, eps: 0.0, ..RmsNorm::default() }),
        Method::GroupNorm(GroupNorm { groups: 2, gamma: 0.5, ..GroupNorm::default() }),
        Method::InstanceNorm(InstanceNorm { eps: 0.0, gamma: 0.0, beta: 1.5 }),
        Method::UnitLength(UnitLength { norm: Norm::L1 }),
        Method::UnitLength(UnitLength { norm: Norm::Max }),
    ]);
    all
}

/// Traces every value, and compares with the result.
fn check<T: Real>(
    fitted: &Fitted,
    x: ArrayView3<T>,
    source: StatisticsSource<T>,
    y: &Array3<T>,
) -> Result<(), TestCaseError> {
    for ((n, c, l), y) in y.indexed_iter() {
        let trace = fitted.trace(x, source.clone(), ArrayIndex::new(n, c, l)).unwrap();
        let bytes = postcard::to_stdvec(&trace).unwrap();
        prop_assert!(bytes.len() < 800, "{} bytes", bytes.len());
        let sent: Trace = postcard::from_bytes(&bytes).unwrap();
        let (replayed, y) = (sent.replay(), Real::to_f64(*y));
        prop_assert!(same(replayed, y), "{replayed:e} is not {y:e}: {:?}", trace);
        prop_assert!(same(sent.output, y), "{:e} is not {y:e}", sent.output);
        let statistics = &fitted.groups[trace.group.index];
        prop_assert!(same(trace.group.statistics.center, statistics.center));
        prop_assert!(same(trace.group.statistics.scale, statistics.scale));
        if let Err(wrong) = consistent(&trace) {
            prop_assert!(false, "{wrong}: {trace:?}");
        }
    }
    Ok(())
}

pub fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

fn run_and_check<T: Real>(method: &Method, x: &Array3<T>, train: Option<&Array3<T>>) -> Result<(), TestCaseError> {
    let (x, train) = (x.view(), train.map(|train| train.view()));
    match method.run(x, train) {
        Ok(outcome) => check(&outcome.fitted, x, method.source(x, train), &outcome.values),
        Err(Error::Parameter { name: "groups", .. }) => Ok(()),
        Err(error) => Err(TestCaseError::fail(error.to_string())),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..super::data::config() })]

    #[test]
    fn replaying_a_trace_is_the_result_bit_for_bit((x, train) in arrays()) {
        for method in methods() {
            run_and_check(&method, &x, None)?;
            run_and_check(&method, &x, Some(&train))?;
            run_and_check(&method, &single(&x), None)?;
            run_and_check(&method, &single(&x), Some(&single(&train)))?;
        }
    }

    /// Every mixture of grouping, centre and scale, with vectors of gamma and beta, and infinities where they spread.
    #[test]
    fn replaying_any_recipe_is_the_result_bit_for_bit(
        (x, _) in arrays(), n in 0..4_usize, c in 0..4_usize, l in any::<bool>(), center in 0..4_usize,
        scale in 0..8_usize, eps in any::<bool>(), gammas in 0..4_usize, betas in 1..4_usize, ends in 0..4_usize,
        spread in any::<bool>(),
    ) {
        let sharing = |together| if together { Sharing::Together } else { Sharing::Separate };
        let features = [FeatureSharing::Together, FeatureSharing::Separate, FeatureSharing::Groups(2), FeatureSharing::Groups(3)][c];
        let examples = [ExampleSharing::Together, ExampleSharing::Separate, ExampleSharing::Batches(1), ExampleSharing::Batches(3)][n];
        let grouping = Grouping { examples, features, positions: sharing(l) };
        let center = [Center::None, Center::Mean, Center::Median, Center::Min][center];
        let quantiles = Scale::InterquantileRange { low: 0.1, high: 0.8, unit_variance: false };
        let deviation = Scale::StandardDeviation(Divisor::NMinusOne);
        let scale = [Scale::None, deviation, Scale::RootMeanSquare, Scale::Range, quantiles, Scale::MaxAbs, Scale::L1, Scale::L2][scale];
        let mut recipe = Recipe::new(grouping, center, scale);
        recipe.eps = if eps { 1e-5 } else { 0.0 };
        recipe.range = if ends % 2 == 1 { (-2.0, 5.5) } else { recipe.range };
        recipe.clip = (ends / 2 == 1).then_some((-1.0, 1.0));
        let length = |which: usize| [0, 1, x.dim().1, x.dim().1 * x.dim().2][which];
        if gammas > 0 {
            let gamma = (0..length(gammas)).map(|i| 1.0 + i as f64 * 0.7).collect();
            recipe.affine = Some(Affine { gamma, beta: (0..length(betas)).map(|i| 0.3 - i as f64).collect() });
        }
        let mut x = x;
        if spread {
            recipe.non_finite = NonFinite::Propagate;
            if let Some(value) = x.first_mut() {
                *value = f64::INFINITY;
            }
        }
        if recipe.check(normlab::engine::Shape::of(&x.view())).is_ok() {
            let (y, fitted) = recipe.normalize(x.view()).unwrap();
            check(&fitted, x.view(), StatisticsSource::Values(x.view()), &y)?;
            let x = if spread { x.mapv(|v| v as f32) } else { single(&x) };
            let (y, fitted) = recipe.normalize(x.view()).unwrap();
            check(&fitted, x.view(), StatisticsSource::Values(x.view()), &y)?;
        }
    }
}

fn table(rows: &[&[f64]]) -> Array3<f64> {
    Array3::from_shape_fn((rows.len(), rows[0].len(), 1), |(n, c, _)| rows[n][c])
}

fn trace(method: &Method, x: &Array3<f64>, cell: ArrayIndex) -> Trace {
    method.fit(x.view()).unwrap().trace(x.view(), method.source(x.view(), None), cell).unwrap()
}

/// By hand: 1, 2, 3, 6 have mean 3 and squares 4, 1, 0, 9.
#[test]
fn the_worked_example_stands_in_its_trace() {
    let x = table(&[&[1.0], &[2.0], &[3.0], &[6.0], &[f64::NAN]]);
    let found = trace(&Method::ZScore(ZScore::default()), &x, ArrayIndex::new(3, 0, 0));
    assert_eq!((found.value, found.group.index, found.group.extent), (6.0, 0, Some((1.0, 6.0))));
    assert_eq!(
        (found.group.members.clone(), found.group.fitted.clone()),
        ([0..5, 0..1, 0..1], Some([0..5, 0..1, 0..1]))
    );
    assert_eq!((found.group.statistics.count, found.group.statistics.missing), (4, 1));
    let CenterStep::Mean { sum, count, center, .. } = found.center.step else { panic!("{:?}", found.center) };
    assert_eq!((sum.total, sum.more, count, center), (12.0, 0, 4, 3.0));
    let ScaleStep::StandardDeviation { squares, by, variance, eps, sum, scale, substitute, .. } = found.scale.step
    else {
        panic!("{:?}", found.scale)
    };
    assert_eq!(squares.first.iter().map(|term| term.term).collect::<Vec<_>>(), [4.0, 1.0, 0.0, 9.0]);
    assert_eq!((squares.total, by, variance, eps, sum), (14.0, 4.0, 3.5, 0.0, 3.5));
    assert_eq!((scale, substitute), (3.5_f64.sqrt(), None));
    let Application::Steps(steps) = found.application.step else { panic!("{:?}", found.application) };
    assert_eq!(steps[0], Step::Subtract { value: 6.0, center: 3.0, low: 0.0, result: 3.0 });
    assert!(matches!(steps[1], Step::Divide { value: 3.0, result, .. } if result == found.output));
    let missing = trace(&Method::ZScore(ZScore::default()), &x, ArrayIndex::new(4, 0, 0));
    assert!(missing.application.step == Application::MissingValue && missing.replay().is_nan());
}

/// What takes the place of a scale of 0 is said, and places outside of the array are refused.
#[test]
fn substitutes_and_refusals() {
    use normlab::engine::trace::Substitute;
    let x = table(&[&[5.0, 0.0], &[5.0, 0.0], &[5.0, 0.0]]);
    let said =
        |slug: &str, c| trace(&Method::from_slug(slug).unwrap(), &x, ArrayIndex::new(0, c, 0)).scale.step.substitute();
    assert_eq!(said("z-score", 0), Some(Substitute::Constant));
    assert_eq!(said("min-max", 1), Some(Substitute::Constant));
    assert_eq!(said("robust", 0), Some(Substitute::Constant));
    assert_eq!((said("max-abs", 0), said("max-abs", 1)), (None, Some(Substitute::Zeros)));
    assert_eq!(said("batch-norm", 0), None, "eps is there to divide by");
    let steps = table(&[&[1.0], &[2.0], &[2.0], &[2.0], &[2.0], &[9.0]]);
    let robust = trace(&Method::Robust(Robust::default()), &steps, ArrayIndex::new(0, 0, 0));
    assert_eq!(robust.scale.step.substitute(), Some(Substitute::NoSpread));
    let fitted = Method::ZScore(ZScore::default()).fit(x.view()).unwrap();
    let outside = fitted.trace(x.view(), StatisticsSource::Values(x.view()), ArrayIndex::new(0, 2, 0));
    assert!(matches!(outside, Err(Error::Parameter { name: "feature", .. })), "{outside:?}");
    let other = fitted.trace(x.view(), StatisticsSource::Values(steps.view()), ArrayIndex::new(0, 0, 0));
    assert!(matches!(other, Err(Error::ShapeMismatch { .. })), "{other:?}");
}

/// Quantiles show between which sorted values they lie.
#[test]
fn a_robust_trace_shows_its_neighbours() {
    let x = table(&[&[4.0], &[1.0], &[2.0], &[10.0]]);
    let found = trace(&Method::Robust(Robust::default()), &x, ArrayIndex::new(3, 0, 0));
    let CenterStep::Median { between, center, .. } = found.center.step else { panic!("{:?}", found.center) };
    assert_eq!((between.rank, between.below, between.above, between.share, center), (1, 2.0, 4.0, 0.5, 3.0));
    let ScaleStep::InterquantileRange { low, high, difference, normal, scale, .. } = found.scale.step else {
        panic!("{:?}", found.scale)
    };
    assert_eq!((low.below, low.above, low.share, low.value), (1.0, 2.0, 0.75, 1.75));
    assert_eq!((high.below, high.above, high.share, high.value), (4.0, 10.0, 0.25, 5.5));
    assert_eq!((difference, normal, scale, found.output), (3.75, None, 3.75, 7.0 / 3.75));
}

/// Half of the least number there is would be 0: such a spread is none the less a spread.
#[test]
fn two_values_next_to_each_other_at_zero_are_not_constant() {
    let x = table(&[&[0.0], &[5e-324]]);
    for slug in ["z-score", "robust", "min-max"] {
        let method = Method::from_slug(slug).unwrap();
        let y = method.run(x.view(), None).unwrap().values;
        assert_eq!(y[[1, 0, 0]] - y[[0, 0, 0]], if slug == "min-max" { 1.0 } else { 2.0 }, "{slug}: {y}");
        let found = trace(&method, &x, ArrayIndex::new(1, 0, 0));
        assert_eq!(found.scale.step.substitute(), None, "{slug}: nothing was put in place of the scale");
        assert_eq!(consistent(&found), Ok(()), "{slug}");
    }
}

/// Added up around a middle, the sum of these would be 0.
#[test]
fn a_sum_keeps_what_stands_beside_numbers_that_cancel() {
    let large = 2.0_f64.powi(126);
    let x = table(&[&[2.0 * large], &[-large], &[1e9], &[-large]]);
    let found = trace(&Method::ZScore(ZScore::default()), &x, ArrayIndex::new(2, 0, 0));
    let CenterStep::Mean { sum, .. } = found.center.step else { panic!("{:?}", found.center) };
    assert_eq!(sum.total, 1e9);
}
