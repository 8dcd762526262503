//! Norms for images: a small convolutional network with each norm, asked for pictures of another contrast and brightness; and what
//! InstanceNorm makes of a label that is the contrast.

mod change;
mod figures;
mod network;
mod outcome;
mod report;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};
use normlab_plot::number::format4;
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};
use normlab_training::{Examples, NetworkOptimizer, Phase, Schedule, Training, evaluate};

use crate::networks::{ClassificationTask, activations};
use crate::{Experiment, ExperimentTable, Info, Refusal, RunControl};
use change::PictureChange;
use network::ImageNorm;
use outcome::{BRIGHTNESSES, BatchRuns, CONTRASTS, ChangedAccuracy, ImagesOutcome};

/// The batch size that the learning rate is for; others have theirs in proportion.
const RATE_IS_FOR: f64 = 32.0;
/// The batch sizes that are compared; one of them is that of the settings, if it is not a third.
const SIZES: [u64; 2] = [2, 32];
/// Pictures that a trained network is asked together.
const ASKED: usize = 64;
/// Parts of a run that the chosen batch size, and changed pictures, take.
const TRAINED: f32 = 0.5;
const ASKING: f32 = 0.1;

/// What the networks learn to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageLabel {
    Digit,
    Contrast,
}

impl Options for ImageLabel {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Digit, "digit", "the digit"), (Self::Contrast, "contrast", "the contrast")];
}

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageNorms {
    label: ImageLabel,
    /// What pixels are multiplied by.
    contrast: f64,
    /// What is added to pixels.
    brightness: f64,
    /// Whose runs are drawn.
    batch: u64,
    epochs: u64,
    /// At batch size 32.
    rate: f64,
}

impl Default for ImageNorms {
    fn default() -> Self {
        Self { label: ImageLabel::Digit, contrast: 0.3, brightness: 0.0, batch: 2, epochs: 4, rate: 0.2 }
    }
}

impl Parameters for ImageNorms {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "What the networks learn: which digit it is, or whether its contrast is the one below or 1.";
        fields.choice(Field { key: "label", label: "Label", help }, &mut self.label);
        let help = "The pixels of test pictures, from 0 (white) to 1 (black), are multiplied by this.";
        fields.number(
            Field { key: "contrast", label: "Contrast", help },
            Allowed::Between(0.05, 4.0),
            &mut self.contrast,
        );
        let help = "This is added to every pixel of the test pictures.";
        let field = Field { key: "brightness", label: "Brightness", help };
        fields.number(field, Allowed::Between(-1.0, 1.0), &mut self.brightness);
        let help = "How many pictures a step sees; the runs with this batch size are drawn.";
        fields.integer(
            Field { key: "batch", label: "Batch size", help },
            Allowed::Between(2.0, 256.0),
            &mut self.batch,
        );
        let help = "How often every training picture is seen, whatever the batch size.";
        fields.integer(Field { key: "epochs", label: "Epochs", help }, Allowed::Between(1.0, 30.0), &mut self.epochs);
        let help = "The learning rate at batch size 32; at other sizes it is larger or smaller in proportion.";
        let field = Field { key: "rate", label: "Learning rate at 32", help };
        fields.number(field, Allowed::Between(1e-3, 1e30), &mut self.rate);
    }
}

impl ImageNorms {
    fn change(&self) -> PictureChange {
        PictureChange { contrast: self.contrast, brightness: self.brightness }
    }

