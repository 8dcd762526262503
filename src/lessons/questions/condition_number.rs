//! The condition number of least squares after z-scoring.

use normlab_engine::method::ZScore;
use normlab_engine::{Error, Method};
use normlab_plot::number::format4;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, covariance, eigenvalues, explore, line, two_features};

pub const TEMPLATE: Template = Template {
    slug: "condition-number",
    topic: Topic::Tables,
    spoken: "Why does gradient descent converge faster on scaled features?",
    points: &[
        "The largest stable step is 2 divided by the largest eigenvalue of the Hessian; the slowest direction has the smallest.",
        "The condition number, their ratio, says how many steps that takes.",
        "z-scoring makes all variances 1; what is left comes from correlation.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let grid = two_features(chance);
    let method = Method::ZScore(ZScore::default());
    let after = method.run(grid.view(), None)?.values;
    let correlation = covariance(&after.view(), 0, 1);
    let condition = |values: &ndarray::ArrayView3<f64>| {
        let (large, small) = eigenvalues(covariance(values, 0, 0), covariance(values, 1, 1), covariance(values, 0, 1));
        (large, small, large / small)
    };
    let (large, small, answer) = condition(&after.view());
    Ok(Draft::new("Six rows of two features, which are z-scored.", &grid)
        .given("correlation", (correlation * 1e4).round() / 1e4)
        .number(
            "Least squares on the two z-scored columns: what is the condition number of the Hessian (the matrix of their \
             covariances)?",
            "",
            answer,
        )
        .because("With variances 1 the eigenvalues are 1 + |r| and 1 \u{2212} |r|: only correlation is left.")
        .slip(1.0, "the correlation is forgotten")
        .slip(condition(&grid.view()).2, "nothing is scaled")
        .slip(answer.sqrt(), "the condition number is that of the data, whose square is that of the Hessian")
        .worked([
            line("largest eigenvalue", format!("1 + |{}|", format4(correlation)), large),
            line("smallest eigenvalue", format!("1 \u{2212} |{}|", format4(correlation)), small),
            line("condition number", format!("{} / {}", format4(large), format4(small)), answer),
        ])
        .in_experiment("descent").in_explore(explore(&grid, &method).with("view", "scatter")))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, mean, variance};

    #[test]
    fn it_follows_from_the_correlation() {
        every_number(&super::TEMPLATE, |item| {
            let [a, b] = [0, 1].map(|index| column(item, index));
            let products: Vec<f64> = a.iter().zip(&b).map(|(x, y)| (x - mean(&a)) * (y - mean(&b))).collect();
            let r = (mean(&products) / (variance(&a) * variance(&b)).sqrt()).abs();
            (1.0 + r) / (1.0 - r)
        });
    }
}
