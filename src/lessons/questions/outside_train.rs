//! A test value outside of the range of the training data.

use normlab_engine::method::MinMax;
use normlab_engine::trace::ArrayIndex;
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, TracedValue, explore};

pub const TEMPLATE: Template = Template {
    slug: "outside-train",
    topic: Topic::Tables,
    spoken: "A test value is larger than every training value. What does min-max scaling give?",
    points: &[
        "The scaler keeps the minimum and maximum of the training data, so the result is above 1.",
        "Only where clipping is asked for it becomes 1.",
        "Among n + 1 values of one distribution the new one is an extreme with probability 2 / (n + 1).",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (story, count) = (chance.story(), chance.whole(5, 8) as usize);
    let train = Grid::column(story.title(), &story.values(chance, count));
    let new = story.far(chance, (0.1, 1.2));
    let test = Grid::column(story.title(), &[new]).marked(0, 0, 0);
    let method = Method::MinMax(MinMax::default());
    let cell = ArrayIndex::new(0, 0, 0);
    let value = TracedValue::of(&method, &test, Some(&train), cell)?;
    let (low, high) = train.feature(0).iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
    let fitted = method.fit(train.view())?;
    Ok(Draft::new(format!("{} of {count} training cases, in {}.", story.name, story.unit), &train)
        .given("new value", new)
        .number(
            format!(
                "Min-max scaling was fitted on these rows, without clipping. What does the new value {} become?",
                full(new)
            ),
            "",
            value.output,
        )
        .because(format!(
            "The training range is {} to {}; the new value lies beyond it, so the result is beyond 1.",
            full(low),
            full(high)
        ))
        .slip(1.0, "the value is clipped, or the scaler is fitted on the new value too")
        .slip(new / high, "the value is divided by the training maximum, and the minimum is not subtracted")
        .in_experiment("leakage?case=noise")
        .in_explore(explore(&test, &method).fitted(&train, &method, &fitted, count))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, given, quantile};

    #[test]
    fn the_training_range_stays() {
        every_number(&super::TEMPLATE, |item| {
            let train = column(item, 0);
            let (low, high) = (quantile(&train, 0.0), quantile(&train, 1.0));
            (given(item, "new value") - low) / (high - low)
        });
    }
}
