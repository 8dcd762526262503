//! Where min-max scaling puts the second largest value when one is far out.

use normlab_engine::method::MinMax;
use normlab_engine::trace::ArrayIndex;
use normlab_engine::{Error, Method};
use normlab_plot::number::{format4, full};
use normlab_plot::{Axis, Key, Mark, Scene};
use normlab_report::{ItemTable, Topic};

use crate::frame::{Chance, Draft, Grid, Template, TracedValue, explore};

pub const TEMPLATE: Template = Template {
    slug: "far-value",
    topic: Topic::Tables,
    spoken: "What does one outlier do to min-max scaling?",
    points: &[
        "The far value takes the end at 1, so all others are pressed together near 0.",
        "Nothing is lost, but distances among the others become small beside other features.",
        "Robust scaling, clipping or a transformation of the values helps; dropping the row is a decision about the data.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (story, count) = (chance.story(), chance.whole(18, 30) as usize);
    let mut values = story.values(chance, count);
    values.sort_by(f64::total_cmp);
    let (low, second, far) = (values[0], values[count - 1], story.far(chance, (0.8, 4.0)));
    values.push(far);
    let order = chance.choose(values.len(), values.len());
    let shuffled: Vec<f64> = order.iter().map(|index| values[*index]).collect();
    let row = order.iter().position(|index| *index == count - 1).unwrap_or_default();
    let grid = Grid::column(story.title(), &shuffled).marked(row, 0, 0);
    let method = Method::MinMax(MinMax::default());
    let value = TracedValue::of(&method, &grid, None, ArrayIndex::new(row, 0, 0))?;
    let share = format4(100.0 * value.output);
    let setting = format!("{} of {} cases, in {}. The smallest is {}.", story.name, count + 1, story.unit, full(low));
    let prompt = format!(
        "One value is {}. After min-max scaling to 0\u{a0}\u{2026}\u{a0}1, where does the second largest, {}, land?",
        full(far),
        full(second)
    );
    let draft = Draft::new(setting, &grid)
        .number(prompt, "", value.output)
        .because(format!(
            "The far value takes the end at 1, so the other {count} values share the first {share}% of the range."
        ))
        .slip(1.0, "the far value is left out of the fit")
        .slip(second / far, "the value is divided by the largest, and the smallest is not subtracted")
        .slip(count as f64 / (count + 1) as f64, "the values are ranked instead of scaled")
        .pictured(strip(story.title(), &shuffled))
        .in_experiment("outliers")
        .in_explore(explore(&grid, &method));
    Ok(Draft { data: ItemTable { marked: None, ..draft.data.clone() }, ..draft }.traced(value))
}

/// All values on one axis, up and down by turns so that they can be told apart.
fn strip(title: String, values: &[f64]) -> Scene {
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
    let room = 0.05 * (high - low);
    let points =
        values.iter().enumerate().map(|(index, x)| (*x, 0.2 + 0.6 * ((index * 7) % 10) as f64 / 9.0)).collect();
    Scene {
        x: Axis::new(title.clone(), low - room, high + room),
        y: Axis::bare(1.0),
        marks: vec![Mark::Points { key: Key { name: title.clone(), role: 0 }, points, places: Vec::new() }],
        description: format!("{title}: {} values from {} to {}.", values.len(), full(low), full(high)),
        title,
        ..Scene::default()
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number};

    #[test]
    fn the_second_largest_is_scaled_by_the_extremes() {
        every_number(&super::TEMPLATE, |item| {
            let mut values = column(item, 0);
            values.sort_by(f64::total_cmp);
            let n = values.len();
            (values[n - 2] - values[0]) / (values[n - 1] - values[0])
        });
    }
}
