//! The numbers of a question: an array `(N, C, L)` with names.

use ndarray::{Array3, ArrayView3};
use normlab_engine::trace::ArrayIndex;
use normlab_report::ItemTable;

/// Small data, as the engine takes them and as they are shown.
#[derive(Clone, Debug)]
pub struct Grid {
    /// What a row is.
    pub row_name: &'static str,
    pub columns: Vec<String>,
    pub array: Array3<f64>,
    pub marked: Option<ArrayIndex>,
}

impl Grid {
    /// A table of one feature.
    pub fn column(name: impl Into<String>, values: &[f64]) -> Self {
        Self::table("row", vec![name.into()], &values.iter().map(|value| vec![*value]).collect::<Vec<_>>())
    }

    /// A table; `rows` are equally long.
    pub fn table(row_name: &'static str, columns: Vec<String>, rows: &[Vec<f64>]) -> Self {
        let array = Array3::from_shape_fn((rows.len(), columns.len(), 1), |(row, column, _)| rows[row][column]);
        Self { row_name, columns, array, marked: None }
    }

    /// A batch of examples with features `f1`, `f2`, and so on.
    pub fn batch(rows: &[Vec<f64>]) -> Self {
        let features = rows.first().map_or(0, Vec::len);
        Self::table("example", (1..=features).map(|feature| format!("f{feature}")).collect(), rows)
    }

    /// An array of channels `c1`, `c2` and so on, with positions.
    pub fn array(array: Array3<f64>) -> Self {
        let columns = (1..=array.dim().1).map(|channel| format!("c{channel}")).collect();
        Self { row_name: "example", columns, array, marked: None }
    }

    #[must_use]
    pub fn marked(self, example: usize, feature: usize, position: usize) -> Self {
        Self { marked: Some(ArrayIndex::new(example, feature, position)), ..self }
    }

    pub fn view(&self) -> ArrayView3<'_, f64> {
        self.array.view()
    }

    pub fn at(&self, cell: ArrayIndex) -> f64 {
        self.array[[cell.example, cell.feature, cell.position]]
    }

    /// As it is shown: positions are columns beside each other.
    pub fn shown(&self) -> ItemTable {
        let (examples, features, positions) = self.array.dim();
        let name = |feature: usize, position: usize| match positions {
            1 => self.columns[feature].clone(),
            _ => format!("{}, position {}", self.columns[feature], position + 1),
        };
        let columns = (0..features).flat_map(|feature| (0..positions).map(move |position| (feature, position)));
        let row = |example: usize| (0..features * positions).map(move |at| (example, at / positions, at % positions));
        let values = (0..examples).map(|example| row(example).map(|at| self.array[at]).collect());
        ItemTable {
            row_name: self.row_name.into(),
            columns: columns.map(|(feature, position)| name(feature, position)).collect(),
            rows: (1..=examples).map(|row| row.to_string()).collect(),
            values: values.collect(),
            marked: self.marked.map(|cell| (cell.example, cell.feature * positions + cell.position)),
        }
    }
}
