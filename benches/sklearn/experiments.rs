//! How long the runs of experiments take natively, on one thread: `cargo bench -p normlab-experiments`. Each line is the
//! median of a work in milliseconds, behind its name and a tab. `works.py` beside this has the same works in Python.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "it tells a terminal, and stops loudly")]

use std::time::Instant;

use normlab_data::Sample;
use normlab_experiments::{ExperimentTable, NativeHost, finished, from_slug};

/// Every work is done so often at least, and for so many milliseconds at least.
const TIMES: usize = 9;
const MILLIS: f64 = 1500.0;

/// Name, experiment, data and settings.
type Work = (&'static str, &'static str, Option<&'static str>, &'static [(&'static str, &'static str)]);

const WORKS: [Work; 11] = [
    ("knn wine", "nearest", Some("wine"), &[]),
    ("knn breast-cancer", "nearest", Some("breast-cancer"), &[]),
    ("kmeans wine", "nearest", Some("wine"), &[("model", "kmeans")]),
    ("pca breast-cancer", "nearest", Some("breast-cancer"), &[("model", "pca")]),
    ("logistic wine", "nearest", Some("wine"), &[("model", "logistic")]),
    ("logistic breast-cancer", "nearest", Some("breast-cancer"), &[("model", "logistic")]),
    ("descent ctr-revenue", "descent", Some("ctr-revenue"), &[]),
    ("leakage breast-cancer", "leakage", Some("breast-cancer"), &[]),
    ("outliers wine", "outliers", Some("wine"), &[]),
    ("shape wine", "shape", Some("wine"), &[]),
    ("numerics", "numerics", None, &[]),
];

fn main() {
    for (name, slug, data, settings) in WORKS {
        let table = data.map(table).unwrap_or_default();
        let settings: Vec<(String, String)> =
            settings.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        let experiment = from_slug(slug).expect("an experiment of this slug");
        let mut times = Vec::new();
        while times.len() < TIMES || times.iter().sum::<f64>() < MILLIS {
            let start = Instant::now();
            let report = finished(experiment.run(&settings, &table, 1, &NativeHost)).expect("a report");
            times.push(start.elapsed().as_secs_f64() * 1000.0);
            std::hint::black_box(&report);
        }
        times.sort_by(f64::total_cmp);
        println!("{name}\t{:.3}", times[times.len() / 2]);
    }
}

/// The table of a bundled sample.
fn table(slug: &str) -> ExperimentTable {
    let sample = Sample::from_slug(slug).expect("a sample of this slug");
    let path = format!("{}/../../static/data/{}", env!("CARGO_MANIFEST_DIR"), sample.file);
    let bytes = std::fs::read(path).expect("the file of the sample");
    ExperimentTable::of_sample(sample, &bytes).expect("the table of the sample")
}
