//! Counts and densities of one side, on ranges that can be compared.

use ndarray::Array3;

use super::axes::Ranges;
use super::categories::Categories;
use super::sample;
use normlab_engine::{Summary, freedman_diaconis, sort};
use normlab_plot::{AxisScale, Curve, Form, MeasureFrame, Sampling, Shown, View};
use normlab_protocol::{AxisPolicy, Feature, PlotOptions, ViewQuery};

/// Bins of a histogram whose number is chosen from the data.
const BINS: (usize, usize) = (8, 60);
/// On an axis for all features, a narrow one must not look as wide as a bin.
const SHARED_AT_LEAST: usize = 25;

/// How to draw, decided once for both sides: bins and shown values are the same before and after.
pub struct Drawing<'a> {
    plot_options: &'a PlotOptions,
    /// The rows of each category.
    members: Option<Vec<Vec<u32>>>,
    positions: usize,
    bins: Vec<usize>,
    /// The values that are drawn one by one, of each category.
    shown: Vec<Vec<Shown>>,
    /// How many these are.
    pub drawn: usize,
    /// Indices of the features of a scatter plot; nothing else is drawn then.
    pair: Option<(usize, usize)>,
    /// Of all rows, whether the method is fitted on it; `None`: on all.
    fitted: Option<&'a [bool]>,
}

/// Of so many values a row, those of the rows that are not in the mask.
pub fn held_out(fitted: &[bool], values: &[f64], positions: usize) -> Vec<f64> {
    let rows = values.chunks(positions.max(1)).zip(fitted);
    rows.filter(|(_, fitted)| !**fitted).flat_map(|(row, _)| row).copied().collect()
}

impl<'a> Drawing<'a> {
    pub fn new(
        query: &'a ViewQuery,
        categories: Option<&Categories>,
        features: &[Feature],
        before: &Array3<f64>,
        fitted: Option<&'a [bool]>,
    ) -> Self {
        let plot_options = &query.plot_options;
        let own: Vec<usize> =
            features.iter().map(|feature| freedman_diaconis(&feature.before).clamp(BINS.0, BINS.1)).collect();
        let at_least = if plot_options.scale == AxisScale::SymLog { BINS.1 } else { SHARED_AT_LEAST };
        let most = own.iter().copied().max().unwrap_or(BINS.0).max(at_least);
        let bins = own.iter().map(|&own| match plot_options.bins {
            Some(asked) => asked as usize,
            None if plot_options.axes != AxisPolicy::Separate => most,
            None => own,
        });
        let form = plot_options.view.info().form;
        let pair = (form == Form::Pair).then(|| query.pair());
        let places = match plot_options.view.info().sampling {
            Sampling::All => Vec::new(),
            Sampling::Grid => sample::grid(before.dim()),
            Sampling::First => sample::first(before.dim()),
            Sampling::Points => {
                let drawn: Vec<usize> = pair.map_or_else(|| (0..features.len()).collect(), |(x, y)| vec![x, y]);
                let summaries: Vec<Summary> = features.iter().map(|feature| feature.before).collect();
                sample::places(before, &drawn, &summaries)
            }
        };
        let categories = categories.filter(|_| form != Form::Whole);
        let codes = categories.map(|categories| (categories.codes.as_slice(), categories.names.len()));
        let shown = sample::by_category(&places, before.dim().2, codes);
        let members = categories.map(Categories::members);
        let positions = before.dim().2.max(1);
        Self { plot_options, members, positions, bins: bins.collect(), shown, drawn: places.len(), pair, fitted }
    }

    /// The curves of one feature: one, or one a category.
    pub fn curves(&self, values: &[f64], feature: usize, summary: &Summary, ranges: &Ranges) -> Vec<Curve> {
        if self.pair.is_some_and(|(x, y)| feature != x && feature != y) {
            return Vec::new();
        }
        let view = self.plot_options.view;
        let frame = |category: usize| MeasureFrame {
            summary: Some(summary),
            shown: &self.shown[category],
            ..self.frame(feature, ranges)
        };
        let Some(members) = &self.members else { return vec![view.measure(values, &frame(0))] };
        let part = members.iter().enumerate().map(|(category, rows)| {
            let positions = self.positions;
            let of = |row: &u32| values.iter().skip(*row as usize * positions).take(positions);
            let part: Vec<f64> = rows.iter().flat_map(of).copied().collect();
            view.measure(&part, &MeasureFrame { summary: None, rows: Some(rows), ..frame(category) })
        });
        part.collect()
    }

    /// The values of one feature in the rows that the method is not fitted on, in the same bins as all; `None` where none
    /// are counted in bins.
    pub fn held_out_curve(&self, values: &[f64], feature: usize, ranges: &Ranges) -> Option<Curve> {
        let fitted = self.fitted.filter(|_| self.plot_options.view == View::Histogram && self.members.is_none())?;
        let values = held_out(fitted, values, self.positions);
        Some(self.plot_options.view.measure(&values, &self.frame(feature, ranges)))
    }

    /// The rows that points are drawn of and that the method is not fitted on, ascending.
    pub fn held_out(&self) -> Vec<u32> {
        let Some(fitted) = self.fitted.filter(|_| self.plot_options.view.info().sampling == Sampling::Points) else {
            return Vec::new();
        };
        let drawn = self.shown.iter().flatten().map(|shown| shown.row);
        let mut rows: Vec<u32> = drawn.filter(|row| fitted.get(*row as usize) == Some(&false)).collect();
        sort(&mut rows);
        rows.dedup();
        rows
    }

    fn frame(&self, feature: usize, ranges: &Ranges) -> MeasureFrame<'_> {
        MeasureFrame {
            range: ranges.measured[feature],
            spacing: ranges.axes[feature].spacing,
            bins: self.bins[feature],
            positions: self.positions,
            ..MeasureFrame::default()
        }
    }
}
