//! What InstanceNorm makes of a value.

use normlab_engine::method::{BatchNorm, InstanceNorm, LayerNorm};
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, TracedValue, array_grid, explore};

pub const TEMPLATE: Template = Template {
    slug: "in-value",
    topic: Topic::Others,
    spoken: "What does InstanceNorm do, and where is it used?",
    points: &[
        "Each channel of each example is normalized over its own positions.",
        "Style transfer: it removes contrast and brightness of an image.",
        "It fails where contrast is what is to be recognized.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let shape = chance.pick(&[(2, 2, 3), (2, 2, 4), (2, 3, 3)]);
    let grid = array_grid(chance, shape);
    let method = Method::InstanceNorm(InstanceNorm::default());
    let value = TracedValue::of(&method, &grid, None, grid.cell())?;
    let of = |method: Method| TracedValue::of(&method, &grid, None, grid.cell()).map(|value| value.output);
    let (layer, batch) = (of(Method::LayerNorm(LayerNorm::default()))?, of(Method::BatchNorm(BatchNorm::default()))?);
    let (n, c, l) = shape;
    let prompt = format!("InstanceNorm: what does {} ({}) become?", full(grid.value()), grid.marked_name());
    Ok(Draft::new(
        format!("A batch of shape (N, C, L) = ({n}, {c}, {l}): {n} examples, {c} channels, {l} positions."),
        &grid,
    )
    .given("eps", 1e-5)
    .number(prompt, "sd", value.output)
    .because(format!("By mean and variance of the {l} positions of its own channel in its own example."))
    .slip(layer, "all channels of the example share, as LayerNorm does")
    .slip(batch, "the channel is taken over the whole batch, as BatchNorm does")
    .slip(value.output * ((l - 1) as f64 / l as f64).sqrt(), "the variance is divided by n \u{2212} 1")
    .in_explore(explore(&grid, &method))
    .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given, marked, mean, place, positions, variance};

    #[test]
    fn the_positions_of_the_channel_count() {
        every_number(&super::TEMPLATE, |item| {
            let ((row, column), l) = (place(item), positions(item));
            let channel = item.data.values[row].chunks(l).nth(column / l).unwrap();
            let spread = variance(channel) + given(item, "eps");
            (marked(item) - mean(channel)) / spread.sqrt()
        });
    }
}
