//! BatchNorm batch by batch: the running statistics of one feature of the fitted rows.

use ndarray::{Array3, Axis};

use super::{Loaded, QueryError, Yield, refused as refusal};
use normlab_data::{shown_name, split};
use normlab_engine::conventions::Alone;
use normlab_engine::method::{BatchNorm, Mode};
use normlab_engine::{BatchHistory, Center, Conventions, Error, Grouping, Method, Recipe, Scale, Shape, moments};
use normlab_protocol::{BatchSummary, BatchesQuery, FitOn, OutputSpread, RunningStats, Sampled};

/// So many batches are told; of more, the first ones and an even choice of the others.
const TOLD: u64 = 500;
const FIRST: u64 = 100;
/// Values that are shown side by side: of the first batch, and of the last one when it is shorter.
const SAMPLES: (usize, usize) = (6, 2);
/// Batches between two yields.
const AT_ONCE: u64 = 256;
/// What the starting values weigh when they count as faded.
const FADED: f64 = 0.1;

impl Loaded {
    pub(super) async fn walk(
        &mut self,
        query: &BatchesQuery,
        yielder: &impl Yield,
    ) -> Result<RunningStats, QueryError> {
        let column = query.column as usize;
        let chosen =
            self.chosen.as_ref().filter(|chosen| chosen.columns.contains(&column)).ok_or(QueryError::Cancelled)?;
        let features = chosen.columns.len();
        let mask = mask(&query.fit, self.dataset.rows)?;
        let rows = self.dataset.array(&[column], mask.as_deref());
        yielder.yield_now().await?;

        let method = &query.method;
        let [trains, evaluates] =
            [Mode::Training, Mode::Evaluation].map(|mode| Method::BatchNorm(BatchNorm { mode, ..method.clone() }));
        let rules = query.library.ruling(&trains);
        let mut history = method.history_under(rules, rows.view(), u64::from(query.passes))?;
        let name = std::slice::from_ref(&self.info.columns[column].name);
        let because = |error: Error| refusal(&error, query.library, name);
        let BatchProgress { steps, within, refused } = steps(&mut history, because, yielder).await?;
        let shape = Shape::of(&rows.view());
        let (size, batches) = (history.rows_of(1).len(), history.batches());
        let whole = Recipe::new(Grouping::FEATURE, Center::Mean, Scale::StandardDeviation(method.divisor()));
        let whole = whole.fit(rows.view())?.groups;
        let mut samples = samples(&rows, size, mask.as_deref());
        yielder.yield_now().await?;
        let output = trained((&trains, rules), &rows, size, yielder).await?;
        let training = take(&output, &mut samples, |sample| &mut sample.training);
        yielder.yield_now().await?;
        let output = history.running().fitted(evaluates.under(rules).recipe(shape)?, shape)?.transform(rows.view())?;
        let evaluation = take(&output, &mut samples, |sample| &mut sample.evaluation);
        Ok(RunningStats {
            query: query.clone(),
            feature: shown_name(&self.info.columns[column].name),
            shape: Shape { features, ..shape },
            batches,
            refused: refused.map(|(number, message)| {
                // It names the shape of a batch with all features in it.
                let shape = Shape { examples: history.rows_of(number).len(), features, positions: shape.positions };
                match rules.alone(&trains, shape) {
                    Some(Alone::Refused(message)) => (number, message),
                    _ => (number, message),
                }
            }),
            rows: (size as u64, history.rows_of(batches).len() as u64),
            steps,
            whole: whole.first().map_or((f64::NAN, f64::NAN), |group| (group.center, group.dispersion)),
            within,
            faded: method.momentum()?.batches_until(FADED),
            training,
            evaluation,
            samples: samples.into_iter().map(|(_, sample)| sample).collect(),
        })
    }
}

/// Which rows are used; `None`: all.
fn mask(fit: &FitOn, rows: usize) -> Result<Option<Vec<bool>>, QueryError> {
    match *fit {
        FitOn::All => Ok(None),
        FitOn::Train { share, seed } => Ok(Some(split::train_rows(rows, share, seed))),
        FitOn::Saved(_) => Err(QueryError::Because(
            "These statistics were saved before, so there are no batches to show. Fit on rows to see how running \
             statistics are computed."
                .into(),
        )),
    }
}

