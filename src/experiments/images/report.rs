//! What the outcome says, in sentences.

use normlab_plot::number::{format4, whole};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::network::{CHANNELS, ImageNorm, SIDE};
use super::outcome::{CLEAR, ImagesOutcome};
use super::{ImageLabel, ImageNorms, figures};
use crate::Experiment;
use crate::networks::{NetworkNorm, alert, said_divergence};
use crate::wording::percent;

pub fn report(settings: &ImageNorms, outcome: &ImagesOutcome) -> Report {
    Report {
        headline: headline(settings, outcome),
        sentences: sentences(settings, outcome),
        figures: figures::figures(settings, outcome),
        tables: figures::tables(settings, outcome),
        facts: if outcome.is_done { facts(settings, outcome) } else { Vec::new() },
        limits: limits(settings, outcome),
        alert: alert(&outcome.shown.named()),
        arrays: if outcome.is_done { outcome.arrays.clone() } else { Vec::new() },
    }
}

fn headline(settings: &ImageNorms, outcome: &ImagesOutcome) -> String {
    let things = outcome.task.things;
    if let Some((norm, diverged)) = outcome.shown.diverged() {
        return format!("{} {}.", norm.subject(), said_divergence(diverged));
    }
    let right = |norm| outcome.shown.accuracy(norm).map(percent);
    let changed = |norm| outcome.changed(norm).map(|changed| percent(changed.chosen));
    let (batch, instance, none) = (ImageNorm::Batch, ImageNorm::Instance, ImageNorm::None);
    match (settings.label, right(batch), right(instance), right(none)) {
        (ImageLabel::Contrast, _, Some(instance), Some(none)) => format!(
            "When the label is the contrast, the network with InstanceNorm is right about {instance} of the test {things}, the \
             one without normalization about {none}."
        ),
        (ImageLabel::Digit, Some(before), ..) if changed(instance).is_some() => format!(
            "When the test {things} {}, the network with BatchNorm gets {} right ({before} as they are), the one with \
             InstanceNorm {}.",
            settings.change().said(),
            changed(batch).unwrap_or_default(),
            changed(instance).unwrap_or_default()
        ),
        _ => format!("Five convolutional networks train from the same start with batches of {}.", outcome.shown.size),
    }
}

fn scores(settings: &ImageNorms, outcome: &ImagesOutcome) -> String {
    let known = outcome.sizes().into_iter().filter(|runs| runs.accuracy(ImageNorm::None).is_some());
    let each: Vec<String> = known
        .map(|runs| format!("with batches of {}: {}", runs.size, figures::said(outcome, |norm| runs.accuracy(norm))))
        .collect();
    format!(
        "Right of {} test {}{}, {}.",
        whole(outcome.task.n_test as u64),
        outcome.task.things,
        if settings.label == ImageLabel::Digit { " as they are" } else { "" },
        each.join("; ")
    )
}

fn changed(settings: &ImageNorms, outcome: &ImagesOutcome) -> String {
    let share = |norm| outcome.changed(norm).map(|changed| changed.chosen);
    format!("When they {}: {}.", settings.change().said(), figures::said(outcome, share))
}

/// Which of the three options of the prediction holds.
fn place_of_lead(lead: f64) -> usize {
    if lead <= -CLEAR {
        return 0;
    }
    if lead < CLEAR { 1 } else { 2 }
}

/// BatchNorm beside GroupNorm.
fn small(outcome: &ImagesOutcome) -> String {
    let lead = outcome.lead().unwrap_or(0.0);
    let said = match place_of_lead(lead) {
        1 => "within 2 percentage points of GroupNorm".into(),
        side => {
            let points = format4(100.0 * lead.abs());
            format!("{points} percentage points {} GroupNorm", if side == 0 { "behind" } else { "ahead of" })
        }
    };
    let size = outcome.shown.size;
    format!(
        "With batches of {size}, BatchNorm is {said}. A channel of the first convolution has {size} \u{d7} {} = {} numbers in a \
         batch, not {size}: pictures are easier for BatchNorm than rows of a table. In far larger networks on ImageNet, Wu and He \
         found GroupNorm 10.6 percentage points ahead with batches of 2.",
        SIDE * SIDE,
        whole(size * (SIDE * SIDE) as u64)
    )
}

const WHY: &str = "InstanceNorm takes mean and standard deviation of each channel of each picture, so whatever contrast multiplies is \
                   divided out again, exactly but for eps, and what brightness adds is subtracted, but for the edge, where the \
                   convolution sees zeros. GroupNorm and LayerNorm take channels together, and the biases of the \
                   convolution do not get paler with the picture, so they weigh more. BatchNorm divides by what it remembers of the training pictures.";

