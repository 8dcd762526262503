//! Smallest and largest values. Comparisons with NaN are false, so NaN is passed over.

use super::vector::{MOST, Vector};
use super::{PARTS, at_once, in_parts};
use crate::Real;

/// Of a group.
#[derive(Clone, Copy, Debug)]
pub struct Extremes<T> {
    pub min: T,
    pub max: T,
    /// Not finite when any value of the group was not; maybe also when one of a column beside it was not, or by overflow.
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

/// Extremes of as many columns as a register holds.
#[derive(Clone, Copy)]
struct Columns<V> {
    min: V,
    max: V,
}

/// Registers full of columns that are worked on at once: the extremes of more would find no room in registers.
const WIDEST: usize = 4;

/// Adds contiguous values of one group.
pub fn run_extremes<T: Real>(values: &[T], total: &mut Extremes<T>) {
    let width = T::Vector::LEN;
    let each = values.len() / width / PARTS;
    let mut lanes = [Extremes::default(); MOST];
    in_parts(values, (each, width), width, |parts, rows| {
        columns::<T, 1, 4>(parts, (rows, width), &mut lanes[..width]);
    });
    lanes.iter().for_each(|lane| total.join(*lane));
    values[each * PARTS * width..].iter().for_each(|value| total.take(*value));
}

/// Adds a panel: `rows` rows, `stride` values apart, of which the first `totals.len()` belong to a group each.
pub fn panel_extremes<T: Real>(panel: &[T], rows: usize, stride: usize, totals: &mut [Extremes<T>]) {
    // At least the last row, which may end before the stride does, is left.
    let each = rows.saturating_sub(1) / PARTS;
    in_parts(panel, (each, stride), totals.len(), |parts, rows| {
        let mut column = 0;
        while column < totals.len() {
            let (parts, rows, totals) = (parts.map(|part| &part[column..]), (rows, stride), &mut totals[column..]);
            column += match at_once(totals.len() / T::Vector::LEN, WIDEST) {
                0 => {
                    parts.iter().for_each(|part| rest(part, rows, &mut totals[..1]));
                    1
                }
                1 => columns::<T, 1, 4>(parts, rows, totals),
                2 => columns::<T, 2, 2>(parts, rows, totals),
                3 => columns::<T, 3, 1>(parts, rows, totals),
                _ => columns::<T, 4, 1>(parts, rows, totals),
            };
        }
    });
    rest(&panel[each * PARTS * stride..], (rows - each * PARTS, stride), totals);
}

/// As many columns as `REGISTERS` hold, of so many rows of each part: how many columns. Lanes for `AT_ONCE` of the parts, so
/// that comparisons do not wait for one another.
fn columns<T: Real, const REGISTERS: usize, const AT_ONCE: usize>(
    parts: [&[T]; PARTS],
    (rows, stride): (usize, usize),
    totals: &mut [Extremes<T>],
) -> usize {
    let (len, none) = (T::Vector::LEN, Extremes::default());
    let none = Columns { min: T::Vector::splat(none.min), max: T::Vector::splat(none.max) };
    let mut found = [[none; REGISTERS]; AT_ONCE];
    // One for all: so, all that a turn needs is in registers.
    let mut sum = T::Vector::splat(T::zero());
    // Chunks of one length, so that bounds are checked once.
    let [a, b, c, d] = parts.map(|part| part[..rows * stride].chunks_exact(stride));
    for (((a, b), c), d) in a.zip(b).zip(c).zip(d) {
        let turn = [a, b, c, d].map(|row| &row[..REGISTERS * len]);
        let mut of_turn = None;
        for (part, row) in turn.into_iter().enumerate() {
            for (register, found) in found[part % AT_ONCE].iter_mut().enumerate() {
                let values = T::Vector::of(|lane| row[register * len + lane]);
                found.min = values.lesser(found.min);
                found.max = values.greater(found.max);
                of_turn = Some(of_turn.map_or(values, |sum: T::Vector| sum + values));
            }
        }
        sum = of_turn.map_or(sum, |of_turn| sum + of_turn);
    }
    let sum = sum.numbers().iter().fold(T::zero(), |sum, number| sum + *number);
    for (register, found) in found.iter().flat_map(|found| found.iter().enumerate()) {
        let (min, max) = (found.min.numbers(), found.max.numbers());
        for (lane, total) in totals[register * len..][..len].iter_mut().enumerate() {
            total.join(Extremes { min: min[lane], max: max[lane], sum });
        }
    }
    REGISTERS * len
}

/// Rows that fill no turn, or a column that fills no register.
fn rest<T: Real>(block: &[T], (rows, stride): (usize, usize), totals: &mut [Extremes<T>]) {
    for row in 0..rows {
        totals.iter_mut().zip(&block[row * stride..]).for_each(|(total, value)| total.take(*value));
    }
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
        let holes: Vec<f32> = (0..70 * stride).map(value).collect();
        let full: Vec<f32> = holes.iter().map(|value| if value.is_nan() { 7.0 } else { *value }).collect();
        let sizes = (1..20).flat_map(|width| [1, 2, 3, 7, 64, 65, 70].map(|rows| (width, rows)));
        for (values, (width, rows)) in sizes.flat_map(|size| [(&holes, size), (&full, size)]) {
            let panel = &values[..(rows - 1) * stride + width];
            let mut totals = vec![Extremes::default(); width];
            panel_extremes(panel, rows, stride, &mut totals);
            let missing = panel.chunks(stride).any(|row| row.iter().take(width).any(|value| value.is_nan()));
            for (column, total) in totals.iter().enumerate() {
                let members = || panel[column..].iter().step_by(stride);
                assert_eq!((total.min, total.max), naive(members()), "column {column} of {width} in {rows} rows");
                // So is maybe that of a column beside one with a missing value; none is where nothing is missing.
                let expected = members().any(|value| value.is_nan());
                assert_eq!(
                    total.sum.is_nan(),
                    expected || (missing && total.sum.is_nan()),
                    "{column} of {width}, {rows}"
                );
            }
        }
    }
}
