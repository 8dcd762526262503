//! Whether what a norm layer makes of one example depends on the others: the rest of the batch is replaced.

mod outcome;
mod report;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use normlab_data::random::Stream;
use normlab_parameters::{Allowed, Field, Fields, Parameters};
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};
use normlab_training::{Layer, NormKind, NormLayer, Phase};

use crate::networks::array;
use crate::{Experiment, ExperimentTable, Info, Made, Refusal, RunControl};
use outcome::{CompanyNorm, OtherExamplesOutcome};

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherExamples {
    /// Examples of a batch.
    batch: u64,
    /// Features of an example.
    features: u64,
    /// Positions of a feature.
    positions: u64,
    /// How far from those of the first company the others are, in standard deviations.
    shift: f64,
}

impl Default for OtherExamples {
    fn default() -> Self {
        Self { batch: 8, features: 8, positions: 8, shift: 0.0 }
    }
}

impl Parameters for OtherExamples {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "How many examples are in the batch; all but the first are replaced.";
        fields.integer(
            Field { key: "batch", label: "Batch size", help },
            Allowed::Between(2.0, 256.0),
            &mut self.batch,
        );
        let help =
            "How many features (channels) an example has; GroupNorm makes groups of 4, so a multiple of 4 is taken.";
        let field = Field { key: "features", label: "Features", help };
        fields.integer(field, Allowed::Between(4.0, 256.0), &mut self.features);
        let help = "How many positions (pixels, time steps) a feature has.";
        let field = Field { key: "positions", label: "Positions", help };
        fields.integer(field, Allowed::Between(2.0, 256.0), &mut self.positions);
        let help = "How much larger the values of the other examples are: data that drift.";
        fields.number(
            Field { key: "shift", label: "Shift of the others", help },
            Allowed::Between(-20.0, 20.0),
            &mut self.shift,
        );
    }
}

impl OtherExamples {
    fn n_features(&self) -> usize {
        (self.features as usize).next_multiple_of(4)
    }

    fn width(&self) -> usize {
        self.n_features() * self.positions as usize
    }

    fn layer(&self, norm: CompanyNorm) -> Result<NormLayer, Refusal> {
        let features = self.n_features();
        let kind = match norm {
            CompanyNorm::BatchTraining | CompanyNorm::BatchEvaluation => NormKind::Batch,
            CompanyNorm::Layer => NormKind::Layer,
            CompanyNorm::Rms => NormKind::Rms,
            CompanyNorm::Group => NormKind::Group(features / 4),
            CompanyNorm::Instance => NormKind::Instance,
        };
        NormLayer::new(kind, features, self.positions as usize).map_err(|error| Refusal::because(error.to_string()))
    }
}

/// A batch of more numbers is not offered to Explore: a report travels as a whole.
const MOST_NUMBERS: usize = 1 << 20;
/// Draws of another company.
const DRAWS: u64 = 200;
/// Streams of random numbers.
const STREAM: u64 = 1 << 33;

fn normal(stream: &mut Stream, count: usize, shift: f64) -> Vec<f32> {
    (0..count).map(|_| (stream.normal() + shift) as f32).collect()
}

fn no_table(_: u64) -> ExperimentTable {
    ExperimentTable {
        name: "Random activations".into(),
        origin: crate::Origin::Made("activations"),
        ..ExperimentTable::default()
    }
}

impl Experiment for OtherExamples {
    const INFO: Info = Info {
        slug: "other-examples",
        question: "Does an answer depend on the other examples?",
        why: "A model whose answer to one question changes with the other questions in the batch cannot be tested one by one: \
              whether that can happen is decided by which numbers share statistics.",
        sources: &[
            ("Ba, Kiros and Hinton, Layer Normalization (2016)", "https://arxiv.org/abs/1607.06450"),
            ("Wu and He, Group Normalization (2018)", "https://arxiv.org/abs/1803.08494"),
        ],
        samples: &[],
        made: &[Made { slug: "activations", title: "Random activations", make: no_table }],
        user_table_support: UserTableSupport::No(Cow::Borrowed(
            "It makes its own activations, so that every batch is one of many equal ones.",
        )),
        picture: "changes",
        scaling: None,
    };