const WHY_GUESSING: &str = "InstanceNorm divides each channel of a picture by its own standard deviation, and pictures that differ in their \
                            contrast alone are the same after that: what is asked for is gone before anything can learn it.";

fn sentences(settings: &ImageNorms, outcome: &ImagesOutcome) -> Vec<String> {
    let mut sentences = Vec::new();
    if outcome.shown.accuracy(ImageNorm::None).is_some() {
        sentences.push(scores(settings, outcome));
    }
    match settings.label {
        ImageLabel::Digit => {
            if outcome.changed.len() == ImageNorm::EACH.len() {
                sentences.push(changed(settings, outcome));
                sentences.push(WHY.into());
                sentences.push(small(outcome));
            }
        }
        ImageLabel::Contrast => {
            sentences.push(WHY_GUESSING.into());
            sentences.extend(alike(outcome));
            sentences.push(format!(
                "Half of the pictures, by chance, have their pixels times {}, and the label is whether they do.",
                format4(settings.contrast)
            ));
        }
    }
    sentences.push(format!(
        "Convolutions of 3 \u{d7} 3 with {} and {} channels, each with norm, ReLU and mean pooling of 2 \u{d7} 2, then a linear \
         layer; {} epochs of plain gradient descent, learning rate {} at batch size 32 and in proportion at others; GroupNorm has {} \
         groups. All start from the same weights and see the same batches.",
        CHANNELS[0],
        CHANNELS[1],
        whole(settings.epochs),
        format4(settings.rate),
        NetworkNorm::GROUPS
    ));
    sentences.push(format!("{}.", outcome.task.split));
    sentences.extend(outcome.task.notes.iter().cloned());
    sentences
}

/// Why BatchNorm can be right in evaluation and is not in training.
fn alike(outcome: &ImagesOutcome) -> Option<String> {
    let (_, loss) = outcome.shown.runs[ImageNorm::Batch.place()].losses.last()?;
    let is_right = outcome.shown.accuracy(ImageNorm::Batch).is_some_and(|share| share > 0.9);
    (is_right && *loss > 0.1).then(|| {
        format!(
            "In training, the loss of BatchNorm stays at {}: in a small batch, pictures of one contrast look alike to it, whichever it is. \
             In evaluation it has the statistics of many batches, and is right about {}.",
            format4(*loss),
            percent(outcome.shown.accuracy(ImageNorm::Batch).unwrap_or(0.0))
        )
    })
}

fn facts(settings: &ImageNorms, outcome: &ImagesOutcome) -> Vec<Fact> {
    let fact = |key: &str, value, why| Fact { key: key.into(), value, why };
    let number = |share: Option<f64>| FactValue::Number(100.0 * share.unwrap_or(0.0));
    if settings.label == ImageLabel::Contrast {
        return vec![fact("instance", number(outcome.shown.accuracy(ImageNorm::Instance)), WHY_GUESSING.into())];
    }
    let share = outcome.changed(ImageNorm::Batch).map(|changed| changed.chosen);
    let lead = FactValue::Choice(place_of_lead(outcome.lead().unwrap_or(0.0)));
    vec![fact("batch-norm", number(share), changed(settings, outcome)), fact("small", lead, small(outcome))]
}

/// States of this experiment that answer otherwise; after a divergence, what helps.
fn limits(settings: &ImageNorms, outcome: &ImagesOutcome) -> Vec<Limit> {
    let limit = |text: String, values: &[(&str, String)]| Limit {
        text,
        data: None,
        settings: values.iter().map(|(key, value)| ((*key).into(), value.clone())).collect(),
    };
    let mut limits = Vec::new();
    let usual = ImageNorms::default();
    if outcome.shown.diverged().is_some() && settings.rate > usual.rate {
        let remedy = usual.rate;
        let text = format!("The remedy is a smaller learning rate: what does {} give?", format4(remedy));
        let mut remedy = limit(text, &[("rate", remedy.to_string())]);
        // What else was chosen stays.
        remedy.settings.extend(settings.changed().into_iter().filter(|(changed, _)| changed != "rate"));
        limits.push(remedy);
    }
    if settings.label == ImageLabel::Digit {
        let text = "The label is the contrast itself: what is InstanceNorm worth now?";
        limits.push(limit(text.into(), &[("label", "contrast".into())]));
    } else {
        limits.push(limit("The label is the digit: is it bad not to see the contrast?".into(), &[]));
    }
    if settings.brightness != 0.5 {
        let text = "Half of black added to every pixel: is InstanceNorm blind to that, too?";
        limits.push(limit(text.into(), &[("contrast", "1".into()), ("brightness", "0.5".into())]));
    }
    if settings.batch != 32 {
        limits.push(limit("Batches of 32: does BatchNorm bear a paler picture now?".into(), &[("batch", "32".into())]));
    }
    limits
}
