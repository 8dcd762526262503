//! Shifted sums and sums of squares. Long sums are cut into blocks whose sums are added with twice the digits, so that
//! rounding does not grow with the number of values.

use super::ROWS;
use crate::engine::Real;
use crate::engine::double::Double;

/// Sums of `d = x - shift` and of `d^2`.
pub const MOMENTS: u8 = 0;
/// The sum of `x^2` alone.
pub const SQUARES: u8 = 1;
/// The sum of `|x|` alone.
pub const ABSOLUTE: u8 = 2;

/// Totals of a group. NaN or infinite when any value was.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sums {
    /// Of differences (or absolute values).
    pub first: Double,
    /// Of squares.
    pub second: Double,
    /// Values that are not NaN; counted only when masked.
    pub count: f64,
}

const LANES: usize = 8;
/// Values between two additions to the totals. Differences of f32 have digits to spare in f64.
const fn block<T: Real>() -> usize {
    if T::SINGLE { 4096 } else { 512 }
}

/// What one value adds; a NaN nothing, when masked.
#[inline(always)]
fn take<T: Real, const KIND: u8, const MASKED: bool>(value: T, shift: f64, a: &mut f64, b: &mut f64, n: &mut f64) {
    let value = Real::to_f64(value);
    let d = if KIND == MOMENTS { value - shift } else { value };
    let d = if MASKED {
        let there = value == value;
        *n += if there { 1.0 } else { 0.0 };
        if there { d } else { 0.0 }
    } else {
        d
    };
    match KIND {
        MOMENTS => {
            *a += d;
            *b += d * d;
        }
        SQUARES => *b += d * d,
        _ => *a += d.abs(),
    }
}

/// Adds contiguous values of one group.
#[inline]
pub fn run_sums<T: Real, const KIND: u8, const MASKED: bool>(values: &[T], shift: f64, total: &mut Sums) {
    let shift = [shift; LANES];
    for block in values.chunks(block::<T>()) {
        let (chunks, rest) = block.as_chunks::<LANES>();
        let LaneSums { mut a, mut b, mut n } = run_lanes::<T, KIND, MASKED>(chunks, &shift);
        for (lane, value) in rest.iter().enumerate() {
            take::<T, KIND, MASKED>(*value, shift[lane], &mut a[lane], &mut b[lane], &mut n[lane]);
        }
        total.first.add(pairwise(a));
        total.second.add(pairwise(b));
        total.count += pairwise(n);
    }
}

struct LaneSums<const WIDTH: usize> {
    a: [f64; WIDTH],
    b: [f64; WIDTH],
    n: [f64; WIDTH],
}

/// Never inlined, and the constants are lanes in memory: the compiler makes vectors of lanes that come and go as arrays,
/// and single numbers of lanes that it sees spread or folded. That is a factor of two to four.
#[inline(never)]
fn run_lanes<T: Real, const KIND: u8, const MASKED: bool>(
    chunks: &[[T; LANES]],
    shift: &[f64; LANES],
) -> LaneSums<LANES> {
    let (mut a, mut b, mut n) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
    for chunk in chunks {
        for lane in 0..LANES {
            take::<T, KIND, MASKED>(chunk[lane], shift[lane], &mut a[lane], &mut b[lane], &mut n[lane]);
        }
    }
    LaneSums { a, b, n }
}

#[inline(always)]
fn pairwise(lanes: [f64; LANES]) -> f64 {
    ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
}

/// Adds a panel: `rows` rows, `stride` values apart, of which the first `totals.len()` belong to a group each.
pub fn panel_sums<T: Real, const KIND: u8, const MASKED: bool>(
    panel: &[T],
    rows: usize,
    stride: usize,
    shifts: &[f64],
    totals: &mut [Sums],
) {
    for first in (0..rows).step_by(ROWS) {
        let (block, rows) = (&panel[first * stride..], ROWS.min(rows - first));
        let mut column = 0;
        while column < totals.len() {
            let (rest, shifts, totals) = (&block[column..], &shifts[column..], &mut totals[column..]);
            column += match totals.len() {
                8.. => columns::<T, KIND, MASKED, 8>(rest, rows, stride, shifts, totals),
                4.. => columns::<T, KIND, MASKED, 4>(rest, rows, stride, shifts, totals),
                2.. => columns::<T, KIND, MASKED, 2>(rest, rows, stride, shifts, totals),
                _ => columns::<T, KIND, MASKED, 1>(rest, rows, stride, shifts, totals),
            };
        }
    }
}

/// WIDTH columns at once.
#[inline(always)]
fn columns<T: Real, const KIND: u8, const MASKED: bool, const WIDTH: usize>(
    block: &[T],
    rows: usize,
    stride: usize,
    shifts: &[f64],
    totals: &mut [Sums],
) -> usize {
    let mut shift = [0.0; WIDTH];
    shift.copy_from_slice(&shifts[..WIDTH]);
    let LaneSums { a, b, n } = column_lanes::<T, KIND, MASKED, WIDTH>(block, rows, stride, &shift);
    for (w, total) in totals[..WIDTH].iter_mut().enumerate() {
        total.first.add(a[w]);
        total.second.add(b[w]);
        total.count += n[w];
    }
    WIDTH
}

/// See [`run_lanes`].
#[inline(never)]
fn column_lanes<T: Real, const KIND: u8, const MASKED: bool, const WIDTH: usize>(
    block: &[T],
    rows: usize,
    stride: usize,
    shift: &[f64; WIDTH],
) -> LaneSums<WIDTH> {
    let zero = [0.0; WIDTH];
    let (mut a, mut b, mut n) = (zero, zero, zero);
    for row in block.chunks(stride).take(rows) {
        if let Some(values) = row.first_chunk::<WIDTH>() {
            for w in 0..WIDTH {
                take::<T, KIND, MASKED>(values[w], shift[w], &mut a[w], &mut b[w], &mut n[w]);
            }
        }
    }
    LaneSums { a, b, n }
}
