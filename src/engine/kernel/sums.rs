//! Shifted sums and sums of squares. Long sums are cut into blocks whose sums are added with twice the digits, so that
//! rounding does not grow with the number of values.

use super::ROWS;
use crate::Real;
use crate::double::Double;

/// What is summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// `d = x - shift` and `d^2`.
    Moments,
    /// `x^2` alone.
    Squares,
    /// `|x|` alone.
    Absolute,
}

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

/// Sums side by side, so that additions do not wait for one another.
#[derive(Clone, Copy)]
struct Lanes {
    first: [f64; LANES],
    second: [f64; LANES],
    count: [f64; LANES],
}

/// The loops are compiled for what they sum up.
const MOMENTS: u8 = 0;
const SQUARES: u8 = 1;
const ABSOLUTE: u8 = 2;
/// Moments around 0: there is nothing to subtract.
const UNSHIFTED: u8 = 3;

impl Lanes {
    const ZERO: Self = Self { first: [0.0; LANES], second: [0.0; LANES], count: [0.0; LANES] };

    /// What one value adds; a NaN nothing, when masked.
    #[inline(always)]
    fn take<T: Real, const OF: u8, const MASKED: bool>(&mut self, lane: usize, value: T, shift: f64) {
        let value = Real::to_f64(value);
        let d = if OF == MOMENTS { value - shift } else { value };
        let d = if MASKED {
            let there = !value.is_nan();
            self.count[lane] += if there { 1.0 } else { 0.0 };
            if there { d } else { 0.0 }
        } else {
            d
        };
        match OF {
            MOMENTS | UNSHIFTED => {
                self.first[lane] += d;
                self.second[lane] += d * d;
            }
            SQUARES => self.second[lane] += d * d,
            _ => self.first[lane] += d.abs(),
        }
    }
}

/// Lane `k * width + w` sums up row `k` and column `w` of every chunk of `LANES / width` rows, `stride` values apart.
type Kernel<T> = fn(block: &[T], rows: usize, stride: usize, shifts: &[f64; LANES]) -> Lanes;

/// What to sum up of columns, and which.
#[derive(Clone, Copy)]
pub struct Work {
    pub of: Of,
    /// Whether NaN are left out and the others counted.
    pub masked: bool,
}

impl Work {
    /// How many columns are worked on at once when so many are left.
    fn width(self, left: usize) -> usize {
        match left {
            LANES.. => LANES,
            2.. if !self.masked => 2,
            _ => 1,
        }
    }

    /// Values missing are rare, squares of differences to 0 are squares: fewer loops do for those.
    fn kernel<T: Real>(self, width: usize) -> Kernel<T> {
        match (self.of, self.masked, width) {
            (Of::Moments, false, LANES) => sum_columns::<T, MOMENTS, false, LANES>,
            (Of::Moments, false, 2) => sum_columns::<T, MOMENTS, false, 2>,
            (Of::Moments, false, _) => sum_columns::<T, MOMENTS, false, 1>,
            (Of::Squares, false, LANES) => sum_columns::<T, SQUARES, false, LANES>,
            (Of::Squares, false, 2) => sum_columns::<T, SQUARES, false, 2>,
            (Of::Squares, false, _) => sum_columns::<T, SQUARES, false, 1>,
            (Of::Absolute, false, LANES) => sum_columns::<T, ABSOLUTE, false, LANES>,
            (Of::Absolute, false, 2) => sum_columns::<T, ABSOLUTE, false, 2>,
            (Of::Absolute, false, _) => sum_columns::<T, ABSOLUTE, false, 1>,
            (Of::Moments | Of::Squares, true, LANES) => sum_columns::<T, MOMENTS, true, LANES>,
            (Of::Moments | Of::Squares, true, _) => sum_columns::<T, MOMENTS, true, 1>,
            (Of::Absolute, true, LANES) => sum_columns::<T, ABSOLUTE, true, LANES>,
            (Of::Absolute, true, _) => sum_columns::<T, ABSOLUTE, true, 1>,
        }
    }

    /// Values that fill no whole round of a kernel.
    #[inline(never)]
    fn take_rest<T: Real>(self, lanes: &mut Lanes, values: &[T], shifts: &[f64; LANES]) {
        for (lane, value) in values.iter().enumerate() {
            match (self.of, self.masked) {
                (Of::Absolute, false) => lanes.take::<T, ABSOLUTE, false>(lane, *value, 0.0),
                (Of::Absolute, true) => lanes.take::<T, ABSOLUTE, true>(lane, *value, 0.0),
                (_, false) => lanes.take::<T, MOMENTS, false>(lane, *value, shifts[lane]),
                (_, true) => lanes.take::<T, MOMENTS, true>(lane, *value, shifts[lane]),
            }
        }
    }

