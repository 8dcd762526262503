//! The engine as a peer of a benchmark page: the functions a page would call, on numbers that stay in wasm memory.
//!
//! Names that end in `_at` take addresses from [`alloc_f64`] and [`alloc_f32`]. Errors of the engine throw.

#![allow(unsafe_code, reason = "addresses that the page holds")]

use normlab::engine::{self, histogram, moments};
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

/// The numbers at an address.
fn resident<'a, T>(address: *const T, len: usize) -> &'a [T] {
    // SAFETY: the page passes addresses and lengths it got from `alloc_f64` or `alloc_f32`; that room is never freed.
    unsafe { std::slice::from_raw_parts(address, len) }
}

/// Counts in `bins` bins from the least to the greatest value.
#[wasm_bindgen]
pub fn hist(values: &[f64], bins: usize) -> Vec<f64> {
    let range = engine::range(values).unwrap_or((0.0, 0.0));
    histogram(values, range.0, range.1, bins).counts.into_iter().map(|count| count as f64).collect()
}

#[wasm_bindgen]
pub fn hist_at(values: *const f64, len: usize, bins: usize) -> Vec<f64> {
    hist(resident(values, len), bins)
}

/// Least, greatest, mean, standard deviation (divisor n).
#[wasm_bindgen]
pub fn summary(values: &[f64]) -> Vec<f64> {
    let moments = moments(values);
    vec![moments.min, moments.max, moments.mean, moments.sd]
}

#[wasm_bindgen]
pub fn summary_at(values: *const f64, len: usize) -> Vec<f64> {
    summary(resident(values, len))
}

/// The quartiles.
#[wasm_bindgen]
pub fn quantiles(values: &[f64]) -> Vec<f64> {
    // As a page would: one working memory for all questions.
    thread_local!(static SCRATCH: std::cell::RefCell<Vec<f64>> = const { std::cell::RefCell::new(Vec::new()) });
    SCRATCH.with_borrow_mut(|scratch| engine::quantiles(values, &[0.25, 0.5, 0.75], scratch))
}

#[wasm_bindgen]
pub fn quantiles_at(values: *const f64, len: usize) -> Vec<f64> {
    quantiles(resident(values, len))
}
