//! How many numbers share statistics under each method, in order.

use normlab_engine::method::{BatchNorm, GroupNorm, InstanceNorm, LayerNorm};
use normlab_engine::trace::ArrayIndex;
use normlab_engine::{Error, Method, Shape};
use normlab_plot::number::whole;
use normlab_report::{FactValue, ItemTable, PredictionKind, Topic, WorkingLine};

use crate::frame::{Chance, Draft, Grid, Template, explore};

pub const TEMPLATE: Template = Template {
    slug: "group-sizes",
    topic: Topic::Others,
    spoken: "For an input of shape (N, C, H, W), how many values go into each mean of each norm layer?",
    points: &[
        "BatchNorm: N \u{d7} H \u{d7} W; LayerNorm: C \u{d7} H \u{d7} W; InstanceNorm: H \u{d7} W; GroupNorm: C / G \u{d7} H \u{d7} W.",
        "The more values, the steadier the statistics.",
        "Only that of BatchNorm depends on the batch size.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    loop {
        let (n, c) = (chance.pick(&[2, 4, 8, 16, 32, 64, 128]), chance.pick(&[8, 16, 32, 64, 128, 256]));
        let (height, width) = (chance.pick(&[4, 7, 8, 14, 16, 28, 32]), chance.pick(&[4, 7, 8, 14, 16, 28, 32]));
        let groups = chance.pick(&[2, 4, 8]);
        let shape = Shape { examples: n, features: c, positions: height * width };
        let methods = [
            ("BatchNorm".to_owned(), Method::BatchNorm(BatchNorm::default())),
            ("LayerNorm over (C, H, W)".to_owned(), Method::LayerNorm(LayerNorm::default())),
            ("InstanceNorm".to_owned(), Method::InstanceNorm(InstanceNorm::default())),
            (
                format!("GroupNorm with {groups} groups"),
                Method::GroupNorm(GroupNorm { groups, ..GroupNorm::default() }),
            ),
        ];
        let mut sizes = Vec::new();
        for (_, method) in &methods {
            let members = method.recipe(shape)?.grouping.members_with(shape, ArrayIndex::default())?;
            sizes.push(members.iter().map(|range| range.len()).product::<usize>());
        }
        if (0..4).any(|index| sizes[..index].contains(&sizes[index])) {
            continue;
        }
        let order = chance.choose(4, 4);
        let names: Vec<String> = order.iter().map(|index| methods[*index].0.clone()).collect();
        let values: Vec<f64> = order.iter().map(|index| sizes[*index] as f64).collect();
        let parts = [
            format!("{n} \u{d7} {height} \u{d7} {width}"),
            format!("{c} \u{d7} {height} \u{d7} {width}"),
            format!("{height} \u{d7} {width}"),
            format!("{c} / {groups} \u{d7} {height} \u{d7} {width}"),
        ];
        let lines: Vec<WorkingLine> = order
            .iter()
            .map(|index| WorkingLine {
                name: methods[*index].0.clone(),
                how: parts[*index].clone(),
                result: whole(sizes[*index] as u64),
            })
            .collect();
        let grid = Grid::batch(&[vec![0.5, 1.0], vec![2.0, -1.0]]);
        let draft = Draft::new(format!("A batch of shape (N, C, H, W) = ({n}, {c}, {height}, {width})."), &grid)
            .given("N", n as f64)
            .given("C", c as f64)
            .given("H", height as f64)
            .given("W", width as f64)
            .asked(
                "How many values go into one mean? The most first.",
                PredictionKind::Order(names),
                FactValue::Order(values),
            )
            .because("Multiply the lengths of the axes that are averaged over.")
            .worked(lines)
            .in_explore(explore(&grid, &methods[0].1).with("study", "map"));
        return Ok(Draft { data: ItemTable::default(), ..draft });
    }
}

#[cfg(test)]
mod tests {
    use normlab_report::{FactValue, PredictionKind};

    use crate::checks::{every, given};

    #[test]
    fn lengths_of_axes_are_multiplied() {
        every(&super::TEMPLATE, |item| {
            let PredictionKind::Order(names) = &item.prediction.kind else { panic!("an order is asked for") };
            let of = |name| given(item, name);
            let pixels = of("H") * of("W");
            let size = |name: &String| match name.split(' ').next().unwrap() {
                "BatchNorm" => of("N") * pixels,
                "LayerNorm" => of("C") * pixels,
                "InstanceNorm" => pixels,
                _ => of("C") / name.split(' ').nth(2).unwrap().parse::<f64>().unwrap() * pixels,
            };
            FactValue::Order(names.iter().map(size).collect())
        });
    }
}
