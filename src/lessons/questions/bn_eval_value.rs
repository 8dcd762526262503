//! What BatchNorm makes of a value in evaluation.

use normlab_engine::method::{BatchNorm, Mode};
use normlab_engine::trace::StatisticsSource;
use normlab_engine::{Error, Method, RunningStatistics, Shape};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, TracedValue, batch_grid, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "bn-eval-value",
    topic: Topic::BatchNorm,
    spoken: "What does BatchNorm do differently at inference?",
    points: &[
        "It uses the stored running mean and variance instead of those of the batch.",
        "So an example is treated the same whatever stands beside it.",
        "Without model.eval() the examples of a batch stay coupled, and one example alone becomes beta.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let n = chance.whole(3, 4) as usize;
    let grid = batch_grid(chance, n, 1);
    let (mean, variance) = (chance.decimal(-2.0, 3.0, 1), chance.decimal(0.5, 9.0, 1));
    let method = Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, ..BatchNorm::default() });
    let shape = Shape::of(&grid.view());
    let running = RunningStatistics { mean: vec![mean], variance: vec![variance], batches: 1 };
    let fitted = running.fitted(method.recipe(shape)?, shape)?;
    let cell = grid.cell();
    let trace = fitted.trace(grid.view(), StatisticsSource::Running, cell)?;
    let value = TracedValue { output: trace.output, trace };
    let batch = TracedValue::of(&Method::BatchNorm(BatchNorm::default()), &grid, None, cell)?.output;
    let prompt = format!("BatchNorm in evaluation (gamma 1, beta 0): what does {} become?", full(grid.value()));
    let answer = value.output;
    let how = format!("({} \u{2212} {}) / \u{221a}({} + 0.00001)", full(grid.value()), full(mean), full(variance));
    Ok(Draft::new(format!("A batch of {n} examples with one feature."), &grid)
        .given("running mean", mean)
        .given("running variance", variance)
        .given("eps", 1e-5)
        .number(prompt, "", answer)
        .because("The running statistics count; what else is in the batch does not matter.")
        .slip(batch, "the mean and variance of the batch are used, as in training")
        .slip((grid.value() - mean) / (variance + 1e-5), "the deviation is divided by the variance")
        .worked([line("in evaluation", how, answer)])
        .in_explore(explore(&grid, &method).fitted(&grid, &method, &fitted, 0)))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given, marked};

    #[test]
    fn the_running_statistics_count() {
        every_number(&super::TEMPLATE, |item| {
            (marked(item) - given(item, "running mean")) / (given(item, "running variance") + given(item, "eps")).sqrt()
        });
    }
}
