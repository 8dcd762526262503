//! The histogram of z-scores: a drawing.

use normlab_engine::method::ZScore;
use normlab_engine::{Error, Method, histogram, moments};
use normlab_plot::number::format4;
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

/// From here to there, in bins of one standard deviation.
const ENDS: (f64, f64) = (-3.0, 3.0);
const BINS: usize = 6;

pub const TEMPLATE: Template = Template {
    slug: "histogram-after",
    topic: Topic::Tables,
    spoken: "What does the histogram look like after standardization?",
    points: &[
        "The same: every bar is as high as before, only the axis has other numbers.",
        "Mean 0 and standard deviation 1 say nothing about the shape.",
        "Skewed data stay skewed; a symmetric bell does not come of itself.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (story, count) = (chance.story(), 16);
    // Skewed to the right, all within three standard deviations.
    loop {
        let start = story.values(chance, 1)[0];
        let values: Vec<f64> = (0..count)
            .map(|_| {
                let part = chance.decimal(0.0, 1.0, 3);
                ((start + 20.0 * part * part) * 10.0).round() / 10.0
            })
            .collect();
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let grid = Grid::column(story.title(), &sorted);
        let method = Method::ZScore(ZScore::default());
        let scaled: Vec<f64> = method.run(grid.view(), None)?.values.iter().copied().collect();
        // A value on the edge of two bins could be counted in either.
        let on_edge = |z: &f64| (z - z.round()).abs() < 0.02;
        if scaled.iter().any(|z| z.abs() > 2.98 || on_edge(z)) {
            continue;
        }
        let counts: Vec<f64> =
            histogram(&scaled, ENDS.0, ENDS.1, BINS).counts.iter().map(|count| *count as f64).collect();
        let found = moments(&sorted);
        let labels: Vec<String> =
            (0..BINS).map(|bin| format!("{} to {}", bin as i32 - 3, bin as i32 - 2).replace('-', "\u{2212}")).collect();
        let edges = labels.iter().zip(&counts).enumerate().map(|(bin, (label, count))| {
            let edge = |at: f64| format4(found.mean + at * found.sd);
            let from = ENDS.0 + bin as f64;
            line(&format!("z from {label}"), format!("values from {} to {}", edge(from), edge(from + 1.0)), *count)
        });
        return Ok(Draft::new(
            format!("{} of {count} cases, in {}, in ascending order.", story.name, story.unit),
            &grid,
        )
        .given("mean", (found.mean * 100.0).round() / 100.0)
        .given("standard deviation (divisor n)", (found.sd * 100.0).round() / 100.0)
        .asked(
            "Draw the histogram of the z-scores: how many values are in each bin?",
            PredictionKind::Curve { labels: labels.clone(), unit: "values".into(), most: count as u8 },
            FactValue::Curve(counts.clone()),
        )
        .because("Each bin of z-scores holds the values of one standard deviation: the shape is that of the data.")
        .worked(edges.collect::<Vec<_>>())
        .in_explore(explore(&grid, &method)));
    }
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{column, every, mean, variance};

    #[test]
    fn values_are_counted_between_the_edges() {
        every(&super::TEMPLATE, |item| {
            let values = column(item, 0);
            let (middle, sd) = (mean(&values), variance(&values).sqrt());
            let edge = |at: i32| middle + f64::from(at) * sd;
            let inside = |at: i32| values.iter().filter(|x| **x >= edge(at) && **x < edge(at + 1)).count() as f64;
            FactValue::Curve((-3..3).map(inside).collect())
        });
    }
}
