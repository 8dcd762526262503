//! What the outcome looks like: bars, neighbours, components, and the tables behind them.

use normlab_plot::number::{format4, whole};
use normlab_plot::{Axis, Key, Mark, Place, Scene, words};
use normlab_report::{Figure, Table};

use super::outcome::{Components, NearestOutcome, Neighbours};
use super::wording::{class_name, row_number, said};
use super::{Model, Nearest};
use crate::prepared::{Scaling, largest};
use crate::wording::percent;

/// More bars than these are too thin to be told apart.
const BARS_AT_MOST: usize = 15;

pub fn figures(settings: &Nearest, outcome: &NearestOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let mut figures = Vec::new();
    if !outcome.scores.is_empty() {
        figures.push(figure("scores", 0, scores(settings.model, outcome)));
    }
    figures.extend(shares(settings, outcome).map(|scene| figure("shares", 0, scene)));
    if let Some(neighbours) = &outcome.neighbours {
        let raw = neighbourhood(outcome, neighbours, Scaling::Raw, &neighbours.raw);
        let scaled = neighbourhood(outcome, neighbours, settings.scaling, &neighbours.scaled);
        figures.extend([figure("before", 1, raw), figure("after", 1, scaled)]);
    }
    for (key, scaling) in [("raw-components", Scaling::Raw), ("scaled-components", settings.scaling)] {
        let found = outcome.components.iter().find(|components| components.scaling == scaling);
        figures.extend(found.map(|found| figure(key, 1, components(outcome, found))));
    }
    figures
}

/// A scene of bars with its words.
fn described(mut scene: Scene) -> Scene {
    scene.description = [words(&scene), scene.note.clone()].join(" ").trim().to_owned();
    scene
}

fn scores(model: Model, outcome: &NearestOutcome) -> Scene {
    let n = outcome.prepared.n_rows() as f64;
    let (title, label, most) = match model {
        Model::KMeans => ("How far clusters and classes agree", "adjusted Rand index", 1.0),
        Model::Pca => ("Share of the first component", "% of the variance", 100.0),
        _ => ("How many rows are right", "correct rows", n),
    };
    let lengths: Vec<f64> = outcome.scores.iter().map(|score| score.value).collect();
    let least = lengths.iter().copied().fold(0.0, f64::min);
    described(Scene {
        title: title.into(),
        x: Axis::new(label, least, most),
        y: Axis::of_names(outcome.scores.iter().map(|score| score.scaling.name().to_owned()).collect()),
        marks: vec![Mark::Bars {
            key: Key { name: label.into(), role: 0 },
            labels: lengths.iter().map(|value| said(model, *value)).collect(),
            lengths,
            slot: 0,
            slots: 1,
        }],
        ..Scene::default()
    })
}

fn shares(settings: &Nearest, outcome: &NearestOutcome) -> Option<Scene> {
    let raw = outcome.shares_after(Scaling::Raw)?;
    let scaled = outcome.shares_after(settings.scaling)?;
    let is_pca = settings.model == Model::Pca;
    let mut order: Vec<usize> = (0..raw.len()).collect();
    order.sort_by(|a, b| raw[*b].max(scaled[*b]).total_cmp(&raw[*a].max(scaled[*a])));
    let mut shown: Vec<usize> = order.into_iter().take(BARS_AT_MOST).collect();
    shown.sort_unstable();
    let bars = |name: &str, slot: usize, shares: &[f64]| Mark::Bars {
        key: Key { name: name.into(), role: slot },
        lengths: shown.iter().map(|index| 100.0 * shares[*index]).collect(),
        labels: shown.iter().map(|index| percent(shares[*index])).collect(),
        slot,
        slots: 2,
    };
    let note = if shown.len() < raw.len() {
        format!("{} of {} features are shown, those with the largest shares.", shown.len(), whole(raw.len() as u64))
    } else {
        String::new()
    };
    let marks = vec![bars("raw", 0, raw), bars(settings.scaling.name(), 1, scaled)];
    Some(described(Scene {
        title: if is_pca { "Whose variance it is" } else { "Whose squared distance it is" }.into(),
        x: Axis::new(if is_pca { "% of the variance" } else { "% of the squared distance between rows" }, 0.0, 100.0),
        y: Axis::of_names(shown.iter().map(|index| outcome.prepared.features[*index].clone()).collect()),
        marks,
        note,
        ..Scene::default()
    }))
}

