//! The pages: each a file, each with an address of its own (see [`crate::state::Page`]).

pub mod experiment;
pub mod experiments;
pub mod explore;
pub mod other;
pub mod practice;
pub mod present;
pub mod waiting;
