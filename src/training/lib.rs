//! Small networks that really train, to see what norm layers do there.
//!
//! A [`Layer`] is a file with its formula, its shapes, forward and backward; its test compares the backward with finite
//! differences. The norm layer is the engine's: its forward is a recipe, its backward the gradient of that recipe.
//! A [`Network`] is layers in a row, with sums of earlier activations (residual connections) between them; all of its
//! activations lie in one piece of memory, and so do their gradients, the parameters, and the gradients of those.
//! [`Training`] takes steps: a batch, forward, [loss](softmax_cross_entropy), backward, [`NetworkOptimizer`].
//!
//! The same seed gives the same bits on every machine: there are no threads, sums have a fixed order, exp and logarithm are
//! those of the `libm` crate, and tanh is sums and products. Initial weights and the order of batches depend on the seed and
//! the places of linear layers and convolutions alone, so that networks that differ in their norm layers start alike and see
//! the same batches.
//!
//! Architecture invariant: no browser, no clock, no files, and no randomness but from a seed.

mod activation;
mod batches;
mod convolution;
mod evaluation;
mod examples;
mod layer;
mod linear;
mod loss;
mod matrix;
mod network;
mod norm;
mod optimizer;
mod pooling;
mod record;
mod recurrent;
mod residual;
mod time_record;
mod training;

pub use activation::Activation;
pub use batches::BatchOrder;
pub use convolution::Convolution;
pub use evaluation::{NetworkScore, evaluate};
pub use examples::Examples;
pub use layer::{Layer, Pass, Phase};
pub use linear::{Initialization, Linear};
pub use loss::softmax_cross_entropy;
pub use network::Network;
pub use norm::{NormKind, NormLayer};
pub use optimizer::{NetworkOptimizer, Schedule};
pub use pooling::MeanPooling;
pub use record::{LayerRecord, LearnedNorms};
pub use recurrent::Recurrent;
pub use time_record::TimeRecord;
pub use training::{Divergence, Training};

#[cfg(test)]
mod tests;
