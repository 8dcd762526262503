//! The mean of scaled test rows when the scaler was fitted on the training rows.

use normlab_engine::method::ZScore;
use normlab_engine::{Error, Method, moments};
use normlab_plot::number::format4;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "fit-on-train",
    topic: Topic::Tables,
    spoken: "Why do you fit the scaler on the training data only?",
    points: &[
        "The test set stands for data that are not seen yet: nothing of it may enter what is learnt.",
        "So the scaled test rows need not have mean 0 and standard deviation 1.",
        "Inside cross-validation the scaler belongs into each fold: use a pipeline.",
        "The effect on the score is usually small, and can have either sign.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let story = chance.story();
    let values = story.values(chance, 8);
    let all = Grid { row_name: "row (1 to 5: training, 6 to 8: test)", ..Grid::column(story.title(), &values) };
    let (train, test) = (all.rows(&[0, 1, 2, 3, 4]), all.rows(&[5, 6, 7]));
    let method = Method::ZScore(ZScore::default());
    let scaled: Vec<f64> = method.run(test.view(), Some(train.view()))?.values.iter().copied().collect();
    let together: Vec<f64> = method.run(all.view(), None)?.values.iter().skip(5).copied().collect();
    let (of_train, of_test) = (moments(&train.feature(0)), moments(&test.feature(0)));
    let answer = moments(&scaled).mean;
    let how = format!("({} \u{2212} {}) / {}", format4(of_test.mean), format4(of_train.mean), format4(of_train.sd));
    let fitted = method.fit(train.view())?;
    Ok(Draft::new(format!("{} of 5 training rows and 3 test rows, in {}.", story.name, story.unit), &all)
        .number(
            "A z-score (divisor n) is fitted on the training rows. What is the mean of the scaled test rows?",
            "sd",
            answer,
        )
        .because("The test rows are measured by the mean and standard deviation of the training rows.")
        .slip(0.0, "the scaler is fitted on the test rows")
        .slip(moments(&together).mean, "the scaler is fitted on all rows")
        .worked([
            line("mean of the test rows", "as they are", of_test.mean),
            line("mean of the scaled test rows", how, answer),
        ])
        .in_experiment("leakage")
        .in_explore(explore(&test, &method).fitted(&train, &method, &fitted, 5)))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, mean, variance};

    #[test]
    fn means_are_scaled_as_values_are() {
        every_number(&super::TEMPLATE, |item| {
            let values = column(item, 0);
            let (train, test) = values.split_at(5);
            (mean(test) - mean(train)) / variance(train).sqrt()
        });
    }
}
