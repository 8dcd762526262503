//! What the outcome says and looks like.

use normlab_plot::number::{format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene};
use normlab_report::{Fact, FactValue, Figure, Limit, Report, Table};

use super::outcome::{CompanyNorm, OtherExamplesOutcome};
use super::{DRAWS, OtherExamples};
use crate::wording::listed;

/// Less than this is a rounding error of numbers about 1 in f32.
const ROUNDING: f64 = 1e-5;

pub fn report(settings: &OtherExamples, outcome: &OtherExamplesOutcome) -> Report {
    Report {
        headline: headline(outcome),
        sentences: sentences(settings, outcome),
        figures: figures(outcome),
        tables: vec![table(outcome)],
        facts: if outcome.draws == DRAWS { facts(outcome) } else { Vec::new() },
        limits: limits(settings),
        arrays: if outcome.draws == DRAWS { outcome.arrays.clone() } else { Vec::new() },
        ..Report::default()
    }
}

/// In words: exactly 0 is said as such.
fn change(value: f64) -> String {
    if value == 0.0 { "0, to the last bit".into() } else { format4(value) }
}

/// The names of those that do not change at all.
fn unmoved(outcome: &OtherExamplesOutcome) -> Vec<&'static str> {
    let pairs = CompanyNorm::EACH.iter().zip(&outcome.largest);
    pairs.filter(|(_, largest)| **largest == 0.0).map(|(norm, _)| norm.name()).collect()
}

fn headline(outcome: &OtherExamplesOutcome) -> String {
    let others = outcome.batch - 1;
    let who = if others == 1 { "the other example is".into() } else { format!("the other {others} examples are") };
    let unmoved = unmoved(outcome);
    let rest = if unmoved.len() + 1 == CompanyNorm::EACH.len() {
        "and not by a bit under any other norm".to_owned()
    } else {
        format!("and by exactly 0 under {}", listed(&unmoved))
    };
    format!(
        "When {who} replaced, the first changes by up to {} under BatchNorm in training, {rest}.",
        format4(outcome.largest[0])
    )
}

fn changes(outcome: &OtherExamplesOutcome) -> String {
    let pairs = CompanyNorm::EACH.iter().zip(&outcome.largest);
    let each: Vec<String> = pairs.map(|(norm, largest)| format!("{} {}", norm.name(), change(*largest))).collect();
    format!("The largest change of any number of the first example: {}.", each.join("; "))
}

fn sentences(settings: &OtherExamples, outcome: &OtherExamplesOutcome) -> Vec<String> {
    vec![
        changes(outcome),
        "The statistics of LayerNorm, RMSNorm, GroupNorm and InstanceNorm come from the example itself; those of BatchNorm \
         come from all examples of the batch in training; in evaluation it uses what it remembers of training, here mean 0 and \
         variance 1."
            .into(),
        format!(
            "{} examples of {} features with {} positions, all standard normal; the others are replaced {} times by values \
             {}.",
            whole(settings.batch),
            whole(settings.n_features() as u64),
            whole(settings.positions),
            whole(outcome.draws),
            if settings.shift == 0.0 {
                "of the same kind".to_owned()
            } else {
                format!("whose mean is {}", format4(settings.shift))
            }
        ),
    ]
}

fn figures(outcome: &OtherExamplesOutcome) -> Vec<Figure> {
    let figure = |key: &str, scene| Figure { key: key.into(), scene, ..Figure::default() };
    vec![figure("changes", bars(outcome)), figure("example", example(outcome))]
}

fn bars(outcome: &OtherExamplesOutcome) -> Scene {
    let y = Axis::of_names(CompanyNorm::EACH.map(|norm| norm.name().to_owned()).to_vec());
    let most = outcome.largest.iter().copied().fold(0.1, f64::max);
    let key = Key { name: "largest change".into(), role: 0 };
    let labels = outcome.largest.iter().map(|value| format4(*value)).collect();
    let lengths = outcome.largest.clone();
    Scene {
        title: "Largest change of the first example".into(),
        x: Axis::new("largest change of a number", 0.0, most * 1.12),
        y,
        marks: vec![Mark::Bars { key, lengths, labels, slot: 0, slots: 1 }],
        description: changes(outcome),
        ..Scene::default()
    }
}

/// Every number of the first example before and after, under BatchNorm and LayerNorm.
fn example(outcome: &OtherExamplesOutcome) -> Scene {
    let pairs = |norm: usize| -> Vec<(f64, f64)> {
        let (before, after) = (&outcome.before[norm], &outcome.after[norm]);
        before.iter().zip(after).map(|(before, after)| (f64::from(*before), f64::from(*after))).collect()
    };
    let (batch, layer) = (pairs(0), pairs(2));
    let all = batch.iter().chain(&layer).flat_map(|(x, y)| [*x, *y]);
    let reach = all.fold(1.0_f64, |reach, value| reach.max(value.abs())) * 1.08;
    let points =
        |name: &str, role, points| Mark::Points { key: Key { name: name.into(), role }, points, places: Vec::new() };
    Scene {
        title: "The first example, before and after".into(),
        x: Axis::new("output in the first batch", -reach, reach),
        y: Axis::new("output in another batch", -reach, reach),
        marks: vec![Mark::Diagonal, points("BatchNorm, training", 1, batch), points("LayerNorm", 2, layer)],
        description: format!(
            "Every number of the first example in the batch that changed it most: under BatchNorm up to {} from the diagonal, \
             under LayerNorm up to {}.",
            format4(outcome.largest[0]),
            format4(outcome.largest[2])
        ),
        square: true,
        ..Scene::default()
    }
}

fn table(outcome: &OtherExamplesOutcome) -> Table {
    let row = |(norm, largest): (&CompanyNorm, &f64)| vec![norm.name().to_owned(), format4(*largest)];
    Table {
        title: "Largest change of the first example".into(),
        columns: vec!["norm".into(), "largest change".into()],
        rows: CompanyNorm::EACH.iter().zip(&outcome.largest).map(row).collect(),
        note: format!("Over {} other batches.", whole(outcome.draws)),
        ..Table::default()
    }
}

fn facts(outcome: &OtherExamplesOutcome) -> Vec<Fact> {
    let layer = match outcome.largest[2] {
        0.0 => 0,
        small if small < ROUNDING => 1,
        _ => 2,
    };
    vec![
        Fact { key: "order".into(), value: FactValue::Order(outcome.largest.clone()), why: changes(outcome) },
        Fact {
            key: "layer".into(),
            value: FactValue::Choice(layer),
            why: "LayerNorm computes mean and variance of one example from that example alone: the same numbers go through the same \
                  arithmetic."
                .into(),
        },
    ]
}

/// States of this experiment that answer otherwise.
fn limits(settings: &OtherExamples) -> Vec<Limit> {
    let limit = |text: &str, settings: &[(&str, &str)]| Limit {
        text: text.into(),
        data: None,
        settings: settings.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
    };
    let mut limits = Vec::new();
    if settings.batch != 256 {
        limits.push(limit("A batch of 256: how much of the change is left under BatchNorm?", &[("batch", "256")]));
    }
    if settings.shift == 0.0 {
        limits.push(limit(
            "Others that drift by three standard deviations: what becomes of the first?",
            &[("shift", "3")],
        ));
    }
    if settings.positions != 256 {
        limits.push(limit(
            "256 positions, as in images: does a batch of 8 give steadier statistics?",
            &[("positions", "256")],
        ));
    }
    limits
}
