//! What a bias before BatchNorm does.

use normlab_engine::method::{BatchNorm, Mode};
use normlab_engine::{Error, Method, RunningStatistics, Shape};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, batch_grid, explore, line, tidy};

pub const TEMPLATE: Template = Template {
    slug: "bias-before-bn",
    topic: Topic::BatchNorm,
    spoken: "Why are layers before BatchNorm built without a bias?",
    points: &[
        "In training the mean takes it away again, so it has no effect and no gradient.",
        "The beta of BatchNorm does its work.",
        "In evaluation a bias that is changed afterwards does shift the output: the running mean does not know of it.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let grid = batch_grid(chance, 4, 1);
    let (bias, variance) = (chance.pick(&[-7.0, -3.0, 2.0, 4.0, 7.0]), chance.decimal(1.0, 16.0, 1));
    let evaluation = chance.index(2) == 1;
    let biased = grid.map(|x| x + bias);
    let cell = grid.cell();
    let at = [cell.example, cell.feature, cell.position];
    let mode = if evaluation { Mode::Evaluation } else { Mode::Training };
    let method = Method::BatchNorm(BatchNorm { mode, ..BatchNorm::default() });
    let shape = Shape::of(&grid.view());
    let running = RunningStatistics { mean: vec![1.0], variance: vec![variance], batches: 1 };
    let fitted = running.fitted(method.recipe(shape)?, shape)?;
    let (before, after) = if evaluation {
        (fitted.transform(grid.view())?[at], fitted.transform(biased.view())?[at])
    } else {
        (method.run(grid.view(), None)?.values[at], method.run(biased.view(), None)?.values[at])
    };
    let answer = tidy(if (after - before).abs() < 1e-9 { 0.0 } else { after - before });
    let when = if evaluation { "evaluation, with the running statistics below as they are" } else { "training" };
    let why = if evaluation {
        "The running mean does not know of the bias, so the bias comes through, divided by the running standard deviation."
    } else {
        "The mean of the batch grows by the bias as well, so it is subtracted again."
    };
    let draft = Draft::new("A batch of four examples with one feature: outputs of a layer.", &grid)
        .given("running mean", 1.0)
        .given("running variance", variance)
        .number(
            format!("BatchNorm in {when} (gamma 1, beta 0, eps 0.00001): the layer before gets a bias of {}. By how much does the output of the marked value change?", full(bias)),
            "",
            answer,
        )
        .because(why)
        .slip(bias, "the bias is taken to come through as it is")
        .slip(if evaluation { 0.0 } else { bias / variance.sqrt() }, if evaluation { "the batch mean is taken, as in training" } else { "the running statistics are taken, as in evaluation" })
        .worked([
            line("output before", "", before),
            line("output with the bias", "", after),
            line("change", "the second minus the first", answer),
        ]);
    let link = explore(&biased, &method);
    Ok(draft.in_explore(if evaluation { link.fitted(&grid, &method, &fitted, 0) } else { link }))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given};

    #[test]
    fn only_the_running_statistics_let_it_through() {
        every_number(&super::TEMPLATE, |item| {
            let prompt = &item.prediction.prompt;
            let bias =
                prompt.split("a bias of ").nth(1).unwrap().split(". By").next().unwrap().replace('\u{2212}', "-");
            let bias: f64 = bias.parse().unwrap();
            if prompt.contains("evaluation") { bias / (given(item, "running variance") + 1e-5).sqrt() } else { 0.0 }
        });
    }
}
