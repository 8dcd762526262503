//! Gradient descent in a ravine: how many steps a linear model takes after each rescaling of two features.

mod eigen;
mod figures;
mod made;
mod outcome;
mod plane;
mod quadratic;
mod report;
#[cfg(test)]
mod tests;
mod two_features;
mod walk;
mod wording;

use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};

use crate::{Experiment, ExperimentTable, Info, Made, Origin, Refusal, RunControl};
use outcome::{DescentOutcome, Lane};
use plane::PlaneAxes;
use quadratic::{Quadratic, Rescaling};
use two_features::{ROWS_AT_MOST, TwoFeatures};
use walk::{Optimizer, StepSettings, Walk};

/// Done is when this part of the loss at the start is left, above the least that is possible.
const TOLERANCE: f64 = 1e-6;
/// Steps between two looks at who waits.
const STRIDE: u64 = 500;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Descent {
    optimizer: Optimizer,
    rule: RateRule,
    /// The learning rate in units of 1/λmax of each rescaling.
    share: f64,
    /// The learning rate as a number.
    rate: f64,
    momentum: f64,
    steps: u64,
    /// The slopes at the start, in units of the best ones.
    start: [f64; 2],
    /// What the second feature is multiplied by.
    stretch: f64,
    /// What is added to both features, in standard deviations.
    shift: f64,
    axes: PlaneAxes,
}

impl Default for Descent {
    fn default() -> Self {
        Self {
            optimizer: Optimizer::Plain,
            rule: RateRule::Share,
            share: 1.0,
            rate: 0.1,
            momentum: 0.9,
            steps: 100_000,
            start: [0.0; 2],
            stretch: 1.0,
            shift: 0.0,
            axes: PlaneAxes::Own,
        }
    }
}

/// How the learning rate is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateRule {
    /// So much of 1/λmax, which is another number after each rescaling.
    Share,
    /// The same number for all.
    Number,
}

impl Options for RateRule {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Share, "share", "fitted to each scaling"), (Self::Number, "number", "one number for all")];
}

impl Parameters for Descent {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let idle = fields.idle();
        let help = "What makes a step of a gradient.";
        fields.choice(Field { key: "optimizer", label: "Optimizer", help }, &mut self.optimizer);
        let by_steps = self.optimizer != Optimizer::Closed;
        let by_share = by_steps && self.optimizer != Optimizer::Adam;
        if idle || by_share {
            let help = "The largest useful learning rate depends on the steepest direction, which scaling changes.";
            fields.choice(Field { key: "rule", label: "Learning rate", help }, &mut self.rule);
        }
        if idle || by_share && self.rule == RateRule::Share {
            let help = "The learning rate of each scaling, in units of 1/λmax, where λmax is the curvature of its steepest direction.";
            let field = Field { key: "share", label: "Learning rate × λmax", help };
            fields.number(field, Allowed::Between(0.01, 3.0), &mut self.share);
        }
        if idle || by_steps && !(by_share && self.rule == RateRule::Share) {
            let help = "The same learning rate for every scaling.";
            let field = Field { key: "rate", label: "Learning rate of all", help };
            fields.number(field, Allowed::Between(1e-14, 10.0), &mut self.rate);
        }
        if idle || self.optimizer == Optimizer::Momentum {
            let help = "How much of the last step is kept in the next one.";
            fields.number(
                Field { key: "momentum", label: "Momentum", help },
                Allowed::Between(0.0, 0.999),
                &mut self.momentum,
            );
        }
        if idle || by_steps {
            let help = "After so many steps it is given up.";
            fields.integer(
                Field { key: "steps", label: "Steps at most", help },
                Allowed::Between(10.0, 100_000.0),
                &mut self.steps,
            );
        }
        let help = "The slope of the first feature at the start, in units of the best one: 0 is a flat line, 1 the best slope.";
        fields.number(
            Field { key: "start1", label: "Start: first weight", help },
            Allowed::Between(-3.0, 5.0),
            &mut self.start[0],
        );
        let help = "The slope of the second feature at the start, in units of the best one.";
        fields.number(
            Field { key: "start2", label: "Start: second weight", help },
            Allowed::Between(-3.0, 5.0),
            &mut self.start[1],
        );
        let help = "Multiplies the second feature before anything else is done: the same thing in another unit.";
        fields.number(
            Field { key: "stretch", label: "Second feature times", help },
            Allowed::Between(1e-6, 1e6),
            &mut self.stretch,
        );
        let help = "Added to both features, in units of their standard deviations, before anything else is done.";
        fields.number(
            Field { key: "shift", label: "Shift both features by", help },
            Allowed::Between(-20.0, 20.0),
            &mut self.shift,
        );
        let help = "What the axes of the loss surfaces are.";
        fields.choice(Field { key: "axes", label: "Axes", help }, &mut self.axes);
    }
}

impl Descent {
    /// The learning rate after a rescaling.
    fn rate_of(&self, quadratic: &Quadratic) -> f64 {
        match (self.optimizer, self.rule) {
            (Optimizer::Plain | Optimizer::Momentum, RateRule::Share) => self.share / quadratic.steepest(),
            _ => self.rate,
        }
    }

    fn walk<'a>(&self, quadratic: &'a Quadratic) -> Walk<'a> {
        let step_settings = StepSettings { rate: self.rate_of(quadratic), momentum: self.momentum };
        Walk::new(quadratic, self.optimizer, step_settings, self.steps)
    }

    /// A whole walk at once, for questions before the run.
    fn lane(&self, features: &TwoFeatures, rescaling: Rescaling) -> Option<Lane> {
        let quadratic = Quadratic::new(features, rescaling, self.start).ok()?;
        let mut walk = self.walk(&quadratic);
        while walk.goes_on() {
            walk.step();
        }
        Some(walk.lane())
    }
}

