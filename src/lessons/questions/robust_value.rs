//! What robust scaling makes of a value.

use normlab_engine::method::Robust;
use normlab_engine::{Error, Method, moments, quantiles};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, TracedValue, explore, story_column};

pub const TEMPLATE: Template = Template {
    slug: "robust-value",
    topic: Topic::Tables,
    spoken: "How does robust scaling work?",
    points: &[
        "Subtract the median, divide by the interquartile range (75% minus 25% quantile).",
        "A quarter of the values can be anywhere without moving these much.",
        "The outliers themselves stay where they are: far out.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let count = chance.pick(&[5, 9]);
    let (story, grid) = story_column(chance, count);
    let method = Method::Robust(Robust::default());
    let value = TracedValue::of(&method, &grid, None, grid.cell())?;
    let values = grid.feature(0);
    let found = quantiles(&values, &[0.25, 0.5, 0.75], &mut Vec::new());
    let (mean, range) = (moments(&values).mean, found[2] - found[0]);
    let prompt = format!(
        "Robust scaling (median, interquartile range with linear interpolation): what does {} become?",
        full(grid.value())
    );
    Ok(Draft::new(format!("{} of {count} cases, in {}.", story.name, story.unit), &grid)
        .number(prompt, "interquartile ranges", value.output)
        .because("So many interquartile ranges it lies from the median.")
        .slip((grid.value() - mean) / range, "the mean is subtracted instead of the median")
        .slip(
            (grid.value() - found[1]) * 1.348_979_500_392_163_6 / range,
            "the range is divided by 1.349 as well, as for a normal distribution",
        )
        .slip((grid.value() - found[0]) / range, "the lower quartile is subtracted instead of the median")
        .in_experiment("outliers")
        .in_explore(explore(&grid, &method))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, marked, quantile};

    #[test]
    fn quartiles_are_found_by_sorting() {
        every_number(&super::TEMPLATE, |item| {
            let values = column(item, 0);
            (marked(item) - quantile(&values, 0.5)) / (quantile(&values, 0.75) - quantile(&values, 0.25))
        });
    }
}
