//! What the outcome says, in sentences.

use normlab_plot::number::{format4, whole};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::outcome::{RATES, RatesOutcome};
use super::{DepthMap, LearningRates, figures};
use crate::networks::{Hidden, NetworkNorm, NetworkRun, alert, said_divergence};
use crate::wording::{listed, percent};
use crate::{Experiment, ExperimentTable, Origin};

pub fn report(settings: &LearningRates, data: &ExperimentTable, outcome: &RatesOutcome) -> Report {
    Report {
        headline: headline(outcome),
        sentences: sentences(settings, outcome),
        figures: figures::figures(settings, outcome),
        tables: figures::tables(outcome),
        facts: if outcome.is_done() { facts(outcome) } else { Vec::new() },
        limits: limits(settings, data, outcome),
        alert: alert(&NetworkNorm::named(&outcome.runs)),
        arrays: if outcome.is_done() { outcome.arrays.clone() } else { Vec::new() },
    }
}

fn pairs(outcome: &RatesOutcome) -> impl Iterator<Item = (NetworkNorm, &NetworkRun)> {
    NetworkNorm::EACH.into_iter().zip(&outcome.runs)
}

fn headline(outcome: &RatesOutcome) -> String {
    let rate = format4(outcome.rate);
    let none = &outcome.runs[0];
    if !outcome.has_scores() {
        return match none.diverged {
            Some(diverged) => format!(
                "At learning rate {rate}, the network without normalization {}; the others are still training.",
                said_divergence(diverged)
            ),
            None => format!("Five networks train from the same start at learning rate {rate}."),
        };
    }
    let best = pairs(outcome).skip(1).fold(None, |best: Option<(NetworkNorm, &NetworkRun)>, one| match best {
        Some(best) if best.1.accuracy() >= one.1.accuracy() => Some(best),
        _ => Some(one),
    });
    let Some((norm, run)) = best else { return String::new() };
    let of = format!("of the test {}", outcome.task.things);
    let with = match run.diverged {
        Some(_) => "with every norm it diverges, too".to_owned(),
        None if outcome.learnt_nothing(run) => {
            format!("with every norm, too, it learns nothing (at best {} {of} right)", percent(run.accuracy()))
        }
        None => format!("with {} it gets {} {of} right", norm.name(), percent(run.accuracy())),
    };
    let without = match none.diverged {
        Some(diverged) => said_divergence(diverged),
        None if outcome.learnt_nothing(none) => format!("learns nothing ({} {of} right)", percent(none.accuracy())),
        None => format!("gets {} {of} right", percent(none.accuracy())),
    };
    format!("At learning rate {rate}, the network without normalization {without}; {with}.")
}

/// How all end at the chosen rate.
fn scores(outcome: &RatesOutcome) -> String {
    let each: Vec<String> = pairs(outcome)
        .map(|(norm, run)| match run.diverged {
            Some(diverged) => format!("{} {}", norm.name(), said_divergence(diverged)),
            None => format!("{} {}", norm.name(), percent(run.accuracy())),
        })
        .collect();
    format!("Right of {} test {}: {}.", whole(outcome.task.n_test as u64), outcome.task.things, listed(&each))
}

/// Up to which rate each survives.
fn survival(outcome: &RatesOutcome) -> String {
    let each: Vec<String> = NetworkNorm::EACH
        .iter()
        .map(|norm| match outcome.largest(*norm) {
            Some(rate) => format!("{} {}", norm.name(), format4(RATES[rate])),
            None => format!("{} none", norm.name()),
        })
        .collect();
    format!("The largest learning rate of the map with more than half right: {}.", listed(&each))
}

/// Both explanations, measured.
fn disputed(outcome: &RatesOutcome) -> Option<String> {
    // What does not learn does not move.
    let learns = |(_, run): &(NetworkNorm, &NetworkRun)| run.diverged.is_none() && !outcome.learnt_nothing(run);
    let drift: Vec<String> =
        pairs(outcome).filter(learns).map(|(norm, run)| format!("{} {}", norm.name(), format4(run.drift))).collect();
    let drift = match drift.as_slice() {
        [] | [_] => "The first is measured at learning rates at which several of them learn;".to_owned(),
        several => format!(
            "From one point of the curves to the next, the means that reach the last activation move by so many standard \
             deviations: {};",
            listed(several)
        ),
    };
    let at = |norm: NetworkNorm| figures::lowest(&outcome.landscapes.get(norm.role())?.points);
    let (none, batch) = (at(NetworkNorm::None)?, at(NetworkNorm::Batch)?);
    Some(format!(
        "Why norm layers help is disputed: steadier activations (Ioffe and Szegedy), or a smoother loss (Santurkar et al.). \
         {drift} along the first gradient the loss falls up to a step of {} without normalization, and up to {} with BatchNorm.",
        format4(none.0),
        format4(batch.0)
    ))
}

