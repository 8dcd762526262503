//! Which cells share statistics under GroupNorm.

use normlab_engine::method::GroupNorm;
use normlab_engine::{Error, Method};
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, any_grid, cells};

pub const TEMPLATE: Template = Template {
    slug: "gn-cells",
    topic: Topic::Others,
    spoken: "What does GroupNorm share, and what are its limits?",
    points: &[
        "Neighbouring channels of one example are put into groups; each group has mean and variance over its channels and positions.",
        "One group is LayerNorm over (C, H, W), not InstanceNorm.",
        "As many groups as channels is InstanceNorm.",
        "It does not depend on the batch, so it suits small batches.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let positions = chance.index(2) == 1;
    let grid = any_grid(chance, positions);
    let features = grid.array.dim().1 as u64;
    let fitting: Vec<u64> = (1..=features).filter(|groups| features.is_multiple_of(*groups)).collect();
    let groups = chance.pick(&fitting);
    let method = Method::GroupNorm(GroupNorm { groups, ..GroupNorm::default() });
    cells(
        &grid,
        &method,
        format!(
            "GroupNorm with {groups} group{}: mark every value that enters the mean and variance of the marked one, itself \
             included.",
            if groups == 1 { "" } else { "s" }
        ),
        "Neighbouring channels of one example share, over all its positions: so many channels as the groups leave for each.".into(),
    )
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{every, place, positions};

    #[test]
    fn neighbouring_channels_of_an_example_are_shared() {
        every(&super::TEMPLATE, |item| {
            let (columns, l) = (item.data.columns.len(), positions(item));
            let (row, column) = place(item);
            let groups = item.prediction.prompt.trim_start_matches("GroupNorm with ").split(' ').next().unwrap();
            let size = columns / groups.parse::<usize>().unwrap();
            assert_eq!(size % l, 0);
            let shared = (0..columns).filter(|at| at / size == column / size);
            FactValue::Cells(shared.map(|at| (row * columns + at) as u32).collect())
        });
    }
}
