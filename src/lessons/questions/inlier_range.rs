//! The range that min-max scaling leaves to the others, as one value moves away: a curve to draw.

use normlab_engine::method::MinMax;
use normlab_engine::trace::ArrayIndex;
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "inlier-range",
    topic: Topic::Tables,
    spoken: "How sensitive is min-max scaling to a single outlier?",
    points: &[
        "The scale is the distance from the smallest to the largest value, so one far value sets it.",
        "The others keep (their range) / (the whole range): twice as far out, about half as much.",
        "Clip, use robust scaling, or transform first if the others matter.",
    ],
    make,
};

/// How many times the range of the others the far value lies above the smallest.
const FACTORS: [f64; 5] = [1.0, 2.0, 4.0, 8.0, 16.0];

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (story, count) = (chance.story(), chance.whole(5, 8) as usize);
    let mut values = story.values(chance, count);
    values.sort_by(f64::total_cmp);
    let (low, high) = (values[0], values[count - 1]);
    let method = Method::MinMax(MinMax::default());
    // Not every visitor is asked about the same places.
    let first = chance.pick(&[1.0, 1.25, 1.5]);
    let factors = FACTORS.map(|factor| factor * first);
    let places: Vec<f64> = factors.iter().map(|factor| low + factor * (high - low)).collect();
    let mut shares = Vec::new();
    for place in &places {
        let with: Vec<f64> = values.iter().copied().chain([*place]).collect();
        let scaled = method.run(Grid::column(story.title(), &with).view(), None)?.values;
        shares.push(100.0 * scaled[[count - 1, 0, 0]]);
    }
    let labels: Vec<String> = factors.iter().map(|factor| format!("{factor}\u{d7}")).collect();
    let lines = labels.iter().zip(&places).zip(&shares).map(|((label, place), share)| {
        let how = format!("({} \u{2212} {}) / ({} \u{2212} {}), in %", full(high), full(low), full(*place), full(low));
        line(label, how, *share)
    });
    let farthest = places[places.len() - 1];
    let shown: Vec<f64> = values.iter().copied().chain([farthest]).collect();
    let open = Grid { marked: Some(ArrayIndex::new(count, 0, 0)), ..Grid::column(story.title(), &shown) };
    let setting = format!(
        "{} of {count} cases, in {}, in ascending order. Their range is {} long.",
        story.name,
        story.unit,
        full(((high - low) * 10.0).round() / 10.0)
    );
    let prompt = "One more value comes, so many times that range above the smallest. After min-max scaling to 0\u{a0}\u{2026}\u{a0}1, \
                  how much of the way from 0 to 1 is left to the values shown, in %?";
    Ok(Draft::new(setting, &Grid::column(story.title(), &values))
        .asked(
            prompt,
            PredictionKind::Curve { labels: labels.clone(), unit: "%".into(), most: 100 },
            FactValue::Curve(shares.clone()),
        )
        .because("The new value takes the end at 1; the others keep their range divided by the whole one.")
        .worked(lines)
        .in_experiment("outliers")
        .in_explore(explore(&open, &method)))
}

#[cfg(test)]
mod tests {
    use normlab_report::{FactValue, PredictionKind};

    use crate::checks::every;

    #[test]
    fn the_share_is_one_over_the_factor() {
        every(&super::TEMPLATE, |item| {
            let PredictionKind::Curve { labels, .. } = &item.prediction.kind else { panic!("a curve is asked for") };
            let factor = |label: &String| label.trim_end_matches('\u{d7}').parse::<f64>().unwrap();
            FactValue::Curve(labels.iter().map(|label| 100.0 / factor(label)).collect())
        });
    }
}
