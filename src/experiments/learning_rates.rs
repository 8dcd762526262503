//! Which learning rates survive: one network with and without norm layers, from the same start, over many learning rates.

mod figures;
mod landscape;
mod outcome;
mod report;
#[cfg(test)]
mod tests;

use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};
use normlab_plot::number::format4;
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};
use normlab_training::{NetworkOptimizer, Schedule, Training};

use crate::networks::{
    ClassificationTask, Hidden, Mlp, NetworkNorm, NetworkRun, activations, batch_field, steps_field,
};
use crate::{Experiment, ExperimentTable, Info, Refusal, RunControl};
use outcome::{DEPTHS, RATES, RatesOutcome};

/// Units of a hidden layer.
const WIDTH: usize = 64;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct LearningRates {
    /// The learning rate whose runs are drawn.
    rate: f64,
    /// Hidden layers.
    depth: u64,
    hidden: Hidden,
    /// Rows of a batch.
    batch: u64,
    steps: u64,
    map: DepthMap,
}

/// The network whose accuracy is mapped by learning rate and depth, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DepthMap {
    Off,
    Of(NetworkNorm),
}

impl Options for DepthMap {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Off, "off", "not mapped"),
        (Self::Of(NetworkNorm::None), "none", "without normalization"),
        (Self::Of(NetworkNorm::Batch), "batch-norm", "with BatchNorm"),
        (Self::Of(NetworkNorm::Layer), "layer-norm", "with LayerNorm"),
        (Self::Of(NetworkNorm::Rms), "rms-norm", "with RMSNorm"),
        (Self::Of(NetworkNorm::Group), "group-norm", "with GroupNorm"),
    ];
}

impl Default for LearningRates {
    fn default() -> Self {
        Self { rate: 3.0, depth: 5, hidden: Hidden::Relu, batch: 64, steps: 300, map: DepthMap::Off }
    }
}

impl Parameters for LearningRates {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "How far a step goes against the gradient: the runs at this learning rate are drawn.";
        let field = Field { key: "rate", label: "Learning rate", help };
        fields.number(field, Allowed::Between(1e-3, 100.0), &mut self.rate);
        let help = "How many hidden layers of 64 units the network has.";
        fields.integer(Field { key: "depth", label: "Depth", help }, Allowed::Between(1.0, 50.0), &mut self.depth);
        let help = "What follows each linear layer and its norm.";
        fields.choice(Field { key: "activation", label: "Activation", help }, &mut self.hidden);
        batch_field(fields, &mut self.batch);
        steps_field(fields, &mut self.steps);
        let help =
            "Which network is also trained with 1, 2, 5, 10 and 20 hidden layers, at every learning rate of the map.";
        fields.choice(Field { key: "map", label: "Map of depths", help }, &mut self.map);
    }
}

impl LearningRates {
    fn mlp(&self, norm: NetworkNorm) -> Mlp {
        Mlp { hidden: self.hidden, ..Mlp::new(self.depth as usize, WIDTH, norm) }
    }

    fn training<'a>(&self, norm: NetworkNorm, task: &'a ClassificationTask, rate: f64, seed: u64) -> Training<'a> {
        let network = self.mlp(norm).network(task.train.width, task.classes);
        let examples = (&task.train, self.batch as usize);
        Training::new(network, NetworkOptimizer::Sgd, Schedule::constant(rate), examples, seed)
    }

    /// How often five networks are trained in all: at the chosen rate, at those of the map, and for the map by depth.
    fn rounds(&self, control: &RunControl<'_, RatesOutcome>) -> u64 {
        let maps = if self.map == DepthMap::Off { 1 } else { 2 };
        if control.is_for_measures() { 1 } else { 1 + maps * RATES.len() as u64 }
    }

    /// Trains one network for each norm, step by step together.
    async fn train(
        &self,
        task: &ClassificationTask,
        rate: f64,
        seed: u64,
        control: &RunControl<'_, RatesOutcome>,
        outcome: &mut RatesOutcome,
        shown: bool,
    ) -> Result<Vec<NetworkRun>, Refusal> {
        let mut trainings: Vec<Training<'_>> =
            NetworkNorm::EACH.iter().map(|norm| self.training(*norm, task, rate, seed)).collect();
        let mut runs = vec![NetworkRun::default(); trainings.len()];
        for _ in 0..self.steps {
            for (training, run) in trainings.iter_mut().zip(&mut runs) {
                run.step(training, self.steps);
                control.yield_now(outcome.done(self.steps)).await?;
            }
            outcome.steps_done += 1;
            if shown {
                outcome.runs.clone_from(&runs);
                control.partial(outcome);
            }
        }
        if shown && !control.is_for_measures() {
            let networks = NetworkNorm::EACH.iter().map(|norm| norm.name()).zip(&trainings);
            outcome.arrays = activations(networks, "linear");
        }
        for (training, run) in trainings.iter_mut().zip(&mut runs) {
            run.finish(training, task, self.batch as usize);
            control.yield_now(outcome.done(self.steps)).await?;
        }
        Ok(runs)
    }

    /// Trains one network of each depth at every learning rate of the map.
    async fn map_depths(
        &self,
        norm: NetworkNorm,
        (task, seed): (&ClassificationTask, u64),
        control: &RunControl<'_, RatesOutcome>,
        outcome: &mut RatesOutcome,
    ) -> Result<(), Refusal> {
        let before = outcome.steps_done;
        let cells = (RATES.len() * DEPTHS.len()) as u64;
        for (column, rate) in RATES.into_iter().enumerate() {
            outcome.by_depth.push(Vec::new());
            for (line, depth) in DEPTHS.into_iter().enumerate() {
                let settings = Self { depth, ..self.clone() };
                let mut training = settings.training(norm, task, rate, seed);
                let mut run = NetworkRun::default();
                for step in 0..self.steps {
                    run.step(&mut training, self.steps);
                    let steps = (column * DEPTHS.len() + line) as u64 * self.steps + step;
                    outcome.steps_done = before + steps * RATES.len() as u64 / cells;
                    control.yield_now(outcome.done(self.steps)).await?;
                }
                run.finish(&mut training, task, self.batch as usize);
                outcome.by_depth[column].push(run);
                control.partial(outcome);
            }
        }
        Ok(())
    }
}

