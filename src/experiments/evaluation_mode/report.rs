//! What the outcome says, in sentences.

use normlab_plot::number::{format4, whole};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::outcome::{EvaluationOutcome, TestMode};
use super::{EvaluationMode, figures, fine_tuning};
use crate::networks::said_divergence;
use crate::wording::percent;
use crate::{ExperimentTable, Origin};

pub fn report(settings: &EvaluationMode, data: &ExperimentTable, outcome: &EvaluationOutcome) -> Report {
    Report {
        headline: headline(settings, outcome),
        sentences: sentences(settings, outcome),
        figures: figures::figures(settings, outcome),
        tables: figures::tables(outcome),
        facts: if outcome.fine_tuning.is_some() { facts(outcome) } else { Vec::new() },
        limits: limits(settings, data),
        arrays: if outcome.fine_tuning.is_some() { outcome.arrays.clone() } else { Vec::new() },
        ..Report::default()
    }
}

fn headline(settings: &EvaluationMode, outcome: &EvaluationOutcome) -> String {
    if let Some(diverged) = outcome.diverged {
        return format!("The network {}: a smaller learning rate helps.", said_divergence(diverged));
    }
    let mode = |mode| outcome.score(mode).map(|asked| percent(asked.accuracy()));
    match (mode(TestMode::Evaluation), mode(TestMode::Batches), mode(TestMode::OneClass)) {
        (Some(right), Some(batches), Some(one_class)) => format!(
            "With eval(), {right} of the test {} are right; without it, {batches} in mixed batches of {}, and {one_class} in \
             batches of one class.",
            outcome.task.things,
            whole(settings.asked)
        ),
        _ => "A network with BatchNorm trains, and is asked in both modes.".into(),
    }
}

fn one_by_one(outcome: &EvaluationOutcome) -> String {
    let answers = outcome.score(TestMode::OneByOne).map_or(0, |asked| asked.answers);
    let said = if answers == 1 {
        "the answer is the same for all of them".to_owned()
    } else {
        format!("{} distinct answers are given", whole(answers as u64))
    };
    format!(
        "Asked one by one without eval(), {said}: a batch of one has its value as mean and variance 0, so that beta is all that \
         leaves a BatchNorm."
    )
}

fn sentences(settings: &EvaluationMode, outcome: &EvaluationOutcome) -> Vec<String> {
    let mut sentences = Vec::new();
    if !outcome.asked.is_empty() {
        sentences.push(figures::said(outcome));
        sentences.push(one_by_one(outcome));
    }
    if let Some(companies) = &outcome.companies {
        sentences.push(format!(
            "Test row {} is right in {} of {} random batches of {} rows without eval(); with it there is one answer.",
            whole(companies.row as u64),
            whole(companies.correct as u64),
            whole(companies.probabilities.len() as u64),
            whole(settings.asked)
        ));
    }
    if let Some(found) = &outcome.fine_tuning {
        sentences.push(format!(
            "Fine-tuned for {} more steps in batches of {}, at a learning rate {} times smaller: {}.",
            whole(fine_tuning::STEPS),
            whole(settings.tuned),
            format4(fine_tuning::SLOWER),
            figures::tuned(found)
        ));
    }
    if let Some(first) = outcome.moments.first() {
        sentences.push(format!(
            "Early in training the running statistics lag behind: after step 1, {} are right with them, {} with those of test batches.",
            percent(first.evaluation),
            percent(first.by_batch)
        ));
    }
    sentences.push(format!(
        "{} hidden layers of {} units (linear, BatchNorm, ReLU), {} steps of plain gradient descent at learning rate {}, batches \
         of {}; momentum {} for the new batch, unbiased running variance, as in PyTorch.",
        super::DEPTH,
        super::WIDTH,
        whole(settings.steps),
        format4(settings.rate),
        whole(settings.batch),
        format4(settings.momentum)
    ));
    sentences.push(format!("{}.", outcome.task.split));
    sentences.extend(outcome.task.notes.iter().cloned());
    sentences
}

fn facts(outcome: &EvaluationOutcome) -> Vec<Fact> {
    let share = |mode| outcome.score(mode).map_or(0.0, |asked| asked.accuracy());
    let one = outcome.score(TestMode::OneByOne).unwrap_or_default();
    let choice = match () {
        () if one.answers == 1 => 2,
        () if one.accuracy() > share(TestMode::Evaluation) - 0.02 => 0,
        () => 1,
    };
    vec![
        Fact {
            key: "forgotten".into(),
            value: FactValue::Number(100.0 * share(TestMode::Batches)),
            why: figures::said(outcome),
        },
        Fact { key: "one".into(), value: FactValue::Choice(choice), why: one_by_one(outcome) },
    ]
}

/// States of this experiment that answer otherwise.
fn limits(settings: &EvaluationMode, data: &ExperimentTable) -> Vec<Limit> {
    let limit = |text: &str, data: Option<&str>, settings: &[(&str, &str)]| Limit {
        text: text.into(),
        data: data.map(String::from),
        settings: settings.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
    };
    let mut limits = Vec::new();
    if settings.asked != 128 {
        limits.push(limit("Mixed batches of 128: does a forgotten eval() still show?", None, &[("asked", "128")]));
    }
    if settings.tuned != 32 {
        let text = "Fine-tuning in batches of 32: is there still a reason to freeze BatchNorm?";
        limits.push(limit(text, None, &[("tuned", "32")]));
    }
    if settings.momentum != 0.01 {
        let text =
            "The default of Keras, one percent for the new batch, and 100 steps: are the running statistics there yet?";
        limits.push(limit(text, None, &[("momentum", "0.01"), ("steps", "100")]));
    }
    if data.origin != Origin::Sample("wine") {
        limits.push(limit("A table of 13 measurements: the same?", Some("wine"), &[]));
    }
    limits
}
