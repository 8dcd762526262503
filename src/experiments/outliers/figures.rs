//! What the outcome looks like.

use normlab_plot::number::{format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene, Spacing, words};
use normlab_report::{Figure, Frame, Handle};

use super::outcome::{OutliersOutcome, index, largest_z};
use super::planted::FACTORS;
use super::planted_outcome::Planted;
use super::spread::{AFFINE, ScaledColumn};
use super::wording::{RULE, first_beyond, moved, planted_name};
use super::{FARTHEST, NEAREST};
use crate::prepared::Scaling;
use crate::sorted::evenly;
use crate::wording::{capital, percent};

/// What lies farther out than this after robust scaling is not in the picture: the others would be a point there.
const WIDEST: f64 = 15.0;
/// More points than these are not drawn of one series.
const DRAWN_AT_MOST: usize = 200;
/// Points lie so far from the middle of their band, as a part of its height.
const SPREAD: f64 = 0.32;
/// The picture of the limit goes to this number of values at least.
const COUNTS: f64 = 30.0;

pub fn figures(outcome: &OutliersOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let mut figures = vec![before(outcome), strip(outcome)];
    if outcome.law.len() > 1 {
        let at = (outcome.far, outcome.spreads[index(Scaling::ZScore)].range());
        let handle = Handle { label: moved(&outcome.column).into(), at, x: Some("far".into()), ..Handle::default() };
        figures.push(Figure { handles: vec![handle], ..figure("law", 1, law(outcome)) });
    }
    if !outcome.limit.is_empty() {
        figures.push(figure("limit", 1, limit(outcome)));
    }
    figures.extend(outcome.planted.as_ref().map(|planted| figure("neighbours", 1, neighbours(planted))));
    figures
}

fn key(scaling: Scaling) -> Key {
    Key { name: scaling.name().into(), role: index(scaling) }
}

/// The values before scaling, on an axis that counts as the setting does: the one that is moved can be dragged.
fn before(outcome: &OutliersOutcome) -> Figure {
    let column = &outcome.column;
    let (middle, quarter) = (column.low() / 2.0 + column.high() / 2.0, column.high() / 4.0 - column.low() / 4.0);
    let name = moved(column);
    let y = Axis::of_names(vec!["values".into()]);
    let row = y.row(0);
    let others = evenly(&column.others, DRAWN_AT_MOST);
    let others = others.iter().enumerate();
    let others = others.map(|(place, value)| ((value - middle) / quarter, row + SPREAD * scattered(place)));
    let points =
        |name: &str, role, points| Mark::Points { key: Key { name: name.into(), role }, points, places: Vec::new() };
    let at = (outcome.far, row);
    let scene = Scene {
        title: format!("Before scaling: {name} at {}", format4(outcome.place)),
        x: Axis::new("distance from the middle, in quarters of the range of the others", -1.25 * NEAREST, FARTHEST)
            .spaced(Spacing::SymLog { linear: NEAREST }),
        marks: vec![points("the others", 0, others.collect()), points(name, 1, vec![at])],
        description: format!(
            "The others lie from \u{2212}2 to 2 quarters of their range around their middle, {name} at {}.",
            format4(outcome.far)
        ),
        y,
        ..Scene::default()
    };
    let handle = Handle { label: name.into(), at, x: Some("far".into()), ..Handle::default() };
    Figure { key: "before".into(), scene, handles: vec![handle], ..Figure::default() }
}

/// All scalings on one axis; the value moves away as it plays.
fn strip(outcome: &OutliersOutcome) -> Figure {
    let now = [(outcome.place, outcome.spreads.clone())];
    let shown = if outcome.shown.is_empty() { &now[..] } else { &outcome.shown };
    let y = Axis::of_names(AFFINE.map(|scaling| scaling.name().to_owned()).to_vec());
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for spread in shown.iter().flat_map(|(_, spreads)| spreads) {
        let ends = [Some(spread.low), Some(spread.high), spread.moved];
        let fits = |end: &f64| spread.scaling != Scaling::Robust || end.abs() <= WIDEST;
        for end in ends.into_iter().flatten().filter(fits) {
            (low, high) = (low.min(end), high.max(end));
        }
    }
    let room = (high - low) * 0.04;
    let x = Axis::new("after scaling", low - room, high + room);
    let marks = |spreads: &[ScaledColumn]| {
        let others = spreads.iter().flat_map(|spread| {
            let row = y.row(index(spread.scaling));
            spread.drawn.iter().enumerate().map(move |(place, value)| (*value, row + SPREAD * scattered(place)))
        });
        let far = spreads.iter().filter_map(|spread| Some((spread.moved?, y.row(index(spread.scaling)))));
        let points = |name: &str, role, points: Vec<(f64, f64)>| Mark::Points {
            key: Key { name: name.into(), role },
            points,
            places: Vec::new(),
        };
        vec![points("the others", 0, others.collect()), points(moved(&outcome.column), 1, far.collect())]
    };
    let frame = |(place, spreads): &(f64, Vec<ScaledColumn>)| Frame {
        label: format!("{} at {}", moved(&outcome.column), format4(*place)),
        marks: marks(spreads),
    };
    let outside = outcome.spreads.iter().filter(|spread| {
        [Some(spread.low), Some(spread.high), spread.moved].into_iter().flatten().any(|end| end < low || end > high)
    });
    let note: Vec<String> = outside
        .map(|spread| {
            format!(
                "After {}, {} is at {}, outside of the picture.",
                spread.scaling.name(),
                moved(&outcome.column),
                format4(spread.moved.unwrap_or_default())
            )
        })
        .collect();
    let said: Vec<String> = outcome
        .spreads
        .iter()
        .map(|spread| {
            format!(
                "{}: the others from {} to {}, {} at {}.",
                spread.scaling.name(),
                format4(spread.low),
                format4(spread.high),
                moved(&outcome.column),
                format4(spread.moved.unwrap_or_default())
            )
        })
        .collect();
    let scene = Scene {
        title: format!("{} others and {}", whole(outcome.column.others.len() as u64), moved(&outcome.column)),
        x,
        description: [said.join(" "), note.join(" ")].join(" ").trim().to_owned(),
        note: note.join(" "),
        y: y.clone(),
        ..Scene::default()
    };
    Figure { key: "strip".into(), scene, frames: shown.iter().map(frame).collect(), ..Figure::default() }
}

