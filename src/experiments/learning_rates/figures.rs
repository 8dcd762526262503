//! What the outcome looks like: losses at the chosen rate, the map of all rates, accuracy by rate, and the first gradient.

use normlab_plot::number::{digits, format4};
use normlab_plot::{Axis, Key, Mark, Scene, Shades, Spacing, Tint};
use normlab_report::{CellState, Figure, Handle, Table};

use super::outcome::{DEPTHS, RATES, RatesOutcome};
use super::{DepthMap, LearningRates};
use crate::Experiment;
use crate::networks::{NetworkNorm, NetworkRun, curve_frames, curves};
use crate::wording::percent;

pub fn figures(settings: &LearningRates, outcome: &RatesOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let runs = NetworkNorm::named(&outcome.runs);
    let title = format!("Loss at learning rate {}", format4(outcome.rate));
    let frames = if outcome.is_done() { curve_frames(&runs) } else { Vec::new() };
    let losses = curves(&title, settings.steps, outcome.task.classes, &runs);
    let mut figures = vec![Figure { frames, ..figure("losses", 0, losses) }];
    if outcome.sweep.iter().any(Option::is_some) {
        let lines = NetworkNorm::EACH.map(|norm| {
            let runs = RATES.iter().enumerate().map(|(rate, _)| of_sweep(outcome, rate, norm)).collect();
            (norm.name().to_owned(), runs)
        });
        // All networks at a rate are one state of this experiment.
        let cells = lines.iter().flat_map(|_| RATES.map(|rate| cell(settings, rate, settings.depth))).collect();
        let scene = map("Map of learning rates", description(outcome), outcome.task.things, &lines);
        figures.push(Figure { cells, ..figure("map", 0, scene) });
        figures.push(Figure { handles: vec![handle(outcome)], ..figure("rates", 1, by_rate(outcome)) });
    }
    if !outcome.landscapes.is_empty() {
        figures.push(figure("landscape", 1, landscape(outcome)));
    }
    if let DepthMap::Of(norm) = settings.map
        && !outcome.by_depth.is_empty()
    {
        figures.push(by_depth(settings, norm, outcome));
    }
    figures
}

/// The chosen learning rate, which can be dragged along its axis.
fn handle(outcome: &RatesOutcome) -> Handle {
    let at = (outcome.rate, 50.0);
    Handle { label: "learning rate".into(), at, x: Some("rate".into()), y: None, units: None }
}

/// Accuracy in percent of a run; NaN where it diverged, or is not done.
fn accuracy(run: Option<&NetworkRun>) -> f64 {
    run.filter(|run| run.diverged.is_none() && run.score.is_some()).map_or(f64::NAN, |run| 100.0 * run.accuracy())
}

fn of_sweep(outcome: &RatesOutcome, rate: usize, norm: NetworkNorm) -> Option<&NetworkRun> {
    outcome.sweep[rate].as_ref().map(|runs| &runs[norm.role()])
}

/// In words: `0.01 88.7%, 0.1 97.5%, 0.3 diverged`.
fn by_rate_in_words(runs: &[Option<&NetworkRun>]) -> String {
    let each = RATES.iter().zip(runs).filter_map(|(rate, run)| {
        let run = (*run)?;
        let said = if run.diverged.is_some() { "diverged".into() } else { percent(run.accuracy()) };
        Some(format!("{} {said}", format4(*rate)))
    });
    each.collect::<Vec<_>>().join(", ")
}

/// The same of a norm: `none: 0.01 88.7%, 0.1 97.5%`.
fn said(outcome: &RatesOutcome, norm: NetworkNorm) -> String {
    let runs: Vec<_> = (0..RATES.len()).map(|rate| of_sweep(outcome, rate, norm)).collect();
    format!("{}: {}", norm.name(), by_rate_in_words(&runs))
}

fn description(outcome: &RatesOutcome) -> String {
    let each: Vec<String> = NetworkNorm::EACH.iter().map(|norm| said(outcome, *norm)).collect();
    format!("Right, by learning rate. {}.", each.join("; "))
}

/// The state behind a cell of a map: what else was chosen stays.
fn cell(settings: &LearningRates, rate: f64, depth: u64) -> CellState {
    let settings = LearningRates { rate, depth, ..settings.clone() }.changed();
    let layers = if depth == 1 { "layer" } else { "layers" };
    CellState { label: format!("learning rate {}, {depth} hidden {layers}", format4(rate)), settings }
}

/// Accuracy by learning rate, a line for each of these; what is not there yet is `None`.
fn map(title: &str, description: String, things: &str, lines: &[(String, Vec<Option<&NetworkRun>>)]) -> Scene {
    let shades = Shades {
        low: 0.0,
        high: 100.0,
        spacing: Spacing::Linear,
        tint: Tint::Sequential,
        label: format!("% of the test {things} right"),
    };
    let parts = lines.iter().flat_map(|(_, runs)| runs).map(|run| shades.part(accuracy(*run)) as f32).collect();
    let mut x = Axis::of_columns(RATES.map(format4).to_vec());
    x.label = "learning rate".into();
    Scene {
        title: title.into(),
        x,
        y: Axis::of_names(lines.iter().map(|(name, _)| name.clone()).collect()),
        marks: vec![Mark::Cells {
            x: (0.0, RATES.len() as f64),
            y: (0.0, lines.len() as f64),
            columns: RATES.len(),
            groups: RATES.len(),
            parts,
            rows: Vec::new(),
        }],
        shades: Some(shades),
        description,
        note: "Stripes: diverged, or still to come.".into(),
        ..Scene::default()
    }
}

