//! Shifted sums and sums of squares. Long sums are cut into blocks whose sums are added with twice the digits, so that
//! rounding does not grow with the number of values.

use wide::f64x2;

use super::{at_once, blocks};
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

/// Sums of two lanes.
#[derive(Clone, Copy, Default)]
struct Pair {
    first: f64x2,
    second: f64x2,
    count: f64x2,
}

impl Pair {
    /// What two values add; a NaN nothing, when masked.
    #[inline(always)]
    fn take<const OF: u8, const MASKED: bool>(&mut self, values: f64x2, shifts: f64x2) {
        let d = if OF == MOMENTS { values - shifts } else { values };
        let d = if MASKED {
            let there = values.simd_eq(values);
            self.count += there & f64x2::splat(1.0);
            there & d
        } else {
            d
        };
        match OF {
            MOMENTS | UNSHIFTED => {
                self.first += d;
                self.second += d * d;
            }
            SQUARES => self.second += d * d,
            _ => self.first += d.abs(),
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
    /// How many columns are worked on at once when so many are left. The shifts of more would find no room in registers.
    fn width(self, left: usize) -> usize {
        match (self.of, at_once(left / 2, 3)) {
            (Of::Moments, 3) if !self.masked => 6,
            (_, 2..) => 4,
            (_, 1) if !self.masked => 2,
            _ => 1,
        }
    }

    /// Values missing are rare, squares of differences to 0 are squares: fewer loops do for those.
    fn kernel<T: Real>(self, width: usize) -> Kernel<T> {
        match (self.of, self.masked, width) {
            (Of::Moments, false, 6) => sum_columns::<T, MOMENTS, false, 6>,
            (Of::Moments, false, 4) => sum_columns::<T, MOMENTS, false, 4>,
            (Of::Moments, false, 2) => sum_columns::<T, MOMENTS, false, 2>,
            (Of::Moments, false, _) => sum_columns::<T, MOMENTS, false, 1>,
            (Of::Squares, false, 4) => sum_columns::<T, SQUARES, false, 4>,
            (Of::Squares, false, 2) => sum_columns::<T, SQUARES, false, 2>,
            (Of::Squares, false, _) => sum_columns::<T, SQUARES, false, 1>,
            (Of::Absolute, false, 4) => sum_columns::<T, ABSOLUTE, false, 4>,
            (Of::Absolute, false, 2) => sum_columns::<T, ABSOLUTE, false, 2>,
            (Of::Absolute, false, _) => sum_columns::<T, ABSOLUTE, false, 1>,
            (Of::Moments | Of::Squares, true, 4) => sum_columns::<T, MOMENTS, true, 4>,
            (Of::Moments | Of::Squares, true, _) => sum_columns::<T, MOMENTS, true, 1>,
            (Of::Absolute, true, 4) => sum_columns::<T, ABSOLUTE, true, 4>,
            (Of::Absolute, true, _) => sum_columns::<T, ABSOLUTE, true, 1>,
        }
    }

    /// Values that fill no whole round of a kernel: for the lanes from `first` on.
    #[inline(never)]
    fn take_rest<T: Real>(self, lanes: &mut Lanes, first: usize, values: &[T], shifts: &[f64]) {
        for ((lane, value), shift) in (first..).zip(values).zip(shifts) {
            let (values, shifts) = (T::widen([*value; 2]), f64x2::splat(*shift));
            let mut pair = Pair::default();
            match (self.of, self.masked) {
                (Of::Absolute, false) => pair.take::<ABSOLUTE, false>(values, shifts),
                (Of::Absolute, true) => pair.take::<ABSOLUTE, true>(values, shifts),
                (_, false) => pair.take::<MOMENTS, false>(values, shifts),
                (_, true) => pair.take::<MOMENTS, true>(values, shifts),
            }
            let [first, second, count] = [pair.first, pair.second, pair.count].map(|pair| pair.to_array()[0]);
            lanes.first[lane] += first;
            lanes.second[lane] += second;
            lanes.count[lane] += count;
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
    #[inline(always)]
    pub fn run<T: Real>(self, values: &[T], shift: f64, total: &mut Sums) {
        if !T::SINGLE || self.masked || self.of == Of::Absolute {
            return self.run_in_blocks(values, shift, total);
        }
        // In f64, sums of f32 need no blocks. No pointer to one of these loops: calls through pointers are checked.
        let (whole, rest) = values.as_chunks::<LANES>();
        let [first, second] = match self.of {
            Of::Moments if shift == 0.0 => sum_run::<T, UNSHIFTED>(whole, 0.0),
            Of::Moments => sum_run::<T, MOMENTS>(whole, shift),
            _ => sum_run::<T, SQUARES>(whole, 0.0),
        };
        self.add::<T>(total, first, second, 0.0);
        if !rest.is_empty() {
            self.run_in_blocks(rest, shift, total);
        }
    }

    #[inline(never)]
    fn run_in_blocks<T: Real>(self, values: &[T], shift: f64, total: &mut Sums) {
        let shifts = [shift; LANES];
        // As a panel, the narrowest there is a loop for: its columns have one shift.
        let width = if self.masked { 4 } else { 2 };
        for block in values.chunks(BLOCK) {
            let (whole, rest) = block.as_chunks::<LANES>();
            let mut sums = self.kernel::<T>(width)(whole.as_flattened(), whole.len() * LANES / width, width, &shifts);
            self.take_rest(&mut sums, 0, rest, &shifts);
            let count = if self.masked { pairwise(sums.count) } else { 0.0 };
            self.add::<T>(total, pairwise(sums.first), pairwise(sums.second), count);
        }
    }

    /// Adds a panel: `rows` rows, `stride` values apart, of which the first `totals.len()` belong to a group each.
    pub fn panel<T: Real>(self, panel: &[T], rows: usize, stride: usize, shifts: &[f64], totals: &mut [Sums]) {
        for (first, rows) in blocks(rows, totals.len()) {
            let block = &panel[first * stride..];
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
        let rows_at_once = LANES / width;
        // The last row may end before the stride does. What the kernel has to leave then goes to the same lanes.
        let whole = rows.min(block.len() / stride) / rows_at_once * rows_at_once;
        let mut sums = self.kernel::<T>(width)(block, whole, stride, &lane_shifts);
        for row in whole..rows {
            let lane = row % rows_at_once * width;
            self.take_rest(&mut sums, lane, &block[row * stride..][..width], shifts);
        }
        for lane in 0..rows_at_once * width {
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

/// Sums of differences and of their squares.
#[inline(never)]
fn sum_run<T: Real, const OF: u8>(chunks: &[[T; LANES]], shift: f64) -> [f64; 2] {
    let shift = f64x2::splat(shift);
    let mut sums = [Pair::default(); LANES / 2];
    for chunk in chunks {
        for (pair, sums) in sums.iter_mut().enumerate() {
            sums.take::<OF, false>(T::widen([chunk[2 * pair], chunk[2 * pair + 1]]), shift);
        }
    }
    let total = |of: fn(&Pair) -> f64x2| {
        let [a, b] = ((of(&sums[0]) + of(&sums[1])) + (of(&sums[2]) + of(&sums[3]))).to_array();
        a + b
    };
    [total(|pair| pair.first), total(|pair| pair.second)]
}

#[inline(never)]
fn sum_columns<T: Real, const OF: u8, const MASKED: bool, const WIDTH: usize>(
    block: &[T],
    rows: usize,
    stride: usize,
    shifts: &[f64; LANES],
) -> Lanes {
    let shifts: [f64x2; LANES / 2] =
        std::array::from_fn(|pair| f64x2::new([2 * pair, 2 * pair + 1].map(|lane| shifts[lane % WIDTH])));
    let mut sums = [Pair::default(); LANES / 2];
    let at = |lane: usize| lane / WIDTH * stride + lane % WIDTH;
    // Six columns leave two lanes empty.
    let filled = LANES / WIDTH * WIDTH / 2;
    // Chunks of one length, so that bounds are checked once.
    for chunk in block[..rows * stride].chunks_exact(stride * (LANES / WIDTH)) {
        for (pair, sums) in sums.iter_mut().take(filled).enumerate() {
            let two = [2 * pair, 2 * pair + 1].map(|lane| chunk[at(lane)]);
            sums.take::<OF, MASKED>(T::widen(two), shifts[pair]);
        }
    }
    let lanes = |of: fn(&Pair) -> f64x2| std::array::from_fn(|lane| of(&sums[lane / 2]).to_array()[lane % 2]);
    Lanes { first: lanes(|pair| pair.first), second: lanes(|pair| pair.second), count: lanes(|pair| pair.count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whole numbers, whose sums are exact in any order, as many as leave any rest; with the shift 0 another kernel runs.
    #[test]
    fn runs_of_every_rest() {
        for len in (0..40).chain([1024, 2_501]) {
            let values: Vec<f32> = (0..len).map(|i| ((i * 7919) % 1009) as f32 - 300.0).collect();
            for (of, shift) in [(Of::Moments, 0.0), (Of::Moments, 5.0), (Of::Squares, 0.0)] {
                let mut total = Sums::default();
                Work { of, masked: false }.run(&values, shift, &mut total);
                let differences = || values.iter().map(|value| f64::from(*value) - shift);
                let expected = (differences().sum::<f64>(), differences().map(|d| d * d).sum::<f64>());
                let first = if of == Of::Squares { expected.0 } else { total.first.value() };
                assert_eq!((first, total.second.value()), expected, "{len} values, {of:?} around {shift}");
            }
        }
    }

    /// Every number of columns and of rows that leaves another rest, the last row cut behind its last column: whole numbers,
    /// so that the sums are exact in any order.
    #[test]
    fn panels_of_every_width() {
        let stride = 23;
        let value = |i: usize| if i % 17 == 3 { f32::NAN } else { ((i * 7919) % 1009) as f32 - 500.0 };
        let holes: Vec<f32> = (0..70 * stride).map(value).collect();
        let full: Vec<f32> = holes.iter().map(|value| if value.is_nan() { 7.0 } else { *value }).collect();
        for (width, rows) in (1..20).flat_map(|width| [1, 2, 3, 7, 64, 65, 70].map(|rows| (width, rows))) {
            let shifts: Vec<f64> = (0..width).map(|column| column as f64 * 3.0 - 20.0).collect();
            for (values, masked) in [(&full, false), (&holes, true)] {
                let panel = &values[..(rows - 1) * stride + width];
                for of in [Of::Moments, Of::Squares, Of::Absolute] {
                    let mut totals = vec![Sums::default(); width];
                    let shifts = if of == Of::Moments { shifts.clone() } else { vec![0.0; width] };
                    Work { of, masked }.panel(panel, rows, stride, &shifts, &mut totals);
                    for (column, total) in totals.iter().enumerate() {
                        let members = panel[column..].iter().step_by(stride).filter(|value| !value.is_nan());
                        let differences = members.map(|value| f64::from(*value) - shifts[column]);
                        let (mut first, mut second, mut count) = (0.0, 0.0, 0.0);
                        for d in differences {
                            first += if of == Of::Absolute { d.abs() } else { d };
                            second += d * d;
                            count += 1.0;
                        }
                        let place = format!("column {column} of {width} in {rows} rows, {of:?}");
                        assert!(of == Of::Squares || total.first.value() == first, "{place}");
                        assert!(of == Of::Absolute || total.second.value() == second, "{place}");
                        assert!(!masked || total.count == count, "{place}");
                    }
                }
            }
        }
    }
}
