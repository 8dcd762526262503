//! What the outcome looks like: states over time, losses, and what BatchNorm remembers of each step of time.

use normlab_plot::number::{digits, format4};
use normlab_plot::{Axis, Key, Mark, Scene, Spacing};
use normlab_report::{Figure, Table};
use normlab_training::TimeRecord;

use super::RecurrentNorms;
use super::outcome::{RecurrentOutcome, TRAINED, TimeStatistics};
use crate::networks::{NetworkNorm, curve_frames, curves, said_divergence};
use crate::wording::percent;

/// Standard deviations that are more than this many times apart are drawn on a logarithmic axis.
const APART: f64 = 50.0;

pub fn figures(settings: &RecurrentNorms, outcome: &RecurrentOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let runs = outcome.named();
    let frames = if outcome.is_done() { curve_frames(&runs) } else { Vec::new() };
    let title = format!("Loss, {} steps of time", outcome.sequence.0);
    let losses = curves(&title, settings.steps, outcome.task.classes, &runs);
    let losses = Figure { frames, ..figure("losses", 0, losses) };
    let mut figures = Vec::new();
    if outcome.is_done() {
        figures.push(figure("states", 0, states(outcome)));
    }
    figures.push(losses);
    if outcome.start.len() == TRAINED.len() {
        figures.push(figure("start", 1, start(outcome)));
    }
    if outcome.remembered().is_some() {
        figures.push(figure("remembered", 1, remembered(outcome)));
    }
    figures
}

/// Values of the steps of time that are finite and greater than 0, from step 1.
fn points(values: &[f64]) -> Vec<(f64, f64)> {
    let drawn = values.iter().enumerate().filter(|(_, value)| value.is_finite() && **value > 0.0);
    drawn.map(|(step, value)| (step as f64 + 1.0, *value)).collect()
}

/// Lines of standard deviations over time.
fn over_time(title: &str, label: &str, lines: &[(Key, Vec<(f64, f64)>)]) -> Scene {
    let values = || lines.iter().flat_map(|(_, points)| points.iter().map(|point| point.1));
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(1e-6, f64::max));
    let last = lines.iter().flat_map(|(_, points)| points.last()).map(|point| point.0).fold(1.0, f64::max);
    let y = if high > APART * low && low > 0.0 {
        Axis::new(label, low * 0.7, high * 1.4).spaced(Spacing::Log)
    } else {
        Axis::new(label, 0.0, high * 1.1)
    };
    let said = |(key, points): &(Key, Vec<(f64, f64)>)| match (points.first(), points.last()) {
        (Some(first), Some(last)) => {
            format!("{}: {} in step {}, {} in step {}", key.name, format4(first.1), first.0, format4(last.1), last.0)
        }
        _ => format!("{}: nothing that is finite", key.name),
    };
    Scene {
        title: title.into(),
        x: Axis::new("step of time", 1.0, last.max(2.0)),
        y,
        marks: lines.iter().map(|(key, points)| Mark::Path { key: key.clone(), points: points.clone() }).collect(),
        description: format!("{}.", lines.iter().map(said).collect::<Vec<_>>().join("; ")),
        ..Scene::default()
    }
}

fn states(outcome: &RecurrentOutcome) -> Scene {
    let line = |(kind, record): (&TimeStatistics, &TimeRecord)| {
        (Key { name: kind.name().into(), role: kind.role() }, points(&record.states))
    };
    let lines: Vec<_> = TimeStatistics::EACH.iter().zip(&outcome.times).map(line).collect();
    Scene {
        note: format!("Over test {} and units, after the last step of training.", outcome.task.things),
        ..over_time("States over time", "standard deviation of the states", &lines)
    }
}

fn start(outcome: &RecurrentOutcome) -> Scene {
    let line = |(norm, record): (&NetworkNorm, &TimeRecord)| {
        (Key { name: norm.name().into(), role: norm.role() }, points(&record.states))
    };
    let lines: Vec<_> = TRAINED.iter().zip(&outcome.start).map(line).collect();
    Scene {
        note: "BatchNorm has the statistics of the batch that is asked.".into(),
        ..over_time("States before any training", "standard deviation of the states", &lines)
    }
}

fn remembered(outcome: &RecurrentOutcome) -> Scene {
    let Some(record) = outcome.remembered() else { return Scene::default() };
    let shared = record.shared.unwrap_or(f64::NAN);
    let key = |kind: TimeStatistics, name: &str| Key { name: name.into(), role: kind.role() };
    let lines = [
        (key(TimeStatistics::Shared, "of all steps together"), points(&vec![shared; record.remembered.len()])),
        (key(TimeStatistics::PerStep, "of each step"), points(&record.remembered)),
    ];
    Scene {
        note: "The root of the mean running variance of all units.".into(),
        ..over_time("What BatchNorm remembers", "running standard deviation", &lines)
    }
}

pub fn tables(outcome: &RecurrentOutcome) -> Vec<Table> {
    if !outcome.is_done() {
        return Vec::new();
    }
    let right = |kind: &TimeStatistics| {
        let run = outcome.run(*kind);
        let right = match run.diverged {
            Some(diverged) => said_divergence(diverged),
            None => digits(outcome.accuracy(*kind), 3),
        };
        vec![kind.name().to_owned(), right]
    };
    let number = |values: &[f64], step: usize| {
        values.get(step).filter(|value| value.is_finite()).map_or_else(String::new, |value| format4(*value))
    };
    let of_batch = outcome.times.last();
    let step = |step: usize| {
        let states = outcome.times.iter().map(|record| number(&record.states, step));
        let of_batch = of_batch.into_iter().flat_map(|record| [&record.remembered, &record.mean_distance]);
        let of_batch = of_batch.map(|values| number(values, step));
        std::iter::once((step + 1).to_string()).chain(states).chain(of_batch).collect()
    };
    let columns = std::iter::once("step of time".to_owned())
        .chain(TimeStatistics::EACH.map(|kind| kind.name().to_owned()))
        .chain(["remembered".into(), "means apart".into()]);
    vec![
        Table {
            title: format!("Share of the test {} right", outcome.task.things),
            columns: ["", "right"].map(String::from).to_vec(),
            rows: TimeStatistics::EACH.iter().map(right).collect(),
            note: format!(
                "Of {} test {}; guessing gets {}.",
                outcome.task.n_test,
                outcome.task.things,
                percent(outcome.task.chance)
            ),
            ..Table::default()
        },
        Table {
            title: "Standard deviations over time".into(),
            columns: columns.collect(),
            rows: (0..outcome.sequence.0).map(step).collect(),
            note: "Of the states; the running one that BatchNorm remembers of each step; how far its running means are from the \
                   shared ones, in standard deviations of these."
                .into(),
            ..Table::default()
        },
    ]
}
