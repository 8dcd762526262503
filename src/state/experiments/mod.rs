//! The pages of the experiments.

pub mod experiment;
pub mod experiment_answers;