impl Experiment for Descent {
    const INFO: Info = Info {
        slug: "descent",
        question: "Why does gradient descent get stuck without scaling?",
        why: "A step must suit the steepest direction of the loss, and the flattest one waits: how long, the units of the \
              features decide.",
        sources: &[
            (
                "Goodfellow, Bengio and Courville, Deep Learning (2016), sections 4.3 and 8.2",
                "https://www.deeplearningbook.org/",
            ),
            ("Goh, Why Momentum Really Works (2017)", "https://distill.pub/2017/momentum/"),
            ("Kingma and Ba, Adam: A Method for Stochastic Optimization (2014)", "https://arxiv.org/abs/1412.6980"),
        ],
        samples: &["ctr-revenue"],
        made: &[
            Made {
                slug: "orthogonal",
                title: "Two orthogonal features, one ten times as wide",
                make: made::orthogonal,
            },
            Made { slug: "shifted", title: "Two features of mean 3 and standard deviation 1", make: made::shifted },
        ],
        user_table_support: UserTableSupport::WithTarget,
        picture: "loss",
        scaling: None,
    };

    type Outcome = DescentOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, DescentOutcome>,
    ) -> Result<DescentOutcome, Refusal> {
        let features = TwoFeatures::of(data, (self.stretch, self.shift), seed)?;
        control.yield_now(0.0).await?;
        let mut outcome = DescentOutcome { features, lanes: Vec::new(), quadratics: Vec::new() };
        for (index, rescaling) in Rescaling::EACH.into_iter().enumerate() {
            let quadratic = Quadratic::new(&outcome.features, rescaling, self.start)?;
            let mut walk = self.walk(&quadratic);
            while walk.goes_on() {
                walk.step();
                if walk.n_steps().is_multiple_of(STRIDE) {
                    let part = walk.n_steps() as f32 / self.steps as f32;
                    control.yield_now((index as f32 + part) / Rescaling::EACH.len() as f32).await?;
                }
            }
            let lane = walk.lane();
            outcome.lanes.push(lane);
            outcome.quadratics.push(quadratic);
            control.yield_now((index + 1) as f32 / Rescaling::EACH.len() as f32).await?;
            control.partial(&outcome);
        }
        Ok(outcome)
    }

    fn is_seeded(&self, data: &ExperimentTable) -> bool {
        data.origin == Origin::Made("shifted") || data.n_rows() > ROWS_AT_MOST
    }

    fn predictions(&self, data: &ExperimentTable) -> Vec<Prediction> {
        let Ok(features) = TwoFeatures::of(data, (self.stretch, self.shift), 0) else { return Vec::new() };
        if self.optimizer == Optimizer::Closed {
            return vec![Prediction {
                key: "notices".into(),
                prompt: "Does the closed form need scaled features to find the least loss?".into(),
                kind: PredictionKind::Choice(vec!["No".into(), "Yes".into()]),
            }];
        }
        let high = self.steps as f64;
        let number = |key: &str, rescaling: Rescaling| {
            // What is not reached has no number of steps to predict.
            self.lane(&features, rescaling)?.reached?;
            Some(Prediction {
                key: key.into(),
                prompt: format!("After how many steps is a millionth of the loss left with {}?", rescaling.name()),
                kind: PredictionKind::Number { unit: "steps".into(), low: 0.0, high },
            })
        };
        let mut asked: Vec<Prediction> = Vec::new();
        if !self.is_seeded(data) {
            asked.extend(number("z-score", Rescaling::ZScore));
            asked.extend(number("min-max", Rescaling::MinMax));
        }
        asked.push(Prediction {
            key: "order".into(),
            prompt: "Put them in order: after which does gradient descent take longest?".into(),
            kind: PredictionKind::Order(Rescaling::EACH.map(|rescaling| rescaling.name().to_owned()).to_vec()),
        });
        asked
    }

    fn landmarks(&self, data: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        let mut landmarks = vec![
            ("share", landmark(1.0, "1/λmax")),
            ("share", landmark(self.limit(), "stability limit")),
            ("stretch", landmark(1.0, "as it is")),
            ("shift", landmark(0.0, "as they are")),
            ("start1", landmark(0.0, "flat")),
            ("start1", landmark(1.0, "best")),
            ("start2", landmark(0.0, "flat")),
            ("start2", landmark(1.0, "best")),
        ];
        landmarks.retain(|(key, landmark)| *key != "share" || landmark.at <= 3.0);
        let Ok(features) = TwoFeatures::of(data, (self.stretch, self.shift), 0) else { return landmarks };
        for rescaling in [Rescaling::Raw, Rescaling::MinMax, Rescaling::ZScore] {
            if let (Ok(quadratic), true) =
                (Quadratic::new(&features, rescaling, self.start), self.optimizer != Optimizer::Adam)
            {
                let at = self.limit() / quadratic.steepest();
                landmarks.push(("rate", landmark(at, &format!("stability limit of {}", rescaling.name()))));
            }
        }
        landmarks
    }

    fn report(&self, data: &ExperimentTable, outcome: &DescentOutcome) -> Report {
        report::report(self, data, outcome)
    }

    fn measures(&self, outcome: &DescentOutcome) -> Vec<(String, f64)> {
        outcome.quadratics.iter().map(|one| (one.rescaling.name().to_owned(), one.condition())).collect()
    }

    fn unit(&self) -> String {
        "condition number".into()
    }
}

impl Descent {
    /// The learning rate, in units of 1/λmax, beyond which the steepest direction grows (Polyak 1964 for momentum).
    fn limit(&self) -> f64 {
        if self.optimizer == Optimizer::Momentum { 2.0 * (1.0 + self.momentum) } else { 2.0 }
    }
}
