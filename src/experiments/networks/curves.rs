//! Losses of several runs over their steps.

use normlab_plot::number::{format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene};
use normlab_report::Frame;

use super::{NetworkRun, said_divergence};
use crate::wording::capital;

/// Losses above this many times that of guessing are beyond the picture.
const LOSS_AT_MOST: f64 = 1.6;

/// A run with its name and the number of its colour.
type NamedRun<'a> = (&'a str, usize, &'a NetworkRun);

/// Losses of runs with their names and colours, over so many steps. Guessing among `classes` has a loss of log(classes).
pub fn curves(title: &str, steps: u64, classes: usize, runs: &[NamedRun<'_>]) -> Scene {
    let guessing = libm::log(classes.max(2) as f64);
    let top = guessing * LOSS_AT_MOST;
    let (mut marks, mut said) = (Vec::new(), Vec::new());
    marks.push(Mark::Contours { lines: vec![vec![(0.0, guessing), (steps as f64, guessing)]] });
    for (name, role, run) in runs {
        let points = run.curve().map(|(step, loss)| (step as f64, loss));
        marks.push(Mark::Path { key: Key { name: (*name).into(), role: *role }, points: points.collect() });
        said.push(match (run.diverged, run.curve().last()) {
            (Some(diverged), _) => format!("{name} {}", said_divergence(diverged)),
            (None, Some((step, loss))) => format!("{name}: {} at step {step}", format4(loss)),
            (None, None) => format!("{name}: nothing yet"),
        });
    }
    Scene {
        title: title.into(),
        x: Axis::new("step", 0.0, steps as f64),
        y: Axis::new("loss of the training batches", 0.0, top),
        marks,
        description: format!("Loss on the training batches. {}.", said.join("; ")),
        note: format!("The pale line is the loss of guessing, {}. A line that ends has diverged.", format4(guessing)),
        ..Scene::default()
    }
}

/// The runs step by step: where each of them is at every step that has a point.
pub fn curve_frames(runs: &[NamedRun<'_>]) -> Vec<Frame> {
    let Some((.., longest)) = runs.iter().max_by_key(|(.., run)| run.losses.len()) else { return Vec::new() };
    let frame = |index: usize, step: u64| {
        let mut marks = vec![Mark::Rule { role: None, at: step as f64, label: String::new() }];
        let mut said = Vec::new();
        for (name, role, run) in runs {
            let Some((_, loss)) = run.losses.get(index) else { continue };
            let key = Key { name: (*name).into(), role: *role };
            marks.push(Mark::Points { key, points: vec![(step as f64, *loss)], places: Vec::new() });
            said.push(format!("{name} {}", format4(*loss)));
        }
        Frame { label: format!("step {}: {}", whole(step), said.join(", ")), marks }
    };
    longest.losses.iter().enumerate().map(|(index, (step, _))| frame(index, *step)).collect()
}

/// Which runs have diverged, as a sentence; empty: none.
pub fn alert(runs: &[NamedRun<'_>]) -> String {
    let diverged = runs.iter().filter_map(|(name, _, run)| Some((*name, run.diverged?)));
    let each: Vec<String> = diverged.map(|(name, place)| format!("{name} {}", said_divergence(place))).collect();
    if each.is_empty() { String::new() } else { format!("{}.", capital(&each.join("; "))) }
}
