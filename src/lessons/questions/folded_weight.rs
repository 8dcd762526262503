//! Weight and bias of a layer with BatchNorm folded in.

use normlab_engine::method::{BatchNorm, Mode};
use normlab_engine::{Error, Method, RunningStatistics, Shape};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "folded-weight",
    topic: Topic::BatchNorm,
    spoken: "How do you fold BatchNorm into the layer before it?",
    points: &[
        "In evaluation BatchNorm is affine, so it goes into weight and bias of the layer.",
        "W\u{2032} = W gamma / \u{221a}(running variance + eps).",
        "b\u{2032} = beta + (b \u{2212} running mean) gamma / \u{221a}(running variance + eps).",
        "Not in training: the statistics of the batch change with every batch.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (weight, bias) = (chance.decimal(-2.0, 2.5, 1) + 0.05, chance.decimal(-2.0, 2.0, 1));
    let (gamma, beta) = (chance.pick(&[0.5, 1.5, 2.0, 3.0]), chance.pick(&[-1.0, 0.5, 1.0]));
    let (mean, variance) = (chance.decimal(-2.0, 2.0, 1), chance.decimal(0.5, 9.0, 1));
    let weight = (weight * 100.0).round() / 100.0;
    let method = Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, gamma, beta, ..BatchNorm::default() });
    // The layer at x = 0 and at x = 1: their outputs after BatchNorm are bias and bias plus weight.
    let grid = Grid { columns: vec!["w x + b".into()], ..Grid::batch(&[vec![bias], vec![weight + bias]]) };
    let shape = Shape::of(&grid.view());
    let fitted = RunningStatistics { mean: vec![mean], variance: vec![variance], batches: 1 }
        .fitted(method.recipe(shape)?, shape)?;
    let folded = fitted.transform(grid.view())?;
    let (at_zero, at_one) = (folded[[0, 0, 0]], folded[[1, 0, 0]]);
    let of_weight = chance.index(2) == 0;
    let answer = if of_weight { at_one - at_zero } else { at_zero };
    let sd = (variance + 1e-5).sqrt();
    let root = format!("\u{221a}({} + 0.00001)", full(variance));
    let draft = Draft::new(
        "A layer w x + b, then BatchNorm in evaluation. The table has the layer\u{2019}s outputs at x = 0 and x = 1.",
        &grid,
    )
    .given("w", weight)
    .given("b", bias)
    .given("gamma", gamma)
    .given("beta", beta)
    .given("running mean", mean)
    .given("running variance", variance)
    .given("eps", 1e-5);
    let draft = if of_weight {
        draft
            .number("BatchNorm is folded into the layer. What is the new weight w\u{2032}?", "", answer)
            .because("The weight is multiplied by what BatchNorm multiplies with; shifts do not touch it.")
            .slip(weight * gamma / (variance + 1e-5), "the variance is divided by, not its root")
            .slip(weight / sd, "gamma is left out")
            .slip(weight * sd / gamma, "the factor is the wrong way round")
            .worked([line("w\u{2032}", format!("{} \u{d7} {} / {root}", full(weight), full(gamma)), answer)])
    } else {
        draft
            .number("BatchNorm is folded into the layer. What is the new bias b\u{2032}?", "", answer)
            .because("The bias goes through BatchNorm as the output for x = 0 does.")
            .slip(beta + bias, "the running statistics are left out")
            .slip(beta - mean * gamma / sd, "the bias of the layer is forgotten")
            .slip(bias * gamma / sd + beta, "the running mean is not subtracted")
            .worked([line(
                "b\u{2032}",
                format!("{} + ({} \u{2212} {}) \u{d7} {} / {root}", full(beta), full(bias), full(mean), full(gamma)),
                answer,
            )])
    };
    Ok(draft.in_explore(explore(&grid, &method).fitted(&grid, &method, &fitted, 0)))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given};

    #[test]
    fn weight_and_bias_are_those_of_the_formula() {
        every_number(&super::TEMPLATE, |item| {
            let of = |name| given(item, name);
            let factor = of("gamma") / (of("running variance") + of("eps")).sqrt();
            if item.prediction.prompt.contains("weight") {
                of("w") * factor
            } else {
                of("beta") + (of("b") - of("running mean")) * factor
            }
        });
    }
}
