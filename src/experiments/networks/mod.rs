//! What experiments have in common that train networks: the task, the norm layers that are compared, the networks, and how
//! runs look.

mod activations;
mod curves;
mod mlp;
mod norms;
mod run;
mod settings;
mod task;

pub use activations::{activations, array};
pub use curves::{alert, curve_frames, curves};
pub use mlp::{Hidden, Mlp};
pub use norms::NetworkNorm;
pub use run::NetworkRun;
pub use settings::{batch_field, rate_field, steps_field};
pub use task::{ClassificationTask, TaskSummary, said_divergence};

#[cfg(test)]
pub mod tests;
