//! How each kind of mark looks.

use super::bars::{self, Bars};
use super::box_plot;
use super::layout::{Label, PlotLayout, ems};
use super::path::{Point, between, dashed, placed, simplified};
use super::pen::{DrawResult, LabelSide, Pen};
use super::scene::{Mark, Place, Scene};
use super::series::{Dash, MarkerShape};
use super::theme::Theme;
use super::trail;
use normlab_engine::sort_by;
use plotters::prelude::DrawingBackend;
use plotters::style::FontStyle;

/// The shape of a point of a smaller radius, in CSS pixels, is not seen.
const SMALL: f64 = 2.2;
/// Hollow ones have a radius of at least so many CSS pixels: of smaller ones nobody sees that.
const HOLLOW: f64 = 2.8;
/// How much is seen of the part of a bar that is held out.
const DARKER: f64 = 0.55;

/// What the marks of a scene have in common.
pub(super) struct Style<'a> {
    /// The rows whose points are hollow.
    hollow: &'a [u32],
    /// How much of a fill is seen.
    alpha: f64,
    /// One series needs no sign but its colour.
    several: bool,
    /// Radius and visibility of a point.
    dot: (f64, f64),
}

impl<'a> Style<'a> {
    pub fn of(scene: &'a Scene) -> Self {
        let series = scene.keys().len();
        let alpha = match series {
            0 | 1 => 0.3,
            2 => 0.24,
            3 => 0.16,
            4..=8 => 0.36 / series as f64,
            _ => 0.0,
        };
        Self { hollow: &scene.held_out, alpha, several: series > 1, dot: scene.dot() }
    }

    fn dash(&self, theme: &Theme, role: usize) -> Dash {
        if self.several { theme.series(role).dash } else { Dash::Solid }
    }
}

/// The area of a mark.
pub(super) fn fill<DB: DrawingBackend>(
    pen: &Pen<DB>,
    layout: &PlotLayout,
    mark: &Mark,
    style: &Style,
) -> DrawResult<DB> {
    let (role, alpha) = match mark {
        Mark::HeldOut { role, .. } => (*role, DARKER),
        mark => (mark.key().map_or(0, |key| key.role), style.alpha),
    };
    let runs = match mark {
        Mark::Steps { low, high, heights, .. } | Mark::HeldOut { low, high, heights, .. } => {
            outlines(pen, layout, (*low, *high), heights)
        }
        Mark::Line { points, filled: true, .. } => {
            let floor = f64::from(layout.plot.3);
            let mut run = curve(pen, layout, points);
            if let (Some(first), Some(last)) = (run.first().copied(), run.last().copied()) {
                run.insert(0, (first.0, floor));
                run.push((last.0, floor));
            }
            vec![run]
        }
        _ => Vec::new(),
    };
    if alpha > 0.0 {
        for run in runs.iter().filter(|run| run.len() > 2) {
            pen.polygon(run, pen.theme().colour(role), alpha)?;
        }
    }
    Ok(())
}

/// The lines of a mark, over the areas of all. `label_spans` is where labels of reference lines stand.
pub(super) fn outline<DB: DrawingBackend>(
    pen: &Pen<DB>,
    layout: &PlotLayout,
    mark: &Mark,
    style: &Style,
    label_spans: &mut Vec<(f64, f64)>,
) -> DrawResult<DB> {
    match mark {
        Mark::Steps { key, low, high, heights, .. } => {
            let lengths = scaled(style.dash(pen.theme(), key.role), pen.ratio);
            for run in outlines(pen, layout, (*low, *high), heights) {
                for stroke in dashed(&run, &lengths) {
                    straight(pen, layout, &stroke, key.role)?;
                }
            }
            Ok(())
        }
        Mark::Line { key, points, .. } => {
            let lengths = scaled(style.dash(pen.theme(), key.role), pen.ratio);
            for stroke in dashed(&curve(pen, layout, points), &lengths) {
                pen.line(&stroke, pen.theme().colour(key.role))?;
            }
            Ok(())
        }
        Mark::Points { key, points, places } => dots(pen, layout, key.role, (points, places), style),
        Mark::Box { key, at, quartiles, whiskers, mean } => {
            let ends = [whiskers.0, quartiles[0], quartiles[1], quartiles[2], whiskers.1, *mean];
            box_plot::draw(pen, layout, key.role, *at, ends)
        }
        Mark::Cells { .. } | Mark::HeldOut { .. } => Ok(()),
        Mark::Rule { role, at, label } => rule(pen, layout, (*role, *at, label), label_spans),
        Mark::Diagonal => diagonal(pen, layout),
        Mark::Bars { .. } => bars_of(mark, style).map_or(Ok(()), |bars| bars::draw(pen, layout, &bars)),
        Mark::Contours { lines } => {
            let runs = lines.iter().flat_map(|points| trail::runs(layout, points, pen.ratio));
            runs.into_iter().try_for_each(|run| pen.thin_line(&run, pen.theme().muted))
        }
        Mark::Path { key, points } => {
            let lengths = scaled(style.dash(pen.theme(), key.role), pen.ratio);
            let strokes = trail::runs(layout, points, pen.ratio).into_iter().flat_map(|run| dashed(&run, &lengths));
            strokes.into_iter().try_for_each(|stroke| pen.line(&stroke, pen.theme().colour(key.role)))
        }
    }
}

