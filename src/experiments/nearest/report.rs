//! What the outcome says, in sentences.

use normlab_plot::number::{format4, whole};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::chance::{ScoreDifference, difference};
use super::outcome::{NearestOutcome, Neighbours};
use super::wording::{class_name, row_number, said};
use super::{Model, Nearest, figures};
use crate::prepared::{Scaling, largest};
use crate::wording::{capital, listed, percent};
use crate::{ExperimentTable, Origin};

/// A feature that has more than this share of the squared distance drowns the others.
const DROWNS: f64 = 0.5;
/// A component of which one feature has more than this share is that feature.
const ALMOST_ALL: f64 = 0.95;

pub fn report(settings: &Nearest, data: &ExperimentTable, outcome: &NearestOutcome) -> Report {
    Report {
        headline: headline(settings, outcome),
        sentences: sentences(settings, outcome),
        figures: figures::figures(settings, outcome),
        tables: figures::tables(settings, outcome),
        facts: facts(settings, outcome),
        limits: limits(settings, data),
        ..Report::default()
    }
}

/// The feature with the largest share of the raw squared distance, and that share.
fn top(outcome: &NearestOutcome) -> Option<(&str, f64)> {
    let shares = outcome.shares_after(Scaling::Raw)?;
    let index = largest(shares);
    Some((outcome.prepared.features.get(index)?, shares[index]))
}

fn headline(settings: &Nearest, outcome: &NearestOutcome) -> String {
    let (model, scaling) = (settings.model, settings.scaling);
    let n = whole(outcome.prepared.n_rows() as u64);
    let Some(raw) = outcome.score(Scaling::Raw) else { return "The first scores are on their way.".into() };
    let raw_said = said(model, raw.value);
    let Some(scaled) = outcome.score(scaling) else {
        return format!("On raw data the score is {raw_said}; {} is on its way.", scaling.name());
    };
    let (scaled_said, after) = (said(model, scaled.value), scaling.name());
    let drowned = top(outcome).filter(|(_, share)| *share > DROWNS && scaled.value > raw.value);
    let opening = match (drowned, difference(model, outcome, scaling)) {
        (Some((feature, share)), ScoreDifference::Better) => {
            format!("One feature drowns the others: {feature} makes {} of the squared distance. ", percent(share))
        }
        (_, difference) => difference.opening().to_owned(),
    };
    match model {
        Model::Knn => format!(
            "{opening}Nearest neighbours are right for {raw_said} of {n} rows on raw data, and for {scaled_said} after {after}."
        ),
        Model::KMeans => format!(
            "{opening}The clusters of k-means agree with the classes to {raw_said} on raw data, and to {scaled_said} after \
             {after} (1 is perfect, 0 is chance)."
        ),
        Model::Pca => format!(
            "The first principal component has {raw_said} of the variance of the raw data, and {scaled_said} after {after}."
        ),
        Model::Logistic | Model::Ridge => {
            format!(
                "{opening}{} is right for {raw_said} of {n} rows on raw data, and for {scaled_said} after {after}.",
                capital(model.name())
            )
        }
        Model::Ols | Model::Tree => {
            let name = capital(&model.with_article());
            match outcome.n_changed(scaling).unwrap_or(0) {
                0 => format!(
                    "{name} does not notice the scaling: raw or after {after}, it predicts the same class for every one of \
                     {n} rows."
                ),
                changed => {
                    format!("{name} predicts another class for {} of {n} rows after {after}.", whole(changed as u64))
                }
            }
        }
    }
}

