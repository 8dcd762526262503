//! Which scaling leaves the widest range to all values but the far one.

use normlab_engine::method::Robust;
use normlab_engine::{Error, Method};
use normlab_plot::number::{format4, full};
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "order-of-spreads",
    topic: Topic::Tables,
    spoken: "What do outliers do to min-max scaling, z-scores and robust scaling?",
    points: &[
        "Min-max suffers most: the far value takes one end, all others share what is left.",
        "The z-score is next: the far value moves the mean and swells the standard deviation.",
        "Median and interquartile range hardly move, so robust scaling keeps the others apart.",
        "None of them removes the outlier.",
    ],
    make,
};

const METHODS: [&str; 4] = ["min-max", "z-score", "robust", "max-abs"];
/// Ranges nearer to each other than this are not asked about.
const APART: f64 = 1.03;

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let story = chance.story();
    loop {
        let mut values = story.values(chance, 8);
        let far = story.far(chance, (1.0, 8.0));
        values.push(far);
        let grid = Grid::column(story.title(), &values).marked(8, 0, 0);
        let order = chance.choose(METHODS.len(), METHODS.len());
        let methods: Vec<Method> = order.iter().filter_map(|index| Method::from_slug(METHODS[*index])).collect();
        let ranges: Vec<f64> = methods.iter().map(|method| inlier_range(method, &grid)).collect::<Result<_, _>>()?;
        let near = |a: f64, b: f64| a.max(b) < APART * a.min(b);
        if (0..ranges.len()).any(|index| ranges[..index].iter().any(|other| near(*other, ranges[index]))) {
            continue;
        }
        let names: Vec<String> = methods.iter().map(|method| method.info().name.to_owned()).collect();
        let lines = names
            .iter()
            .zip(&ranges)
            .map(|(name, range)| line(name, format!("largest minus smallest of the 8 others after {name}"), *range));
        let worst =
            names[(0..ranges.len()).reduce(|a, b| if ranges[b] < ranges[a] { b } else { a }).unwrap_or(0)].clone();
        let prompt = "After each scaling, how wide is the range of the 8 other values? The widest first.";
        return Ok(Draft::new(
            format!("{} of 9 cases, in {}. One is far out: {}.", story.name, story.unit, full(far)),
            &grid,
        )
        .asked(prompt, PredictionKind::Order(names.clone()), FactValue::Order(ranges.clone()))
        .because(format!(
            "Whatever is measured by the extremes or the squares is dragged along; {worst} leaves the others a range \
                 of {} only.",
            format4(ranges.iter().copied().fold(f64::MAX, f64::min))
        ))
        .worked(lines)
        .in_experiment("outliers")
        .in_explore(explore(&grid, &Method::Robust(Robust::default())).with("study", "compare")));
    }
}

fn inlier_range(method: &Method, grid: &Grid) -> Result<f64, Error> {
    let values = method.run(grid.view(), None)?.values;
    let others = values.iter().take(values.len() - 1);
    let (low, high) = others.fold((f64::MAX, f64::MIN), |(low, high), y| (low.min(*y), high.max(*y)));
    Ok(high - low)
}

#[cfg(test)]
mod tests {
    use normlab_report::{FactValue, PredictionKind};

    use crate::checks::{column, every, quantile, variance};

    #[test]
    fn ranges_are_divided_by_the_scales() {
        every(&super::TEMPLATE, |item| {
            let values = column(item, 0);
            let range = |values: &[f64]| quantile(values, 1.0) - quantile(values, 0.0);
            let PredictionKind::Order(names) = &item.prediction.kind else { panic!("an order is asked for") };
            FactValue::Order(
                names
                    .iter()
                    .map(|name| {
                        let scale = match name.as_str() {
                            "min-max" => range(&values),
                            "z-score" => variance(&values).sqrt(),
                            "robust" => quantile(&values, 0.75) - quantile(&values, 0.25),
                            "max-abs" => values.iter().fold(0.0, |most: f64, x| most.max(x.abs())),
                            name => panic!("{name}"),
                        };
                        range(&values[..8]) / scale
                    })
                    .collect(),
            )
        });
    }
}
