//! From a place in a picture to what is picked, and from picked values to how they look there.

use crate::data::{DataCell, Edit};
use crate::plot::{
    Curve, Form, Ghost, GroupPart, HighlightedSeries, Hit, Place, Sampling, Shade, ShownSpan, View, bar_range,
};
use crate::protocol::{AxisPolicy, Highlight, HighlightFeature, HighlightSide, Pick, ViewResult, WhatIfResult, When};
use crate::state::SharedGroup;

/// Which picture of a comparison it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panel {
    pub when: When,
    /// The feature that all series of it are of; `None` where each series is a feature of its own.
    pub feature: Option<usize>,
    /// What kind of picture it is, where not that of the comparison.
    view: Option<View>,
}

impl Panel {
    pub const fn new(when: When, feature: Option<usize>) -> Self {
        Self { when, feature, view: None }
    }

    /// A picture of values after, each a point, of one feature.
    pub const fn of_points(feature: usize) -> Self {
        Self { when: When::After, feature: Some(feature), view: Some(View::Strip) }
    }

    fn form(self, view: &ViewResult) -> Form {
        self.view.unwrap_or(view.query.plot_options.view).info().form
    }

    /// Which feature a series is of; in a scatter plot, the one at x.
    fn feature(self, view: &ViewResult, series: usize) -> usize {
        match self.feature {
            _ if self.form(view) == Form::Pair => view.query.pair().0,
            Some(feature) => feature,
            None => series,
        }
    }

    /// What a series was measured as, and on which axis.
    fn curve(self, view: &ViewResult, series: usize) -> Option<(&Curve, ShownSpan)> {
        let side = if self.when == When::Before { &view.before } else { &view.after };
        let feature = self.feature(view, series);
        Some((side.features.get(feature)?.first()?, *side.axes.get(feature)?))
    }

    /// The ends of the axis that a series has to itself, where several with such axes share a picture.
    fn own_axis(self, view: &ViewResult, series: usize) -> Option<ShownSpan> {
        let plot_options = &view.query.plot_options;
        let alone = self.feature.is_some() || view.features.len() < 2;
        if alone || plot_options.axes != AxisPolicy::Separate || self.form(view) == Form::Pair {
            return None;
        }
        let (curve, axis) = self.curve(view, series)?;
        let (low, high) = curve.ends();
        Some(ShownSpan { low, high, ..axis })
    }

    /// What somebody picks who points at this.
    pub fn pick(self, view: &ViewResult, series: usize, hit: Hit) -> Option<Pick> {
        let (row, position, feature) = match hit {
            Hit::Cell { row, feature, position } => (row, position as u32, feature),
            Hit::Point { place, .. } => (place.row, place.position, self.feature(view, series)),
            _ => (0, 0, self.feature(view, series)),
        };
        let column = *view.query.columns.get(feature)?;
        let own = self.own_axis(view, series);
        let real = |x: f64| own.map_or(x, |own| own.spacing.between(own.low, own.high, x));
        let (from, to) = match hit {
            Hit::Cell { .. } | Hit::Point { .. } => {
                return Some(Pick::Cell(DataCell { row: u64::from(row), column, position }));
            }
            Hit::Slice(from, to) => (real(from), real(to)),
            Hit::Bar(bar, bars) => match self.curve(view, series)? {
                (Curve::Histogram(whole), axis) => bar_range(axis.spacing, (whole.low, whole.high), bars, bar),
                _ => return None,
            },
        };
        Some(Pick::Range { column, when: self.when, from, to })
    }

