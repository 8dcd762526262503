//! From a place in a picture to what is picked, and from picked values to how they look there.

use crate::data::{Cell, Edit};
use crate::plot::{Curve, Form, Light, Sampling, Sight, Span, bar_range};
use crate::protocol::{Axes, Comparison, Lit, LitSide, Pick, When};

/// Which picture of a comparison it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panel {
    pub when: When,
    /// The feature that all series of it are of; `None` where each series is a feature of its own.
    pub feature: Option<usize>,
}

impl Panel {
    /// Which feature a series is of; in a scatter plot, the one at x.
    fn feature(self, view: &Comparison, series: usize) -> usize {
        match self.feature {
            _ if view.query.picture.view.info().form == Form::Pair => view.query.pair().0,
            Some(feature) => feature,
            None => series,
        }
    }

    /// What a series was measured as, and on which axis.
    fn curve(self, view: &Comparison, series: usize) -> Option<(&Curve, Span)> {
        let side = if self.when == When::Before { &view.before } else { &view.after };
        let feature = self.feature(view, series);
        Some((side.features.get(feature)?.first()?, *side.axes.get(feature)?))
    }

    /// The ends of the axis that a series has to itself, where several with such axes share a picture.
    fn own_axis(self, view: &Comparison, series: usize) -> Option<Span> {
        let picture = &view.query.picture;
        let alone = self.feature.is_some() || view.features.len() < 2;
        if alone || picture.axes != Axes::Own || picture.view.info().form == Form::Pair {
            return None;
        }
        let (curve, axis) = self.curve(view, series)?;
        let (low, high) = curve.ends();
        Some(Span { low, high, ..axis })
    }

    /// What somebody picks who points at this.
    pub fn pick(self, view: &Comparison, series: usize, sight: Sight) -> Option<Pick> {
        let (row, position, feature) = match sight {
            Sight::Cell { row, feature, position } => (row, position as u32, feature),
            Sight::Point { row, .. } => (row, 0, self.feature(view, series)),
            _ => (0, 0, self.feature(view, series)),
        };
        let column = *view.query.columns.get(feature)?;
        let own = self.own_axis(view, series);
        let real = |x: f64| own.map_or(x, |own| own.spacing.between(own.low, own.high, x));
        let (from, to) = match sight {
            Sight::Cell { .. } => return Some(Pick::Cell(Cell { row: u64::from(row), column, position })),
            Sight::Point { .. } if view.shape.positions == 1 => {
                return Some(Pick::Cell(Cell { row: u64::from(row), column, position }));
            }
            Sight::Point { x, .. } => (real(x), real(x)),
            Sight::Slice(from, to) => (real(from), real(to)),
            Sight::Bar(bar, bars) => match self.curve(view, series)? {
                (Curve::Histogram(whole), axis) => bar_range(axis.spacing, (whole.low, whole.high), bars, bar),
                _ => return None,
            },
        };
        Some(Pick::Range { column, when: self.when, from, to })
    }

    /// How the picked values look in a series.
    pub fn light<'a>(self, view: &Comparison, lit: &'a Lit, series: usize) -> Light<'a> {
        if view.query.picture.view.info().form == Form::Whole {
            let Pick::Cell(cell) = lit.pick else { return Light::default() };
            let feature = view.query.columns.iter().position(|column| *column == cell.column);
            let cell = feature.map(|feature| (feature, cell.position as usize));
            return Light { rows: &lit.rows, cell, ..Light::default() };
        }
        let Some(found) = lit.features.get(self.feature(view, series)) else { return Light::default() };
        let side: &LitSide = if self.when == When::Before { &found.before } else { &found.after };
        // Several series of one feature are its categories: what was picked is of all of them.
        if self.feature.is_some() && series > 0 {
            return Light { rows: &lit.rows, ..Light::default() };
        }
        let own = self.own_axis(view, series);
        let place = |value: f64| own.map_or(value, |own| own.spacing.part(own.low, own.high, value));
        Light {
            counts: &side.counts,
            rows: &lit.rows,
            cell: None,
            values: side.values.iter().map(|value| place(*value)).collect(),
            range: (place(side.min), place(side.max)),
        }
    }

    /// The change that puts a point of a row somewhere else, or a new row there (its number is that of all rows); `None`
    /// where points stand still: after normalization, and where a place does not say the value.
    pub fn put(self, view: &Comparison, series: usize, row: u64, (x, y): (f64, f64)) -> Option<Edit> {
        let form = view.query.picture.view.info();
        let column = |feature: usize| view.query.columns.get(feature).copied();
        let still = self.when == When::After || form.sampling != Sampling::Points || view.shape.positions != 1;
        if still || self.own_axis(view, series).is_some() {
            return None;
        }
        let (mut places, mut values) = (vec![(column(self.feature(view, series))?, 0)], vec![x]);
        if form.form == Form::Pair {
            places.push((column(view.query.pair().1)?, 0));
            values.push(y);
        }
        Some(Edit::Paste { row, places, rows: vec![values] })
    }
}