/// What is written at a mark, over the lines of all.
pub(super) fn label<DB: DrawingBackend>(
    pen: &Pen<DB>,
    layout: &PlotLayout,
    mark: &Mark,
    style: &Style,
) -> DrawResult<DB> {
    bars_of(mark, style).map_or(Ok(()), |bars| bars::label(pen, layout, &bars))
}

fn bars_of<'a>(mark: &'a Mark, style: &Style) -> Option<Bars<'a>> {
    let Mark::Bars { key, lengths, labels, slot, slots } = mark else { return None };
    Some(Bars { role: key.role, lengths, labels, slot: *slot, slots: *slots, signed: style.several })
}

/// Where x and y are equal.
fn diagonal<DB: DrawingBackend>(pen: &Pen<DB>, layout: &PlotLayout) -> DrawResult<DB> {
    let (_, top, _, bottom) = layout.plot;
    let (left, right) = layout.x_range();
    let (low, high) = (layout.from_y(f64::from(bottom)).max(left), layout.from_y(f64::from(top)).min(right));
    if low < high {
        let ends = [low, high].map(|value| (layout.to_x(value), layout.to_y(value)));
        for stroke in dashed(&ends, &[5.0 * pen.ratio, 4.0 * pen.ratio]) {
            pen.line(&stroke, pen.theme().muted)?;
        }
    }
    Ok(())
}

/// The points of a series. Small ones are circles, whatever the series: no other shape can be told apart.
fn dots<DB: DrawingBackend>(
    pen: &Pen<DB>,
    layout: &PlotLayout,
    role: usize,
    (points, places): (&[Point], &[Place]),
    style: &Style,
) -> DrawResult<DB> {
    let (radius, alpha) = style.dot;
    let colour = pen.theme().colour(role);
    let shape = if style.several { pen.theme().series(role).shape } else { MarkerShape::Circle };
    let drawn = if radius < SMALL { MarkerShape::Circle } else { shape };
    let corners: Vec<Point> = placed(drawn, (0.0, 0.0), radius * pen.ratio);
    let mut corner_places = corners.clone();
    for (index, (x, y)) in points.iter().enumerate().filter(|(_, (x, y))| layout.holds(*x, *y)) {
        let centre = (layout.to_x(*x), layout.to_y(*y));
        let row = places.get(index).map(|place| place.row);
        if row.is_some_and(|row| style.hollow.binary_search(&row).is_ok()) {
            let mut ring = placed(shape, centre, radius.max(HOLLOW) * pen.ratio);
            ring.extend(ring.first().copied());
            pen.line(&ring, colour)?;
            continue;
        }
        if drawn == MarkerShape::Circle {
            pen.circle(centre, radius * pen.ratio, colour, alpha)?;
            continue;
        }
        for (place, corner) in corner_places.iter_mut().zip(&corners) {
            *place = (centre.0 + corner.0, centre.1 + corner.1);
        }
        pen.polygon(&corner_places, colour, alpha)?;
    }
    Ok(())
}

