//! What the outcome looks like, and the numbers behind it.

use normlab_plot::number::{digits, format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene, words};
use normlab_report::{Figure, Table};

use super::normal::{ShapeStatistics, share_below, standardized};
use super::{ShapeKept, ShapeOutcome};
use crate::sorted::evenly;

/// More points than these are not drawn of one series.
const DRAWN_AT_MOST: usize = 200;
/// Standard deviations that are drawn on both sides of the mean, at least.
const WIDE: f64 = 3.0;

/// Three decimals, or four digits of what is larger.
pub fn said(number: f64) -> String {
    let rounded = (number * 1000.0).round() / 1000.0;
    if rounded.abs() < 1.0 { digits(rounded, 3) } else { format4(rounded) }
}

pub fn figures(settings: &ShapeKept, outcome: &ShapeOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let mut series = vec![("raw", &outcome.column.values)];
    series.extend(outcome.after(settings.shown).map(|after| (after.by.name(), &after.values)));
    let standard: Vec<(&str, Vec<f64>)> =
        series.into_iter().map(|(name, values)| (name, standardized(values))).collect();
    vec![
        figure("qq", 0, plot_of_quantiles(outcome, &standard)),
        figure("ecdf", 0, shares(&standard)),
        figure("skewness", 1, skewness(outcome)),
    ]
}

fn key(name: &str, role: usize) -> Key {
    Key { name: name.into(), role }
}

/// Least and greatest standard deviation that is drawn.
fn ends(standard: &[(&str, Vec<f64>)]) -> (f64, f64) {
    let all = || standard.iter().flat_map(|(_, values)| values.iter().copied());
    (all().fold(-WIDE, f64::min), all().fold(WIDE, f64::max))
}

/// The normal Q-Q plot, both aligned by their own mean and standard deviation.
fn plot_of_quantiles(outcome: &ShapeOutcome, standard: &[(&str, Vec<f64>)]) -> Scene {
    let widest = outcome.scores.last().copied().unwrap_or(WIDE).max(WIDE);
    let (low, high) = ends(standard);
    let points = |(role, (name, values)): (usize, &(&str, Vec<f64>))| {
        let pairs: Vec<(f64, f64)> = outcome.scores.iter().copied().zip(values.iter().copied()).collect();
        Mark::Points { key: key(name, role), points: evenly(&pairs, DRAWN_AT_MOST), places: Vec::new() }
    };
    let mut marks: Vec<Mark> = vec![Mark::Diagonal];
    marks.extend(standard.iter().enumerate().map(points));
    let farthest: Vec<String> = standard
        .iter()
        .map(|(name, values)| {
            let ends = [values.first(), values.last()].map(|end| format4(end.copied().unwrap_or_default()));
            format!("{name}: from {} to {} standard deviations from the mean", ends[0], ends[1])
        })
        .collect();
    Scene {
        title: "Normal Q-Q plot".into(),
        x: Axis::new("normal score", -widest * 1.04, widest * 1.04),
        y: Axis::new("standard deviations from the mean", low * 1.04, high * 1.04),
        marks,
        description: format!(
            "Values by their normal scores, which run from {} to {}. {}. On the dashed line they would be normal.",
            format4(-widest),
            format4(widest),
            farthest.join("; ")
        ),
        ..Scene::default()
    }
}

/// The share of the values up to each, beside that of the normal distribution.
fn shares(standard: &[(&str, Vec<f64>)]) -> Scene {
    let (low, high) = ends(standard);
    let line = |(role, (name, values)): (usize, &(&str, Vec<f64>))| {
        let n = values.len() as f64;
        let steps: Vec<(f64, f64)> =
            values.iter().enumerate().map(|(rank, value)| (*value, (rank + 1) as f64 / n)).collect();
        Mark::Line { key: key(name, role), points: evenly(&steps, DRAWN_AT_MOST), filled: false }
    };
    let parts = 80;
    let at = |part: i32| low + (high - low) * f64::from(part) / f64::from(parts);
    let mut marks: Vec<Mark> = standard.iter().enumerate().map(line).collect();
    marks.push(Mark::Line {
        key: key("normal", 2),
        points: (0..=parts).map(|part| (at(part), share_below(at(part)))).collect(),
        filled: false,
    });
    let below = |(name, values): &(&str, Vec<f64>)| {
        let count = values.iter().filter(|value| **value <= 0.0).count();
        format!("{name}: {}% up to the mean", format4(100.0 * count as f64 / values.len() as f64))
    };
    Scene {
        title: "Share of the values up to each".into(),
        x: Axis::new("standard deviations from the mean", low * 1.04, high * 1.04),
        y: Axis::new("share of the values", 0.0, 1.0),
        marks,
        description: format!("{}; normal: 50%.", standard.iter().map(below).collect::<Vec<_>>().join("; ")),
        ..Scene::default()
    }
}

fn named(outcome: &ShapeOutcome) -> Vec<(&str, ShapeStatistics, Option<f64>)> {
    let each = outcome.reshaped.iter().map(|one| (one.by.name(), one.form, one.power));
    std::iter::once(("raw", outcome.raw, None)).chain(each).collect()
}

fn skewness(outcome: &ShapeOutcome) -> Scene {
    let each = named(outcome);
    let lengths: Vec<f64> = each.iter().map(|(_, form, _)| form.skewness).collect();
    let low = lengths.iter().copied().fold(0.0, f64::min);
    let high = lengths.iter().copied().fold(0.0, f64::max);
    // Labels of bars to the left stand on the right.
    let room = (high - low).max(0.1) * if low < 0.0 { 0.2 } else { 0.1 };
    let mut scene = Scene {
        title: "Skewness".into(),
        x: Axis::new("skewness", if low < 0.0 { low - room } else { 0.0 }, high + room),
        y: Axis::of_names(each.iter().map(|(name, ..)| (*name).to_owned()).collect()),
        marks: vec![Mark::Bars {
            key: key("skewness", 0),
            labels: lengths.iter().map(|length| said(*length)).collect(),
            lengths,
            slot: 0,
            slots: 1,
        }],
        ..Scene::default()
    };
    scene.description = words(&scene);
    scene
}

pub fn table(outcome: &ShapeOutcome) -> Table {
    let row = |(name, form, power): (&str, ShapeStatistics, Option<f64>)| {
        let power = power.map_or_else(|| "\u{2013}".to_owned(), said);
        vec![name.to_owned(), said(form.skewness), said(form.kurtosis), digits(form.straightness, 5), power]
    };
    Table {
        title: format!("Shape of {}", outcome.column.name),
        columns: ["", "skewness", "excess kurtosis", "Q-Q correlation", "power"].map(String::from).to_vec(),
        rows: named(outcome).into_iter().map(row).collect(),
        note: format!(
            "Of {} values. A normal distribution has 0, 0 and 1. The power of Yeo-Johnson makes normal values most likely.",
            whole(outcome.column.values.len() as u64)
        ),
        ..Table::default()
    }
}
