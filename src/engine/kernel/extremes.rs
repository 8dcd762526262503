//! Smallest and largest values. Comparisons with NaN are false, so NaN is passed over.

use super::ROWS;
use crate::engine::Real;

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

/// Enough vectors of f32, and of f64, to have always one at work.
const LANES: usize = 16;

/// Adds contiguous values of one group.
pub fn run_extremes<T: Real>(values: &[T], total: &mut Extremes<T>) {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let lanes = run_lanes(chunks);
    (0..LANES).for_each(|lane| total.join(lanes.at(lane)));
    rest.iter().for_each(|value| total.take(*value));
}

struct LaneExtremes<T, const WIDTH: usize> {
    min: [T; WIDTH],
    max: [T; WIDTH],
    sum: [T; WIDTH],
}

impl<T: Real, const WIDTH: usize> LaneExtremes<T, WIDTH> {
    const fn at(&self, lane: usize) -> Extremes<T> {
        Extremes { min: self.min[lane], max: self.max[lane], sum: self.sum[lane] }
    }
}

/// Never inlined, as the lanes in `sums.rs` are not.
#[inline(never)]
fn run_lanes<T: Real>(chunks: &[[T; LANES]]) -> LaneExtremes<T, LANES> {
    let none = Extremes::<T>::default();
    let (mut min, mut max, mut sum) = ([none.min; LANES], [none.max; LANES], [none.sum; LANES]);
    for chunk in chunks {
        for lane in 0..LANES {
            let value = chunk[lane];
            min[lane] = if value < min[lane] { value } else { min[lane] };
            max[lane] = if value > max[lane] { value } else { max[lane] };
            sum[lane] = sum[lane] + value;
        }
    }
    LaneExtremes { min, max, sum }
}

/// Adds a panel: `rows` rows, `stride` values apart, of which the first `totals.len()` belong to a group each.
pub fn panel_extremes<T: Real>(panel: &[T], rows: usize, stride: usize, totals: &mut [Extremes<T>]) {
    for first in (0..rows).step_by(ROWS) {
        let (block, rows) = (&panel[first * stride..], ROWS.min(rows - first));
        let mut column = 0;
        while column < totals.len() {
            let (rest, totals) = (&block[column..], &mut totals[column..]);
            column += match totals.len() {
                8.. => columns::<T, 8>(rest, rows, stride, totals),
                4.. => columns::<T, 4>(rest, rows, stride, totals),
                2.. => columns::<T, 2>(rest, rows, stride, totals),
                _ => columns::<T, 1>(rest, rows, stride, totals),
            };
        }
    }
}

#[inline(always)]
fn columns<T: Real, const WIDTH: usize>(block: &[T], rows: usize, stride: usize, totals: &mut [Extremes<T>]) -> usize {
    let lanes = column_lanes::<T, WIDTH>(block, rows, stride);
    totals[..WIDTH].iter_mut().enumerate().for_each(|(w, total)| total.join(lanes.at(w)));
    WIDTH
}

#[inline(never)]
fn column_lanes<T: Real, const WIDTH: usize>(block: &[T], rows: usize, stride: usize) -> LaneExtremes<T, WIDTH> {
    let none = Extremes::<T>::default();
    let (mut min, mut max, mut sum) = ([none.min; WIDTH], [none.max; WIDTH], [none.sum; WIDTH]);
    for row in block.chunks(stride).take(rows) {
        if let Some(values) = row.first_chunk::<WIDTH>() {
            for w in 0..WIDTH {
                let value = values[w];
                min[w] = if value < min[w] { value } else { min[w] };
                max[w] = if value > max[w] { value } else { max[w] };
                sum[w] = sum[w] + value;
            }
        }
    }
    LaneExtremes { min, max, sum }
}