    /// Only what was asked for; with twice the digits where the values have as many as the sums.
    #[inline(always)]
    fn add<T: Real>(self, total: &mut Sums, first: f64, second: f64, count: f64) {
        let add = |total: &mut Double, value: f64| if T::SINGLE { total.high += value } else { total.add(value) };
        if self.of != Of::Squares {
            add(&mut total.first, first);
        }
        if self.of != Of::Absolute {
            add(&mut total.second, second);
        }
        total.count += count;
    }

    /// Adds contiguous values of one group.
    pub fn run<T: Real>(self, values: &[T], shift: f64, total: &mut Sums) {
        let shifts = [shift; LANES];
        for block in values.chunks(BLOCK) {
            let (whole, rest) = block.as_chunks::<LANES>();
            let mut sums = match (self.of, self.masked) {
                (Of::Moments, false) if T::SINGLE && shift == 0.0 => sum_lanes::<T, UNSHIFTED>(whole, shift),
                (Of::Moments, false) => sum_lanes::<T, MOMENTS>(whole, shift),
                (Of::Squares, false) => sum_lanes::<T, SQUARES>(whole, shift),
                (Of::Absolute, false) => sum_lanes::<T, ABSOLUTE>(whole, shift),
                (_, true) => self.kernel::<T>(LANES)(whole.as_flattened(), whole.len(), LANES, &shifts),
            };
            if !rest.is_empty() {
                self.take_rest(&mut sums, rest, &shifts);
            }
            let count = if self.masked { pairwise(sums.count) } else { 0.0 };
            self.add::<T>(total, pairwise(sums.first), pairwise(sums.second), count);
        }
    }

    /// Adds a panel: `rows` rows, `stride` values apart, of which the first `totals.len()` belong to a group each.
    pub fn panel<T: Real>(self, panel: &[T], rows: usize, stride: usize, shifts: &[f64], totals: &mut [Sums]) {
        for first in (0..rows).step_by(ROWS) {
            let (block, rows) = (&panel[first * stride..], ROWS.min(rows - first));
            let mut column = 0;
            while column < totals.len() {
                let width = self.width(totals.len() - column);
                let columns = column..column + width;
                self.columns(width, &block[column..], (rows, stride), &shifts[columns.clone()], &mut totals[columns]);
                column += width;
            }
        }
    }

    fn columns<T: Real>(
        self,
        width: usize,
        block: &[T],
        (rows, stride): (usize, usize),
        shifts: &[f64],
        totals: &mut [Sums],
    ) {
        let mut lane_shifts = [0.0; LANES];
        lane_shifts[..width].copy_from_slice(shifts);
        let at_once = LANES / width;
        // The last row may end before the stride does.
        let whole = rows.min(block.len() / stride) / at_once * at_once;
        let mut sums = self.kernel::<T>(width)(block, whole, stride, &lane_shifts);
        for row in whole..rows {
            self.take_rest(&mut sums, &block[row * stride..][..width], &lane_shifts);
        }
        for lane in 0..LANES {
            self.add::<T>(&mut totals[lane % width], sums.first[lane], sums.second[lane], sums.count[lane]);
        }
    }
}

#[inline(always)]
fn pairwise(mut lanes: [f64; LANES]) -> f64 {
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// Never inlined: only as a function of its own, with its result in memory, does it become SIMD instructions.
#[inline(never)]
fn sum_lanes<T: Real, const OF: u8>(chunks: &[[T; LANES]], shift: f64) -> Lanes {
    let mut sums = Lanes::ZERO;
    for chunk in chunks {
        for lane in 0..LANES {
            sums.take::<T, OF, false>(lane, chunk[lane], shift);
        }
    }
    sums
}

/// Never inlined, for the reason of [`sum_lanes`].
#[inline(never)]
fn sum_columns<T: Real, const OF: u8, const MASKED: bool, const WIDTH: usize>(
    block: &[T],
    rows: usize,
    stride: usize,
    shifts: &[f64; LANES],
) -> Lanes {
    let mut sums = Lanes::ZERO;
    let at_once = LANES / WIDTH;
    // Chunks of one length, so that bounds are checked once.
    for chunk in block[..rows * stride].chunks_exact(stride * at_once) {
        for k in 0..at_once {
            let values = &chunk[k * stride..k * stride + WIDTH];
            for w in 0..WIDTH {
                sums.take::<T, OF, MASKED>(k * WIDTH + w, values[w], shifts[w]);
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whole numbers, whose sums are exact in any order; with the shift 0 another kernel runs.
    #[test]
    fn moments_of_a_run_around_any_shift() {
        let values: Vec<f32> = (0..2_500).map(|i| ((i * 7919) % 1009) as f32 - 300.0).collect();
        let work = Work { of: Of::Moments, masked: false };
        for shift in [0.0, 5.0] {
            let mut total = Sums::default();
            work.run(&values, shift, &mut total);
            let differences = || values.iter().map(|value| f64::from(*value) - shift);
            let expected = (differences().sum::<f64>(), differences().map(|d| d * d).sum::<f64>());
            assert_eq!((total.first.value(), total.second.value()), expected, "around {shift}");
        }
    }
}
