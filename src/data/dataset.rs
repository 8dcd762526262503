//! A data set in memory.

use ndarray::{Array3, ShapeBuilder};

use super::Role;

/// Named columns over the same rows: `rows` examples, each column with one value or `positions` values an example.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// For the headline: the file or sample or generator it came from.
    pub name: String,
    /// N, the number of examples.
    pub rows: usize,
    /// L, the number of positions: 1 for a plain table; time steps of a sequence; pixels of an image.
    pub positions: usize,
    /// When the positions are the pixels of an image, its sides.
    pub image: Option<Image>,
    pub columns: Vec<Column>,
}

/// Sides of an image whose pixels, row by row, are the positions: `height * width == positions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image {
    pub height: usize,
    pub width: usize,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Unique within the data set, for display and for the address: `x`, `x (2)`, `column 3`.
    pub name: String,
    /// As the file has it: may be empty, may be repeated.
    pub original: String,
    pub role: Role,
    /// 1 (one value an example, such as a label) or the positions of the data set.
    pub positions: usize,
    pub values: Values,
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// `rows * positions` finite numbers, all positions of the first example first. NaN means missing.
    Number(Vec<f64>),
    /// One string a row.
    Text(TextColumn),
}

/// Text, each distinct string stored once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextColumn {
    /// The distinct strings, in order of first appearance.
    pub dictionary: Vec<Box<str>>,
    /// For each row an index into the dictionary, or [`TextColumn::MISSING`].
    pub codes: Vec<u32>,
}

impl TextColumn {
    /// The code of a missing value.
    pub const MISSING: u32 = u32::MAX;

    /// The string of a row; `None` when it is missing or there is no such row.
    pub fn get(&self, row: usize) -> Option<&str> {
        self.dictionary.get(*self.codes.get(row)? as usize).map(AsRef::as_ref)
    }
}

impl Column {
    /// A numeric column with one value an example, its role guessed by [`Role::guess`].
    pub fn number(name: impl Into<String>, values: Vec<f64>) -> Self {
        let (name, values) = (name.into(), Values::Number(values));
        Self { original: name.clone(), role: Role::guess(&name, &values), positions: 1, values, name }
    }

    /// Text, one string a row.
    pub fn text(name: impl Into<String>, text: TextColumn) -> Self {
        let name = name.into();
        Self { original: name.clone(), role: Role::Text, positions: 1, values: Values::Text(text), name }
    }

    #[must_use]
    pub fn with_role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// So many values an example; the values must be `rows * positions` many.
    #[must_use]
    pub fn with_positions(self, positions: usize) -> Self {
        Self { positions, ..self }
    }

    /// The numbers, unless it is text.
    pub fn numbers(&self) -> Option<&[f64]> {
        match &self.values {
            Values::Number(numbers) => Some(numbers),
            Values::Text(_) => None,
        }
    }

    pub fn is_numeric(&self) -> bool {
        matches!(self.values, Values::Number(_))
    }

    /// How many values are missing.
    pub fn n_missing(&self) -> usize {
        match &self.values {
            Values::Number(numbers) => numbers.iter().filter(|value| value.is_nan()).count(),
            Values::Text(text) => text.codes.iter().filter(|&&code| code == TextColumn::MISSING).count(),
        }
    }
}

impl Dataset {
    /// A plain table: one value an example in each column.
    pub fn table(name: impl Into<String>, rows: usize, columns: Vec<Column>) -> Self {
        Self { name: name.into(), rows, positions: 1, image: None, columns }
    }

