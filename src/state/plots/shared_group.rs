//! Which values share statistics with a picked one: the same light in the table and in every plot.

use std::ops::Range;

use crate::data::DataCell;
use crate::engine::{Grouping, Shape};
use crate::plot::{Curve, Shade};
use crate::protocol::{Pick, ViewResult, When};

/// The group of a picked value, among all groups of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedGroup {
    grouping: Grouping,
    shape: Shape,
    group: usize,
    /// The chosen columns: what features are called in the data.
    columns: Vec<u32>,
}

impl SharedGroup {
    /// `None` when no single value of the view is picked.
    pub fn of(view: &ViewResult, pick: Option<Pick>) -> Option<Self> {
        Self::on(When::After, view, pick)
    }

    /// As on one side of a view: where another method stands beside the result, its groups are others.
    pub fn on(when: When, view: &ViewResult, pick: Option<Pick>) -> Option<Self> {
        let Some(Pick::Cell(cell)) = pick else { return None };
        let shape = view.shape;
        let feature = view.query.columns.iter().position(|column| *column == cell.column)?;
        let (row, position) = (usize::try_from(cell.row).ok()?, cell.position as usize);
        if row >= shape.examples || position >= shape.positions {
            return None;
        }
        let other = view.query.with.as_ref().filter(|_| when == When::Before && view.beside.is_some());
        let method = other.map_or(&view.query.method, |with| &with.method);
        let grouping = method.recipe(shape).ok()?.grouping;
        let group = grouping.index(shape, row, feature, position);
        Some(Self { grouping, shape, group, columns: view.query.columns.clone() })
    }

    /// A group to show where nothing is pointed at, in a picture of all values: that of a value in the middle row.
    pub fn at_rest(when: When, view: &ViewResult) -> Option<Self> {
        let Curve::Heat(grid) = view.before.features.first()?.first()? else { return None };
        let (row, column) = (*grid.rows.get(grid.rows.len() / 2)?, *view.query.columns.first()?);
        Self::on(when, view, Some(Pick::Cell(DataCell { row: row.into(), column, position: 0 })))
    }

    /// The values of the group, as ranges of rows, features and positions.
    pub fn members(&self) -> [Range<usize>; 3] {
        self.grouping.members(self.shape, self.group)
    }

    /// Whether all values of a feature are in the group.
    pub fn has_all_of(&self, feature: usize) -> bool {
        let [rows, features, positions] = self.members();
        rows.len() == self.shape.examples && positions.len() == self.shape.positions && features.contains(&feature)
    }

    /// How the group of a value is told apart from the picked one and from its neighbours.
    pub fn shade(&self, row: usize, feature: usize, position: usize) -> Shade {
        let group = self.grouping.index(self.shape, row, feature, position);
        if group == self.group {
            return Shade::Same;
        }
        let place: usize = self.grouping.place(self.shape, group).iter().sum();
        if place.is_multiple_of(2) { Shade::Even } else { Shade::Odd }
    }

    /// As [`SharedGroup::shade`], of a cell of the table.
    pub fn shade_of(&self, row: usize, column: u32, position: u32) -> Shade {
        let feature = self.columns.iter().position(|chosen| *chosen == column);
        feature.map_or(Shade::Even, |feature| self.shade(row, feature, position as usize))
    }
}