    /// How the picked values look in a series.
    pub fn highlight<'a>(self, view: &ViewResult, highlight: &'a Highlight, series: usize) -> HighlightedSeries<'a> {
        if self.form(view) == Form::Whole {
            let Pick::Cell(cell) = highlight.pick else { return HighlightedSeries::default() };
            let feature = view.query.columns.iter().position(|column| *column == cell.column);
            let cell = feature.map(|feature| (feature, cell.position as usize));
            return HighlightedSeries { rows: &highlight.rows, cell, ..HighlightedSeries::default() };
        }
        // Only one of the points of a row is picked.
        let cell = match highlight.pick {
            Pick::Cell(cell) => Some((0, cell.position as usize)),
            Pick::Range { .. } => None,
        };
        let Some(found) = highlight.features.get(self.feature(view, series)) else {
            return HighlightedSeries::default();
        };
        // Several series of one feature are its categories: what was picked is of all of them.
        if self.feature.is_some() && series > 0 {
            return HighlightedSeries { rows: &highlight.rows, cell, ..HighlightedSeries::default() };
        }
        HighlightedSeries { rows: &highlight.rows, cell, ..self.highlighted_side(view, found, series) }
    }

    /// Where a value would be if it were another, in a series.
    pub fn ghost(self, view: &ViewResult, what_if_result: &WhatIfResult, series: usize) -> Option<Ghost> {
        let cell = what_if_result.query.cell;
        let feature = view.query.columns.iter().position(|column| *column == cell.column)?;
        let place = Place { row: u32::try_from(cell.row).ok()?, position: cell.position };
        let before = self.when == When::Before;
        // What another method would make of the value is not known.
        if before && view.beside.is_some() {
            return None;
        }
        let value = if before { what_if_result.value.to } else { what_if_result.own.to };
        match self.form(view) {
            Form::Whole => None,
            Form::Pair => {
                let (x, y) = view.query.pair();
                let [x, y] = [x, y].map(|axis| (axis == feature).then_some(value));
                // The other value of the row may move as well.
                x.or(y).map(|_| Ghost { place, x, y, across: !before && what_if_result.row > 0 })
            }
            _ if self.feature(view, series) != feature => None,
            _ => {
                let own = self.own_axis(view, series);
                let x = own.map_or(value, |own| own.spacing.part(own.low, own.high, value));
                let points = self.view.unwrap_or(view.query.plot_options.view).info().sampling == Sampling::Points;
                Some(Ghost { place, x: Some(x), y: None, across: !points && !view.categories.is_empty() })
            }
        }
    }

    /// What of a series shares statistics with the picked value.
    pub fn part<'a>(
        self,
        view: &ViewResult,
        group: &SharedGroup,
        highlight: &'a Highlight,
        series: usize,
    ) -> GroupPart<'a> {
        let feature = self.feature(view, series);
        let [_, features, _] = group.members();
        if !features.contains(&feature) {
            return GroupPart::None;
        }
        if group.has_all_of(feature) {
            // A mark at every point would tell none from the others.
            return if self.view.is_some() { GroupPart::None } else { GroupPart::All };
        }
        let Some(found) = highlight.group.get(feature) else { return GroupPart::None };
        // Several series of one feature are its categories: how many are of which is not told.
        let first = self.feature.is_none() || series == 0;
        GroupPart::Some(if first { self.highlighted_side(view, found, series) } else { HighlightedSeries::default() })
    }

    /// The group of a value in a picture.
    pub fn shade(self, view: &ViewResult, group: &SharedGroup, series: usize, hit: Hit) -> Shade {
        match hit {
            Hit::Cell { row, feature, position } => group.shade(row as usize, feature, position),
            Hit::Point { place, .. } => {
                group.shade(place.row as usize, self.feature(view, series), place.position as usize)
            }
            _ => Shade::Even,
        }
    }

    fn highlighted_side<'a>(
        self,
        view: &ViewResult,
        found: &'a HighlightFeature,
        series: usize,
    ) -> HighlightedSeries<'a> {
        let side: &HighlightSide = if self.when == When::Before { &found.before } else { &found.after };
        let own = self.own_axis(view, series);
        let place = |value: f64| own.map_or(value, |own| own.spacing.part(own.low, own.high, value));
        HighlightedSeries {
            counts: &side.counts,
            values: side.values.iter().map(|value| place(*value)).collect(),
            range: (place(side.min), place(side.max)),
            ..HighlightedSeries::default()
        }
    }

    /// The change that puts a point somewhere else, or a new row there (its number is that of all rows); `None` where points
    /// stand still: after normalization, where another method stands in place of the values before, and where a place does not say the value.
    pub fn put(self, view: &ViewResult, series: usize, place: Place, (x, y): (f64, f64)) -> Option<Edit> {
        let form = view.query.plot_options.view.info();
        let column = |feature: usize| view.query.columns.get(feature).copied();
        // A new row has a value at one position only.
        let new = place.row as usize >= view.shape.examples && view.shape.positions > 1;
        let still = self.when == When::After || view.beside.is_some() || form.sampling != Sampling::Points || new;
        if still || self.own_axis(view, series).is_some() {
            return None;
        }
        let mut places = vec![(column(self.feature(view, series))?, place.position)];
        let mut values = vec![x];
        if form.form == Form::Pair {
            places.push((column(view.query.pair().1)?, place.position));
            values.push(y);
        }
        Some(Edit::Paste { row: u64::from(place.row), places, rows: vec![values] })
    }

    /// The change that takes a point away: its row, or, where a row has several positions, its value.
    pub fn erase(self, view: &ViewResult, series: usize, place: Place) -> Option<Edit> {
        let edit = self.put(view, series, place, (f64::NAN, f64::NAN))?;
        let row = u64::from(place.row);
        Some(if view.shape.positions > 1 { edit } else { Edit::RemoveRows { rows: vec![row] } })
    }
}
