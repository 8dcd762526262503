//! What the outcome says, in sentences.

use normlab_plot::number::{format4, whole};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::outcome::{OutliersOutcome, index, largest_z};
use super::planted::{FACTORS, SPLITS};
use super::planted_outcome::Planted;
use super::spread::AFFINE;
use super::wording::{RULE, first_beyond, moved, planted_name};
use super::{EVEN, FARTHEST, FarValue, PlantedIn, figures, tables};
use crate::prepared::Scaling;
use crate::wording::{capital, listed, percent};
use crate::{ExperimentTable, Origin};

/// The others keep nearly all of their range when it is this share.
const NEARLY_ALL: f64 = 0.9;
/// Shares that differ by less than this factor are as good as equal.
const BARELY: f64 = 1.05;
/// Shares that differ by this factor differ clearly.
const CLEARLY: f64 = 1.5;
/// What rounding may change of a relative distance.
const ROUNDING: f64 = 1e-6;

pub fn report(settings: &FarValue, data: &ExperimentTable, outcome: &OutliersOutcome) -> Report {
    Report {
        headline: headline(outcome),
        sentences: sentences(outcome),
        figures: figures::figures(outcome),
        tables: tables::tables(outcome),
        facts: facts(outcome),
        limits: limits(settings, data),
        ..Report::default()
    }
}

/// `1 value is`, `6 values are`.
fn values_are(count: usize) -> String {
    if count == 1 { "1 value is".into() } else { format!("{} values are", whole(count as u64)) }
}

/// `min-max 33.33%, max-abs 20% and robust 99%`.
fn each(values: [f64; 4], said: impl Fn(f64) -> String) -> String {
    listed(&AFFINE.map(|scaling| format!("{} {}", scaling.name(), said(values[index(scaling)]))))
}

fn headline(outcome: &OutliersOutcome) -> String {
    let [z, min_max, robust] = [Scaling::ZScore, Scaling::MinMax, Scaling::Robust].map(|one| outcome.kept_after(one));
    let opening = match (z >= NEARLY_ALL, min_max >= NEARLY_ALL, z / min_max) {
        (true, true, _) => "So near, it hardly matters",
        (true, false, _) => "Here it does",
        (false, _, CLEARLY..) => "Only partly",
        (false, _, BARELY..) => "Hardly",
        (false, ..) => "No",
    };
    let of = match &outcome.column.name {
        Some(name) => format!(" of {name}"),
        None => String::new(),
    };
    let mut headline = format!(
        "{opening}: with {}{of} at {}, the other {} values keep {} of their range after z-score, {} after min-max and {} \
         after robust.",
        moved(&outcome.column),
        format4(outcome.place),
        whole(outcome.column.others.len() as u64),
        percent(z),
        percent(min_max),
        percent(robust)
    );
    if let Some(planted) = done(outcome) {
        let share = |scaling, factor| percent(planted.share(index(scaling), factor));
        headline += &format!(
            " Nearest neighbours are right for {} of the test rows after z-score, and for {} once {} {} times too \
             large; after robust for {} and {}.",
            share(Scaling::ZScore, 0),
            share(Scaling::ZScore, 2),
            values_are(planted.n_planted),
            format4(FACTORS[2]),
            share(Scaling::Robust, 0),
            share(Scaling::Robust, 2)
        );
    }
    headline
}

/// Nearest neighbours, when all splits are done.
fn done(outcome: &OutliersOutcome) -> Option<&Planted> {
    outcome.planted.as_ref().filter(|planted| planted.splits == SPLITS)
}

fn sentences(outcome: &OutliersOutcome) -> Vec<String> {
    let column = &outcome.column;
    let mut sentences = vec![format!(
        "Range of the others beside {} at {}: {}; without it: {}.",
        moved(column),
        format4(outcome.place),
        each([0, 1, 2, 3].map(|index| outcome.spreads[index].range()), format4),
        each([0, 1, 2, 3].map(|index| outcome.alone[index].range()), format4)
    )];
    sentences.push(spacing(outcome));
    sentences.extend(in_the_long_run(outcome));
    sentences.push(rule(outcome));
    if column.has_one_middle() {
        sentences.push(
            "The middle half of the values is a single value, so robust scaling has no range to divide by and divides by 1."
                .into(),
        );
    }
    sentences.extend(done(outcome).map(neighbours));
    sentences.extend(outcome.notes.iter().cloned());
    sentences
}

/// Whether the relative spacing is kept.
fn spacing(outcome: &OutliersOutcome) -> String {
    let column = &outcome.column;
    let before = outcome.far / 4.0;
    let after = [0, 1, 2, 3].map(|index| outcome.spreads[index].ranges_away().unwrap_or_default());
    let name = capital(moved(column));
    if after.iter().all(|after| (after - before).abs() <= ROUNDING * before) {
        return format!(
            "{name} is {} ranges of the others from their middle before scaling, and just as far after each of the four: to \
             subtract and to divide keeps relative spacing, so none of them brings an outlier any closer.",
            format4(before)
        );
    }
    format!(
        "{name} is {} ranges of the others from their middle before scaling; after it, but for rounding, as far: {}.",
        format4(before),
        each(after, format4)
    )
}

/// What ten times the distance does, far out.
fn in_the_long_run(outcome: &OutliersOutcome) -> Option<String> {
    let (from, to) = outcome.last_decade()?;
    let ratios = [0, 1, 2, 3].map(|index| to.ranges[index] / from.ranges[index]);
    let kept = |scaling: Scaling| to.ranges[index(scaling)] / outcome.alone[index(scaling)].range();
    let (z, min_max) = (kept(Scaling::ZScore), kept(Scaling::MinMax));
    let shrinks = (ratios[index(Scaling::ZScore)] - 0.1).abs() < 0.005;
    let law = if shrinks {
        "Far out, z-score follows the law of min-max: ten times as far, a tenth as wide"
    } else {
        "Far out"
    };
    Some(format!(
        "{law}. Of the range of the others at {}, this is left at {}: {}. What z-score keeps there is {} times what min-max keeps.",
        format4(from.far),
        format4(FARTHEST),
        each(ratios, percent),
        format4(z / min_max)
    ))
}

