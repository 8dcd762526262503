//! Training against evaluation: one trained network with BatchNorm, asked in different ways and in different company.

mod asking;
mod figures;
mod fine_tuning;
mod outcome;
mod report;
#[cfg(test)]
mod tests;

use normlab_engine::{Divisor, Momentum};
use normlab_parameters::{Allowed, Field, Fields, Parameters};
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};
use normlab_training::{
    Activation, Initialization, Linear, Network, NetworkOptimizer, NormKind, NormLayer, Phase, Schedule, Training,
    evaluate,
};

use crate::networks::{ClassificationTask, activations, rate_field};
use crate::{Experiment, ExperimentTable, Info, Refusal, RunControl};
use outcome::{EvaluationOutcome, ModesAtStep, TestMode};

const DEPTH: usize = 3;
const WIDTH: usize = 64;
/// Moments at which the network is asked during training, about.
const MOMENTS: u64 = 30;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluationMode {
    /// The size of the batches in which the trained network is asked.
    asked: u64,
    /// The weight of a new batch in the running statistics.
    momentum: f64,
    /// Which of the test rows is asked in other company, from 1.
    row: u64,
    batch: u64,
    steps: u64,
    rate: f64,
    /// The size of the batches in which the trained network is fine-tuned.
    tuned: u64,
}

impl Default for EvaluationMode {
    fn default() -> Self {
        Self { asked: 8, momentum: 0.1, row: 1, batch: 32, steps: 300, rate: 0.1, tuned: 2 }
    }
}

impl Parameters for EvaluationMode {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "How many test rows are asked together where the statistics are those of the batch.";
        fields.integer(
            Field { key: "asked", label: "Asked together", help },
            Allowed::Between(2.0, 256.0),
            &mut self.asked,
        );
        let help = "The weight of a new batch in the running statistics, as PyTorch has it; Keras counts the weight of the old ones.";
        fields.number(
            Field { key: "momentum", label: "Momentum", help },
            Allowed::Between(1e-3, 1.0),
            &mut self.momentum,
        );
        let help = "Which test row, from 1, is asked in many batches.";
        fields.integer(Field { key: "row", label: "Test row", help }, Allowed::Between(1.0, 1e6), &mut self.row);
        let help = "How many rows a step of training sees.";
        fields.integer(
            Field { key: "batch", label: "Batch size in training", help },
            Allowed::Between(2.0, 512.0),
            &mut self.batch,
        );
        let help = "How many steps the network is trained.";
        fields.integer(Field { key: "steps", label: "Steps", help }, Allowed::Between(10.0, 3000.0), &mut self.steps);
        rate_field(fields, 10.0, &mut self.rate);
        let help =
            "How many rows a step sees when the trained network is fine-tuned, with BatchNorm frozen and without.";
        fields.integer(
            Field { key: "tuned", label: "Batch size in fine-tuning", help },
            Allowed::Between(2.0, 512.0),
            &mut self.tuned,
        );
    }
}

impl EvaluationMode {
    fn network(&self, task: &ClassificationTask) -> Result<Network, Refusal> {
        let mut network = Network::new(task.train.width);
        for _ in 0..DEPTH {
            network.push(Linear::new(network.width(), WIDTH, Initialization::He));
            let layer =
                NormLayer::new(NormKind::Batch, WIDTH, 1).map_err(|error| Refusal::because(error.to_string()))?;
            network.push(layer.with_momentum(Momentum::New(self.momentum), Divisor::NMinusOne));
            network.push(Activation::relu(WIDTH));
        }
        network.push(Linear::new(WIDTH, task.classes, Initialization::He));
        Ok(network)
    }
}

impl Experiment for EvaluationMode {
    const INFO: Info = Info {
        slug: "evaluation-mode",
        question: "What does a forgotten eval() cost?",
        why: "BatchNorm is another function in training than in evaluation: in the wrong mode, the answer to one question depends on \
              who else is asked.",
        sources: &[
            ("PyTorch: BatchNorm1d", "https://docs.pytorch.org/docs/stable/generated/torch.nn.BatchNorm1d.html"),
            (
                "Wu and Johnson, Rethinking \u{201c}Batch\u{201d} in BatchNorm (2021)",
                "https://arxiv.org/abs/2105.07576",
            ),
            ("Ioffe and Szegedy, Batch Normalization (2015)", "https://arxiv.org/abs/1502.03167"),
        ],
        samples: &["digits", "wine"],
        made: &[],
        user_table_support: UserTableSupport::WithTarget,
        picture: "ways",
        scaling: None,
    };

