//! Shifted sums and sums of squares. Long sums are cut into blocks whose sums are added with twice the digits, so that
//! rounding does not grow with the number of values.

use super::ROWS;
use crate::Real;
use crate::double::Double;

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
const BLOCK: usize = 1024;

/// Sums of lanes: first, second, count.
#[derive(Clone, Copy)]
struct Lanes<const N: usize> {
    first: [f64; N],
    second: [f64; N],
    count: [f64; N],
}

impl<const N: usize> Lanes<N> {
    const ZERO: Self = Self { first: [0.0; N], second: [0.0; N], count: [0.0; N] };

    /// What one value adds; a NaN nothing, when masked.
    #[inline(always)]
    fn take<T: Real, const KIND: u8, const MASKED: bool>(&mut self, lane: usize, value: T, shift: f64) {
        let value = Real::to_f64(value);
        let d = if KIND == MOMENTS { value - shift } else { value };
        let d = if MASKED {
            let there = !value.is_nan();
            self.count[lane] += if there { 1.0 } else { 0.0 };
            if there { d } else { 0.0 }
        } else {
            d
        };
        match KIND {
            MOMENTS => {
                self.first[lane] += d;
                self.second[lane] += d * d;
            }
            SQUARES => self.second[lane] += d * d,
            _ => self.first[lane] += d.abs(),
        }
    }
}

impl Sums {
    /// Only what the kind gathers; with twice the digits where the values have as many as the sums.
    #[inline(always)]
    fn add<T: Real, const KIND: u8, const MASKED: bool, const N: usize>(&mut self, lanes: &Lanes<N>) {
        let add = |total: &mut Double, value: f64| if T::SINGLE { total.high += value } else { total.add(value) };
        if KIND != SQUARES {
            add(&mut self.first, pairwise(lanes.first));
        }
        if KIND != ABSOLUTE {
            add(&mut self.second, pairwise(lanes.second));
        }
        if MASKED {
            self.count += pairwise(lanes.count);
        }
    }
}

#[inline(always)]
fn pairwise<const N: usize>(mut lanes: [f64; N]) -> f64 {
    let mut half = N / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// Adds contiguous values of one group.
#[inline]
pub fn run_sums<T: Real, const KIND: u8, const MASKED: bool>(values: &[T], shift: f64, total: &mut Sums) {
    for block in values.chunks(BLOCK) {
        let (whole, rest) = block.as_chunks::<LANES>();
        if !whole.is_empty() {
            total.add::<T, KIND, MASKED, LANES>(&sum_lanes::<T, KIND, MASKED>(whole, shift));
        }
        if !rest.is_empty() {
            let mut single = Lanes::<1>::ZERO;
            rest.iter().for_each(|value| single.take::<T, KIND, MASKED>(0, *value, shift));
            total.add::<T, KIND, MASKED, 1>(&single);
        }
    }
}

/// Never inlined: only as a function of its own, with its result in memory, does it become SIMD instructions.
#[inline(never)]
fn sum_lanes<T: Real, const KIND: u8, const MASKED: bool>(chunks: &[[T; LANES]], shift: f64) -> Lanes<LANES> {
    let mut lanes = Lanes::ZERO;
    for chunk in chunks {
        for lane in 0..LANES {
            lanes.take::<T, KIND, MASKED>(lane, chunk[lane], shift);
        }
    }
    lanes
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

/// WIDTH columns at once, with AT_ONCE sums each, so that additions do not wait for one another.
#[inline(always)]
fn columns<T: Real, const KIND: u8, const MASKED: bool, const WIDTH: usize, const AT_ONCE: usize>(
    block: &[T],
    rows: usize,
    stride: usize,
    shifts: &[f64],
    totals: &mut [Sums],
) -> usize {
    let Some(shift) = shifts.first_chunk::<WIDTH>() else { return WIDTH };
    // The last row may end before the stride does.
    let whole = rows.min(block.len() / stride) / AT_ONCE * AT_ONCE;
    let mut sums = sum_columns::<T, KIND, MASKED, WIDTH, AT_ONCE>(block, whole, stride, shift);
    for row in whole..rows {
        for (w, value) in block[row * stride..][..WIDTH].iter().enumerate() {
            sums[0].take::<T, KIND, MASKED>(w, *value, shift[w]);
        }
    }
    for (w, total) in totals[..WIDTH].iter_mut().enumerate() {
        for Lanes { first, second, count } in &sums {
            let single = Lanes { first: [first[w]], second: [second[w]], count: [count[w]] };
            total.add::<T, KIND, MASKED, 1>(&single);
        }
    }
    WIDTH
}

/// Never inlined, for the reason of [`sum_lanes`].
#[inline(never)]
fn sum_columns<T: Real, const KIND: u8, const MASKED: bool, const WIDTH: usize, const AT_ONCE: usize>(
    block: &[T],
    rows: usize,
    stride: usize,
    shift: &[f64; WIDTH],
) -> [Lanes<WIDTH>; AT_ONCE] {
    let mut sums = [Lanes::ZERO; AT_ONCE];
    // Chunks of one length, so that bounds are checked once.
    for chunk in block[..rows * stride].chunks_exact(stride * AT_ONCE) {
        for (k, sums) in sums.iter_mut().enumerate() {
            let values = &chunk[k * stride..k * stride + WIDTH];
            for w in 0..WIDTH {
                sums.take::<T, KIND, MASKED>(w, values[w], shift[w]);
            }
        }
    }
    sums
}
