//! What a pointer or the keys are at: a bar, a point, or a part of the axis; and how picked values look there.

use super::layout::PlotLayout;
use super::scene::{Axis, Mark, Place, Scene, TickFormat};
use super::spacing::Spacing;

/// Where there are neither bars nor points, the axis is read in so many parts.
const SLICES: usize = 40;

/// Something in a picture that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlotElement {
    /// Index among the marks that belong to a series.
    pub series: usize,
    /// Which bar, point or part of the axis.
    pub index: usize,
}

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hit {
    /// A bar: which of how many.
    Bar(usize, usize),
    /// A point, and where in the data it is.
    Point { place: Place, x: f64, y: f64 },
    /// From one place of the axis to another.
    Slice(f64, f64),
    /// A value of a grid: its row (from 0), feature and position.
    Cell { row: u32, feature: usize, position: usize },
}

/// Where to go on from an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Neighbour {
    Left,
    Right,
    First,
    Last,
    /// To the series before, at the same place.
    Up,
    Down,
}

/// Values to show in a picture: what was picked, as far as it concerns one series.
#[derive(Clone, Debug, PartialEq)]
pub struct HighlightedSeries<'a> {
    /// How many are in each bar.
    pub counts: &'a [u64],
    /// Their rows, ascending.
    pub rows: &'a [u32],
    /// Feature and position, when it is one value. The feature counts only where one series is of several.
    pub cell: Option<(usize, usize)>,
    /// Their places on the x axis, when they are few.
    pub values: Vec<f64>,
    /// From the lowest to the highest place; NaN when there is none.
    pub range: (f64, f64),
}

impl Default for HighlightedSeries<'_> {
    fn default() -> Self {
        Self { counts: &[], rows: &[], cell: None, values: Vec::new(), range: (f64::NAN, f64::NAN) }
    }
}

/// The marks that can be read: of a box plot the boxes, else what belongs to a series, and grids.
pub(super) fn series(scene: &Scene) -> impl Iterator<Item = &Mark> {
    let boxes = scene.marks.iter().any(|mark| matches!(mark, Mark::Box { .. }));
    scene.marks.iter().filter(move |mark| match mark {
        Mark::Points { .. } => !boxes,
        Mark::Cells { .. } => true,
        _ => mark.key().is_some() && !matches!(mark, Mark::Bars { .. } | Mark::Path { .. }),
    })
}

/// How many elements a series has.
fn count(mark: &Mark) -> usize {
    match mark {
        Mark::Steps { heights, .. } => heights.len(),
        Mark::Points { points, .. } => points.len(),
        Mark::Cells { parts, .. } => parts.len(),
        _ => SLICES,
    }
}

/// What is there; `None` where the picture has no such element.
pub fn hit(scene: &Scene, element: PlotElement) -> Option<Hit> {
    let mark = series(scene).nth(element.series).filter(|mark| element.index < count(mark))?;
    Some(match mark {
        Mark::Steps { heights, .. } => Hit::Bar(element.index, heights.len()),
        Mark::Points { points, places, .. } => {
            let ((x, y), place) = (points[element.index], *places.get(element.index)?);
            Hit::Point { place, x, y }
        }
        Mark::Cells { columns, groups, rows, .. } => {
            let (line, column) = (element.index / columns, element.index % columns);
            let row = *rows.get(line)?;
            // The pixels of an image are positions of one feature.
            if scene.y.format == TickFormat::Bare {
                Hit::Cell { row, feature: 0, position: element.index }
            } else {
                let across = (columns / groups).max(1);
                Hit::Cell { row, feature: column / across, position: column % across }
            }
        }
        _ => {
            let edge = |index: usize| scene.x.value(index as f64 / SLICES as f64);
            Hit::Slice(edge(element.index), edge(element.index + 1))
        }
    })
}

/// Where an element is on the x axis.
fn place(scene: &Scene, element: PlotElement) -> f64 {
    match (hit(scene, element), series(scene).nth(element.series)) {
        (Some(Hit::Bar(index, bars)), Some(Mark::Steps { low, high, .. })) => {
            scene.x.spacing().between(*low, *high, (index as f64 + 0.5) / bars as f64)
        }
        (Some(Hit::Point { x, .. }), _) => x,
        (Some(Hit::Slice(from, to)), _) => from / 2.0 + to / 2.0,
        _ => f64::NAN,
    }
}