/// The map of one network by depth.
fn by_depth(settings: &LearningRates, norm: NetworkNorm, outcome: &RatesOutcome) -> Figure {
    let lines: Vec<(String, Vec<Option<&NetworkRun>>)> = DEPTHS
        .iter()
        .enumerate()
        .map(|(line, depth)| {
            let runs = (0..RATES.len()).map(|rate| outcome.by_depth.get(rate)?.get(line)).collect();
            (if *depth == 1 { "1 layer".into() } else { format!("{depth} layers") }, runs)
        })
        .collect();
    let told: Vec<String> = lines.iter().map(|(name, runs)| format!("{name}: {}", by_rate_in_words(runs))).collect();
    let title = match norm {
        NetworkNorm::None => "Map of depths, without normalization".to_owned(),
        norm => format!("Map of depths, with {}", norm.name()),
    };
    let description = format!("Right, by learning rate. {}.", told.join("; "));
    Figure {
        key: "depths".into(),
        scene: map(&title, description, outcome.task.things, &lines),
        cells: DEPTHS.iter().flat_map(|depth| RATES.map(|rate| cell(settings, rate, *depth))).collect(),
        row: 2,
        ..Figure::default()
    }
}

fn by_rate(outcome: &RatesOutcome) -> Scene {
    let mut marks = Vec::new();
    let chance = 100.0 * outcome.task.chance;
    let (from, to) = (RATES[0] * 0.8, RATES[RATES.len() - 1] * 1.25);
    marks.push(Mark::Contours { lines: vec![vec![(from, chance), (to, chance)]] });
    for norm in NetworkNorm::EACH {
        let points = RATES
            .iter()
            .enumerate()
            .filter_map(|(rate, value)| of_sweep(outcome, rate, norm).map(|run| (*value, 100.0 * run.accuracy())));
        let key = Key { name: norm.name().into(), role: norm.role() };
        marks.push(Mark::Path { key, points: points.collect() });
    }
    marks.push(Mark::Rule { role: None, at: outcome.rate, label: format4(outcome.rate) });
    Scene {
        title: "Right at the end, by learning rate".into(),
        x: Axis::new("learning rate", from.min(outcome.rate), to.max(outcome.rate)).spaced(Spacing::Log),
        y: Axis::new(format!("% of the test {} right", outcome.task.things), 0.0, 102.0),
        marks,
        description: description(outcome),
        note: format!(
            "The pale line is what always saying the most frequent class gets, {}. A network that diverged is right about nothing.",
            percent(outcome.task.chance)
        ),
        ..Scene::default()
    }
}

fn landscape(outcome: &RatesOutcome) -> Scene {
    let guessing = libm::log(outcome.task.classes.max(2) as f64);
    let (mut marks, mut each) = (Vec::new(), Vec::new());
    for (norm, found) in NetworkNorm::EACH.iter().zip(&outcome.landscapes) {
        let points = found.points.iter().copied().filter(|(_, loss)| loss.is_finite());
        let key = Key { name: norm.name().into(), role: norm.role() };
        marks.push(Mark::Path { key, points: points.collect() });
        if let Some((length, loss)) = lowest(&found.points) {
            each.push(format!("{} is lowest, {}, after a step of {}", norm.name(), format4(loss), format4(length)));
        }
    }
    let (from, to) = outcome.landscapes.first().map_or((1e-3, 10.0), |found| {
        (found.points.first().map_or(1e-3, |point| point.0), found.points.last().map_or(10.0, |point| point.0))
    });
    marks.push(Mark::Rule { role: None, at: outcome.rate, label: format4(outcome.rate) });
    Scene {
        title: "Loss along the first gradient".into(),
        x: Axis::new("length of the step, as learning rate", from, to).spaced(Spacing::Log),
        y: Axis::new("loss of the first batch", 0.0, guessing * 3.0),
        marks,
        description: format!("How far the first batch could go along its own gradient: {}.", each.join("; ")),
        note: "A smooth loss stays low for long steps.".into(),
        ..Scene::default()
    }
}

/// The lowest point of a curve.
pub fn lowest(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    points.iter().copied().filter(|point| point.1.is_finite()).min_by(|a, b| a.1.total_cmp(&b.1))
}

pub fn tables(outcome: &RatesOutcome) -> Vec<Table> {
    if outcome.sweep.iter().all(Option::is_none) {
        return Vec::new();
    }
    let cell = |run: Option<&NetworkRun>| match run {
        None => String::new(),
        Some(run) => match run.diverged {
            Some(diverged) => format!("diverged at {}", diverged.step),
            None => digits(run.accuracy(), 3),
        },
    };
    let row = |norm: NetworkNorm| {
        let cells = (0..RATES.len()).map(|rate| cell(of_sweep(outcome, rate, norm)));
        std::iter::once(norm.name().to_owned()).chain(cells).collect()
    };
    vec![Table {
        title: format!("Share of the test {} right, by learning rate", outcome.task.things),
        columns: std::iter::once(String::new()).chain(RATES.map(format4)).collect(),
        rows: NetworkNorm::EACH.map(row).to_vec(),
        note: format!("Of {} test {}.", outcome.task.n_test, outcome.task.things),
        ..Table::default()
    }]
}
