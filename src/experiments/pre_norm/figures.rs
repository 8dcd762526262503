//! What the outcome looks like: gradients at the start by depth, and the losses.

use normlab_plot::number::{digits, format4};
use normlab_plot::{Axis, Key, Mark, Scene, Spacing};
use normlab_report::{Figure, Table};

use super::PreNorm;
use super::outcome::{PreNormOutcome, StartAtDepth, Variant};
use crate::networks::{NetworkRun, curve_frames, curves, said_divergence};
use crate::wording::percent;

pub fn figures(settings: &PreNorm, outcome: &PreNormOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let runs = outcome.named();
    let frames = if outcome.is_done() { curve_frames(&runs) } else { Vec::new() };
    let title = format!("Loss, {} blocks deep", settings.depth);
    let mut figures = Vec::new();
    if known(outcome).next().is_some() {
        figures.push(figure("gradients", 0, gradients(outcome)));
    }
    let losses = curves(&title, settings.steps, outcome.task.classes, &runs);
    figures.push(Figure { frames, ..figure("losses", 0, losses) });
    figures
}

fn known(outcome: &PreNormOutcome) -> impl Iterator<Item = &StartAtDepth> + Clone {
    outcome.start.iter().filter(|start| start.draws > 0)
}

/// What Xiong et al. give for pre-norm, as a part of post-norm: `sqrt(1.5 / (1 + L / 2))`.
pub fn theory(depth: f64) -> f64 {
    (1.5 / (1.0 + depth / 2.0)).sqrt()
}

fn gradients(outcome: &PreNormOutcome) -> Scene {
    let of = |value: fn(&StartAtDepth) -> f64| -> Vec<(f64, f64)> {
        known(outcome).map(|start| (start.depth as f64, value(start))).collect()
    };
    let (post, pre) = (of(|start| start.post), of(|start| start.pre));
    let at_one = post.first().map_or(1.0, |point| point.1);
    let law =
        |factor: fn(f64) -> f64| post.iter().map(|(depth, _)| (*depth, at_one * factor(*depth))).collect::<Vec<_>>();
    let all = post.iter().chain(&pre).map(|point| point.1).filter(|value| *value > 0.0 && value.is_finite());
    let (low, high) = all.fold((f64::INFINITY, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    let (low, high) = if low < high { (low, high) } else { (0.1, 10.0) };
    let key = |name: &str, role| Key { name: name.into(), role };
    let said = |name: &str, points: &[(f64, f64)]| {
        let each: Vec<String> = points.iter().map(|(depth, value)| format!("{depth} {}", format4(*value))).collect();
        format!("{name}: {}", each.join(", "))
    };
    let (post_key, pre_key) = (key("post-norm", Variant::Post.role()), key("pre-norm", Variant::Pre.role()));
    Scene {
        title: "Gradient of the last block before any step".into(),
        x: Axis::new("blocks", 0.85, 150.0).spaced(Spacing::Log),
        y: Axis::new("norm of the gradient", low * 0.7, high * 1.4).spaced(Spacing::Log),
        marks: vec![
            Mark::Contours { lines: vec![law(|_| 1.0), law(theory)] },
            Mark::Path { key: post_key.clone(), points: post.clone() },
            Mark::Points { key: post_key, points: post.clone(), places: Vec::new() },
            Mark::Path { key: pre_key.clone(), points: pre.clone() },
            Mark::Points { key: pre_key, points: pre.clone(), places: Vec::new() },
        ],
        description: format!("By depth. {}. {}.", said("Post-norm", &post), said("Pre-norm", &pre)),
        note: "The pale lines are the theory: flat, and the square root of 1.5 / (1 + L/2).".into(),
        ..Scene::default()
    }
}

pub fn tables(outcome: &PreNormOutcome) -> Vec<Table> {
    let mut tables = Vec::new();
    if outcome.is_done() {
        let row = |(variant, run): (&Variant, &NetworkRun)| {
            let loss = run.losses.last().map_or_else(String::new, |(_, loss)| format4(*loss));
            let right = match run.diverged {
                Some(diverged) => said_divergence(diverged),
                None => digits(run.accuracy(), 3),
            };
            vec![variant.name().to_owned(), right, loss]
        };
        tables.push(Table {
            title: format!("Share of the test {} right", outcome.task.things),
            columns: ["", "right", "last training loss"].map(String::from).to_vec(),
            rows: Variant::EACH.iter().zip(&outcome.runs).map(row).collect(),
            note: format!(
                "Of {} test {}; guessing gets {}.",
                outcome.task.n_test,
                outcome.task.things,
                percent(outcome.task.chance)
            ),
            ..Table::default()
        });
    }
    if known(outcome).next().is_some() {
        let row = |start: &StartAtDepth| {
            let ratio = start.pre / start.post;
            let stream = 1.0 + start.depth as f64 / 2.0;
            let numbers =
                [start.post, start.pre, ratio, theory(start.depth as f64), start.pre_stream, stream, start.post_stream];
            std::iter::once(start.depth.to_string()).chain(numbers.map(format4)).collect()
        };
        let columns = [
            "blocks",
            "gradient, post-norm",
            "gradient, pre-norm",
            "pre / post",
            "by theory",
            "mean square of the stream, pre-norm",
            "1 + L/2",
            "before the norm, post-norm",
        ];
        tables.push(Table {
            title: "Before any step, by depth".into(),
            columns: columns.map(String::from).to_vec(),
            rows: known(outcome).map(row).collect(),
            note: format!(
                "Means over {} random networks of width {}.",
                known(outcome).next().map_or(0, |start| start.draws),
                super::start::WIDTH
            ),
            ..Table::default()
        });
    }
    tables
}
