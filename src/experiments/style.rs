//! Style as the mean and the standard deviation of each channel: InstanceNorm takes them from the responses of one picture, AdaIN puts
//! those of another in their place.

mod figures;
mod filters;
mod outcome;
mod pictures;
mod report;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use ndarray::{ArrayView3, ArrayViewMut3};
use normlab_engine::{Affine, Center, Divisor, Grouping, Recipe, Scale};
use normlab_parameters::{Allowed, Field, Fields, Parameters};
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};

use crate::networks::array;
use crate::{Experiment, ExperimentTable, Info, Made, Refusal, RunControl};
use outcome::{ChannelStatistics, StyleNorm, StyleOutcome};
use pictures::{DrawnPicture, SIDE};

/// Why a visitor's own pictures are not used.
const NO_OWN: &str = "Own data come here as columns of a table, in which pixels have no neighbours, so the experiment draws its two \
                      pictures itself.";

/// Channels of another style: theirs times one of these, plus so many of their standard deviations.
const TIMES: [f64; 3] = [0.3, 1.0, 2.5];
const PLUS: [f64; 3] = [1.0, 0.0, -1.0];

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct StyleTransfer {
    content: DrawnPicture,
    style: DrawnPicture,
    /// From the content as it is, 0, to the statistics of the style, 1.
    strength: f64,
    /// Of the filters.
    scales: u64,
    /// How often the picture is filtered and put together.
    rounds: u64,
}

impl Default for StyleTransfer {
    fn default() -> Self {
        Self { content: DrawnPicture::House, style: DrawnPicture::Stripes, strength: 1.0, scales: 3, rounds: 1 }
    }
}

impl Parameters for StyleTransfer {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "The picture that is to get another style.";
        fields.choice(Field { key: "content", label: "Content", help }, &mut self.content);
        let help = "The picture whose means and standard deviations are taken.";
        fields.choice(Field { key: "style", label: "Style", help }, &mut self.style);
        let help = "How much of the new responses is mixed with the old ones: 0 is the content as it is.";
        fields.number(
            Field { key: "strength", label: "Strength", help },
            Allowed::Between(0.0, 1.0),
            &mut self.strength,
        );
        let help = "At how many scales the filters look: 3 channels each and one for what is left; with 0 the picture is the only channel.";
        fields.integer(Field { key: "scales", label: "Scales", help }, Allowed::Between(0.0, 5.0), &mut self.scales);
        let help = "How often the picture is filtered, given the statistics of the style, and put together again.";
        fields.integer(Field { key: "rounds", label: "Rounds", help }, Allowed::Between(1.0, 50.0), &mut self.rounds);
    }
}

/// Responses of so many pictures, one after the other, with statistics by these groups; and what these are, one a group.
fn normalized(
    responses: &[f64],
    pictures: usize,
    grouping: Grouping,
    affine: Option<Affine>,
) -> Result<(Vec<f64>, ChannelStatistics), Refusal> {
    let scale = Scale::StandardDeviation(Divisor::N);
    let recipe = Recipe { eps: 1e-5, affine, ..Recipe::new(grouping, Center::Mean, scale) };
    let mut values = vec![0.0; responses.len()];
    let shape = (pictures, responses.len() / (pictures * SIDE * SIDE), SIDE * SIDE);
    let refused = |error: &dyn std::fmt::Display| Refusal::because(error.to_string());
    let x = ArrayView3::from_shape(shape, responses).map_err(|error| refused(&error))?;
    let y = ArrayViewMut3::from_shape(shape, &mut values[..]).map_err(|error| refused(&error))?;
    let groups = recipe.normalize_into(x, y).map_err(|error| refused(&error))?.groups;
    let means = groups.iter().map(|group| group.center).collect();
    Ok((values, ChannelStatistics { means, deviations: groups.iter().map(|group| group.scale).collect() }))
}

fn instance_norm(responses: &[f64], affine: Option<Affine>) -> Result<(Vec<f64>, ChannelStatistics), Refusal> {
    normalized(responses, 1, Grouping::INSTANCE, affine)
}

/// How far the output of each norm moves when every channel of a picture gets other statistics. BatchNorm has both pictures in its
/// batch.
fn moved(responses: &[f64], of: &ChannelStatistics) -> Result<Vec<f64>, Refusal> {
    let mut both = responses.to_vec();
    for (channel, values) in responses.chunks_exact(SIDE * SIDE).enumerate() {
        let (times, plus) = (TIMES[channel % 3], PLUS[channel % 3] * of.deviations[channel]);
        both.extend(values.iter().map(|value| times * value + plus));
    }
    let of_norm = |norm: StyleNorm| {
        let grouping = match norm {
            StyleNorm::Batch => Grouping::FEATURE,
            StyleNorm::Layer => Grouping::EXAMPLE,
            StyleNorm::Instance => Grouping::INSTANCE,
        };
        let (values, _) = normalized(&both, 2, grouping, None)?;
        let (one, two) = values.split_at(responses.len());
        let squares: f64 = one.iter().zip(two).map(|(one, two)| (one - two) * (one - two)).sum();
        Ok((squares / responses.len() as f64).sqrt())
    };
    StyleNorm::EACH.into_iter().map(of_norm).collect()
}