/// The element under a pointer: a bar or slice above or below it, or the nearest point not further away than `reach`.
pub fn element_at(scene: &Scene, layout: &PlotLayout, (x, y): (f64, f64), reach: f64) -> Option<PlotElement> {
    let (left, top, right, bottom) = layout.plot;
    let inside = |at: f64, from: i32, to: i32| at >= f64::from(from) - reach && at <= f64::from(to) + reach;
    if !inside(x, left, right) || !inside(y, top, bottom) {
        return None;
    }
    let value = layout.from_x(x.clamp(f64::from(left), f64::from(right)));
    let part = scene.x.part(value);
    let mut nearest = None;
    let mut least = f64::INFINITY;
    for (index, mark) in series(scene).enumerate() {
        match mark {
            Mark::Points { points, .. } => {
                for (point, (px, py)) in points.iter().enumerate().filter(|(_, (x, y))| layout.holds(*x, *y)) {
                    let away = libm::hypot(layout.to_x(*px) - x, layout.to_y(*py) - y);
                    if away < least && away <= reach {
                        (least, nearest) = (away, Some(PlotElement { series: index, index: point }));
                    }
                }
            }
            Mark::Steps { low, high, heights, .. } => {
                let bar = (scene.x.spacing().part(*low, *high, value) * heights.len() as f64).floor();
                let bar = if value == *high { heights.len().saturating_sub(1) } else { bar as usize };
                let Some(height) = heights.get(bar).filter(|height| **height > 0.0 && value >= *low) else { continue };
                let away = (layout.to_y(*height) - y).abs();
                if away < least {
                    (least, nearest) = (away, Some(PlotElement { series: index, index: bar }));
                }
            }
            Mark::Cells { x: across, y: up, columns, parts, .. } => {
                let (column, line) = cell_at(layout, (x, y), *across, *up, (*columns, parts.len() / (*columns).max(1)));
                if let (Some(column), Some(line)) = (column, line) {
                    return Some(PlotElement { series: index, index: line * columns + column });
                }
            }
            _ => {
                let height = match mark {
                    Mark::Box { at, .. } => Some(*at),
                    Mark::Line { points, .. } => points.iter().find(|point| point.0 >= value).map(|point| point.1),
                    _ => None,
                };
                let away = (layout.to_y(height.unwrap_or_default()) - y).abs();
                if away < least {
                    let slice = ((part * SLICES as f64) as usize).min(SLICES - 1);
                    (least, nearest) = (away, Some(PlotElement { series: index, index: slice }));
                }
            }
        }
    }
    nearest
}

/// Column and line of a grid at a place.
fn cell_at(
    layout: &PlotLayout,
    (x, y): (f64, f64),
    across: (f64, f64),
    up: (f64, f64),
    (columns, lines): (usize, usize),
) -> (Option<usize>, Option<usize>) {
    let index = |at: f64, from: f64, to: f64, count: usize| {
        let part = (at - from) / (to - from);
        (0.0..1.0).contains(&part).then_some((part * count as f64) as usize)
    };
    (
        index(x, layout.to_x(across.0), layout.to_x(across.1), columns),
        index(y, layout.to_y(up.1), layout.to_y(up.0), lines),
    )
}

/// Where the keys lead from an element, or at first.
pub fn step(scene: &Scene, from: Option<PlotElement>, step: Neighbour) -> Option<PlotElement> {
    let all = series(scene).count();
    let from = from.filter(|element| hit(scene, *element).is_some());
    let current = from.map_or(0, |element| element.series);
    if let Some(Mark::Cells { columns, parts, .. }) = series(scene).nth(current) {
        let index = match (step, from.map(|element| element.index)) {
            (Neighbour::Left, Some(index)) => index.saturating_sub(1),
            (Neighbour::Right, Some(index)) => index + 1,
            (Neighbour::Up, Some(index)) => index.checked_sub(*columns).unwrap_or(index),
            (Neighbour::Down, Some(index)) => index + columns,
            (Neighbour::Last, _) => parts.len().saturating_sub(1),
            _ => 0,
        };
        let next = Some(PlotElement { series: current, index });
        return next.filter(|next| hit(scene, *next).is_some()).or(from);
    }
    let next = match step {
        Neighbour::Up => current.saturating_sub(1),
        Neighbour::Down => (current + 1).min(all.saturating_sub(1)),
        _ => current,
    };
    let mark = series(scene).nth(next)?;
    // An empty bar is not read.
    let seen = |index: &usize| !matches!(mark, Mark::Steps { heights, .. } if heights[*index] <= 0.0);
    // Points come in the order of the data: equal ones are told apart by it.
    let at = |index: usize| (place(scene, PlotElement { series: next, index }), index);
    let here = from.map(|element| (place(scene, element), element.index));
    let less = |a: (f64, usize), b: (f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).is_lt();
    // What comes first in the order of the step, among what it leads to.
    let rank = |candidate: (f64, usize)| match (step, here) {
        (Neighbour::Right, Some(here)) => less(here, candidate).then_some((candidate.0, candidate.1)),
        (Neighbour::Left, Some(here)) => less(candidate, here).then_some((-candidate.0, usize::MAX - candidate.1)),
        (Neighbour::Up | Neighbour::Down, Some(here)) => Some(((candidate.0 - here.0).abs(), candidate.1)),
        (Neighbour::Last, _) => Some((-candidate.0, usize::MAX - candidate.1)),
        _ => Some(candidate),
    };
    let mut best: Option<((f64, usize), usize)> = None;
    for candidate in (0..count(mark)).filter(seen).map(at) {
        if let Some(rank) = rank(candidate)
            && best.is_none_or(|(best, _)| less(rank, best))
        {
            best = Some((rank, candidate.1));
        }
    }
    best.map(|(_, index)| PlotElement { series: next, index }).or(from)
}

