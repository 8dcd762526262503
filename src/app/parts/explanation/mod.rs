//! Where a number comes from, and what if it were another.

pub mod gradient;
pub mod inspector;
pub mod members;
pub mod number_lines;
mod outcome;
pub mod readout;
pub mod what_if;
