//! What the outcome says, in sentences.

use normlab_plot::number::{format4, whole};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::outcome::{BatchSizesOutcome, EvaluatedNorm, SIZES};
use super::{BatchSizes, LinearStart, figures};
use crate::networks::{NetworkNorm, alert};
use crate::wording::{listed, percent};
use crate::{ExperimentTable, Origin};

pub fn report(settings: &BatchSizes, data: &ExperimentTable, outcome: &BatchSizesOutcome) -> Report {
    Report {
        headline: headline(outcome),
        sentences: sentences(settings, outcome),
        figures: figures::figures(settings, outcome),
        tables: figures::tables(outcome),
        facts: if outcome.is_done { facts(outcome) } else { Vec::new() },
        limits: limits(settings, data),
        alert: alert(&outcome.shown.named()),
        arrays: if outcome.is_done { outcome.shown.arrays.clone() } else { Vec::new() },
    }
}

fn headline(outcome: &BatchSizesOutcome) -> String {
    let size = outcome.shown.size;
    let error = |norm| outcome.shown.error(norm).map(percent);
    match (error(EvaluatedNorm::Running), error(EvaluatedNorm::Group)) {
        (Some(batch), Some(group)) => format!(
            "With batches of {size}, the network with BatchNorm gets {batch} of the test {} wrong, the one with GroupNorm {group}.",
            outcome.task.things
        ),
        _ => format!("Four networks train from the same start with batches of {size}."),
    }
}

fn scores(outcome: &BatchSizesOutcome) -> String {
    let known = EvaluatedNorm::EACH.iter().filter_map(|norm| Some((norm, outcome.shown.error(*norm)?)));
    let each: Vec<String> = known.map(|(norm, error)| format!("{} {}", norm.name(), percent(error))).collect();
    format!("Wrong of {} test {}: {}.", whole(outcome.task.n_test as u64), outcome.task.things, listed(&each))
}

fn cliff(outcome: &BatchSizesOutcome) -> String {
    let sixteen = outcome.noise.iter().find(|noise| noise.size == 16).map(|noise| noise.jitter);
    let noise = sixteen.map_or_else(String::new, |jitter| {
        format!(
            " 16, the popular limit, is where the output of the value 1 still moves by {} standard deviations with the rest of its batch: \
             noise, no failure.",
            format4(jitter)
        )
    });
    match outcome.cliff() {
        Some(size) => format!(
            "BatchNorm is 2 percentage points or more behind GroupNorm at batch size {size}, and at no larger one that was tried.{noise}"
        ),
        None => format!("At no batch size that was tried is BatchNorm 2 percentage points behind GroupNorm.{noise}"),
    }
}

fn sentences(settings: &BatchSizes, outcome: &BatchSizesOutcome) -> Vec<String> {
    let mut sentences = Vec::new();
    if outcome.shown.by_batch.is_some() {
        sentences.push(scores(outcome));
    }
    if outcome.is_done {
        sentences.push(cliff(outcome));
    }
    if outcome.shown.size == 2 {
        sentences.push(
            "In a batch of two, every output of BatchNorm is +1 or \u{2212}1 (but for its eps) before gamma and beta: which of two \
             rows has more is all that is left."
                .into(),
        );
    }
    sentences.push(
        "\u{201c}Running\u{201d} asks the network with the running statistics of training, \u{201c}test batches\u{201d} with the \
         statistics of test batches of the same size. In a convolutional network the count is rows times pixels."
            .into(),
    );
    sentences.push(format!(
        "{} hidden layers of {} units (linear, norm, ReLU), {} epochs of plain gradient descent, learning rate {} at batch size \
         32 and in proportion at others; GroupNorm has {} groups. All start from the same weights, of the size of {}.",
        super::DEPTH,
        super::WIDTH,
        whole(settings.epochs),
        format4(settings.rate),
        NetworkNorm::GROUPS,
        if settings.start == LinearStart::He { "He" } else { "PyTorch's default, which is small for ReLU: a norm makes up for that" }
    ));
    sentences.push(format!("{}.", outcome.task.split));
    sentences.extend(outcome.task.notes.iter().cloned());
    sentences
}

fn facts(outcome: &BatchSizesOutcome) -> Vec<Fact> {
    let error = 100.0 * outcome.shown.error(EvaluatedNorm::Running).unwrap_or(1.0);
    let index = outcome.cliff().and_then(|size| SIZES.iter().position(|known| *known == size));
    vec![
        Fact { key: "error".into(), value: FactValue::Number(error), why: scores(outcome) },
        Fact { key: "cliff".into(), value: FactValue::Choice(index.unwrap_or(SIZES.len())), why: cliff(outcome) },
    ]
}

/// States of this experiment that answer otherwise.
fn limits(settings: &BatchSizes, data: &ExperimentTable) -> Vec<Limit> {
    let limit = |text: &str, data: Option<&str>, settings: &[(&str, &str)]| Limit {
        text: text.into(),
        data: data.map(String::from),
        settings: settings.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
    };
    let mut limits = Vec::new();
    if settings.batch != 4 {
        limits.push(limit("Batches of four: how much of the gap is left?", None, &[("batch", "4")]));
    }
    if settings.batch != 16 {
        limits.push(limit("Batches of 16, the popular limit: is BatchNorm behind?", None, &[("batch", "16")]));
    }
    if settings.batch != 64 {
        limits.push(limit("Batches of 64: which norm is ahead now?", None, &[("batch", "64")]));
    }
    if settings.start != LinearStart::He {
        let text = "Weights of He in place of PyTorch's default: does the network without a norm fall behind at all?";
        limits.push(limit(text, None, &[("start", "he")]));
    }
    if data.origin != Origin::Sample("breast-cancer") {
        limits.push(limit("A table of two classes: is a batch of two as bad?", Some("breast-cancer"), &[]));
    }
    limits
}
