//! Shifted sums and sums of squares. Long sums are cut into blocks whose sums are added with twice the digits, so that
//! rounding does not grow with the number of values.

use wide::f64x2;

use super::{PARTS, at_once, in_parts};
use crate::Real;
use crate::statistics::double::Double;

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
pub struct GroupTotals {
    /// Of differences (or absolute values).
    pub first: Double,
    /// Of squares.
    pub second: Double,
    /// Values that are not NaN; counted only when masked.
    pub count: f64,
}

impl GroupTotals {
    /// Adds sums of f32.
    pub fn join(&mut self, other: &Self) {
        self.first.high += other.first.high;
        self.second.high += other.second.high;
        self.count += other.count;
    }
}

/// Values of a run that are added side by side.
pub(super) const LANES: usize = 8;
/// Sums side by side of a kernel, at most.
pub(super) const MOST: usize = 10;

/// Sums side by side, so that additions do not wait for one another.
#[derive(Default)]
pub(super) struct Lanes {
    pub first: [f64; MOST],
    pub second: [f64; MOST],
    pub count: [f64; MOST],
}

/// The loops are compiled for what they sum up.
pub(super) const MOMENTS: u8 = 0;
pub(super) const SQUARES: u8 = 1;
const ABSOLUTE: u8 = 2;
/// Moments around 0: there is nothing to subtract.
pub(super) const UNSHIFTED: u8 = 3;

/// Sums of two lanes.
#[derive(Clone, Copy, Default)]
pub(super) struct LanePair {
    pub first: f64x2,
    pub second: f64x2,
    count: f64x2,
}

