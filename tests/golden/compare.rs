//! Comparing, counting, and the worst that was seen.

use std::fmt;

use normlab::engine::{Grouping, Real, Shape};

use super::case::Case;

#[derive(Default)]
pub struct Tally {
    pub exact: usize,
    pub outputs: usize,
    pub errors: usize,
    pub attributes: usize,
    /// Worst distance to the exact value in units of the last place of the group's largest output, and where.
    worst_double: (f64, String),
    worst_single: (f64, String),
    failures: Vec<String>,
}

impl Tally {
    pub fn compared(&self) -> usize {
        self.exact + self.outputs + self.errors
    }

    pub fn failed(&self) -> bool {
        !self.failures.is_empty()
    }

    pub fn fail(&mut self, case: &Case, why: impl fmt::Display) {
        self.failures.push(format!("{}: {why}", case.name()));
    }

    pub fn finish(&self) {
        assert!(self.failures.is_empty(), "{} failures:\n{}", self.failures.len(), self.failures.join("\n"));
    }

    /// Against 80-digit arithmetic: 4 units of the last place of the largest output of the group for f64, 2 for f32.
    pub fn against_exact<T: Real>(&mut self, case: &Case, grouping: Grouping, shape: Shape, found: &[T]) {
        let expected = case.exact().expect("exact values").data;
        self.exact += 1;
        if expected.len() != found.len() {
            return self.fail(case, format!("{} values instead of {}", found.len(), expected.len()));
        }
        let mut largest = vec![0.0_f64; grouping.count(shape)];
        let group_of = |index: usize| {
            let (rest, l) = (index / shape.positions, index % shape.positions);
            grouping.index(shape, rest / shape.features, rest % shape.features, l)
        };
        for (index, value) in expected.iter().enumerate() {
            let largest = &mut largest[group_of(index)];
            *largest = largest.max(value.abs());
        }
        let allowed = if T::SINGLE { 2.0 } else { 4.0 };
        for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
            let found = Real::to_f64(*found);
            let distance = (found - expected).abs() / last_place::<T>(largest[group_of(index)]);
            let agree = if expected.is_nan() { found.is_nan() } else { found == *expected || distance <= allowed };
            if !agree {
                self.fail(case, format!("value {index} is {found:e}, exactly {expected:e}: {distance} ulp"));
            }
            let worst = if T::SINGLE { &mut self.worst_single } else { &mut self.worst_double };
            if distance > worst.0 {
                *worst = (distance, case.name().into());
            }
        }
    }

    /// Against what a library gave, relative to the largest of each column of `columns` numbers.
    pub fn against_library<T: Real>(&mut self, case: &Case, what: &str, columns: usize, found: &[T], tolerance: f64) {
        let expected = case.output(what).expect("an output of the library").data;
        self.attributes += 1;
        if expected.len() != found.len() {
            return self.fail(case, format!("{what}: {} values instead of {}", found.len(), expected.len()));
        }
        for (index, (expected_one, found)) in expected.iter().zip(found).enumerate() {
            let found = Real::to_f64(*found);
            let column = expected.iter().skip(index % columns).step_by(columns);
            // An output is of the size of 1 by design; where the library gives rounding errors only, 0 agrees.
            let least = if what == "y" { 1.0_f64 } else { 0.0 };
            let largest = column.filter(|v| v.is_finite()).fold(least, |a, b| a.max(b.abs()));
            let agree = found == *expected_one
                || (found.is_nan() && expected_one.is_nan())
                || (found - expected_one).abs() <= tolerance * largest;
            if !agree {
                self.fail(case, format!("{what}: value {index} is {found:e}, the library gave {expected_one:e}"));
            }
        }
    }
}

/// A unit of the last place of a number of this size.
fn last_place<T: Real>(size: f64) -> f64 {
    let size = Real::to_f64(T::from_f64(size)).max(Real::to_f64(T::min_positive_value()));
    let exponent = size.log2().floor();
    // log2 may round up to the next power of two; the smaller unit is the stricter one.
    let exponent = if exponent.exp2() > size { exponent - 1.0 } else { exponent };
    exponent.exp2() * Real::to_f64(T::epsilon())
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} cases with 80-digit arithmetic", self.exact)?;
        writeln!(f, "{} cases with the output of the library", self.outputs)?;
        writeln!(f, "{} cases with a typed error where the library raised", self.errors)?;
        writeln!(f, "{} fitted attributes and inverses with those of the library", self.attributes)?;
        writeln!(f, "worst f64: {:.3} ulp ({})", self.worst_double.0, self.worst_double.1)?;
        write!(f, "worst f32: {:.3} ulp ({})", self.worst_single.0, self.worst_single.1)
    }
}