/// The classes of the rows as points; `at` tells where.
fn clouds(outcome: &NearestOutcome, at: &dyn Fn(usize) -> (f64, f64)) -> Vec<Mark> {
    let prepared = &outcome.prepared;
    let names = if prepared.classes.is_empty() { vec!["rows".to_owned()] } else { prepared.classes.clone() };
    let cloud = |(class, name): (usize, String)| {
        let rows: Vec<usize> = (0..prepared.n_rows()).filter(|row| prepared.class[*row] as usize == class).collect();
        Mark::Points {
            key: Key { name, role: class },
            points: rows.iter().map(|row| at(*row)).collect(),
            places: rows.iter().map(|row| Place { row: prepared.rows[*row], position: 0 }).collect(),
        }
    };
    names.into_iter().enumerate().map(cloud).collect()
}

/// An axis over these values, with room at both ends.
fn axis(label: &str, values: impl Iterator<Item = f64>) -> Axis {
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let room = (high - low) * 0.04;
    Axis::new(label, low - room, high + room)
}

/// Where a row and its neighbours are in the two raw features of the largest shares. The axes are the same after scaling:
/// only the neighbours differ.
fn neighbourhood(outcome: &NearestOutcome, neighbours: &Neighbours, scaling: Scaling, found: &[(usize, f64)]) -> Scene {
    let prepared = &outcome.prepared;
    let n = prepared.n_rows();
    let mut shares = outcome.shares_after(Scaling::Raw).unwrap_or_default().to_vec();
    let first = largest(&shares);
    shares[first] = -1.0;
    let second = largest(&shares);
    let values = |feature: usize| &prepared.x[feature * n..(feature + 1) * n];
    let (x, y) = (values(first), values(second));
    let at = |row: usize| (x[row], y[row]);
    let own = at(neighbours.of);
    let row = row_number(outcome, neighbours.of);
    let mut points = vec![own];
    points.extend(found.iter().flat_map(|(place, _)| [at(*place), own]));
    let name = format!("row {row}");
    // Every fourth series has a solid line.
    let role = (prepared.classes.len() + 1).next_multiple_of(4);
    let mut marks = vec![Mark::Path { key: Key { name, role }, points }];
    marks.extend(clouds(outcome, &at));
    let each: Vec<String> = found
        .iter()
        .map(|(place, _)| {
            format!("row {} ({})", row_number(outcome, *place), class_name(outcome, prepared.class[*place]))
        })
        .collect();
    Scene {
        title: format!("Nearest to row {row}: {}", scaling.name()),
        x: axis(&prepared.features[first], x.iter().copied()),
        y: axis(&prepared.features[second], y.iter().copied()),
        marks,
        description: format!("The nearest neighbours of row {row}, the nearest first: {}.", each.join(", ")),
        ..Scene::default()
    }
}

fn components(outcome: &NearestOutcome, found: &Components) -> Scene {
    let label = |which: &str, share: f64| format!("{which} component, {}% of the variance", format4(share));
    let (first, second) = (label("first", found.shares[0]), label("second", found.shares[1]));
    Scene {
        title: format!("Principal components: {}", found.scaling.name()),
        x: axis(&first, found.points.iter().map(|point| point.0)),
        y: axis(&second, found.points.iter().map(|point| point.1)),
        marks: clouds(outcome, &|row| found.points[row]),
        description: format!("{} rows by their {first}, and their {second}.", whole(found.points.len() as u64)),
        ..Scene::default()
    }
}