/// What was found on the way.
struct BatchProgress {
    steps: Vec<BatchSummary>,
    within: f64,
    refused: Option<(u64, String)>,
}

/// Walks all batches, as far as the library goes, and keeps what is told of them.
async fn steps(
    history: &mut BatchHistory<'_, f64>,
    because: impl Fn(Error) -> QueryError,
    yielder: &impl Yield,
) -> Result<BatchProgress, QueryError> {
    let total = history.total();
    let mut steps = Vec::with_capacity(total.min(TOLD) as usize);
    let (mut within, mut held) = (0.0, 0.0);
    let mut refused = None;
    for number in 1..=total {
        let step = match history.step() {
            Ok(Some(&[step])) => step,
            Ok(_) => break,
            Err(Error::Refused { message, .. }) => {
                refused = Some((number, message));
                break;
            }
            Err(error) => return Err(because(error)),
        };
        if step.count > 0 {
            held += 1.0;
            within += (step.variance - within) / held;
        }
        if is_told(number, total) {
            steps.push(BatchSummary {
                number,
                count: step.count as u64,
                mean: step.mean,
                variance: step.variance,
                before: step.before,
                after: step.after,
                weights: history.weights(),
                initial: step.initial,
            });
        }
        if number.is_multiple_of(AT_ONCE) {
            yielder.yield_now().await?;
        }
    }
    Ok(BatchProgress { steps, within, refused })
}

/// Whether a batch is told: of many, the first ones, and an even choice of the others with the last.
fn is_told(number: u64, total: u64) -> bool {
    if total <= TOLD || number <= FIRST {
        return true;
    }
    let (others, told) = (total - FIRST, TOLD - FIRST);
    let place = |number: u64| u128::from(number - FIRST) * u128::from(told) / u128::from(others);
    place(number) > place(number - 1)
}

/// Some values with where they are among the rows; of many positions, the middle one.
fn samples(rows: &Array3<f64>, size: usize, mask: Option<&[bool]>) -> Vec<((usize, usize), Sampled)> {
    let (n, _, positions) = rows.dim();
    let last = (n - 1) / size * size;
    let ends = if last > 0 && n - last < size { n - last } else { 0 };
    let position = positions / 2;
    let number = |index: usize| match mask {
        None => Some(index),
        Some(mask) => (0..mask.len()).filter(|&row| mask[row]).nth(index),
    };
    let indices = (0..size.min(SAMPLES.0)).chain(last..last + ends.min(SAMPLES.1));
    let sample = |index: usize| Sampled {
        row: number(index).map_or(0, |row| row as u64 + 1),
        position: position as u64 + 1,
        batch: (index / size) as u64 + 1,
        value: rows[(index, 0, position)],
        ..Sampled::default()
    };
    indices.map(|index| ((index, position), sample(index))).collect()
}

/// Each batch by its own statistics: what training does. Nothing comes of a batch that the library refuses.
async fn trained(
    (method, rules): (&Method, Conventions),
    rows: &Array3<f64>,
    size: usize,
    yielder: &impl Yield,
) -> Result<Array3<f64>, QueryError> {
    let mut output = Array3::zeros(rows.dim());
    let batches = rows.axis_chunks_iter(Axis(0), size).zip(output.axis_chunks_iter_mut(Axis(0), size));
    for ((batch, mut out), number) in batches.zip(1_u64..) {
        match method.under(rules).run_into(batch, None, out.view_mut()) {
            Ok(_) => {}
            Err(Error::Refused { .. }) => out.fill(f64::NAN),
            Err(error) => return Err(error.into()),
        }
        if number.is_multiple_of(AT_ONCE) {
            yielder.yield_now().await?;
        }
    }
    Ok(output)
}

/// Mean and standard deviation of an output; the samples get theirs.
fn take(
    output: &Array3<f64>,
    samples: &mut [((usize, usize), Sampled)],
    field: fn(&mut Sampled) -> &mut f64,
) -> OutputSpread {
    for ((row, position), sample) in samples {
        *field(sample) = output[(*row, 0, *position)];
    }
    let all = output.as_slice_memory_order().map(moments);
    all.map_or_else(OutputSpread::default, |all| OutputSpread { mean: all.mean, sd: all.sd })
}
