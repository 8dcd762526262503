//! The numbers behind the figures.

use normlab_plot::number::{format4, whole};
use normlab_report::Table;

use super::outcome::{OutliersOutcome, index, largest_z};
use super::planted::FACTORS;
use super::planted_outcome::Planted;
use super::spread::AFFINE;
use super::wording::{moved, planted_name};
use crate::wording::{capital, percent};

/// Distances with a column of their own.
const DISTANCES: [f64; 4] = [10.0, 100.0, 1000.0, 1e6];
/// Numbers of values with a row of their own.
const COUNTS: [f64; 7] = [5.0, 10.0, 11.0, 30.0, 100.0, 1000.0, 10_000.0];

pub fn tables(outcome: &OutliersOutcome) -> Vec<Table> {
    let mut tables = vec![now(outcome), law(outcome), limit(outcome)];
    tables.extend(outcome.planted.as_ref().map(neighbours));
    tables
}

fn now(outcome: &OutliersOutcome) -> Table {
    let kept = outcome.kept_shares();
    let row = |(index, spread): (usize, &super::spread::ScaledColumn)| {
        vec![
            spread.scaling.name().to_owned(),
            format4(spread.low),
            format4(spread.high),
            format4(spread.range()),
            percent(kept[index]),
            format4(spread.moved.unwrap_or_default()),
            format4(spread.ranges_away().unwrap_or_default()),
        ]
    };
    let moved = moved(&outcome.column);
    let columns = [
        "scaling",
        "least of the others",
        "greatest of the others",
        "their range",
        "share of their range alone",
        moved,
        "ranges from their middle",
    ];
    Table {
        title: format!("{} at {}", capital(moved), format4(outcome.place)),
        columns: columns.map(String::from).to_vec(),
        rows: outcome.spreads.iter().enumerate().map(row).collect(),
        note: "A scaling that keeps relative spacing leaves the last column as it is in the other rows.".into(),
        ..Table::default()
    }
}

fn law(outcome: &OutliersOutcome) -> Table {
    let mut distances: Vec<_> = DISTANCES.iter().filter_map(|far| outcome.at(*far)).collect();
    distances.sort_by(|a, b| a.far.total_cmp(&b.far));
    let row = |index: usize| {
        let known = distances.iter().map(|distance| format4(distance.ranges[index]));
        let cells = [AFFINE[index].name().to_owned(), format4(outcome.alone[index].range())];
        cells.into_iter().chain(known).collect()
    };
    let heads = distances.iter().map(|distance| format!("at {}", format4(distance.far)));
    Table {
        title: "Range of the others by distance".into(),
        columns: ["scaling".to_owned(), "alone".to_owned()].into_iter().chain(heads).collect(),
        rows: (0..AFFINE.len()).map(row).collect(),
        note: "Distances are in quarters of the range of the others, from their middle.".into(),
        ..Table::default()
    }
}

fn limit(outcome: &OutliersOutcome) -> Table {
    let n = outcome.column.n() as f64;
    let mut counts: Vec<f64> = COUNTS.into_iter().filter(|count| *count != n).chain([n]).collect();
    counts.sort_by(f64::total_cmp);
    let row = |count: &f64| {
        let mark = if *count == n { " (here)" } else { "" };
        vec![
            format!("{}{mark}", whole(*count as u64)),
            format4(largest_z(*count)),
            format4((count - 1.0) / count.sqrt()),
        ]
    };
    Table {
        title: "The largest z-score of one value".into(),
        columns: ["values", "divisor n", "divisor n − 1"].map(String::from).to_vec(),
        rows: counts.iter().map(row).collect(),
        note: format!("Here the z-score of {} is {}.", moved(&outcome.column), format4(outcome.z())),
        ..Table::default()
    }
}

fn neighbours(planted: &Planted) -> Table {
    let row = |scaling: &crate::prepared::Scaling| {
        let index = index(*scaling);
        let cell = |factor| {
            let (share, error) = (planted.share(index, factor), planted.error(index, factor));
            format!("{} ± {}", percent(share), format4((1000.0 * error).round() / 10.0))
        };
        std::iter::once(scaling.name().to_owned()).chain((0..FACTORS.len()).map(cell)).collect()
    };
    Table {
        title: "Nearest neighbours with outliers".into(),
        columns: std::iter::once("scaling".to_owned()).chain(FACTORS.map(planted_name)).collect(),
        rows: AFFINE.iter().map(row).collect(),
        note: format!(
            "Of the {} test rows of {} splits; ± is the standard error over the splits. One value in each of {} of {} \
             features is too large, in one of {} training rows each.",
            whole((planted.splits * planted.n_test) as u64),
            planted.splits,
            planted.n_planted,
            planted.n_features,
            whole(planted.n_train as u64)
        ),
        ..Table::default()
    }
}
