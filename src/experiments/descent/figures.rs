//! What the outcome looks like: loss surfaces with the way down on them, the loss step by step, and the numbers.

use normlab_plot::number::{format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene, Spacing};
use normlab_report::{Figure, Frame, Handle, Table};

use super::outcome::{DescentOutcome, Lane, TrailStop};
use super::plane::{Plane, PlaneAxes};
use super::quadratic::{Quadratic, Rescaling};
use super::walk::{Optimizer, stops};
use super::wording::{after, percent};
use super::{Descent, TOLERANCE};

/// Losses above this part of that at the start are beyond the picture.
const LOSS_AT_MOST: f64 = 1e3;
/// The lowest part of the loss that is shown.
const LOSS_AT_LEAST: f64 = TOLERANCE / 4.0;
const SURFACES_IN_A_ROW: usize = 3;

pub fn figures(settings: &Descent, outcome: &DescentOutcome) -> Vec<Figure> {
    let shown = moments(settings, outcome);
    let lanes = outcome.lanes.iter().zip(&outcome.quadratics).enumerate();
    let mut figures: Vec<Figure> = lanes
        .map(|(index, (lane, quadratic))| {
            let plane = Plane::new(settings.axes, &outcome.features, quadratic, lane);
            Figure {
                key: lane_key(lane.rescaling),
                scene: surface(&plane, settings, quadratic, lane),
                frames: shown.iter().map(|step| frame(&plane, lane, index, *step)).collect(),
                handles: handles(settings, &plane, quadratic.best),
                row: (index / SURFACES_IN_A_ROW) as u32,
                ..Figure::default()
            }
        })
        .collect();
    if settings.optimizer != Optimizer::Closed {
        let scene = losses(outcome);
        let rule = |step: &u64| Mark::Rule { role: None, at: *step as f64, label: String::new() };
        let frame = |step: &u64| Frame { label: step_label(*step), marks: vec![rule(step)] };
        let frames = shown.iter().map(frame).collect();
        figures.push(Figure { key: "loss".into(), scene, frames, row: SURFACES_IN_A_ROW as u32, ..Figure::default() });
    }
    figures
}

fn lane_key(rescaling: Rescaling) -> String {
    rescaling.name().replace(' ', "-")
}

fn step_label(step: u64) -> String {
    format!("step {}", whole(step))
}

/// The steps that are shown: those that are kept, up to the last of all lanes.
fn moments(settings: &Descent, outcome: &DescentOutcome) -> Vec<u64> {
    let last = outcome.lanes.iter().map(|lane| lane.n_steps).max().unwrap_or(0);
    let mut shown: Vec<u64> = stops(settings.steps).into_iter().filter(|step| *step < last).collect();
    shown.push(last);
    shown
}

fn surface(plane: &Plane, settings: &Descent, quadratic: &Quadratic, lane: &Lane) -> Scene {
    let name = lane.rescaling.name();
    let key = Key { name: "best weights".into(), role: Rescaling::EACH.len() + 1 };
    let mut notes = Vec::new();
    let times = plane.elongation();
    if settings.axes == PlaneAxes::Same && times > 100.0 {
        notes.push(format!(
            "The ellipses are {} times as long as wide, so they look like a line: choose other axes to see across.",
            format4(times.round())
        ));
    }
    if let Some(step) = lane.diverged {
        notes.push(format!("Stopped at step {}: a weight is no finite number any more.", whole(step)));
    }
    let ends = match (lane.trail.first(), lane.last()) {
        (Some(first), Some(last)) => {
            let said = |stop: &TrailStop| {
                let (x, y) = plane.place(stop);
                format!("({}, {})", format4(x), format4(y))
            };
            format!("From {} it gets to {} in {} steps", said(first), said(last), whole(last.step))
        }
        _ => String::new(),
    };
    let (x, y) = plane.best;
    Scene {
        title: format!("{name}: κ = {}", format4(quadratic.condition())),
        x: plane.x(),
        y: plane.y(),
        marks: vec![
            Mark::Contours { lines: plane.contours() },
            Mark::Points { key, points: vec![plane.best], places: Vec::new() },
        ],
        description: format!(
            "Lines of equal loss are ellipses {} times as long as wide around the best weights, ({}, {}). {ends}; {} of the \
             loss is left.",
            format4(times),
            format4(x),
            format4(y),
            percent(lane.last().map_or(1.0, |stop| stop.left))
        ),
        note: notes.join(" "),
        square: plane.is_square(),
        ..Scene::default()
    }
}

