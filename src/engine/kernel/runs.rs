//! Sums of runs: values of one group that follow each other in memory.

use wide::f64x2;

use super::sums::{LANES, LanePair, MOMENTS, MOST, SQUARES, UNSHIFTED};
use super::{GroupTotals, Of, PARTS, SumsTask, in_parts};
use crate::Real;

/// Values of each of several runs that are added in a turn.
const TURN: usize = 4;

impl SumsTask {
    /// In f64, sums of f32 need no blocks.
    #[inline(always)]
    fn is_plain<T: Real>(self) -> bool {
        T::SINGLE && !self.masked && self.of != Of::Absolute
    }

    /// Adds contiguous values of one group.
    #[inline(always)]
    pub fn run<T: Real>(self, values: &[T], shift: f64, total: &mut GroupTotals) {
        if !self.is_plain::<T>() {
            return self.run_in_blocks(values, shift, total);
        }
        // No pointer to one of these loops: calls through pointers are checked.
        let (whole, rest) = values.as_chunks();
        let sums = match self.of {
            Of::Moments if shift == 0.0 => sum_run::<T, UNSHIFTED>(whole, shift),
            Of::Moments => sum_run::<T, MOMENTS>(whole, shift),
            _ => sum_run::<T, SQUARES>(whole, shift),
        };
        self.add_run(sums, rest, shift, total);
    }

    /// As [`GatherBuffers::run`], for as many runs of one length, each of its own group, that are read side by side.
    #[inline(always)]
    pub fn runs<T: Real>(self, runs: [&[T]; PARTS], shifts: [f64; PARTS]) -> [GroupTotals; PARTS] {
        let mut totals = [GroupTotals::default(); PARTS];
        let each = runs.into_iter().zip(shifts).zip(&mut totals);
        if !self.is_plain::<T>() {
            each.for_each(|((run, shift), total)| self.run(run, shift, total));
            return totals;
        }
        let whole = runs.map(|run| run.as_chunks().0);
        let sums = match self.of {
            Of::Moments if shifts == [0.0; PARTS] => sum_runs::<T, UNSHIFTED>(whole, shifts),
            Of::Moments => sum_runs::<T, MOMENTS>(whole, shifts),
            _ => sum_runs::<T, SQUARES>(whole, shifts),
        };
        for (((run, shift), total), sums) in each.zip(sums) {
            self.add_run(sums, &run[run.len() / TURN * TURN..], shift, total);
        }
        totals
    }

    /// The sums of a run, and what filled no turn of its loop.
    #[inline(always)]
    fn add_run<T: Real>(self, [first, second]: [f64; 2], rest: &[T], shift: f64, total: &mut GroupTotals) {
        self.add::<T>(total, first, second, 0.0);
        if !rest.is_empty() {
            self.run_in_blocks(rest, shift, total);
        }
    }

    fn run_in_blocks<T: Real>(self, values: &[T], shift: f64, total: &mut GroupTotals) {
        // As a panel, the narrowest there is a loop for: its columns have one shift.
        let width = if self.masked { 4 } else { 2 };
        let rows = values.len() / width;
        let whole = rows / PARTS * PARTS * width;
        in_parts(values, (rows / PARTS, width), width, |parts, rows| {
            let sums = self.kernel::<T>(width)(parts, rows, width, &[shift; MOST]);
            let count = if self.masked { pairwise(sums.count) } else { 0.0 };
            self.add::<T>(total, pairwise(sums.first), pairwise(sums.second), count);
        });
        values[whole..].iter().for_each(|value| self.take_one(*value, shift, total));
    }
}

#[inline(always)]
fn pairwise(mut lanes: [f64; MOST]) -> f64 {
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
fn sum_run<T: Real, const OF: u8>(chunks: &[[T; LANES]], shift: f64) -> [f64; 2] {
    let shift = f64x2::splat(shift);
    let mut sums = [LanePair::default(); LANES / 2];
    for chunk in chunks {
        for (pair, sums) in sums.iter_mut().enumerate() {
            sums.take::<OF, false>(T::widen([chunk[2 * pair], chunk[2 * pair + 1]]), shift);
        }
    }
    let [a, b, c, d] = sums;
    let total = |of: fn(&LanePair) -> f64x2| (of(&a) + of(&b)) + (of(&c) + of(&d));
    [total(|pair| pair.first), total(|pair| pair.second)].map(both)
}

/// The sum of both lanes.
fn both(lanes: f64x2) -> f64 {
    let [a, b] = lanes.to_array();
    a + b
}

/// As [`sum_run`], of each of these runs.
fn sum_runs<T: Real, const OF: u8>(runs: [&[[T; TURN]]; PARTS], shifts: [f64; PARTS]) -> [[f64; 2]; PARTS] {
    let shifts = shifts.map(f64x2::splat);
    let mut sums = [LanePair::default(); PARTS];
    let [a, b, c, d] = runs.map(<[_]>::iter);
    for (((a, b), c), d) in a.zip(b).zip(c).zip(d) {
        for (part, values) in [a, b, c, d].into_iter().enumerate() {
            for pair in 0..TURN / 2 {
                sums[part].take::<OF, false>(T::widen([values[2 * pair], values[2 * pair + 1]]), shifts[part]);
            }
        }
    }
    sums.map(|pair| [pair.first, pair.second].map(both))
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
                let work = SumsTask { of, masked: false };
                let mut alone = GroupTotals::default();
                work.run(&values, shift, &mut alone);
                let differences = || values.iter().map(|value| f64::from(*value) - shift);
                let expected = (differences().sum::<f64>(), differences().map(|d| d * d).sum::<f64>());
                for total in work.runs([&values; PARTS], [shift; PARTS]).into_iter().chain([alone]) {
                    let first = if of == Of::Squares { expected.0 } else { total.first.value() };
                    assert_eq!((first, total.second.value()), expected, "{len} values, {of:?} around {shift}");
                }
            }
        }
    }
}
