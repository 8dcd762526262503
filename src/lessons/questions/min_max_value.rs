//! What min-max scaling makes of a value.

use normlab_engine::method::{MinMax, ZScore};
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, TracedValue, explore, story_column};

pub const TEMPLATE: Template = Template {
    slug: "min-max-value",
    topic: Topic::Tables,
    spoken: "What is the difference between normalization and standardization?",
    points: &[
        "Min-max: (x \u{2212} min) / (max \u{2212} min), so the training data lie between 0 and 1.",
        "z-score: (x \u{2212} mean) / standard deviation, so mean 0 and standard deviation 1, without bounds.",
        "Both are affine: neither changes the shape of the distribution.",
        "Min-max depends on the two extreme values alone.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let count = chance.whole(6, 9) as usize;
    let (story, grid) = story_column(chance, count);
    let cell = grid.cell();
    let method = Method::MinMax(MinMax::default());
    let value = TracedValue::of(&method, &grid, None, cell)?;
    let x = grid.at(cell);
    let found = value.trace.group.statistics;
    let (min, max) = value.trace.group.extent.unwrap_or((found.min, found.max));
    let z = TracedValue::of(&Method::ZScore(ZScore::default()), &grid, None, cell)?.output;
    let prompt = format!("Min-max scaling to 0\u{a0}\u{2026}\u{a0}1: what does {} become?", full(x));
    Ok(Draft::new(format!("{} of {count} cases, in {}.", story.name, story.unit), &grid)
        .number(prompt, "", value.output)
        .because(format!(
            "It lies that part of the way from the smallest value, {}, to the largest, {}.",
            full(min),
            full(max)
        ))
        .slip(x / max, "the value is divided by the largest, and the smallest is not subtracted")
        .slip(x / (max - min), "the smallest value is not subtracted first")
        .slip(z, "the z-score is taken instead")
        .in_explore(explore(&grid, &method))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, marked};

    #[test]
    fn the_answer_is_that_of_the_formula() {
        every_number(&super::TEMPLATE, |item| {
            let values = column(item, 0);
            let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
            (marked(item) - low) / (high - low)
        });
    }
}