    /// Trains one network for each norm with batches of this size, step by step together; `part` is the part of the run that it is.
    async fn train<'a>(
        &self,
        task: &'a ClassificationTask,
        (size, seed): (u64, u64),
        part: (f32, f32),
        control: &RunControl<'_, ImagesOutcome>,
        outcome: &mut ImagesOutcome,
    ) -> Result<(BatchRuns, Vec<Training<'a>>), Refusal> {
        let steps = (task.train.len() as u64 / size).max(1) * self.epochs;
        let training = |norm: ImageNorm| {
            let schedule = Schedule::constant(self.rate * size as f64 / RATE_IS_FOR);
            let examples = (&task.train, size as usize);
            Training::new(norm.network(task.classes), NetworkOptimizer::Sgd, schedule, examples, seed)
        };
        let mut trainings: Vec<Training<'a>> = ImageNorm::EACH.map(training).into();
        let mut found = BatchRuns::new(size, steps);
        for step in 0..steps {
            for (training, run) in trainings.iter_mut().zip(&mut found.runs) {
                run.step(training, steps);
                control.yield_now(part.0 + part.1 * step as f32 / steps as f32).await?;
            }
            if size == outcome.shown.size {
                outcome.shown.clone_from(&found);
                control.partial(outcome);
            }
        }
        if size == outcome.shown.size && !control.is_for_measures() {
            outcome.arrays = activations(ImageNorm::EACH.iter().map(|norm| norm.name()).zip(&trainings), "convolution");
        }
        for (training, run) in trainings.iter_mut().zip(&mut found.runs) {
            run.finish(training, task, ASKED);
            control.yield_now(part.0 + part.1).await?;
        }
        Ok((found, trainings))
    }

    /// Asks a trained network for changed pictures; only for the chosen change where that is all that is wanted.
    async fn ask(
        &self,
        training: &mut Training<'_>,
        test: &Examples,
        control: &RunControl<'_, ImagesOutcome>,
        done: f32,
    ) -> Result<ChangedAccuracy, Refusal> {
        let (mut chosen, mut by_contrast, mut by_brightness) = (Vec::new(), Vec::new(), Vec::new());
        let mut asked = vec![(&mut chosen, vec![self.change()])];
        if !control.is_for_measures() {
            let contrasts = CONTRASTS.map(|contrast| PictureChange { contrast, brightness: 0.0 });
            let brightnesses = BRIGHTNESSES.map(|brightness| PictureChange { contrast: 1.0, brightness });
            asked.extend([(&mut by_contrast, contrasts.to_vec()), (&mut by_brightness, brightnesses.to_vec())]);
        }
        for (shares, changes) in asked {
            for change in changes {
                let score = evaluate(&mut training.network, &change.examples(test), ASKED, Phase::Evaluation);
                // What has diverged is right about nothing.
                shares.push(if training.diverged().is_some() { 0.0 } else { score.accuracy() });
                control.yield_now(done).await?;
            }
        }
        Ok(ChangedAccuracy { chosen: chosen[0], by_contrast, by_brightness })
    }
}

impl Experiment for ImageNorms {
    const INFO: Info = Info {
        slug: "images",
        question: "Which norm sees the contrast of a picture?",
        why: "A photo of a dull day shows the same things as one of a bright day: a norm layer can make a network blind to the \
              difference, for better or worse.",
        sources: &[
            ("Wu and He, Group Normalization (2018)", "https://arxiv.org/abs/1803.08494"),
            (
                "Ulyanov, Vedaldi and Lempitsky, Instance Normalization: The Missing Ingredient for Fast Stylization (2016)",
                "https://arxiv.org/abs/1607.08022",
            ),
            ("Ioffe and Szegedy, Batch Normalization (2015)", "https://arxiv.org/abs/1502.03167"),
        ],
        samples: &["digits"],
        made: &[],
        user_table_support: UserTableSupport::No(Cow::Borrowed(
            "The columns of a table have no places beside each other, as pixels have: it runs on the bundled digits.",
        )),
        picture: "contrasts",
        scaling: None,
    };

    const SHORT: &'static [(&'static str, &'static str)] = &[("epochs", "1")];

