//! What adding and multiplying does to the outputs of both norms, by the engine in f64 and without eps: exact but for rounding.

use ndarray::{Array3, ArrayView3};
use normlab_data::random::Stream;
use normlab_engine::{Center, Divisor, Grouping, Recipe, Scale};

use crate::Refusal;

/// Random vectors.
const VECTORS: usize = 8;
/// What they are multiplied by.
pub const FACTOR: f64 = 7.0;
/// Shifts of the curve: from 0 to the largest, so many steps apart.
const LARGEST_SHIFT: f64 = 10.0;
const SHIFTS: usize = 40;
/// Streams of random numbers: those of networks count from 0.
const STREAM: u64 = 1 << 35;

/// Largest changes of outputs: under LayerNorm, under RMSNorm.
pub type Changes = [f64; 2];

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub struct NormLaws {
    /// The largest difference between LayerNorm and RMSNorm of the numbers less their mean.
    pub difference: f64,
    /// When every number is multiplied by [`FACTOR`].
    pub multiplied: Changes,
    /// When the chosen shift is added to every number.
    pub shifted: Changes,
    /// By shift.
    pub by_shift: Vec<(f64, Changes)>,
}

fn recipe(center: Center, scale: Scale) -> Recipe {
    Recipe { eps: 0.0, ..Recipe::new(Grouping::EXAMPLE, center, scale) }
}

/// Vectors of `width` normal numbers, in `(N, C, L)` as examples.
pub fn laws(width: usize, shift: f64, seed: u64) -> Result<NormLaws, Refusal> {
    let recipes =
        [recipe(Center::Mean, Scale::StandardDeviation(Divisor::N)), recipe(Center::None, Scale::RootMeanSquare)];
    let mut stream = Stream::new(seed, STREAM);
    let x = Array3::from_shape_fn((VECTORS, width, 1), |_| stream.normal());
    let normalize = |recipe: &Recipe, x: ArrayView3<'_, f64>| {
        let mut y = Array3::zeros(x.dim());
        recipe.normalize_into(x, y.view_mut()).map_err(|error| Refusal::because(error.to_string()))?;
        Ok::<_, Refusal>(y)
    };
    let outputs = [normalize(&recipes[0], x.view())?, normalize(&recipes[1], x.view())?];
    let changes = |x: &Array3<f64>| -> Result<Changes, Refusal> {
        let mut changes = [0.0; 2];
        for ((change, recipe), before) in changes.iter_mut().zip(&recipes).zip(&outputs) {
            *change = largest(&normalize(recipe, x.view())?, before);
        }
        Ok(changes)
    };
    let mut centred = x.clone();
    for mut vector in centred.outer_iter_mut() {
        let mean = vector.sum() / width as f64;
        vector -= mean;
    }
    let at = |index: usize| LARGEST_SHIFT * index as f64 / SHIFTS as f64;
    let by_shift = (0..=SHIFTS).map(|index| Ok((at(index), changes(&(&x + at(index)))?)));
    Ok(NormLaws {
        difference: largest(&normalize(&recipes[1], centred.view())?, &outputs[0]),
        multiplied: changes(&(&x * FACTOR))?,
        shifted: changes(&(&x + shift))?,
        by_shift: by_shift.collect::<Result<_, Refusal>>()?,
    })
}

/// The largest difference of two outputs.
fn largest(a: &Array3<f64>, b: &Array3<f64>) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}
