//! What the outcome says, in sentences.

use normlab_plot::number::{format4, whole};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::outcome::{RecurrentOutcome, TimeStatistics};
use super::{RecurrentFunction, RecurrentNorms, figures};
use crate::networks::{alert, said_divergence};
use crate::wording::{listed, percent};
use crate::{Experiment, ExperimentTable, Origin};

pub fn report(settings: &RecurrentNorms, data: &ExperimentTable, outcome: &RecurrentOutcome) -> Report {
    Report {
        headline: headline(outcome),
        sentences: sentences(settings, outcome),
        figures: figures::figures(settings, outcome),
        tables: figures::tables(outcome),
        facts: if outcome.is_done() { facts(outcome) } else { Vec::new() },
        limits: limits(settings, data, outcome),
        alert: alert(&outcome.named()),
        arrays: outcome.arrays.clone(),
    }
}

fn said(outcome: &RecurrentOutcome, kind: TimeStatistics) -> String {
    outcome.run(kind).diverged.map_or_else(|| percent(outcome.accuracy(kind)), said_divergence)
}

fn headline(outcome: &RecurrentOutcome) -> String {
    if !outcome.is_done() {
        return format!("Three recurrent networks read in {} steps of time.", whole(outcome.sequence.0 as u64));
    }
    if let Some(diverged) = outcome.run(TimeStatistics::Shared).diverged {
        return format!("The recurrent network with BatchNorm {}.", said_divergence(diverged));
    }
    format!(
        "One recurrent network with BatchNorm gets {} of the test {} right with statistics of each step of time, and {} with \
         statistics that all steps share.",
        said(outcome, TimeStatistics::PerStep),
        outcome.task.things,
        said(outcome, TimeStatistics::Shared)
    )
}

fn scores(outcome: &RecurrentOutcome) -> String {
    let each: Vec<String> =
        TimeStatistics::EACH.iter().map(|kind| format!("{} {}", kind.name(), said(outcome, *kind))).collect();
    format!("Right of {} test {}: {}.", whole(outcome.task.n_test as u64), outcome.task.things, listed(&each))
}

/// Whether a run is at its end and knows hardly more than guessing.
fn learnt_nothing(outcome: &RecurrentOutcome) -> bool {
    outcome.is_done()
        && TimeStatistics::EACH.iter().all(|kind| !outcome.is_better(outcome.accuracy(*kind), outcome.task.chance))
}

/// What is left of the popular sentence.
fn verdict(outcome: &RecurrentOutcome) -> Option<String> {
    if learnt_nothing(outcome) {
        return Some("None of them learns more than guessing: these settings compare nothing.".into());
    }
    if outcome.runs.iter().any(|run| run.diverged.is_some()) {
        return None;
    }
    let [none, layer, shared, own] = TimeStatistics::EACH.map(|kind| outcome.accuracy(kind));
    let against_layer = if outcome.is_better(own, layer) {
        "they do better than LayerNorm"
    } else if outcome.is_better(layer, own) {
        "they do worse than LayerNorm"
    } else {
        "they do about as well as LayerNorm"
    };
    let sentence = "\u{201c}BatchNorm cannot be used in recurrent networks\u{201d}";
    let said = if outcome.is_better(own, shared) {
        format!(
            "{sentence} is said of shared statistics. Both numbers are of one network, trained once, in which every step of time \
             uses its own batch: with statistics of each step, {against_layer} here."
        )
    } else {
        format!(
            "{sentence} is said of shared statistics, which cost no more than chance here; with statistics of each step, \
             {against_layer} here."
        )
    };
    let best = layer.max(own);
    let needed = if outcome.is_better(best, none) {
        ""
    } else if outcome.is_better(none, best) {
        " The network without a norm does better than both: this task needs none."
    } else {
        " The network without a norm does as well as the better of them: this task needs none."
    };
    Some(format!("{said}{needed}"))
}

/// Why shared statistics fit no step.
fn why(outcome: &RecurrentOutcome) -> Option<String> {
    let record = outcome.remembered()?;
    let (first, last) = (record.remembered.first()?, record.remembered.last()?);
    let mean_distance = record.mean_distance.iter().sum::<f64>() / record.mean_distance.len().max(1) as f64;
    let fails = outcome.is_better(outcome.accuracy(TimeStatistics::PerStep), outcome.accuracy(TimeStatistics::Shared));
    let so = if fails { ", and what is wrong in an early step is carried through all later ones" } else { "" };
    Some(format!(
        "BatchNorm remembers a standard deviation of {} of the first step of time and of {} of the last; the shared one is {}, \
         because the last steps weigh most in it. The means of the steps are on average {} standard deviations from the shared \
         ones{so}.",
        format4(*first),
        format4(*last),
        format4(record.shared?),
        format4(mean_distance)
    ))
}