    type Outcome = ImagesOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, ImagesOutcome>,
    ) -> Result<ImagesOutcome, Refusal> {
        let mut task = ClassificationTask::of(data, seed, self.batch)?;
        let picture = task.test.row(0).to_vec();
        if self.label == ImageLabel::Contrast {
            change::label_contrast(&mut task, self.contrast, seed);
        }
        let mut outcome = ImagesOutcome::new(&task, self.batch);
        outcome.picture = picture;
        let part = if control.is_for_measures() { 1.0 - ASKING } else { TRAINED };
        let (shown, mut trainings) = self.train(&task, (self.batch, seed), (0.0, part), control, &mut outcome).await?;
        outcome.shown = shown;
        if self.label == ImageLabel::Digit {
            for (index, training) in trainings.iter_mut().enumerate() {
                let done = part + ASKING * index as f32 / ImageNorm::EACH.len() as f32;
                outcome.changed.push(self.ask(training, &task.test, control, done).await?);
                control.partial(&outcome);
            }
        }
        if let Some(other) = SIZES.into_iter().rev().find(|size| *size != self.batch)
            && !control.is_for_measures()
        {
            let part = (TRAINED + ASKING, 1.0 - TRAINED - ASKING);
            outcome.other = Some(self.train(&task, (other, seed), part, control, &mut outcome).await?.0);
        }
        outcome.is_done = true;
        Ok(outcome)
    }

    fn is_seeded(&self, _: &ExperimentTable) -> bool {
        true
    }

    fn predictions(&self, _: &ExperimentTable) -> Vec<Prediction> {
        let share = PredictionKind::Number { unit: "%".into(), low: 0.0, high: 100.0 };
        if self.label == ImageLabel::Contrast {
            let prompt = format!(
                "Half of the pictures have contrast {}, the others 1, and that is the label: which share of the test pictures does the \
                 network with InstanceNorm get right?",
                format4(self.contrast)
            );
            return vec![Prediction { key: "instance".into(), prompt, kind: share }];
        }
        vec![
            Prediction {
                key: "batch-norm".into(),
                prompt: format!(
                    "The test pictures {}: which share of them does the network with BatchNorm get right?",
                    self.change().said()
                ),
                kind: share,
            },
            Prediction {
                key: "small".into(),
                prompt: format!("With batches of {}, on the pictures as they are, BatchNorm is", self.batch),
                kind: PredictionKind::Choice(vec![
                    "2 percentage points or more behind GroupNorm".into(),
                    "within 2 percentage points of GroupNorm".into(),
                    "2 percentage points or more ahead of GroupNorm".into(),
                ]),
            },
        ]
    }

    fn landmarks(&self, _: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        vec![
            ("contrast", landmark(0.3, "pale")),
            ("contrast", landmark(1.0, "as in training")),
            ("contrast", landmark(2.5, "hard")),
            ("brightness", landmark(0.0, "as in training")),
            ("brightness", landmark(0.5, "half of black")),
            ("batch", landmark(2.0, "the smallest")),
            ("batch", landmark(32.0, "usual")),
            ("epochs", landmark(20.0, "long")),
            ("rate", landmark(0.2, "careful")),
            ("rate", landmark(10.0, "far too large")),
        ]
    }

    fn uses(&self, _: &ExperimentTable, key: &str) -> bool {
        key != "brightness" || self.label == ImageLabel::Digit
    }

    fn report(&self, _: &ExperimentTable, outcome: &ImagesOutcome) -> Report {
        report::report(self, outcome)
    }

    fn measures(&self, outcome: &ImagesOutcome) -> Vec<(String, f64)> {
        let measure = |norm: ImageNorm| {
            let right = match self.label {
                ImageLabel::Digit => outcome.changed(norm).map(|changed| changed.chosen),
                ImageLabel::Contrast => outcome.shown.accuracy(norm),
            };
            (norm.name().to_owned(), 100.0 * right.unwrap_or(0.0))
        };
        ImageNorm::EACH.map(measure).to_vec()
    }

    fn unit(&self) -> String {
        match self.label {
            ImageLabel::Digit => format!("% of the digits right when they {}", self.change().said()),
            ImageLabel::Contrast => "% of the contrasts right".into(),
        }
    }
}
