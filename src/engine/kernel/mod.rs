//! Loops over memory as SIMD instructions. Where the compiler does not find them by itself, registers are named, no more of
//! them at once than a processor has; elsewhere loops have arrays of lanes and no branches.

#![allow(
    clippy::needless_range_loop,
    reason = "indices over lanes: the form that compilers turn into SIMD instructions"
)]

mod ahead;
mod apply;
mod extremes;
mod line;
mod panel;
mod runs;
mod sums;
mod vector;

use ahead::{BLOCK, ask_ahead, in_parts};
pub(super) use ahead::{PAGE, PARTS, ask_ahead_of_run};
pub(super) use apply::{Vectors, apply_run};
pub(super) use extremes::{Extremes, panel_extremes, run_extremes};
pub(super) use line::{AffineForm, AffineMap, Finish};
pub(super) use panel::apply_panel;
pub(super) use sums::{GroupTotals, Of, SumsTask};
pub(super) use vector::Vector;
pub use vector::Vectorized;

/// Columns of a panel that are worked on at once; their constants and sums fit on the stack.
pub(super) const TILE: usize = 64;

/// The blocks that rows of a panel of `width` columns are worked on in: the first row of each, and how many. They are small, so
/// that a block is still in the first cache for the next columns, that the next is on its way before they are done, and that
/// rounding stays small in sums of it.
fn blocks(rows: usize, width: usize) -> impl Iterator<Item = (usize, usize)> {
    const LEAST: usize = 16;
    const VALUES: usize = 1024;
    let most = (VALUES / width).max(LEAST);
    (0..rows).step_by(most).map(move |first| (first, most.min(rows - first)))
}

/// How many registers full of columns are worked on at once when so many are left: up to `most`, as evenly as can be.
fn at_once(left: usize, most: usize) -> usize {
    left.div_ceil(left.div_ceil(most).max(1))
}
