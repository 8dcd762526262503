//! A map of all named methods: which values share statistics, against which statistics they are.

use std::mem::discriminant;

use super::Name;
use crate::method::Custom;
use crate::{Center, Error, Grouping, Method, Recipe, Scale, Shape};

/// Groupings against pairs of centre and scale, as far as methods with a name use them.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodMap {
    /// In words: [`Grouping::words`].
    pub rows: Vec<Grouping>,
    pub columns: Vec<(Center, Scale)>,
    /// Row by row: `rows.len() * columns.len()` of them.
    pub cells: Vec<MapCell>,
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapCell {
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
        Self::filled(shape, |_, _| ()).map(|(map, ())| map)
    }

    /// The map with the place of this recipe on it, by row and column, which gets a row or a column of its own where no
    /// method with a name has one. The number of groups, the divisor and which quantiles are settings of a place.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn around(recipe: &Recipe, shape: Shape) -> Result<(Self, (usize, usize)), Error> {
        Self::filled(shape, |rows: &mut Vec<Grouping>, columns: &mut Vec<(Center, Scale)>| {
            let (grouping, center, scale) = (recipe.grouping, recipe.center, recipe.scale);
            let row = rows.iter().position(|other| same_sharing(*other, grouping));
            let column = columns.iter().position(|(c, s)| *c == center && discriminant(s) == discriminant(&scale));
            (row.unwrap_or_else(|| place(rows, grouping)), column.unwrap_or_else(|| place(columns, (center, scale))))
        })
    }

    /// The map for arrays of this shape, and what was looked up before its places were filled.
    fn filled<F>(
        shape: Shape,
        change: impl FnOnce(&mut Vec<Grouping>, &mut Vec<(Center, Scale)>) -> F,
    ) -> Result<(Self, F), Error> {
        let (mut rows, mut columns, mut named) = (Vec::new(), Vec::new(), Vec::new());
        for name in Name::ALL {
            let method = name.usual(shape.features);
            let recipe = method.recipe(shape)?;
            let at = (place(&mut rows, recipe.grouping), place(&mut columns, (recipe.center, recipe.scale)));
            named.push((at, name, method));
        }
        let found = change(&mut rows, &mut columns);
        let mut cells = Vec::with_capacity(rows.len() * columns.len());
        for (row, &grouping) in rows.iter().enumerate() {
            for (column, &(center, scale)) in columns.iter().enumerate() {
                let here = named.iter().filter(|(at, ..)| *at == (row, column));
                let methods = here.map(|(_, name, method)| (*name, method.clone())).collect();
                cells.push(MapCell { methods, mixture: Method::Custom(Custom::of(grouping, center, scale)) });
            }
        }
        Ok((Self { rows, columns, cells }, found))
    }

    /// The place in a row and a column.
    pub fn cell(&self, row: usize, column: usize) -> Option<&MapCell> {
        let inside = column < self.columns.len();
        inside.then(|| self.cells.get(row * self.columns.len() + column)).flatten()
    }
}

/// Whether two groupings are the same but for the number of groups.
fn same_sharing(a: Grouping, b: Grouping) -> bool {
    let features = discriminant(&a.features) == discriminant(&b.features);
    features && (a.examples, a.positions) == (b.examples, b.positions)
}

/// Where a value is in a list that it is put into if it is not there.
fn place<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter().position(|other| *other == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    })
}
