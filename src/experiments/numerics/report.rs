//! What the outcome says.

use normlab_plot::number::{digits, format4, full, whole};
use normlab_plot::{Axis, Key, Mark, Scene, Spacing};
use normlab_report::{Fact, FactValue, Figure, Frame, Handle, Limit, Report, Table};

use super::variance::{AtOffset, EXACT, LARGEST_POWER, NAMES, is_wrong};
use super::{ARRIVED, Numerics, NumericsOutcome, NumericsTopic};

pub fn report(settings: &Numerics, outcome: &NumericsOutcome) -> Report {
    let report = match outcome {
        NumericsOutcome::Variance { all, asked, is_done } => variance(all, asked, *is_done),
        NumericsOutcome::RunningMean { shares, is_done } => running_mean(settings, shares, *is_done),
    };
    Report { limits: limits(settings), ..report }
}

/// An offset as it is read.
pub fn offset(offset: f64) -> String {
    digits(offset, 6)
}

/// A result with all digits that matter.
fn result(value: f64) -> String {
    digits(value, 6)
}

fn count(results: &[f64; 3]) -> usize {
    results.iter().filter(|result| is_wrong(**result)).count()
}

fn variance(all: &[AtOffset], asked: &AtOffset, is_done: bool) -> Report {
    let [squares, two_passes, welford] = asked.single;
    let at = offset(asked.offset);
    let verdict = match (squares < 0.0, is_wrong(squares)) {
        (true, _) => "A variance can come out negative",
        (false, true) => "Not negative at this offset, but wrong",
        (false, false) => "At this offset every digit that matters is still there",
    };
    let found = whys(asked);
    let handle = |results: [f64; 3]| Handle {
        label: "offset".into(),
        at: (asked.power, results[0]),
        x: Some("power".into()),
        ..Handle::default()
    };
    let said = |name: &str, results: &[f64; 3]| {
        let each: Vec<String> =
            NAMES.iter().zip(results).map(|(way, value)| format!("{way} {}", result(*value))).collect();
        format!("In {name}: {}.", each.join(", "))
    };
    let facts = [
        Fact { key: "result".into(), value: FactValue::Number(squares), why: found[0].clone() },
        Fact {
            key: "wrong".into(),
            value: FactValue::Choice(count(&asked.single)),
            why: format!("{} {}", said("f32", &asked.single), held(asked)),
        },
    ];
    // What plays ends where the visitor asks.
    let frames = all.iter().filter(|at| at.power <= asked.power).map(|at| Frame {
        label: format!("offset {}", offset(at.offset)),
        marks: vec![Mark::Rule { role: None, at: at.power, label: format!("f32: {}", result(at.single[0])) }],
    });
    let mut sentences = vec![said("f32", &asked.single), said("f64", &asked.double)];
    sentences.extend(found);
    sentences.push(held(asked));
    Report {
        headline: format!(
            "{verdict}: with {at} added to 0, 1, 2 and 3, the mean of squares minus the square of the mean gives {} in f32, two \
             passes give {}, and Welford's way gives {}; the variance is {EXACT}.",
            result(squares),
            result(two_passes),
            result(welford)
        ),
        sentences,
        figures: vec![
            Figure {
                key: "single".into(),
                scene: results("In f32", all, asked, |at| at.single),
                frames: if is_done { frames.collect() } else { Vec::new() },
                handles: vec![handle(asked.single)],
                ..Figure::default()
            },
            Figure {
                key: "double".into(),
                scene: results("In f64", all, asked, |at| at.double),
                handles: vec![handle(asked.double)],
                ..Figure::default()
            },
        ],
        tables: vec![steps(asked), every(all)],
        facts: if is_done { facts.to_vec() } else { Vec::new() },
        limits: Vec::new(),
        ..Report::default()
    }
}

fn whys(asked: &AtOffset) -> Vec<String> {
    let (squares, square) = asked.squares;
    vec![format!(
        "In f32 the mean of the squares is {} and the square of the mean is {}: numbers of that size are {} apart, so a \
         difference of {EXACT} {}.",
        full(squares),
        full(square),
        full(asked.spacing),
        match asked.spacing {
            spacing if spacing > EXACT => "falls between them",
            spacing if is_wrong(EXACT + spacing) => "shows only roughly",
            _ => "still shows",
        }
    )]
}

/// What rounding does to the numbers before anything is computed.
fn held(asked: &AtOffset) -> String {
    if is_wrong(asked.held.0) {
        format!(
            "The numbers themselves are rounded: as f32 holds them, their variance is {}, so no way can do better.",
            result(asked.held.0)
        )
    } else {
        "f32 holds the four numbers well enough: what is lost is lost by the formula.".into()
    }
}

