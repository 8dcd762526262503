//! The running variance after a batch.

use normlab_engine::method::{BatchNorm, Mode};
use normlab_engine::{Divisor, Error, Method, Momentum, RunningStatistics, moments};
use normlab_plot::number::{format4, full};
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, batch_grid, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "running-variance",
    topic: Topic::BatchNorm,
    spoken: "Which variance does BatchNorm normalize with, and which one does it store?",
    points: &[
        "It normalizes with the biased variance, divided by N, everywhere.",
        "PyTorch stores the unbiased one, divided by N \u{2212} 1.",
        "Keras, Flax and ONNX store the biased one.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let n = chance.whole(3, 5) as usize;
    let grid = batch_grid(chance, n, 1);
    let momentum = chance.pick(&[0.1, 0.2, 0.3, 0.5]);
    let old = chance.decimal(0.5, 4.0, 1);
    let after = |momentum, stored| {
        let mut running = RunningStatistics { mean: vec![0.0], variance: vec![old], batches: 0 };
        running.update(grid.view(), momentum, stored).map(|()| running.variance[0])
    };
    let answer = after(Momentum::New(momentum), Divisor::NMinusOne)?;
    let biased = after(Momentum::New(momentum), Divisor::N)?;
    let keras = after(Momentum::Old(momentum), Divisor::NMinusOne)?;
    let variance = moments(&grid.feature(0)).sd.powi(2) * n as f64 / (n as f64 - 1.0);
    let how =
        format!("{} \u{d7} {} + {} \u{d7} {}", format4(1.0 - momentum), full(old), full(momentum), format4(variance));
    let method =
        Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, momentum, batch: n as u64, ..BatchNorm::default() });
    Ok(Draft::new(format!("A batch of {n} examples with one feature."), &Grid { marked: None, ..grid.clone() })
        .given("running variance before", old)
        .given("momentum", momentum)
        .number("In PyTorch, what is the running variance after this batch in training?", "", answer)
        .because("PyTorch stores the unbiased variance of the batch, though it normalizes with the biased one.")
        .slip(biased, "the biased variance is stored, as in Keras")
        .slip(keras, "momentum is the weight of the old value, as in Keras")
        .slip(variance, "the variance of the batch takes the place of the old one")
        .worked([
            line("unbiased variance of the batch", format!("sum of squared deviations / ({n} \u{2212} 1)"), variance),
            line("running variance", how, answer),
        ])
        .in_explore(explore(&grid.rows(&(0..n).collect::<Vec<_>>()), &method).with("study", "batches")))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, given, variance};

    #[test]
    fn the_unbiased_variance_is_stored() {
        every_number(&super::TEMPLATE, |item| {
            let (values, m) = (column(item, 0), given(item, "momentum"));
            let n = values.len() as f64;
            (1.0 - m) * given(item, "running variance before") + m * variance(&values) * n / (n - 1.0)
        });
    }
}