fn sentences(settings: &RecurrentNorms, outcome: &RecurrentOutcome) -> Vec<String> {
    let mut sentences = Vec::new();
    if outcome.is_done() {
        sentences.push(scores(outcome));
        sentences.extend(verdict(outcome));
        sentences.extend(why(outcome));
    }
    sentences.push(
        "The price of statistics of each step: a batch that is large enough for each of them, and no sequence longer than those of \
         training. LayerNorm needs neither."
            .into(),
    );
    let (length, inputs) = outcome.sequence;
    let last = outcome.features - (length - 1) * inputs;
    let filled = if last == inputs { "" } else { " (the last one is filled up with zeros)" };
    let inputs = if inputs == 1 { "one by one".to_owned() } else { format!("{} at a time", whole(inputs as u64)) };
    sentences.push(format!(
        "The {} features of a row are read in their order, {inputs}: {} steps of time{filled}. The sum x W + h U goes through the norm \
         and {} and is the next h, of {} units; a linear layer reads the last.",
        whole(outcome.features as u64),
        whole(length as u64),
        if settings.function == RecurrentFunction::Tanh { "tanh" } else { "ReLU" },
        super::WIDTH
    ));
    sentences.push(format!(
        "{} steps of Adam at learning rate {}, batches of {}, gradients no longer than {}. All start from the same weights and see \
         the same batches; U starts as {}a rotation.",
        whole(settings.steps),
        format4(settings.rate),
        whole(settings.batch),
        format4(super::LONGEST_GRADIENT),
        if settings.gain == 1.0 { String::new() } else { format!("{} times ", format4(settings.gain)) }
    ));
    sentences.push(format!("{}.", outcome.task.split));
    sentences.extend(outcome.task.notes.iter().cloned());
    sentences
}

fn facts(outcome: &RecurrentOutcome) -> Vec<Fact> {
    let values = TimeStatistics::EACH.iter().map(|kind| outcome.accuracy(*kind)).collect();
    let shared = 100.0 * outcome.accuracy(TimeStatistics::Shared);
    vec![
        Fact { key: "order".into(), value: FactValue::Order(values), why: scores(outcome) },
        Fact { key: "shared".into(), value: FactValue::Number(shared), why: scores(outcome) },
    ]
}

/// States of this experiment that answer otherwise; after a divergence, what helps.
fn limits(settings: &RecurrentNorms, data: &ExperimentTable, outcome: &RecurrentOutcome) -> Vec<Limit> {
    let limit = |text: &str, data: Option<&str>, settings: &[(&str, &str)]| Limit {
        text: text.into(),
        data: data.map(String::from),
        settings: settings.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
    };
    let mut limits = Vec::new();
    let fails = learnt_nothing(outcome) || outcome.runs.iter().any(|run| run.diverged.is_some());
    if fails && (settings.rate, settings.gain) != (RecurrentNorms::default().rate, RecurrentNorms::default().gain) {
        let usual = RecurrentNorms::default();
        let (text, key, value) = if settings.rate > usual.rate {
            ("The remedy is a smaller learning rate: what does 0.003 give?", "rate", usual.rate)
        } else {
            ("The remedy is recurrent weights that keep lengths at the start: what do they give?", "gain", usual.gain)
        };
        let mut remedy = limit(text, None, &[(key, &value.to_string())]);
        // What else was chosen stays.
        remedy.settings.extend(settings.changed().into_iter().filter(|(changed, _)| changed != key));
        limits.push(remedy);
    }
    if settings.batch != 4 {
        limits.push(limit("Batches of four: do statistics of each step still work?", None, &[("batch", "4")]));
    }
    if settings.length != 8 && data.origin == Origin::Sample("digits") {
        let text = "Row by row, in 8 steps of time: how much do shared statistics cost there?";
        limits.push(limit(text, None, &[("length", "8")]));
    }
    if settings.function != RecurrentFunction::Relu {
        let text = "ReLU and recurrent weights 2.5 times as large: how far do the states go without a norm?";
        limits.push(limit(text, None, &[("activation", "relu"), ("gain", "2.5")]));
    }
    if data.origin != Origin::Sample("wine") {
        let text = "13 measurements of wines, one by one: are shared statistics as bad?";
        limits.push(limit(text, Some("wine"), &[]));
    }
    limits
}