/// Results over the offsets; what is far from zero is drawn on a logarithmic scale.
fn results(title: &str, all: &[AtOffset], asked: &AtOffset, of: impl Fn(&AtOffset) -> [f64; 3]) -> Scene {
    let values = |way: usize| all.iter().map(|at| of(at)[way]).collect::<Vec<_>>();
    let (low, high) =
        (0..3).flat_map(values).fold((0.0_f64, 10.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    let path = |way: usize| Mark::Path {
        key: Key { name: NAMES[way].into(), role: way },
        points: all.iter().map(|at| (at.power, of(at)[way])).collect(),
    };
    let mut marks: Vec<Mark> = (0..3).map(path).collect();
    marks.push(Mark::Points {
        key: Key { name: NAMES[0].into(), role: 0 },
        points: vec![(asked.power, of(asked)[0])],
        places: Vec::new(),
    });
    let first = |way: usize| all.iter().find(|at| is_wrong(of(at)[way]));
    let said: Vec<String> = (0..3)
        .map(|way| match first(way) {
            Some(at) => format!("{} is wrong by more than 1% from {} on", NAMES[way], offset(at.offset)),
            None => format!("{} is right within 1% as far as shown", NAMES[way]),
        })
        .collect();
    Scene {
        title: title.into(),
        x: Axis::new("offset, power of ten", 0.0, LARGEST_POWER),
        y: Axis::new("computed variance", low * 2.0, high * 2.0).spaced(Spacing::SymLog { linear: 1.0 }),
        marks,
        description: format!("{}.", said.join("; ")),
        ..Scene::default()
    }
}

fn steps(asked: &AtOffset) -> Table {
    let row = |name: &str, value: f64| vec![name.to_owned(), full(value)];
    Table {
        title: format!("The arithmetic in f32 at {}", offset(asked.offset)),
        columns: ["what", "value"].map(String::from).to_vec(),
        rows: vec![
            row("mean of the squares", asked.squares.0),
            row("square of the mean", asked.squares.1),
            row("their difference", asked.single[0]),
            row("distance to the next number of that size", asked.spacing),
            row("variance of the numbers as f32 holds them", asked.held.0),
            row("variance of the numbers as f64 holds them", asked.held.1),
        ],
        ..Table::default()
    }
}

fn every(all: &[AtOffset]) -> Table {
    let row = |at: &AtOffset| {
        let results = at.single.iter().chain(&at.double).map(|value| result(*value));
        std::iter::once(offset(at.offset)).chain(results).collect()
    };
    let names = ["f32", "f64"].into_iter().flat_map(|precision| NAMES.map(|name| format!("{precision}: {name}")));
    Table {
        title: "Every whole power of ten".into(),
        columns: std::iter::once("offset".to_owned()).chain(names).collect(),
        rows: all.iter().filter(|at| at.power.fract() == 0.0).map(row).collect(),
        note: format!("The exact variance is {EXACT}, whatever the offset."),
        ..Table::default()
    }
}

fn running_mean(settings: &Numerics, shares: &[f64], is_done: bool) -> Report {
    let arrived = shares.iter().position(|share| *share >= ARRIVED).unwrap_or(0);
    let kept = format4(1.0 - settings.momentum);
    let why = format!(
        "Each batch leaves {kept} of what was missing, so after k batches 1 \u{2212} {kept}^k of the mean is there."
    );
    let points: Vec<(f64, f64)> =
        shares.iter().enumerate().map(|(batch, share)| (batch as f64, 100.0 * share)).collect();
    let last = shares.len() - 1;
    let batches =
        |count: usize| if count == 1 { "1 batch".to_owned() } else { format!("{} batches", whole(count as u64)) };
    let mut listed: Vec<usize> = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].to_vec();
    listed.push(arrived);
    listed.retain(|batch| (1..=last).contains(batch));
    listed.sort_unstable();
    listed.dedup();
    let row = |batch: usize| vec![whole(batch as u64), format!("{}%", format4(100.0 * shares[batch]))];
    let scene = Scene {
        title: "How far the running mean has come".into(),
        x: Axis::new("batches", 0.0, last as f64),
        y: Axis::new("% of the mean", 0.0, 100.0),
        marks: vec![
            Mark::Path { key: Key { name: "running mean".into(), role: 0 }, points },
            Mark::Rule { role: None, at: arrived as f64, label: format!("90% after {}", batches(arrived)) },
        ],
        description: format!("From 0 to {}% after {}.", format4(100.0 * shares[last]), batches(last)),
        ..Scene::default()
    };
    let fact = Fact { key: "batches".into(), value: FactValue::Number(arrived as f64), why: why.clone() };
    Report {
        headline: format!(
            "A running mean that starts at 0 has come 90% of the way after {} (momentum {}).",
            batches(arrived),
            format4(settings.momentum)
        ),
        sentences: vec![why],
        figures: vec![Figure { key: "running".into(), scene, ..Figure::default() }],
        tables: vec![Table {
            title: "Share of the mean".into(),
            columns: ["batches", "share"].map(String::from).to_vec(),
            rows: listed.into_iter().map(row).collect(),
            ..Table::default()
        }],
        facts: if is_done { vec![fact] } else { Vec::new() },
        limits: Vec::new(),
        ..Report::default()
    }
}

/// States of this experiment that answer otherwise, but for the one that is open.
fn limits(settings: &Numerics) -> Vec<Limit> {
    let limit = |text: &str, key: &str, value: &str| Limit {
        text: text.into(),
        data: None,
        settings: vec![(key.into(), value.into())],
    };
    let is_variance = settings.topic == NumericsTopic::Variance;
    let mut limits = Vec::new();
    for (power, text) in [
        (3.0, "An offset of 1,000: does the formula still work?"),
        (9.0, "An offset of a billion: do two passes still help in f32?"),
    ] {
        if !(is_variance && settings.power == power) {
            limits.push(limit(text, "power", &power.to_string()));
        }
    }
    if is_variance {
        limits.push(limit("A running mean starts at 0: how long until it is of use?", "topic", "running"));
    }
    limits
}