fn sentences(settings: &LearningRates, outcome: &RatesOutcome) -> Vec<String> {
    let mut sentences = Vec::new();
    if outcome.has_scores() {
        sentences.push(scores(outcome));
    }
    if outcome.is_done() {
        sentences.push(survival(outcome));
        sentences.extend(disputed(outcome));
    }
    if let Some(law) = outcome.scale_law {
        sentences.push(format!(
            "Exact under BatchNorm, but for its eps: weights times 10 leave the loss as it is ({} before, {} after) and divide \
             their gradient by 10 (by {}), so weights that have grown take smaller steps.",
            format4(law.loss.0),
            format4(law.loss.1),
            format4(law.gradient.0 / law.gradient.1)
        ));
    }
    sentences.push(format!(
        "All networks start from the same weights and see the same batches of {}: {} hidden layers of {} units with {}, \
         {} steps of plain gradient descent; GroupNorm has {} groups.",
        whole(settings.batch),
        whole(settings.depth),
        super::WIDTH,
        settings.hidden.name(),
        whole(settings.steps),
        NetworkNorm::GROUPS
    ));
    sentences.push(format!("{}.", outcome.task.split));
    sentences.extend(outcome.task.notes.iter().cloned());
    sentences
}

fn facts(outcome: &RatesOutcome) -> Vec<Fact> {
    let survives = outcome.largest(NetworkNorm::None).unwrap_or(RATES.len());
    let values = outcome.runs.iter().map(NetworkRun::accuracy).collect();
    vec![
        Fact { key: "survives".into(), value: FactValue::Choice(survives), why: survival(outcome) },
        Fact { key: "order".into(), value: FactValue::Order(values), why: scores(outcome) },
    ]
}

/// States of this experiment that answer otherwise; after a divergence, what helps.
fn limits(settings: &LearningRates, data: &ExperimentTable, outcome: &RatesOutcome) -> Vec<Limit> {
    let limit = |text: String, data: Option<&str>, settings: &[(&str, String)]| Limit {
        text,
        data: data.map(String::from),
        settings: settings.iter().map(|(key, value)| ((*key).into(), value.clone())).collect(),
    };
    let mut limits = Vec::new();
    let rate = settings.rate;
    let failed = |run: &NetworkRun| run.diverged.is_some() || outcome.learnt_nothing(run);
    if outcome.runs.first().is_some_and(failed)
        && let Some(lower) = outcome.largest(NetworkNorm::None).map(|index| RATES[index]).filter(|lower| *lower < rate)
    {
        let text =
            format!("The remedy without a norm layer is a smaller learning rate: what does {} give?", format4(lower));
        // What else was chosen stays.
        limits.push(Limit { text, data: None, settings: LearningRates { rate: lower, ..settings.clone() }.changed() });
    }
    if rate != 0.01 {
        let text = "At a careful learning rate, does a norm layer still matter?".to_owned();
        limits.push(limit(text, None, &[("rate", "0.01".into())]));
    }
    if rate != 10.0 {
        let text = "At learning rate 10, does any norm survive?".to_owned();
        limits.push(limit(text, None, &[("rate", "10".into())]));
    }
    if settings.map == DepthMap::Off {
        for (norm, slug) in [("without normalization", "none"), ("with BatchNorm", "batch-norm")] {
            let text = format!("Deeper or shallower networks {norm}: which learning rates survive?");
            limits.push(limit(text, None, &[("map", slug.into())]));
        }
    }
    if settings.hidden != Hidden::Sigmoid {
        let text = "Sigmoids in place of ReLU, six layers deep: does the network without normalization learn at all?";
        let values = [("activation", "sigmoid"), ("depth", "6"), ("rate", "0.5"), ("steps", "600")]
            .map(|(k, v)| (k, v.to_owned()));
        limits.push(limit(text.into(), Some("digits"), &values));
    }
    if data.origin != Origin::Sample("wine") {
        let text = "A table of 13 measurements in place of images: are the limits the same?".to_owned();
        limits.push(limit(text, Some("wine"), &[]));
    }
    limits
}
