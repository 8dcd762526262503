//! How small a batch may be: test error by batch size for BatchNorm and for norms that do not look at the batch, and the exact
//! laws of the noise in the statistics of a batch.

mod figures;
mod noise;
mod outcome;
mod report;
#[cfg(test)]
mod tests;

use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};
use normlab_plot::number::format4;
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};
use normlab_training::{Initialization, NetworkOptimizer, Phase, Schedule, Training, evaluate};

use crate::networks::{ClassificationTask, Mlp, NetworkNorm, activations};
use crate::{Experiment, ExperimentTable, Info, Refusal, RunControl};
use outcome::{BatchSizesOutcome, EvaluatedNorm, SIZES, SizeRuns, TRAINED};

const DEPTH: usize = 3;
const WIDTH: usize = 64;
/// The batch size that the learning rate is for; others have theirs in proportion.
const RATE_IS_FOR: f64 = 32.0;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchSizes {
    /// Whose runs are drawn.
    batch: u64,
    epochs: u64,
    /// At batch size 32.
    rate: f64,
    start: LinearStart,
}

/// How the weights start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinearStart {
    /// As PyTorch has it where nothing is said.
    Torch,
    /// Made for ReLU.
    He,
}

impl Options for LinearStart {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Torch, "pytorch", "PyTorch's default: \u{221a}(1 / (3 inputs))"),
        (Self::He, "he", "He: \u{221a}(2 / inputs)"),
    ];
}

impl Default for BatchSizes {
    fn default() -> Self {
        Self { batch: 2, epochs: 6, rate: 0.1, start: LinearStart::Torch }
    }
}

impl Parameters for BatchSizes {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "How many rows a step sees; the runs with this batch size are drawn.";
        fields.integer(
            Field { key: "batch", label: "Batch size", help },
            Allowed::Between(2.0, 256.0),
            &mut self.batch,
        );
        let help = "How often every training row is seen, whatever the batch size.";
        fields.integer(Field { key: "epochs", label: "Epochs", help }, Allowed::Between(1.0, 50.0), &mut self.epochs);
        let help = "The learning rate at batch size 32; at other sizes it is larger or smaller in proportion.";
        let field = Field { key: "rate", label: "Learning rate at 32", help };
        fields.number(field, Allowed::Between(1e-3, 10.0), &mut self.rate);
        let help = "How large the random weights are at the start.";
        fields.choice(Field { key: "start", label: "Initial weights", help }, &mut self.start);
    }
}

impl BatchSizes {
    fn rate_at(&self, size: u64) -> f64 {
        self.rate * size as f64 / RATE_IS_FOR
    }

    fn steps(&self, task: &ClassificationTask, size: u64) -> u64 {
        (task.train.len() as u64 / size).max(1) * self.epochs
    }

    /// Trains one network for each norm with batches of this size, step by step together.
    async fn train(
        &self,
        task: &ClassificationTask,
        (size, seed): (u64, u64),
        control: &RunControl<'_, BatchSizesOutcome>,
        outcome: &mut BatchSizesOutcome,
        shown: bool,
    ) -> Result<SizeRuns, Refusal> {
        let steps = self.steps(task, size);
        let initialization = match self.start {
            LinearStart::Torch => Initialization::Torch,
            LinearStart::He => Initialization::He,
        };
        let training = |norm: &NetworkNorm| {
            let mlp = Mlp { initialization, ..Mlp::new(DEPTH, WIDTH, *norm) };
            let network = mlp.network(task.train.width, task.classes);
            let schedule = Schedule::constant(self.rate_at(size));
            Training::new(network, NetworkOptimizer::Sgd, schedule, (&task.train, size as usize), seed)
        };
        let mut trainings: Vec<Training<'_>> = TRAINED.iter().map(training).collect();
        let mut found = SizeRuns::new(size, steps);
        let weight = outcome.weight_of(size);
        for step in 0..steps {
            for (training, run) in trainings.iter_mut().zip(&mut found.runs) {
                run.step(training, steps);
            }
            control.yield_now(outcome.done + weight * (step as f32 / steps as f32)).await?;
            if shown {
                outcome.shown.clone_from(&found);
                control.partial(outcome);
            }
        }
        if shown && !control.is_for_measures() {
            found.arrays = activations(TRAINED.iter().map(|norm| norm.name()).zip(&trainings), "linear");
        }
        for (training, run) in trainings.iter_mut().zip(&mut found.runs) {
            run.finish(training, task, size as usize);
            control.yield_now(outcome.done + weight).await?;
        }
        let batch = TRAINED.iter().position(|norm| *norm == NetworkNorm::Batch).unwrap_or(0);
        let network = &mut trainings[batch].network;
        found.by_batch = Some(evaluate(network, &task.test, size as usize, Phase::EvaluationByBatch));
        outcome.done += weight;
        Ok(found)
    }
}

