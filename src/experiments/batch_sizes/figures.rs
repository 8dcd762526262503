//! What the outcome looks like: error by batch size, the losses with the chosen one, and the noise of batches.

use normlab_plot::number::{digits, format4};
use normlab_plot::{Axis, Key, Mark, Scene, Spacing};
use normlab_report::{Figure, Handle, Table};

use super::BatchSizes;
use super::noise::laws;
use super::outcome::{BatchSizesOutcome, EvaluatedNorm};
use crate::networks::{curve_frames, curves};
use crate::wording::percent;

pub fn figures(settings: &BatchSizes, outcome: &BatchSizesOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let runs = outcome.shown.named();
    let frames = if outcome.is_done { curve_frames(&runs) } else { Vec::new() };
    let title = format!("Loss with batches of {}", outcome.shown.size);
    let losses = curves(&title, outcome.shown.steps, outcome.task.classes, &runs);
    let mut figures = Vec::new();
    if !outcome.sizes.is_empty() {
        let handle = Handle {
            label: "batch size".into(),
            at: (settings.batch as f64, top(outcome) / 2.0),
            x: Some("batch".into()),
            y: None,
            units: None,
        };
        figures.push(Figure { handles: vec![handle], ..figure("errors", 0, errors(outcome)) });
    }
    figures.push(Figure { frames, ..figure("losses", 0, losses) });
    if !outcome.noise.is_empty() {
        figures.push(figure("jitter", 1, jitter(outcome)));
    }
    figures
}

/// The highest error in percent.
fn top(outcome: &BatchSizesOutcome) -> f64 {
    let all = outcome.sizes.iter().flat_map(|runs| EvaluatedNorm::EACH.map(|norm| runs.error(norm)));
    (100.0 * all.flatten().fold(0.05, f64::max)).min(100.0)
}

fn errors(outcome: &BatchSizesOutcome) -> Scene {
    let (mut marks, mut said) = (Vec::new(), Vec::new());
    for norm in EvaluatedNorm::EACH {
        let known = outcome.sizes.iter().filter_map(|runs| Some((runs.size as f64, 100.0 * runs.error(norm)?)));
        let points: Vec<(f64, f64)> = known.collect();
        let each: Vec<String> =
            points.iter().map(|(size, error)| format!("{size} {}", percent(error / 100.0))).collect();
        said.push(format!("{}: {}", norm.name(), each.join(", ")));
        let key = Key { name: norm.name().into(), role: norm.role() };
        marks.push(Mark::Path { key: key.clone(), points: points.clone() });
        marks.push(Mark::Points { key, points, places: Vec::new() });
    }
    marks.push(Mark::Rule { role: None, at: 16.0, label: "16".into() });
    let least = outcome.sizes.first().map_or(2.0, |runs| runs.size as f64).min(2.0);
    let most = outcome.sizes.last().map_or(64.0, |runs| runs.size as f64).max(64.0);
    Scene {
        title: "Test error by batch size".into(),
        x: Axis::new("batch size", least * 0.85, most * 1.2).spaced(Spacing::Log),
        y: Axis::new(format!("% of the test {} wrong", outcome.task.things), 0.0, top(outcome) * 1.05),
        marks,
        description: format!("Wrong, by batch size. {}.", said.join("; ")),
        note: "16 is the popular limit.".into(),
        ..Scene::default()
    }
}

fn jitter(outcome: &BatchSizesOutcome) -> Scene {
    let sizes = outcome.noise.iter().map(|noise| noise.size as f64);
    let measured: Vec<(f64, f64)> = sizes.clone().zip(outcome.noise.iter().map(|noise| noise.jitter)).collect();
    let of_mean: Vec<(f64, f64)> = sizes.clone().zip(outcome.noise.iter().map(|noise| noise.sd_of_mean)).collect();
    let law: Vec<(f64, f64)> = sizes.map(|size| (size, 1.0 / size.sqrt())).collect();
    let said: Vec<String> = measured.iter().map(|(size, jitter)| format!("{size}: {}", digits(*jitter, 3))).collect();
    let key = |name: &str, role| Key { name: name.into(), role };
    Scene {
        title: "Noise of a batch".into(),
        x: Axis::new("batch size", 1.7, 77.0).spaced(Spacing::Log),
        y: Axis::new("standard deviation", 0.0, 0.8),
        marks: vec![
            Mark::Path { key: key("law of the mean: 1 / \u{221a}N", 2), points: law },
            Mark::Points { key: key("mean of a batch", 0), points: of_mean, places: Vec::new() },
            Mark::Path { key: key("output of the value 1", 1), points: measured.clone() },
            Mark::Points { key: key("output of the value 1", 1), points: measured, places: Vec::new() },
            Mark::Rule { role: None, at: 16.0, label: "16".into() },
        ],
        description: format!(
            "How much the output of the value 1 moves with the rest of its batch, by batch size. {}.",
            said.join("; ")
        ),
        note: "The others of the batch are standard normal numbers; 4,000 batches of each size.".into(),
        ..Scene::default()
    }
}

pub fn tables(outcome: &BatchSizesOutcome) -> Vec<Table> {
    let mut tables = Vec::new();
    if !outcome.sizes.is_empty() {
        let row = |norm: &EvaluatedNorm| {
            let cells = outcome.sizes.iter().map(|runs| runs.error(*norm).map_or_else(String::new, percent));
            std::iter::once(norm.name().to_owned()).chain(cells).collect()
        };
        tables.push(Table {
            title: format!("Share of the test {} wrong, by batch size", outcome.task.things),
            columns: std::iter::once(String::new())
                .chain(outcome.sizes.iter().map(|runs| runs.size.to_string()))
                .collect(),
            rows: EvaluatedNorm::EACH.iter().map(row).collect(),
            note: format!("Of {} test {}.", outcome.task.n_test, outcome.task.things),
            ..Table::default()
        });
    }
    if !outcome.noise.is_empty() {
        tables.push(noise_table(outcome));
    }
    tables
}

fn noise_table(outcome: &BatchSizesOutcome) -> Table {
    let columns = [
        "batch size",
        "sd of the mean",
        "by law",
        "mean variance",
        "by law",
        "sd of the variance",
        "by law",
        "largest output",
        "at most",
        "jitter of the value 1",
    ];
    let rows = outcome.noise.iter().map(|noise| {
        let [mean, variance, sd, largest] = laws(noise.size).map(format4);
        let found = [noise.sd_of_mean, noise.mean_of_variance, noise.sd_of_variance, noise.largest, noise.jitter];
        let [found_mean, found_variance, found_sd, found_largest, jitter] = found.map(format4);
        vec![
            noise.size.to_string(),
            found_mean,
            mean,
            found_variance,
            variance,
            found_sd,
            sd,
            found_largest,
            largest,
            jitter,
        ]
    });
    Table {
        title: "Statistics of a batch, measured and by law".into(),
        columns: columns.map(String::from).to_vec(),
        rows: rows.collect(),
        note: "Of standard normal values, 4,000 batches of each size; laws: 1/\u{221a}N, (N \u{2212} 1)/N, \
               \u{221a}(2(N \u{2212} 1))/N, \u{221a}(N \u{2212} 1)."
            .into(),
        ..Table::default()
    }
}
