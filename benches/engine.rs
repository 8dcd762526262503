//! How fast the engine is, natively, on one thread: `cargo bench --no-default-features`. Each group of rows begins with
//! a copy of the same bytes; a row divided by it is what to compare between machines.

use divan::{Bencher, black_box};
use ndarray::Array3;
use normlab::engine::method::{BatchNorm, GroupNorm, InstanceNorm, LayerNorm, MinMax, RmsNorm, ZScore};
use normlab::engine::{self, Method, Real};

fn main() {
    divan::main();
}

/// Sums of sines: spread like data, the same every time, and without a random number generator.
fn array<T: Real>(dim: (usize, usize, usize)) -> Array3<T> {
    let value = |i: usize| (i as f64 * 0.7391).sin() + (i as f64 * 1.9173).sin() + (i as f64 * 4.871).cos();
    let values = (0..dim.0 * dim.1 * dim.2).map(|i| T::from_f64(value(i) * 2.0 + (i % dim.1) as f64)).collect();
    Array3::from_shape_vec(dim, values).unwrap_or_default()
}

fn copy<T: Real>(bencher: Bencher, dim: (usize, usize, usize)) {
    let (x, mut out) = (array::<T>(dim), Array3::<T>::default(dim));
    bencher.bench_local(|| {
        if let (Some(out), Some(x)) = (out.as_slice_mut(), x.as_slice()) {
            out.copy_from_slice(black_box(x));
        }
    });
}

fn run<T: Real>(bencher: Bencher, dim: (usize, usize, usize), method: Method) {
    let (x, mut out) = (array::<T>(dim), Array3::<T>::default(dim));
    bencher.bench_local(|| method.run_into(black_box(x.view()), None, out.view_mut()));
}

/// A table of 10 columns, f64.
#[divan::bench_group(sample_count = 30)]
mod table {
    use super::*;

    const ROWS: [usize; 2] = [100_000, 1_000_000];

    #[divan::bench(args = ROWS)]
    fn a_copy(bencher: Bencher, rows: usize) {
        copy::<f64>(bencher, (rows, 10, 1));
    }

    #[divan::bench(args = ROWS)]
    fn min_max(bencher: Bencher, rows: usize) {
        run::<f64>(bencher, (rows, 10, 1), Method::MinMax(MinMax::default()));
    }

    #[divan::bench(args = ROWS)]
    fn z_score(bencher: Bencher, rows: usize) {
        run::<f64>(bencher, (rows, 10, 1), Method::ZScore(ZScore::default()));
    }
}

/// 4096 examples of 768 features, f32.
#[divan::bench_group(sample_count = 50)]
mod activations {
    use super::*;

    const DIM: (usize, usize, usize) = (4096, 768, 1);

    #[divan::bench]
    fn a_copy(bencher: Bencher) {
        copy::<f32>(bencher, DIM);
    }

    #[divan::bench]
    fn layer_norm(bencher: Bencher) {
        run::<f32>(bencher, DIM, Method::LayerNorm(LayerNorm::default()));
    }

    #[divan::bench]
    fn rms_norm(bencher: Bencher) {
        run::<f32>(bencher, DIM, Method::RmsNorm(RmsNorm::default()));
    }
}

/// 256 images of 64 channels of 28 x 28, f32.
#[divan::bench_group(sample_count = 20)]
mod images {
    use super::*;

    const DIM: (usize, usize, usize) = (256, 64, 28 * 28);

    #[divan::bench]
    fn a_copy(bencher: Bencher) {
        copy::<f32>(bencher, DIM);
    }

    #[divan::bench]
    fn batch_norm_training(bencher: Bencher) {
        run::<f32>(bencher, DIM, Method::BatchNorm(BatchNorm::default()));
    }

    #[divan::bench]
    fn group_norm(bencher: Bencher) {
        run::<f32>(bencher, DIM, Method::GroupNorm(GroupNorm { groups: 32, ..GroupNorm::default() }));
    }

    #[divan::bench]
    fn instance_norm(bencher: Bencher) {
        run::<f32>(bencher, DIM, Method::InstanceNorm(InstanceNorm::default()));
    }
}

/// A million f64.
#[divan::bench_group(sample_count = 30)]
mod column {
    use super::*;

    const DIM: (usize, usize, usize) = (1_000_000, 1, 1);

    fn ask<A>(bencher: Bencher, question: impl Fn(&[f64]) -> A) {
        let values = array::<f64>(DIM).into_raw_vec_and_offset().0;
        bencher.bench_local(|| question(black_box(&values)));
    }

    #[divan::bench]
    fn a_copy(bencher: Bencher) {
        copy::<f64>(bencher, DIM);
    }

    #[divan::bench]
    fn histogram(bencher: Bencher) {
        ask(bencher, |values| engine::range(values).map(|(low, high)| engine::histogram(values, low, high, 50)));
    }

    #[divan::bench]
    fn moments(bencher: Bencher) {
        ask(bencher, engine::moments);
    }

    #[divan::bench]
    fn quartiles(bencher: Bencher) {
        ask(bencher, |values| engine::quantiles(values, &[0.25, 0.5, 0.75], &mut Vec::new()));
    }

    #[divan::bench]
    fn summary(bencher: Bencher) {
        ask(bencher, |values| engine::summarize(values, &mut Vec::new()));
    }

    #[divan::bench]
    fn density(bencher: Bencher) {
        ask(bencher, |values| engine::density(values, -10.0, 10.0, 256, None));
    }
}
