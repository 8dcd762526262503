//! Numbers that break: three ways to compute one variance, in two precisions, and how a running mean warms up.

mod report;
#[cfg(test)]
mod tests;
mod variance;

use std::borrow::Cow;

use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};

use crate::{Experiment, ExperimentTable, Info, Refusal, RunControl};
use variance::{AtOffset, LARGEST_POWER};

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Numerics {
    topic: NumericsTopic,
    /// The offset as a power of ten.
    power: f64,
    /// The weight of a new batch in a running mean.
    momentum: f64,
}

impl Default for Numerics {
    fn default() -> Self {
        Self { topic: NumericsTopic::Variance, power: 6.0, momentum: 0.1 }
    }
}

/// What is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumericsTopic {
    Variance,
    RunningMean,
}

impl Options for NumericsTopic {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Variance, "variance", "a variance far from zero"),
        (Self::RunningMean, "running", "a running mean that starts at 0"),
    ];
}

/// What a run found.
#[derive(Clone, Debug, PartialEq)]
pub enum NumericsOutcome {
    /// Rising offsets, and the one that was asked for.
    Variance { all: Vec<AtOffset>, asked: AtOffset, is_done: bool },
    /// The running mean after every batch, as a share of the mean of the batches.
    RunningMean { shares: Vec<f64>, is_done: bool },
}

/// Steps of the power of ten between two offsets of the picture.
const STEPS_A_POWER: usize = 4;
/// A running mean has arrived at this share.
pub const ARRIVED: f64 = 0.9;
/// The picture goes on until this share.
const SHOWN: f64 = 0.999;

impl Parameters for Numerics {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let idle = fields.idle();
        let help = "What is computed.";
        fields.choice(Field { key: "topic", label: "What", help }, &mut self.topic);
        if idle || self.topic == NumericsTopic::Variance {
            let help = "10 to this power is added to 0, 1, 2 and 3; their variance stays 1.25.";
            let field = Field { key: "power", label: "Offset, power of ten", help };
            fields.number(field, Allowed::Between(0.0, LARGEST_POWER), &mut self.power);
        }
        if idle || self.topic == NumericsTopic::RunningMean {
            let help = "How much of each new batch mean goes into the running mean.";
            let field = Field { key: "momentum", label: "Momentum", help };
            fields.number(field, Allowed::Between(0.001, 1.0), &mut self.momentum);
        }
    }
}

impl Experiment for Numerics {
    const INFO: Info = Info {
        slug: "numerics",
        question: "Can a variance come out negative?",
        why: "A variance is never negative on paper, but a computer keeps only so many digits, and one of the common formulas \
              loses all of them when the values lie far from zero.",
        sources: &[
            (
                "Chan, Golub and LeVeque, Algorithms for computing the sample variance (1983)",
                "https://doi.org/10.1080/00031305.1983.10483115",
            ),
            (
                "Welford, Note on a method for calculating corrected sums of squares and products (1962)",
                "https://doi.org/10.1080/00401706.1962.10490022",
            ),
        ],
        samples: &[],
        made: &[],
        user_table_support: UserTableSupport::No(Cow::Borrowed(
            "The four numbers are chosen so that their variance is known exactly.",
        )),
        picture: "single",
        scaling: None,
    };

    type Outcome = NumericsOutcome;

    async fn run(
        &self,
        _: &ExperimentTable,
        _: u64,
        control: &RunControl<'_, NumericsOutcome>,
    ) -> Result<NumericsOutcome, Refusal> {
        match self.topic {
            NumericsTopic::Variance => self.variance(control).await,
            NumericsTopic::RunningMean => self.running_mean(control).await,
        }
    }

    fn is_seeded(&self, _: &ExperimentTable) -> bool {
        false
    }

    fn predictions(&self, _: &ExperimentTable) -> Vec<Prediction> {
        if self.topic == NumericsTopic::RunningMean {
            return vec![Prediction {
                key: "batches".into(),
                prompt: "After how many batches has the running mean come 90% of the way from 0?".into(),
                kind: PredictionKind::Number { unit: "batches".into(), low: 1.0, high: 10_000.0 },
            }];
        }
        let offset = report::offset(AtOffset::of(self.power).offset);
        vec![
            Prediction {
                key: "result".into(),
                prompt: format!(
                    "0, 1, 2, 3, each plus {offset}, have a variance of 1.25. What does the mean of the squares minus the \
                     square of the mean give in f32?"
                ),
                kind: PredictionKind::Number { unit: String::new(), low: -1e36, high: 1e36 },
            },
            Prediction {
                key: "wrong".into(),
                prompt: "How many of the three ways are wrong by more than 1% in f32?".into(),
                kind: PredictionKind::Choice(["None", "One", "Two", "All three"].map(String::from).to_vec()),
            },
        ]
    }

    fn landmarks(&self, _: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        vec![
            ("power", landmark(libm::log10(f64::from(1_u32 << 12)), "f32 runs out of digits for squares")),
            ("power", landmark(libm::log10(f64::from(1_u32 << 24)), "f32 cannot hold every whole number")),
            ("momentum", landmark(0.1, "default of torch")),
            ("momentum", landmark(0.01, "default of Keras")),
        ]
    }

    fn report(&self, _: &ExperimentTable, outcome: &NumericsOutcome) -> Report {
        report::report(self, outcome)
    }

    fn measures(&self, outcome: &NumericsOutcome) -> Vec<(String, f64)> {
        match outcome {
            NumericsOutcome::Variance { asked, .. } => {
                let named = variance::NAMES.iter().zip(asked.single);
                named.map(|(name, value)| ((*name).to_owned(), value)).collect()
            }
            NumericsOutcome::RunningMean { shares, .. } => {
                vec![("running mean".into(), shares.last().copied().unwrap_or(0.0))]
            }
        }
    }

    fn unit(&self) -> String {
        match self.topic {
            NumericsTopic::Variance => "variance in f32".into(),
            NumericsTopic::RunningMean => "share of the mean".into(),
        }
    }
}

impl Numerics {
    async fn variance(&self, control: &RunControl<'_, NumericsOutcome>) -> Result<NumericsOutcome, Refusal> {
        let count = LARGEST_POWER as usize * STEPS_A_POWER;
        let (mut all, asked) = (Vec::with_capacity(count + 1), AtOffset::of(self.power));
        for step in 0..=count {
            control.yield_now(step as f32 / count as f32).await?;
            all.push(AtOffset::of(step as f64 / STEPS_A_POWER as f64));
            control.partial(&NumericsOutcome::Variance { all: all.clone(), asked, is_done: false });
        }
        Ok(NumericsOutcome::Variance { all, asked, is_done: true })
    }

    async fn running_mean(&self, control: &RunControl<'_, NumericsOutcome>) -> Result<NumericsOutcome, Refusal> {
        let (mut shares, mut at) = (vec![0.0], 0.0);
        while at < SHOWN {
            control.yield_now(at as f32).await?;
            at = (1.0 - self.momentum) * at + self.momentum;
            shares.push(at);
        }
        Ok(NumericsOutcome::RunningMean { shares, is_done: true })
    }
}