pub fn tables(settings: &Nearest, outcome: &NearestOutcome) -> Vec<Table> {
    let mut tables = Vec::new();
    if !outcome.scores.is_empty() {
        tables.push(score_table(settings.model, outcome));
    }
    if outcome.shares.len() == Scaling::EACH.len() {
        tables.push(share_table(settings.model, outcome));
    }
    if let Some(neighbours) = &outcome.neighbours {
        tables.push(neighbour_table(settings, outcome, neighbours));
    }
    tables
}

fn score_table(model: Model, outcome: &NearestOutcome) -> Table {
    let n = outcome.prepared.n_rows();
    let counted = model.counts_rows();
    let columns = match model {
        Model::KMeans => vec!["scaling", "adjusted Rand index"],
        Model::Pca => vec!["scaling", "first component", "second component"],
        _ => vec!["scaling", "correct rows", "share", "predicted otherwise than raw"],
    };
    let rows = outcome.scores.iter().enumerate().map(|(index, score)| {
        let mut cells = vec![score.scaling.name().to_owned(), said(model, score.value)];
        if counted {
            cells.push(percent(score.value / n as f64));
            cells.push(whole(outcome.n_changed(score.scaling).unwrap_or(0) as u64));
        }
        if let Some(components) = outcome.components.get(index) {
            cells.push(format!("{}%", format4(components.shares[1])));
        }
        cells
    });
    Table {
        title: "Scores".into(),
        columns: columns.into_iter().map(String::from).collect(),
        rows: rows.collect(),
        note: if counted { format!("Of {} rows.", whole(n as u64)) } else { String::new() },
        ..Table::default()
    }
}

fn share_table(model: Model, outcome: &NearestOutcome) -> Table {
    let names = Scaling::EACH.map(|scaling| scaling.name().to_owned());
    let row = |(index, feature): (usize, &String)| {
        std::iter::once(feature.clone()).chain(outcome.shares.iter().map(|shares| percent(shares[index]))).collect()
    };
    Table {
        title: if model == Model::Pca {
            "Share of each feature in the variance"
        } else {
            "Share of each feature in the squared distance"
        }
        .into(),
        columns: std::iter::once("feature".to_owned()).chain(names).collect(),
        rows: outcome.prepared.features.iter().enumerate().map(row).collect(),
        note: if model == Model::Pca {
            String::new()
        } else {
            "Summed over all pairs of rows; it is the share of the feature in the sum of the variances.".into()
        },
        ..Table::default()
    }
}

fn neighbour_table(settings: &Nearest, outcome: &NearestOutcome, neighbours: &Neighbours) -> Table {
    let others = |found: &[(usize, f64)], place: usize| !found.iter().any(|(other, _)| *other == place);
    let cell = |found: Option<&(usize, f64)>, other: &[(usize, f64)], only: &str| {
        found.map_or_else(String::new, |(place, _)| {
            let class = class_name(outcome, outcome.prepared.class[*place]);
            let mark = if others(other, *place) { only } else { "" };
            format!("row {} ({class}){mark}", row_number(outcome, *place))
        })
    };
    let distance = |found: Option<&(usize, f64)>| found.map_or_else(String::new, |(_, distance)| format4(*distance));
    let (raw, scaled) = (&neighbours.raw, &neighbours.scaled);
    let rows = (0..raw.len().max(scaled.len())).map(|index| {
        vec![
            (index + 1).to_string(),
            cell(raw.get(index), scaled, ", only raw"),
            distance(raw.get(index)),
            cell(scaled.get(index), raw, ", new"),
            distance(scaled.get(index)),
        ]
    });
    let after = settings.scaling.name();
    Table {
        title: format!("Nearest neighbours of row {}", row_number(outcome, neighbours.of)),
        columns: vec![
            "rank".into(),
            "raw".into(),
            "raw distance".into(),
            format!("after {after}"),
            format!("distance after {after}"),
        ],
        rows: rows.collect(),
        note: format!("Its own class is {}.", class_name(outcome, outcome.prepared.class[neighbours.of])),
        ..Table::default()
    }
}