/// The shape of the series on its highest place, as in the legend: without colour, this tells which line is whose.
///
/// Where another sign is in the way (see `taken`), on the next highest place that is free, as long as that tells how high the
/// series is.
pub(super) fn sign<DB: DrawingBackend>(
    pen: &Pen<DB>,
    layout: &PlotLayout,
    mark: &Mark,
    style: &Style,
    taken: &mut Vec<Point>,
) -> DrawResult<DB> {
    let (Some(key), true) = (mark.key(), style.several) else { return Ok(()) };
    let mut places = match mark {
        Mark::Steps { low, high, heights, .. } => outlines(pen, layout, (*low, *high), heights)
            .iter()
            .flat_map(|run| run[1..].chunks_exact(2).filter(|top| top.len() == 2))
            .filter(|top| top[0].1 == top[1].1)
            .map(|top| ((top[0].0 + top[1].0) / 2.0, top[0].1))
            .collect(),
        Mark::Line { points, .. } => curve(pen, layout, points),
        _ => return Ok(()),
    };
    let (_, top, _, bottom) = layout.plot;
    // Rows count downwards. Lines that rise to the same end are told apart in the middle.
    let highest =
        if let Mark::Line { filled: false, .. } = mark { f64::from(top + bottom) / 2.0 } else { f64::from(top) };
    sort_by(&mut places, |a, b| (a.1 - highest).abs() < (b.1 - highest).abs());
    let radius = (pen.theme().marker * pen.ratio).min(f64::from(bottom - top) / 20.0).max(2.0 * pen.ratio);
    let far = |place: &Point| {
        taken.iter().all(|other: &Point| libm::hypot(other.0 - place.0, other.1 - place.1) > 3.0 * radius)
    };
    let Some(best) = places.first().copied() else { return Ok(()) };
    let low =
        |place: &&Point| (place.1 - highest).abs() * 2.0 <= (best.1 - highest).abs() + (f64::from(bottom) - highest);
    let place = places.iter().take_while(low).copied().find(far).unwrap_or(best);
    taken.push(place);
    let shape = pen.theme().series(key.role).shape;
    pen.polygon(&placed(MarkerShape::Circle, place, radius + 1.5 * pen.ratio), pen.theme().card, 1.0)?;
    pen.polygon(&placed(shape, place, radius), pen.theme().colour(key.role), 1.0)
}

fn scaled(dash: Dash, ratio: f64) -> Vec<f64> {
    dash.lengths().iter().map(|length| length * ratio).collect()
}

/// The outlines of the bars that touch each other, from the baseline and back to it. Empty bins are no part of any.
fn outlines<DB: DrawingBackend>(
    pen: &Pen<DB>,
    layout: &PlotLayout,
    (low, high): (f64, f64),
    heights: &[f64],
) -> Vec<Vec<Point>> {
    let value = |index: usize| layout.between(low, high, index as f64 / heights.len() as f64);
    let edge = |index: usize| f64::from(pen.snapped(layout.to_x(value(index))));
    let (first, last) = layout.x_range();
    let mut outlines = Outlines {
        floor: f64::from(layout.plot.3),
        top: &|height, lowest| f64::from(pen.snapped(layout.to_y(height).min(lowest))),
        ratio: pen.ratio,
        runs: Vec::new(),
        open: false,
    };
    let width = pen.ratio.max(1.0).round();
    // The greatest of the bins that lie within a pixel, and where: it has that pixel.
    let (mut at, mut hidden) = (0.0, 0.0);
    for (index, height) in heights.iter().enumerate() {
        let (from, to) = (value(index), value(index + 1));
        if from < to && (to <= first || from >= last) {
            continue;
        }
        let (left, right, height) = (edge(index), edge(index + 1), height.max(0.0));
        if right <= left {
            (at, hidden) = (left, f64::max(hidden, height));
            continue;
        }
        let beside = if hidden > height { (left + width).min(right) } else { left };
        outlines.bar(left, beside, hidden);
        outlines.bar(beside, right, height);
        hidden = 0.0;
    }
    let at = at.min(f64::from(layout.plot.2) - width);
    outlines.bar(at, if hidden > 0.0 { at + width } else { at }, hidden);
    outlines.runs
}

/// Outlines as they grow to the right.
struct Outlines<'a> {
    floor: f64,
    /// Where a height is, but not lower than that.
    top: &'a dyn Fn(f64, f64) -> f64,
    ratio: f64,
    runs: Vec<Vec<Point>>,
    open: bool,
}

