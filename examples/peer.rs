//! The engine as a peer of a benchmark page: the functions a page would call, on numbers that stay in wasm memory.
//!
//! Names that end in `_at` take addresses from [`alloc_f64`], [`alloc_f32`] and [`alloc_u8`]. Errors of the engine throw.

#![allow(unsafe_code, reason = "addresses that the page holds")]

use ndarray::{ArrayView3, ArrayViewMut3};
use normlab::data::csv::parse_numbers;
use normlab::engine::method::{BatchNorm, GroupNorm, InstanceNorm, LayerNorm, MinMax, Normalization, RmsNorm, ZScore};
use normlab::engine::{self, Affine, Method, Real, Recipe, RunningStatistics, Shape, histogram, moments};
use wasm_bindgen::prelude::*;

/// Room for `len` numbers that stays for as long as the page does; its address.
#[wasm_bindgen]
pub fn alloc_f64(len: usize) -> *mut f64 {
    vec![0.0; len].leak().as_mut_ptr()
}

/// As [`alloc_f64`].
#[wasm_bindgen]
pub fn alloc_f32(len: usize) -> *mut f32 {
    vec![0.0; len].leak().as_mut_ptr()
}

/// As [`alloc_f64`], for bytes.
#[wasm_bindgen]
pub fn alloc_u8(len: usize) -> *mut u8 {
    vec![0; len].leak().as_mut_ptr()
}

/// The numbers at an address.
fn resident<'a, T>(address: *const T, len: usize) -> &'a [T] {
    // SAFETY: the page passes addresses and lengths it got from `alloc_f64`, `alloc_f32` or
    // `alloc_u8`; that room is never freed.
    unsafe { std::slice::from_raw_parts(address, len) }
}

/// Counts in `bins` bins from the least to the greatest value.
#[wasm_bindgen]
pub fn hist_at(values: *const f64, len: usize, bins: usize) -> Vec<f64> {
    let values = resident(values, len);
    let range = engine::range(values).unwrap_or((0.0, 0.0));
    histogram(values, range.0, range.1, bins).counts.into_iter().map(|count| count as f64).collect()
}

/// Least, greatest, mean, standard deviation (divisor n).
#[wasm_bindgen]
pub fn summary_at(values: *const f64, len: usize) -> Vec<f64> {
    let moments = moments(resident(values, len));
    vec![moments.min, moments.max, moments.mean, moments.sd]
}

/// The quartiles.
#[wasm_bindgen]
pub fn quantiles_at(values: *const f64, len: usize) -> Vec<f64> {
    // As a page would: one working memory for all questions.
    thread_local!(static SCRATCH: std::cell::RefCell<Vec<f64>> = const { std::cell::RefCell::new(Vec::new()) });
    SCRATCH.with_borrow_mut(|scratch| engine::quantiles(resident(values, len), &[0.25, 0.5, 0.75], scratch))
}

/// As [`resident`], to write to.
fn resident_mut<'a, T>(address: *mut T, len: usize) -> &'a mut [T] {
    // SAFETY: as in `resident`; the page passes an output that no input overlaps.
    unsafe { std::slice::from_raw_parts_mut(address, len) }
}

/// What the page keeps of the numbers of an array `(N, C, L)`.
#[derive(Clone, Copy)]
struct Place<T> {
    input: *const T,
    output: *mut T,
    dim: (usize, usize, usize),
}

impl<T: Real> Place<T> {
    fn shape(&self) -> Shape {
        let (examples, features, positions) = self.dim;
        Shape { examples, features, positions }
    }

    fn views<'a>(&self) -> Result<(ArrayView3<'a, T>, ArrayViewMut3<'a, T>), JsError> {
        let len = self.shape().len();
        let x = ArrayView3::from_shape(self.dim, resident(self.input, len))?;
        Ok((x, ArrayViewMut3::from_shape(self.dim, resident_mut(self.output, len))?))
    }

    fn run(&self, method: Method) -> Result<(), JsError> {
        let (x, out) = self.views()?;
        method.run_into(x, None, out)?;
        Ok(())
    }

    /// A norm layer with gamma and beta of each feature.
    fn layer(
        &self,
        layer: &impl Normalization,
        eps: f64,
        gamma: *const f32,
        beta: Option<*const f32>,
    ) -> Result<(), JsError> {
        let recipe = self.recipe(layer, eps, gamma, beta)?;
        let (x, out) = self.views()?;
        recipe.normalize_into(x, out)?;
        Ok(())
    }

    fn recipe(
        &self,
        layer: &impl Normalization,
        eps: f64,
        gamma: *const f32,
        beta: Option<*const f32>,
    ) -> Result<Recipe, JsError> {
        let wide = |address| resident::<f32>(address, self.dim.1).iter().map(|&v| f64::from(v)).collect();
        let affine = Affine { gamma: wide(gamma), beta: beta.map_or_else(|| vec![0.0], wide) };
        Ok(Recipe { eps, affine: Some(affine), ..layer.recipe(self.shape())? })
    }
}

