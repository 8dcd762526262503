//! Data that the experiment makes itself.

use normlab_data::random::Stream;
use normlab_engine::moments;

use crate::{ExperimentTable, Origin, Target};

/// How much wider the second of the orthogonal features is.
const WIDER: f64 = 10.0;
const MEAN: f64 = 3.0;
const ROWS: usize = 200;
/// Standard deviation of what the features do not explain.
const NOISE: f64 = 0.5;

/// Two features without any correlation, of mean 0 and standard deviations 1 and 10, which say as much of the target.
pub fn orthogonal(_: u64) -> ExperimentTable {
    let signs =
        |bit: usize| -> Vec<f64> { (0..40).map(|row: usize| if row >> bit & 1 == 0 { -1.0 } else { 1.0 }).collect() };
    let (first, second) = (signs(0), signs(1));
    let target: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a + b).collect();
    let second = second.into_iter().map(|value| value * WIDER).collect();
    table("Two orthogonal features", "orthogonal", [first, second], &target)
}

/// Two normal features of mean 3 and standard deviation 1, exactly so in the sample, and a target that is their sum and some noise.
pub fn shifted(seed: u64) -> ExperimentTable {
    let normal = |number: u64| -> Vec<f64> {
        let mut stream = Stream::new(seed, number);
        (0..ROWS).map(|_| stream.normal()).collect()
    };
    let far = |values: &[f64]| -> Vec<f64> { values.iter().map(|value| value + MEAN).collect() };
    let standard = |values: Vec<f64>| -> Vec<f64> {
        let found = moments(&values);
        values.iter().map(|value| (value - found.mean) / found.sd).collect()
    };
    let (first, second, noise) = (standard(normal(0)), standard(normal(1)), normal(2));
    let target: Vec<f64> = (0..ROWS).map(|row| first[row] + second[row] + NOISE * noise[row]).collect();
    table("Two features of mean 3", "shifted", [far(&first), far(&second)], &target)
}

fn table(name: &str, slug: &'static str, [first, second]: [Vec<f64>; 2], target: &[f64]) -> ExperimentTable {
    let texts: Vec<String> = target.iter().map(f64::to_string).collect();
    ExperimentTable {
        name: name.into(),
        origin: Origin::Made(slug),
        features: vec![("first".into(), first), ("second".into(), second)],
        target: Some(Target::of_texts("target", &texts)),
        fitted_on: None,
    }
}
