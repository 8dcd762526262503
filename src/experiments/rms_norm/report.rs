//! What the outcome says, in sentences.

use normlab_plot::number::{format4, whole};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::laws::{FACTOR, NormLaws};
use super::operations::{NormOperations, of_linear};
use super::outcome::{COMPARED, LayerMean, NormVerdict, RmsNormOutcome};
use super::{LayerOrRms, figures};
use crate::networks::{alert, said_divergence};
use crate::wording::{capital, percent};
use crate::{ExperimentTable, Origin};

/// Changes of outputs up to this are rounding.
const ROUNDING: f64 = 1e-9;

pub fn report(settings: &LayerOrRms, data: &ExperimentTable, outcome: &RmsNormOutcome) -> Report {
    Report {
        headline: headline(outcome),
        sentences: sentences(settings, outcome),
        figures: figures::figures(settings, outcome),
        tables: figures::tables(outcome),
        facts: if outcome.is_done() { facts(outcome) } else { Vec::new() },
        limits: limits(settings, data, outcome),
        alert: alert(&outcome.named()),
        arrays: if outcome.is_done() { outcome.arrays.clone() } else { Vec::new() },
    }
}

/// What diverged in the first start, a clause each.
fn diverged(outcome: &RmsNormOutcome) -> Vec<String> {
    let runs = COMPARED.iter().zip(&outcome.shown);
    runs.filter_map(|(norm, run)| Some(format!("{} {}", norm.name(), said_divergence(run.diverged?)))).collect()
}

fn headline(outcome: &RmsNormOutcome) -> String {
    if !outcome.is_done() {
        return format!("{} pairs of networks train, each pair from the same weights.", whole(outcome.starts as u64));
    }
    let [layer, rms] = outcome.means().map(percent);
    format!(
        "Networks with LayerNorm get {layer} of the test {} right and those with RMSNorm {rms}, and RMSNorm saves {} of the operations \
         of the norm.",
        outcome.task.things,
        percent(outcome.saved(NormOperations::total))
    )
}

fn scores(outcome: &RmsNormOutcome) -> String {
    let (mean, error) = outcome.difference();
    let judged = match outcome.verdict() {
        NormVerdict::Alike => "no more than chance makes it",
        NormVerdict::Layer => "the mean is missed here",
        NormVerdict::Rms => "the mean is better left in here",
    };
    format!(
        "Over {} starts, RMSNorm gets {} percentage points {} than LayerNorm, with a standard error of {}: {judged}.",
        whole(outcome.accuracies.len() as u64),
        format4(100.0 * mean.abs()),
        if mean < 0.0 { "less" } else { "more" },
        format4(100.0 * error)
    )
}

/// What neither or only one of them notices.
fn invariances(settings: &LayerOrRms, laws: &NormLaws) -> String {
    format!(
        "Exact, but for rounding: times {}, the output of LayerNorm changes by at most {} and that of RMSNorm by {}; plus {}, by {} and \
         {}. LayerNorm is RMSNorm of the numbers less their mean, to {}.",
        format4(FACTOR),
        format4(laws.multiplied[0]),
        format4(laws.multiplied[1]),
        format4(settings.shift),
        format4(laws.shifted[0]),
        format4(laws.shifted[1]),
        format4(laws.difference)
    )
}

/// A mean of fewer standard deviations is called small.
const SMALL_MEAN: f64 = 0.3;

/// The mean that is dropped.
fn dropped(outcome: &RmsNormOutcome) -> Option<String> {
    let mean = |layers: &[LayerMean]| {
        let n = layers.len() as f64;
        let sums = layers.iter().fold((0.0, 0.0), |sum, mean| (sum.0 + mean.in_deviations, sum.1 + mean.share));
        (!layers.is_empty() && (sums.0 + sums.1).is_finite()).then_some((sums.0 / n, sums.1 / n))
    };
    let (before, after) = (mean(&outcome.before[1])?, mean(&outcome.after[1])?);
    let why = if before.0 < SMALL_MEAN {
        "sums with weights of both signs have a small mean by themselves"
    } else {
        "the mean of few sums with weights of both signs need not be small"
    };
    Some(format!(
        "The mean that RMSNorm leaves in is on average {} standard deviations before training, because {why}, and {} after it: {} \
         of the mean square.",
        format4(before.0),
        format4(after.0),
        percent(after.1)
    ))
}

