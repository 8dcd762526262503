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

const LANES: usize = 8;

/// Adds contiguous values of one group.
pub fn run_extremes<T: Real>(values: &[T], total: &mut Extremes<T>) {
    let none = Extremes::<T>::default();
    let (mut min, mut max, mut sum) = ([none.min; LANES], [none.max; LANES], [none.sum; LANES]);
    let (lanes, rest) = values.as_chunks::<LANES>();
    for chunk in lanes {
        for lane in 0..LANES {
            let value = chunk[lane];
            min[lane] = if value < min[lane] { value } else { min[lane] };
            max[lane] = if value > max[lane] { value } else { max[lane] };
            sum[lane] = sum[lane] + value;
        }
    }
    for lane in 0..LANES {
        total.join(Extremes { min: min[lane], max: max[lane], sum: sum[lane] });
    }
    rest.iter().for_each(|value| total.take(*value));
}

/// Adds a panel: `rows` rows, `stride` values apart, of which the first `totals.len()` belong to a group each.
pub fn panel_extremes<T: Real>(panel: &[T], rows: usize, stride: usize, totals: &mut [Extremes<T>]) {
    for first in (0..rows).step_by(ROWS) {
        let (block, rows) = (&panel[first * stride..], ROWS.min(rows - first));
        let mut column = 0;
        while column < totals.len() {
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
    let none = Extremes::<T>::default();
    let mut min = [[none.min; WIDTH]; AT_ONCE];
    let mut max = [[none.max; WIDTH]; AT_ONCE];
    let mut sum = [[none.sum; WIDTH]; AT_ONCE];
    let mut row = 0;
    while row + AT_ONCE <= rows {
        for k in 0..AT_ONCE {
            let values = &block[(row + k) * stride..][..WIDTH];
            for w in 0..WIDTH {
                let value = values[w];
                min[k][w] = if value < min[k][w] { value } else { min[k][w] };
                max[k][w] = if value > max[k][w] { value } else { max[k][w] };
                sum[k][w] = sum[k][w] + value;
            }
        }
        row += AT_ONCE;
    }
    for (w, total) in totals[..WIDTH].iter_mut().enumerate() {
        for k in 0..AT_ONCE {
            total.join(Extremes { min: min[k][w], max: max[k][w], sum: sum[k][w] });
        }
        (row..rows).for_each(|row| total.take(block[row * stride + w]));
    }
    WIDTH
}
