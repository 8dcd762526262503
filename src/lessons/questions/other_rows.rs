//! By how much an output moves when the other examples are replaced.

use normlab_engine::method::{BatchNorm, GroupNorm, LayerNorm, RmsNorm};
use normlab_engine::{Error, Method};
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, TracedValue, explore, line, tidy};

pub const TEMPLATE: Template = Template {
    slug: "other-rows",
    topic: Topic::Others,
    spoken: "Why do transformers use LayerNorm and not BatchNorm?",
    points: &[
        "LayerNorm does not couple the examples of a batch: the others may be anything.",
        "Lengths vary, batches may be small, and generation has a batch of one.",
        "Training and evaluation do the same.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let row = |chance: &mut Chance| chance.decimals(4, -4.0, 6.0, 1);
    let rows: Vec<Vec<f64>> = (0..3).map(|_| row(chance)).collect();
    let replaced: Vec<Vec<f64>> = [rows[0].clone(), row(chance), row(chance)].to_vec();
    let feature = chance.index(4);
    let [one, other] = [&rows, &replaced].map(|rows| Grid::batch(rows).marked(0, feature, 0));
    let method = match chance.index(6) {
        0 => Method::LayerNorm(LayerNorm::default()),
        1 => Method::RmsNorm(RmsNorm::default()),
        2 => Method::GroupNorm(GroupNorm { groups: 2, ..GroupNorm::default() }),
        _ => Method::BatchNorm(BatchNorm::default()),
    };
    let [before, after] = [&one, &other].map(|grid| TracedValue::of(&method, grid, None, grid.cell()));
    let (before, after) = (before?.output, after?.output);
    let answer = tidy(after - before);
    let name = method.info().name;
    let coupled = matches!(method, Method::BatchNorm(_));
    let name = if coupled { format!("{name} in training") } else { name.to_owned() };
    let why = if coupled {
        "The mean and variance of the batch changed, and with them every output."
    } else {
        "Every example has its own statistics: the others do not matter."
    };
    // Both batches in one table: examples 2 and 3 are replaced by 4 and 5.
    let all: Vec<Vec<f64>> = rows.iter().chain(&replaced[1..]).cloned().collect();
    Ok(Draft::new(
        "Example 1 comes in a batch with 2 and 3; then the same example in a batch with 4 and 5.",
        &Grid::batch(&all).marked(0, feature, 0),
    )
    .given("eps", 1e-5)
    .number(
        format!(
            "{name} (gamma 1, beta 0): by how much does the marked output change from the first batch to the second?"
        ),
        "sd",
        answer,
    )
    .because(why)
    .slip(before - after, "the sign is the wrong way round")
    .slip(
        if coupled { 0.0 } else { 1.0 },
        if coupled { "each example is taken by itself, as LayerNorm does" } else { "the batch is taken to matter" },
    )
    .worked([
        line("in the first batch", "", before),
        line("in the second batch", "", after),
        line("change", "the second minus the first", answer),
    ])
    .in_explore(explore(&other, &method)))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, mean, place, variance};

    #[test]
    fn only_the_batch_moves_it() {
        every_number(&super::TEMPLATE, |item| {
            let values = |rows: [usize; 3]| rows.map(|row| item.data.values[row][place(item).1]);
            let output = |of: [f64; 3]| (of[0] - mean(&of)) / (variance(&of) + 1e-5).sqrt();
            let moves = item.prediction.prompt.starts_with("BatchNorm");
            if moves { output(values([0, 3, 4])) - output(values([0, 1, 2])) } else { 0.0 }
        });
    }
}
