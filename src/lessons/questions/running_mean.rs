//! The running mean after a batch.

use normlab_engine::method::{BatchNorm, Mode};
use normlab_engine::{Divisor, Error, Method, Momentum, RunningStatistics, moments};
use normlab_plot::number::{format4, full};
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, batch_grid, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "running-mean",
    topic: Topic::BatchNorm,
    spoken: "What does momentum mean in BatchNorm?",
    points: &[
        "PyTorch: the weight of the new batch, 0.1 by default.",
        "Keras, Flax and ONNX: the weight of the old value, 0.99 or 0.9.",
        "So momentum 0.9 in PyTorch is not 0.9 in Keras: it is 0.1 there.",
        "Running statistics start at mean 0 and variance 1.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let n = chance.whole(3, 5) as usize;
    let grid = batch_grid(chance, n, 1);
    let (old, momentum) = (chance.decimal(-2.0, 5.0, 1), chance.pick(&[0.05, 0.1, 0.2, 0.3, 0.9]));
    let keras = chance.index(2) == 1;
    let after = |momentum| {
        let mut running = RunningStatistics { mean: vec![old], variance: vec![1.0], batches: 0 };
        running.update(grid.view(), momentum, Divisor::NMinusOne).map(|()| running.mean[0])
    };
    let (new_weight, old_weight) = (after(Momentum::New(momentum))?, after(Momentum::Old(momentum))?);
    let (library, answer, other) =
        if keras { ("Keras", old_weight, new_weight) } else { ("PyTorch", new_weight, old_weight) };
    let batch = moments(&grid.feature(0)).mean;
    let (of_old, of_new) = if keras { (momentum, 1.0 - momentum) } else { (1.0 - momentum, momentum) };
    let how = format!("{} \u{d7} {} + {} \u{d7} {}", format4(of_old), full(old), format4(of_new), format4(batch));
    let method =
        Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, momentum, batch: n as u64, ..BatchNorm::default() });
    let wrong = if keras {
        "momentum is the weight of the new batch, as in PyTorch"
    } else {
        "momentum is the weight of the old value, as in Keras"
    };
    Ok(Draft::new(
        format!("A batch of {n} examples with one feature."),
        &Grid { marked: None, ..grid.clone() },
    )
    .given("running mean before", old)
    .given("momentum", momentum)
    .number(format!("In {library}, what is the running mean after this batch in training?"), "", answer)
    .because(
        "The old value and the mean of the batch are weighted; libraries disagree on which weight is called momentum.",
    )
    .slip(other, wrong)
    .slip(batch, "the mean of the batch takes the place of the old one")
    .slip((old + batch) / 2.0, "both count the same")
    .worked([line("mean of the batch", "", batch), line("running mean", how, answer)])
    .in_experiment("numerics?topic=running").in_explore(explore(&grid.rows(&(0..n).collect::<Vec<_>>()), &method).with("study", "batches")))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, given, mean};

    #[test]
    fn both_means_are_weighted() {
        every_number(&super::TEMPLATE, |item| {
            let (old, m, new) = (given(item, "running mean before"), given(item, "momentum"), mean(&column(item, 0)));
            if item.prediction.prompt.contains("Keras") { m * old + (1.0 - m) * new } else { (1.0 - m) * old + m * new }
        });
    }
}