impl Experiment for LearningRates {
    const INFO: Info = Info {
        slug: "learning-rates",
        question: "Which learning rates survive?",
        why: "A larger learning rate needs fewer steps, until the network diverges: norm layers move that limit, and that is \
              most of what made deep networks trainable.",
        sources: &[
            ("Ioffe and Szegedy, Batch Normalization (2015)", "https://arxiv.org/abs/1502.03167"),
            (
                "Santurkar et al., How Does Batch Normalization Help Optimization? (2018)",
                "https://arxiv.org/abs/1805.11604",
            ),
            ("Ba, Kiros and Hinton, Layer Normalization (2016)", "https://arxiv.org/abs/1607.06450"),
        ],
        samples: &["digits", "wine"],
        made: &[],
        user_table_support: UserTableSupport::WithTarget,
        picture: "losses",
        scaling: None,
    };

    const SHORT: &'static [(&'static str, &'static str)] = &[("steps", "30")];

    type Outcome = RatesOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, RatesOutcome>,
    ) -> Result<RatesOutcome, Refusal> {
        let task = ClassificationTask::of(data, seed, self.batch)?;
        let mut outcome = RatesOutcome::new(&task, self.rate, self.rounds(control));
        let runs = self.train(&task, self.rate, seed, control, &mut outcome, true).await?;
        outcome.runs = runs;
        if control.is_for_measures() {
            return Ok(outcome);
        }
        outcome.landscapes = landscape::landscapes(self, &task, seed, control, outcome.done(self.steps)).await?;
        outcome.scale_law = landscape::scale_law(self, &task, seed);
        control.partial(&outcome);
        for (index, rate) in RATES.into_iter().enumerate() {
            let runs = if rate == self.rate {
                outcome.steps_done += self.steps;
                outcome.runs.clone()
            } else {
                self.train(&task, rate, seed, control, &mut outcome, false).await?
            };
            outcome.sweep[index] = Some(runs);
            control.partial(&outcome);
        }
        if let DepthMap::Of(norm) = self.map {
            self.map_depths(norm, (&task, seed), control, &mut outcome).await?;
        }
        Ok(outcome)
    }

    fn is_seeded(&self, _: &ExperimentTable) -> bool {
        true
    }

    fn predictions(&self, data: &ExperimentTable) -> Vec<Prediction> {
        let things = if data.origin == crate::Origin::Sample("digits") { "digits" } else { "rows" };
        let rates = RATES.iter().map(|rate| format4(*rate)).chain(["none of these".into()]);
        vec![
            Prediction {
                key: "survives".into(),
                prompt: format!(
                    "Which is the largest learning rate at which the network without normalization still gets more than half of \
                     the test {things} right?"
                ),
                kind: PredictionKind::Choice(rates.collect()),
            },
            Prediction {
                key: "order".into(),
                prompt: format!(
                    "Put them in order: which network is right most often after {} steps at learning rate {}?",
                    self.steps,
                    format4(self.rate)
                ),
                kind: PredictionKind::Order(NetworkNorm::EACH.map(|norm| norm.name().to_owned()).to_vec()),
            },
        ]
    }

    fn landmarks(&self, data: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        let mut landmarks = vec![
            ("rate", landmark(0.01, "careful")),
            ("rate", landmark(10.0, "the largest of the map")),
            ("depth", landmark(1.0, "one hidden layer")),
            ("depth", landmark(20.0, "deep")),
            ("batch", landmark(64.0, "usual")),
        ];
        let train = data.n_rows() * 1400 / 1797;
        if train > 64 {
            let epoch = (train as f64 / self.batch as f64).floor().max(1.0);
            landmarks.push(("steps", landmark(epoch, "one epoch")));
        }
        landmarks.push(("steps", landmark(1000.0, "long")));
        landmarks
    }

    fn report(&self, data: &ExperimentTable, outcome: &RatesOutcome) -> Report {
        report::report(self, data, outcome)
    }

    fn measures(&self, outcome: &RatesOutcome) -> Vec<(String, f64)> {
        let measure = |(norm, run): (&NetworkNorm, &NetworkRun)| (norm.name().to_owned(), 100.0 * run.accuracy());
        NetworkNorm::EACH.iter().zip(&outcome.runs).map(measure).collect()
    }

    fn unit(&self) -> String {
        "% of the test rows right".into()
    }
}
