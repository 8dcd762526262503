//! What happens to output and gradient when the weights before BatchNorm are multiplied.

use normlab_engine::method::BatchNorm;
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, batch_grid, explore, line};

/// A step of a difference quotient.
const STEP: f64 = 1e-4;
/// Output and slope are this large at least.
const SEEN: f64 = 0.02;

pub const TEMPLATE: Template = Template {
    slug: "weights-times",
    topic: Topic::BatchNorm,
    spoken: "What happens if you multiply the weights before a BatchNorm by 10?",
    points: &[
        "The output and the loss stay the same: mean and standard deviation grow alike.",
        "The gradient with respect to the weights is divided by 10.",
        "So weight decay does not bound the function there; it acts on the effective learning rate.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let factor = chance.pick(&[2.0, 4.0, 5.0, 8.0, 10.0, 20.0]);
    let gradient = chance.index(2) == 1;
    let method = Method::BatchNorm(BatchNorm { eps: 0.0, ..BatchNorm::default() });
    let measured = |grid: &Grid| if gradient { slope(&method, grid) } else { output(&method, grid) };
    // What is nothing before has no factor.
    let mut grid = batch_grid(chance, 4, 1);
    while measured(&grid)?.abs() < SEEN {
        grid = batch_grid(chance, 4, 1);
    }
    let larger = grid.map(|x| x * factor);
    let (one, other) = (measured(&grid)?, measured(&larger)?);
    // What is known to be a plain ratio is not asked to more digits than a difference quotient has.
    let answer = (other / one * 1e6).round() / 1e6;
    let what = if gradient { "the derivative of its output with respect to it" } else { "its output" };
    let why = if gradient {
        "Output against input is a curve that is stretched sideways: its slope is divided by the factor."
    } else {
        "Mean and standard deviation of the batch grow by the same factor, which cancels."
    };
    Ok(Draft::new(
        "A batch of four examples with one feature: outputs of a layer without bias, before BatchNorm in training.",
        &grid,
    )
    .given("eps", 0.0)
    .number(
        format!(
            "The weights of that layer are multiplied by {}. By which factor does {what} change, at the marked value?",
            full(factor)
        ),
        "",
        answer,
    )
    .because(why)
    .slip(factor, "the factor is taken to come through")
    .slip(
        if gradient { 1.0 } else { 1.0 / factor },
        if gradient {
            "the derivative is taken to stay, as the output does"
        } else {
            "the derivative is taken, not the output"
        },
    )
    .slip(1.0 / (factor * factor), "the variance is divided by")
    .worked([
        line("before", what, one),
        line("after", "the same, with the larger weights", other),
        line("factor", "the second divided by the first", answer),
    ])
    .in_explore(explore(&larger, &method)))
}

/// The output of the marked value.
fn output(method: &Method, grid: &Grid) -> Result<f64, Error> {
    let cell = grid.cell();
    Ok(method.run(grid.view(), None)?.values[[cell.example, cell.feature, cell.position]])
}

/// By how much that moves with the marked input.
fn slope(method: &Method, grid: &Grid) -> Result<f64, Error> {
    let cell = grid.cell();
    let moved = |by: f64| {
        let mut other = grid.clone();
        other.array[[cell.example, cell.feature, cell.position]] += by;
        output(method, &other)
    };
    Ok((moved(STEP)? - moved(-STEP)?) / (2.0 * STEP))
}

#[cfg(test)]
mod tests {
    use crate::checks::every_number;

    #[test]
    fn the_output_stays_and_the_gradient_is_divided() {
        every_number(&super::TEMPLATE, |item| {
            let prompt = &item.prediction.prompt;
            let factor: f64 =
                prompt.split("multiplied by ").nth(1).unwrap().split(". By").next().unwrap().parse().unwrap();
            if prompt.contains("derivative") { 1.0 / factor } else { 1.0 }
        });
    }
}
