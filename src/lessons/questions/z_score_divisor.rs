//! The z-score with divisor n - 1, as pandas has it.

use normlab_engine::method::ZScore;
use normlab_engine::{Divisor, Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, TracedValue, explore, story_column};

pub const TEMPLATE: Template = Template {
    slug: "z-score-divisor",
    topic: Topic::Tables,
    spoken: "Do you divide by n or by n \u{2212} 1 when you standardize?",
    points: &[
        "scikit-learn and NumPy divide the sum of squares by n unless told otherwise.",
        "pandas, R and Spark divide by n \u{2212} 1.",
        "The z-scores differ by the factor \u{221a}((n \u{2212} 1) / n), which matters for small n.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let count = chance.whole(4, 6) as usize;
    let (story, grid) = story_column(chance, count);
    let with = |divisor| Method::ZScore(ZScore { divisor });
    let value = TracedValue::of(&with(Divisor::NMinusOne), &grid, None, grid.cell())?;
    let biased = TracedValue::of(&with(Divisor::N), &grid, None, grid.cell())?.output;
    let found = value.trace.group.statistics;
    let prompt = format!(
        "In pandas, (x \u{2212} x.mean()) / x.std() divides by n \u{2212} 1. What does it give for {}?",
        full(grid.value())
    );
    Ok(Draft::new(format!("{} of {count} cases, in {}.", story.name, story.unit), &grid)
        .number(prompt, "sd", value.output)
        .because(
            "The unbiased standard deviation is larger, so every z-score is nearer to 0 than scikit-learn\u{2019}s.",
        )
        .slip(biased, "the variance is divided by n, as scikit-learn does")
        .slip((grid.value() - found.center) / found.dispersion, "the deviation is divided by the variance")
        .slip(-value.output, "the sign is the wrong way round")
        .in_explore(explore(&grid, &with(Divisor::NMinusOne)))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, marked, mean, variance};

    #[test]
    fn the_variance_is_the_unbiased_one() {
        every_number(&super::TEMPLATE, |item| {
            let values = column(item, 0);
            let n = values.len() as f64;
            (marked(item) - mean(&values)) / (variance(&values) * n / (n - 1.0)).sqrt()
        });
    }
}
