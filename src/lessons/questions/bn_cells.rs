//! Which cells share statistics under BatchNorm.

use normlab_engine::method::BatchNorm;
use normlab_engine::{Error, Method};
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, any_grid, cells};

pub const TEMPLATE: Template = Template {
    slug: "bn-cells",
    topic: Topic::BatchNorm,
    spoken: "Over which axes does BatchNorm compute mean and variance?",
    points: &[
        "One mean and one variance for each feature or channel.",
        "Over all examples of the batch, and over all positions (height and width of an image) too.",
        "So the output of an example depends on the others of its batch during training.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let positions = chance.index(2) == 1;
    let grid = any_grid(chance, positions);
    let method = Method::BatchNorm(BatchNorm::default());
    cells(
        &grid,
        &method,
        "BatchNorm in training: mark every value that enters the mean and variance of the marked one, itself included."
            .into(),
        "BatchNorm takes each feature (channel) by itself, over all examples and all positions.".into(),
    )
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{every, place, positions};

    #[test]
    fn the_whole_channel_is_shared() {
        every(&super::TEMPLATE, |item| {
            let (rows, columns, l) = (item.data.rows.len(), item.data.columns.len(), positions(item));
            let channel = place(item).1 / l;
            let all = (0..rows * columns).filter(|at| at % columns / l == channel);
            FactValue::Cells(all.map(|at| at as u32).collect())
        });
    }
}
