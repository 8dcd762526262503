//! Data on which scaling hurts.

use normlab_data::random::Stream;

use crate::{ExperimentTable, Origin, Target};

const ROWS: usize = 400;
const NOISES: u64 = 10;
const NOISE_SD: f64 = 0.05;

/// A normal feature of standard deviation 1 whose sign is the class, and ten normal features of standard deviation 0.05 that
/// say nothing.
pub fn make(seed: u64) -> ExperimentTable {
    let normal = |number: u64, sd: f64| -> Vec<f64> {
        let mut stream = Stream::new(seed, number);
        (0..ROWS).map(|_| sd * stream.normal()).collect()
    };
    let signal = normal(0, 1.0);
    let of_row = signal.iter().map(|value| Some(u32::from(*value > 0.0))).collect();
    let noises = (1..=NOISES).map(|number| (format!("noise {number}"), normal(number, NOISE_SD)));
    ExperimentTable {
        name: "One signal, ten noise features".into(),
        origin: Origin::Made("noise"),
        features: std::iter::once(("signal".to_owned(), signal.clone())).chain(noises).collect(),
        target: Some(Target {
            name: "sign of the signal".into(),
            classes: vec!["below 0".into(), "above 0".into()],
            of_row,
        }),
        fitted_on: None,
    }
}