impl Experiment for StyleTransfer {
    const INFO: Info = Info {
        slug: "style",
        question: "Is the style of a picture just means and deviations?",
        why: "Networks that repaint a photo as a painting do it with InstanceNorm and two numbers for each channel of the other picture.",
        sources: &[
            (
                "Huang and Belongie, Arbitrary Style Transfer with Adaptive Instance Normalization (2017)",
                "https://arxiv.org/abs/1703.06868",
            ),
            (
                "Ulyanov, Vedaldi and Lempitsky, Instance Normalization: The Missing Ingredient for Fast Stylization (2016)",
                "https://arxiv.org/abs/1607.08022",
            ),
            ("Li et al., Demystifying Neural Style Transfer (2017)", "https://arxiv.org/abs/1701.01036"),
        ],
        samples: &[],
        made: &[Made { slug: "pictures", title: "Two drawn pictures", make: no_table }],
        user_table_support: UserTableSupport::No(Cow::Borrowed(NO_OWN)),
        picture: "styled",
        scaling: None,
    };

    type Outcome = StyleOutcome;

    async fn run(
        &self,
        _: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, StyleOutcome>,
    ) -> Result<StyleOutcome, Refusal> {
        let scales = self.scales as usize;
        let (content, style) = (self.content.pixels(seed), self.style.pixels(seed));
        let of_content = filters::responses(&content, scales, control, 0.0).await?;
        let of_style = filters::responses(&style, scales, control, 0.1).await?;
        let (normalized, content_statistics) = instance_norm(&of_content, None)?;
        let (_, style_statistics) = instance_norm(&of_style, None)?;
        let mut outcome = StyleOutcome {
            normalized: filters::picture_of(&normalized),
            styled: content.clone(),
            of_content: content_statistics,
            of_style: style_statistics,
            content,
            style,
            ..StyleOutcome::default()
        };
        if !control.is_for_measures() {
            let both: Vec<f32> = of_content.iter().chain(&of_style).map(|value| *value as f32).collect();
            let shape = (filters::n_channels(scales), SIDE * SIDE);
            outcome.arrays.push(array("filters, content and style".into(), &both, shape));
        }
        control.partial(&outcome);
        outcome.moved = moved(&of_content, &outcome.of_content)?;
        control.yield_now(0.2).await?;
        let ChannelStatistics { means, deviations } = &outcome.of_style;
        let affine = Affine { gamma: deviations.clone(), beta: means.clone() };
        let mut responses = of_content;
        for round in 0..self.rounds {
            let done = 0.2 + 0.8 * round as f32 / self.rounds as f32;
            let (adapted, _) = instance_norm(&responses, Some(affine.clone()))?;
            control.yield_now(done).await?;
            if round == 0 {
                let (_, found) = instance_norm(&adapted, None)?;
                let errors = found.means.iter().zip(means).zip(deviations);
                outcome.mean_error = errors.map(|((a, b), sd)| (a - b).abs() / sd).fold(0.0, f64::max);
            }
            for (response, adapted) in responses.iter_mut().zip(&adapted) {
                *response = self.strength * adapted + (1.0 - self.strength) * *response;
            }
            outcome.styled = filters::picture_of(&responses);
            responses = filters::responses(&outcome.styled, scales, control, done).await?;
        }
        (_, outcome.of_styled) = instance_norm(&responses, None)?;
        outcome.is_done = true;
        control.partial(&outcome);
        Ok(outcome)
    }

    fn is_seeded(&self, _: &ExperimentTable) -> bool {
        true
    }

    fn predictions(&self, _: &ExperimentTable) -> Vec<Prediction> {
        vec![
            Prediction {
                key: "order".into(),
                prompt: "Every channel of a picture gets another mean and another standard deviation: under which norm does the output move \
                         most?"
                    .into(),
                kind: PredictionKind::Order(StyleNorm::EACH.map(|norm| norm.name().to_owned()).to_vec()),
            },
            Prediction {
                key: "left".into(),
                prompt: "AdaIN gives each channel the mean and the standard deviation of the style, and the picture is put together from \
                         that. Filtered again, how much of the difference of the standard deviations is left?"
                    .into(),
                kind: PredictionKind::Number { unit: "%".into(), low: 0.0, high: 100.0 },
            },
        ]
    }

    fn landmarks(&self, _: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        vec![
            ("strength", landmark(0.0, "the content")),
            ("strength", landmark(1.0, "the statistics of the style")),
            ("scales", landmark(0.0, "one channel")),
            ("scales", landmark(5.0, "16 channels")),
            ("rounds", landmark(1.0, "AdaIN")),
            ("rounds", landmark(10.0, "much nearer")),
        ]
    }

    fn report(&self, _: &ExperimentTable, outcome: &StyleOutcome) -> Report {
        report::report(self, outcome)
    }

    fn measures(&self, outcome: &StyleOutcome) -> Vec<(String, f64)> {
        vec![(format!("{} in the style of {}", self.content.name(), self.style.name()), 100.0 * outcome.left())]
    }

    fn unit(&self) -> String {
        "% of the difference of the standard deviations left".into()
    }
}

/// The pictures are no table.
fn no_table(_: u64) -> ExperimentTable {
    let origin = crate::Origin::Made("pictures");
    ExperimentTable { name: "Two drawn pictures".into(), origin, ..ExperimentTable::default() }
}
