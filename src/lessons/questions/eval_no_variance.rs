//! By how much BatchNorm in evaluation magnifies a feature that never varied.

use normlab_engine::method::{BatchNorm, Mode};
use normlab_engine::{Error, Method, RunningStatistics, Shape};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "eval-no-variance",
    topic: Topic::BatchNorm,
    spoken: "What is epsilon for, and what does it do when a channel never varies?",
    points: &[
        "It bounds the divisor: nothing is divided by less than \u{221a}eps.",
        "With running variance 0 every deviation is multiplied by 1 / \u{221a}eps: about 316 for 1e-5.",
        "Keras has 1e-3 by default, so about 32: a dead channel is magnified less there.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let eps = chance.pick(&[1e-3, 1e-4, 1e-5, 1e-6, 2e-5, 5e-4]);
    let mean = chance.decimal(-3.0, 3.0, 1);
    let away = chance.pick(&[-0.5, -0.2, -0.1, 0.01, 0.02, 0.1, 0.3, 0.4]);
    let x = ((mean + away) * 100.0).round() / 100.0;
    let grid = Grid::batch(&[vec![x], vec![mean]]).marked(0, 0, 0);
    let method = Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, eps, ..BatchNorm::default() });
    let shape = Shape::of(&grid.view());
    let fitted =
        RunningStatistics { mean: vec![mean], variance: vec![0.0], batches: 1 }.fitted(method.recipe(shape)?, shape)?;
    let answer = fitted.transform(grid.view())?[[0, 0, 0]];
    Ok(Draft::new("Two examples with one feature that never varied in training.", &grid)
        .given("running mean", mean)
        .given("running variance", 0.0)
        .given("eps", eps)
        .number(format!("BatchNorm in evaluation (gamma 1, beta 0): what does {} become?", full(x)), "", answer)
        .because("Nothing but \u{221a}eps is left to divide by, so a small deviation becomes a large one.")
        .slip(0.0, "a feature without variance is taken to become 0")
        .slip(x - mean, "nothing is divided where the variance is 0, as a z-score does")
        .slip((x - mean) / eps, "eps is divided by, not its root")
        .worked([line("in evaluation", format!("({} \u{2212} {}) / \u{221a}(0 + {eps})", full(x), full(mean)), answer)])
        .in_explore(explore(&grid, &method).fitted(&grid, &method, &fitted, 0)))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given, marked};

    #[test]
    fn the_root_of_eps_is_divided_by() {
        every_number(&super::TEMPLATE, |item| (marked(item) - given(item, "running mean")) / given(item, "eps").sqrt());
    }
}