/// The way up to a step; what does not differ to the eye is left out, and where it leaves for far beyond the picture it ends.
fn frame(plane: &Plane, lane: &Lane, role: usize, step: u64) -> Frame {
    let mut points: Vec<(f64, f64)> = Vec::new();
    let mut here = plane.start;
    for stop in lane.trail.iter().take_while(|stop| stop.step <= step) {
        let there = plane.place(stop);
        if let Some(end) = plane.cut(here, there) {
            points.push(end);
            here = there;
            break;
        }
        here = there;
        if points.last().is_none_or(|last| !plane.is_near(*last, here)) {
            points.push(here);
        }
    }
    let key = Key { name: "the way down".into(), role };
    let marks =
        vec![Mark::Path { key: key.clone(), points }, Mark::Points { key, points: vec![here], places: Vec::new() }];
    Frame { label: step_label(step), marks }
}

/// The start, which can be dragged where the axes are the weights.
fn handles(settings: &Descent, plane: &Plane, best: [f64; 3]) -> Vec<Handle> {
    if settings.axes == PlaneAxes::Steepest || best[0] == 0.0 || best[1] == 0.0 {
        return Vec::new();
    }
    let units = (settings.axes == PlaneAxes::Same).then_some((best[0], best[1]));
    let (x, y) = (Some("start1".into()), Some("start2".into()));
    vec![Handle { label: "start".into(), at: plane.start, x, y, units }]
}

fn losses(outcome: &DescentOutcome) -> Scene {
    let last = outcome.lanes.iter().map(|lane| lane.n_steps).max().unwrap_or(1).max(1) as f64;
    let highest = outcome.lanes.iter().flat_map(|lane| &lane.trail).map(|stop| stop.left).fold(1.0, f64::max);
    let mut marks = vec![Mark::Contours { lines: vec![vec![(0.0, TOLERANCE), (last, TOLERANCE)]] }];
    marks.extend(outcome.lanes.iter().enumerate().map(|(index, lane)| Mark::Path {
        key: Key { name: lane.rescaling.name().into(), role: index },
        points: lane.trail.iter().map(|stop| (stop.step as f64, stop.left.max(f64::MIN_POSITIVE))).collect(),
    }));
    let said: Vec<String> = outcome.lanes.iter().map(after).collect();
    Scene {
        title: "Loss that is left".into(),
        x: Axis::new("step", 0.0, last * 1.02).spaced(Spacing::SymLog { linear: 1.0 }),
        y: Axis::new("part of the loss at the start", LOSS_AT_LEAST, highest.min(LOSS_AT_MOST) * 1.5)
            .spaced(Spacing::Log),
        marks,
        description: format!("The loss above the least possible, as a part of that at the start: {}.", said.join("; ")),
        note: "The pale line is a millionth. Early steps are drawn singly, later ones at equal ratios.".into(),
        ..Scene::default()
    }
}

pub fn tables(settings: &Descent, outcome: &DescentOutcome) -> Vec<Table> {
    if outcome.lanes.is_empty() {
        return Vec::new();
    }
    let row = |(lane, quadratic): (&Lane, &Quadratic)| {
        let steps = match (settings.optimizer, lane.reached, lane.diverged) {
            (Optimizer::Closed, ..) => "none".into(),
            (_, Some(step), _) => whole(step),
            (_, None, Some(step)) => format!("diverged at {}", whole(step)),
            (_, None, None) => format!("more than {}", whole(lane.n_steps)),
        };
        let rate = if settings.optimizer == Optimizer::Closed { "none".into() } else { format4(lane.rate) };
        vec![
            lane.rescaling.name().to_owned(),
            format4(quadratic.condition()),
            format4(quadratic.values[0]),
            format4(quadratic.values[2]),
            rate,
            format4(settings.limit() / quadratic.steepest()),
            steps,
            lane.last().map_or_else(String::new, |stop| percent(stop.left)),
        ]
    };
    let columns = [
        "scaling",
        "condition number κ",
        "largest curvature λmax",
        "smallest curvature λmin",
        "learning rate",
        "stability limit",
        "steps to a millionth",
        "loss left at the end",
    ];
    let columns: Vec<String> = columns.map(String::from).to_vec();
    let mut table = Table {
        title: "How steep, how flat, how long".into(),
        columns,
        rows: outcome.lanes.iter().zip(&outcome.quadratics).map(row).collect(),
        note: format!(
            "A linear model of {} with a bias, on {} rows; the loss is half the mean squared error, and what is left is counted \
             above the least possible.",
            outcome.features.target,
            whole(outcome.features.n_rows as u64)
        ),
        ..Table::default()
    };
    if matches!(settings.optimizer, Optimizer::Adam | Optimizer::Closed) {
        // It is a limit of gradient descent.
        table.columns.remove(5);
        table.rows.iter_mut().for_each(|row| {
            row.remove(5);
        });
    }
    vec![table]
}
