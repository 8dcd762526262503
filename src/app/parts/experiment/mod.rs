//! Parts of the pages of the experiments.

pub mod arrays;
pub mod choose_and_open;
pub mod claims;
pub mod controls;
pub mod experiment_data;
pub mod experiment_head;
pub mod experiment_index;
pub mod experiment_notes;
pub mod experiment_seed;
pub mod player;
pub mod prediction_field;
pub mod predictions;
pub mod report_view;