/// The series whose band a pointer is over; without bands, the first.
pub fn series_at(scene: &Scene, layout: &PlotLayout, y: f64) -> usize {
    let from_above = if layout.bands { scene.y.range().1 - layout.from_y(y) } else { 0.0 };
    (from_above.max(0.0) as usize).min(series(scene).count().saturating_sub(1))
}

/// The value where a point is dragged to, at a part of an axis: in steps that a hand can tell apart. Beyond the ends it
/// goes four times as fast, so that there is room for an outlier.
pub fn dragged(axis: &Axis, part: f64) -> f64 {
    let beyond = part - part.clamp(0.0, 1.0);
    rounded(axis, axis.value(part + 3.0 * beyond))
}

/// A step of the keys away from a value.
pub fn nudged(axis: &Axis, value: f64, steps: f64) -> f64 {
    rounded(axis, axis.value(axis.part(value) + steps / 100.0))
}

/// To a decimal place that is finer than a pixel there.
fn rounded(axis: &Axis, value: f64) -> f64 {
    let pixel = (axis.value(axis.part(value) + 0.002) / 2.0 - value / 2.0) * 2.0;
    let finest = libm::log10(pixel).floor() as i32;
    let decimals = usize::try_from(-finest).unwrap_or(0).min(300);
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// The least and the greatest number that are counted in a bar of a histogram from `low` to `high`.
pub fn bar_range(spacing: Spacing, (low, high): (f64, f64), bars: usize, bar: usize) -> (f64, f64) {
    let counted_in =
        |value: f64| spacing.histogram(&[value], low, high, bars).counts.iter().position(|count| *count > 0);
    let first = |bar: usize| {
        let mut edge = spacing.between(low, high, bar as f64 / bars as f64);
        // Rounding may have put the edge a few floats away from where counting has it.
        for _ in 0..16 {
            match counted_in(edge.next_down()) {
                Some(before) if before >= bar => edge = edge.next_down(),
                _ => break,
            }
        }
        for _ in 0..16 {
            match counted_in(edge) {
                Some(found) if found < bar => edge = edge.next_up(),
                _ => break,
            }
        }
        edge
    };
    let from = if bar == 0 { low } else { first(bar) };
    let to = if bar + 1 >= bars { high } else { first(bar + 1).next_down() };
    (from, to)
}

/// Points in motion, in the units of the layouts: of each series the role, and from where to where each goes.
pub type Transition = Vec<(usize, Vec<[f32; 4]>)>;

/// The transition from one picture to another: of every value that both show, from its place there to its place here.
pub fn transition(from: (&Scene, &PlotLayout), to: (&Scene, &PlotLayout)) -> Transition {
    let pairs = series(from.0).zip(series(to.0)).filter_map(|(start, end)| {
        let (Mark::Points { points: starts, places: left, .. }, Mark::Points { key, points: ends, places: right }) =
            (start, end)
        else {
            return None;
        };
        let place = |layout: &PlotLayout, (x, y): (f64, f64)| (layout.to_x(x) as f32, layout.to_y(y) as f32);
        let mut movements = Vec::with_capacity(ends.len());
        let mut next = 0;
        for (at, end) in right.iter().zip(ends) {
            while left.get(next).is_some_and(|other| other < at) {
                next += 1;
            }
            if left.get(next) == Some(at) && to.1.holds(end.0, end.1) {
                let ((x, y), (there_x, there_y)) = (place(from.1, starts[next]), place(to.1, *end));
                movements.push([x, y, there_x, there_y]);
                next += 1;
            }
        }
        Some((key.role, movements))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests;
