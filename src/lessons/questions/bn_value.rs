//! What BatchNorm makes of a value in training.

use normlab_engine::method::BatchNorm;
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, TracedValue, batch_grid, explore};

pub const TEMPLATE: Template = Template {
    slug: "bn-value",
    topic: Topic::BatchNorm,
    spoken: "What does BatchNorm compute in training?",
    points: &[
        "Mean and biased variance of each feature over the batch.",
        "(x \u{2212} mean) / \u{221a}(variance + eps), then times gamma plus beta.",
        "The variance is divided by N here, even where the running variance stores N \u{2212} 1.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let n = chance.whole(4, 5) as usize;
    let grid = batch_grid(chance, n, 3);
    let (gamma, beta) = (chance.pick(&[0.5, 1.5, 2.0, 3.0]), chance.pick(&[-1.0, 0.5, 1.0, 2.0]));
    let batch_norm = BatchNorm { gamma, beta, ..BatchNorm::default() };
    let method = Method::BatchNorm(batch_norm.clone());
    let value = TracedValue::of(&method, &grid, None, grid.cell())?;
    let plain = (value.output - beta) / gamma;
    let unbiased = plain * ((n - 1) as f64 / n as f64).sqrt();
    let found = value.trace.group.statistics;
    let prompt = format!("BatchNorm in training: what does {} ({}) become?", full(grid.value()), grid.marked_name());
    Ok(Draft::new(format!("A batch of {n} examples with three features."), &grid)
        .given("gamma", gamma)
        .given("beta", beta)
        .given("eps", batch_norm.eps)
        .number(prompt, "", value.output)
        .because("The feature by its mean and biased variance over the batch, then times gamma plus beta.")
        .slip(plain, "gamma and beta are left out")
        .slip(unbiased * gamma + beta, "the variance is divided by N \u{2212} 1")
        .slip(
            (grid.value() - found.center) / found.dispersion * gamma + beta,
            "the deviation is divided by the variance",
        )
        .slip((plain + beta) * gamma, "beta is added before gamma is multiplied")
        .in_explore(explore(&grid, &method))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, given, marked, mean, place, variance};

    #[test]
    fn the_answer_is_that_of_the_formula() {
        every_number(&super::TEMPLATE, |item| {
            let values = column(item, place(item).1);
            let scaled = (marked(item) - mean(&values)) / (variance(&values) + given(item, "eps")).sqrt();
            scaled * given(item, "gamma") + given(item, "beta")
        });
    }
}