/// What the rule of three standard deviations finds.
fn rule(outcome: &OutliersOutcome) -> String {
    let n = outcome.column.n() as f64;
    let (z, limit) = (outcome.z(), largest_z(n));
    let bounded = format!(
        "One of {} values cannot have a z-score above \u{221a}({} \u{2212} 1) = {}; {} has {}",
        whole(n as u64),
        whole(n as u64),
        format4(limit),
        moved(&outcome.column),
        format4(z)
    );
    let rule = format!("|z| > {}", format4(RULE));
    if n < first_beyond(RULE) {
        return format!(
            "{bounded}. So the rule {rule} finds no outlier here, however far away one is: it needs at least {} values.",
            format4(first_beyond(RULE))
        );
    }
    let found = if z > RULE { "finds it" } else { "does not find it" };
    format!("{bounded}. The rule {rule} {found}; below {} values it cannot find anything.", format4(first_beyond(RULE)))
}

fn neighbours(planted: &Planted) -> String {
    let shares = |factor: usize| each([0, 1, 2, 3].map(|index| planted.share(index, factor)), percent);
    let features = match planted.features.as_slice() {
        [] => format!("{} of {} features chosen at random for each split", planted.n_planted, planted.n_features),
        names => listed(names),
    };
    let by_factor: Vec<String> = FACTORS
        .into_iter()
        .enumerate()
        .map(|(index, factor)| format!("{}: {}", planted_name(factor), shares(index)))
        .collect();
    let loss = |scaling: Scaling| planted.share(index(scaling), 0) - planted.share(index(scaling), 2);
    let points = |loss: f64| format4((1000.0 * loss).round() / 10.0);
    format!(
        "Test rows that nearest neighbours have right, with one training value too large in each of {features}. {}. At {} \
         times, that costs z-score {} points, min-max {} and robust {}.",
        capital(&by_factor.join("; ")),
        format4(FACTORS[2]),
        points(loss(Scaling::ZScore)),
        points(loss(Scaling::MinMax)),
        points(loss(Scaling::Robust))
    )
}

fn facts(outcome: &OutliersOutcome) -> Vec<Fact> {
    let fact = |key: &str, value, why| Fact { key: key.into(), value, why };
    let kept = outcome.kept_after(Scaling::ZScore);
    let name = moved(&outcome.column);
    let times = if kept > 0.0 { format4(1.0 / kept) } else { "many".into() };
    let mut facts = vec![
        fact(
            "kept",
            FactValue::Number(100.0 * kept),
            format!("With {name}, the standard deviation is {times} times as large, and z-score divides by it."),
        ),
        fact(
            "order",
            FactValue::Order(outcome.kept_shares().to_vec()),
            format!(
                "{}. Min-max and max-abs divide by the distance of {name} itself, z-score by a standard deviation that grows \
                 with it, robust by the middle half of the values.",
                capital(&each(outcome.kept_shares(), percent))
            ),
        ),
        fact("largest", FactValue::Number(largest_z(outcome.column.n() as f64)), {
            let n = outcome.column.n() as u64;
            format!(
                "The squares of all z-scores add up to {}, and the scores to 0: one value can have at most {} of these \
                     squares, when the others share the rest equally.",
                whole(n),
                whole(n - 1)
            )
        }),
    ];
    if let Some(planted) = done(outcome) {
        let shares = [0, 1, 2, 3].map(|index| planted.share(index, 2));
        let why = format!("Right after {}.", each(shares, percent));
        facts.push(fact("right", FactValue::Order(shares.to_vec()), why));
    }
    facts
}

/// States of this experiment that answer otherwise, but for the one that is open.
fn limits(settings: &FarValue, data: &ExperimentTable) -> Vec<Limit> {
    let limit = |text: &str, data: Option<&str>, settings: &[(&str, &str)]| Limit {
        text: text.into(),
        data: data.map(String::from),
        settings: settings.iter().map(|(key, text)| ((*key).into(), (*text).into())).collect(),
    };
    let even = data.origin == Origin::Made(EVEN);
    let mut limits = Vec::new();
    if !(even && settings.rows == 10) {
        let text = "Ten values, one of them 500 times as far as the edge of the others: does the rule |z| > 3 find it?";
        limits.push(limit(text, Some(EVEN), &[("rows", "10"), ("far", "1000")]));
    }
    if !(even && settings.rows == 10_000) {
        let text = "One far value among 10,000: does z-score keep more there?";
        limits.push(limit(text, Some(EVEN), &[("rows", "10000"), ("far", "100")]));
    }
    if !(even && settings.far == super::NEAREST) {
        let text = "A value at the edge of the others is no outlier: which scaling keeps most then?";
        limits.push(limit(text, Some(EVEN), &[("far", "2")]));
    }
    let wine = data.origin == Origin::Sample("wine");
    if !(wine && settings.planted == PlantedIn::Best) {
        let text = "Wine: what do planted outliers do to nearest neighbours?";
        limits.push(limit(text, Some("wine"), &[]));
    }
    if !(wine && settings.planted == PlantedIn::Chance) {
        let text = "Outliers in any half of the features, not in the best: is the loss as large?";
        limits.push(limit(text, Some("wine"), &[("planted", "chance")]));
    }
    limits
}