    /// The index of the column of that (unique) name.
    pub fn column_index(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// Indices of the columns that are chosen until somebody chooses: those with [`Role::Feature`]; when there is
    /// none, all numeric columns; when there is one and a `y`, both.
    pub fn default_features(&self) -> Vec<usize> {
        let with = |chosen: fn(&Column) -> bool| -> Vec<usize> {
            (0..self.columns.len()).filter(|&index| chosen(&self.columns[index])).collect()
        };
        let features = with(|column| column.role == Role::Feature);
        // One feature and a `y`: somebody's points, not a model's data.
        let points = self.columns.iter().any(|column| column.name.eq_ignore_ascii_case("y"));
        match features.len() {
            0 => with(Column::is_numeric),
            1 if points => with(|column| matches!(column.role, Role::Feature | Role::Label)),
            _ => features,
        }
    }

    /// The chosen columns of the chosen rows as an array of shape `(N, C, L)`.
    ///
    /// `columns` are indices, in the order wanted; a text column or an index that does not exist gives missing values
    /// (NaN). `rows` is a mask over the rows; `None` takes all. In memory each feature is contiguous when `L` is 1;
    /// otherwise the layout is the standard one. A column with one value an example is repeated over the positions.
    pub fn array(&self, columns: &[usize], rows: Option<&[bool]>) -> Array3<f64> {
        let mut array = Array3::default((0, 0, 0));
        self.array_into(columns, rows, &mut array);
        array
    }

    /// As [`Dataset::array`], reusing the memory of `into`, whatever its shape was.
    pub fn array_into(&self, columns: &[usize], rows: Option<&[bool]>, into: &mut Array3<f64>) {
        let (mut memory, _) = std::mem::take(into).into_raw_vec_and_offset();
        memory.clear();
        let n = rows.map_or(self.rows, |mask| mask.iter().take(self.rows).filter(|&&chosen| chosen).count());
        let shape = (n, columns.len(), self.positions);
        memory.reserve(n * columns.len() * self.positions);
        let array = if self.positions == 1 {
            for (index, &column) in columns.iter().enumerate() {
                match (self.values_of(column), rows) {
                    (None, _) => {}
                    (Some((numbers, _)), None) => memory.extend(numbers.iter().take(n)),
                    (Some((numbers, _)), Some(mask)) => {
                        memory.extend(numbers.iter().zip(mask).filter(|(_, chosen)| **chosen).map(|(value, _)| *value));
                    }
                }
                memory.resize((index + 1) * n, f64::NAN);
            }
            Array3::from_shape_vec(shape.f(), memory)
        } else {
            for row in (0..self.rows).filter(|&row| rows.is_none_or(|mask| mask.get(row) == Some(&true))) {
                for &column in columns {
                    let end = memory.len() + self.positions;
                    if let Some((numbers, length)) = self.values_of(column) {
                        let values = numbers.iter().skip(row * length).take(length);
                        if length == 1 {
                            memory.resize(end, values.copied().next().unwrap_or(f64::NAN));
                        } else {
                            memory.extend(values);
                        }
                    }
                    memory.resize(end, f64::NAN);
                }
            }
            Array3::from_shape_vec(shape, memory)
        };
        // It has that many values: every column was filled up above.
        *into = array.unwrap_or_default();
    }

    fn values_of(&self, column: usize) -> Option<(&[f64], usize)> {
        let column = self.columns.get(column)?;
        Some((column.numbers()?, column.positions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Dataset {
        let text = TextColumn { dictionary: vec!["a".into()], codes: vec![0, TextColumn::MISSING, 0] };
        let columns = vec![
            Column::number("x", vec![1.0, 2.0, f64::NAN]),
            Column::text("t", text),
            Column::number("y", vec![7.0, 8.0, 9.0]),
        ];
        Dataset::table("test", 3, columns)
    }

    fn sequence() -> Dataset {
        let columns = vec![
            Column::number("s", (0..6).map(f64::from).collect()).with_positions(3),
            Column::number("label", vec![10.0, 20.0]),
        ];
        Dataset { positions: 3, ..Dataset::table("test", 2, columns) }
    }

    #[test]
    fn defaults_and_missing() {
        let mut table = table();
        assert_eq!(table.default_features(), [0, 2], "x and y are points");
        table.columns[2] = Column::number("target", vec![7.0, 8.0, 9.0]);
        assert_eq!(table.default_features(), [0]);
        assert_eq!(table.columns.iter().map(Column::n_missing).collect::<Vec<_>>(), [1, 1, 0]);
        table.columns.remove(0);
        assert_eq!(table.default_features(), [1], "a label is better than nothing");
    }

    #[test]
    fn features_of_a_table_are_contiguous() {
        let array = table().array(&[2, 0], None);
        assert_eq!(array.dim(), (3, 2, 1));
        assert_eq!(array.strides()[..2], [1, 3]);
        assert_eq!((array[(1, 0, 0)], array[(0, 1, 0)]), (8.0, 1.0));
        let masked = table().array(&[2], Some(&[true, false, true]));
        assert_eq!(masked.iter().copied().collect::<Vec<_>>(), [7.0, 9.0]);
        assert_eq!(table().array(&[2], Some(&[false, true])).dim(), (1, 1, 1), "a short mask leaves the rest out");
    }

    #[test]
    fn sequences_are_in_standard_layout_and_labels_repeat() {
        let array = sequence().array(&[0, 1], None);
        assert!(array.is_standard_layout());
        assert_eq!(array.iter().copied().collect::<Vec<_>>(), [0., 1., 2., 10., 10., 10., 3., 4., 5., 20., 20., 20.]);
        let masked = sequence().array(&[0], Some(&[false, true]));
        assert_eq!(masked.iter().copied().collect::<Vec<_>>(), [3., 4., 5.]);
    }

    #[test]
    fn text_and_unknown_columns_are_missing_values() {
        for dataset in [table(), sequence()] {
            let array = dataset.array(&[1, 9], None);
            assert!(array.slice(ndarray::s![.., 1, ..]).iter().all(|value| value.is_nan()));
        }
        assert!(table().array(&[1], None).iter().all(|value| value.is_nan()));
        assert_eq!(table().array(&[], None).dim(), (3, 0, 1));
    }

    #[test]
    fn memory_is_reused() {
        let mut array = sequence().array(&[0, 1], None);
        let before = array.as_ptr();
        table().array_into(&[0, 2], None, &mut array);
        assert_eq!((array.as_ptr(), array.dim()), (before, (3, 2, 1)));
        assert_eq!(array[(2, 1, 0)], 9.0);
    }
}
