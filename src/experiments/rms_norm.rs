//! LayerNorm or RMSNorm: what both do to shifted and stretched numbers, how many operations and how much time each needs, how large
//! the mean is that RMSNorm leaves in, and whether networks end otherwise.

mod figures;
mod laws;
mod operations;
mod outcome;
mod report;
#[cfg(test)]
mod tests;
mod timing;

use normlab_parameters::{Allowed, Field, Fields, Parameters};
use normlab_plot::number::format4;
use normlab_report::{Landmark, Prediction, PredictionKind, Report, Table, UserTableSupport};
use normlab_training::{Network, NetworkOptimizer, Phase, Schedule, Training};

use crate::networks::{
    ClassificationTask, Mlp, NetworkNorm, NetworkRun, activations, batch_field, rate_field, steps_field,
};
use crate::{Experiment, ExperimentTable, Info, Refusal, RunControl, Stopwatch};
use outcome::{COMPARED, LayerMean, NormVerdict, RmsNormOutcome};

/// Test rows whose activations are looked at, at most.
const LOOKED_AT: usize = 256;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerOrRms {
    /// What is added to every number of a vector.
    shift: f64,
    /// Hidden layers, and units of each.
    depth: u64,
    width: u64,
    rate: f64,
    steps: u64,
    batch: u64,
    /// Networks of each kind, from different weights.
    starts: u64,
}

impl Default for LayerOrRms {
    fn default() -> Self {
        Self { shift: 3.0, depth: 3, width: 64, rate: 0.1, steps: 200, batch: 64, starts: 5 }
    }
}

impl Parameters for LayerOrRms {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "What is added to every number of random vectors of mean 0 and standard deviation 1.";
        let field = Field { key: "shift", label: "Shift", help };
        fields.number(field, Allowed::Between(0.0, 10.0), &mut self.shift);
        let help = "How many hidden layers the networks have.";
        fields.integer(Field { key: "depth", label: "Depth", help }, Allowed::Between(1.0, 30.0), &mut self.depth);
        let help = "How many units a hidden layer has: how many numbers a norm works on.";
        fields.integer(Field { key: "width", label: "Width", help }, Allowed::Between(2.0, 256.0), &mut self.width);
        rate_field(fields, 100.0, &mut self.rate);
        steps_field(fields, &mut self.steps);
        batch_field(fields, &mut self.batch);
        let help = "How many networks of each kind are trained, each from weights of its own.";
        let field = Field { key: "starts", label: "Starts", help };
        fields.integer(field, Allowed::Between(2.0, 20.0), &mut self.starts);
    }
}

impl LayerOrRms {
    fn training<'a>(&self, norm: NetworkNorm, task: &'a ClassificationTask, seed: u64) -> Training<'a> {
        let mlp = Mlp::new(self.depth as usize, self.width as usize, norm);
        let network = mlp.network(task.train.width, task.classes);
        let examples = (&task.train, self.batch as usize);
        Training::new(network, NetworkOptimizer::Sgd, Schedule::constant(self.rate), examples, seed)
    }

    /// The means that reach the norms of a network, layer by layer.
    fn means(&self, network: &mut Network, task: &ClassificationTask) -> Vec<LayerMean> {
        let rows: Vec<usize> = (0..task.test.len().min(LOOKED_AT)).collect();
        network.forward(&task.test, &rows, Phase::Evaluation);
        // Each layer is linear, norm, ReLU.
        let of_layer = |layer| LayerMean::of(network.activation(3 * layer + 1), self.width as usize);
        (0..self.depth as usize).map(of_layer).collect()
    }
}

impl Experiment for LayerOrRms {
    const INFO: Info = Info {
        slug: "rms-norm",
        question: "RMSNorm or LayerNorm: is the mean missed?",
        why: "RMSNorm is LayerNorm without the mean, and many language models have changed to it: it needs fewer operations, if nothing \
              is lost with the mean.",
        sources: &[
            ("Zhang and Sennrich, Root Mean Square Layer Normalization (2019)", "https://arxiv.org/abs/1910.07467"),
            ("Ba, Kiros and Hinton, Layer Normalization (2016)", "https://arxiv.org/abs/1607.06450"),
            (
                "Touvron et al., LLaMA: Open and Efficient Foundation Language Models (2023)",
                "https://arxiv.org/abs/2302.13971",
            ),
        ],
        samples: &["digits", "wine"],
        made: &[],
        user_table_support: UserTableSupport::WithTarget,
        picture: "shifted",
        scaling: None,
    };

    const SHORT: &'static [(&'static str, &'static str)] = &[("steps", "10")];

