//! On which side of 0 the median of z-scores lies.

use normlab_engine::method::ZScore;
use normlab_engine::{Error, Method, quantiles};
use normlab_plot::number::format4;
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "skewed-median",
    topic: Topic::Tables,
    spoken: "Does standardization make data normally distributed?",
    points: &[
        "No: subtracting and dividing by constants moves and stretches, the shape stays.",
        "Skewness and kurtosis are the same before and after.",
        "The mean becomes 0, the median only where it was equal to the mean.",
        "A log, Box-Cox or quantile transformation changes the shape.",
    ],
    make,
};

const WORDS: [&str; 3] = ["below 0", "exactly 0", "above 0"];

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (story, kind) = (chance.story(), chance.index(3));
    let (middle, step) = (chance.decimal(20.0, 80.0, 1), chance.decimal(0.6, 4.0, 1));
    // Mirror images have equal mean and median; a tail on one side pulls the mean there.
    let offsets: Vec<f64> = match kind {
        0 => vec![-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0],
        1 => vec![-2.0, -1.5, -1.0, 0.0, 1.0, 4.0, chance.whole(8, 14) as f64],
        _ => vec![2.0, 1.5, 1.0, 0.0, -1.0, -4.0, -(chance.whole(8, 14) as f64)],
    };
    let order = chance.choose(offsets.len(), offsets.len());
    // Tenths, so that what is symmetric stays so.
    let tenths = (step * 10.0).round();
    let value = |index: &usize| ((middle * 10.0).round() + (offsets[*index] * tenths).round()) / 10.0;
    let values: Vec<f64> = order.iter().map(value).collect();
    let grid = Grid::column(story.title(), &values);
    let method = Method::ZScore(ZScore::default());
    let outcome = method.run(grid.view(), None)?;
    let scaled: Vec<f64> = outcome.values.iter().copied().collect();
    let median = quantiles(&scaled, &[0.5], &mut Vec::new())[0];
    // One place in the middle of mirror images is 0 but for rounding.
    let median = if median.abs() < 1e-9 { 0.0 } else { median };
    let before = quantiles(&values, &[0.5], &mut Vec::new())[0];
    let group = outcome.fitted.groups[0];
    let why = format!(
        "The mean of the z-scores is 0 by construction; the median lies where it lay before, {} and the mean was {}.",
        format4(before),
        format4(group.center)
    );
    let how = format!("({} \u{2212} {}) / {}", format4(before), format4(group.center), format4(group.scale));
    Ok(Draft::new(format!("{} of 7 cases, in {}.", story.name, story.unit), &grid)
        .asked(
            "After standardization, where is the median of the z-scores?",
            PredictionKind::Sign(WORDS.map(String::from)),
            FactValue::Sign(median),
        )
        .because(why)
        .worked([line("z-score of the median", how, median)])
        .in_experiment("shape?data=lognormal")
        .in_explore(explore(&grid, &method)))
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{column, every, mean, quantile, variance};

    #[test]
    fn the_median_is_shifted_and_divided_as_every_value() {
        every(&super::TEMPLATE, |item| {
            let values = column(item, 0);
            FactValue::Sign((quantile(&values, 0.5) - mean(&values)) / variance(&values).sqrt())
        });
    }
}
