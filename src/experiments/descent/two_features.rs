//! Two features and a target, and the sums over rows that the loss of a linear model is made of.

use normlab_data::random::Stream;
use normlab_engine::{moments, quantiles};
use normlab_plot::number::whole;

use crate::{ExperimentTable, Refusal};

/// Of more rows, a seeded choice is used.
pub const ROWS_AT_MOST: usize = 100_000;
/// Features that agree more than this have no single best pair of weights.
const CORRELATION_AT_MOST: f64 = 1.0 - 1e-9;

/// What rescaling needs to know of a feature.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureStats {
    pub name: String,
    pub mean: f64,
    pub sd: f64,
    pub min: f64,
    pub max: f64,
    pub median: f64,
    /// Upper less lower quartile.
    pub middle: f64,
    /// Correlation with the target, times the standard deviation of the target.
    pub pull: f64,
}

/// Two features and a target, of rows that have all three.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoFeatures {
    pub features: [FeatureStats; 2],
    pub target: String,
    pub target_mean: f64,
    /// Of the features with each other.
    pub correlation: f64,
    pub n_rows: usize,
    /// What was left out, a sentence each.
    pub notes: Vec<String>,
}

impl TwoFeatures {
    /// The first two features that vary; the second times `stretch`, both shifted by so many standard deviations.
    ///
    /// # Errors
    /// What the data lack.
    pub fn of(data: &ExperimentTable, (stretch, shift): (f64, f64), seed: u64) -> Result<Self, Refusal> {
        let refuse = |why: String| Err(Refusal::Because(why));
        let Some(target) = &data.target else {
            return refuse("This needs a target: choose the column of numbers that is predicted.".into());
        };
        let Some(y) = target.numbers() else {
            return refuse(format!("This needs a target of numbers, and \u{201c}{}\u{201d} has texts.", target.name));
        };
        let varies = |values: &[f64]| {
            let found = moments(values);
            found.sd > 0.0 || found.min < found.max
        };
        let all = &data.features;
        let chosen: Vec<&(String, Vec<f64>)> = all.iter().filter(|(_, values)| varies(values)).take(2).collect();
        let [first, second] = chosen.as_slice() else {
            return refuse(format!(
                "This needs two features that vary: columns of numbers beside the target. There {}.",
                match chosen.len() {
                    0 => "is none",
                    _ => "is one",
                }
            ));
        };
        let mut notes = Vec::new();
        if all.len() > 2 {
            let (all, rest) = (whole(all.len() as u64), "the loss is a surface over two weights");
            notes.push(format!("Of {all} features, {} and {} are used: {rest}.", first.0, second.0));
        }
        let value = |values: &[f64], row: usize| values.get(row).copied().filter(|value| value.is_finite());
        let has_all = |row: &usize| [&first.1, &second.1, &y].iter().all(|values| value(values, *row).is_some());
        let n_all = data.n_rows();
        let mut rows: Vec<usize> = (0..n_all).filter(has_all).collect();
        if rows.len() < n_all {
            notes.push(format!(
                "{} of {} rows are left out because a value is missing in them.",
                whole((n_all - rows.len()) as u64),
                whole(n_all as u64)
            ));
        }
        if rows.len() > ROWS_AT_MOST {
            let (used, found) = (whole(ROWS_AT_MOST as u64), whole(rows.len() as u64));
            notes.push(format!("{used} of {found} rows are used, chosen at random."));
            let picked = Stream::new(seed, Stream::SPLIT).choose(rows.len(), ROWS_AT_MOST);
            rows = picked.into_iter().map(|index| rows[index]).collect();
            rows.sort_unstable();
        }
        if rows.len() < 3 {
            return refuse(format!("This needs at least 3 rows without missing values, and there are {}.", rows.len()));
        }
        let column = |values: &[f64]| -> Vec<f64> { rows.iter().map(|row| values[*row]).collect() };
        let moved = |values: &[f64], times: f64| -> Vec<f64> {
            let values = column(values);
            let by = shift * moments(&values).sd;
            values.into_iter().map(|value| (value + by) * times).collect()
        };
        let columns = [moved(&first.1, 1.0), moved(&second.1, stretch)];
        let y = column(&y);
        let of_target = moments(&y);
        let lacks = |values: &[f64]| {
            let found = moments(values);
            // Squares of them are summed.
            found.sd.is_nan() || found.sd < 1e-100 || found.min < -1e100 || found.max > 1e100
        };
        for (name, values) in [(&first.0, &columns[0]), (&second.0, &columns[1]), (&target.name, &y)] {
            if lacks(values) {
                return refuse(format!(
                    "\u{201c}{name}\u{201d} is the same in every row that is used, or its numbers are too large."
                ));
            }
        }
        let centred = |values: &[f64]| -> Vec<f64> {
            let found = moments(values);
            values.iter().map(|value| (value - found.mean) / found.sd).collect()
        };
        let z = [centred(&columns[0]), centred(&columns[1])];
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / rows.len() as f64;
        let residuals: Vec<f64> = y.iter().map(|value| value - of_target.mean).collect();
        let correlation = product(&z[0], &z[1]);
        if correlation.abs() > CORRELATION_AT_MOST {
            return refuse(format!(
                "{} and {} say the same in different units: there is no single best pair of weights.",
                first.0, second.0
            ));
        }
        let stats = |index: usize, name: &str| {
            let found = moments(&columns[index]);
            let quartiles = quantiles(&columns[index], &[0.25, 0.5, 0.75], &mut Vec::new());
            FeatureStats {
                name: name.to_owned(),
                mean: found.mean,
                sd: found.sd,
                min: found.min,
                max: found.max,
                median: quartiles[1],
                middle: quartiles[2] - quartiles[0],
                pull: product(&z[index], &residuals),
            }
        };
        Ok(Self {
            features: [stats(0, &first.0), stats(1, &second.0)],
            target: target.name.clone(),
            target_mean: of_target.mean,
            correlation,
            n_rows: rows.len(),
            notes,
        })
    }

    /// The best slopes for the features as they are.
    pub fn slopes(&self) -> [f64; 2] {
        let [a, b] = &self.features;
        let rest = (1.0 - self.correlation) * (1.0 + self.correlation);
        let first = (a.pull - self.correlation * b.pull) / rest;
        let second = (b.pull - self.correlation * a.pull) / rest;
        [first / a.sd, second / b.sd]
    }
}
