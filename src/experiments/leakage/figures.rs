//! What the outcome looks like: scores with their errors, repeat by repeat, and one feature of the first of them.

use normlab_engine::summarize;
use normlab_plot::number::{format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene};
use normlab_report::Figure;

use super::outcome::{LeakageExample, LeakageOutcome, MeanWithError};
use super::wording::{counted, first_repeat, percent, points, signed};
use super::{Leakage, LeakageCase};
use crate::prepared::Scaling;

/// Bars of the histogram, about.
const BARS_ABOUT: i64 = 21;
/// Half of the length of an interval, in standard errors.
const ERRORS: f64 = 2.0;

pub fn figures(settings: &Leakage, outcome: &LeakageOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let mut figures =
        vec![figure("scores", 0, scores(settings, outcome)), figure("changes", 0, changes(settings, outcome))];
    if settings.case != LeakageCase::Drift {
        figures.push(figure("repeats", 1, repeats(settings, outcome)));
    }
    if let Some(example) = &outcome.example {
        if !example.walk.is_empty() {
            figures.push(figure("walk", 1, walk(outcome, example)));
        }
        figures.push(figure("example", 1, boxes(settings, outcome, example)));
    }
    figures
}

fn names(outcome: &LeakageOutcome, from: usize) -> Vec<String> {
    outcome.scopes[from..].iter().map(|scope| scope.name().to_owned()).collect()
}

/// Means with their intervals, one in each band of `y`; in percent.
fn intervals(label: &str, names: Vec<String>, means: &[MeanWithError]) -> Scene {
    let y = Axis::of_names(names);
    let key = Key { name: "mean and two standard errors".into(), role: 0 };
    let (mut points, mut marks) = (Vec::new(), Vec::new());
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for (index, found) in means.iter().enumerate() {
        let (mean, reach, at) = (100.0 * found.mean, 100.0 * ERRORS * found.error, y.row(index));
        points.push((mean, at));
        marks.push(Mark::Path { key: key.clone(), points: vec![(mean - reach, at), (mean + reach, at)] });
        (low, high) = (low.min(mean - reach), high.max(mean + reach));
    }
    let room = ((high - low) * 0.08).max(0.05);
    marks.push(Mark::Points { key, points, places: Vec::new() });
    Scene {
        x: Axis::new(label, low - room, high + room).rounded(),
        y,
        marks,
        note: "A line reaches two standard errors to both sides of the mean.".into(),
        ..Scene::default()
    }
}

fn scores(settings: &Leakage, outcome: &LeakageOutcome) -> Scene {
    let means: Vec<MeanWithError> = (0..outcome.scopes.len()).map(|scope| outcome.score(scope)).collect();
    let said: Vec<String> = outcome
        .scopes
        .iter()
        .zip(&means)
        .map(|(scope, found)| {
            format!("{} {}, standard error {}", scope.name(), percent(found.mean), points(found.error))
        })
        .collect();
    let label = if settings.case == LeakageCase::Drift { "% of the walks right" } else { "% of the test rows right" };
    Scene {
        title: format!("Score over {}", counted(settings, outcome.n_done())),
        description: format!("Right on average: {}.", said.join("; ")),
        ..intervals(label, names(outcome, 0), &means)
    }
}

fn changes(settings: &Leakage, outcome: &LeakageOutcome) -> Scene {
    let means: Vec<MeanWithError> = (1..outcome.scopes.len()).map(|scope| outcome.difference(scope)).collect();
    let said: Vec<String> = outcome.scopes[1..]
        .iter()
        .zip(&means)
        .map(|(scope, found)| {
            format!("{} {}, standard error {}", scope.name(), signed(found.mean), points(found.error))
        })
        .collect();
    let mut scene = intervals("percentage points above fit on train", names(outcome, 1), &means);
    let (low, high) = scene.x.range();
    let room = (high.max(0.0) - low.min(0.0)) * 0.04;
    scene.x = Axis::new(scene.x.label, low.min(-room), high.max(room));
    let honest = Mark::Rule { role: None, at: 0.0, label: outcome.scopes[0].name().into() };
    scene.marks.insert(0, honest);
    Scene {
        title: format!("Change within the same {}", settings.case.repeats().0),
        description: format!("Percentage points above fit on train: {}.", said.join("; ")),
        ..scene
    }
}

