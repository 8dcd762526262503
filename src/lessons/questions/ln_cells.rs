//! Which cells share statistics under LayerNorm.

use normlab_engine::method::{LayerNorm, Over};
use normlab_engine::{Error, Method};
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, any_grid, cells};

pub const TEMPLATE: Template = Template {
    slug: "ln-cells",
    topic: Topic::Others,
    spoken: "Over which axes does LayerNorm compute mean and variance?",
    points: &[
        "Over all features of one example; with positions also over these, unless it is that of transformers.",
        "In transformers over the features of one token, so one position.",
        "Never over the batch.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let positions = chance.index(2) == 1;
    let grid = any_grid(chance, positions);
    // As transformers use it: each position (token) by itself.
    let by_position = positions && chance.index(2) == 1;
    let over = if by_position { Over::Channels } else { Over::default() };
    let method = Method::LayerNorm(LayerNorm { over, ..LayerNorm::default() });
    cells(
        &grid,
        &method,
        if by_position {
            "LayerNorm as in a transformer, where positions are tokens: mark every value that enters the mean and variance of \
             the marked one, itself included."
        } else {
            "LayerNorm over a whole example: mark every value that enters the mean and variance of the marked one, itself \
             included."
        }
        .into(),
        "LayerNorm takes each example by itself, over its features; as in transformers each position too.".into(),
    )
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{every, place, positions};

    #[test]
    fn only_its_own_example_is_shared() {
        every(&super::TEMPLATE, |item| {
            let (columns, l) = (item.data.columns.len(), positions(item));
            let (row, column) = place(item);
            let token = item.prediction.prompt.contains("transformer");
            let shared = (0..columns).filter(|at| !token || at % l == column % l);
            FactValue::Cells(shared.map(|at| (row * columns + at) as u32).collect())
        });
    }
}
