//! What the outcome looks like: what a shift does, losses, the mean layer by layer, and operations.

use normlab_plot::number::{digits, format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene};
use normlab_report::{Figure, Handle, Table};

use super::LayerOrRms;
use super::laws::NormLaws;
use super::operations::NormOperations;
use super::outcome::{COMPARED, LayerMean, RmsNormOutcome};
use crate::networks::{curve_frames, curves};
use crate::wording::percent;

pub fn figures(settings: &LayerOrRms, outcome: &RmsNormOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let mut figures = Vec::new();
    if let Some(laws) = &outcome.laws {
        let handle = Handle {
            label: "shift".into(),
            at: (settings.shift, laws.shifted[1]),
            x: Some("shift".into()),
            y: None,
            units: None,
        };
        figures.push(Figure { handles: vec![handle], ..figure("shifted", 0, shifted(settings, laws)) });
    }
    let runs = outcome.named();
    let frames = if outcome.is_done() { curve_frames(&runs) } else { Vec::new() };
    let losses = curves("Loss of the first start", settings.steps, outcome.task.classes, &runs);
    figures.push(Figure { frames, ..figure("losses", 0, losses) });
    if !outcome.before[0].is_empty() {
        figures.push(figure("means", 1, means(outcome)));
    }
    figures.push(figure("operations", 1, operations(settings, outcome)));
    figures
}

fn key(index: usize, name: &str) -> Key {
    Key { name: name.into(), role: COMPARED[index].role() }
}

fn shifted(settings: &LayerOrRms, laws: &NormLaws) -> Scene {
    let line = |index: usize| Mark::Path {
        key: key(index, COMPARED[index].name()),
        points: laws.by_shift.iter().map(|(shift, changes)| (*shift, changes[index])).collect(),
    };
    let highest = laws.by_shift.iter().map(|(_, changes)| changes[1]).fold(1e-3, f64::max);
    Scene {
        title: "Largest change of the output".into(),
        x: Axis::new("added to every number", 0.0, 10.0),
        y: Axis::new("largest change", 0.0, highest * 1.1),
        marks: vec![line(0), line(1), Mark::Rule { role: None, at: settings.shift, label: format4(settings.shift) }],
        description: format!(
            "When {} is added to every number: LayerNorm {}, RMSNorm {}.",
            format4(settings.shift),
            format4(laws.shifted[0]),
            format4(laws.shifted[1])
        ),
        note: "Of random vectors of standard deviation 1, in f64 and without eps.".into(),
        ..Scene::default()
    }
}

fn means(outcome: &RmsNormOutcome) -> Scene {
    let of = |layers: &[LayerMean]| -> Vec<(f64, f64)> {
        let known = layers.iter().enumerate().filter(|(_, mean)| mean.in_deviations.is_finite());
        known.map(|(layer, mean)| (layer as f64 + 1.0, mean.in_deviations)).collect()
    };
    let (mut marks, mut said) = (vec![Mark::Contours { lines: vec![of(&outcome.before[0])] }], Vec::new());
    for (index, norm) in COMPARED.iter().enumerate() {
        let points = of(&outcome.after[index]);
        let each: Vec<String> = points.iter().map(|(layer, mean)| format!("{layer} {}", format4(*mean))).collect();
        if !each.is_empty() {
            said.push(format!("{}: {}", norm.name(), each.join(", ")));
        }
        marks.push(Mark::Path { key: key(index, norm.name()), points: points.clone() });
        marks.push(Mark::Points { key: key(index, norm.name()), points, places: Vec::new() });
    }
    let all = outcome.before.iter().chain(&outcome.after).flat_map(|layers| of(layers));
    let depth = outcome.before[0].len() as f64;
    Scene {
        title: "The mean that reaches the norm".into(),
        x: Axis::new("hidden layer", 0.8, depth + 0.2).of_whole_things(),
        y: Axis::new(
            "size of the mean, in standard deviations",
            0.0,
            1.15 * all.map(|(_, mean)| mean).fold(0.05, f64::max),
        ),
        marks,
        description: if said.is_empty() {
            "Not known before the networks of the first start are trained.".into()
        } else {
            format!("By layer, after training. {}.", said.join("; "))
        },
        note: "The pale line is LayerNorm before any step. RMSNorm leaves the mean in.".into(),
        ..Scene::default()
    }
}

