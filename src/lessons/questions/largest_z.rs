//! How large a z-score can get among n values.

use normlab_engine::method::ZScore;
use normlab_engine::trace::ArrayIndex;
use normlab_engine::{Divisor, Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, TracedValue, explore};

pub const TEMPLATE: Template = Template {
    slug: "largest-z",
    topic: Topic::Tables,
    spoken: "Can you find outliers by |z| > 3 in ten values?",
    points: &[
        "With divisor n, no z-score among n values exceeds \u{221a}(n \u{2212} 1).",
        "So for n up to 10 nothing exceeds 3, however far out it is.",
        "The far value swells the very standard deviation it is measured with.",
        "Median and interquartile range, or leaving the value out, do not have this limit.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (story, count) = (chance.story(), chance.whole(4, 16) as usize);
    let usual = story.values(chance, 1)[0];
    let far = story.far(chance, (1.0, 60.0));
    let row = chance.index(count);
    let values: Vec<f64> = (0..count).map(|index| if index == row { far } else { usual }).collect();
    let grid = Grid::column(story.title(), &values).marked(row, 0, 0);
    let with = |divisor| Method::ZScore(ZScore { divisor });
    let cell = ArrayIndex::new(row, 0, 0);
    let value = TracedValue::of(&with(Divisor::N), &grid, None, cell)?;
    let unbiased = TracedValue::of(&with(Divisor::NMinusOne), &grid, None, cell)?.output;
    let n = count as f64;
    Ok(Draft::new(format!("{} of {count} cases, in {}: all but one are equal.", story.name, story.unit), &grid)
        .number(format!("What is the z-score of {}, with divisor n?", full(far)), "sd", value.output)
        .because(
            "It is \u{221a}(n \u{2212} 1), however far out the value is: it swells the standard deviation by as much.",
        )
        .slip(unbiased, "the variance is divided by n \u{2212} 1: (n \u{2212} 1) / \u{221a}n")
        .slip(n.sqrt(), "\u{221a}n is taken for the largest z-score")
        .slip(3.0, "3 is taken for the end of the scale")
        .in_experiment("outliers?rows=10")
        .in_explore(explore(&grid, &with(Divisor::N)))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::every_number;

    #[test]
    fn the_largest_z_is_known() {
        every_number(&super::TEMPLATE, |item| ((item.data.values.len() - 1) as f64).sqrt());
    }
}
