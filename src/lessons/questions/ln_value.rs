//! What LayerNorm makes of a value.

use normlab_engine::method::{BatchNorm, LayerNorm};
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, TracedValue, batch_grid, explore};

pub const TEMPLATE: Template = Template {
    slug: "ln-value",
    topic: Topic::Others,
    spoken: "What is the difference between LayerNorm and BatchNorm?",
    points: &[
        "LayerNorm takes each example by itself, over its features; BatchNorm each feature, over the batch.",
        "So LayerNorm does the same in training and evaluation, and with a batch of one.",
        "gamma and beta are per feature in both.",
        "In transformers LayerNorm is over the features of each token.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (n, c) = (chance.whole(3, 4) as usize, chance.whole(4, 5) as usize);
    let grid = batch_grid(chance, n, c);
    let method = Method::LayerNorm(LayerNorm::default());
    let value = TracedValue::of(&method, &grid, None, grid.cell())?;
    let batch = TracedValue::of(&Method::BatchNorm(BatchNorm::default()), &grid, None, grid.cell())?.output;
    let found = value.trace.group.statistics;
    let prompt =
        format!("LayerNorm (gamma 1, beta 0): what does {} ({}) become?", full(grid.value()), grid.marked_name());
    Ok(Draft::new(format!("A batch of {n} examples with {c} features."), &grid)
        .given("eps", 1e-5)
        .number(prompt, "sd", value.output)
        .because("By mean and biased variance of its own example; the other examples do not matter.")
        .slip(batch, "mean and variance are taken over the batch, as BatchNorm does")
        .slip((grid.value() - found.center) / found.dispersion, "the deviation is divided by the variance")
        .slip(value.output * ((c - 1) as f64 / c as f64).sqrt(), "the variance is divided by n \u{2212} 1")
        .in_explore(explore(&grid, &method))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given, marked, mean, place, variance};

    #[test]
    fn the_row_counts() {
        every_number(&super::TEMPLATE, |item| {
            let row = &item.data.values[place(item).0];
            (marked(item) - mean(row)) / (variance(row) + given(item, "eps")).sqrt()
        });
    }
}
