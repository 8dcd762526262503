//! Settings that experiments on networks declare alike.

use normlab_parameters::{Allowed, Field, Fields};

/// How long every network is trained.
pub fn steps_field<F: Fields>(fields: &mut F, steps: &mut u64) {
    let help = "How many steps every network is trained.";
    fields.integer(Field { key: "steps", label: "Steps", help }, Allowed::Between(10.0, 3000.0), steps);
}

/// The size of the batches in training.
pub fn batch_field<F: Fields>(fields: &mut F, batch: &mut u64) {
    let help = "How many rows a step sees.";
    fields.integer(Field { key: "batch", label: "Batch size", help }, Allowed::Between(2.0, 512.0), batch);
}

/// The learning rate of plain gradient descent, at most `high`.
pub fn rate_field<F: Fields>(fields: &mut F, high: f64, rate: &mut f64) {
    let help = "How far a step of plain gradient descent goes against the gradient.";
    fields.number(Field { key: "rate", label: "Learning rate", help }, Allowed::Between(1e-3, high), rate);
}
