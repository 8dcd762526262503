//! Outliers planted in the training rows of nearest neighbours.

use normlab_data::random::Stream;
use normlab_plot::number::whole;

use super::outcome::OutliersOutcome;
use super::planted_outcome::Planted;
use super::spread::AFFINE;
use crate::neighbours::{by_row, nearest, own_values, vote};
use crate::prepared::Prepared;
use crate::{Refusal, RunControl};

/// What a planted value is multiplied by; with 1, nothing is planted.
pub const FACTORS: [f64; 3] = [1.0, 10.0, 100.0];
/// How often rows are divided into training and test.
pub const SPLITS: usize = 20;
/// The share of the rows that test.
const TESTS: f64 = 0.3;
/// More products than these take too long.
const PRODUCTS_AT_MOST: f64 = 1.5e8;

/// In which features outliers are planted.
pub enum Where {
    /// Always in these.
    These(Vec<usize>),
    /// In half of all, chosen anew for every split.
    Chance,
}

/// How many features have an outlier.
pub fn n_planted(n_features: usize) -> usize {
    (n_features / 2).max(1)
}

/// The half of the features that tell the classes apart best: those with the largest ratio of the variance between classes
/// to the variance within them (Fisher's F), ascending.
pub fn telling(prepared: &Prepared) -> Vec<usize> {
    let n = prepared.n_rows();
    let square = |number: f64| number * number;
    let ratio = |values: &[f64]| {
        let widest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
        let mut sums = vec![(0.0, 0.0); prepared.classes.len()];
        for (value, class) in values.iter().zip(&prepared.class) {
            let (count, sum) = &mut sums[*class as usize];
            (*count, *sum) = (*count + 1.0, *sum + value / widest);
        }
        let mean = sums.iter().map(|(_, sum)| sum).sum::<f64>() / n as f64;
        let between: f64 =
            sums.iter().filter(|(count, _)| *count > 0.0).map(|(count, sum)| count * square(sum / count - mean)).sum();
        let within: f64 = values
            .iter()
            .zip(&prepared.class)
            .map(|(value, class)| square(value / widest - sums[*class as usize].1 / sums[*class as usize].0))
            .sum();
        // A constant feature tells nothing.
        let ratio = between / within;
        if ratio.is_nan() { -1.0 } else { ratio }
    };
    let ratios: Vec<f64> = prepared.x.chunks(n).map(ratio).collect();
    let mut order: Vec<usize> = (0..ratios.len()).collect();
    order.sort_by(|a, b| ratios[*b].total_cmp(&ratios[*a]));
    order.truncate(n_planted(ratios.len()));
    order.sort_unstable();
    order
}

/// Judges test rows by the nearest training rows, split by split; the scaling is fitted on the training rows.
pub async fn run(
    outcome: &mut OutliersOutcome,
    prepared: &Prepared,
    (planted, k, seed): (Where, usize, u64),
    (control, from): (&RunControl<'_, OutliersOutcome>, f32),
) -> Result<(), Refusal> {
    let width = prepared.n_features();
    let rows = chosen(prepared, seed);
    let n = rows.len();
    if n < prepared.n_rows() {
        outcome.notes.push(format!(
            "Nearest neighbours use {} of {} rows, chosen at random.",
            whole(n as u64),
            whole(prepared.n_rows() as u64)
        ));
    }
    let n_test = ((TESTS * n as f64).round() as usize).max(1);
    let n_train = n - n_test;
    if k > n_train {
        return Err(Refusal::because(format!(
            "There are only {n_train} training rows, so {k} neighbours cannot be found: choose fewer neighbours."
        )));
    }
    let x: Vec<f64> =
        prepared.x.chunks(prepared.n_rows()).flat_map(|values| rows.iter().map(|row| values[*row])).collect();
    let class: Vec<u32> = rows.iter().map(|row| prepared.class[*row]).collect();
    let features = match &planted {
        Where::These(features) => features.iter().map(|index| prepared.features[*index].clone()).collect(),
        Where::Chance => Vec::new(),
    };
    let mut found = Planted {
        n_planted: if let Where::These(features) = &planted { features.len() } else { n_planted(width) },
        n_features: width,
        features,
        splits: 0,
        n_train,
        n_test,
        correct: [[0; 3]; 4],
        squares: [[0.0; 3]; 4],
    };
    for split in 0..SPLITS {
        let mut stream = Stream::new(seed, split as u64);
        let order = stream.choose(n, n);
        let (test, train) = order.split_at(n_test);
        let features = match &planted {
            Where::These(features) => features.clone(),
            Where::Chance => stream.choose(width, n_planted(width)),
        };
        let places: Vec<usize> =
            features.iter().map(|feature| feature * n + train[stream.below(n_train as u64) as usize]).collect();
        for (which, factor) in FACTORS.into_iter().enumerate() {
            let mut x = x.clone();
            places.iter().for_each(|place| x[*place] *= factor);
            for (index, scaling) in AFFINE.into_iter().enumerate() {
                let points = by_row(&scaling.apply(&x, n, Some(train))?, n);
                let mut correct = 0;
                for row in test {
                    let found = nearest(&points, own_values(&points, n, *row), train.iter().copied(), k);
                    correct += u64::from(vote(&found, &class) == class[*row]);
                    control.yield_now(from + (1.0 - from) * split as f32 / SPLITS as f32).await?;
                }
                let share = correct as f64 / n_test as f64;
                found.correct[index][which] += correct;
                found.squares[index][which] += share * share;
            }
        }
        found.splits += 1;
        outcome.planted = Some(found.clone());
        control.partial(outcome);
    }
    Ok(())
}

/// The rows that are used: a seeded choice where there are too many, ascending.
fn chosen(prepared: &Prepared, seed: u64) -> Vec<usize> {
    let n = prepared.n_rows();
    let each = TESTS * (1.0 - TESTS) * (SPLITS * AFFINE.len() * FACTORS.len() * prepared.n_features()) as f64;
    let most = ((PRODUCTS_AT_MOST / each).sqrt() as usize).max(20);
    if n <= most {
        return (0..n).collect();
    }
    let mut rows = Stream::new(seed, Stream::ROWS).choose(n, most);
    rows.sort_unstable();
    rows
}
