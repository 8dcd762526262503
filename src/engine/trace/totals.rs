//! Passes over the members of a group: sums with twice the digits, whatever the magnitude.

use ndarray::ArrayView3;
use serde::{Deserialize, Serialize};

use crate::Real;
use crate::kernel::{Extremes, GroupTotals, Of, SumsTask, run_extremes};
use crate::statistics::double::{Double, power_of_two};
use crate::statistics::moments::Extent;
use crate::statistics::quantile::{QuantileNeighbours, neighbours_within};

/// A sum over a group: its first terms, how many more there are, and the total.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sum {
    pub first: Vec<Term>,
    /// Terms that are not shown.
    pub more: usize,
    pub total: f64,
}

/// A value and what it adds to a sum: itself, its absolute value, its square, its squared difference to the mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    pub value: f64,
    pub term: f64,
}

/// Terms that are shown of a sum.
const SHOWN: usize = 4;

/// Values at a time: as many as the sums take between two additions to the totals.
const BLOCK: usize = 1024;

/// Sums side by side.
const LANES: usize = 8;

/// The members of a group whose values are not missing.
pub(super) struct Members<'a, T> {
    values: ArrayView3<'a, T>,
    pub count: usize,
}

impl<'a, T: Real> Members<'a, T> {
    /// `count` of the values are not missing.
    pub fn new(values: ArrayView3<'a, T>, count: usize) -> Self {
        Self { values, count }
    }

    /// Least and greatest.
    pub fn extent(&self) -> (f64, f64) {
        let mut found = Extremes::default();
        self.each_block(&mut |block| run_extremes(block, &mut found));
        (Real::to_f64(found.min), Real::to_f64(found.max))
    }

    /// The sum of the values, in units of 2^exponent.
    pub fn sum(&self, exponent: i32) -> (Sum, Double) {
        // Several sums, so that additions do not wait for one another.
        let mut sums = [Double::default(); LANES];
        let power = power_of_two(-exponent);
        let there = |value: T| if value.is_nan() { 0.0 } else { Real::to_f64(value) * power };
        self.each_block(&mut |block| {
            let (chunks, rest) = block.as_chunks::<LANES>();
            for chunk in chunks {
                sums.iter_mut().zip(chunk).for_each(|(sum, value)| sum.add(there(*value)));
            }
            sums.iter_mut().zip(rest).for_each(|(sum, value)| sum.add(there(*value)));
        });
        let total = sums.into_iter().fold(Double::default(), Double::plus);
        (self.shown(exponent, total.value(), &|value| value), total)
    }

    /// The sum of the absolute values, in units of 2^exponent.
    pub fn absolute(&self, exponent: i32) -> Sum {
        self.shown(exponent, self.sums(Of::Absolute, exponent, 0.0).first.value(), &f64::abs)
    }

    /// The sum of the squared differences to `center`, in units of 4^exponent; `center` is in units of 2^exponent.
    pub fn squares(&self, exponent: i32, center: Double) -> Sum {
        let sums = self.sums(Of::Moments, exponent, center.high);
        // Around the whole centre; the first sum and what rounding took from the centre are both next to nothing.
        let (low, n) = (center.low, self.count as f64);
        let total = sums.second.value() - low * (2.0 * sums.first.value() - n * low);
        self.shown(exponent, total, &|value| {
            let difference = (value - center.high) - low;
            difference * difference
        })
    }

    /// What the quantiles at these fractions lie between, in units of 2^exponent; there is at least one value, and the
    /// least and greatest are `extent`.
    pub fn neighbours(&self, exponent: i32, (min, max): (f64, f64), fractions: &[f64]) -> Vec<QuantileNeighbours> {
        let count = self.count;
        // Without a copy where the members are next to each other in memory, as they are.
        if let Some(memory) = self.values.as_slice_memory_order().filter(|_| exponent == 0) {
            let extent = Extent { count, min: T::from_f64(min), max: T::from_f64(max) };
            return neighbours_within(memory, extent, fractions, &mut Vec::new());
        }
        let mut all = Vec::with_capacity(count);
        self.scaled(exponent, &mut |block| all.extend(block.iter().filter(|value| !value.is_nan())));
        let power = power_of_two(-exponent);
        neighbours_within(&all, Extent { count, min: min * power, max: max * power }, fractions, &mut Vec::new())
    }

    fn sums(&self, of: Of, exponent: i32, shift: f64) -> GroupTotals {
        let (work, mut total) = (SumsTask { of, masked: self.count < self.values.len() }, GroupTotals::default());
        if exponent == 0 && !T::SINGLE {
            self.each_block(&mut |block| work.run(block, shift, &mut total));
        } else {
            self.scaled(exponent, &mut |block| work.run(block, shift, &mut total));
        }
        total
    }

    fn shown(&self, exponent: i32, total: f64, term: &dyn Fn(f64) -> f64) -> Sum {
        let power = power_of_two(-exponent);
        let there = self.values.iter().map(|value| Real::to_f64(*value)).filter(|value| !value.is_nan());
        let first: Vec<Term> =
            there.take(SHOWN).map(|value| Term { value: value * power, term: term(value * power) }).collect();
        let more = self.count - first.len().min(self.count);
        Sum { first, more, total }
    }

    fn scaled(&self, exponent: i32, visit: &mut dyn FnMut(&[f64])) {
        let power = power_of_two(-exponent);
        let mut scaled = Vec::with_capacity(BLOCK);
        self.each_block(&mut |block| {
            scaled.clear();
            scaled.extend(block.iter().map(|value| Real::to_f64(*value) * power));
            visit(&scaled);
        });
    }

    /// Without a copy where the members are next to each other in memory.
    fn each_block(&self, visit: &mut dyn FnMut(&[T])) {
        if let Some(memory) = self.values.as_slice_memory_order() {
            memory.chunks(BLOCK).for_each(visit);
            return;
        }
        let mut block = Vec::with_capacity(BLOCK);
        for value in &self.values {
            block.push(*value);
            if block.len() == BLOCK {
                visit(&block);
                block.clear();
            }
        }
        visit(&block);
    }
}