fn counts(settings: &LayerOrRms, outcome: &RmsNormOutcome) -> String {
    let [layer, rms] = outcome.operations.map(NormOperations::total);
    let linear = of_linear(settings.width as usize);
    format!(
        "For each vector of {} numbers LayerNorm needs {} operations forward and backward, and RMSNorm {}; the linear layer before it \
         needs {}, so that of norm and linear layer together {} are saved. Operations are counted, and every computer says the same; how \
         much of the time is saved depends on the computer, too: where memory is slower than arithmetic, the passes over the numbers \
         count.",
        settings.width,
        whole(layer),
        whole(rms),
        whole(linear),
        percent((layer - rms) as f64 / (layer + linear) as f64)
    )
}

fn sentences(settings: &LayerOrRms, outcome: &RmsNormOutcome) -> Vec<String> {
    let mut sentences = Vec::new();
    if outcome.is_done() {
        sentences.push(scores(outcome));
    }
    sentences.extend(diverged(outcome).into_iter().map(|said| format!("In the first start, {said}.")));
    sentences.extend(outcome.laws.as_ref().map(|laws| invariances(settings, laws)));
    sentences.extend(dropped(outcome));
    sentences.push(counts(settings, outcome));
    sentences.push(format!(
        "{} of {} units (linear, norm, ReLU), {} steps of plain gradient descent at learning rate {}, batches of {}. Both networks of \
         a start have the same weights and batches; RMSNorm has no beta.",
        if settings.depth == 1 { "One hidden layer".into() } else { format!("{} hidden layers", settings.depth) },
        settings.width,
        whole(settings.steps),
        format4(settings.rate),
        whole(settings.batch)
    ));
    sentences.push(format!("{}.", outcome.task.split));
    sentences.extend(outcome.task.notes.iter().cloned());
    sentences
}

fn facts(outcome: &RmsNormOutcome) -> Vec<Fact> {
    let changes = outcome.laws.as_ref().map(|laws| laws.shifted).unwrap_or_default();
    let [layer, rms] = changes.map(|change| change > ROUNDING);
    let verdict = outcome.verdict();
    let saved = outcome.saved(NormOperations::total);
    vec![
        Fact {
            key: "shift".into(),
            value: FactValue::Choice(usize::from(layer) + 2 * usize::from(rms)),
            why: format!(
                "The output of LayerNorm changes by at most {}, that of RMSNorm by {}: only LayerNorm subtracts the mean.",
                format4(changes[0]),
                format4(changes[1])
            ),
        },
        Fact {
            key: "better".into(),
            value: FactValue::Choice(NormVerdict::EACH.iter().position(|known| *known == verdict).unwrap_or(0)),
            why: scores(outcome),
        },
        Fact {
            key: "saved".into(),
            value: FactValue::Number(100.0 * saved),
            why: format!(
                "{} of the operations of the norm: those that find the mean, subtract it from numbers and gradients, and learn beta.",
                capital(&percent(saved))
            ),
        },
    ]
}

/// States of this experiment that answer otherwise; after a divergence, what helps.
fn limits(settings: &LayerOrRms, data: &ExperimentTable, outcome: &RmsNormOutcome) -> Vec<Limit> {
    let limit = |text: &str, data: Option<&str>, settings: &[(&str, &str)]| Limit {
        text: text.into(),
        data: data.map(String::from),
        settings: settings.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
    };
    let mut limits = Vec::new();
    if outcome.shown.iter().any(|run| run.diverged.is_some()) && settings.rate > 0.1 {
        let text = "The remedy is a smaller learning rate: what does 0.1 give?";
        let (depth, width) = (settings.depth.to_string(), settings.width.to_string());
        limits.push(limit(text, None, &[("rate", "0.1"), ("depth", &depth), ("width", &width)]));
    }
    if settings.width != 4 {
        let text = "Layers of 4 units: is the mean still small, and is it missed?";
        limits.push(limit(text, None, &[("width", "4")]));
    }
    if settings.depth != 10 {
        limits.push(limit("Ten hidden layers: do the means grow with depth?", None, &[("depth", "10")]));
    }
    if settings.rate != 1.0 {
        limits.push(limit("At a bold learning rate, do both survive?", None, &[("rate", "1")]));
    }
    if data.origin != Origin::Sample("wine") {
        limits.push(limit("13 measurements in place of images: who is ahead there?", Some("wine"), &[]));
    }
    limits
}
