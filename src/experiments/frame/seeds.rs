//! The same experiment with many seeds: how much is chance.

use normlab_engine::quantiles;
use normlab_plot::number::{digits, format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene};
use normlab_report::{Figure, Report, Table as ReportTable};

use super::control::{Host, RunControl};
use super::experiment::Experiment;
use super::refusal::Refusal;
use super::table::ExperimentTable;
use crate::wording::{capital, listed};

/// Runs with the seeds from `first` on, and reports median and band of each measure, and every seed.
pub async fn run_seeds<E: Experiment>(
    experiment: &E,
    make: &dyn Fn(u64) -> ExperimentTable,
    first: u64,
    count: u32,
    host: &dyn Host,
) -> Result<Report, Refusal> {
    let mut runs = Vec::new();
    for index in 0..count {
        let seed = first.wrapping_add(u64::from(index));
        let data = make(seed);
        if index == 0 && !experiment.is_seeded(&data) {
            return Err(Refusal::because(
                "With these settings chance plays no part: every seed gives the same outcome.",
            ));
        }
        let part = |index: u32| index as f32 / count as f32;
        let control = RunControl::of_part(host, (part(index), part(index + 1)));
        let outcome = experiment.run(&data, seed, &control).await?;
        runs.push((seed, experiment.measures(&outcome)));
        control.yield_now(1.0).await?;
    }
    Ok(report(&experiment.unit(), &runs))
}

/// The spread of one measure over the seeds.
struct Spread {
    name: String,
    least: f64,
    quartiles: [f64; 3],
    most: f64,
    mean: f64,
}

impl Spread {
    fn of(index: usize, runs: &[(u64, Vec<(String, f64)>)]) -> Option<Self> {
        let name = runs.first()?.1.get(index)?.0.clone();
        let values: Vec<f64> = runs.iter().filter_map(|(_, measures)| Some(measures.get(index)?.1)).collect();
        let [least, low, median, high, most] =
            quantiles(&values, &[0.0, 0.25, 0.5, 0.75, 1.0], &mut Vec::new()).try_into().ok()?;
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        Some(Self { name, least, quartiles: [low, median, high], most, mean })
    }
}

fn report(unit: &str, runs: &[(u64, Vec<(String, f64)>)]) -> Report {
    let n_measures = runs.first().map_or(0, |(_, measures)| measures.len());
    let spreads: Vec<Spread> = (0..n_measures).filter_map(|index| Spread::of(index, runs)).collect();
    let medians: Vec<String> =
        spreads.iter().map(|spread| format!("{} for {}", format4(spread.quartiles[1]), spread.name)).collect();
    let band = |spread: &Spread| {
        let [low, _, high] = spread.quartiles;
        if spread.least == spread.most {
            return format!("{}: {} with every seed.", capital(&spread.name), format4(low));
        }
        format!(
            "{}: half of the seeds lie from {} to {}, all from {} to {}.",
            capital(&spread.name),
            format4(low),
            format4(high),
            format4(spread.least),
            format4(spread.most)
        )
    };
    Report {
        headline: format!("Over {} seeds, the median of {unit} is {}.", whole(runs.len() as u64), listed(&medians)),
        sentences: spreads.iter().map(band).collect(),
        figures: vec![Figure { key: "seeds".into(), scene: scene(unit, &spreads), ..Figure::default() }],
        tables: vec![summary(unit, &spreads), every_seed(unit, runs)],
        ..Report::default()
    }
}

fn scene(unit: &str, spreads: &[Spread]) -> Scene {
    let low = spreads.iter().map(|spread| spread.least).fold(f64::INFINITY, f64::min);
    let high = spreads.iter().map(|spread| spread.most).fold(f64::NEG_INFINITY, f64::max);
    let room = (high - low) * 0.04;
    let y = Axis::of_names(spreads.iter().map(|spread| spread.name.clone()).collect());
    let boxed = |(index, spread): (usize, &Spread)| Mark::Box {
        key: Key { name: spread.name.clone(), role: index },
        at: y.row(index),
        quartiles: spread.quartiles,
        whiskers: (spread.least, spread.most),
        mean: spread.mean,
    };
    let marks = spreads.iter().enumerate().map(boxed).collect();
    let said: Vec<String> =
        spreads.iter().map(|spread| format!("{}: median {}", spread.name, format4(spread.quartiles[1]))).collect();
    Scene {
        title: "Spread over the seeds".into(),
        x: Axis::new(unit, low - room, high + room).rounded(),
        marks,
        description: format!("{}.", said.join(", ")),
        y,
        ..Scene::default()
    }
}

fn summary(unit: &str, spreads: &[Spread]) -> ReportTable {
    let row = |spread: &Spread| {
        let [low, median, high] = spread.quartiles;
        let numbers = [median, low, high, spread.least, spread.most, spread.mean];
        std::iter::once(spread.name.clone()).chain(numbers.map(format4)).collect()
    };
    let columns = ["", "median", "lower quartile", "upper quartile", "least", "most", "mean"];
    ReportTable {
        title: format!("{} over the seeds", capital(unit)),
        columns: columns.map(String::from).to_vec(),
        rows: spreads.iter().map(row).collect(),
        ..ReportTable::default()
    }
}

fn every_seed(unit: &str, runs: &[(u64, Vec<(String, f64)>)]) -> ReportTable {
    let names = runs.first().into_iter().flat_map(|(_, measures)| measures.iter().map(|(name, _)| name.clone()));
    let row = |(seed, measures): &(u64, Vec<(String, f64)>)| {
        std::iter::once(seed.to_string()).chain(measures.iter().map(|(_, value)| digits(*value, 4))).collect()
    };
    ReportTable {
        title: format!("{} of each seed", capital(unit)),
        columns: std::iter::once("seed".to_owned()).chain(names).collect(),
        rows: runs.iter().map(row).collect(),
        seeds: runs.iter().map(|(seed, _)| *seed).collect(),
        ..ReportTable::default()
    }
}
