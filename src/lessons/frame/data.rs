//! Small random data that many questions share.

use ndarray::Array3;
use normlab_engine::trace::ArrayIndex;

use super::{Chance, Grid, Story};

/// A column of so many cases, one of them marked.
pub fn story_column(chance: &mut Chance, count: usize) -> (Story, Grid) {
    let story = chance.story();
    let values = story.values(chance, count);
    let row = chance.index(count);
    (story, Grid::column(story.title(), &values).marked(row, 0, 0))
}

/// A batch of `n` examples with `c` features, one value marked.
pub fn batch_grid(chance: &mut Chance, n: usize, c: usize) -> Grid {
    let rows: Vec<Vec<f64>> = (0..n).map(|_| chance.decimals(c, -4.0, 6.0, 1)).collect();
    let (row, feature) = (chance.index(n), chance.index(c));
    Grid::batch(&rows).marked(row, feature, 0)
}

/// An array of this shape, one value marked.
pub fn array_grid(chance: &mut Chance, (n, c, l): (usize, usize, usize)) -> Grid {
    let array = Array3::from_shape_simple_fn((n, c, l), || chance.decimal(-4.0, 6.0, 1));
    let (row, feature, position) = (chance.index(n), chance.index(c), chance.index(l));
    Grid::array(array).marked(row, feature, position)
}

impl Grid {
    /// The marked cell.
    pub fn cell(&self) -> ArrayIndex {
        self.marked.unwrap_or_default()
    }

    /// The marked value.
    pub fn value(&self) -> f64 {
        self.at(self.cell())
    }

    /// The values of a feature, at its first position.
    pub fn feature(&self, feature: usize) -> Vec<f64> {
        self.array.outer_iter().map(|row| row[[feature, 0]]).collect()
    }

    /// Only these rows, without a mark.
    pub fn rows(&self, rows: &[usize]) -> Self {
        Self { array: self.array.select(ndarray::Axis(0), rows), marked: None, ..self.clone() }
    }

    /// With every value changed, in the same shape.
    pub fn map(&self, change: impl Fn(f64) -> f64) -> Self {
        Self { array: self.array.mapv(change), ..self.clone() }
    }

    /// As `example 2, f3`, with the position where there are several.
    pub fn marked_name(&self) -> String {
        let cell = self.cell();
        let position = if self.array.dim().2 > 1 { format!(", position {}", cell.position + 1) } else { String::new() };
        format!("{} {}, {}{position}", self.row_name, cell.example + 1, self.columns[cell.feature])
    }
}
