//! Fitting a recipe, and applying what was found.

mod batches;
pub mod compiled;
pub mod fit;
pub mod fitted;
pub mod gather;
pub mod layout;
pub mod map;
pub mod transform;
