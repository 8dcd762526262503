//! What the outcome looks like: accuracy by contrast and by brightness, losses, bars, and a picture before and after.

use normlab_plot::number::{format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene, Shades, Spacing, Tint};
use normlab_report::{Figure, Handle, Table};

use super::change::PictureChange;
use super::network::{ImageNorm, SIDE};
use super::outcome::{BRIGHTNESSES, CONTRASTS, ChangedAccuracy, ImagesOutcome};
use super::{ImageLabel, ImageNorms};
use crate::networks::{curve_frames, curves};
use crate::wording::{listed, percent};

pub fn figures(settings: &ImageNorms, outcome: &ImagesOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let handle = |label: &str, at: f64| {
        vec![Handle { label: label.into(), at: (at, 50.0), x: Some(label.into()), y: None, units: None }]
    };
    let runs = outcome.shown.named();
    let frames = if outcome.is_done { curve_frames(&runs) } else { Vec::new() };
    let title = format!("Loss with batches of {}", whole(outcome.shown.size));
    let losses = curves(&title, outcome.shown.steps, outcome.task.classes, &runs);
    let losses = Figure { frames, ..figure("losses", 0, losses) };
    let pictures = figure("pictures", 2, pictures(settings, outcome));
    let is_trained = outcome.shown.accuracy(ImageNorm::None).is_some();
    if settings.label == ImageLabel::Contrast {
        let bars = is_trained.then(|| figure("right", 0, bars(settings, outcome)));
        return bars.into_iter().chain([losses, pictures]).collect();
    }
    let mut figures = Vec::new();
    if outcome.changed.iter().any(|changed| !changed.by_contrast.is_empty()) {
        let x = Axis::new("contrast", 0.045, 4.4).spaced(Spacing::Log);
        let scene = by_change(outcome, x, &CONTRASTS, settings.contrast, |changed| &changed.by_contrast);
        figures.push(Figure { handles: handle("contrast", settings.contrast), ..figure("contrasts", 0, scene) });
    }
    figures.push(losses);
    if !figures[0].handles.is_empty() {
        let x = Axis::new("brightness", -1.05, 1.05);
        let scene = by_change(outcome, x, &BRIGHTNESSES, settings.brightness, |changed| &changed.by_brightness);
        figures.push(Figure { handles: handle("brightness", settings.brightness), ..figure("brightnesses", 1, scene) });
    }
    if is_trained {
        figures.push(figure("right", 1, bars(settings, outcome)));
    }
    figures.push(pictures);
    figures
}

fn by_change(
    outcome: &ImagesOutcome,
    x: Axis,
    places: &[f64],
    chosen: f64,
    shares: impl Fn(&ChangedAccuracy) -> &Vec<f64>,
) -> Scene {
    let (mut marks, mut said) = (Vec::new(), Vec::new());
    let what = x.label.clone();
    let (from, to) = x.range();
    let chance = 100.0 * outcome.task.chance;
    marks.push(Mark::Contours { lines: vec![vec![(from, chance), (to, chance)]] });
    for (norm, changed) in ImageNorm::EACH.into_iter().zip(&outcome.changed) {
        let points: Vec<(f64, f64)> =
            places.iter().zip(shares(changed)).map(|(place, share)| (*place, 100.0 * share)).collect();
        let each: Vec<String> =
            points.iter().map(|(place, share)| format!("{} {}", format4(*place), percent(share / 100.0))).collect();
        said.push(format!("{}: {}", norm.name(), each.join(", ")));
        let key = Key { name: norm.name().into(), role: norm.role() };
        marks.push(Mark::Path { key: key.clone(), points: points.clone() });
        marks.push(Mark::Points { key, points, places: Vec::new() });
    }
    marks.push(Mark::Rule { role: None, at: chosen, label: format4(chosen) });
    Scene {
        title: format!("Test {} right, by {what}", outcome.task.things),
        x,
        y: Axis::new(format!("% of the test {} right", outcome.task.things), 0.0, 102.0),
        marks,
        description: format!("Right, by {what}. {}.", said.join("; ")),
        note: format!(
            "The pale line is what always saying the most frequent class gets, {}. Nothing else is changed.",
            percent(outcome.task.chance)
        ),
        ..Scene::default()
    }
}

/// In words, of those that are known.
pub fn said(outcome: &ImagesOutcome, share: impl Fn(ImageNorm) -> Option<f64>) -> String {
    let known = ImageNorm::EACH.into_iter().filter_map(|norm| Some((norm, share(norm)?)));
    let each: Vec<String> = known
        .map(|(norm, share)| match outcome.shown.runs[norm.place()].diverged {
            Some(_) => format!("{} diverged", norm.name()),
            None => format!("{} {}", norm.name(), percent(share)),
        })
        .collect();
    listed(&each)
}