    type Outcome = OtherExamplesOutcome;

    async fn run(
        &self,
        _: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, OtherExamplesOutcome>,
    ) -> Result<OtherExamplesOutcome, Refusal> {
        let (batch, width) = (self.batch as usize, self.width());
        let mut stream = Stream::new(seed, STREAM);
        let mut x = normal(&mut stream, batch * width, 0.0);
        let first = x[..width].to_vec();
        let mut outcome = OtherExamplesOutcome::new(batch, first);
        let shape = (self.n_features(), self.positions as usize);
        if x.len() <= MOST_NUMBERS && !control.is_for_measures() {
            outcome.arrays.push(array("first batch, as it goes in".into(), &x, shape));
        }
        let mut layers = Vec::new();
        for norm in CompanyNorm::EACH {
            let mut layer = self.layer(norm)?;
            let mut parameters = vec![0.0; layer.n_parameters()];
            layer.initialize(&mut parameters, &mut stream);
            let mut y = vec![0.0; x.len()];
            layer.forward(&parameters, &x, &mut y, norm.phase());
            if !outcome.arrays.is_empty() {
                outcome.arrays.push(array(format!("first batch, after {}", norm.name()), &y, shape));
            }
            outcome.before.push(y[..width].to_vec());
            layers.push((layer, parameters));
        }
        let mut y = vec![0.0; x.len()];
        for draw in 0..DRAWS {
            x[width..].copy_from_slice(&normal(&mut stream, (batch - 1) * width, self.shift));
            for (index, ((layer, parameters), norm)) in layers.iter_mut().zip(CompanyNorm::EACH).enumerate() {
                layer.forward(parameters, &x, &mut y, norm.phase());
                outcome.add(index, &y[..width]);
                control.yield_now(draw as f32 / DRAWS as f32).await?;
            }
            outcome.draws = draw + 1;
            control.partial(&outcome);
        }
        Ok(outcome)
    }

    fn is_seeded(&self, _: &ExperimentTable) -> bool {
        true
    }

    fn predictions(&self, _: &ExperimentTable) -> Vec<Prediction> {
        let names = CompanyNorm::EACH.map(|norm| norm.name().to_owned()).to_vec();
        vec![
            Prediction {
                key: "order".into(),
                prompt: format!(
                    "The other {} examples of the batch are replaced: under which norm does the output of the first change most?",
                    self.batch - 1
                ),
                kind: PredictionKind::Order(names),
            },
            Prediction {
                key: "layer".into(),
                prompt: "By how much at most does it change under LayerNorm?".into(),
                kind: PredictionKind::Choice(vec![
                    "Not at all, to the last bit".into(),
                    "By a rounding error".into(),
                    "By more than a rounding error".into(),
                ]),
            },
        ]
    }

    fn landmarks(&self, _: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        vec![
            ("batch", landmark(8.0, "as measured elsewhere")),
            ("batch", landmark(64.0, "usual")),
            ("features", landmark(64.0, "a wide layer")),
            ("positions", landmark(64.0, "an image of 8 by 8")),
            ("shift", landmark(0.0, "the same kind of data")),
        ]
    }

    fn report(&self, _: &ExperimentTable, outcome: &OtherExamplesOutcome) -> Report {
        report::report(self, outcome)
    }

    fn measures(&self, outcome: &OtherExamplesOutcome) -> Vec<(String, f64)> {
        let measure = |(norm, change): (&CompanyNorm, &f64)| (norm.name().to_owned(), *change);
        CompanyNorm::EACH.iter().zip(&outcome.largest).map(measure).collect()
    }

    fn unit(&self) -> String {
        "largest change of the output".into()
    }
}

impl CompanyNorm {
    fn phase(self) -> Phase {
        match self {
            Self::BatchTraining => Phase::EvaluationByBatch,
            _ => Phase::Evaluation,
        }
    }
}
