//! How far the mean of a batch is off, by its size: a drawing.

use normlab_engine::method::BatchNorm;
use normlab_engine::moments;
use normlab_engine::{Error, Method};
use normlab_plot::number::format4;
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

const SIZES: [usize; 3] = [1, 2, 4];

pub const TEMPLATE: Template = Template {
    slug: "batch-noise",
    topic: Topic::BatchNorm,
    spoken: "How large must a batch be for BatchNorm?",
    points: &[
        "The error of the batch mean falls with the square root of N: four times the batch for half the error.",
        "At N = 2 it is 71% of a standard deviation, at 32 still 18%.",
        "Common advice is 16 or more per device, or GroupNorm.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let story = chance.story();
    let count = chance.whole(3, 4) as usize;
    let values = story.values(chance, count);
    let grid = Grid::column(story.title(), &values);
    let sd = moments(&values).sd;
    // Every batch that can be drawn is looked at, so few sizes; others follow the middle one of them.
    let sizes: Vec<usize> =
        if chance.index(2) == 0 { vec![1, 2, 3, 4, 5] } else { vec![SIZES[0], SIZES[1], SIZES[2], 5, 6] };
    let heights: Vec<f64> =
        sizes.iter().map(|size| (100.0 * spread_of_means(&values, *size) / sd).min(100.0)).collect();
    let labels: Vec<String> = sizes.iter().map(|size| format!("N = {size}")).collect();
    let lines = sizes.iter().zip(&heights).map(|(size, height)| {
        line(
            &format!("N = {size}"),
            format!(
                "standard deviation of the means of all {} batches, in % of {}",
                count.pow(*size as u32),
                format4(sd)
            ),
            *height,
        )
    });
    Ok(Draft::new(format!("{} of {count} cases, in {}. Batches of N are drawn from them, any case any number of times.", story.name, story.unit), &grid)
        .given("standard deviation (divisor n)", (sd * 1e4).round() / 1e4)
        .asked(
            "How far is the mean of a batch from the mean of all, as a standard deviation, in % of that standard deviation?",
            PredictionKind::Curve { labels: labels.clone(), unit: "%".into(), most: 100 },
            FactValue::Curve(heights.clone()),
        )
        .because("It falls with the square root of N: 100% / \u{221a}N.")
        .worked(lines.collect::<Vec<_>>())
        .in_explore(explore(&grid, &Method::BatchNorm(BatchNorm::default()))))
}

/// The standard deviation of the means of all batches of a size.
fn spread_of_means(values: &[f64], size: usize) -> f64 {
    let count = values.len();
    let mean = |number: usize| {
        let places = (0..size).map(|place| values[number / count.pow(place as u32) % count]);
        places.sum::<f64>() / size as f64
    };
    moments(&(0..count.pow(size as u32)).map(mean).collect::<Vec<_>>()).sd
}

#[cfg(test)]
mod tests {
    use normlab_report::{FactValue, PredictionKind};

    use crate::checks::every;

    #[test]
    fn it_falls_with_the_root_of_the_size() {
        every(&super::TEMPLATE, |item| {
            let PredictionKind::Curve { labels, .. } = &item.prediction.kind else { panic!("a curve is asked for") };
            let size = |label: &String| label.trim_start_matches("N = ").parse::<f64>().unwrap();
            FactValue::Curve(labels.iter().map(|label| 100.0 / size(label).sqrt()).collect())
        });
    }
}