impl Experiment for BatchSizes {
    const INFO: Info = Info {
        slug: "batch-sizes",
        question: "How small may a batch be?",
        why: "BatchNorm estimates mean and variance from the batch, so memory that allows only a few rows a batch decides \
              whether it can be used at all.",
        sources: &[
            ("Wu and He, Group Normalization (2018)", "https://arxiv.org/abs/1803.08494"),
            ("Ioffe and Szegedy, Batch Normalization (2015)", "https://arxiv.org/abs/1502.03167"),
            (
                "Wu and Johnson, Rethinking \u{201c}Batch\u{201d} in BatchNorm (2021)",
                "https://arxiv.org/abs/2105.07576",
            ),
        ],
        samples: &["digits", "breast-cancer"],
        made: &[],
        user_table_support: UserTableSupport::WithTarget,
        picture: "errors",
        scaling: None,
    };

    const SHORT: &'static [(&'static str, &'static str)] = &[("epochs", "1")];

    type Outcome = BatchSizesOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, BatchSizesOutcome>,
    ) -> Result<BatchSizesOutcome, Refusal> {
        let task = ClassificationTask::of(data, seed, self.batch)?;
        let mut outcome = BatchSizesOutcome::new(&task, self.batch, !control.is_for_measures());
        if !control.is_for_measures() {
            for size in SIZES {
                outcome.noise.push(noise::of_batches(size as usize, seed)?);
                control.yield_now(0.0).await?;
            }
        }
        let shown = self.train(&task, (self.batch, seed), control, &mut outcome, true).await?;
        outcome.shown = shown;
        if control.is_for_measures() {
            return Ok(outcome);
        }
        outcome.add(outcome.shown.clone());
        control.partial(&outcome);
        // The quick ones first.
        for size in SIZES.into_iter().rev().filter(|size| *size != self.batch) {
            if size <= task.train.len() as u64 {
                let found = self.train(&task, (size, seed), control, &mut outcome, false).await?;
                outcome.add(found);
                control.partial(&outcome);
            }
        }
        outcome.is_done = true;
        Ok(outcome)
    }

    fn is_seeded(&self, _: &ExperimentTable) -> bool {
        true
    }

    fn predictions(&self, data: &ExperimentTable) -> Vec<Prediction> {
        let things = if data.origin == crate::Origin::Sample("digits") { "digits" } else { "rows" };
        let sizes = SIZES.iter().map(|size| size.to_string()).chain(["at none of these".into()]);
        vec![
            Prediction {
                key: "error".into(),
                prompt: format!(
                    "With batches of {}, which share of the test {things} does the network with BatchNorm get wrong?",
                    self.batch
                ),
                kind: PredictionKind::Number { unit: "%".into(), low: 0.0, high: 100.0 },
            },
            Prediction {
                key: "cliff".into(),
                prompt: "Which is the largest batch size at which BatchNorm gets at least 2 percentage points more wrong than \
                         GroupNorm?"
                    .into(),
                kind: PredictionKind::Choice(sizes.collect()),
            },
        ]
    }

    fn landmarks(&self, _: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        vec![
            ("batch", landmark(2.0, "every output is \u{b1}1")),
            ("batch", landmark(16.0, "the popular limit")),
            ("batch", landmark(64.0, "usual")),
            ("epochs", landmark(6.0, "as measured elsewhere")),
            ("epochs", landmark(20.0, "long")),
            ("rate", landmark(0.1, "as measured elsewhere")),
        ]
    }

    fn report(&self, data: &ExperimentTable, outcome: &BatchSizesOutcome) -> Report {
        report::report(self, data, outcome)
    }

    fn measures(&self, outcome: &BatchSizesOutcome) -> Vec<(String, f64)> {
        let measure =
            |norm: &EvaluatedNorm| (norm.name().to_owned(), 100.0 * outcome.shown.error(*norm).unwrap_or(1.0));
        EvaluatedNorm::EACH.iter().map(measure).collect()
    }

    fn unit(&self) -> String {
        format!("% of the test rows wrong with batches of {}", format4(self.batch as f64))
    }
}
