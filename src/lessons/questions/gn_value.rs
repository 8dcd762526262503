//! What GroupNorm makes of a value.

use normlab_engine::method::{GroupNorm, LayerNorm};
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, TracedValue, batch_grid, explore};

pub const TEMPLATE: Template = Template {
    slug: "gn-value",
    topic: Topic::Others,
    spoken: "When would you use GroupNorm instead of BatchNorm?",
    points: &[
        "When batches are small, as in detection or segmentation: it does not look at the other examples.",
        "Its groups of channels share mean and variance within an example.",
        "The number of groups must divide the number of channels; 32 is usual.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (c, groups) = chance.pick(&[(6, 2), (8, 2), (9, 3)]);
    let grid = batch_grid(chance, 2, c);
    let with = |groups| Method::GroupNorm(GroupNorm { groups, ..GroupNorm::default() });
    let value = TracedValue::of(&with(groups), &grid, None, grid.cell())?;
    let layer = TracedValue::of(&Method::LayerNorm(LayerNorm::default()), &grid, None, grid.cell())?.output;
    let others = if c as u64 / groups == groups {
        layer
    } else {
        TracedValue::of(&with(c as u64 / groups), &grid, None, grid.cell())?.output
    };
    let found = value.trace.group.statistics;
    let prompt = format!(
        "GroupNorm with {groups} groups (gamma 1, beta 0): what does {} ({}) become?",
        full(grid.value()),
        grid.marked_name()
    );
    Ok(Draft::new(format!("A batch of two examples with {c} channels."), &grid)
        .given("groups", groups as f64)
        .given("eps", 1e-5)
        .number(prompt, "sd", value.output)
        .because(format!(
            "By mean and variance of its own {} neighbouring channels in its own example.",
            c as u64 / groups
        ))
        .slip(layer, "the whole example is one group, as LayerNorm does")
        .slip(others, "the number of groups is taken for the number of channels in a group")
        .slip((grid.value() - found.center) / found.dispersion, "the deviation is divided by the variance")
        .in_explore(explore(&grid, &with(groups)))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given, marked, mean, place, variance};

    #[test]
    fn the_channels_of_the_group_count() {
        every_number(&super::TEMPLATE, |item| {
            let (row, column) = place(item);
            let size = item.data.columns.len() / given(item, "groups") as usize;
            let group = item.data.values[row].chunks(size).nth(column / size).unwrap();
            (marked(item) - mean(group)) / (variance(group) + given(item, "eps")).sqrt()
        });
    }
}
