//! From which learning rate on gradient descent diverges, with and without BatchNorm in front.

use normlab_engine::method::BatchNorm;
use normlab_engine::{Error, Method};
use normlab_plot::number::format4;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, eigenvalues, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "largest-step",
    topic: Topic::BatchNorm,
    spoken: "Why does BatchNorm allow larger learning rates?",
    points: &[
        "Gradient descent diverges above 2 divided by the largest curvature of the loss.",
        "Inputs with mean 0 and variance 1 keep that curvature small and alike in all directions.",
        "Less internal covariate shift was the first explanation; a smoother loss is the better measured one (Santurkar et al. 2018).",
    ],
    make,
};

/// A correlation nearer to 0 leaves no direction that is the steepest.
const CORRELATED: f64 = 0.1;

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let method = Method::BatchNorm(BatchNorm { eps: 0.0, ..BatchNorm::default() });
    let normed = chance.index(3) > 0;
    loop {
        let (large, small) = (chance.decimals(5, -30.0, 60.0, 0), chance.decimals(5, -4.0, 6.0, 1));
        let rows: Vec<Vec<f64>> = large.into_iter().zip(small).map(|(a, b)| vec![a, b]).collect();
        let grid = Grid::batch(&rows);
        let after = method.run(grid.view(), None)?.values;
        let products = |values: &ndarray::Array3<f64>, one: usize, other: usize| {
            let each = values.outer_iter().map(|row| row[[one, 0]] * row[[other, 0]]);
            each.sum::<f64>() / values.dim().0 as f64
        };
        let curvatures = |values: &ndarray::Array3<f64>| {
            eigenvalues(products(values, 0, 0), products(values, 1, 1), products(values, 0, 1))
        };
        if products(&after, 0, 1).abs() < CORRELATED {
            continue;
        }
        let (raw, scaled) = (curvatures(&grid.array), curvatures(&after));
        let ((most, least), other) = if normed { (scaled, raw.0) } else { (raw, scaled.0) };
        let front = if normed { "BatchNorm (gamma 1, beta 0, eps 0) comes first, then a" } else { "There is a" };
        let why = if normed {
            "With mean 0 and variance 1 the curvature in the steepest direction is 1 + |r|, r being the correlation."
        } else {
            "The feature in large units makes the loss steep in its direction, and so bounds the rate for both weights."
        };
        return Ok(Draft::new("A batch of five examples with two features.", &grid)
            .given("correlation", (products(&after, 0, 1) * 1e4).round() / 1e4)
            .number(
                format!(
                    "{front} linear layer of two weights without bias, which learns by gradient descent on half the mean squared \
                     error, always of this batch. From which learning rate on does it diverge?"
                ),
                "",
                2.0 / most,
            )
            .because(why)
            .slip(1.0 / most, "this rate reaches the minimum in the steepest direction in one step")
            .slip(2.0 / least, "the flattest direction is taken, not the steepest")
            .slip(
                2.0 / other,
                if normed { "nothing is normalized" } else { "the features are taken to be normalized" },
            )
            .worked([
                line("largest curvature", "largest eigenvalue of the matrix of mean products", most),
                line("limit", format!("2 / {}", format4(most)), 2.0 / most),
            ])
            .in_experiment("learning-rates")
            .in_explore(explore(&grid, &method).with("view", "scatter")));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, mean, variance};

    #[test]
    fn it_follows_from_trace_and_determinant() {
        every_number(&super::TEMPLATE, |item| {
            let [a, b] = [0, 1].map(|index| column(item, index));
            let product =
                |one: &[f64], other: &[f64]| mean(&one.iter().zip(other).map(|(x, y)| x * y).collect::<Vec<_>>());
            if item.prediction.prompt.starts_with("BatchNorm") {
                let r = (product(&a, &b) - mean(&a) * mean(&b)) / (variance(&a) * variance(&b)).sqrt();
                return 2.0 / (1.0 + r.abs());
            }
            let (trace, off) = (product(&a, &a) + product(&b, &b), product(&a, &b));
            let determinant = product(&a, &a) * product(&b, &b) - off * off;
            4.0 / (trace + (trace * trace - 4.0 * determinant).sqrt())
        });
    }
}
