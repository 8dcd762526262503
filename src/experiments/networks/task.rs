//! What a network is to learn: a table with classes, split into rows that train and rows that test.

use normlab_data::random::Stream;
use normlab_plot::number::whole;
use normlab_training::{Divergence, Examples};

use crate::prepared::{self, Scaling};
use crate::{ExperimentTable, Origin, Refusal};

/// The share of rows that test: of 1,797 digits, 397.
const TEST_SHARE: f64 = 397.0 / 1797.0;
/// More features take too long.
const FEATURES_AT_MOST: usize = 1000;
const ROWS_AT_MOST: usize = 20_000;
const DIGITS: &str = "digits";
/// Pixels of the digits go from 0 to this.
const BLACK: f32 = 16.0;
const PIXELS: &str = "Pixels are divided by 16, so that they go from 0 to 1.";

/// Rows that train and rows that test.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassificationTask {
    pub train: Examples,
    pub test: Examples,
    pub classes: usize,
    /// What a row is, several of them: `digits`, or `rows`.
    pub things: &'static str,
    /// What was done to the features and to the rows, a sentence each.
    pub notes: Vec<String>,
}

/// What is told of a task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskSummary {
    pub classes: usize,
    /// What a row is, several of them: `digits`, or `rows`.
    pub things: &'static str,
    pub n_test: usize,
    /// How the rows were split, a sentence without its full stop.
    pub split: String,
    /// The share of right answers without looking.
    pub chance: f64,
    /// What was done to the features and to the rows, a sentence each.
    pub notes: Vec<String>,
}

impl ClassificationTask {
    /// What is told of it.
    pub fn summary(&self) -> TaskSummary {
        let Self { classes, things, ref notes, .. } = *self;
        let n_test = self.test.len();
        TaskSummary { classes, things, n_test, split: self.split(), chance: self.chance(), notes: notes.clone() }
    }

    /// The rows of a table that have all values, split by the seed.
    ///
    /// # Errors
    /// What the data lack, and a batch that is larger than what trains.
    pub fn of(data: &ExperimentTable, seed: u64, batch: u64) -> Result<Self, Refusal> {
        if data.features.len() > FEATURES_AT_MOST {
            return Err(Refusal::because(format!(
                "This trains on at most {} features, and {} are chosen: choose fewer columns.",
                whole(FEATURES_AT_MOST as u64),
                whole(data.features.len() as u64)
            )));
        }
        let (mut rows, mut notes) = prepared::complete_rows(data)?;
        if rows.len() > ROWS_AT_MOST {
            let chosen = Stream::new(seed, Stream::SPLIT).choose(rows.len(), ROWS_AT_MOST);
            notes.push(format!(
                "{} of {} rows are used, chosen at random.",
                whole(ROWS_AT_MOST as u64),
                whole(rows.len() as u64)
            ));
            rows = chosen.into_iter().map(|index| rows[index]).collect();
        }
        let n_test = ((rows.len() as f64 * TEST_SHARE).round() as usize).max(1);
        let order = Stream::new(seed, Stream::SPLIT).choose(rows.len(), rows.len());
        let (test, train) = order.split_at(n_test.min(rows.len()));
        let rows_of = |places: &[usize]| places.iter().map(|place| rows[*place]).collect::<Vec<usize>>();
        let (test, train) = (rows_of(test), rows_of(train));
        if train.len() < 2 || (train.len() as u64) < batch {
            return Err(Refusal::because(format!(
                "A batch has {} rows, and only {} rows are left for training: choose a smaller batch, or a table of more rows.",
                whole(batch),
                whole(train.len() as u64)
            )));
        }
        let is_digits = data.origin == Origin::Sample("digits");
        let columns = if is_digits {
            notes.push(PIXELS.into());
            data.features.iter().map(|(_, values)| values.iter().map(|value| *value as f32 / BLACK).collect()).collect()
        } else {
            notes.push("Features go in as z-scores of the training rows.".into());
            z_scores(data, &rows, &train)?
        };
        let target = data.target.as_ref();
        let class_of = |row: usize| target.and_then(|target| target.of_row.get(row).copied().flatten()).unwrap_or(0);
        let examples = |rows: &[usize]| Examples {
            width: columns.len(),
            x: rows.iter().flat_map(|row| columns.iter().map(move |column: &Vec<f32>| column[*row])).collect(),
            class: rows.iter().map(|row| class_of(*row)).collect(),
        };
        Ok(Self {
            train: examples(&train),
            test: examples(&test),
            classes: target.map_or(0, |target| target.classes.len()),
            things: if is_digits { DIGITS } else { "rows" },
            notes,
        })
    }

    /// The same task with digits from -1 to 1 in place of 0 to 1; other tables are centred already.
    #[must_use]
    pub fn centred(mut self) -> Self {
        if self.things == DIGITS {
            for examples in [&mut self.train, &mut self.test] {
                examples.x.iter_mut().for_each(|value| *value = 2.0 * *value - 1.0);
            }
            self.notes.retain(|note| note != PIXELS);
            self.notes.push("Pixels are divided by 8, less 1, so that they go from \u{2212}1 to 1.".into());
        }
        self
    }

    /// The data in words: `1,400 digits train, 397 others test`.
    pub fn split(&self) -> String {
        format!(
            "{} {} train, {} others test",
            whole(self.train.len() as u64),
            self.things,
            whole(self.test.len() as u64)
        )
    }

    /// The share of right answers of whoever always says the most frequent class of the rows that test.
    pub fn chance(&self) -> f64 {
        let mut counts = vec![0_usize; self.classes];
        self.test.class.iter().for_each(|class| counts[*class as usize] += 1);
        counts.into_iter().max().unwrap_or(0) as f64 / self.test.len().max(1) as f64
    }
}

/// Every feature as z-scores of the training rows, at the places of all rows of the table; those that are not used are 0.
fn z_scores(data: &ExperimentTable, rows: &[usize], train: &[usize]) -> Result<Vec<Vec<f32>>, Refusal> {
    let place_of: std::collections::BTreeMap<usize, usize> =
        rows.iter().enumerate().map(|(place, row)| (*row, place)).collect();
    let train: Vec<usize> = train.iter().filter_map(|row| place_of.get(row).copied()).collect();
    let scaled = |(_, values): &(String, Vec<f64>)| {
        let used: Vec<f64> = rows.iter().map(|row| values[*row]).collect();
        let scaled = Scaling::ZScore.apply(&used, used.len(), Some(&train))?;
        let mut column = vec![0.0; values.len()];
        rows.iter().zip(scaled).for_each(|(row, value)| column[*row] = value as f32);
        Ok(column)
    };
    data.features.iter().map(scaled).collect()
}

/// Where a run became useless, as the end of a sentence: `diverges in step 12, in layer 3 (linear)`.
pub fn said_divergence(diverged: Divergence) -> String {
    let place = diverged.layer.map(|(place, name)| format!(", in layer {place} ({name})")).unwrap_or_default();
    format!("diverges in step {}{place}", whole(diverged.step))
}
