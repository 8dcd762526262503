//! Whether a test value looks more unusual when the scaler has seen it.

use normlab_engine::method::ZScore;
use normlab_engine::{Error, Method, moments};
use normlab_plot::number::{format4, full};
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

const WORDS: [&str; 3] = ["nearer to 0", "exactly as far from 0", "farther from 0"];

pub const TEMPLATE: Template = Template {
    slug: "fit-on-all",
    topic: Topic::Tables,
    spoken: "What goes wrong when the scaler is fitted on all data before the split?",
    points: &[
        "The test rows move mean and standard deviation towards themselves: a leak.",
        "An unusual test value swells the standard deviation, and so looks less unusual than it is.",
        "The score is then an estimate of something else; it may come out better or worse.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (story, count) = (chance.story(), chance.whole(5, 7) as usize);
    let train = story.values(chance, count);
    // Inside of the training data as well as far out: the answer differs.
    let new = if chance.index(2) == 0 { story.far(chance, (0.2, 2.0)) } else { story.values(chance, 1)[0] };
    let all: Vec<f64> = train.iter().copied().chain([new]).collect();
    let (train, all) = (Grid::column(story.title(), &train), Grid::column(story.title(), &all).marked(count, 0, 0));
    let method = Method::ZScore(ZScore::default());
    let test = all.rows(&[count]);
    let by_training = method.run(test.view(), Some(train.view()))?.values[[0, 0, 0]];
    let together = method.run(all.view(), None)?.values[[count, 0, 0]];
    let [of_train, of_all] = [train.feature(0), all.feature(0)].map(|values| moments(&values));
    let how = |mean: f64, sd: f64| format!("({} \u{2212} {}) / {}", full(new), format4(mean), format4(sd));
    Ok(Draft::new(format!("{} of {count} training rows, in {}, and a test row, marked.", story.name, story.unit), &all)
        .asked(
            "The z-score of the test row: with a scaler fitted on all rows instead of the training rows, it is \u{2026}",
            PredictionKind::Sign(WORDS.map(String::from)),
            FactValue::Sign(together.abs() - by_training.abs()),
        )
        .because(format!("It is {} by the training rows, and {} by all rows.", format4(by_training), format4(together)))
        .worked([
            line("by the training rows", how(of_train.mean, of_train.sd), by_training),
            line("by all rows", how(of_all.mean, of_all.sd), together),
        ])
        .in_experiment("leakage").in_explore(explore(&all, &method)))
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{column, every, mean, variance};

    #[test]
    fn both_scores_are_those_of_the_formula() {
        every(&super::TEMPLATE, |item| {
            let all = column(item, 0);
            let (new, train) = all.split_last().unwrap();
            let score = |of: &[f64]| ((new - mean(of)) / variance(of).sqrt()).abs();
            FactValue::Sign(score(&all) - score(train))
        });
    }
}
