//! A map of all named methods: which values share statistics, against which statistics they are.

use super::Name;
use crate::method::Custom;
use crate::{Center, Error, Grouping, Method, Scale, Shape};

/// Groupings against pairs of centre and scale, as far as methods with a name use them.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodMap {
    /// In words: [`Grouping::words`].
    pub rows: Vec<Grouping>,
    pub columns: Vec<(Center, Scale)>,
    /// Row by row: `rows.len() * columns.len()` of them.
    pub cells: Vec<Cell>,
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The methods that stand here, with the settings to choose them by; z-score and BatchNorm share a place.
    pub methods: Vec<(Name, Method)>,
    /// What stands here, put together by hand: the way to places without a name.
    pub mixture: Method,
}

impl MethodMap {
    /// The map for arrays of this shape: groups of features must divide their number.
    ///
    /// # Errors
    /// As [`Method::recipe`].
    pub fn new(shape: Shape) -> Result<Self, Error> {
        let (mut rows, mut columns, mut named) = (Vec::new(), Vec::new(), Vec::new());
        for name in Name::ALL {
            let method = name.usual(shape.features);
            let recipe = method.recipe(shape)?;
            let at = (place(&mut rows, recipe.grouping), place(&mut columns, (recipe.center, recipe.scale)));
            named.push((at, name, method));
        }
        let mut cells = Vec::with_capacity(rows.len() * columns.len());
        for (row, &grouping) in rows.iter().enumerate() {
            for (column, &(center, scale)) in columns.iter().enumerate() {
                let here = named.iter().filter(|(at, ..)| *at == (row, column));
                let methods = here.map(|(_, name, method)| (*name, method.clone())).collect();
                cells.push(Cell { methods, mixture: Method::Custom(Custom::of(grouping, center, scale)) });
            }
        }
        Ok(Self { rows, columns, cells })
    }

    /// The place in a row and a column.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        let inside = column < self.columns.len();
        inside.then(|| self.cells.get(row * self.columns.len() + column)).flatten()
    }
}

/// Where a value is in a list that it is put into if it is not there.
fn place<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter().position(|other| *other == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    })
}
