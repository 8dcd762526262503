//! Which learning rates lead somewhere, with and without BatchNorm in front.

use normlab_engine::method::BatchNorm;
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "loss-after-steps",
    topic: Topic::BatchNorm,
    spoken: "Does BatchNorm speed training up by itself, or by the learning rates that it allows?",
    points: &[
        "At the same small rate it need not be faster.",
        "It trains at rates at which the same network without it diverges, and that is where the speed comes from.",
        "With normalized inputs the loss is curved alike in all directions, so one rate suits all weights.",
    ],
    make,
};

const STEPS: usize = 10;
/// Losses nearer to each other than this are not asked about.
const APART: f64 = 1.05;

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let method = Method::BatchNorm(BatchNorm { eps: 0.0, ..BatchNorm::default() });
    loop {
        let rates = [chance.pick(&[0.0005, 0.001, 0.002, 0.005]), chance.pick(&[0.05, 0.1, 0.3, 0.8])];
        let (large, small) = (chance.decimals(5, -20.0, 40.0, 0), chance.decimals(5, -2.0, 3.0, 1));
        let target = chance.decimals(5, -4.0, 4.0, 1);
        let grid = Grid::batch(&large.into_iter().zip(small).map(|(a, b)| vec![a, b]).collect::<Vec<_>>());
        let after = method.run(grid.view(), None)?.values;
        let mut names = Vec::new();
        let mut losses = Vec::new();
        for index in chance.choose(4, 4) {
            let (rate, normed) = (rates[index / 2], index % 2 == 1);
            let values = if normed { &after } else { &grid.array };
            names.push(format!("{}, rate {}", if normed { "BatchNorm" } else { "no norm" }, full(rate)));
            losses.push(loss_after(values, &target, rate));
        }
        let near = |a: f64, b: f64| a.max(b) < APART * a.min(b);
        if (0..losses.len()).any(|index| losses[..index].iter().any(|other| near(*other, losses[index]))) {
            continue;
        }
        let start = target.iter().map(|y| y * y).sum::<f64>() / (2.0 * target.len() as f64);
        let lines: Vec<_> = std::iter::once(line("before the first step", "half the mean square of the target", start))
            .chain(names.iter().zip(&losses).map(|(name, loss)| line(name, format!("loss after {STEPS} steps"), *loss)))
            .collect();
        let columns = ["f1", "f2", "target"].map(String::from).to_vec();
        let shown: Vec<Vec<f64>> = target
            .iter()
            .enumerate()
            .map(|(row, y)| vec![grid.array[[row, 0, 0]], grid.array[[row, 1, 0]], *y])
            .collect();
        let shown = Grid::table("example", columns, &shown);
        return Ok(Draft::new("A batch of five examples with two features, and a target.", &shown)
            .asked(
                format!(
                    "A linear layer of two weights without bias starts at 0 and learns by gradient descent on half the mean squared \
                     error, always of this batch; BatchNorm (gamma 1, beta 0, eps 0) of the features comes first, or not. How \
                     large is its loss after {STEPS} steps? The largest first."
                ),
                PredictionKind::Order(names),
                FactValue::Order(losses),
            )
            .because(
                "Above 2 divided by the largest curvature every step makes it worse. With mean 0 and variance 1 that limit is \
                 between 1 and 2; a feature in large units brings it far below.",
            )
            .worked(lines)
            .in_experiment("learning-rates")
            .in_explore(explore(&shown, &method).with("view", "scatter")));
    }
}

/// Half the mean squared error of a linear layer of two weights after gradient descent from 0.
fn loss_after(values: &ndarray::Array3<f64>, target: &[f64], rate: f64) -> f64 {
    let n = target.len() as f64;
    let mut weights = [0.0; 2];
    let errors = |weights: [f64; 2]| -> Vec<f64> {
        let predicted = values.outer_iter().map(|row| weights[0] * row[[0, 0]] + weights[1] * row[[1, 0]]);
        predicted.zip(target).map(|(predicted, y)| predicted - y).collect()
    };
    for _ in 0..STEPS {
        let errors = errors(weights);
        for (feature, weight) in weights.iter_mut().enumerate() {
            let gradient = values.outer_iter().zip(&errors).map(|(row, error)| row[[feature, 0]] * error);
            *weight -= rate * gradient.sum::<f64>() / n;
        }
    }
    errors(weights).iter().map(|error| error * error).sum::<f64>() / (2.0 * n)
}

#[cfg(test)]
mod tests {
    use normlab_report::{FactValue, PredictionKind};

    use crate::checks::{column, every, mean, variance};

    /// By the quadratic that the loss is, instead of its examples.
    #[test]
    fn the_quadratic_says_the_same() {
        every(&super::TEMPLATE, |item| {
            let PredictionKind::Order(names) = &item.prediction.kind else { panic!("an order is asked for") };
            let y = column(item, 2);
            let product =
                |one: &[f64], other: &[f64]| mean(&one.iter().zip(other).map(|(x, y)| x * y).collect::<Vec<_>>());
            let loss = |name: &String| {
                let (kind, rate) = name.split_once(", rate ").unwrap();
                let rate: f64 = rate.parse().unwrap();
                let features = [0, 1].map(|index| {
                    let x = column(item, index);
                    let (middle, sd) = if kind == "BatchNorm" { (mean(&x), variance(&x).sqrt()) } else { (0.0, 1.0) };
                    x.iter().map(|x| (x - middle) / sd).collect::<Vec<f64>>()
                });
                let hessian = [0, 1].map(|row| [0, 1].map(|column| product(&features[row], &features[column])));
                let toward = [0, 1].map(|row| product(&features[row], &y));
                let mut w = [0.0; 2];
                for _ in 0..super::STEPS {
                    w = [0, 1]
                        .map(|row| w[row] - rate * (hessian[row][0] * w[0] + hessian[row][1] * w[1] - toward[row]));
                }
                let square =
                    w[0] * w[0] * hessian[0][0] + 2.0 * w[0] * w[1] * hessian[0][1] + w[1] * w[1] * hessian[1][1];
                (square - 2.0 * (w[0] * toward[0] + w[1] * toward[1]) + product(&y, &y)) / 2.0
            };
            FactValue::Order(names.iter().map(loss).collect())
        });
    }
}
