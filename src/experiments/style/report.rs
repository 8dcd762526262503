//! What the outcome says, in sentences.

use normlab_plot::number::{digits, format4};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::filters::n_channels;
use super::outcome::StyleOutcome;
use super::pictures::DrawnPicture;
use super::{NO_OWN, StyleTransfer, figures};
use crate::wording::percent;

pub fn report(settings: &StyleTransfer, outcome: &StyleOutcome) -> Report {
    Report {
        headline: headline(settings, outcome),
        sentences: sentences(settings, outcome),
        figures: figures::figures(settings, outcome),
        tables: figures::tables(settings, outcome),
        facts: if outcome.is_done { facts(settings, outcome) } else { Vec::new() },
        limits: limits(settings),
        arrays: if outcome.is_done { outcome.arrays.clone() } else { Vec::new() },
        ..Report::default()
    }
}

fn channels(settings: &StyleTransfer) -> String {
    match n_channels(settings.scales as usize) {
        1 => "its only channel".into(),
        several => format!("each of {several} channels"),
    }
}

fn headline(settings: &StyleTransfer, outcome: &StyleOutcome) -> String {
    let (content, style) = (settings.content.noun(), settings.style.noun());
    if !outcome.is_done {
        return format!("The picture of {content} is to get the means and standard deviations of that of {style}.");
    }
    let (of_content, of_style) = outcome.correlations();
    format!(
        "With the means and standard deviations of {style} in {}, the picture of {content} correlates with itself as it was by {}, and \
         with {style} by {}.",
        channels(settings),
        digits(of_content, 2),
        digits(of_style, 2)
    )
}

fn left(settings: &StyleTransfer, outcome: &StyleOutcome) -> String {
    let again = if settings.rounds == 1 { String::new() } else { format!(" after {} rounds", settings.rounds) };
    let (error, left) = (format4(outcome.mean_error), percent(outcome.left()));
    if settings.scales == 0 {
        return format!(
            "The picture is the only channel: AdaIN gives it the mean and the standard deviation of the style (the mean to {error} of a \
             standard deviation), {left} of the difference of the standard deviations is left{again}, and all else stays as it was."
        );
    }
    format!(
        "Right after AdaIN the channels have the means and standard deviations of the style (the means to {error} of a standard \
         deviation), but the filters overlap: in the picture that is put together, filtered again, {left} of the difference of the \
         standard deviations is left{again}."
    )
}

fn why_moved(outcome: &StyleOutcome) -> String {
    format!(
        "When every channel gets another mean and standard deviation, the output of the norms moves by {} (root mean square): \
         InstanceNorm takes both from each channel of each picture, so nothing is left of the change but eps; LayerNorm takes them from \
         all channels together, BatchNorm from all pictures.",
        figures::said_moved(outcome)
    )
}

fn sentences(settings: &StyleTransfer, outcome: &StyleOutcome) -> Vec<String> {
    let mut sentences = Vec::new();
    if outcome.is_done {
        sentences.push(left(settings, outcome));
        sentences.push(why_moved(outcome));
    }
    sentences.push(
        "AdaIN is InstanceNorm whose gamma and beta are the standard deviation and the mean of another picture\u{2019}s channel: \
         gamma (x \u{2212} mean) / sd + beta. Strength mixes its outcome with the responses as they were."
            .into(),
    );
    if settings.scales > 0 {
        sentences.push(
            "The filters are fixed: what a smooth picture lacks to the side (upright lines), up and down (level lines) and in both, at \
             distances of 1, 2, 4 pixels and so on, and what is left. Their responses add up to the picture, so the way back is a sum."
                .into(),
        );
    }
    sentences.push(
        "What the real thing adds: Huang and Belongie take hundreds of channels of a network that was trained on photographs, whose \
         responses are no longer linear, and a decoder that was trained to draw what has such responses. It paints strokes where the \
         content is flat; here a channel can only be made stronger or weaker where it responds already, which on paper is its grain."
            .into(),
    );
    sentences
        .push(format!("{NO_OWN} Each has 96 \u{d7} 96 pixels; the seed makes the grain, the dots and the clouds."));
    sentences
}

const OVERLAP: &str = "The filters overlap, so what one channel gains, its neighbours see: means and standard deviations of responses are \
                       not those of the picture that is put together. More rounds come nearer, and so does a trained decoder.";

const ONE_CHANNEL: &str = "The picture is the only channel, so its mean and its standard deviation are met at once.";

fn facts(settings: &StyleTransfer, outcome: &StyleOutcome) -> Vec<Fact> {
    let left = (100.0 * outcome.left()).clamp(0.0, 100.0);
    vec![
        Fact { key: "order".into(), value: FactValue::Order(outcome.moved.clone()), why: why_moved(outcome) },
        Fact {
            key: "left".into(),
            value: FactValue::Number(left),
            why: if settings.scales == 0 { ONE_CHANNEL } else { OVERLAP }.into(),
        },
    ]
}

/// States of this experiment that answer otherwise.
fn limits(settings: &StyleTransfer) -> Vec<Limit> {
    let limit = |text: &str, values: &[(&str, &str)]| Limit {
        text: text.into(),
        data: None,
        settings: values.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
    };
    let mut limits = Vec::new();
    if settings.scales != 0 {
        limits.push(limit("The picture as its only channel: what of the style is carried over?", &[("scales", "0")]));
    }
    if settings.rounds == 1 {
        limits.push(limit("Ten rounds: are the statistics met, and is it the style?", &[("rounds", "10")]));
    }
    if settings.content != DrawnPicture::Clouds {
        limits.push(limit(
            "Clouds in the style of checks, ten rounds: do checks appear where there were none?",
            &[("content", "clouds"), ("style", "checks"), ("rounds", "10")],
        ));
    }
    limits
}