/// A number from -1 to 1: neighbours in order are not neighbours in height.
fn scattered(place: usize) -> f64 {
    (place * 7 % 17) as f64 / 8.0 - 1.0
}

/// The range of the others against the distance.
fn law(outcome: &OutliersOutcome) -> Scene {
    let is_drawn = |range: &f64| *range > 0.0 && range.is_finite();
    let line = |scaling: Scaling| {
        let points = outcome.law.iter().map(|distance| (distance.far, distance.ranges[index(scaling)]));
        Mark::Line { key: key(scaling), points: points.filter(|(_, range)| is_drawn(range)).collect(), filled: false }
    };
    let ranges = || outcome.law.iter().flat_map(|distance| distance.ranges).filter(is_drawn);
    let (low, high) = (ranges().fold(f64::INFINITY, f64::min), ranges().fold(f64::MIN_POSITIVE, f64::max));
    let ends = |far: f64| outcome.law.iter().find(|distance| distance.far >= far).or(outcome.law.last());
    let said: Vec<String> = AFFINE
        .iter()
        .map(|scaling| {
            let at = |far: f64| ends(far).map_or((far, 0.0), |found| (found.far, found.ranges[index(*scaling)]));
            let (first, last) = (at(outcome.far.min(10.0)), at(FARTHEST));
            format!(
                "{}: {} at {}, {} at {}.",
                scaling.name(),
                format4(first.1),
                format4(first.0),
                format4(last.1),
                format4(last.0)
            )
        })
        .collect();
    let first = outcome.law.first().map_or(NEAREST, |distance| distance.far);
    let last = outcome.law.last().map_or(FARTHEST, |distance| distance.far);
    let mut marks: Vec<Mark> = AFFINE.into_iter().map(line).collect();
    marks.push(Mark::Rule { role: None, at: outcome.far, label: format!("now {}", format4(outcome.far)) });
    Scene {
        title: "How wide the others are".into(),
        x: Axis::new("distance, in quarters of the range of the others", first, last).spaced(Spacing::Log),
        y: Axis::new("range of the others after scaling", low / 1.5, high * 1.5).spaced(Spacing::Log),
        marks,
        description: format!("Range of the others after scaling, by distance. {}", said.join(" ")),
        ..Scene::default()
    }
}

/// The largest z-score of so many values.
fn limit(outcome: &OutliersOutcome) -> Scene {
    let n = outcome.column.n() as f64;
    let most = n.max(COUNTS);
    // Equal steps on the axis.
    let parts = 60;
    let count = |part: i32| 2.0 * libm::exp2(libm::log2(most / 2.0) * f64::from(part) / f64::from(parts));
    let line = |name: &str, role, points| Mark::Line { key: Key { name: name.into(), role }, points, filled: false };
    let measured = format!("z-score of {}", moved(&outcome.column));
    let first = first_beyond(RULE);
    let last = outcome.limit.last().copied().unwrap_or_default();
    Scene {
        title: "The largest z-score there can be".into(),
        x: Axis::new("number of values", 2.0, most * 1.1).spaced(Spacing::Log),
        y: Axis::new("z-score", 0.0, largest_z(most) * 1.08),
        marks: vec![
            line("limit", 0, (0..=parts).map(|part| (count(part), largest_z(count(part)))).collect()),
            line(&format!("{} (a common rule)", format4(RULE)), 2, vec![(2.0, RULE), (most * 1.1, RULE)]),
            Mark::Points {
                key: Key { name: measured.clone(), role: 1 },
                points: outcome.limit.clone(),
                places: Vec::new(),
            },
            Mark::Rule { role: None, at: first, label: format!("{} values", format4(first)) },
        ],
        description: format!(
            "The limit rises with the number of values: {} for {}, {} for {}. {} of {} values: {}.",
            format4(largest_z(first - 1.0)),
            format4(first - 1.0),
            format4(largest_z(n)),
            format4(n),
            capital(&measured),
            format4(last.0),
            format4(last.1)
        ),
        ..Scene::default()
    }
}

/// How often nearest neighbours are right.
fn neighbours(planted: &Planted) -> Scene {
    let bars = |(slot, factor): (usize, f64)| {
        let shares: Vec<f64> = (0..AFFINE.len()).map(|index| planted.share(index, slot)).collect();
        Mark::Bars {
            key: Key { name: planted_name(factor), role: slot },
            lengths: shares.iter().map(|share| 100.0 * share).collect(),
            labels: shares.into_iter().map(percent).collect(),
            slot,
            slots: FACTORS.len(),
        }
    };
    let mut scene = Scene {
        title: "Nearest neighbours with outliers".into(),
        x: Axis::new("% of the test rows right", 0.0, 100.0),
        y: Axis::of_names(AFFINE.map(|scaling| scaling.name().to_owned()).to_vec()),
        marks: FACTORS.into_iter().enumerate().map(bars).collect(),
        ..Scene::default()
    };
    scene.description = words(&scene);
    scene
}
