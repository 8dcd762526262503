//! What depth does: activations and gradients layer by layer while networks train, from good and bad initial weights.

mod explosion;
mod figures;
mod outcome;
mod report;
#[cfg(test)]
mod tests;

use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};
use normlab_plot::number::format4;
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};
use normlab_training::{Initialization, NetworkOptimizer, Schedule, Training};

use crate::networks::{
    ClassificationTask, Hidden, Mlp, NetworkNorm, NetworkRun, activations, batch_field, rate_field, steps_field,
};
use crate::{Experiment, ExperimentTable, Info, Refusal, RunControl};
use outcome::{DepthOutcome, LayerProfile};

/// Moments at which the layers are looked at, about.
const MOMENTS: u64 = 20;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Depth {
    depth: u64,
    width: u64,
    start: StartWeights,
    hidden: Hidden,
    rate: f64,
    steps: u64,
    batch: u64,
}

impl Default for Depth {
    fn default() -> Self {
        Self {
            depth: 10,
            width: 32,
            start: StartWeights::Small,
            hidden: Hidden::Relu,
            rate: 0.05,
            steps: 300,
            batch: 64,
        }
    }
}

/// How the weights start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartWeights {
    /// Standard deviation 0.05 whatever the width.
    Small,
    /// Made for ReLU.
    He,
    /// Made for functions that are steep at 0.
    LeCun,
}

impl Options for StartWeights {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Small, "small", "too small: 0.05"),
        (Self::He, "he", "He: \u{221a}(2 / inputs)"),
        (Self::LeCun, "lecun", "LeCun: \u{221a}(1 / inputs)"),
    ];
}

impl StartWeights {
    fn initialization(self) -> Initialization {
        match self {
            Self::Small => Initialization::Fixed(0.05),
            Self::He => Initialization::He,
            Self::LeCun => Initialization::LeCun,
        }
    }

    /// In a sentence.
    fn said(self) -> &'static str {
        match self {
            Self::Small => "weights of standard deviation 0.05",
            Self::He => "the weights of He",
            Self::LeCun => "the weights of LeCun",
        }
    }
}

impl Parameters for Depth {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "How many hidden layers the network has.";
        fields.integer(Field { key: "depth", label: "Depth", help }, Allowed::Between(2.0, 50.0), &mut self.depth);
        let help = "How many units a hidden layer has; GroupNorm makes 4 groups, so a multiple of 4 is taken.";
        fields.integer(Field { key: "width", label: "Width", help }, Allowed::Between(4.0, 128.0), &mut self.width);
        let help = "How large the random weights are at the start.";
        fields.choice(Field { key: "start", label: "Initial weights", help }, &mut self.start);
        let help = "What follows each linear layer and its norm.";
        fields.choice(Field { key: "activation", label: "Activation", help }, &mut self.hidden);
        rate_field(fields, 10.0, &mut self.rate);
        steps_field(fields, &mut self.steps);
        batch_field(fields, &mut self.batch);
    }
}

impl Depth {
    fn n_units(&self) -> usize {
        (self.width as usize).next_multiple_of(NetworkNorm::GROUPS)
    }

    fn training<'a>(&self, norm: NetworkNorm, task: &'a ClassificationTask, seed: u64) -> Training<'a> {
        let initialization = self.start.initialization();
        let mlp = Mlp { hidden: self.hidden, initialization, ..Mlp::new(self.depth as usize, self.n_units(), norm) };
        let network = mlp.network(task.train.width, task.classes);
        let examples = (&task.train, self.batch as usize);
        Training::new(network, NetworkOptimizer::Sgd, Schedule::constant(self.rate), examples, seed).recorded()
    }

    /// Whether the layers are looked at after this step.
    fn is_moment(&self, step: u64) -> bool {
        step == 1 || step == self.steps || step.is_multiple_of((self.steps / MOMENTS).max(1))
    }
}

