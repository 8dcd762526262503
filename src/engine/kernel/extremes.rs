//! Smallest and largest values. Comparisons with NaN are false, so NaN is passed over.

use super::ROWS;
use crate::engine::Real;

/// Of a group.
#[derive(Clone, Copy, Debug)]
pub struct Extremes<T> {
    pub min: T,
    pub max: T,
    /// Not finite when any value was not (or when the sum overflowed). Values of a panel may be in it twice.
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
    let width = totals.len();
    for first in (0..rows).step_by(ROWS) {
        let (block, rows) = (&panel[first * stride..], ROWS.min(rows - first));
        let mut column = 0;
        while column < width {
            // Looking at a value twice does no harm: the last columns of many go together with their neighbours.
            if (1..4).contains(&(width - column)) && width >= 4 {
                column = width - 4;
            }
            let (rest, totals) = (&block[column..], &mut totals[column..]);
            column += match totals.len() {
                8.. => columns::<T, 8, 1>(rest, rows, stride, totals),
                4.. => columns::<T, 4, 2>(rest, rows, stride, totals),
                2.. => columns::<T, 2, 4>(rest, rows, stride, totals),
                _ => columns::<T, 1, 8>(rest, rows, stride, totals),
            };
        }
    }
}

#[inline(always)]
fn columns<T: Real, const WIDTH: usize, const AT_ONCE: usize>(
    block: &[T],
    rows: usize,
    stride: usize,
    totals: &mut [Extremes<T>],
) -> usize {
    let whole = rows / AT_ONCE * AT_ONCE;
    let found = column_extremes::<T, WIDTH, AT_ONCE>(block, whole, stride);
    for (w, total) in totals[..WIDTH].iter_mut().enumerate() {
        found.iter().for_each(|lanes| total.join(lanes.of(w)));
        (whole..rows).for_each(|row| total.take(block[row * stride + w]));
    }
    WIDTH
}

/// Never inlined, for the reason of [`lane_extremes`].
#[inline(never)]
fn column_extremes<T: Real, const WIDTH: usize, const AT_ONCE: usize>(
    block: &[T],
    rows: usize,
    stride: usize,
) -> [Lanes<T, WIDTH>; AT_ONCE] {
    let mut found = [Lanes::none(); AT_ONCE];
    for row in (0..rows).step_by(AT_ONCE) {
        for (k, lanes) in found.iter_mut().enumerate() {
            lanes.take(block[(row + k) * stride..].first_chunk().expect("a whole row"));
        }
    }
    found
}
