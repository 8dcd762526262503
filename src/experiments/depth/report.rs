//! What the outcome says, in sentences.

use normlab_plot::number::{digits, format4, whole};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::explosion::theory;
use super::outcome::{DepthOutcome, Explosion};
use super::{Depth, StartWeights, figures};
use crate::ExperimentTable;
use crate::networks::{Hidden, NetworkNorm, NetworkRun, alert, said_divergence};
use crate::wording::{capital, listed, percent};

pub fn report(settings: &Depth, _: &ExperimentTable, outcome: &DepthOutcome) -> Report {
    Report {
        headline: headline(settings, outcome),
        sentences: sentences(settings, outcome),
        figures: figures::figures(settings, outcome),
        tables: figures::tables(outcome),
        facts: match &outcome.explosion {
            Some(explosion) => facts(outcome, explosion),
            None => Vec::new(),
        },
        limits: limits(settings),
        alert: alert(&NetworkNorm::named(&outcome.runs)),
        arrays: if outcome.explosion.is_some() { outcome.arrays.clone() } else { Vec::new() },
    }
}

fn said(run: &NetworkRun) -> String {
    match run.diverged {
        Some(diverged) => said_divergence(diverged),
        None => percent(run.accuracy()),
    }
}

fn headline(settings: &Depth, outcome: &DepthOutcome) -> String {
    let place = format!("{} layers deep, from {}", whole(settings.depth), settings.start.said());
    if !outcome.has_scores() {
        return format!("{place}: five networks train from the same start.");
    }
    format!(
        "{place}, right of the test {}: without normalization {}, with BatchNorm {}, with LayerNorm {}.",
        outcome.task.things,
        said(&outcome.runs[NetworkNorm::None.role()]),
        said(&outcome.runs[NetworkNorm::Batch.role()]),
        said(&outcome.runs[NetworkNorm::Layer.role()])
    )
}

fn scores(outcome: &DepthOutcome) -> String {
    let each: Vec<String> = NetworkNorm::EACH
        .iter()
        .zip(&outcome.runs)
        .map(|(norm, run)| format!("{} {}", norm.name(), said(run)))
        .collect();
    format!("Right of {} test {}: {}.", whole(outcome.task.n_test as u64), outcome.task.things, listed(&each))
}

/// What became of activations and gradients at the first step.
fn vanishing(outcome: &DepthOutcome) -> Option<String> {
    let ratio = |norm: NetworkNorm| {
        let profile = outcome.at(norm, 1)?;
        let (first, last) = (profile.deviations.first()?, profile.deviations.last()?);
        let (first_gradient, last_gradient) = (profile.gradients.first()?, profile.gradients.last()?);
        Some((last / first, first_gradient / last_gradient))
    };
    let ((none, none_back), (batch, batch_back)) = (ratio(NetworkNorm::None)?, ratio(NetworkNorm::Batch)?);
    Some(format!(
        "At the first step, from the first hidden layer to the last, the standard deviation of the activations is multiplied by \
         {} without normalization and by {} with BatchNorm; on the way back the gradient is multiplied by {} and by {}.",
        format4(none),
        format4(batch),
        format4(none_back),
        format4(batch_back)
    ))
}

fn explodes(explosion: &Explosion) -> String {
    format!(
        "With BatchNorm and without skip connections, gradients grow from each ReLU layer back to the one before, before any \
         step: by a factor of {} here, by {} in theory (Yang et al.).",
        digits(explosion.factor(), 4),
        digits(theory(), 4)
    )
}

fn sentences(settings: &Depth, outcome: &DepthOutcome) -> Vec<String> {
    let mut sentences = Vec::new();
    if outcome.has_scores() {
        sentences.push(scores(outcome));
    }
    sentences.extend(vanishing(outcome));
    sentences.extend(outcome.explosion.as_ref().map(explodes));
    sentences.push(format!(
        "Hidden layers of {} units (linear, norm, {}) start from {}; {} steps of plain gradient descent at learning rate {}, batches of {}.",
        whole(settings.n_units() as u64),
        settings.hidden.name(),
        settings.start.said(),
        whole(settings.steps),
        format4(settings.rate),
        whole(settings.batch)
    ));
    sentences.push(format!("{}.", capital(&outcome.task.split)));
    sentences.extend(outcome.task.notes.iter().cloned());
    sentences
}

fn facts(outcome: &DepthOutcome, explosion: &Explosion) -> Vec<Fact> {
    let values = outcome.runs.iter().map(NetworkRun::accuracy).collect();
    let factor = explosion.factor();
    let choice = if factor < 0.95 { 0 } else { usize::from(factor > 1.05) + 1 };
    vec![
        Fact { key: "order".into(), value: FactValue::Order(values), why: scores(outcome) },
        Fact { key: "explosion".into(), value: FactValue::Choice(choice), why: explodes(explosion) },
    ]
}

/// States of this experiment that answer otherwise.
fn limits(settings: &Depth) -> Vec<Limit> {
    let limit = |text: &str, settings: &[(&str, &str)]| Limit {
        text: text.into(),
        data: None,
        settings: settings.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
    };
    let mut limits = Vec::new();
    if settings.start != StartWeights::He {
        limits.push(limit("Weights made for ReLU: is a norm layer still needed?", &[("start", "he")]));
    }
    if settings.depth != 40 {
        limits.push(limit("40 layers: is BatchNorm enough?", &[("depth", "40")]));
    }
    if settings.hidden != Hidden::Sigmoid {
        let values = [
            ("activation", "sigmoid"),
            ("start", "he"),
            ("depth", "6"),
            ("width", "64"),
            ("rate", "0.5"),
            ("steps", "600"),
        ];
        limits.push(limit("Sigmoids, six layers deep: which network learns?", &values));
    }
    limits
}
