//! What the outcome says, in sentences.

use normlab_plot::number::whole;
use normlab_report::{Fact, FactValue, Limit, Report};

use super::fit_scope::FitScope;
use super::outcome::LeakageOutcome;
use super::wording::{counted, outside_law, percent, points, signed};
use super::{Leakage, LeakageCase, figures, tables};
use crate::prepared::Scaling;
use crate::{ExperimentTable, Origin};

pub fn report(settings: &Leakage, data: &ExperimentTable, outcome: &LeakageOutcome) -> Report {
    if outcome.n_done() == 0 {
        return Report { headline: "The first scores are on their way.".into(), ..Report::default() };
    }
    Report {
        headline: headline(settings, outcome),
        sentences: sentences(settings, data, outcome),
        figures: figures::figures(settings, outcome),
        tables: tables::tables(settings, outcome),
        facts: if outcome.is_done() { facts(settings, outcome) } else { Vec::new() },
        limits: limits(settings, data),
        ..Report::default()
    }
}

fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

fn headline(settings: &Leakage, outcome: &LeakageOutcome) -> String {
    let doing = match settings.case {
        LeakageCase::Ordinary | LeakageCase::Noise => {
            format!("Fitting the {} scaler on all rows", settings.scaling.name())
        }
        LeakageCase::Drift => "Rescaling by the range of all steps".into(),
        LeakageCase::Selection => "Selecting the features on all rows".into(),
    };
    let (honest, leaky) = (percent(outcome.score(0).mean), percent(outcome.score(outcome.leak).mean));
    let of = if settings.case == LeakageCase::Drift { "the walks" } else { "the test rows" };
    let difference = outcome.difference(outcome.leak);
    let effect = match (difference.is_told_from_chance(), difference.mean > 0.0) {
        (true, true) => "raises the score".to_owned(),
        (true, false) => "lowers the score".to_owned(),
        (false, _) => {
            format!("makes no difference that {} can tell from chance", counted(settings, outcome.n_done()))
        }
    };
    format!(
        "{doing} {effect}: {leaky} of {of} are right instead of {honest}, {} percentage points (standard error {}).",
        signed(difference.mean),
        points(difference.error)
    )
}

fn scores(settings: &Leakage, outcome: &LeakageOutcome) -> String {
    let each: Vec<String> = outcome
        .scopes
        .iter()
        .enumerate()
        .map(|(index, scope)| format!("{} {}", scope.name(), percent(outcome.score(index).mean)))
        .collect();
    let error = (0..outcome.scopes.len()).map(|scope| outcome.score(scope).error).fold(0.0, f64::max);
    format!(
        "Right, on average over {}: {} (standard errors up to {} points).",
        counted(settings, outcome.n_done()),
        listed(&each),
        points(error)
    )
}

fn lower_and_higher(settings: &Leakage, outcome: &LeakageOutcome) -> String {
    let (lower, higher) = outcome.lower_and_higher(outcome.leak);
    format!(
        "The leak lowers the score in {} of {}, raises it in {}, and changes nothing in {}.",
        whole(lower as u64),
        counted(settings, outcome.n_done()),
        whole(higher as u64),
        whole((outcome.n_done() - lower - higher) as u64)
    )
}

/// Why it came out so, as far as the outcome tells.
fn why(settings: &Leakage, outcome: &LeakageOutcome) -> String {
    let is_told = outcome.difference(outcome.leak).is_told_from_chance();
    match settings.case {
        LeakageCase::Ordinary | LeakageCase::Noise => {
            "A scaler does not see the classes: it moves and stretches the features a little, which puts some test rows right \
             and others wrong."
                .into()
        }
        LeakageCase::Drift if is_told => {
            "The range of all steps contains the end of the walk: where the walk is going to rise, the last known value lies \
             low in that range."
                .into()
        }
        LeakageCase::Selection if is_told => format!(
            "Among {} features of noise, some agree with the classes of the test rows by chance, and selecting on all rows \
             picks those.",
            whole(settings.candidates)
        ),
        LeakageCase::Drift | LeakageCase::Selection => {
            format!("What leaks is too little for {} to tell from chance.", counted(settings, outcome.n_done()))
        }
    }
}

fn sentences(settings: &Leakage, data: &ExperimentTable, outcome: &LeakageOutcome) -> Vec<String> {
    let mut sentences = vec![scores(settings, outcome), lower_and_higher(settings, outcome), why(settings, outcome)];
    let (train, test) = (whole(outcome.n_train as u64), whole(outcome.n_test as u64));
    sentences.push(match settings.case {
        LeakageCase::Ordinary => format!(
            "Each split trains {} on {train} rows and tests it on {test} others.",
            neighbours(settings.k)
        ),
        LeakageCase::Noise | LeakageCase::Selection => format!(
            "Classes are tossed with a coin, so no honest model can be expected to be right for more than half of new rows; the nearest of {train} \
             training rows tells the class of each of {test} test rows."
        ),
        LeakageCase::Drift => format!(
            "After {train} steps the rule says \u{201c}up\u{201d} if the last value, rescaled from 0 to 1, is less than 0.5; it \
             is right if the walk ends there, {test} steps later. A random walk has no memory, so no honest rule can be \
             expected to be right for more than half of the walks."
        ),
    });
    sentences.extend(alone(settings, outcome));
    sentences.extend(outside(settings, outcome));
    if settings.case == LeakageCase::Ordinary {
        if data.fitted_on.is_some() {
            sentences.push(
                "The training rows that are chosen in Explore are not used here: every split draws its own, as one split cannot \
                 tell an effect from chance."
                    .into(),
            );
        }
        sentences.push(
            "The splits share one table, so a standard error says how exactly they are averaged, not what another table would \
             give."
                .into(),
        );
    }
    if settings.case != LeakageCase::Ordinary && !data.name.is_empty() {
        sentences.push(format!("This case makes its own data: the table {} is not used.", data.name));
    }
    sentences.extend(outcome.notes.iter().cloned());
    sentences
}

