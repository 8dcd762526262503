//! What the outcome looks like: ways of asking, both modes during training, and one row in many companies.

use normlab_plot::number::{format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene};
use normlab_report::{Figure, Table};

use super::EvaluationMode;
use super::asking::STRAY;
use super::outcome::{Companies, EvaluationOutcome, FineTuning, TestMode};
use crate::wording::percent;

const BARS: usize = 20;

pub fn figures(settings: &EvaluationMode, outcome: &EvaluationOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let mut figures = Vec::new();
    if !outcome.asked.is_empty() {
        figures.push(figure("ways", 0, ways(settings, outcome)));
    }
    figures.push(figure("modes", 0, modes(settings, outcome)));
    if let Some(companies) = &outcome.companies {
        figures.push(figure("companies", 1, one_row(settings, companies)));
    }
    if let Some(found) = &outcome.fine_tuning {
        figures.push(figure("tuning", 1, fine_tuning(settings, outcome, found)));
    }
    figures
}

/// As the end of a sentence.
pub fn tuned(found: &FineTuning) -> String {
    format!(
        "{} right before, {} after with BatchNorm frozen, {} with BatchNorm in training",
        percent(found.before),
        percent(found.frozen),
        percent(found.moving)
    )
}

fn fine_tuning(settings: &EvaluationMode, outcome: &EvaluationOutcome, found: &FineTuning) -> Scene {
    let shares = [found.before, found.frozen, found.moving];
    let names = ["before", "after, frozen", "after, not frozen"].map(String::from).to_vec();
    Scene {
        title: format!("Fine-tuned in batches of {}, asked with eval()", whole(settings.tuned)),
        x: Axis::new(format!("% of the test {} right", outcome.task.things), 0.0, 112.0),
        y: Axis::of_names(names),
        marks: vec![Mark::Bars {
            key: Key { name: "right".into(), role: 1 },
            lengths: shares.map(|share| 100.0 * share).to_vec(),
            labels: shares.map(percent).to_vec(),
            slot: 0,
            slots: 1,
        }],
        description: format!("Fine-tuning: {}.", tuned(found)),
        note: "Frozen: BatchNorm uses its running statistics in training, too, and leaves them alone.".into(),
        ..Scene::default()
    }
}

pub fn said(outcome: &EvaluationOutcome) -> String {
    let pairs = TestMode::EACH.iter().zip(&outcome.asked);
    let each: Vec<String> =
        pairs.map(|(mode, asked)| format!("{} {}", mode.name(), percent(asked.accuracy()))).collect();
    format!("Right of {} test {}: {}.", whole(outcome.task.n_test as u64), outcome.task.things, each.join("; "))
}

fn ways(settings: &EvaluationMode, outcome: &EvaluationOutcome) -> Scene {
    let lengths: Vec<f64> = outcome.asked.iter().map(|asked| 100.0 * asked.accuracy()).collect();
    let labels = outcome.asked.iter().map(|asked| percent(asked.accuracy())).collect();
    let names = TestMode::EACH[..outcome.asked.len()].iter().map(|mode| mode.name().to_owned()).collect();
    let key = Key { name: "right".into(), role: 1 };
    Scene {
        title: format!("The same network, asked in batches of {}", whole(settings.asked)),
        x: Axis::new(format!("% of the test {} right", outcome.task.things), 0.0, 112.0),
        y: Axis::of_names(names),
        marks: vec![
            Mark::Bars { key, lengths, labels, slot: 0, slots: 1 },
            Mark::Rule { role: None, at: 100.0 * outcome.task.chance, label: "guessing".into() },
        ],
        description: said(outcome),
        note: format!("All but the first use the statistics of the batch. A stray row is {STRAY} times as large."),
        ..Scene::default()
    }
}

fn modes(settings: &EvaluationMode, outcome: &EvaluationOutcome) -> Scene {
    let line = |name: &str, role, of: fn(&super::outcome::ModesAtStep) -> f64| Mark::Path {
        key: Key { name: name.into(), role },
        points: outcome.moments.iter().map(|moment| (moment.step as f64, 100.0 * of(moment))).collect(),
    };
    let said = outcome.moments.last().map_or_else(
        || "Nothing yet.".to_owned(),
        |last| {
            format!(
                "At step {}: {} with running statistics, {} with those of test batches.",
                whole(last.step),
                percent(last.evaluation),
                percent(last.by_batch)
            )
        },
    );
    Scene {
        title: "Both modes during training".into(),
        x: Axis::new("step", 0.0, settings.steps as f64),
        y: Axis::new(format!("% of the test {} right", outcome.task.things), 0.0, 102.0),
        marks: vec![
            line("running statistics", 1, |moment| moment.evaluation),
            line("statistics of test batches", 3, |moment| moment.by_batch),
        ],
        description: said,
        note: format!(
            "Running statistics start at mean 0 and variance 1 and follow at momentum {}; test batches are of {} rows.",
            format4(settings.momentum),
            whole(settings.batch)
        ),
        ..Scene::default()
    }
}

fn one_row(settings: &EvaluationMode, companies: &Companies) -> Scene {
    let mut heights = vec![0.0; BARS];
    for probability in companies.probabilities.iter().filter(|probability| probability.is_finite()) {
        heights[((probability * BARS as f64) as usize).min(BARS - 1)] += 1.0;
    }
    let most = heights.iter().copied().fold(1.0, f64::max);
    let key = Key { name: "companies".into(), role: 3 };
    Scene {
        title: format!("Test row {} in other batches", whole(companies.row as u64)),
        x: Axis::new("probability of the right class", 0.0, 1.0),
        y: Axis::counting("batches", most),
        marks: vec![
            Mark::Steps { key, low: 0.0, high: 1.0, heights, ends: None, outside: 0 },
            Mark::Rule { role: None, at: companies.evaluation.clamp(0.0, 1.0), label: "eval()".into() },
        ],
        description: format!(
            "The probability of the right class is {} with eval(), and right in {} of {} batches of {} rows without.",
            format4(companies.evaluation),
            companies.correct,
            companies.probabilities.len(),
            whole(settings.asked)
        ),
        ..Scene::default()
    }
}

pub fn tables(outcome: &EvaluationOutcome) -> Vec<Table> {
    if outcome.asked.is_empty() {
        return Vec::new();
    }
    let row = |(mode, asked): (&TestMode, &super::outcome::TestScore)| {
        vec![
            mode.name().to_owned(),
            whole(asked.correct as u64),
            percent(asked.accuracy()),
            whole(asked.answers as u64),
        ]
    };
    vec![Table {
        title: "The same network, asked in different ways".into(),
        columns: ["way of asking", "right", "share", "distinct answers"].map(String::from).to_vec(),
        rows: TestMode::EACH.iter().zip(&outcome.asked).map(row).collect(),
        note: format!(
            "Of {} test {}; guessing gets {}.",
            outcome.task.n_test,
            outcome.task.things,
            percent(outcome.task.chance)
        ),
        ..Table::default()
    }]
}
