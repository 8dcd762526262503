//! Against sums with twice the digits, on groups as large as data sets are, with offsets and missing values.

use ndarray::Array3;
use normlab::engine::{Method, Real};

/// Reproducible numbers around `offset`, roughly normal.
fn numbers(seed: u64, offset: f64, scale: f64) -> impl FnMut() -> f64 {
    let mut bits = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move || {
        let mut sum = 0.0;
        for _ in 0..4 {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            sum += (bits >> 11) as f64 / (1_u64 << 53) as f64;
        }
        offset + scale * (sum - 2.0)
    }
}

/// `a + b` with its error.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}

/// The z-scores of `x` to about twice the digits, rounded.
fn exact(x: &[f64]) -> Vec<f64> {
    let total = |values: &mut dyn Iterator<Item = (f64, f64)>| {
        values.fold((0.0, 0.0), |(high, low), (value, error)| {
            let (sum, lost) = two_sum(high, value);
            (sum, low + lost + error)
        })
    };
    let there: Vec<f64> = x.iter().copied().filter(|v| !v.is_nan()).collect();
    let n = there.len() as f64;
    let sum = total(&mut there.iter().map(|v| (*v, 0.0)));
    let high = (sum.0 + sum.1) / n;
    let product = high.mul_add(n, -(high * n));
    let low = ((sum.0 - high * n) - product + sum.1) / n;
    let centred = |v: f64| {
        let (d, error) = two_sum(v, -high);
        two_sum(d, error - low)
    };
    let squares = total(&mut there.iter().map(|v| {
        let (d, e) = centred(*v);
        (d * d, d.mul_add(d, -(d * d)) + 2.0 * d * e)
    }));
    let sd = ((squares.0 + squares.1) / n).sqrt();
    // One Newton step for the last place of the root.
    let rest = (squares.0 / n - sd * sd) - sd.mul_add(sd, -(sd * sd)) + squares.1 / n;
    let sd_low = rest / (2.0 * sd);
    x.iter()
        .map(|v| {
            let (d, e) = centred(*v);
            let y = d / sd;
            y + (((-y).mul_add(sd, d) + e) - y * sd_low) / sd
        })
        .collect()
}

/// Largest error in units of the last place of the largest output of each column.
fn worst<T: Real>(method: &Method, (rows, columns): (usize, usize), offset: f64, holes: bool) -> f64 {
    let mut next = numbers(rows as u64 * 31 + columns as u64, offset, 1.0);
    let mut value = |index: usize| if holes && index % 7 == 3 { f64::NAN } else { Real::to_f64(T::from_f64(next())) };
    let x = Array3::from_shape_vec((rows, columns, 1), (0..rows * columns).map(&mut value).collect()).unwrap();
    let y = method.run(x.mapv(T::from_f64).view(), None).unwrap().values;
    let mut worst = 0.0_f64;
    for column in 0..columns {
        let values: Vec<f64> = x.slice(ndarray::s![.., column, 0]).to_vec();
        let expected = exact(&values);
        let largest = expected.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        if largest == 0.0 {
            continue;
        }
        let place = largest.log2().floor().exp2() * Real::to_f64(T::epsilon());
        for (row, expected) in expected.iter().enumerate() {
            let found = Real::to_f64(y[[row, column, 0]]);
            assert_eq!(found.is_nan(), expected.is_nan());
            if !expected.is_nan() {
                worst = worst.max((found - expected).abs() / place);
            }
        }
    }
    worst
}

#[test]
fn z_scores_are_right_to_the_last_places() {
    let method = Method::from_slug("z-score").unwrap();
    let (mut single, mut double) = (0.0_f64, 0.0_f64);
    for (rows, columns) in
        [(2, 300), (3, 300), (5, 300), (8, 200), (33, 50), (100, 30), (1000, 13), (20_000, 3), (200_000, 1)]
    {
        for offset in [0.0, 3.0, 1e3, 1e6, 1e9] {
            for holes in [false, true] {
                double = double.max(worst::<f64>(&method, (rows, columns), offset, holes));
                if offset < 1e5 {
                    single = single.max(worst::<f32>(&method, (rows, columns), offset, holes));
                }
            }
        }
    }
    println!("worst: f64 {double:.2} ulp, f32 {single:.2} ulp");
    assert!(double <= 4.0, "f64: {double} ulp");
    assert!(single <= 2.0, "f32: {single} ulp");
}

/// Where the same few values come again and again, rounding does not average out: sums of sixteen in f32, which are faster, miss
/// by 5.5 places here.
#[test]
fn what_repeats_is_as_exact() {
    let mut found = 0.0_f64;
    for seed in 0..2_000 {
        for offset in [0.0, 0.3, 3.0, 100.0] {
            let mut next = numbers(seed, offset, 1.0);
            let few: Vec<f32> = (0..16).map(|_| next() as f32).collect();
            let x = Array3::from_shape_fn((1, 1, 800), |(_, _, at)| few[at % 16]);
            let y = Method::from_slug("instance-norm").unwrap().run(x.view(), None).unwrap().values;
            // Its eps is 1e-5: the same as a variance greater by that.
            let values: Vec<f64> = few.iter().map(|value| f64::from(*value)).collect();
            let mean = values.iter().sum::<f64>() / 16.0;
            let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / 16.0;
            let exact = values.iter().map(|value| (value - mean) / (variance + 1e-5).sqrt());
            let largest = exact.clone().fold(0.0_f64, |m, v| m.max(v.abs()));
            let place = largest.log2().floor().exp2() * f64::from(f32::EPSILON);
            for (found_one, exact) in y.iter().zip(exact) {
                found = found.max((f64::from(*found_one) - exact).abs() / place);
            }
        }
    }
    println!("worst: {found:.2} ulp");
    assert!(found <= 2.0, "{found} ulp");
}

#[test]
fn min_max_hits_both_ends_exactly() {
    let method = Method::from_slug("min-max").unwrap();
    for seed in 0..200 {
        for (offset, scale) in [(0.0, 1.0), (1e9, 3.5), (-7.0, 1e-3), (0.0, 1e300), (0.0, 1e-310), (1e3, 1e-12)] {
            let mut next = numbers(seed, offset, scale);
            let x = Array3::from_shape_fn((5, 11, 1), |_| next());
            ends::<f64>(&method, &x);
            if scale < 1e30 && scale > 1e-30 {
                ends::<f32>(&method, &x);
            }
        }
    }
}

fn ends<T: Real>(method: &Method, x: &Array3<f64>) {
    let y = method.run(x.mapv(T::from_f64).view(), None).unwrap();
    for (column, group) in y.values.columns_of().into_iter().zip(&y.fitted.groups) {
        let (low, high) = column.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(*v), b.max(*v)));
        let expected = if group.constant { (0.0, 0.0) } else { (0.0, 1.0) };
        assert_eq!((low, high), expected, "{group:?}");
    }
}

trait Columns {
    fn columns_of(&self) -> Vec<Vec<f64>>;
}

impl<T: Real> Columns for Array3<T> {
    fn columns_of(&self) -> Vec<Vec<f64>> {
        self.axis_iter(ndarray::Axis(1)).map(|column| column.iter().map(|v| Real::to_f64(*v)).collect()).collect()
    }
}
