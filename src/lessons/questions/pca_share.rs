//! How much of the variance the first principal component has.

use normlab_engine::method::ZScore;
use normlab_engine::{Error, Method};
use normlab_plot::number::format4;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, covariance, eigenvalues, explore, line, two_features};

pub const TEMPLATE: Template = Template {
    slug: "pca-share",
    topic: Topic::Tables,
    spoken: "Do you scale before a principal component analysis?",
    points: &[
        "Without scaling, the feature with the largest variance, so with the smallest unit, is the first component.",
        "After z-scoring the components are those of the correlation matrix.",
        "Features in the same unit may be left as they are, if their variances mean something.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (grid, scaled) = (two_features(chance), chance.index(2) == 1);
    let method = Method::ZScore(ZScore::default());
    let after = method.run(grid.view(), None)?.values;
    let correlation = covariance(&after.view(), 0, 1);
    let [raw, standard] = [grid.view(), after.view()].map(|values| {
        let (large, small) =
            eigenvalues(covariance(&values, 0, 0), covariance(&values, 1, 1), covariance(&values, 0, 1));
        100.0 * large / (large + small)
    });
    let (answer, other) = if scaled { (standard, raw) } else { (raw, standard) };
    let when = if scaled { "After z-scoring both columns" } else { "In the table as it is" };
    let values = if scaled { after.view() } else { grid.view() };
    let (a, b, off) = (covariance(&values, 0, 0), covariance(&values, 1, 1), covariance(&values, 0, 1));
    let (large, small) = eigenvalues(a, b, off);
    let how = format!(
        "({0} + {1}) / 2 + \u{221a}((({0} \u{2212} {1}) / 2)\u{b2} + {2}\u{b2})",
        format4(a),
        format4(b),
        format4(off)
    );
    let why = if scaled {
        format!("Both have variance 1, so it is (1 + |r|) / 2 with the correlation r = {}.", format4(correlation))
    } else {
        format!("x1 has variance {} and x2 has {}: the large one leads.", format4(a), format4(b))
    };
    Ok(Draft::new("Six rows of two features in different units.", &grid)
        .given("variance of x1 (divisor n)", (covariance(&grid.view(), 0, 0) * 1e4).round() / 1e4)
        .given("variance of x2 (divisor n)", (covariance(&grid.view(), 1, 1) * 1e4).round() / 1e4)
        .given("correlation", (correlation * 1e4).round() / 1e4)
        .number(format!("{when}: how much of the variance has the first principal component, in %?"), "%", answer)
        .because(why)
        .slip(other, if scaled { "nothing is scaled" } else { "both columns are z-scored first" })
        .slip(50.0, "both features are taken to have the same part")
        .worked([
            line("largest eigenvalue", how, large),
            line(
                "share of the variance",
                format!("{} / ({} + {}), in %", format4(large), format4(large), format4(small)),
                answer,
            ),
        ])
        .in_experiment("nearest?model=pca")
        .in_explore(explore(&grid, &method).with("view", "scatter")))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, mean, variance};

    /// By turning the axes step by step: the largest variance of any direction.
    #[test]
    fn no_direction_has_a_larger_variance() {
        every_number(&super::TEMPLATE, |item| {
            let scaled = item.prediction.prompt.starts_with("After");
            let columns = [0, 1].map(|index| {
                let values = column(item, index);
                let (middle, by) = (mean(&values), if scaled { variance(&values).sqrt() } else { 1.0 });
                values.iter().map(|x| (x - middle) / by).collect::<Vec<f64>>()
            });
            let along = |angle: f64| {
                let pairs = columns[0].iter().zip(&columns[1]);
                variance(&pairs.map(|(a, b)| a * angle.cos() + b * angle.sin()).collect::<Vec<_>>())
            };
            let all = variance(&columns[0]) + variance(&columns[1]);
            // The variance along an angle is a wave: its top is found by narrowing.
            let mut best = (0..180)
                .map(|step| f64::from(step).to_radians())
                .max_by(|a, b| along(*a).total_cmp(&along(*b)))
                .unwrap();
            let mut step = 0.01;
            while step > 1e-9 {
                let to = [best - step, best, best + step]
                    .into_iter()
                    .max_by(|a, b| along(*a).total_cmp(&along(*b)))
                    .unwrap();
                if to == best {
                    step /= 2.0;
                }
                best = to;
            }
            100.0 * along(best) / all
        });
    }
}
