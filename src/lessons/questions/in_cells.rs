//! Which cells share statistics under InstanceNorm.

use normlab_engine::method::InstanceNorm;
use normlab_engine::{Error, Method};
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, any_grid, cells};

pub const TEMPLATE: Template = Template {
    slug: "in-cells",
    topic: Topic::Others,
    spoken: "Over which axes does InstanceNorm compute mean and variance?",
    points: &[
        "Over the positions (pixels) of one channel of one example.",
        "So brightness and contrast of each image and channel are removed.",
        "That helps style transfer, and harms where contrast is the label.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let positions = true;
    let grid = any_grid(chance, positions);
    let method = Method::InstanceNorm(InstanceNorm::default());
    cells(
        &grid,
        &method,
        "InstanceNorm: mark every value that enters the mean and variance of the marked one, itself included.".into(),
        "InstanceNorm takes each channel of each example by itself, over its positions.".into(),
    )
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{every, place, positions};

    #[test]
    fn only_its_own_channel_of_its_own_example_is_shared() {
        every(&super::TEMPLATE, |item| {
            let (columns, l) = (item.data.columns.len(), positions(item));
            let (row, column) = place(item);
            let shared = (0..columns).filter(|at| at / l == column / l);
            FactValue::Cells(shared.map(|at| (row * columns + at) as u32).collect())
        });
    }
}