fn sentences(settings: &Nearest, outcome: &NearestOutcome) -> Vec<String> {
    let (model, scaling) = (settings.model, settings.scaling);
    let mut sentences = Vec::new();
    if outcome.scores.len() > 1 {
        sentences.push(scores(model, outcome));
    }
    sentences.extend(outcome.disagreement(scaling).filter(|_| model.counts_rows()).map(|found| found.said(scaling)));
    if let (Some((feature, share)), Some(shares)) = (top(outcome), outcome.shares_after(scaling)) {
        let most = largest(shares);
        let is_equal = shares.iter().all(|share| (share - shares[most]).abs() < 1e-9);
        let after = if is_equal {
            format!("every feature makes {}", percent(shares[most]))
        } else {
            format!("none makes more than {} ({})", percent(shares[most]), outcome.prepared.features[most])
        };
        let of = if model == Model::Pca { "variance" } else { "squared distance between rows" };
        sentences.push(format!(
            "On raw data, {feature} makes {} of the {of}; after {}, {after}.",
            percent(share),
            scaling.name()
        ));
    }
    if let Some(neighbours) = &outcome.neighbours {
        sentences.push(neighbourhood(settings, outcome, neighbours));
        if !neighbours.is_asked {
            sentences.push(format!(
                "Row {} is not among the rows that are used, so the neighbours are those of row {}.",
                whole(settings.row),
                row_number(outcome, neighbours.of)
            ));
        }
    }
    if let Some(raw) = outcome.components.first() {
        sentences.push(component(outcome, &raw.weights));
    }
    sentences.extend(why(settings, outcome));
    sentences.extend(outcome.prepared.notes.iter().cloned());
    sentences
}

fn scores(model: Model, outcome: &NearestOutcome) -> String {
    let each: Vec<String> =
        outcome.scores.iter().map(|score| format!("{} {}", score.scaling.name(), said(model, score.value))).collect();
    let n = whole(outcome.prepared.n_rows() as u64);
    match model {
        Model::KMeans => format!("Agreement of clusters and classes (adjusted Rand index): {}.", listed(&each)),
        Model::Pca => format!("Share of the first component in the variance: {}.", listed(&each)),
        Model::Knn => format!(
            "Right, of {n} rows: {}. Each row is judged by all others (leave-one-out); a scaling is fitted on {}.",
            listed(&each),
            outcome.prepared.fit_set()
        ),
        _ => format!(
            "Right, of {n} rows: {}. Each tenth of the rows is predicted by a model of the others; a scaling is fitted on \
             {}.",
            listed(&each),
            outcome.prepared.fit_set()
        ),
    }
}

/// What the first raw component is made of.
fn component(outcome: &NearestOutcome, weights: &[f64]) -> String {
    let features = &outcome.prepared.features;
    let first = largest(weights);
    let mut others = weights.to_vec();
    others[first] = -1.0;
    let second = largest(&others);
    if weights[first] > ALMOST_ALL {
        return format!(
            "{} of the squared weights of the first raw component are those of {}: it is that feature, by another name.",
            percent(weights[first]),
            features[first]
        );
    }
    format!(
        "The first raw component is a mixture: {} of its squared weights are those of {}, {} those of {}.",
        percent(weights[first]),
        features[first],
        percent(weights[second]),
        features[second]
    )
}

/// Why it came out so, as far as the outcome tells.
fn why(settings: &Nearest, outcome: &NearestOutcome) -> Option<String> {
    let worse = difference(settings.model, outcome, settings.scaling) == ScoreDifference::Worse;
    match settings.model {
        Model::Knn | Model::KMeans if worse => Some(
            "Scaling gives every feature the same say, also one that does not tell the classes apart; here the raw units \
             served better."
                .into(),
        ),
        Model::Logistic | Model::Ridge => Some(format!(
            "The penalty of {} is on the coefficients, and these are in the units of the features: another unit, another \
             model. {} of the rows are predicted otherwise after {}.",
            format4(settings.penalty),
            whole(outcome.n_changed(settings.scaling)? as u64),
            settings.scaling.name()
        )),
        Model::Ols => Some(
            "Another unit of a feature is made up for by its coefficient, so the predictions are the same; the \
             coefficients are not."
                .into(),
        ),
        Model::Tree => Some(
            "A tree asks whether one feature is above a threshold. Scaling keeps the order of the values, so the same \
             questions are there to ask."
                .into(),
        ),
        _ => None,
    }
}

