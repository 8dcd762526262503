//! BatchNorm of a batch of two examples.

use normlab_engine::method::BatchNorm;
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, TracedValue, explore};

pub const TEMPLATE: Template = Template {
    slug: "bn-of-two",
    topic: Topic::BatchNorm,
    spoken: "What happens with BatchNorm at batch size 2, or 1?",
    points: &[
        "Two different values become +1 and \u{2212}1, whatever they are, but for eps.",
        "Two equal values become 0, and so does a single one: nothing of it is left but beta.",
        "So small batches give noise: use GroupNorm, or larger or synchronized batches.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let first = chance.decimal(-5.0, 5.0, 1);
    // Far apart, or so near that eps is felt.
    let distance = chance.pick(&[0.002, 0.004, 0.006, 0.008, 0.01, 0.02, 1.0, 3.0, 8.0, 40.0, 0.0]);
    let second = ((first + distance) * 1000.0).round() / 1000.0;
    let row = chance.index(2);
    let grid = Grid::batch(&[vec![first], vec![second]]).marked(row, 0, 0);
    let batch_norm = BatchNorm::default();
    let (eps, method) = (batch_norm.eps, Method::BatchNorm(batch_norm));
    let value = TracedValue::of(&method, &grid, None, grid.cell())?;
    let why = if distance == 0.0 {
        "Both are equal to their mean, so 0 is divided by \u{221a}eps."
    } else if distance < 0.1 {
        "Half the distance, divided by \u{221a}(half the distance squared + eps): here eps is felt."
    } else {
        "Both are one standard deviation from their mean, however far apart they are."
    };
    Ok(Draft::new("A batch of two examples with one feature; gamma 1, beta 0.", &grid)
        .given("eps", eps)
        .number(
            format!("BatchNorm in training: what does {} of example {} become?", full(grid.value()), row + 1),
            "",
            value.output,
        )
        .because(why)
        .slip(-value.output, "the sign is the wrong way round")
        .slip(value.output / 2.0_f64.sqrt(), "the variance is divided by N \u{2212} 1")
        .slip(if row == 1 { 1.0 } else { -1.0 }, "eps is left out, or equal values are taken to differ")
        .in_explore(explore(&grid, &method))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, given, marked};

    #[test]
    fn half_the_distance_is_what_counts() {
        every_number(&super::TEMPLATE, |item| {
            let values = column(item, 0);
            let half = marked(item) - (values[0] + values[1]) / 2.0;
            half / (half * half + given(item, "eps")).sqrt()
        });
    }
}