    const SHORT: &'static [(&'static str, &'static str)] = &[("steps", "30")];

    type Outcome = EvaluationOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, EvaluationOutcome>,
    ) -> Result<EvaluationOutcome, Refusal> {
        let task = ClassificationTask::of(data, seed, self.batch.max(self.tuned))?;
        let mut outcome = EvaluationOutcome::new(&task);
        let examples = (&task.train, self.batch as usize);
        let schedule = Schedule::constant(self.rate);
        let mut training = Training::new(self.network(&task)?, NetworkOptimizer::Sgd, schedule, examples, seed);
        for step in 1..=self.steps {
            training.step();
            if step == self.steps && !control.is_for_measures() {
                outcome.arrays = activations(std::iter::once((NormKind::Batch.name(), &training)), "linear");
            }
            if step == 1 || step == self.steps || step.is_multiple_of((self.steps / MOMENTS).max(1)) {
                let mut right =
                    |phase| evaluate(&mut training.network, &task.test, self.batch as usize, phase).accuracy();
                let moment = ModesAtStep {
                    step,
                    evaluation: right(Phase::Evaluation),
                    by_batch: right(Phase::EvaluationByBatch),
                };
                outcome.moments.push(moment);
            }
            outcome.diverged = training.diverged();
            control.yield_now(0.7 * step as f32 / self.steps as f32).await?;
            control.partial(&outcome);
        }
        let network = &mut training.network;
        for mode in TestMode::EACH {
            outcome.asked.push(asking::ask(network, &task, mode, self.asked as usize));
            control.yield_now(0.75).await?;
        }
        control.partial(&outcome);
        asking::companies(self, network, &task, seed, control, &mut outcome).await?;
        control.partial(&outcome);
        outcome.fine_tuning = Some(fine_tuning::fine_tune(self, training.network, (&task, seed), control).await?);
        Ok(outcome)
    }

    fn is_seeded(&self, _: &ExperimentTable) -> bool {
        true
    }

    fn predictions(&self, data: &ExperimentTable) -> Vec<Prediction> {
        let things = if data.origin == crate::Origin::Sample("digits") { "digits" } else { "rows" };
        vec![
            Prediction {
                key: "forgotten".into(),
                prompt: format!(
                    "eval() is forgotten, and the test {things} are asked in batches of {}: how many are right?",
                    self.asked
                ),
                kind: PredictionKind::Number { unit: "%".into(), low: 0.0, high: 100.0 },
            },
            Prediction {
                key: "one".into(),
                prompt: "And if they are asked one by one, still without eval()?".into(),
                kind: PredictionKind::Choice(vec![
                    "About as many are right".into(),
                    "Clearly fewer are right, but more than by guessing".into(),
                    "The answer is the same for all of them".into(),
                ]),
            },
        ]
    }

    fn landmarks(&self, data: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        let test = (data.n_rows() as f64 * 397.0 / 1797.0).round().max(1.0);
        vec![
            ("asked", landmark(2.0, "pairs")),
            ("asked", landmark(32.0, "as in training")),
            ("momentum", landmark(0.1, "PyTorch's default")),
            ("momentum", landmark(0.01, "Keras's default")),
            ("momentum", landmark(1.0, "the last batch alone")),
            ("row", landmark(test, "the last test row")),
            ("batch", landmark(32.0, "usual")),
            ("tuned", landmark(2.0, "what fits into memory")),
            ("tuned", landmark(32.0, "usual")),
            ("steps", landmark(1000.0, "long")),
        ]
    }

    fn report(&self, data: &ExperimentTable, outcome: &EvaluationOutcome) -> Report {
        report::report(self, data, outcome)
    }

    fn measures(&self, outcome: &EvaluationOutcome) -> Vec<(String, f64)> {
        let measure = |mode: &TestMode| {
            let right = outcome.asked.get(mode.place()).map_or(0.0, |asked| asked.accuracy());
            (mode.name().to_owned(), 100.0 * right)
        };
        TestMode::EACH.iter().map(measure).collect()
    }

    fn unit(&self) -> String {
        "% of the test rows right".into()
    }
}
