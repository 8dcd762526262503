//! The rows that are used, and what scaling makes of them.

use ndarray::{Array3, ShapeBuilder};
use normlab_data::random::Stream;
use normlab_engine::method::{MaxAbs, MinMax, Robust, ZScore};
use normlab_engine::{Method, moments};
use normlab_parameters::Options;
use normlab_plot::number::whole;

use crate::{ExperimentTable, Refusal};

/// A target of more classes is a number to be predicted, not a class.
const CLASSES_AT_MOST: usize = 30;
/// Every pair of rows is compared: more products than this take too long.
const PRODUCTS_AT_MOST: f64 = 2e8;
const ROWS_AT_MOST: usize = 3000;

/// What is done to the features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scaling {
    Raw,
    MinMax,
    ZScore,
    Robust,
    MaxAbs,
}

impl Options for Scaling {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::MinMax, "min-max", "min-max"),
        (Self::ZScore, "z-score", "z-score"),
        (Self::Robust, "robust", "robust"),
    ];
}

impl Scaling {
    /// Those that are compared with raw data.
    pub const EACH: [Self; 4] = [Self::Raw, Self::MinMax, Self::ZScore, Self::Robust];

    pub fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::MinMax => "min-max",
            Self::ZScore => "z-score",
            Self::Robust => "robust",
            Self::MaxAbs => "max-abs",
        }
    }

    fn method(self) -> Option<Method> {
        match self {
            Self::Raw => None,
            Self::MinMax => Some(Method::MinMax(MinMax::default())),
            Self::ZScore => Some(Method::ZScore(ZScore::default())),
            Self::Robust => Some(Method::Robust(Robust::default())),
            Self::MaxAbs => Some(Method::MaxAbs(MaxAbs::default())),
        }
    }

    /// Features of `n` values each, the first feature first, after this scaling: fitted on the rows of `train`, or else on
    /// all of them.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn apply(self, x: &[f64], n: usize, train: Option<&[usize]>) -> Result<Vec<f64>, Refusal> {
        let Some(method) = self.method() else { return Ok(x.to_vec()) };
        let refused = |error: &dyn std::fmt::Display| Refusal::because(error.to_string());
        let array = |values: Vec<f64>, rows: usize| {
            let shape = (rows, x.len() / n.max(1), 1).f();
            Array3::from_shape_vec(shape, values).map_err(|error| refused(&error))
        };
        let fitted_on = match train {
            Some(rows) => {
                let values = x.chunks(n.max(1)).flat_map(|feature| rows.iter().map(|row| feature[*row])).collect();
                Some(array(values, rows.len())?)
            }
            None => None,
        };
        let all = array(x.to_vec(), n)?;
        let train = fitted_on.as_ref().map(|array| array.view());
        let values = method.run(all.view(), train).map_err(|error| refused(&error))?.values;
        Ok(values.permuted_axes([2, 1, 0]).iter().copied().collect())
    }
}

/// Rows without missing values.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    pub name: String,
    pub features: Vec<String>,
    /// Features contiguous: all rows of the first feature first.
    pub x: Vec<f64>,
    /// Which row of the data each is, from 0.
    pub rows: Vec<u32>,
    /// The class of each row; 0 without a target.
    pub class: Vec<u32>,
    pub classes: Vec<String>,
    /// The places of the rows that a scaling is fitted on; `None`: all of them.
    pub fitted_on: Option<Vec<usize>>,
    /// What was left out, a sentence each.
    pub notes: Vec<String>,
}

/// How many rows of so many features are used.
pub fn rows_at_most(n_features: usize) -> usize {
    ((PRODUCTS_AT_MOST / n_features.max(1) as f64).sqrt() as usize).clamp(10, ROWS_AT_MOST)
}

impl Prepared {
    /// The rows of a table that have all values; a seeded choice of them where there are too many.
    ///
    /// # Errors
    /// What the data lack.
    pub fn of(data: &ExperimentTable, needs_classes: bool, seed: u64) -> Result<Self, Refusal> {
        let (mut rows, mut notes) = rows_of(data, needs_classes)?;
        let most = rows_at_most(data.features.len());
        if rows.len() > most {
            notes.push(format!(
                "{} of {} rows are used, chosen at random: every pair of rows is compared.",
                whole(most as u64),
                whole(rows.len() as u64)
            ));
            let chosen = Stream::new(seed, Stream::SPLIT).choose(rows.len(), most);
            rows = chosen.into_iter().map(|index| rows[index]).collect();
            rows.sort_unstable();
        }
        check_count(&rows)?;
        let target = data.target.as_ref();
        let class_of = |row: &usize| target.and_then(|target| target.of_row.get(*row).copied().flatten()).unwrap_or(0);
        let class: Vec<u32> = rows.iter().map(class_of).collect();
        let classes = target.map(|target| target.classes.clone()).unwrap_or_default();
        if let (Some(target), true) = (target, needs_classes) {
            check_classes(&target.name, &class, classes.len())?;
        }
        let fitted_on = data.fitted_on.as_ref().map(|fitted_on| {
            let is_fitted_on = |place: &usize| fitted_on.binary_search(&(rows[*place] as u32)).is_ok();
            (0..rows.len()).filter(is_fitted_on).collect::<Vec<usize>>()
        });
        if fitted_on.as_ref().is_some_and(|places| places.len() < 2) {
            return Err(Refusal::because(
                "A scaling needs at least 2 rows to be fitted on, and of those that are used fewer are training rows in Explore.",
            ));
        }
        let x = data.features.iter().flat_map(|(_, values)| rows.iter().map(|row| values[*row])).collect();
        Ok(Self {
            name: data.name.clone(),
            features: data.features.iter().map(|(name, _)| name.clone()).collect(),
            x,
            rows: rows.into_iter().map(|row| row as u32).collect(),
            class,
            classes,
            fitted_on,
            notes,
        })
    }

    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    pub fn n_features(&self) -> usize {
        self.features.len()
    }

