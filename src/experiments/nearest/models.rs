//! Models that are trained on some rows and judged by others, most of them of the smartcore library. Of its numbers only the
//! predicted classes are shown: its last digits are not the same in a browser and natively.

use normlab_data::random::Stream;
use smartcore::error::Failed;
use smartcore::linalg::basic::arrays::Array;
use smartcore::linalg::basic::matrix::DenseMatrix;
use smartcore::linear::linear_regression::{LinearRegression, LinearRegressionParameters};
use smartcore::linear::ridge_regression::{RidgeRegression, RidgeRegressionParameters};
use smartcore::tree::decision_tree_classifier::{DecisionTreeClassifier, DecisionTreeClassifierParameters};

use super::Model;
use super::failed::failed;
use super::logistic::Logistic;
use super::outcome::{NearestOutcome, Score};
use crate::prepared::Scaling;
use crate::{Refusal, RunControl};

/// In so many parts, each of which is predicted by a model of the others.
const FOLDS: usize = 10;

type ModelMatrix = DenseMatrix<f64>;

/// Scores a model after every scaling by cross-validation; the seed decides which rows are in which part.
pub async fn train(
    outcome: &mut NearestOutcome,
    model: Model,
    penalty: f64,
    seed: u64,
    control: &RunControl<'_, NearestOutcome>,
) -> Result<(), Refusal> {
    let n = outcome.prepared.n_rows();
    let order = Stream::new(seed, 0).choose(n, n);
    let folds = FOLDS.min(n);
    for (index, scaling) in Scaling::EACH.into_iter().enumerate() {
        let x = outcome.prepared.scaled(scaling)?;
        let mut predicted = vec![0; n];
        for fold in 0..folds {
            let done = (index as f32 + fold as f32 / folds as f32) / Scaling::EACH.len() as f32;
            control.yield_now(done).await?;
            let is_tested = |place: usize| place % folds == fold;
            let rows = |tested: bool| -> Vec<usize> {
                let mut rows: Vec<usize> = order
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| is_tested(*place) == tested)
                    .map(|(_, row)| *row)
                    .collect();
                rows.sort_unstable();
                rows
            };
            let (training, testing) = (rows(false), rows(true));
            let classes: Vec<u32> = training.iter().map(|row| outcome.prepared.class[*row]).collect();
            let (fitted_on, tested_on) = (matrix(&x, n, &training)?, matrix(&x, n, &testing)?);
            let found = predict(model, penalty, (&fitted_on, &classes), &tested_on, (control, done)).await?;
            testing.iter().zip(found).for_each(|(row, class)| predicted[*row] = class);
        }
        outcome.scores.push(Score { scaling, value: outcome.n_correct(&predicted), predicted });
        control.partial(outcome);
    }
    Ok(())
}

fn matrix(x: &[f64], n: usize, rows: &[usize]) -> Result<ModelMatrix, Refusal> {
    let values = x.chunks(n).flat_map(|values| rows.iter().map(|row| values[*row])).collect();
    ModelMatrix::new(rows.len(), x.len() / n, values, true).map_err(|error| failed(&error))
}

/// The classes of some rows by a model of others.
async fn predict(
    model: Model,
    penalty: f64,
    (x, y): (&ModelMatrix, &Vec<u32>),
    tested: &ModelMatrix,
    at: (&RunControl<'_, NearestOutcome>, f32),
) -> Result<Vec<u32>, Refusal> {
    // All rows of one class, as may happen when another class is rare.
    if y.windows(2).all(|pair| pair[0] == pair[1]) {
        return Ok(vec![y.first().copied().unwrap_or(0); tested.shape().0]);
    }
    let found = match model {
        Model::Logistic => return by_logistic(penalty, (x, y), tested, at).await,
        Model::Tree => DecisionTreeClassifier::fit(x, y, DecisionTreeClassifierParameters::default())
            .and_then(|tree| tree.predict(tested)),
        _ => by_least_squares((model == Model::Ridge).then_some(penalty), (x, y), tested),
    };
    found.map_err(|error| failed(&error))
}

async fn by_logistic(
    penalty: f64,
    (x, y): (&ModelMatrix, &[u32]),
    tested: &ModelMatrix,
    (control, done): (&RunControl<'_, NearestOutcome>, f32),
) -> Result<Vec<u32>, Refusal> {
    let (x, means) = centred(x, None);
    let (tested, _) = centred(tested, Some(&means));
    let mut classes = y.to_vec();
    classes.sort_unstable();
    classes.dedup();
    let index = |class: &u32| classes.binary_search(class).unwrap_or(0);
    let y: Vec<usize> = y.iter().map(index).collect();
    let model = Logistic::fit(&x, (&y, classes.len()), penalty, (control, done)).await?;
    Ok(model.predict(&tested).into_iter().map(|index| classes[index]).collect())
}

/// A regression for each class on whether a row is of it; the highest wins, of equals the lowest class.
fn by_least_squares(
    penalty: Option<f64>,
    (x, y): (&ModelMatrix, &[u32]),
    tested: &ModelMatrix,
) -> Result<Vec<u32>, Failed> {
    let (x, means) = centred(x, None);
    let (tested, _) = centred(tested, Some(&means));
    let mut classes = y.to_vec();
    classes.sort_unstable();
    classes.dedup();
    let mut best = vec![(f64::NEG_INFINITY, 0); tested.shape().0];
    for class in classes {
        let is_of: Vec<f64> = y.iter().map(|other| f64::from(u8::from(*other == class))).collect();
        let mean = is_of.iter().sum::<f64>() / is_of.len() as f64;
        // The penalty is not to count the intercept, so both sides are centred.
        let is_of: Vec<f64> = is_of.iter().map(|value| value - mean).collect();
        let found: Vec<f64> = match penalty {
            Some(penalty) => {
                let parameters = RidgeRegressionParameters::default().with_alpha(penalty).with_normalize(false);
                RidgeRegression::fit(&x, &is_of, parameters)?.predict(&tested)?
            }
            None => LinearRegression::fit(&x, &is_of, LinearRegressionParameters::default())?.predict(&tested)?,
        };
        for (best, value) in best.iter_mut().zip(found) {
            if value + mean > best.0 {
                *best = (value + mean, class);
            }
        }
    }
    Ok(best.into_iter().map(|(_, class)| class).collect())
}

/// Each column less its mean, or less these.
fn centred(x: &ModelMatrix, means: Option<&[f64]>) -> (ModelMatrix, Vec<f64>) {
    let (n, width) = x.shape();
    let own = |column: usize| (0..n).map(|row| *x.get((row, column))).sum::<f64>() / n as f64;
    let means = means.map_or_else(|| (0..width).map(own).collect(), <[f64]>::to_vec);
    let values = (0..width).flat_map(|column| (0..n).map(move |row| (row, column)));
    let values = values.map(|(row, column)| x.get((row, column)) - means[column]).collect();
    // As many values as there were.
    (ModelMatrix::new(n, width, values, true).unwrap_or_else(|_| x.clone()), means)
}
