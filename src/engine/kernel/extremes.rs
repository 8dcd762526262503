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
struct Lanes<T> {
    min: [T; LANES],
    max: [T; LANES],
    sum: [T; LANES],
}

impl<T: Real> Lanes<T> {
    fn none() -> Self {
        let none = Extremes::<T>::default();
        Self { min: [none.min; LANES], max: [none.max; LANES], sum: [none.sum; LANES] }
    }

    #[inline(always)]
    fn take(&mut self, values: &[T; LANES]) {
        for lane in 0..LANES {
            self.min[lane] = if values[lane] < self.min[lane] { values[lane] } else { self.min[lane] };
        }
        for lane in 0..LANES {
            self.max[lane] = if values[lane] > self.max[lane] { values[lane] } else { self.max[lane] };
        }
        for lane in 0..LANES {
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
fn lane_extremes<T: Real>(chunks: &[[T; LANES]]) -> Lanes<T> {
    let mut lanes = Lanes::none();
    chunks.iter().for_each(|chunk| lanes.take(chunk));
    lanes
}

/// Adds a panel: `rows` rows, `stride` values apart, of which the first `totals.len()` belong to a group each.
pub fn panel_extremes<T: Real>(panel: &[T], rows: usize, stride: usize, totals: &mut [Extremes<T>]) {
    for first in (0..rows).step_by(ROWS) {
        let (block, rows) = (&panel[first * stride..], ROWS.min(rows - first));
        let mut column = 0;
        while column < totals.len() {
            let (rest, totals) = (&block[column..], &mut totals[column..]);
            column += match totals.len() {
                LANES.. => columns::<T, LANES>(rest, rows, stride, totals),
                2.. => columns::<T, 2>(rest, rows, stride, totals),
                _ => columns::<T, 1>(rest, rows, stride, totals),
            };
        }
    }
}

fn columns<T: Real, const WIDTH: usize>(block: &[T], rows: usize, stride: usize, totals: &mut [Extremes<T>]) -> usize {
    let at_once = LANES / WIDTH;
    // The last row may end before the stride does.
    let whole = rows.min(block.len() / stride) / at_once * at_once;
    let found = column_extremes::<T, WIDTH>(&block[..whole * stride], stride);
    for lane in 0..LANES {
        totals[lane % WIDTH].join(found.of(lane));
    }
    for row in whole..rows {
        rest(&block[row * stride..], &mut totals[..WIDTH]);
    }
    WIDTH
}

/// A row that fills no whole round of a kernel.
#[inline(never)]
fn rest<T: Real>(row: &[T], totals: &mut [Extremes<T>]) {
    totals.iter_mut().zip(row).for_each(|(total, value)| total.take(*value));
}

/// Lane `k * WIDTH + w` is of row `k` and column `w` of every `LANES / WIDTH` rows. Never inlined, for the reason of
/// [`lane_extremes`].
#[inline(never)]
fn column_extremes<T: Real, const WIDTH: usize>(block: &[T], stride: usize) -> Lanes<T> {
    let mut found = Lanes::none();
    let at_once = LANES / WIDTH;
    for rows in block.chunks_exact(stride * at_once) {
        let values: [T; LANES] = std::array::from_fn(|lane| rows[lane / WIDTH * stride + lane % WIDTH]);
        found.take(&values);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naive<'a>(values: impl Iterator<Item = &'a f32>) -> (f32, f32) {
        values.fold((f32::INFINITY, f32::NEG_INFINITY), |(min, max), value| (min.min(*value), max.max(*value)))
    }

    /// Every number of columns and of rows that leaves another rest, the last row cut behind its last column.
    #[test]
    fn panels_of_every_width() {
        let stride = 23;
        let value = |i: usize| if i % 17 == 3 { f32::NAN } else { ((i * 7919) % 1009) as f32 - 500.0 };
        let values: Vec<f32> = (0..70 * stride).map(value).collect();
        for (width, rows) in (1..20).flat_map(|width| [1, 2, 3, 7, 64, 65, 70].map(|rows| (width, rows))) {
            let panel = &values[..(rows - 1) * stride + width];
            let mut totals = vec![Extremes::default(); width];
            panel_extremes(panel, rows, stride, &mut totals);
            for (column, total) in totals.iter().enumerate() {
                let members = || panel[column..].iter().step_by(stride);
                assert_eq!((total.min, total.max), naive(members()), "column {column} of {width} in {rows} rows");
                assert_eq!(total.sum.is_nan(), members().any(|value| value.is_nan()), "{column} of {width}, {rows}");
            }
        }
    }
}
