//! Training as a peer of a benchmark page: one network of `benches/training` at a time.

#![allow(clippy::expect_used, reason = "a benchmark stops loudly")]

#[path = "../benches/training/networks.rs"]
mod networks;

use wasm_bindgen::prelude::*;

/// A network in training.
#[wasm_bindgen]
pub struct Trainer(normlab_training::Training<'static>);

#[wasm_bindgen]
impl Trainer {
    /// The network of this name, before its first step.
    #[wasm_bindgen(constructor)]
    pub fn new(id: &str) -> Self {
        let work = networks::WORKS.into_iter().find(|work| work.id == id).expect("a network of this name");
        Self(networks::training(work))
    }

    /// Takes so many steps; the loss of the batch before the last one.
    pub fn steps(&mut self, count: u32) -> f64 {
        (0..count).map(|_| self.0.step()).last().unwrap_or(f64::NAN)
    }
}
