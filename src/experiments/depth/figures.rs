//! What the outcome looks like: activations and gradients by layer, step by step, the losses, and the growth of gradients.

use normlab_plot::number::{digits, format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene, Spacing};
use normlab_report::{Figure, Frame, Table};

use super::Depth;
use super::explosion::theory;
use super::outcome::{DepthOutcome, Explosion, LayerProfile};
use crate::networks::{NetworkNorm, curves, said_divergence};
use crate::wording::percent;

/// Sizes beyond these are not told apart.
const SMALLEST: f64 = 1e-12;
const LARGEST: f64 = 1e6;

/// A number of each layer.
type OfLayers = fn(&LayerProfile) -> &Vec<f64>;

pub fn figures(settings: &Depth, outcome: &DepthOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let moments = outcome.moments();
    let mut figures = Vec::new();
    if !moments.is_empty() {
        let titled = |title: &str, label: &str, of: OfLayers| layers(settings, outcome, (title, label), of);
        let activations = titled("Activations, layer by layer", "standard deviation", |profile| &profile.deviations);
        let gradients = titled("Gradients, layer by layer", "norm of the gradient", |profile| &profile.gradients);
        let frames = |of: OfLayers| moments.iter().map(|step| frame(outcome, *step, of)).collect();
        figures.push(Figure { frames: frames(|profile| &profile.deviations), ..figure("activations", 0, activations) });
        figures.push(Figure { frames: frames(|profile| &profile.gradients), ..figure("gradients", 0, gradients) });
    }
    let runs = NetworkNorm::named(&outcome.runs);
    let title = format!("Loss, {} layers deep", settings.depth);
    let rule = |step: &u64| Mark::Rule { role: None, at: *step as f64, label: String::new() };
    let frames = moments.iter().map(|step| Frame { label: step_label(*step), marks: vec![rule(step)] }).collect();
    figures.push(Figure { frames, ..figure("losses", 1, curves(&title, settings.steps, outcome.task.classes, &runs)) });
    if let Some(explosion) = &outcome.explosion {
        figures.push(figure("explosion", 1, growth(explosion)));
    }
    figures
}

fn step_label(step: u64) -> String {
    format!("step {}", whole(step))
}

/// The layers of one network at a moment, as points.
fn points(profile: &LayerProfile, of: OfLayers) -> Vec<(f64, f64)> {
    let known = of(profile).iter().enumerate().filter(|(_, value)| value.is_finite());
    known.map(|(layer, value)| ((layer + 1) as f64, value.clamp(SMALLEST, LARGEST))).collect()
}

fn frame(outcome: &DepthOutcome, step: u64, of: OfLayers) -> Frame {
    let mark = |norm: &NetworkNorm| {
        let key = Key { name: norm.name().into(), role: norm.role() };
        outcome.at(*norm, step).map(|profile| Mark::Path { key, points: points(profile, of) })
    };
    Frame { label: step_label(step), marks: NetworkNorm::EACH.iter().filter_map(mark).collect() }
}

fn layers(settings: &Depth, outcome: &DepthOutcome, (title, label): (&str, &str), of: OfLayers) -> Scene {
    let all = outcome.profiles.iter().flatten().flat_map(|profile| points(profile, of)).map(|point| point.1);
    let (low, high) = all.fold((f64::INFINITY, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    let (low, high) = if low < high { (low, high) } else { (0.1, 10.0) };
    let last = outcome.moments().last().copied().unwrap_or(0);
    let said = NetworkNorm::EACH.iter().filter_map(|norm| {
        let points = points(outcome.at(*norm, last)?, of);
        let (first, last) = (points.first()?, points.last()?);
        Some(format!("{} from {} in layer 1 to {} in the last", norm.name(), format4(first.1), format4(last.1)))
    });
    let said: Vec<String> = said.collect();
    Scene {
        title: title.into(),
        x: Axis::new("hidden layer", 0.7, settings.depth as f64 + 0.3).of_whole_things(),
        y: Axis::new(label, low / 1.5, high * 1.5).spaced(Spacing::Log),
        description: format!("At step {}: {}.", whole(last), said.join("; ")),
        ..Scene::default()
    }
}

fn growth(explosion: &Explosion) -> Scene {
    let points: Vec<(f64, f64)> =
        explosion.products.iter().enumerate().map(|(layer, value)| ((layer + 1) as f64, *value)).collect();
    let last = points.last().copied().unwrap_or((1.0, 1.0));
    let law = |layer: f64| last.1 * libm::pow(theory(), last.0 - layer);
    let ends = [1.0, last.0].map(|layer| (layer, law(layer)));
    let high = points.iter().map(|point| point.1).fold(ends[0].1, f64::max);
    let low = points.iter().map(|point| point.1).fold(last.1, f64::min);
    let key = |name: &str, role| Key { name: name.into(), role };
    Scene {
        title: "Gradients with BatchNorm before any step".into(),
        x: Axis::new("hidden layer", 0.0, last.0 + 1.0).of_whole_things(),
        y: Axis::new("gradient times standard deviation", low / 1.5, high * 1.5).spaced(Spacing::Log),
        marks: vec![
            Mark::Path { key: key("theory", 2), points: ends.to_vec() },
            Mark::Path { key: key("measured", 1), points },
        ],
        description: format!(
            "From each layer back to the one before it grows by a factor of {}; by theory {}.",
            digits(explosion.factor(), 4),
            digits(theory(), 4)
        ),
        note: "A network of 30 layers of 128 units with ReLU, without skip connections, on 128 random inputs.".into(),
        ..Scene::default()
    }
}

pub fn tables(outcome: &DepthOutcome) -> Vec<Table> {
    let last = outcome.moments().last().copied().unwrap_or(0);
    let mut tables = Vec::new();
    if outcome.has_scores() {
        let row = |norm: NetworkNorm| {
            let run = &outcome.runs[norm.role()];
            let right = match run.diverged {
                Some(diverged) => said_divergence(diverged),
                None => digits(run.accuracy(), 3),
            };
            let ends = |of: OfLayers| {
                let values = outcome.at(norm, last).map(of).filter(|values| !values.is_empty());
                values.map_or_else(<[String; 2]>::default, |values| {
                    [format4(values[0]), format4(values[values.len() - 1])]
                })
            };
            let [first_deviation, last_deviation] = ends(|profile| &profile.deviations);
            let [first_gradient, last_gradient] = ends(|profile| &profile.gradients);
            let [first_update, last_update] = ends(|profile| &profile.updates);
            let dead = outcome.at(norm, last).map(|profile| &profile.dead).filter(|dead| !dead.is_empty());
            let dead = dead.map_or_else(String::new, |dead| percent(dead.iter().sum::<f64>() / dead.len() as f64));
            vec![
                norm.name().to_owned(),
                right,
                first_deviation,
                last_deviation,
                first_gradient,
                last_gradient,
                first_update,
                last_update,
                dead,
            ]
        };
        let columns = [
            "",
            "right",
            "sd, layer 1",
            "sd, last layer",
            "gradient, layer 1",
            "gradient, last layer",
            "update / weights, layer 1",
            "update / weights, output layer",
            "dead units",
        ];
        tables.push(Table {
            title: "After the last step".into(),
            columns: columns.map(String::from).to_vec(),
            rows: NetworkNorm::EACH.map(row).to_vec(),
            note: format!(
                "Right of {} test {}; guessing gets {}. A dead unit is 0 for the whole batch.",
                outcome.task.n_test,
                outcome.task.things,
                percent(outcome.task.chance)
            ),
            ..Table::default()
        });
    }
    tables
}
