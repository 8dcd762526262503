//! Norms in a recurrent network: a row is read step by step, and BatchNorm remembers statistics of all steps together or of each
//! step by itself.

mod figures;
mod outcome;
mod report;
#[cfg(test)]
mod tests;

use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};
use normlab_training::{
    Activation, Initialization, Linear, Network, NetworkOptimizer, NormLayer, Phase, Recurrent, Schedule, Training,
    evaluate,
};

use crate::networks::{ClassificationTask, NetworkNorm, activations};
use crate::{Experiment, ExperimentTable, Info, Refusal, RunControl};
use outcome::{RecurrentOutcome, TRAINED, TimeStatistics};

/// Units of the recurrent layer.
const WIDTH: usize = 48;
/// Longer gradients are made so long.
const LONGEST_GRADIENT: f64 = 1.0;
/// Test rows whose states are looked at, at most.
const LOOKED_AT: usize = 256;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct RecurrentNorms {
    /// In how many steps of time a row is read, at most.
    length: u64,
    batch: u64,
    steps: u64,
    rate: f64,
    function: RecurrentFunction,
    /// What the recurrent weights multiply lengths by at the start.
    gain: f64,
}

/// What makes a state of a normalized sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecurrentFunction {
    Tanh,
    Relu,
}

impl Options for RecurrentFunction {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Tanh, "tanh", "tanh"), (Self::Relu, "relu", "ReLU")];
}

impl Default for RecurrentNorms {
    fn default() -> Self {
        let function = RecurrentFunction::Tanh;
        Self { length: 32, batch: 64, steps: 400, rate: 0.003, function, gain: 1.0 }
    }
}

impl Parameters for RecurrentNorms {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help =
            "In how many steps of time the features of a row are read, in their order and equally many at a time.";
        let field = Field { key: "length", label: "Steps of time", help };
        fields.integer(field, Allowed::Between(2.0, 64.0), &mut self.length);
        let help = "How many rows a step of training sees.";
        let field = Field { key: "batch", label: "Batch size", help };
        fields.integer(field, Allowed::Between(2.0, 512.0), &mut self.batch);
        let help = "How many steps of training every network takes.";
        fields.integer(Field { key: "steps", label: "Steps", help }, Allowed::Between(10.0, 3000.0), &mut self.steps);
        let help = "The learning rate of Adam.";
        let field = Field { key: "rate", label: "Learning rate", help };
        fields.number(field, Allowed::Between(1e-5, 10.0), &mut self.rate);
        let help = "What makes the state of the sum, after its norm.";
        fields.choice(Field { key: "activation", label: "Activation", help }, &mut self.function);
        let help = "By how much the recurrent weights stretch a state before any training.";
        let field = Field { key: "gain", label: "Recurrent weights at the start", help };
        fields.number(field, Allowed::Between(0.1, 4.0), &mut self.gain);
    }
}

impl RecurrentNorms {
    /// Steps of time for rows of so many features, and how many features a step reads.
    fn sequence(&self, features: usize) -> Result<(usize, usize), Refusal> {
        if features < 2 {
            return Err(Refusal::because(
                "A sequence needs at least 2 features, which are read one after the other: choose more columns.",
            ));
        }
        let inputs = features.div_ceil(self.length as usize);
        Ok((features.div_ceil(inputs), inputs))
    }

    fn network(&self, norm: NetworkNorm, (length, inputs): (usize, usize), classes: usize) -> Network {
        let function = match self.function {
            RecurrentFunction::Tanh => Activation::tanh(WIDTH),
            RecurrentFunction::Relu => Activation::relu(WIDTH),
        };
        let layer = Recurrent::new(length, inputs, function, self.gain);
        let mut network = Network::new(length * inputs);
        network.push(match norm.kind().and_then(|kind| NormLayer::new(kind, WIDTH, 1).ok()) {
            Some(norm) => layer.with_norm(norm),
            None => layer,
        });
        network.push(Linear::new(WIDTH, classes, Initialization::LeCun));
        network
    }
}

impl Experiment for RecurrentNorms {
    const INFO: Info = Info {
        slug: "recurrent",
        question: "Can BatchNorm be used in a recurrent network?",
        why: "\u{201c}BatchNorm cannot be used in recurrent networks\u{201d} is given as the reason for LayerNorm; what fails is one way to \
              remember statistics, and not the other.",
        sources: &[
            ("Ba, Kiros and Hinton, Layer Normalization (2016)", "https://arxiv.org/abs/1607.06450"),
            ("Cooijmans et al., Recurrent Batch Normalization (2016)", "https://arxiv.org/abs/1603.09025"),
            ("Laurent et al., Batch Normalized Recurrent Neural Networks (2015)", "https://arxiv.org/abs/1510.01378"),
        ],
        samples: &["digits", "wine"],
        made: &[],
        user_table_support: UserTableSupport::WithTarget,
        picture: "states",
        scaling: None,
    };