impl Experiment for Depth {
    const INFO: Info = Info {
        slug: "depth",
        question: "What goes wrong in deep networks?",
        why: "Every layer multiplies what passes through it, forward and backward: a little too small or too large vanishes or \
              explodes over many layers, and a norm layer in each of them keeps one of the two in check.",
        sources: &[
            ("Ioffe and Szegedy, Batch Normalization (2015)", "https://arxiv.org/abs/1502.03167"),
            ("Yang et al., A Mean Field Theory of Batch Normalization (2019)", "https://arxiv.org/abs/1902.08129"),
            ("He et al., Delving Deep into Rectifiers (2015)", "https://arxiv.org/abs/1502.01852"),
        ],
        samples: &["digits"],
        made: &[],
        user_table_support: UserTableSupport::WithTarget,
        picture: "activations",
        scaling: None,
    };

    const SHORT: &'static [(&'static str, &'static str)] = &[("steps", "30")];

    type Outcome = DepthOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, DepthOutcome>,
    ) -> Result<DepthOutcome, Refusal> {
        let task = ClassificationTask::of(data, seed, self.batch)?;
        let mut outcome = DepthOutcome::new(&task);
        let mut trainings: Vec<Training<'_>> =
            NetworkNorm::EACH.iter().map(|norm| self.training(*norm, &task, seed)).collect();
        for step in 1..=self.steps {
            for (index, training) in trainings.iter_mut().enumerate() {
                let was_diverged = training.diverged().is_some();
                outcome.runs[index].step(training, self.steps);
                if self.is_moment(step) && !was_diverged && !control.is_for_measures() {
                    outcome.profiles[index].push(LayerProfile::of(step, &training.records(), self.hidden.name()));
                }
                control.yield_now(0.9 * step as f32 / self.steps as f32).await?;
            }
            control.partial(&outcome);
        }
        if !control.is_for_measures() {
            outcome.arrays = activations(NetworkNorm::EACH.iter().map(|norm| norm.name()).zip(&trainings), "linear");
        }
        for (training, run) in trainings.iter_mut().zip(&mut outcome.runs) {
            run.finish(training, &task, self.batch as usize);
            control.yield_now(0.9).await?;
        }
        if !control.is_for_measures() {
            outcome.explosion = Some(explosion::measure(seed, control).await?);
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
                    "{} layers of {} deep, from {}: which network is right most often after {} steps?",
                    self.depth,
                    self.hidden.name(),
                    self.start.said(),
                    self.steps
                ),
                kind: PredictionKind::Order(NetworkNorm::EACH.map(|norm| norm.name().to_owned()).to_vec()),
            },
            Prediction {
                key: "explosion".into(),
                prompt: "A deep ReLU network with BatchNorm and without skip connections, before any step: from each layer back to \
                         the one before, the gradient"
                    .into(),
                kind: PredictionKind::Choice(vec![
                    "shrinks".into(),
                    "stays about as large (within 5%)".into(),
                    "grows".into(),
                ]),
            },
        ]
    }

    fn landmarks(&self, _: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        vec![
            ("depth", landmark(5.0, "shallow")),
            ("depth", landmark(20.0, "deep")),
            ("depth", landmark(40.0, "very deep")),
            ("width", landmark(32.0, "as measured elsewhere")),
            ("width", landmark(64.0, "wide")),
            ("rate", landmark(0.05, "as measured elsewhere")),
            ("steps", landmark(1000.0, "long")),
            ("batch", landmark(64.0, "usual")),
        ]
    }

    fn report(&self, data: &ExperimentTable, outcome: &DepthOutcome) -> Report {
        report::report(self, data, outcome)
    }

    fn measures(&self, outcome: &DepthOutcome) -> Vec<(String, f64)> {
        let measure = |(norm, run): (&NetworkNorm, &NetworkRun)| (norm.name().to_owned(), 100.0 * run.accuracy());
        NetworkNorm::EACH.iter().zip(&outcome.runs).map(measure).collect()
    }

    fn unit(&self) -> String {
        format!("% of the test rows right at learning rate {}", format4(self.rate))
    }
}
