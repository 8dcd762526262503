//! Loops over memory, shaped so that the compiler turns them into SIMD instructions: arrays of lanes, no branches.

// Indices over lanes, not iterators: the form that compilers turn into SIMD instructions.
#![allow(clippy::needless_range_loop)]

mod apply;
mod extremes;
mod line;
mod sums;

pub(super) use apply::{Vectors, apply_one, apply_panel, apply_run};
pub(super) use extremes::{Extremes, panel_extremes, run_extremes};
pub(super) use line::{Finish, Line};
pub(super) use sums::{Of, Sums, Work};

/// Columns of a panel that are worked on at once; their constants and sums fit on the stack.
pub(super) const TILE: usize = 64;

/// Rows between two additions to the totals: bounds rounding, and keeps a block in the first cache.
const ROWS: usize = 64;