/// What is counted, and how.
type Counted = (&'static str, fn(NormOperations) -> u64);

const COUNTED: [Counted; 2] =
    [("forward", |operations| operations.forward), ("backward", |operations| operations.backward)];

fn operations(settings: &LayerOrRms, outcome: &RmsNormOutcome) -> Scene {
    let bars = |(slot, (name, of)): (usize, Counted)| {
        let counts = outcome.operations.map(of);
        Mark::Bars {
            key: Key { name: name.into(), role: slot },
            lengths: counts.map(|count| count as f64).to_vec(),
            labels: counts.map(whole).to_vec(),
            slot,
            slots: COUNTED.len(),
        }
    };
    let most = outcome.operations.iter().map(|counted| counted.forward.max(counted.backward)).max().unwrap_or(1);
    let said = |(name, of): Counted| {
        let [layer, rms] = outcome.operations.map(of);
        format!("{name}: LayerNorm {layer}, RMSNorm {rms}")
    };
    Scene {
        title: format!("Operations for a vector of {} numbers", settings.width),
        x: Axis::new("sums, differences, products, quotients, roots", 0.0, most as f64 * 1.2),
        y: Axis::of_names(COMPARED.map(|norm| norm.name().to_owned()).to_vec()),
        marks: COUNTED.into_iter().enumerate().map(bars).collect(),
        description: format!("Arithmetic operations, {}.", COUNTED.map(said).join("; ")),
        note: "Counted while they are done; operations, not time.".into(),
        ..Scene::default()
    }
}

pub fn tables(outcome: &RmsNormOutcome) -> Vec<Table> {
    let mut tables = Vec::new();
    if outcome.is_done() {
        let row = |(start, [layer, rms]): (usize, &[f64; 2])| {
            vec![(start + 1).to_string(), digits(*layer, 3), digits(*rms, 3), digits(rms - layer, 3)]
        };
        tables.push(Table {
            title: format!("Share of the test {} right", outcome.task.things),
            columns: ["start", "LayerNorm", "RMSNorm", "difference"].map(String::from).to_vec(),
            rows: outcome.accuracies.iter().enumerate().map(row).collect(),
            note: format!(
                "Of {} test {}; guessing gets {}. Both networks of a start have the same weights and batches.",
                outcome.task.n_test,
                outcome.task.things,
                percent(outcome.task.chance)
            ),
            ..Table::default()
        });
    }
    if !outcome.after[0].is_empty() {
        let row = |layer: usize| {
            let all = [&outcome.before[0], &outcome.after[0], &outcome.after[1]];
            let cells = all.map(|layers| layers[layer]).into_iter().flat_map(|mean| [mean.in_deviations, mean.share]);
            let cells = cells.map(|value| if value.is_finite() { format4(value) } else { "not finite".into() });
            std::iter::once((layer + 1).to_string()).chain(cells).collect()
        };
        let columns = [
            "hidden layer",
            "LayerNorm before, in sd",
            "of the mean square",
            "LayerNorm after, in sd",
            "of the mean square",
            "RMSNorm after, in sd",
            "of the mean square",
        ];
        tables.push(Table {
            title: "The mean that reaches the norm".into(),
            columns: columns.map(String::from).to_vec(),
            rows: (0..outcome.after[0].len()).map(row).collect(),
            note: "Size of the mean of a vector in its standard deviations, and its part of the mean square, on average over test rows."
                .into(),
            ..Table::default()
        });
    }
    let row = |(name, of): Counted| {
        let [layer, rms] = outcome.operations.map(of);
        vec![name.to_owned(), whole(layer), whole(rms), percent(outcome.saved(of))]
    };
    tables.push(Table {
        title: "Arithmetic operations for a vector".into(),
        columns: ["", "LayerNorm", "RMSNorm", "saved"].map(String::from).to_vec(),
        rows: COUNTED
            .into_iter()
            .chain([("together", NormOperations::total as fn(NormOperations) -> u64)])
            .map(row)
            .collect(),
        ..Table::default()
    });
    tables
}
