//! What RMSNorm makes of a value.

use normlab_engine::method::{LayerNorm, Norm, RmsNorm, UnitLength};
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, TracedValue, batch_grid, explore};

pub const TEMPLATE: Template = Template {
    slug: "rms-value",
    topic: Topic::Others,
    spoken: "What is RMSNorm, and why do language models use it?",
    points: &[
        "x / \u{221a}(mean of squares + eps) times gain: no mean is subtracted, and there is no bias.",
        "It is cheaper than LayerNorm; reported savings of time differ widely.",
        "Where the mean is 0 it is the same as LayerNorm.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (n, c) = (chance.whole(2, 3) as usize, chance.whole(3, 5) as usize);
    let grid = batch_grid(chance, n, c);
    let method = Method::RmsNorm(RmsNorm { eps: 1e-5, ..RmsNorm::default() });
    let value = TracedValue::of(&method, &grid, None, grid.cell())?;
    let of = |method: Method| TracedValue::of(&method, &grid, None, grid.cell()).map(|value| value.output);
    let layer = of(Method::LayerNorm(LayerNorm::default()))?;
    let length = of(Method::UnitLength(UnitLength { norm: Norm::L2 }))?;
    let prompt = format!("RMSNorm (gain 1): what does {} ({}) become?", full(grid.value()), grid.marked_name());
    Ok(Draft::new(format!("A batch of {n} examples with {c} features."), &grid)
        .given("eps", 1e-5)
        .number(prompt, "", value.output)
        .because("It is divided by the root of the mean of squares of its example; nothing is subtracted.")
        .slip(layer, "the mean is subtracted, as LayerNorm does")
        .slip(length, "it is divided by the length: the squares are added, not averaged")
        .slip(grid.value() / value.trace.group.statistics.dispersion, "the root is forgotten")
        .in_explore(explore(&grid, &method))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given, marked, mean, place};

    #[test]
    fn the_mean_square_of_the_row_counts() {
        every_number(&super::TEMPLATE, |item| {
            let squares: Vec<f64> = item.data.values[place(item).0].iter().map(|x| x * x).collect();
            marked(item) / (mean(&squares) + given(item, "eps")).sqrt()
        });
    }
}