impl Outlines<'_> {
    fn bar(&mut self, left: f64, right: f64, height: f64) {
        /// However small: a bin with values is not an empty one.
        const SEEN: f64 = 2.0;
        if right <= left {
            return;
        }
        let (floor, open) = (self.floor, self.open);
        self.open = height > 0.0;
        if !self.open {
            return;
        }
        let top = (self.top)(height, floor - SEEN * self.ratio);
        match self.runs.last_mut().filter(|_| open) {
            Some(run) => {
                run.pop();
                run.extend([(left, top), (right, top), (right, floor)]);
            }
            None => self.runs.push(vec![(left, floor), (left, top), (right, top), (right, floor)]),
        }
    }
}

/// A line of horizontal and vertical parts, each a rectangle, so that it is crisp at any width.
fn straight<DB: DrawingBackend>(pen: &Pen<DB>, layout: &PlotLayout, points: &[Point], role: usize) -> DrawResult<DB> {
    let width = pen.stroke_width();
    let (before, after) = (width / 2, width - width / 2);
    let floor = layout.plot.3;
    let colour = pen.theme().colour(role);
    for pair in points.windows(2) {
        let (left, right) = (pair[0].0.min(pair[1].0).round() as i32, pair[0].0.max(pair[1].0).round() as i32);
        let (top, bottom) = (pair[0].1.min(pair[1].1).round() as i32, pair[0].1.max(pair[1].1).round() as i32);
        if (left, top) != (right, bottom) {
            pen.rectangle((left - before, top - before, right + after, (bottom + after).min(floor)), colour)?;
        }
    }
    Ok(())
}

/// A curve in pixels.
fn curve<DB: DrawingBackend>(pen: &Pen<DB>, layout: &PlotLayout, points: &[Point]) -> Vec<Point> {
    let (low, high) = layout.x_range();
    let shown: Vec<Point> = between(points, low, high)
        .into_iter()
        .filter(|(x, y)| x.is_finite() && !y.is_nan())
        .map(|(x, y)| (layout.to_x(x), layout.to_y(y)))
        .collect();
    simplified(&shown, 0.25 * pen.ratio.min(2.0))
}

/// A vertical line that rises above the marks, with its label beside it there, on a side where there is room.
///
/// `taken` are the ends of the labels that already stand there; a label without room is left out.
fn rule<DB: DrawingBackend>(
    pen: &Pen<DB>,
    layout: &PlotLayout,
    (role, at, label): (Option<usize>, f64, &str),
    taken: &mut Vec<(f64, f64)>,
) -> DrawResult<DB> {
    let (low, high) = layout.x_range();
    if !(low..=high).contains(&at) {
        return Ok(());
    }
    let theme = pen.theme();
    let colour = role.map_or(theme.ink, |role| theme.colour(role));
    let (left, top, right, bottom) = layout.plot;
    let top = top - layout.header;
    let x = pen.snapped(layout.to_x(at)).min(right - pen.hairline());
    let ends = [(f64::from(x), f64::from(top)), (f64::from(x), f64::from(bottom))];
    for stroke in dashed(&ends, &[4.0 * pen.ratio, 3.0 * pen.ratio]) {
        if let [from, .., to] = stroke.as_slice() {
            pen.rectangle((x, from.1.round() as i32, x + pen.hairline(), to.1.round() as i32), colour)?;
        }
    }
    let em = theme.text_size * pen.ratio;
    let (gap, width) = (em * 0.4, ems(label) * em);
    let beside = f64::from(x);
    let sides = [(LabelSide::Start, beside + gap), (LabelSide::End, beside - gap - width)];
    let free = |start: f64| {
        start >= f64::from(left)
            && start + width <= f64::from(right)
            && taken.iter().all(|(from, to)| start + width < *from || start > *to)
    };
    let Some((side, start)) = sides.into_iter().find(|(_, start)| free(*start)) else { return Ok(()) };
    taken.push((start - gap, start + width + gap));
    let fixed = if matches!(side, LabelSide::Start) { start } else { start + width };
    let label = Label { text: label.to_owned(), x: fixed.round() as i32, y: top + layout.header / 2 };
    pen.text(&label, side, theme.text_size, theme.ink, FontStyle::Normal)
}