/// Reads words of 8 bytes, and does next to nothing with them.
#[wasm_bindgen]
pub fn read_at(words: *const u64, len: usize) -> u64 {
    resident(words, len).iter().fold(0, |seen, word| seen ^ word)
}

/// Reads and writes words of 8 bytes.
#[wasm_bindgen]
pub fn write_at(words: *const u64, output: *mut u64, len: usize) {
    resident_mut(output, len).iter_mut().zip(resident(words, len)).for_each(|(output, word)| *output = !word);
}

/// Rows of a table, row after row.
fn table<T>(input: *const T, output: *mut T, rows: usize, columns: usize) -> Place<T> {
    Place { input, output, dim: (rows, columns, 1) }
}

#[wasm_bindgen]
pub fn zscore_at(input: *const f64, output: *mut f64, rows: usize, columns: usize) -> Result<(), JsError> {
    table(input, output, rows, columns).run(Method::ZScore(ZScore::default()))
}

#[wasm_bindgen]
pub fn minmax_at(input: *const f64, output: *mut f64, rows: usize, columns: usize) -> Result<(), JsError> {
    table(input, output, rows, columns).run(Method::MinMax(MinMax::default()))
}

#[wasm_bindgen]
pub fn layernorm_at(
    input: *const f32,
    output: *mut f32,
    rows: usize,
    columns: usize,
    gamma: *const f32,
    beta: *const f32,
    eps: f64,
) -> Result<(), JsError> {
    table(input, output, rows, columns).layer(&LayerNorm::default(), eps, gamma, Some(beta))
}

#[wasm_bindgen]
pub fn rmsnorm_at(
    input: *const f32,
    output: *mut f32,
    rows: usize,
    columns: usize,
    gamma: *const f32,
    eps: f64,
) -> Result<(), JsError> {
    table(input, output, rows, columns).layer(&RmsNorm::default(), eps, gamma, None)
}

/// BatchNorm in evaluation: with running statistics.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "what the benchmark page passes")]
pub fn bninfer_at(
    input: *const f32,
    output: *mut f32,
    n: usize,
    c: usize,
    l: usize,
    gamma: *const f32,
    beta: *const f32,
    mean: *const f32,
    variance: *const f32,
    eps: f64,
) -> Result<(), JsError> {
    let place = Place { input, output, dim: (n, c, l) };
    let wide = |address| resident::<f32>(address, c).iter().map(|&v| f64::from(v)).collect();
    let running = RunningStatistics { mean: wide(mean), variance: wide(variance), batches: 1 };
    let recipe = place.recipe(&BatchNorm::default(), eps, gamma, Some(beta))?;
    let (x, out) = place.views()?;
    Ok(running.fitted(recipe, place.shape())?.transform_into(x, out)?)
}

/// BatchNorm in training: with the statistics of the batch.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "what the benchmark page passes")]
pub fn bntrain_at(
    input: *const f32,
    output: *mut f32,
    n: usize,
    c: usize,
    l: usize,
    gamma: *const f32,
    beta: *const f32,
    eps: f64,
) -> Result<(), JsError> {
    Place { input, output, dim: (n, c, l) }.layer(&BatchNorm::default(), eps, gamma, Some(beta))
}

#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "what the benchmark page passes")]
pub fn groupnorm_at(
    input: *const f32,
    output: *mut f32,
    n: usize,
    c: usize,
    l: usize,
    groups: usize,
    gamma: *const f32,
    beta: *const f32,
    eps: f64,
) -> Result<(), JsError> {
    let method = GroupNorm { groups: groups as u64, ..GroupNorm::default() };
    Place { input, output, dim: (n, c, l) }.layer(&method, eps, gamma, Some(beta))
}

#[wasm_bindgen]
#[allow(clippy::too_many_arguments, reason = "what the benchmark page passes")]
pub fn instancenorm_at(
    input: *const f32,
    output: *mut f32,
    n: usize,
    c: usize,
    l: usize,
    gamma: *const f32,
    beta: *const f32,
    eps: f64,
) -> Result<(), JsError> {
    Place { input, output, dim: (n, c, l) }.layer(&InstanceNorm::default(), eps, gamma, Some(beta))
}

thread_local!(static PARSED: std::cell::RefCell<Vec<f64>> = const { std::cell::RefCell::new(Vec::new()) });

/// The numbers of a table, row by row: how many. They lie at [`parsed`].
#[wasm_bindgen]
pub fn parse_csv_at(bytes: *const u8, len: usize) -> Result<usize, JsError> {
    // The room of the numbers before is free for these.
    PARSED.take();
    let numbers = parse_numbers(resident(bytes, len))?;
    let len = numbers.len();
    PARSED.set(numbers);
    Ok(len)
}

/// Where the numbers of [`parse_csv_at`] lie.
#[wasm_bindgen]
pub fn parsed() -> *const f64 {
    PARSED.with_borrow(|numbers| numbers.as_ptr())
}