/// How often the leak changes the score by how much.
fn repeats(settings: &Leakage, outcome: &LeakageOutcome) -> Scene {
    let differences: Vec<f64> = outcome.differences(outcome.leak).map(|difference| 100.0 * difference).collect();
    // In test rows: a bar is an odd number of them wide, so that one bar is around zero and all hold as many.
    let row = 100.0 / outcome.n_test as f64;
    let rows: Vec<i64> = differences.iter().map(|difference| (difference / row).round() as i64).collect();
    let widest = rows.iter().map(|rows| rows.abs()).max().unwrap_or(0);
    let width = ((2 * widest + 1) / BARS_ABOUT) | 1;
    let half = (widest + width / 2) / width;
    let reach = (half as f64 + 0.5) * width as f64 * row;
    let mut heights = vec![0.0; 2 * half as usize + 1];
    for rows in rows {
        heights[(rows + width / 2 + half * width).div_euclid(width) as usize] += 1.0;
    }
    let (lower, higher) = outcome.lower_and_higher(outcome.leak);
    let several = settings.case.repeats().1;
    let most = heights.iter().copied().fold(0.0, f64::max);
    let name = format!("{} above fit on train", outcome.scopes[outcome.leak].name());
    let none = Mark::Rule { role: None, at: 0.0, label: "no change".into() };
    Scene {
        title: format!("What the leak does, {} by {0}", settings.case.repeats().0),
        x: Axis::new(format!("{}, percentage points", name), -reach, reach),
        y: Axis::counting(several, most),
        marks: vec![
            Mark::Steps { key: Key { name, role: 0 }, low: -reach, high: reach, heights, ends: None, outside: 0 },
            none,
        ],
        description: format!(
            "Changes from {} to {} percentage points; lower in {}, higher in {} of {}.",
            format4(differences.iter().copied().fold(f64::INFINITY, f64::min)),
            format4(differences.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
            whole(lower as u64),
            whole(higher as u64),
            counted(settings, outcome.n_done())
        ),
        ..Scene::default()
    }
}

/// A walk with the range of its known steps.
fn walk(outcome: &LeakageOutcome, example: &LeakageExample) -> Scene {
    let steps: Vec<(f64, f64)> = example.walk.iter().enumerate().map(|(step, at)| ((step + 1) as f64, *at)).collect();
    let (n, all) = (outcome.n_train, example.walk.len() as f64);
    let range = example.scalers[0];
    let (low, high) = steps.iter().fold((0.0_f64, 0.0_f64), |(low, high), (_, at)| (low.min(*at), high.max(*at)));
    let room = (high - low) * 0.05;
    let key = |name: &str, role| Key { name: name.into(), role };
    let edge = |at: f64| Mark::Path { key: key("range of the steps before", 2), points: vec![(1.0, at), (all, at)] };
    Scene {
        title: "The first walk".into(),
        x: Axis::new("step", 1.0, all),
        y: Axis::new("value", low - room, high + room),
        marks: vec![
            edge(range.low),
            edge(range.high),
            Mark::Path { key: key("steps before the split", 0), points: steps[..n].to_vec() },
            Mark::Path { key: key("test steps", 1), points: steps[n - 1..].to_vec() },
            Mark::Rule { role: None, at: n as f64, label: "split".into() },
        ],
        description: format!(
            "The steps before the split lie from {} to {}; the walk is at {} at the split and at {} at its end.",
            format4(range.low),
            format4(range.high),
            format4(example.walk[n - 1]),
            format4(example.walk[example.walk.len() - 1])
        ),
        ..Scene::default()
    }
}

/// The scaled test values of the example, one box for each way.
fn boxes(settings: &Leakage, outcome: &LeakageOutcome, example: &LeakageExample) -> Scene {
    let y = Axis::of_names(names(outcome, 0));
    let (mut marks, mut said) = (Vec::new(), Vec::new());
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    let is_range = settings.case == LeakageCase::Drift || settings.scaling == Scaling::MinMax;
    let rule = |at: f64, label: &str| Mark::Rule { role: None, at, label: label.into() };
    if is_range {
        marks.extend([rule(0.0, "least"), rule(1.0, "greatest")]);
        high = 1.0;
    } else {
        marks.push(rule(0.0, "centre"));
    }
    for (index, values) in example.values.iter().enumerate() {
        let found = summarize(values, &mut Vec::new());
        marks.push(Mark::Box {
            key: Key { name: outcome.scopes[index].name().into(), role: index },
            at: y.row(index),
            quartiles: [found.q1, found.median, found.q3],
            whiskers: (found.min, found.max),
            mean: found.mean,
        });
        (low, high) = (low.min(found.min), high.max(found.max));
        said.push(format!(
            "{}: from {} to {}, median {}",
            outcome.scopes[index].name(),
            format4(found.min),
            format4(found.max),
            format4(found.median)
        ));
    }
    let room = ((high - low) * 0.04).max(0.01);
    Scene {
        title: format!("Test values after scaling, in {}", first_repeat(settings)),
        x: Axis::new(format!("{}, scaled", example.feature), low - room, high + room),
        y,
        marks,
        description: format!("{}.", said.join("; ")),
        note: "A box is the middle half, whiskers reach the least and the greatest value, the diamond is the mean."
            .into(),
        ..Scene::default()
    }
}