fn neighbourhood(settings: &Nearest, outcome: &NearestOutcome, neighbours: &Neighbours) -> String {
    let kept = neighbours.raw.iter().filter(|(place, _)| neighbours.scaled.iter().any(|(other, _)| other == place));
    let (k, kept) = (neighbours.raw.len(), kept.count());
    let row = row_number(outcome, neighbours.of);
    let voted = |scaling| {
        let predicted = outcome.score(scaling).and_then(|score| score.predicted.get(neighbours.of).copied());
        class_name(outcome, predicted.unwrap_or(0)).to_owned()
    };
    let (raw, scaled) = (voted(Scaling::Raw), voted(settings.scaling));
    let own = class_name(outcome, outcome.prepared.class[neighbours.of]);
    let after = settings.scaling.name();
    let change = match (kept, k) {
        (1, 1) => format!("The row nearest to row {row} on raw data is nearest after {after}, too"),
        (0, 1) => format!("The row nearest to row {row} on raw data is not nearest any more after {after}"),
        (kept, k) if kept == k => format!("The {k} rows nearest to row {row} on raw data are so after {after}, too"),
        (0, _) => {
            format!("None of the {k} rows nearest to row {row} on raw data is among its {k} nearest after {after}")
        }
        (kept, _) => format!(
            "Of the {k} rows nearest to row {row} on raw data, {kept} {} among its {k} nearest after {after}",
            if kept == 1 { "is" } else { "are" }
        ),
    };
    if raw == scaled {
        format!("{change}. Raw and scaled, the nearest say {raw}, and it is {own}.")
    } else {
        format!("{change}. Raw the nearest say {raw}, scaled {scaled}, and it is {own}.")
    }
}

fn facts(settings: &Nearest, outcome: &NearestOutcome) -> Vec<Fact> {
    let mut facts = Vec::new();
    let model = settings.model;
    if let (Model::Knn | Model::KMeans, Some((feature, share))) = (model, top(outcome)) {
        let value = FactValue::Number(100.0 * share);
        let why = format!("A distance adds up squares, and in these units {feature} varies most.");
        facts.push(Fact { key: "share".into(), value, why });
    }
    if let (Model::Pca, Some(raw)) = (model, outcome.score(Scaling::Raw)) {
        let feature = top(outcome).map_or("", |(feature, _)| feature);
        let why =
            format!("The first component goes where the variance is, and in these units {feature} has most of it.");
        facts.push(Fact { key: "component".into(), value: FactValue::Number(raw.value), why });
    }
    if outcome.scores.len() < Scaling::EACH.len() {
        return facts;
    }
    match model {
        Model::Pca => {}
        Model::Ols | Model::Tree => {
            let changed = Scaling::EACH.iter().filter_map(|scaling| outcome.n_changed(*scaling)).max().unwrap_or(0);
            let n = outcome.prepared.n_rows();
            let value = FactValue::Choice(usize::from(changed * 100 > n));
            let why = match changed {
                0 => "No scaling changes the class that is predicted for any row.".into(),
                changed => format!(
                    "A scaling changes the class that is predicted for at most {} of {} rows; a value on the very threshold \
                     of a tree may fall to its other side by rounding.",
                    whole(changed as u64),
                    whole(n as u64)
                ),
            };
            facts.push(Fact { key: "changes".into(), value, why });
        }
        _ => {
            let values = outcome.scores.iter().map(|score| score.value).collect();
            facts.push(Fact { key: "order".into(), value: FactValue::Order(values), why: scores(model, outcome) });
        }
    }
    facts
}

/// States of this experiment in which the claim does not hold, but for the one that is open.
fn limits(settings: &Nearest, data: &ExperimentTable) -> Vec<Limit> {
    let limit = |text: &str, data: Option<&str>, model: Option<&str>| Limit {
        text: text.into(),
        data: data.map(String::from),
        settings: model.map(|model| ("model".into(), model.into())).into_iter().collect(),
    };
    let mut limits = Vec::new();
    let is_knn = settings.model == Model::Knn;
    if !(is_knn && data.origin == Origin::Made("noise")) {
        let text = "One feature tells the classes apart, and ten say nothing: does scaling help there?";
        limits.push(limit(text, Some("noise"), None));
    }
    if !(is_knn && data.origin == Origin::Sample("iris")) {
        let text = "Iris: four lengths, all in centimetres. Does scaling help there?";
        limits.push(limit(text, Some("iris"), None));
    }
    if settings.model != Model::Tree {
        limits.push(limit("A decision tree compares no rows: does it notice the scaling?", None, Some("tree")));
    }
    if settings.model != Model::Ols {
        limits.push(limit("Ordinary least squares can make up for any unit: does it?", None, Some("ols")));
    }
    limits
}
