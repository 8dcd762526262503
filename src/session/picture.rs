//! Counts and densities of one side, on ranges that can be compared.

use ndarray::Array3;

use super::categories::Categories;
use super::sample;
use crate::engine::{Summary, freedman_diaconis};
use crate::plot::{Curve, Form, Frame, Shown};
use crate::protocol::{Axes, Feature, Picture, ViewQuery};

/// Bins of a histogram whose number is chosen from the data.
const BINS: (usize, usize) = (8, 60);
/// On an axis for all features, a narrow one must not look as wide as a bin.
const SHARED_AT_LEAST: usize = 25;

/// How to draw, decided once for both sides: bins and shown values are the same before and after.
pub struct Drawing<'a> {
    picture: &'a Picture,
    categories: Option<&'a Categories>,
    bins: Vec<usize>,
    /// The values that are drawn one by one, of each category.
    shown: Vec<Vec<Shown>>,
    /// How many these are.
    pub drawn: usize,
    /// Indices of the features of a scatter plot; nothing else is drawn then.
    pair: Option<(usize, usize)>,
}

impl<'a> Drawing<'a> {
    pub fn new(
        query: &'a ViewQuery,
        categories: Option<&'a Categories>,
        features: &[Feature],
        before: &Array3<f64>,
    ) -> Self {
        let picture = &query.picture;
        let own: Vec<usize> =
            features.iter().map(|feature| freedman_diaconis(&feature.before).clamp(BINS.0, BINS.1)).collect();
        let most = own.iter().copied().max().unwrap_or(BINS.0).max(SHARED_AT_LEAST);
        let bins = own.iter().map(|&own| match picture.bins {
            Some(asked) => asked as usize,
            None if picture.axes != Axes::Own => most,
            None => own,
        });
        let form = picture.view.info().form;
        let pair = (form == Form::Pair).then(|| query.pair());
        let places = if picture.view.info().points {
            let drawn: Vec<usize> = pair.map_or_else(|| (0..features.len()).collect(), |(x, y)| vec![x, y]);
            let summaries: Vec<Summary> = features.iter().map(|feature| feature.before).collect();
            sample::places(before, &drawn, &summaries)
        } else {
            Vec::new()
        };
        let codes = categories.map(|categories| (categories.codes.as_slice(), categories.names.len()));
        let shown = sample::by_category(&places, before.dim().2, codes);
        Self { picture, categories, bins: bins.collect(), shown, drawn: places.len(), pair }
    }

    /// The curves of one feature: one, or one a category.
    pub fn curves(
        &self,
        values: &[f64],
        positions: usize,
        feature: usize,
        summary: &Summary,
        shared: Option<(f64, f64)>,
    ) -> Vec<Curve> {
        if self.pair.is_some_and(|(x, y)| feature != x && feature != y) {
            return Vec::new();
        }
        // Two features have nothing to share an axis for.
        let own = self.picture.axes == Axes::Own || self.pair.is_some();
        let range = if own { own_range(summary) } else { shared };
        let (view, bins) = (self.picture.view, self.bins[feature]);
        let frame = |category: usize| Frame { range, bins, shown: &self.shown[category] };
        let Some(categories) = self.categories else { return vec![view.measure(values, &frame(0))] };
        (0..categories.names.len())
            .map(|category| {
                let rows = values.chunks_exact(positions.max(1)).zip(&categories.codes);
                let members: Vec<f64> =
                    rows.filter(|(_, code)| **code == category).flat_map(|(row, _)| row).copied().collect();
                view.measure(&members, &frame(category))
            })
            .collect()
    }
}

/// The range of a feature; a constant gets some room around it.
fn own_range(summary: &Summary) -> Option<(f64, f64)> {
    let (low, high) = (summary.min, summary.max);
    if !(low.is_finite() && high.is_finite()) {
        return None;
    }
    if low < high {
        return Some((low, high));
    }
    let room = if low == 0.0 { 0.5 } else { low.abs() * 0.5 };
    Some((low - room, low + room))
}

/// The range that holds all features of a side.
pub fn shared_range(summaries: &[&Summary]) -> Option<(f64, f64)> {
    let finite = summaries.iter().filter(|summary| summary.min.is_finite() && summary.max.is_finite());
    let (low, high) = finite
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), summary| (low.min(summary.min), high.max(summary.max)));
    if low == high {
        let room = if low == 0.0 { 0.5 } else { low.abs() * 0.5 };
        return Some((low - room, low + room));
    }
    (low < high).then_some((low, high))
}
