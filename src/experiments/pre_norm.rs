//! Where the norm stands in a residual network: gradients at the start by depth, and training with and without warm-up.

mod figures;
mod network;
mod outcome;
mod report;
mod start;
#[cfg(test)]
mod tests;

use normlab_parameters::{Allowed, Field, Fields, Parameters};
use normlab_plot::number::format4;
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};
use normlab_training::{NetworkOptimizer, Schedule, Training};

use crate::networks::{ClassificationTask, NetworkRun, activations, batch_field, steps_field};
use crate::{Experiment, ExperimentTable, Info, Refusal, RunControl};
use outcome::{PreNormOutcome, Variant};

/// Width of the residual stream in training.
const WIDTH: usize = 32;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct PreNorm {
    /// Blocks of the networks that are trained.
    depth: u64,
    rate: f64,
    warm_up: u64,
    steps: u64,
    batch: u64,
    /// How many random tokens go together where gradients are measured at the start.
    tokens: u64,
    /// Networks of each depth whose gradients are averaged at the start.
    draws: u64,
}

impl Default for PreNorm {
    fn default() -> Self {
        Self { depth: 16, rate: 0.01, warm_up: 150, steps: 300, batch: 64, tokens: 1, draws: 40 }
    }
}

impl Parameters for PreNorm {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "How many residual blocks the networks have that are trained.";
        fields.integer(Field { key: "depth", label: "Depth", help }, Allowed::Between(1.0, 64.0), &mut self.depth);
        let help = "The learning rate of Adam.";
        let field = Field { key: "rate", label: "Learning rate", help };
        fields.number(field, Allowed::Between(1e-4, 1.0), &mut self.rate);
        let help = "In so many steps the learning rate of the run with warm-up rises from 0.";
        let field = Field { key: "warm-up", label: "Warm-up steps", help };
        fields.integer(field, Allowed::Between(1.0, 3000.0), &mut self.warm_up);
        steps_field(fields, &mut self.steps);
        batch_field(fields, &mut self.batch);
        let help = "How many random tokens go through together where gradients are measured at the start; the theory is of one.";
        fields.integer(
            Field { key: "tokens", label: "Tokens at the start", help },
            Allowed::Between(1.0, 64.0),
            &mut self.tokens,
        );
        let help = "How many random networks of each depth are averaged at the start.";
        let field = Field { key: "draws", label: "Networks at the start", help };
        fields.integer(field, Allowed::Between(1.0, 200.0), &mut self.draws);
    }
}

impl PreNorm {
    fn training<'a>(&self, variant: Variant, task: &'a ClassificationTask, seed: u64) -> Training<'a> {
        let network = network::classifier(variant.placement(), self.depth as usize, WIDTH, task);
        let warm_up = if variant == Variant::PostWarmUp { self.warm_up } else { 0 };
        let schedule = Schedule { rate: self.rate, warm_up };
        let examples = (&task.train, self.batch as usize);
        Training::new(network, NetworkOptimizer::adam(0.9, 0.98), schedule, examples, seed)
    }
}

impl Experiment for PreNorm {
    const INFO: Info = Info {
        slug: "pre-norm",
        question: "Before or after the residual sum?",
        why: "Transformers moved their norm from behind the sum to the front of each block, because deep post-norm networks need \
              a warm-up of the learning rate, or do not train at all.",
        sources: &[
            (
                "Xiong et al., On Layer Normalization in the Transformer Architecture (2020)",
                "https://arxiv.org/abs/2002.04745",
            ),
            ("Nguyen and Salazar, Transformers without Tears (2019)", "https://arxiv.org/abs/1910.05895"),
            (
                "Takase et al., B2T Connection: Serving Stability and Performance in Deep Transformers (2023)",
                "https://arxiv.org/abs/2206.00330",
            ),
        ],
        samples: &["digits"],
        made: &[],
        user_table_support: UserTableSupport::WithTarget,
        picture: "gradients",
        scaling: None,
    };

    const SHORT: &'static [(&'static str, &'static str)] = &[("steps", "20"), ("draws", "4")];

    type Outcome = PreNormOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, PreNormOutcome>,
    ) -> Result<PreNormOutcome, Refusal> {
        let task = ClassificationTask::of(data, seed, self.batch)?.centred();
        let mut outcome = PreNormOutcome::new(&task);
        let share = if control.is_for_measures() { 0.0 } else { 0.2 };
        if !control.is_for_measures() {
            start::measure((self.tokens, self.draws), seed, share, control, &mut outcome).await?;
            control.partial(&outcome);
        }
        let mut trainings: Vec<Training<'_>> =
            Variant::EACH.iter().map(|variant| self.training(*variant, &task, seed)).collect();
        for step in 0..self.steps {
            let done = share + (1.0 - share) * step as f32 / self.steps as f32;
            for (training, run) in trainings.iter_mut().zip(&mut outcome.runs) {
                run.step(training, self.steps);
                control.yield_now(done).await?;
            }
            control.partial(&outcome);
        }
        if !control.is_for_measures() {
            outcome.arrays = activations(Variant::EACH.iter().map(|variant| variant.name()).zip(&trainings), "sum");
        }
        for (training, run) in trainings.iter_mut().zip(&mut outcome.runs) {
            run.finish(training, &task, self.batch as usize);
            control.yield_now(1.0).await?;
        }
        Ok(outcome)
    }

    fn is_seeded(&self, _: &ExperimentTable) -> bool {
        true
    }

    fn predictions(&self, _: &ExperimentTable) -> Vec<Prediction> {
        vec![
            Prediction {
                key: "order".into(),
                prompt: format!(
                    "{} blocks deep, learning rate {}: which is right most often after {} steps?",
                    self.depth,
                    format4(self.rate),
                    self.steps
                ),
                kind: PredictionKind::Order(Variant::EACH.map(|variant| variant.name().to_owned()).to_vec()),
            },
            Prediction {
                key: "factor".into(),
                prompt: "Before any step, how many times smaller is the gradient of the last block with pre-norm at depth 128 than \
                         at depth 1?"
                    .into(),
                kind: PredictionKind::Number { unit: "times".into(), low: 0.01, high: 1000.0 },
            },
        ]
    }

    fn landmarks(&self, _: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        vec![
            ("depth", landmark(4.0, "shallow")),
            ("depth", landmark(16.0, "deep")),
            ("depth", landmark(48.0, "very deep")),
            ("rate", landmark(0.001, "usual for Adam")),
            ("rate", landmark(0.01, "bold")),
            ("warm-up", landmark(150.0, "half of 300 steps")),
            ("steps", landmark(1000.0, "long")),
            ("batch", landmark(64.0, "usual")),
            ("tokens", landmark(1.0, "as the theory has it")),
            ("tokens", landmark(64.0, "a batch")),
        ]
    }

    fn report(&self, data: &ExperimentTable, outcome: &PreNormOutcome) -> Report {
        report::report(self, data, outcome)
    }

    fn measures(&self, outcome: &PreNormOutcome) -> Vec<(String, f64)> {
        let measure = |(variant, run): (&Variant, &NetworkRun)| (variant.name().to_owned(), 100.0 * run.accuracy());
        Variant::EACH.iter().zip(&outcome.runs).map(measure).collect()
    }

    fn unit(&self) -> String {
        "% of the test rows right".into()
    }
}
