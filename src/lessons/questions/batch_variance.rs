//! The mean of the biased variances of small batches.

use normlab_engine::method::BatchNorm;
use normlab_engine::moments;
use normlab_engine::{Error, Method};
use normlab_plot::number::format4;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "batch-variance",
    topic: Topic::BatchNorm,
    spoken: "Why does BatchNorm suffer from small batches?",
    points: &[
        "Mean and variance of a batch are estimates: the mean is off by sigma / \u{221a}N.",
        "The biased variance is too small by the factor (N \u{2212} 1) / N on average.",
        "So training and evaluation do different things to the same example.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (story, size) = (chance.story(), chance.whole(2, 4) as usize);
    let values = story.values(chance, 4);
    let grid = Grid::column(story.title(), &values);
    let all = moments(&values).sd.powi(2);
    // Every batch that can be drawn, with repetition.
    let batches = 4_usize.pow(size as u32);
    let variance = |number: usize| {
        let batch: Vec<f64> = (0..size).map(|place| values[number / 4_usize.pow(place as u32) % 4]).collect();
        moments(&batch).sd.powi(2)
    };
    let answer = 100.0 * (0..batches).map(variance).sum::<f64>() / batches as f64 / all;
    let method = Method::BatchNorm(BatchNorm::default());
    Ok(Draft::new(format!("{} of four cases, in {}. Batches are drawn from them, any case any number of times.", story.name, story.unit), &grid)
        .given("N (size of a batch)", size as f64)
        .given("variance of all four (divisor n)", (all * 1e4).round() / 1e4)
        .number(format!("On average over all batches of {size}, how much of that variance does the biased variance of a batch have, in %?"), "%", answer)
        .because("The mean of a batch is drawn towards its own values, so it lies nearer to them than the true mean: (N \u{2212} 1) / N is left.")
        .slip(100.0, "the biased variance is taken to be right on average")
        .slip(100.0 / size as f64, "the variance of the mean is taken: 1 / N")
        .slip(100.0 * size as f64 / (size as f64 - 1.0), "it is divided the wrong way round")
        .worked([
            line("all batches", format!("4^{size}"), batches as f64),
            line("mean of their biased variances", format!("{}% of {}", format4(answer), format4(all)), answer * all / 100.0),
            line("in %", format!("100 \u{d7} ({size} \u{2212} 1) / {size}"), answer),
        ])
        .in_explore(explore(&grid, &method)))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given};

    #[test]
    fn the_factor_is_known() {
        every_number(&super::TEMPLATE, |item| {
            let n = given(item, "N (size of a batch)");
            100.0 * (n - 1.0) / n
        });
    }
}
