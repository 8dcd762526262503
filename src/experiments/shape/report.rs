//! What the outcome says, in sentences.

use normlab_plot::number::digits;
use normlab_report::{Fact, FactValue, Limit, Report};

use super::figures::{figures, said, table};
use super::reshaping::Reshaping;
use super::{Reshaped, ShapeKept, ShapeOutcome};
use crate::wording::{capital, listed};
use crate::{ExperimentTable, Origin};

/// What rounding may change of a skewness or kurtosis, beside its own size.
const ROUNDING: f64 = 1e-6;

pub fn report(settings: &ShapeKept, data: &ExperimentTable, outcome: &ShapeOutcome) -> Report {
    Report {
        headline: headline(settings, outcome),
        sentences: sentences(settings, outcome),
        figures: figures(settings, outcome),
        tables: vec![table(outcome)],
        facts: facts(settings, outcome),
        limits: limits(settings, data),
        ..Report::default()
    }
}

/// Whether a transformation leaves skewness and kurtosis as they are, but for rounding.
fn keeps(outcome: &ShapeOutcome, after: &Reshaped) -> bool {
    let (raw, form) = (outcome.raw, after.form);
    let same = |a: f64, b: f64| (a - b).abs() <= ROUNDING * a.abs().max(1.0);
    same(raw.skewness, form.skewness) && same(raw.kurtosis, form.kurtosis)
}

fn headline(settings: &ShapeKept, outcome: &ShapeOutcome) -> String {
    let (raw, name) = (outcome.raw, &outcome.column.name);
    let Some(after) = outcome.after(settings.shown) else {
        return format!(
            "The skewness of {name} is {}; what it is after {} is on its way.",
            said(raw.skewness),
            settings.shown.name()
        );
    };
    let by = capital(after.by.name());
    if keeps(outcome, after) {
        return format!(
            "No. {by} keeps the shape: the skewness of {name} is {} before and after, its excess kurtosis {} before and after.",
            said(raw.skewness),
            said(raw.kurtosis)
        );
    }
    format!(
        "{by} changes the shape: the skewness of {name} goes from {} to {}, its excess kurtosis from {} to {}.",
        said(raw.skewness),
        said(after.form.skewness),
        said(raw.kurtosis),
        said(after.form.kurtosis)
    )
}

fn sentences(settings: &ShapeKept, outcome: &ShapeOutcome) -> Vec<String> {
    let (kept, changed): (Vec<&Reshaped>, Vec<&Reshaped>) =
        outcome.reshaped.iter().partition(|after| keeps(outcome, after));
    let mut sentences = Vec::new();
    if !kept.is_empty() {
        let names: Vec<&str> = kept.iter().map(|after| after.by.name()).collect();
        sentences.push(format!(
            "Skewness and excess kurtosis are the same before and after: {}. To subtract and to divide moves and stretches all \
             values alike, so the curves of raw and scaled values lie on each other.",
            listed(&names)
        ));
    }
    if !changed.is_empty() {
        let each: Vec<String> =
            changed.iter().map(|after| format!("{} {}", after.by.name(), said(after.form.skewness))).collect();
        sentences.push(format!(
            "Skewness after the others, which bend the axis: {}; raw {}.",
            listed(&each),
            said(outcome.raw.skewness)
        ));
    }
    if let (Some(best), true) = (straightest(outcome), outcome.reshaped.len() == outcome.n_expected()) {
        sentences.push(format!(
            "Most like a normal distribution is the result of {}: its Q-Q points correlate with a line to {}, the raw ones to \
             {}.",
            best.by.name(),
            digits(best.form.straightness, 5),
            digits(outcome.raw.straightness, 5)
        ));
    }
    if let Some(Reshaped { power: Some(power), .. }) = outcome.after(Reshaping::YeoJohnson) {
        sentences.push(format!("The power that Yeo-Johnson finds is {}; 1 changes nothing.", said(*power)));
    }
    if settings.shown == Reshaping::Quantile {
        sentences.push(
            "Quantile replaces each value by the normal score of its rank: any column without ties becomes normal, and all \
             distances between values are lost."
                .into(),
        );
    }
    if outcome.column.values[0] <= 0.0 {
        sentences.push(format!(
            "The logarithm is left out: it needs values above 0, and the least is {}.",
            said(outcome.column.values[0])
        ));
    }
    sentences.extend(outcome.column.notes.iter().cloned());
    sentences
}

fn straightest(outcome: &ShapeOutcome) -> Option<&Reshaped> {
    outcome.reshaped.iter().max_by(|a, b| a.form.straightness.total_cmp(&b.form.straightness))
}

fn facts(settings: &ShapeKept, outcome: &ShapeOutcome) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(after) = outcome.after(settings.shown) {
        let why = if keeps(outcome, after) {
            "Skewness is computed of z-scores, and these are the same whatever is subtracted or divided by before."
        } else {
            "It bends the axis: large values are moved by other amounts than small ones."
        };
        let value = FactValue::Number(after.form.skewness);
        facts.push(Fact { key: "skewness".into(), value, why: why.into() });
    }
    if outcome.reshaped.len() == outcome.n_expected() {
        let values: Vec<f64> = outcome.reshaped.iter().map(|after| after.form.straightness).collect();
        let each: Vec<String> = outcome
            .reshaped
            .iter()
            .map(|after| format!("{} {}", after.by.name(), digits(after.form.straightness, 5)))
            .collect();
        let why = format!("By the correlation of the Q-Q points: {}.", listed(&each));
        // What differs by rounding alone is equal.
        let values = values.into_iter().map(|value| (value * 1e9).round() / 1e9).collect();
        facts.push(Fact { key: "order".into(), value: FactValue::Order(values), why });
    }
    facts
}

/// States of this experiment that answer otherwise, but for the one that is open.
fn limits(settings: &ShapeKept, data: &ExperimentTable) -> Vec<Limit> {
    let limit = |text: &str, data: &str, shown: Reshaping| Limit {
        text: text.into(),
        data: Some(data.into()),
        settings: vec![("shown".into(), slug(shown).into())],
    };
    let is_open =
        |made: &str, shown| matches!(data.origin, Origin::Made(slug) if slug == made) && settings.shown == shown;
    let states = [
        ("A logarithm bends the axis: does it make lognormal values normal?", "lognormal", Reshaping::Logarithm),
        ("Two groups: does the best power of Yeo-Johnson make one hill of them?", "two-groups", Reshaping::YeoJohnson),
        ("Two groups: what does quantile do to the gap between them?", "two-groups", Reshaping::Quantile),
    ];
    let closed = states.into_iter().filter(|(_, made, shown)| !is_open(made, *shown));
    closed.map(|(text, made, shown)| limit(text, made, shown)).collect()
}

fn slug(shown: Reshaping) -> &'static str {
    use normlab_parameters::Options;
    Reshaping::ALL.iter().find(|(one, ..)| *one == shown).map_or("", |(_, slug, _)| slug)
}
