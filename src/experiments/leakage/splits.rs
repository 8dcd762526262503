//! Nearest neighbours on rows that are split at random into training and test rows.

use normlab_data::random::Stream;
use normlab_plot::number::whole;

use super::fit_scope::{FeatureScaler, FitScope};
use super::outcome::{LeakageExample, LeakageOutcome};
use super::{Leakage, LeakageCase};
use crate::neighbours::{nearest, vote};
use crate::prepared::{Prepared, Scaling};
use crate::{ExperimentTable, Refusal, RunControl};

/// A split compares no more pairs of values than these for each way.
const PRODUCTS_AT_MOST: usize = 5_000_000;
/// Rows that are classified between two looks at the clock.
const STRETCH: usize = 32;

/// Rows with their classes: all rows of the first feature first.
struct ClassedRows<'a> {
    x: &'a [f64],
    class: &'a [u32],
}

/// What a model is, and how the rows are scaled.
#[derive(Clone, Copy)]
struct SplitSettings {
    scopes: &'static [FitScope],
    scaling: Scaling,
    k: usize,
    batch: usize,
}

/// Many random splits of a table.
pub async fn of_table(
    settings: &Leakage,
    data: &ExperimentTable,
    seed: u64,
    control: &RunControl<'_, LeakageOutcome>,
) -> Result<LeakageOutcome, Refusal> {
    let prepared = Prepared::of(data, true, seed)?;
    let (n, n_train, k) = (prepared.n_rows(), settings.train as usize, settings.k as usize);
    if n_train >= n {
        return Err(Refusal::because(format!(
            "There are {} rows, so {} training rows leave none to test: choose fewer training rows.",
            whole(n as u64),
            whole(settings.train)
        )));
    }
    if k > n_train {
        return Err(Refusal::because(format!(
            "There are only {n_train} training rows, so {k} neighbours cannot be found: choose fewer neighbours or more \
             training rows."
        )));
    }
    let room = (PRODUCTS_AT_MOST / (n_train * prepared.n_features()).max(1)).max(1);
    let n_test = (n - n_train).min(room);
    let mut outcome = LeakageOutcome::new(LeakageCase::Ordinary, settings.splits, (n_train, n_test));
    outcome.notes.clone_from(&prepared.notes);
    if n_test < n - n_train {
        outcome.notes.push(format!(
            "Each split is tested on {} of its {} other rows, chosen at random: every test row is compared with every \
             training row.",
            whole(n_test as u64),
            whole((n - n_train) as u64)
        ));
    }
    let split_settings =
        SplitSettings { scopes: outcome.scopes, scaling: settings.scaling, k, batch: settings.batch as usize };
    let rows = ClassedRows { x: &prepared.x, class: &prepared.class };
    for split in 0..outcome.planned {
        let order = Stream::new(seed, split as u64).choose(n, n_train + n_test);
        add(&mut outcome, &rows, &order, &prepared.features, split_settings, control).await?;
    }
    Ok(outcome)
}

/// Many data sets of noise, whose classes are tossed with a coin: the nearest neighbour of the training half tells the class.
pub async fn of_noise(
    settings: &Leakage,
    seed: u64,
    control: &RunControl<'_, LeakageOutcome>,
) -> Result<LeakageOutcome, Refusal> {
    let (n, width) = (settings.rows as usize, settings.features as usize);
    let n_train = n / 2;
    let mut outcome = LeakageOutcome::new(LeakageCase::Noise, settings.draws, (n_train, n - n_train));
    let split_settings =
        SplitSettings { scopes: outcome.scopes, scaling: settings.scaling, k: 1, batch: settings.batch as usize };
    let features: Vec<String> = (1..=width).map(|number| format!("noise {number}")).collect();
    let order: Vec<usize> = (0..n).collect();
    for draw in 0..outcome.planned {
        let mut stream = Stream::new(seed, draw as u64);
        let class: Vec<u32> = (0..n).map(|_| stream.below(2) as u32).collect();
        let x: Vec<f64> = (0..n * width).map(|_| stream.normal()).collect();
        let rows = ClassedRows { x: &x, class: &class };
        add(&mut outcome, &rows, &order, &features, split_settings, control).await?;
    }
    Ok(outcome)
}

