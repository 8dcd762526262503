//! Where a number comes from: the computation of one value, step by step, with the real numbers.
//!
//! A [`Trace`] has three stages, each a typed step with its operands and its result: the centre of the group, its scale,
//! and what was then done with the value. Long sums are folded into their first terms and their total, so that a trace is
//! small however large the group is. The statistics are those of [`Fitted::groups`], the terms come from the data.
//!
//! What is displayed is arithmetic as one would do it by hand. The engine does the same with more digits where rounding
//! would show; a trace carries those too, and [`Trace::replay`] gives the engine's result to the last bit.

mod application;
mod center;
mod make;
mod number_line;
mod replay;
mod scale;
mod totals;

use std::ops::Range;

use ndarray::ArrayView3;
use serde::{Deserialize, Serialize};

pub use application::{Application, Step};
pub use center::{CenterStep, Interpolation};
pub use number_line::NumberLine;
pub use replay::Replay;
pub use scale::{ScaleStep, Substitute};
pub use totals::{Sum, Term};

use crate::method::{BatchNorm, Mode};
use crate::{Error, Fitted, GroupStatistics, Grouping, Method, Real, Shape};

/// A value of an array `(N, C, L)`; indices count from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ArrayIndex {
    pub example: usize,
    pub feature: usize,
    pub position: usize,
}

/// Where the statistics of a [`Fitted`] came from.
#[derive(Clone, Debug)]
pub enum StatisticsSource<'a, T> {
    /// This array was fitted: the transformed one itself, or other rows.
    Values(ArrayView3<'a, T>),
    /// Running mean and variance, gathered batch by batch: no value at hand is a member.
    Running,
    /// Found elsewhere, as centre and scale.
    Elsewhere,
}

/// Where one number of the result came from. Everything is plain data, and small whatever the size of the group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    pub cell: ArrayIndex,
    /// The value before; NaN where it is missing.
    pub value: f64,
    pub group: SharedValues,
    pub center: TraceStage<CenterStep>,
    pub scale: TraceStage<ScaleStep>,
    /// From the value to the result.
    pub application: TraceStage<Application>,
    /// The result, as the engine gives it.
    pub output: f64,
    /// What [`Trace::replay`] needs beyond what is displayed.
    pub replay: Replay,
}

/// The numbers that share statistics with the chosen one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharedValues {
    /// Among the groups, in the order of [`Grouping::index`].
    pub index: usize,
    /// The values of the transformed array that are sent along with the chosen one, as ranges of examples, features and
    /// positions.
    pub members: [Range<usize>; 3],
    /// The values whose statistics these are, as ranges of the fitted array; `None` where that is not at hand.
    pub fitted: Option<[Range<usize>; 3]>,
    /// Least and greatest of the fitted values; `None` where there is none.
    pub extent: Option<(f64, f64)>,
    /// Centre, scale, and how many values took part or were missing.
    pub statistics: GroupStatistics,
}

/// A part of the computation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceStage<S> {
    /// All numbers of this stage are in units of 2^exponent (squares and eps in units of 4^exponent). 0, so plain
    /// numbers, but where those would overflow or lose digits.
    pub exponent: i32,
    pub step: S,
}

impl ArrayIndex {
    pub const fn new(example: usize, feature: usize, position: usize) -> Self {
        Self { example, feature, position }
    }

    const fn index(self) -> [usize; 3] {
        [self.example, self.feature, self.position]
    }

    /// Refuses a place outside of an array of this shape.
    ///
    /// # Errors
    /// [`Error::Parameter`] naming the axis.
    pub(crate) fn check(self, shape: Shape) -> Result<(), Error> {
        let lengths = [shape.examples, shape.features, shape.positions];
        let axes = ["example", "feature", "position"].into_iter().zip(self.index()).zip(lengths);
        for ((name, index), len) in axes {
            if index >= len {
                let allowed = format!("less than {len}, counting from 0");
                return Err(Error::Parameter { name, value: index.to_string(), allowed });
            }
        }
        Ok(())
    }
}

impl Grouping {
    /// The values of an array of this shape that share statistics with a cell, as ranges of examples, features and
    /// positions.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a cell outside of the shape, or groups that do not divide its features.
    pub fn members_with(self, shape: Shape, cell: ArrayIndex) -> Result<[Range<usize>; 3], Error> {
        self.check(shape)?;
        cell.check(shape)?;
        Ok(self.members(shape, self.index(shape, cell.example, cell.feature, cell.position)))
    }
}

impl Fitted {
    /// How one value of `x`, an array `(N, C, L)`, is transformed by these statistics. Takes time in proportion to the
    /// members of the group alone.
    ///
    /// The result belongs to [`Fitted::transform`] (and [`crate::Method::run`]) of `x` as it lies in memory.
    ///
    /// # Errors
    /// [`Error::ShapeMismatch`] when `x` does not suit the statistics or the source is not what was fitted;
    /// [`Error::Parameter`] for a cell outside of `x`.
    pub fn trace<T: Real>(
        &self,
        x: ArrayView3<T>,
        source: StatisticsSource<T>,
        cell: ArrayIndex,
    ) -> Result<Trace, Error> {
        T::trace(self, x, source, cell)
    }
}

impl Method {
    /// What [`Method::run`] of the same arrays takes the statistics from.
    pub fn source<'a, T: Real>(
        &self,
        x: ArrayView3<'a, T>,
        train: Option<ArrayView3<'a, T>>,
    ) -> StatisticsSource<'a, T> {
        match self {
            Self::BatchNorm(BatchNorm { mode: Mode::Evaluation, .. }) => StatisticsSource::Running,
            _ if self.shares_examples() => StatisticsSource::Values(train.unwrap_or(x)),
            _ => StatisticsSource::Values(x),
        }
    }
}
