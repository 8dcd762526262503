//! Whether predictions change when a feature is given in another unit.

use normlab_engine::method::ZScore;
use normlab_engine::{Error, Method, moments};
use normlab_plot::number::format4;
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

const WORDS: [&str; 3] = ["nearer to the mean of y", "the same", "farther from the mean of y"];

pub const TEMPLATE: Template = Template {
    slug: "unit-change",
    topic: Topic::Tables,
    spoken: "Does linear regression need scaled features? Does ridge regression?",
    points: &[
        "Least squares: the coefficient takes the inverse factor, predictions stay the same.",
        "Ridge and lasso punish coefficients by their size, so the unit decides how much a feature is held back.",
        "Trees ask for the order only, so nothing changes.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (penalty, up) = (chance.pick(&[0.0, 1.0, 4.0]), chance.index(2) == 0);
    let factor = if up { 10.0 } else { 0.1 };
    let slope = chance.decimal(0.5, 3.0, 1);
    let xs = chance.decimals(5, 0.0, 5.0, 1);
    let rows: Vec<Vec<f64>> =
        xs.iter().map(|x| vec![*x, ((2.0 + slope * x + chance.decimal(-0.4, 0.4, 1)) * 10.0).round() / 10.0]).collect();
    let grid = Grid::table("row", vec!["x".into(), "y".into()], &rows);
    let (x, y) = (grid.feature(0), grid.feature(1));
    let before = farthest(&x, &y, penalty);
    let scaled: Vec<f64> = x.iter().map(|x| x * factor).collect();
    let after = farthest(&scaled, &y, penalty);
    let difference = after.abs() - before.abs();
    let difference = if difference.abs() < 1e-9 { 0.0 } else { difference };
    let kind = if penalty == 0.0 {
        "Least squares".to_owned()
    } else {
        format!("Ridge regression with penalty {penalty} \u{d7} coefficient\u{b2}")
    };
    let unit = if up { "ten times smaller (all x times 10)" } else { "ten times larger (all x divided by 10)" };
    let why = if penalty == 0.0 {
        "The coefficient takes the inverse factor, so that every prediction stays."
    } else if up {
        "The same line now needs a coefficient ten times smaller, which the penalty hardly touches."
    } else {
        "The same line now needs a coefficient ten times larger, which the penalty holds back."
    };
    Ok(Draft::new("Five rows of a feature x and a target y; the intercept is not penalized.", &grid)
        .asked(
            format!("{kind} of y on x. x is given in a unit {unit}, and all is fitted again. The prediction for the largest x is then \u{2026}"),
            PredictionKind::Sign(WORDS.map(String::from)),
            FactValue::Sign(difference),
        )
        .because(why)
        .worked([
            line("before", "prediction for the largest x minus the mean of y", before),
            line("after", format!("the same, with x times {}", format4(factor)), after),
        ])
        .in_experiment("nearest?model=ridge").in_explore(explore(&grid, &Method::ZScore(ZScore::default())).with("view", "scatter")))
}

/// How far the prediction for the largest x is from the mean of y, for a sum of squares plus this penalty.
fn farthest(x: &[f64], y: &[f64], penalty: f64) -> f64 {
    let (of_x, of_y) = (moments(x), moments(y));
    let products: f64 = x.iter().zip(y).map(|(x, y)| (x - of_x.mean) * (y - of_y.mean)).sum();
    let squares = of_x.sd * of_x.sd * x.len() as f64;
    products / (squares + penalty) * (of_x.max - of_x.mean)
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{column, every, mean};

    /// By walking down the loss instead of solving for its minimum.
    #[test]
    fn the_minimum_of_the_loss_says_the_same() {
        every(&super::TEMPLATE, |item| {
            let prompt = &item.prediction.prompt;
            let penalty =
                prompt.split("penalty ").nth(1).map_or(0.0, |rest| rest.split(' ').next().unwrap().parse().unwrap());
            let factor = if prompt.contains("times 10") { 10.0 } else { 0.1 };
            let (x, y) = (column(item, 0), column(item, 1));
            let far = |factor: f64| {
                let x: Vec<f64> = x.iter().map(|x| x * factor).collect();
                let (a, b) = (mean(&x), mean(&y));
                let gradient = |w: f64| {
                    let residuals = x.iter().zip(&y).map(|(x, y)| (w * (x - a) - (y - b)) * (x - a));
                    residuals.sum::<f64>() + penalty * w
                };
                // Linear in w, so two places give its root.
                let (zero, one) = (gradient(0.0), gradient(1.0));
                let w = zero / (zero - one);
                w * (x.iter().copied().fold(f64::MIN, f64::max) - a)
            };
            let difference = far(factor).abs() - far(1.0).abs();
            FactValue::Sign(if penalty == 0.0 { 0.0 } else { difference })
        });
    }
}