/// Adds the scores of one split: the first rows of `order` train, the others test.
async fn add(
    outcome: &mut LeakageOutcome,
    rows: &ClassedRows<'_>,
    order: &[usize],
    features: &[String],
    settings: SplitSettings,
    control: &RunControl<'_, LeakageOutcome>,
) -> Result<(), Refusal> {
    let (n, width) = (rows.class.len(), features.len());
    let (train, test) = order.split_at(outcome.n_train);
    let done = outcome.n_done() as f32 / outcome.planned as f32;
    let class: Vec<u32> = train.iter().map(|row| rows.class[*row]).collect();
    // Of each feature, the values of the rows in the order of the split.
    let columns: Vec<Vec<f64>> =
        rows.x.chunks_exact(n).map(|values| order.iter().map(|row| values[*row]).collect()).collect();
    let mut scaled: Vec<ScaledSplit> = Vec::with_capacity(settings.scopes.len());
    for scope in settings.scopes {
        control.yield_now(done).await?;
        scaled.push(ScaledSplit::of(&columns, train.len(), *scope, settings));
    }
    let shown = match &outcome.example {
        None => Some(most_moved(&scaled)),
        Some(_) => None,
    };
    for (scope, split) in scaled.iter().enumerate() {
        let mut right = 0;
        for (place, own) in split.test.chunks_exact(width).enumerate() {
            if place % STRETCH == 0 {
                control.yield_now(done).await?;
            }
            let predicted = vote(&nearest(&split.train, own, 0..split.train.len() / own.len(), settings.k), &class);
            right += usize::from(predicted == rows.class[test[place]]);
        }
        outcome.scores[scope].push(right as f64 / test.len() as f64);
        outcome.outside[scope].push(split.outside as f64 / (test.len() * width) as f64);
    }
    let honest = &scaled[0].test;
    let offset = |feature: usize| honest.iter().skip(feature).step_by(width).sum::<f64>() / test.len() as f64;
    outcome
        .squared_offsets
        .push((0..width).map(|feature| offset(feature) * offset(feature)).sum::<f64>() / width as f64);
    if let Some(feature) = shown {
        outcome.example = Some(LeakageExample {
            feature: features[feature].clone(),
            scalers: scaled.iter().map(|split| split.scalers[feature]).collect(),
            values: scaled
                .iter()
                .map(|split| split.test.iter().skip(feature).step_by(width).copied().collect())
                .collect(),
            walk: Vec::new(),
        });
    }
    control.partial(outcome);
    Ok(())
}

/// The feature whose scaler differs most between training rows and all rows, in scales of the training rows.
fn most_moved(scaled: &[ScaledSplit]) -> usize {
    let moved = |(honest, leaky): (&FeatureScaler, &FeatureScaler)| {
        ((leaky.centre - honest.centre).abs() + (leaky.scale - honest.scale).abs()) / honest.scale
    };
    let moves: Vec<f64> = scaled[0].scalers.iter().zip(&scaled[1].scalers).map(moved).collect();
    crate::prepared::largest(&moves)
}

/// A split after scaling, row by row.
struct ScaledSplit {
    train: Vec<f64>,
    test: Vec<f64>,
    /// Of each feature, what scales the test values: of batches, those of the first.
    scalers: Vec<FeatureScaler>,
    /// How many test values are outside of the range that their scaler was fitted on.
    outside: usize,
}

impl ScaledSplit {
    fn of(columns: &[Vec<f64>], n_train: usize, scope: FitScope, settings: SplitSettings) -> Self {
        let (width, n) = (columns.len(), columns.first().map_or(0, Vec::len));
        let mut train = vec![0.0; n_train * width];
        let mut test = vec![0.0; (n - n_train) * width];
        let (mut scalers, mut outside) = (Vec::with_capacity(width), 0);
        for (feature, values) in columns.iter().enumerate() {
            let fit = |values: &[f64]| FeatureScaler::fit(values, settings.scaling);
            let (training, testing) = values.split_at(n_train);
            let of_train = if scope == FitScope::All { fit(values) } else { fit(training) };
            for (place, value) in training.iter().enumerate() {
                train[place * width + feature] = of_train.apply(*value);
            }
            let size = if scope == FitScope::PerBatch { settings.batch } else { testing.len() };
            for (number, batch) in testing.chunks(size.max(1)).enumerate() {
                let scaler = match scope {
                    FitScope::TestOwn | FitScope::PerBatch => fit(batch),
                    FitScope::Train | FitScope::All | FitScope::ScalerOnAll | FitScope::Selection => of_train,
                };
                if number == 0 {
                    scalers.push(scaler);
                }
                for (place, value) in batch.iter().enumerate() {
                    test[(number * size + place) * width + feature] = scaler.apply(*value);
                    outside += usize::from(scaler.is_outside(*value));
                }
            }
        }
        Self { train, test, scalers, outside }
    }
}
