//! Losses of several runs over their steps.

use normlab_plot::number::format4;
use normlab_plot::{Axis, Key, Mark, Scene};

use super::{NetworkRun, said_divergence};

/// Losses above this many times that of guessing are beyond the picture.
const LOSS_AT_MOST: f64 = 1.6;

/// Losses of runs with their names and colours, over so many steps. Guessing among `classes` has a loss of log(classes).
pub fn curves(title: &str, steps: u64, classes: usize, runs: &[(&str, usize, &NetworkRun)]) -> Scene {
    let guessing = libm::log(classes.max(2) as f64);
    let top = guessing * LOSS_AT_MOST;
    let (mut marks, mut said) = (Vec::new(), Vec::new());
    marks.push(Mark::Contours { lines: vec![vec![(0.0, guessing), (steps as f64, guessing)]] });
    for (name, role, run) in runs {
        let points = run.losses.iter().map(|(step, loss)| (*step as f64, *loss));
        marks.push(Mark::Path { key: Key { name: (*name).into(), role: *role }, points: points.collect() });
        said.push(match (run.diverged, run.losses.last()) {
            (Some(diverged), _) => format!("{name} {}", said_divergence(diverged)),
            (None, Some((step, loss))) => format!("{name}: {} at step {step}", format4(*loss)),
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
