//! The z-score of a value.

use normlab_engine::method::ZScore;
use normlab_engine::{Divisor, Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, TracedValue, explore, story_column};

pub const TEMPLATE: Template = Template {
    slug: "z-score-value",
    topic: Topic::Tables,
    spoken: "What does standardization do to a value, and what does the result mean?",
    points: &[
        "Subtract the mean of the feature, divide by its standard deviation \u{2013} not by the variance.",
        "The result counts standard deviations from the mean.",
        "scikit-learn divides the variance by n; pandas and R by n \u{2212} 1.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let count = chance.whole(5, 8) as usize;
    let (story, grid) = story_column(chance, count);
    let cell = grid.cell();
    let with = |divisor| Method::ZScore(ZScore { divisor });
    let value = TracedValue::of(&with(Divisor::N), &grid, None, cell)?;
    let other = TracedValue::of(&with(Divisor::NMinusOne), &grid, None, cell)?.output;
    let found = value.trace.group.statistics;
    let deviation = grid.at(cell) - found.center;
    let prompt = format!("What is the z-score of {}, as scikit-learn computes it (divisor n)?", full(grid.at(cell)));
    let side = if deviation < 0.0 { "below" } else { "above" };
    Ok(Draft::new(format!("{} of {count} cases, in {}.", story.name, story.unit), &grid)
        .number(prompt, "sd", value.output)
        .because(format!("So many standard deviations it lies {side} the mean."))
        .slip(other, "the variance is divided by n \u{2212} 1, as pandas and R do")
        .slip(deviation / found.dispersion, "the deviation is divided by the variance")
        .slip(-value.output, "the sign is the wrong way round")
        .slip(deviation, "nothing is divided")
        .in_explore(explore(&grid, &with(Divisor::N)))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, marked, mean, variance};

    #[test]
    fn the_answer_is_that_of_the_formula() {
        every_number(&super::TEMPLATE, |item| {
            let values = column(item, 0);
            (marked(item) - mean(&values)) / variance(&values).sqrt()
        });
    }
}
