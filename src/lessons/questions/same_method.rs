//! Which method gives the same as GroupNorm with so many groups.

use normlab_engine::method::{BatchNorm, GroupNorm, InstanceNorm, LayerNorm, RmsNorm};
use normlab_engine::{Error, Method};
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Grid, Template, array_grid, explore, line, tidy};

pub const TEMPLATE: Template = Template {
    slug: "same-method",
    topic: Topic::Others,
    spoken: "Which norm layers are special cases of others?",
    points: &[
        "GroupNorm with one group is LayerNorm over (C, H, W).",
        "GroupNorm with as many groups as channels is InstanceNorm.",
        "LayerNorm of data whose mean is 0 is RMSNorm.",
        "None of these depends on the batch, as BatchNorm does.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let shape = chance.pick(&[(2, 4, 3), (3, 2, 3), (2, 3, 4)]);
    let grid = array_grid(chance, shape);
    let groups = if chance.index(2) == 0 { 1 } else { shape.1 as u64 };
    let method = Method::GroupNorm(GroupNorm { groups, ..GroupNorm::default() });
    let mut others = vec![
        ("LayerNorm over a whole example", Method::LayerNorm(LayerNorm::default())),
        ("InstanceNorm", Method::InstanceNorm(InstanceNorm::default())),
        ("BatchNorm in training", Method::BatchNorm(BatchNorm::default())),
        ("RMSNorm over a whole example", Method::RmsNorm(RmsNorm::default())),
    ];
    let order = chance.choose(others.len(), others.len());
    others = order.iter().map(|index| others[*index].clone()).collect();
    let values = method.run(grid.view(), None)?.values;
    let mut distances = Vec::new();
    for (_, other) in &others {
        let theirs = other.run(grid.view(), None)?.values;
        distances.push(values.iter().zip(&theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max));
    }
    let same = (0..distances.len()).reduce(|a, b| if distances[b] < distances[a] { b } else { a }).unwrap_or(0);
    let (n, c, l) = shape;
    let names: Vec<String> = others.iter().map(|(name, _)| (*name).to_owned()).collect();
    let lines: Vec<_> = names
        .iter()
        .zip(&distances)
        .map(|(name, distance)| line(name, "largest difference from GroupNorm in any output", tidy(*distance)))
        .collect();
    let why =
        if groups == 1 { "One group holds all channels of an example." } else { "Each channel is a group of its own." };
    Ok(Draft::new(
        format!("A batch of shape (N, C, L) = ({n}, {c}, {l}): {n} examples, {c} channels, {l} positions."),
        &Grid { marked: None, ..grid.clone() },
    )
    .given("groups", groups as f64)
    .asked(
        format!(
            "Which of these gives the same output as GroupNorm with {groups} group{}?",
            if groups == 1 { "" } else { "s" }
        ),
        PredictionKind::Choice(names.clone()),
        FactValue::Choice(same),
    )
    .because(why)
    .worked(lines)
    .in_explore(explore(&Grid { marked: None, ..grid.clone() }, &method).with("study", "compare")))
}

#[cfg(test)]
mod tests {
    use normlab_report::{FactValue, PredictionKind};

    use crate::checks::{every, given};

    #[test]
    fn one_group_is_layer_norm_and_each_channel_is_instance_norm() {
        every(&super::TEMPLATE, |item| {
            let PredictionKind::Choice(names) = &item.prediction.kind else { panic!("one of several is asked for") };
            let wanted = if given(item, "groups") == 1.0 { "LayerNorm" } else { "InstanceNorm" };
            FactValue::Choice(names.iter().position(|name| name.starts_with(wanted)).unwrap())
        });
    }
}
