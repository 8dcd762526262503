//! The noise in the statistics of a batch, measured with the engine and by exact law.

use ndarray::Array3;
use normlab_data::random::Stream;
use normlab_engine::{Center, Divisor, Grouping, Recipe, Scale, moments};

use crate::Refusal;

/// How many batches are drawn.
const DRAWS: usize = 4000;
/// Streams of random numbers: those of networks count from 0.
const STREAM: u64 = 1 << 32;

/// What was measured over many batches of standard normal values, one feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchNoise {
    pub size: usize,
    /// Standard deviation of the mean of a batch.
    pub sd_of_mean: f64,
    /// Mean and standard deviation of the biased variance of a batch.
    pub mean_of_variance: f64,
    pub sd_of_variance: f64,
    /// The largest absolute output.
    pub largest: f64,
    /// Standard deviation of the output of one value, 1, in the company of others.
    pub jitter: f64,
}

/// The same by law, in the same order: `1 / sqrt(N)`, `(N - 1) / N`, `sqrt(2 (N - 1)) / N`, and at most `sqrt(N - 1)`.
pub fn laws(size: usize) -> [f64; 4] {
    let n = size as f64;
    [1.0 / n.sqrt(), (n - 1.0) / n, (2.0 * (n - 1.0)).sqrt() / n, (n - 1.0).sqrt()]
}

/// Draws batches of so many values, normalizes each by itself, and does the same with a first value that is always 1.
pub fn of_batches(size: usize, seed: u64) -> Result<BatchNoise, Refusal> {
    let mut stream = Stream::new(seed, STREAM + size as u64);
    // Every batch is a feature of its own.
    let mut x = Array3::from_shape_simple_fn((size, DRAWS, 1), || stream.normal());
    let recipe = Recipe::new(Grouping::FEATURE, Center::Mean, Scale::StandardDeviation(Divisor::N));
    let refused = |error: normlab_engine::Error| Refusal::because(error.to_string());
    let (y, fitted) = recipe.normalize(x.view()).map_err(refused)?;
    let means: Vec<f64> = fitted.groups.iter().map(|group| group.center).collect();
    let variances: Vec<f64> = fitted.groups.iter().map(|group| group.dispersion).collect();
    let variance = moments(&variances);
    Ok(BatchNoise {
        size,
        sd_of_mean: moments(&means).sd,
        mean_of_variance: variance.mean,
        sd_of_variance: variance.sd,
        largest: y.iter().fold(0.0, |largest: f64, value| largest.max(value.abs())),
        jitter: jitter(&recipe, &mut x).map_err(refused)?,
    })
}

/// How much the output of the first value of every batch moves when that value is 1 each time.
fn jitter(recipe: &Recipe, x: &mut Array3<f64>) -> Result<f64, normlab_engine::Error> {
    x.index_axis_mut(ndarray::Axis(0), 0).fill(1.0);
    let (y, _) = recipe.normalize(x.view())?;
    let outputs: Vec<f64> = y.index_axis(ndarray::Axis(0), 0).iter().copied().collect();
    Ok(moments(&outputs).sd)
}
