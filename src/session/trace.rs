//! Where a value of the last view comes from.

use std::ops::Range;

use ndarray::{Array3, ArrayView3, ShapeBuilder, s};

use super::{Chosen, Loaded, QueryError, Session, groups};
use normlab_data::{DataCell, SavedFit, shown_name};
use normlab_engine::trace::{self, StatisticsSource, Trace};
use normlab_engine::{Conventions, Error, Fitted, Method, Recipe, Shape};
use normlab_protocol::{FitOn, Traced, ViewQuery};

/// Statistics of so many groups are kept; of more, those of a few examples are found again.
const KEPT: usize = 200_000;

/// So many values of a group are drawn on a line.
const MEMBERS: usize = 200;

/// How a view was computed.
pub(super) struct Computed {
    pub method: Method,
    /// Rows that were fitted.
    rows: u64,
    /// Whose rules were followed.
    pub conventions: Conventions,
    pub recipe: Recipe,
    /// `None` when there are too many groups to keep, each inside an example.
    pub fitted: Option<Fitted>,
    /// The statistics were not found in these data.
    pub elsewhere: bool,
}

impl Computed {
    pub fn new(query: &ViewQuery, method: Method, fitted: Fitted, rows: u64) -> Self {
        let few = fitted.groups.len() <= KEPT || !fitted.recipe.is_within_examples();
        Self {
            method,
            rows,
            conventions: query.conventions,
            recipe: fitted.recipe.clone(),
            fitted: few.then_some(fitted),
            elsewhere: matches!(query.fit, FitOn::Saved(_)),
        }
    }

    /// What was found of these features, to take away; `data` is what the data are called.
    pub fn saved(&self, names: &[String], data: &str) -> SavedFit {
        let fitted = self.fitted.as_ref().filter(|fitted| self.method.fits_features(fitted.shape));
        SavedFit::new(&self.method, fitted, names, data, self.rows)
    }
}

impl Session {
    /// How the value of this cell was computed.
    ///
    /// # Errors
    /// When there is no view, or the cell is not part of it.
    pub fn trace(&self, cell: DataCell) -> Result<Traced, QueryError> {
        let Loaded { chosen, info, .. } = self.loaded.as_ref().ok_or(QueryError::Cancelled)?;
        let chosen = chosen.as_ref().ok_or_else(QueryError::no_result)?;
        let computed = chosen.computed.as_ref().ok_or_else(QueryError::no_result)?;
        let unchosen = || QueryError::Because("The selected value is not in the chosen columns.".into());
        let feature = chosen.feature(cell.column).ok_or_else(unchosen)?;
        let at = trace::ArrayIndex::new(cell.row as usize, feature, cell.position as usize);
        if chosen.before.get([at.example, at.feature, at.position]).is_none() {
            return Err(QueryError::Because("The selected value is not in these data.".into()));
        }
        let trace = chosen.trace(computed, at)?;
        let names: Vec<String> = chosen.columns.iter().map(|&column| shown_name(&info.columns[column].name)).collect();
        let shape = Shape::of(&chosen.before.view());
        let grouping = trace.replay.recipe.grouping;
        let group = grouping.index(shape, at.example, at.feature, at.position);
        let group = groups::name(grouping, shape, group, &names);
        let members = chosen.members(&trace);
        let left_out = chosen.leaves_out(computed, at.example);
        Ok(Traced { cell, feature: names[feature].clone(), group, trace, members, left_out })
    }
}

/// Zeros in the shape of a part of the chosen columns, in memory as the whole is: a table feature by feature.
pub(super) fn like(of: ArrayView3<f64>) -> Array3<f64> {
    if of.dim().2 == 1 { Array3::zeros(of.dim().f()) } else { Array3::zeros(of.dim()) }
}

/// A copy of such a part.
pub(super) fn part_of(of: ArrayView3<f64>) -> Array3<f64> {
    let mut copy = like(of);
    copy.assign(&of);
    copy
}

/// The stride that takes about [`MEMBERS`] of so many values, of all places in an example in turn.
fn stride(values: usize, of_an_example: usize) -> usize {
    let common = |mut a: usize, mut b: usize| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let least = values.div_ceil(MEMBERS).max(1);
    (least..).find(|stride| common(*stride, of_an_example) == 1).unwrap_or(least)
}

impl Chosen {
    /// Whether this row is none of those that the statistics were found from.
    fn leaves_out(&self, computed: &Computed, row: usize) -> bool {
        self.train.as_ref().is_some_and(|train| computed.method.shares_examples() && train.leaves_out(row))
    }

    /// Values of the group, evenly over it, with its ends.
    fn members(&self, trace: &Trace) -> Vec<f64> {
        let train = self.train.as_ref().map(|train| train.rows.view());
        let (array, ranges) = match &trace.group.fitted {
            Some(fitted) if !trace.replay.recipe.is_within_examples() => (train.unwrap_or(self.before.view()), fitted),
            _ => (self.before.view(), &trace.group.members),
        };
        let [examples, features, positions] = ranges.clone();
        let of = array.slice(s![examples, features, positions]);
        let (_, c, l) = of.dim();
        let places = (0..of.len()).step_by(stride(of.len(), c * l));
        let there = places.map(|at| of[[at / (c * l), at / l % c, at % l]]).filter(|value| !value.is_nan());
        let ends = trace.group.extent.map_or(Vec::new(), |(min, max)| vec![min, max]);
        there.chain(ends).collect()
    }

    fn trace(&self, computed: &Computed, at: trace::ArrayIndex) -> Result<Trace, Error> {
        let (x, method) = (self.before.view(), &computed.method);
        if let Some(fitted) = &computed.fitted {
            let train = self.train.as_ref().map(|train| train.rows.view());
            let source = if computed.elsewhere { StatisticsSource::Elsewhere } else { method.source(x, train) };
            return fitted.trace(x, source, at);
        }
        // An example knows of no other.
        let part = Recipe::examples_with(Shape::of(&x), at.example);
        let first = part.start.min(x.dim().0);
        let rows = x.slice(s![first..part.end.max(first), .., ..]);
        let copy = part_of(rows);
        let rows = copy.view();
        let here = trace::ArrayIndex { example: at.example - first, ..at };
        let mut trace = computed.recipe.fit(rows)?.trace(rows, StatisticsSource::Values(rows), here)?;
        trace.cell = at;
        let moved = |range: &mut Range<usize>| *range = range.start + first..range.end + first;
        moved(&mut trace.group.members[0]);
        if let Some([examples, ..]) = &mut trace.group.fitted {
            moved(examples);
        }
        Ok(trace)
    }
}