    const SHORT: &'static [(&'static str, &'static str)] = &[("steps", "10")];

    type Outcome = RecurrentOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, RecurrentOutcome>,
    ) -> Result<RecurrentOutcome, Refusal> {
        let mut task = ClassificationTask::of(data, seed, self.batch)?;
        let sequence = self.sequence(task.train.width)?;
        for examples in [&mut task.train, &mut task.test] {
            examples.widen(sequence.0 * sequence.1);
        }
        let mut outcome = RecurrentOutcome::new(&task, sequence, data.features.len());
        let training = |norm: &NetworkNorm| {
            let examples = (&task.train, self.batch as usize);
            let network = self.network(*norm, sequence, task.classes);
            let adam = NetworkOptimizer::adam(0.9, 0.999);
            Training::new(network, adam, Schedule::constant(self.rate), examples, seed).clipped(LONGEST_GRADIENT)
        };
        let mut trainings: Vec<Training<'_>> = TRAINED.iter().map(training).collect();
        let looked_at: Vec<usize> = (0..task.test.len().min(LOOKED_AT)).collect();
        for training in &mut trainings {
            training.network.forward(&task.test, &looked_at, Phase::EvaluationByBatch);
            outcome.start.push(training.network.time_record());
            control.yield_now(0.0).await?;
        }
        for step in 0..self.steps {
            for (training, run) in trainings.iter_mut().zip(&mut outcome.runs) {
                run.step(training, self.steps);
                control.yield_now(0.97 * step as f32 / self.steps as f32).await?;
            }
            control.partial(&outcome);
        }
        if !control.is_for_measures() {
            outcome.arrays = activations(TRAINED.iter().map(|norm| norm.name()).zip(&trainings), "recurrent");
        }
        for (training, run) in trainings.iter_mut().zip(&mut outcome.runs) {
            run.finish(training, &task, self.batch as usize);
            control.yield_now(0.98).await?;
        }
        let mut times = Vec::new();
        for kind in TimeStatistics::EACH {
            let network = &mut trainings[kind.trained()].network;
            if kind == TimeStatistics::Shared {
                outcome.shared = Some(evaluate(network, &task.test, self.batch as usize, Phase::EvaluationShared));
                control.yield_now(0.99).await?;
            }
            network.forward(&task.test, &looked_at, kind.phase());
            times.push(network.time_record());
            control.yield_now(1.0).await?;
        }
        outcome.times = times;
        Ok(outcome)
    }

    fn is_seeded(&self, _: &ExperimentTable) -> bool {
        true
    }

    fn predictions(&self, data: &ExperimentTable) -> Vec<Prediction> {
        let things = if data.origin == crate::Origin::Sample("digits") { "digits" } else { "rows" };
        vec![
            Prediction {
                key: "order".into(),
                prompt: format!(
                    "Put them in order: which gets most of the test {things} right after {} steps?",
                    self.steps
                ),
                kind: PredictionKind::Order(TimeStatistics::EACH.map(|kind| kind.name().to_owned()).to_vec()),
            },
            Prediction {
                key: "shared".into(),
                prompt: format!(
                    "One set of running statistics for all steps of time: which share of the test {things} does BatchNorm get right?"
                ),
                kind: PredictionKind::Number { unit: "%".into(), low: 0.0, high: 100.0 },
            },
        ]
    }

    fn landmarks(&self, data: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        let mut landmarks = vec![
            ("batch", landmark(4.0, "small")),
            ("batch", landmark(64.0, "usual")),
            ("steps", landmark(1000.0, "long")),
            ("rate", landmark(0.001, "usual for Adam")),
            ("rate", landmark(1.0, "far too large")),
            ("gain", landmark(1.0, "keeps lengths")),
            ("gain", landmark(2.5, "explodes under ReLU")),
        ];
        if data.origin == crate::Origin::Sample("digits") {
            let of_digits = [(8.0, "row by row"), (32.0, "two pixels at a time"), (64.0, "pixel by pixel")];
            landmarks.extend(of_digits.map(|(at, label)| ("length", landmark(at, label))));
        }
        landmarks
    }

    fn report(&self, data: &ExperimentTable, outcome: &RecurrentOutcome) -> Report {
        report::report(self, data, outcome)
    }

    fn measures(&self, outcome: &RecurrentOutcome) -> Vec<(String, f64)> {
        TimeStatistics::EACH.iter().map(|kind| (kind.name().to_owned(), 100.0 * outcome.accuracy(*kind))).collect()
    }

    fn unit(&self) -> String {
        "% of the test rows right".into()
    }
}
