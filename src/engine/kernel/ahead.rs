//! How memory is read so that it is waited for least.

use std::hint::black_box;
use std::ops::Range;

use super::blocks;
use crate::Real;

/// Parts of a long stretch of memory that are read side by side. A processor asks for what comes next on its own, but not for
/// much at a place: at several places, more is on its way.
pub const PARTS: usize = 4;

/// Bytes of a page of memory, beyond which a processor does not ask on its own, and of a line of its caches.
pub const PAGE: usize = 4096;
const LINE: usize = 64;

/// How far ahead a page is asked for, and by how many of its lines: after fewer, the processor does not go on by itself.
const DISTANCE: usize = 3 * PAGE;
const LINES: usize = 8;

/// Values of a run that are worked on at once.
pub const BLOCK: usize = 1024;

/// Calls `work` with blocks of as many parts of a panel, whose rows are `stride` values apart: `each` rows of each part in all.
#[inline(always)]
pub fn in_parts<'a, T: Real>(
    panel: &'a [T],
    (each, stride): (usize, usize),
    width: usize,
    mut work: impl FnMut([&'a [T]; PARTS], usize),
) {
    for (first, rows) in blocks(each, 2 * width) {
        let parts = std::array::from_fn(|part| {
            let part = &panel[part * each * stride..];
            if stride == width {
                ask_ahead(part, first * stride..(first + rows) * stride);
            }
            &part[first * stride..]
        });
        work(parts, rows);
    }
}

/// [`ask_ahead`] for the first block of a run; its loops do so for what follows.
#[inline(always)]
pub fn ask_ahead_of_run<T: Real>(memory: &[T], run: Range<usize>) {
    ask_ahead(memory, run.start..run.end.min(run.start + BLOCK));
}

/// Reads the first lines of the pages that come soon after `range`, which is worked on next.
#[inline(always)]
pub fn ask_ahead<T: Real>(memory: &[T], range: Range<usize>) {
    let size = size_of::<T>();
    let from = range.start + DISTANCE / size;
    let address = memory.as_ptr().addr() + from * size;
    let first = from + (address.next_multiple_of(PAGE) - address) / size;
    for page in (first..range.end + DISTANCE / size).step_by(PAGE / size) {
        let Some(lines) = memory.get(page..page + LINES * LINE / size) else { return };
        let mut seen = T::zero();
        for line in 0..LINES {
            seen = seen + lines[line * LINE / size];
        }
        black_box(seen);
    }
}
