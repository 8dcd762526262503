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
const BLOCK: usize = 512;

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
    for block in values.chunks(BLOCK) {
        let (mut a, mut b, mut n) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        let (lanes, rest) = block.as_chunks::<LANES>();
        for chunk in lanes {
            for lane in 0..LANES {
                take::<T, KIND, MASKED>(chunk[lane], shift, &mut a[lane], &mut b[lane], &mut n[lane]);
            }
        }
        for (lane, value) in rest.iter().enumerate() {
            take::<T, KIND, MASKED>(*value, shift, &mut a[lane], &mut b[lane], &mut n[lane]);
        }
        total.first.add(pairwise(a));
        total.second.add(pairwise(b));
        total.count += pairwise(n);
    }
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
                8.. => columns::<T, KIND, MASKED, 8, 1>(rest, rows, stride, shifts, totals),
                4.. => columns::<T, KIND, MASKED, 4, 2>(rest, rows, stride, shifts, totals),
                2.. => columns::<T, KIND, MASKED, 2, 4>(rest, rows, stride, shifts, totals),
                _ => columns::<T, KIND, MASKED, 1, 8>(rest, rows, stride, shifts, totals),
            };
        }
    }
}

/// WIDTH columns at once, with ROWS_AT_ONCE sums each, so that additions do not wait for one another.
#[inline(always)]
fn columns<T: Real, const KIND: u8, const MASKED: bool, const WIDTH: usize, const AT_ONCE: usize>(
    block: &[T],
    rows: usize,
    stride: usize,
    shifts: &[f64],
    totals: &mut [Sums],
) -> usize {
    let zero = [[0.0; WIDTH]; AT_ONCE];
    let (mut a, mut b, mut n) = (zero, zero, zero);
    let mut shift = [0.0; WIDTH];
    shift.copy_from_slice(&shifts[..WIDTH]);
    let mut row = 0;
    while row + AT_ONCE <= rows {
        for k in 0..AT_ONCE {
            let values = &block[(row + k) * stride..][..WIDTH];
            for w in 0..WIDTH {
                take::<T, KIND, MASKED>(values[w], shift[w], &mut a[k][w], &mut b[k][w], &mut n[k][w]);
            }
        }
        row += AT_ONCE;
    }
    while row < rows {
        let values = &block[row * stride..][..WIDTH];
        for w in 0..WIDTH {
            take::<T, KIND, MASKED>(values[w], shift[w], &mut a[0][w], &mut b[0][w], &mut n[0][w]);
        }
        row += 1;
    }
    for w in 0..WIDTH {
        for k in 0..AT_ONCE {
            totals[w].first.add(a[k][w]);
            totals[w].second.add(b[k][w]);
            totals[w].count += n[k][w];
        }
    }
    WIDTH
}