fn neighbours(k: u64) -> String {
    if k == 1 { "the nearest neighbour".into() } else { format!("the {k} nearest neighbours") }
}

/// What scaling test rows by their own statistics does, or scaling on all rows beside a selection.
fn alone(settings: &Leakage, outcome: &LeakageOutcome) -> Option<String> {
    let changed = |scope: FitScope| {
        let index = outcome.scopes.iter().position(|known| *known == scope)?;
        let difference = outcome.difference(index);
        let said = format!("{} points", signed(difference.mean));
        Some(if difference.is_told_from_chance() { said } else { format!("{said}, within chance") })
    };
    if settings.case == LeakageCase::Selection {
        let scaled = changed(FitScope::ScalerOnAll)?;
        return Some(format!("Fitting only the scaler on all rows, and selecting on the training rows: {scaled}."));
    }
    let (own, batch) = (changed(FitScope::TestOwn)?, changed(FitScope::PerBatch)?);
    let what = if settings.case == LeakageCase::Drift {
        format!("By the range of the test steps alone: {own}; of the first {} of them: {batch}.", whole(settings.batch))
    } else {
        format!(
            "Scaling the test rows by their own statistics: {own}; in batches of {}: {batch}.",
            whole(settings.batch)
        )
    };
    Some(what)
}

fn outside(settings: &Leakage, outcome: &LeakageOutcome) -> Option<String> {
    let (honest, leaky) = (outcome.outside(0)?, outcome.outside(outcome.leak)?);
    let n = whole(outcome.n_train as u64);
    Some(match settings.case {
        LeakageCase::Drift => format!(
            "Rescaled by the steps before, {} of the test steps lie outside of 0 to 1; by all steps, {}.",
            percent(honest.mean),
            percent(leaky.mean)
        ),
        _ => format!(
            "{} of the test values lie outside of the range of the training rows; a new value lies outside of the range of {n} \
             others with probability 2/({n} + 1) = {} where no two are equal.",
            percent(honest.mean),
            percent(outside_law(outcome.n_train))
        ),
    })
}

fn facts(settings: &Leakage, outcome: &LeakageOutcome) -> Vec<Fact> {
    let difference = outcome.difference(outcome.leak);
    let (lower, _) = outcome.lower_and_higher(outcome.leak);
    let worse = match (difference.is_told_from_chance() && difference.mean < 0.0, lower) {
        (true, _) => 2,
        (false, 0) => 0,
        (false, _) => 1,
    };
    let values = (0..outcome.scopes.len()).map(|scope| outcome.score(scope).mean).collect();
    vec![
        Fact {
            key: "difference".into(),
            value: FactValue::Number(100.0 * difference.mean),
            why: why(settings, outcome),
        },
        Fact { key: "worse".into(), value: FactValue::Choice(worse), why: lower_and_higher(settings, outcome) },
        Fact { key: "order".into(), value: FactValue::Order(values), why: scores(settings, outcome) },
    ]
}

/// States of this experiment that answer otherwise, but for the one that is open.
fn limits(settings: &Leakage, data: &ExperimentTable) -> Vec<Limit> {
    let limit = |text: &str, data: Option<&str>, settings: &[(&str, &str)]| Limit {
        text: text.into(),
        data: data.map(String::from),
        settings: settings.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
    };
    let mut limits = Vec::new();
    let is_ordinary = settings.case == LeakageCase::Ordinary;
    let is_cancer = is_ordinary && data.origin == Origin::Sample("breast-cancer") && settings.train == 10;
    if !(is_cancer && settings.scaling == Scaling::MinMax) {
        let text = "Ten training rows and min-max: does the leak go the same way?";
        limits.push(limit(text, Some("breast-cancer"), &[("scaling", "min-max")]));
    }
    if !(is_cancer && settings.scaling == Scaling::ZScore) {
        let text = "Ten training rows and z-score: does the leak go the same way?";
        limits.push(limit(text, Some("breast-cancer"), &[]));
    }
    if !(is_ordinary && settings.train >= 120) {
        let text = "With 120 training rows: is there still a difference?";
        limits.push(limit(text, Some("breast-cancer"), &[("train", "120")]));
    }
    if !(is_ordinary && settings.batch == 1) {
        let text = "Batches of one test row: what is left after scaling each by its own statistics?";
        limits.push(limit(text, None, &[("batch", "1")]));
    }
    for (case, text) in [
        (LeakageCase::Drift, "A series that drifts: does the range of all steps tell its end?"),
        (LeakageCase::Selection, "Features selected by the target, on all rows: what is that worth on pure noise?"),
        (LeakageCase::Noise, "Pure noise: can a leaking scaler find something in it?"),
    ] {
        let slug = match case {
            LeakageCase::Drift => "drift",
            LeakageCase::Selection => "selection",
            _ => "noise",
        };
        if settings.case != case {
            limits.push(limit(text, None, &[("case", slug)]));
        }
    }
    limits
}