impl LanePair {
    /// What two values add; a NaN nothing, when masked.
    #[inline(always)]
    pub fn take<const OF: u8, const MASKED: bool>(&mut self, values: f64x2, shifts: f64x2) {
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

/// Sums up columns of parts of a panel, so many rows of each, `stride` values apart. Lane `k` is of column `k % width`.
pub(super) type Kernel<T> = fn(parts: [&[T]; PARTS], rows: usize, stride: usize, shifts: &[f64; MOST]) -> Lanes;

/// How many pairs of lanes are used.
const fn pairs(width: usize) -> usize {
    match width {
        1 => PARTS / 2,
        2 | 4 => LANES / 2,
        _ => width / 2,
    }
}

/// What to sum up of columns, and which.
#[derive(Clone, Copy)]
pub struct SumsTask {
    pub of: Of,
    /// Whether NaN are left out and the others counted.
    pub masked: bool,
}

impl SumsTask {
    /// How many columns are worked on at once when so many are left. The shifts of more would find no room in registers.
    fn width(self, left: usize) -> usize {
        match (self.of, at_once(left / 2, MOST / 2)) {
            (Of::Moments, pairs @ 3..) if !self.masked => 2 * pairs,
            (_, 2..) => 4,
            (_, 1) if !self.masked => 2,
            _ => 1,
        }
    }

    /// Values missing are rare, squares of differences to 0 are squares: fewer loops do for those.
    pub(super) fn kernel<T: Real>(self, width: usize) -> Kernel<T> {
        match (self.of, self.masked, width) {
            (Of::Moments, false, 10) => sum_columns::<T, MOMENTS, false, 10>,
            (Of::Moments, false, 8) => sum_columns::<T, MOMENTS, false, 8>,
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

    /// A value that fills no turn of a kernel.
    pub(super) fn take_one<T: Real>(self, value: T, shift: f64, total: &mut GroupTotals) {
        let (values, shifts) = (T::widen([value; 2]), f64x2::splat(shift));
        let mut pair = LanePair::default();
        match (self.of, self.masked) {
            (Of::Absolute, false) => pair.take::<ABSOLUTE, false>(values, shifts),
            (Of::Absolute, true) => pair.take::<ABSOLUTE, true>(values, shifts),
            (_, false) => pair.take::<MOMENTS, false>(values, shifts),
            (_, true) => pair.take::<MOMENTS, true>(values, shifts),
        }
        let [first, second, count] = [pair.first, pair.second, pair.count].map(|pair| pair.to_array()[0]);
        self.add::<T>(total, first, second, count);
    }

    /// Only what was asked for; with twice the digits where the values have as many as the sums.
    #[inline(always)]
    pub(super) fn add<T: Real>(self, total: &mut GroupTotals, first: f64, second: f64, count: f64) {
        let add = |total: &mut Double, value: f64| if T::SINGLE { total.high += value } else { total.add(value) };
        if self.of != Of::Squares {
            add(&mut total.first, first);
        }
        if self.of != Of::Absolute {
            add(&mut total.second, second);
        }
        total.count += count;
    }

    /// Adds a panel: `rows` rows, `stride` values apart, of which the first `totals.len()` belong to a group each.
    pub fn panel<T: Real>(self, panel: &[T], rows: usize, stride: usize, shifts: &[f64], totals: &mut [GroupTotals]) {
        // At least the last row, which may end before the stride does, is left.
        let each = rows.saturating_sub(1) / PARTS;
        in_parts(panel, (each, stride), totals.len(), |parts, rows| {
            let mut column = 0;
            while column < totals.len() {
                let width = self.width(totals.len() - column);
                let columns = column..column + width;
                let parts = parts.map(|part| &part[column..]);
                self.columns(width, parts, (rows, stride), &shifts[columns.clone()], &mut totals[columns]);
                column += width;
            }
        });
        for row in each * PARTS..rows {
            for ((value, shift), total) in panel[row * stride..].iter().zip(shifts).zip(totals.iter_mut()) {
                self.take_one(*value, *shift, total);
            }
        }
    }

    fn columns<T: Real>(
        self,
        width: usize,
        parts: [&[T]; PARTS],
        (rows, stride): (usize, usize),
        shifts: &[f64],
        totals: &mut [GroupTotals],
    ) {
        let mut lane_shifts = [0.0; MOST];
        lane_shifts[..width].copy_from_slice(shifts);
        let sums = self.kernel::<T>(width)(parts, rows, stride, &lane_shifts);
        for lane in 0..2 * pairs(width) {
            self.add::<T>(&mut totals[lane % width], sums.first[lane], sums.second[lane], sums.count[lane]);
        }
    }
}

fn sum_columns<T: Real, const OF: u8, const MASKED: bool, const WIDTH: usize>(
    parts: [&[T]; PARTS],
    rows: usize,
    stride: usize,
    shifts: &[f64; MOST],
) -> Lanes {
    let shifts: [f64x2; MOST / 2] =
        std::array::from_fn(|pair| f64x2::new([2 * pair, 2 * pair + 1].map(|lane| shifts[lane % WIDTH])));
    let mut sums = [LanePair::default(); MOST / 2];
    // Chunks of one length, so that bounds are checked once.
    let [a, b, c, d] = parts.map(|part| part[..rows * stride].chunks_exact(stride));
    for (((a, b), c), d) in a.zip(b).zip(c).zip(d) {
        let turn: [&[T]; PARTS] = [&a[..WIDTH], &b[..WIDTH], &c[..WIDTH], &d[..WIDTH]];
        let mut take = |lane: usize| {
            let two = [lane, lane + 1].map(|lane| turn[lane / WIDTH][lane % WIDTH]);
            let pair = lane / 2 % pairs(WIDTH);
            sums[pair].take::<OF, MASKED>(T::widen(two), shifts[pair]);
        };
        if WIDTH == 1 {
            [0, 2].into_iter().for_each(take);
        } else {
            for part in 0..PARTS {
                for pair in 0..WIDTH / 2 {
                    take(part * WIDTH + 2 * pair);
                }
            }
        }
    }
    let lanes = |of: fn(&LanePair) -> f64x2| std::array::from_fn(|lane| of(&sums[lane / 2]).to_array()[lane % 2]);
    Lanes { first: lanes(|pair| pair.first), second: lanes(|pair| pair.second), count: lanes(|pair| pair.count) }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                    let mut totals = vec![GroupTotals::default(); width];
                    let shifts = if of == Of::Moments { shifts.clone() } else { vec![0.0; width] };
                    SumsTask { of, masked }.panel(panel, rows, stride, &shifts, &mut totals);
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
