//! What the outcome says, in sentences.

use normlab_plot::number::{digits, format4, whole};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::outcome::{PreNormOutcome, Variant};
use super::{PreNorm, figures};
use crate::ExperimentTable;
use crate::networks::{NetworkRun, alert, said_divergence};
use crate::wording::{listed, percent};

pub fn report(settings: &PreNorm, _: &ExperimentTable, outcome: &PreNormOutcome) -> Report {
    Report {
        headline: headline(settings, outcome),
        sentences: sentences(settings, outcome),
        figures: figures::figures(settings, outcome),
        tables: figures::tables(outcome),
        facts: if outcome.is_done() { facts(outcome) } else { Vec::new() },
        limits: limits(settings),
        alert: alert(&outcome.named()),
        arrays: outcome.arrays.clone(),
    }
}

fn said(run: &NetworkRun) -> String {
    match run.diverged {
        Some(diverged) => said_divergence(diverged),
        None => percent(run.accuracy()),
    }
}

fn headline(settings: &PreNorm, outcome: &PreNormOutcome) -> String {
    let blocks = if settings.depth == 1 { "One block".into() } else { format!("{} blocks", whole(settings.depth)) };
    let rate = format4(settings.rate);
    if !outcome.is_done() {
        return format!("{blocks} deep at learning rate {rate}: five networks train from the same weights.");
    }
    let [post, warm, pre] =
        [Variant::Post, Variant::PostWarmUp, Variant::Pre].map(|variant| said(outcome.run(variant)));
    format!(
        "{blocks} deep at learning rate {rate}, right of the test {}: pre-norm {pre}, post-norm {post}, post-norm with warm-up \
         {warm}.",
        outcome.task.things
    )
}

fn scores(outcome: &PreNormOutcome) -> String {
    let each: Vec<String> = Variant::EACH
        .iter()
        .zip(&outcome.runs)
        .map(|(variant, run)| format!("{} {}", variant.name(), said(run)))
        .collect();
    format!("Right of {} test {}: {}.", whole(outcome.task.n_test as u64), outcome.task.things, listed(&each))
}

/// Gradients at the start, and what the theory says of them.
fn start(settings: &PreNorm, outcome: &PreNormOutcome) -> Option<String> {
    let (post, pre) = outcome.slopes()?;
    let of = if settings.tokens == 1 {
        "single random tokens".into()
    } else {
        format!("{} random tokens together", settings.tokens)
    };
    let trap = if settings.tokens == 1 {
        ""
    } else {
        " The theory is of single tokens: together, what deep networks make of random tokens becomes alike, and the slopes are \
         others."
    };
    Some(format!(
        "Before any step, for {of}, the gradient of the last block goes with depth to the power {} under post-norm (theory 0) \
         and {} under pre-norm (theory \u{2212}0.5), because the residual stream of pre-norm grows as 1 + L/2.{trap}",
        digits(post, 3),
        digits(pre, 3)
    ))
}

fn factor(outcome: &PreNormOutcome) -> f64 {
    let first = outcome.start.first().map_or(f64::NAN, |start| start.pre);
    let last = outcome.start.last().map_or(f64::NAN, |start| start.pre);
    let factor = first / last;
    if factor.is_finite() { factor.clamp(0.01, 1000.0) } else { 1.0 }
}

fn sentences(settings: &PreNorm, outcome: &PreNormOutcome) -> Vec<String> {
    let mut sentences = Vec::new();
    if outcome.is_done() {
        sentences.push(scores(outcome));
    }
    sentences.extend(start(settings, outcome));
    sentences.push(
        "Pre-norm is x + F(norm(x)), post-norm is norm(x + F(x)), \u{201c}both\u{201d} is x + norm(F(norm(x))); F is linear, ReLU, \
         linear. Both sides have their advocates: pre-norm can cost quality where post-norm trains (Nguyen and Salazar; Takase et al.)."
            .into(),
    );
    sentences.push(format!(
        "Width {}, {} steps of Adam (0.9, 0.98), batches of {}; warm-up raises the learning rate over the first {} steps. All start \
         from the same weights.",
        super::WIDTH,
        whole(settings.steps),
        whole(settings.batch),
        whole(settings.warm_up)
    ));
    sentences.push(format!("{}.", outcome.task.split));
    sentences.extend(outcome.task.notes.iter().cloned());
    sentences
}

fn facts(outcome: &PreNormOutcome) -> Vec<Fact> {
    let values = outcome.runs.iter().map(NetworkRun::accuracy).collect();
    vec![
        Fact { key: "order".into(), value: FactValue::Order(values), why: scores(outcome) },
        Fact {
            key: "factor".into(),
            value: FactValue::Number(factor(outcome)),
            why: format!(
                "Every block adds to the stream, and the last norm divides by its length: by theory {} times smaller.",
                format4(figures::theory(1.0) / figures::theory(128.0))
            ),
        },
    ]
}

/// States of this experiment that answer otherwise.
fn limits(settings: &PreNorm) -> Vec<Limit> {
    let limit = |text: &str, settings: &[(&str, &str)]| Limit {
        text: text.into(),
        data: None,
        settings: settings.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
    };
    let mut limits = Vec::new();
    if settings.depth != 4 {
        limits.push(limit("Four blocks: is post-norm as good there?", &[("depth", "4")]));
    }
    if settings.rate != 0.001 {
        limits.push(limit(
            "The usual learning rate of Adam, 0.001: what is left of the difference?",
            &[("rate", "0.001")],
        ));
    }
    if settings.tokens != 64 {
        limits.push(limit("64 random tokens together: does the theory of single tokens hold?", &[("tokens", "64")]));
    }
    limits
}