fn bars(settings: &ImageNorms, outcome: &ImagesOutcome) -> Scene {
    let things = outcome.task.things;
    let as_they_are = |norm| outcome.shown.accuracy(norm);
    let changed = |norm| outcome.changed(norm).map(|changed| changed.chosen);
    let mut series = vec![("as they are", ImageNorm::EACH.map(as_they_are))];
    let mut description = format!("Right of the test {things} as they are: {}.", said(outcome, as_they_are));
    if !outcome.changed.is_empty() {
        series.push(("changed", ImageNorm::EACH.map(changed)));
        let change = settings.change().said();
        description += &format!(" When they {change}: {}.", said(outcome, changed));
    }
    let slots = series.len();
    let marks = series.into_iter().enumerate().map(|(slot, (name, shares))| {
        let lengths = shares.map(|share| 100.0 * share.unwrap_or(0.0));
        Mark::Bars {
            key: Key { name: name.into(), role: slot },
            lengths: lengths.to_vec(),
            labels: shares.map(|share| share.map_or_else(String::new, percent)).to_vec(),
            slot,
            slots,
        }
    });
    Scene {
        title: format!("Right with batches of {}", whole(outcome.shown.size)),
        x: Axis::new(format!("% of the test {things} right"), 0.0, 118.0),
        y: Axis::of_names(ImageNorm::EACH.map(|norm| norm.name().to_owned()).to_vec()),
        marks: marks
            .chain([Mark::Rule { role: None, at: 100.0 * outcome.task.chance, label: "guessing".into() }])
            .collect(),
        description,
        ..Scene::default()
    }
}

/// One test picture as it is and changed.
fn pictures(settings: &ImageNorms, outcome: &ImagesOutcome) -> Scene {
    let shades =
        Shades { low: 0.0, high: 1.0, spacing: Spacing::Linear, tint: Tint::Grey, label: "pixel, 1 is black".into() };
    let brightness = if settings.label == ImageLabel::Digit { settings.brightness } else { 0.0 };
    let changes = [PictureChange { contrast: 1.0, brightness: 0.0 }, PictureChange { brightness, ..settings.change() }];
    let marks = changes.iter().enumerate().map(|(index, change)| {
        let left = index as f64;
        Mark::Cells {
            x: (left + 0.04, left + 0.96),
            y: (0.04, 0.96),
            columns: SIDE,
            groups: 1,
            parts: outcome.picture.iter().map(|pixel| shades.part(f64::from(change.pixel(*pixel))) as f32).collect(),
            rows: Vec::new(),
        }
    });
    let names = match settings.label {
        ImageLabel::Digit => ["as it is".to_owned(), "changed".to_owned()],
        ImageLabel::Contrast => ["contrast 1".to_owned(), format!("contrast {}", format4(settings.contrast))],
    };
    let mut x = Axis::of_columns(names.to_vec());
    x.label = "the first test picture".into();
    Scene {
        title: "The same picture twice".into(),
        x,
        y: Axis::bare(1.0),
        marks: marks.collect(),
        shades: Some(shades.clone()),
        description: format!(
            "A digit of 8 by 8 pixels as it is, and with every pixel times {} plus {}.",
            format4(settings.contrast),
            format4(brightness)
        ),
        note: "What is paler than white or darker than black looks white or black here; the networks see the number."
            .into(),
        square: true,
        ..Scene::default()
    }
}

pub fn tables(settings: &ImageNorms, outcome: &ImagesOutcome) -> Vec<Table> {
    let sizes = outcome.sizes();
    let known: Vec<_> = sizes.into_iter().filter(|runs| runs.accuracy(ImageNorm::None).is_some()).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let mut columns = vec![String::new()];
    columns.extend(known.iter().map(|runs| format!("batches of {}", whole(runs.size))));
    let has_changed = outcome.changed.len() == ImageNorm::EACH.len();
    if has_changed {
        let PictureChange { contrast, brightness } = settings.change();
        columns.push(format!("contrast {}, brightness {}", format4(contrast), format4(brightness)));
    }
    let row = |norm: ImageNorm| {
        let shares = known.iter().map(|runs| runs.accuracy(norm));
        let changed = has_changed.then(|| outcome.changed(norm).map(|changed| changed.chosen));
        let cells = shares.chain(changed).map(|share| share.map_or_else(String::new, percent));
        std::iter::once(norm.name().to_owned()).chain(cells).collect()
    };
    vec![Table {
        title: format!("Share of the test {} right", outcome.task.things),
        columns,
        rows: ImageNorm::EACH.map(row).to_vec(),
        note: if has_changed {
            format!("The last column is with batches of {}.", whole(outcome.shown.size))
        } else {
            String::new()
        },
        ..Table::default()
    }]
}
