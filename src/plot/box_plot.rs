//! How a box plot looks.

use super::layout::PlotLayout;
use super::path::placed;
use super::pen::{DrawResult, Pen};
use super::series::MarkerShape;
use plotters::prelude::DrawingBackend;

/// A box plot in the middle of its band.
pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<DB>,
    layout: &PlotLayout,
    role: usize,
    at: f64,
    ends: [f64; 6],
) -> DrawResult<DB> {
    /// A box is no higher than this, however high its band is, in CSS pixels.
    const HIGHEST: f64 = 36.0;
    let theme = pen.theme();
    let colour = theme.colour(role);
    let band = (layout.to_y(at - 0.5) - layout.to_y(at + 0.5)).abs();
    let half = f64::max(pen.ratio * 3.0, (band * 0.28).min(HIGHEST * pen.ratio / 2.0));
    let middle = layout.to_y(at);
    let row = |offset: f64| pen.snapped(middle + offset);
    let [low, q1, median, q3, high, mean] = ends.map(|end| layout.to_x(end));
    let [left, right] = [q1, q3].map(|end| pen.snapped(end));
    let line = pen.stroke_width();
    let across = |from: f64, to: f64| {
        pen.rectangle((pen.snapped(from), row(0.0) - line / 2, pen.snapped(to), row(0.0) - line / 2 + line), colour)
    };
    across(low, q1)?;
    across(q3, high)?;
    for (end, value) in [(low, ends[0]), (high, ends[4])] {
        // An end beyond the axis has no cap: the whisker goes on.
        if layout.holds(value, at) {
            let x = pen.snapped(end);
            pen.rectangle((x - line / 2, row(-half * 0.45), x - line / 2 + line, row(half * 0.45)), colour)?;
        }
    }
    let (top, bottom) = (row(-half), row(half));
    let corners =
        [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| (f64::from(x), f64::from(y)));
    pen.polygon(&corners, theme.card, 1.0)?;
    pen.polygon(&corners, colour, 0.26)?;
    let inner = line.min((right - left).max(1));
    for (from, to) in [(left, left + inner), ((right - inner).max(left), right.max(left + 1))] {
        pen.rectangle((from, top, to, bottom), colour)?;
    }
    pen.rectangle((left, top, right, top + line), colour)?;
    pen.rectangle((left, bottom - line, right, bottom), colour)?;
    if layout.holds(ends[2], at) {
        let x = pen.snapped(median);
        pen.rectangle((x - line, top, x - line + 2 * line, bottom), colour)?;
    }
    if layout.holds(ends[5], at) {
        let radius = (half * 0.42).clamp(2.5 * pen.ratio, 4.5 * pen.ratio);
        pen.polygon(&placed(MarkerShape::Diamond, (mean, middle), radius + 1.25 * pen.ratio), theme.card, 1.0)?;
        pen.polygon(&placed(MarkerShape::Diamond, (mean, middle), radius), theme.ink, 1.0)?;
    }
    Ok(())
}
