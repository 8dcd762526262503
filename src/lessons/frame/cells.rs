//! Questions that ask which cells share statistics with the marked one.

use ndarray::Array3;
use normlab_engine::{Error, Method, Shape};
use normlab_report::{FactValue, PredictionKind};

use super::{Chance, Draft, Grid, explore, line};

/// The shapes that fit on a phone, as (examples, features, positions).
const TABLES: [(usize, usize, usize); 3] = [(4, 4, 1), (3, 4, 1), (4, 6, 1)];
const ARRAYS: [(usize, usize, usize); 3] = [(3, 4, 2), (3, 2, 3), (4, 2, 2)];

/// A small array with a marked cell; with positions or without.
pub fn any_grid(chance: &mut Chance, positions: bool) -> Grid {
    let shape = chance.pick(if positions { &ARRAYS } else { &TABLES });
    let array = Array3::from_shape_simple_fn(shape, || chance.decimal(-4.0, 4.0, 1));
    let (n, c, l) = shape;
    let [example, feature, position] = [n, c, l].map(|length| chance.index(length));
    let rows: Vec<Vec<f64>> = array.outer_iter().map(|row| row.iter().copied().collect()).collect();
    let grid = if l == 1 { Grid::batch(&rows) } else { Grid::array(array) };
    grid.marked(example, feature, position)
}

/// Which cells share mean and variance with the marked one under a method.
///
/// # Errors
/// Those of the engine.
pub fn cells(grid: &Grid, method: &Method, prompt: String, why: String) -> Result<Draft, Error> {
    let shape = Shape::of(&grid.view());
    let cell = grid.marked.unwrap_or_default();
    let [examples, features, positions] = method.recipe(shape)?.grouping.members_with(shape, cell)?;
    let index = |example: usize, feature: usize, position: usize| {
        ((example * shape.features + feature) * shape.positions + position) as u32
    };
    let mut shared = Vec::new();
    for example in examples.clone() {
        for feature in features.clone() {
            shared.extend(positions.clone().map(|position| index(example, feature, position)));
        }
    }
    let how = |name: &str, part: usize, all: usize| {
        if part == all { format!("all {all} {name}s") } else { format!("{part} of {all} {name}s") }
    };
    let parts = [
        how("example", examples.len(), shape.examples),
        how("feature", features.len(), shape.features),
        how("position", positions.len(), shape.positions),
    ];
    let used = if shape.positions == 1 { &parts[..2] } else { &parts[..] };
    let setting = if shape.positions == 1 {
        format!("A batch of {} examples with {} features. One value is marked.", shape.examples, shape.features)
    } else {
        format!(
            "A batch of shape (N, C, L) = {shape}: {} examples, {} channels, {} positions. One value is marked.",
            shape.examples, shape.features, shape.positions
        )
    };
    let kind =
        PredictionKind::Cells { rows: shape.examples as u32, columns: (shape.features * shape.positions) as u32 };
    Ok(Draft::new(setting, grid)
        .asked(prompt, kind, FactValue::Cells(shared.clone()))
        .because(why)
        .worked([line("values in the group", used.join(" \u{d7} "), shared.len() as f64)])
        .in_explore(explore(grid, method)))
}
