//! What all experiments have in common.

mod any;
mod experiment;
mod pace;
mod seeds;
mod serve;
mod table;

pub use any::{AnyExperiment, Described, Of, Running};
pub use experiment::{Experiment, Info, Made, OwnUse, Refusal};
pub use pace::{Host, Pace};
pub use serve::{Files, serve};
pub use table::{Origin, Table, Target};