    /// The rows that a scaling is fitted on, in words.
    pub fn fit_set(&self) -> String {
        match &self.fitted_on {
            None => "all rows".into(),
            Some(places) => format!("the {} training rows that are chosen in Explore", whole(places.len() as u64)),
        }
    }

    /// The values after a scaling that is fitted on the rows for that, features contiguous.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn scaled(&self, scaling: Scaling) -> Result<Vec<f64>, Refusal> {
        scaling.apply(&self.x, self.n_rows(), self.fitted_on.as_deref())
    }

    /// The share of each feature in the squared distance, summed over all pairs of rows: that of its variance.
    pub fn shares(&self, x: &[f64]) -> Vec<f64> {
        let spreads: Vec<f64> = x.chunks(self.n_rows()).map(|values| moments(values).sd).collect();
        let widest = spreads.iter().copied().fold(0.0, f64::max);
        if widest == 0.0 {
            return vec![0.0; spreads.len()];
        }
        let squares: Vec<f64> = spreads.iter().map(|spread| (spread / widest) * (spread / widest)).collect();
        let all: f64 = squares.iter().sum();
        squares.iter().map(|square| square / all).collect()
    }
}

/// The rows of a table that have all values and a class of several, for models that need one; and what was left out, a sentence
/// each.
///
/// # Errors
/// What the data lack.
pub fn complete_rows(data: &ExperimentTable) -> Result<(Vec<usize>, Vec<String>), Refusal> {
    let (rows, notes) = rows_of(data, true)?;
    check_count(&rows)?;
    if let Some(target) = &data.target {
        let class: Vec<u32> = rows.iter().filter_map(|row| target.of_row.get(*row).copied().flatten()).collect();
        check_classes(&target.name, &class, target.classes.len())?;
    }
    Ok((rows, notes))
}

/// The rows that have all values and, where it is needed, a class; and a sentence on those that do not.
fn rows_of(data: &ExperimentTable, needs_classes: bool) -> Result<(Vec<usize>, Vec<String>), Refusal> {
    if data.features.is_empty() {
        return Err(Refusal::because("This needs features: columns of numbers. None is chosen."));
    }
    let target = match &data.target {
        Some(target) => Some(target),
        None if needs_classes => {
            return Err(Refusal::because("This needs a target: choose the column whose classes are predicted."));
        }
        None => None,
    };
    let class_of = |row: usize| match target {
        Some(target) if needs_classes => target.of_row.get(row).copied().flatten(),
        Some(target) => Some(target.of_row.get(row).copied().flatten().unwrap_or(0)),
        None => Some(0),
    };
    let has_all = |row: &usize| {
        let there = |(_, values): &(String, Vec<f64>)| values.get(*row).is_some_and(|value| value.is_finite());
        class_of(*row).is_some() && data.features.iter().all(there)
    };
    let n_all = data.n_rows();
    let rows: Vec<usize> = (0..n_all).filter(has_all).collect();
    let mut notes = Vec::new();
    if rows.len() < n_all {
        notes.push(format!(
            "{} of {} rows are left out because a value is missing in them.",
            whole((n_all - rows.len()) as u64),
            whole(n_all as u64)
        ));
    }
    Ok((rows, notes))
}

fn check_count(rows: &[usize]) -> Result<(), Refusal> {
    if rows.len() >= 3 {
        return Ok(());
    }
    Err(Refusal::because(format!("This needs at least 3 rows without missing values, and there are {}.", rows.len())))
}

fn check_classes(name: &str, class: &[u32], n_classes: usize) -> Result<(), Refusal> {
    let mut seen = class.to_vec();
    seen.sort_unstable();
    seen.dedup();
    if seen.len() < 2 {
        return Err(Refusal::because(format!(
            "This needs a target of at least two classes, and \u{201c}{name}\u{201d} has {}.",
            if seen.is_empty() { "none" } else { "one" }
        )));
    }
    if n_classes > CLASSES_AT_MOST {
        return Err(Refusal::because(format!(
            "This needs a target of classes, and \u{201c}{name}\u{201d} has {} distinct values; {CLASSES_AT_MOST} are the \
             limit.",
            whole(n_classes as u64)
        )));
    }
    Ok(())
}

/// Where the largest is; the first of equals.
pub fn largest(values: &[f64]) -> usize {
    let mut best = 0;
    for (index, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = index;
        }
    }
    best
}
