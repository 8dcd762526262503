//! Smallest and largest values. Comparisons with NaN are false, so NaN is passed over.

use super::ROWS;
use crate::Real;

/// Of a group.
#[derive(Clone, Copy, Debug)]
pub struct Extremes<T> {
    pub min: T,
    pub max: T,
    /// Not finite when any value was not (or when the sum overflowed).
    pub sum: T,
}

impl<T: Real> Default for Extremes<T> {
    fn default() -> Self {
        Self { min: T::infinity(), max: T::neg_infinity(), sum: T::zero() }
    }
}

impl<T: Real> Extremes<T> {
    #[inline(always)]
    fn take(&mut self, value: T) {
        self.min = if value < self.min { value } else { self.min };
        self.max = if value > self.max { value } else { self.max };
        self.sum = self.sum + value;
    }

    #[inline(always)]
    fn join(&mut self, other: Self) {
        self.min = if other.min < self.min { other.min } else { self.min };
        self.max = if other.max > self.max { other.max } else { self.max };
        self.sum = self.sum + other.sum;
    }
}

const LANES: usize = 8;

/// Extremes of lanes.
#[derive(Clone, Copy)]
struct Lanes<T, const N: usize> {
    min: [T; N],
    max: [T; N],
    sum: [T; N],
}

impl<T: Real, const N: usize> Lanes<T, N> {
    fn none() -> Self {
        let none = Extremes::<T>::default();
        Self { min: [none.min; N], max: [none.max; N], sum: [none.sum; N] }
    }

    #[inline(always)]
    fn take(&mut self, values: &[T; N]) {
        for lane in 0..N {
            self.min[lane] = if values[lane] < self.min[lane] { values[lane] } else { self.min[lane] };
        }
        for lane in 0..N {
            self.max[lane] = if values[lane] > self.max[lane] { values[lane] } else { self.max[lane] };
        }
        for lane in 0..N {
            self.sum[lane] = self.sum[lane] + values[lane];
        }
    }

    fn of(&self, lane: usize) -> Extremes<T> {
        Extremes { min: self.min[lane], max: self.max[lane], sum: self.sum[lane] }
    }
}

/// Adds contiguous values of one group.
pub fn run_extremes<T: Real>(values: &[T], total: &mut Extremes<T>) {
    let (whole, rest) = values.as_chunks::<LANES>();
    if !whole.is_empty() {
        let lanes = lane_extremes(whole);
        (0..LANES).for_each(|lane| total.join(lanes.of(lane)));
    }
    rest.iter().for_each(|value| total.take(*value));
}

/// Never inlined: only as a function of its own, with its result in memory, does it become SIMD instructions.
#[inline(never)]
fn lane_extremes<T: Real>(chunks: &[[T; LANES]]) -> Lanes<T, LANES> {
    let mut lanes = Lanes::none();
    chunks.iter().for_each(|chunk| lanes.take(chunk));
    lanes
}

/// Adds a panel: `rows` rows, `stride` values apart, of which the first `totals.len()` belong to a group each.
pub fn panel_extremes<T: Real>(panel: &[T], rows: usize, stride: usize, totals: &mut [Extremes<T>]) {
    for first in (0..rows).step_by(ROWS) {
        let (block, rows) = (&panel[first * stride..], ROWS.min(rows - first));
        let width = totals.len();
        let mut column = 0;
        while column < width {
            // The last columns are taken together with some that were taken before: nothing changes by seeing a value
            // twice, and narrow loops are slow.
            let (most, from) = match width {
                8.. => (8, column.min(width - 8)),
                4.. => (4, column.min(width - 4)),
                _ => (1, column),
            };
            let (rest, totals) = (&block[from..], &mut totals[from..]);
            match most {
                8 => columns::<T, 8>(rest, rows, stride, totals),
                4 => columns::<T, 4>(rest, rows, stride, totals),
                _ => columns::<T, 1>(rest, rows, stride, totals),
            }
            column = from + most;
        }
    }
}

fn columns<T: Real, const WIDTH: usize>(block: &[T], rows: usize, stride: usize, totals: &mut [Extremes<T>]) {
    // The last row may end before the stride does.
    let whole = rows.min(block.len() / stride);
    let mut found = column_extremes::<T, WIDTH>(&block[..whole * stride], stride);
    for row in whole..rows {
        if let Some(row) = block[row * stride..].first_chunk() {
            found.take(row);
        }
    }
    totals[..WIDTH].iter_mut().enumerate().for_each(|(w, total)| total.join(found.of(w)));
}

/// Never inlined, for the reason of [`lane_extremes`].
#[inline(never)]
fn column_extremes<T: Real, const WIDTH: usize>(block: &[T], stride: usize) -> Lanes<T, WIDTH> {
    let mut found = Lanes::none();
    for row in block.chunks_exact(stride) {
        if let Some(row) = row.first_chunk() {
            found.take(row);
        }
    }
    found
}