    type Outcome = RmsNormOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, RmsNormOutcome>,
    ) -> Result<RmsNormOutcome, Refusal> {
        let task = ClassificationTask::of(data, seed, self.batch)?;
        let starts = if control.is_for_measures() { 1 } else { self.starts };
        let mut outcome = RmsNormOutcome::new(&task, self.width as usize, starts as usize);
        if !control.is_for_measures() {
            outcome.laws = Some(laws::laws(self.width as usize, self.shift, seed)?);
        }
        let all = (starts * self.steps) as f32;
        for start in 0..starts {
            // The first start is that of the seed: what is drawn is what many seeds have.
            let seed = seed.wrapping_add(start * 1000);
            let mut trainings = COMPARED.map(|norm| self.training(norm, &task, seed));
            if start == 0 {
                outcome.before = trainings.each_mut().map(|training| self.means(&mut training.network, &task));
            }
            let mut runs = COMPARED.map(|_| NetworkRun::default());
            for step in 0..self.steps {
                for (training, run) in trainings.iter_mut().zip(&mut runs) {
                    run.step(training, self.steps);
                    control.yield_now((start * self.steps + step) as f32 / all).await?;
                }
                if start == 0 {
                    outcome.shown.clone_from(&runs);
                }
                control.partial(&outcome);
            }
            if start == 0 && !control.is_for_measures() {
                outcome.arrays = activations(COMPARED.iter().map(|norm| norm.name()).zip(&trainings), "linear");
            }
            for (training, run) in trainings.iter_mut().zip(&mut runs) {
                run.finish(training, &task, self.batch as usize);
                control.yield_now(((start + 1) * self.steps) as f32 / all).await?;
            }
            if start == 0 {
                outcome.after = trainings.each_mut().map(|training| self.means(&mut training.network, &task));
                outcome.shown.clone_from(&runs);
            }
            outcome.accuracies.push(runs.each_ref().map(NetworkRun::accuracy));
            control.partial(&outcome);
        }
        Ok(outcome)
    }

    fn is_seeded(&self, _: &ExperimentTable) -> bool {
        true
    }

    fn predictions(&self, data: &ExperimentTable) -> Vec<Prediction> {
        let things = if data.origin == crate::Origin::Sample("digits") { "digits" } else { "rows" };
        vec![
            Prediction {
                key: "shift".into(),
                prompt: format!(
                    "{} is added to every number of a vector: whose output changes by more than rounding?",
                    format4(self.shift)
                ),
                kind: PredictionKind::Choice(
                    ["that of neither", "that of LayerNorm", "that of RMSNorm", "those of both"].map(String::from).to_vec(),
                ),
            },
            Prediction {
                key: "better".into(),
                prompt: format!("{} networks of each kind are trained: which get more of the test {things} right?", self.starts),
                kind: PredictionKind::Choice(NormVerdict::EACH.map(|verdict| verdict.name().to_owned()).to_vec()),
            },
            Prediction {
                key: "saved".into(),
                prompt: "How many percent of the arithmetic operations of LayerNorm does RMSNorm save, forward and backward together?"
                    .into(),
                kind: PredictionKind::Number { unit: "%".into(), low: 0.0, high: 100.0 },
            },
        ]
    }

    fn landmarks(&self, _: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        vec![
            ("shift", landmark(0.0, "none")),
            ("shift", landmark(3.0, "three standard deviations")),
            ("depth", landmark(1.0, "one hidden layer")),
            ("depth", landmark(10.0, "deep")),
            ("width", landmark(4.0, "narrow")),
            ("width", landmark(64.0, "as many as pixels")),
            ("rate", landmark(0.01, "careful")),
            ("rate", landmark(1.0, "bold")),
            ("steps", landmark(1000.0, "long")),
            ("batch", landmark(64.0, "usual")),
            ("starts", landmark(5.0, "quick")),
            ("starts", landmark(20.0, "finer")),
        ]
    }

    fn report(&self, data: &ExperimentTable, outcome: &RmsNormOutcome) -> Report {
        report::report(self, data, outcome)
    }

    async fn timing(
        &self,
        data: &ExperimentTable,
        seed: u64,
        stopwatch: &Stopwatch<'_>,
    ) -> Result<Option<Table>, Refusal> {
        timing::timing(self, &ClassificationTask::of(data, seed, self.batch)?, seed, stopwatch).await.map(Some)
    }

    fn measures(&self, outcome: &RmsNormOutcome) -> Vec<(String, f64)> {
        let accuracies = outcome.accuracies.first().copied().unwrap_or_default();
        let measure = |(norm, accuracy): (&NetworkNorm, f64)| (norm.name().to_owned(), 100.0 * accuracy);
        COMPARED.iter().zip(accuracies).map(measure).collect()
    }

    fn unit(&self) -> String {
        "% of the test rows right".into()
    }
}
