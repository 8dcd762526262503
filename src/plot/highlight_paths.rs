//! How picked values look in a picture, and where one would be if it were another.

use std::fmt::Write;

use super::element::{HighlightedSeries, Hit, PlotElement, hit, series};
use super::layout::PlotLayout;
use super::scene::{Mark, Place, Scene};

/// The picked values in a picture, of each series that has some: its role, and the `d` of an SVG path in
/// the units of the layout, of which `ratio` make a CSS pixel.
pub fn highlight_paths<'a>(
    scene: &Scene,
    layout: &PlotLayout,
    ratio: f64,
    highlighted: impl Fn(usize) -> HighlightedSeries<'a>,
) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    let (_, _, _, bottom) = layout.plot;
    let pixel = |value: f64| value.round() as i32;
    for (index, mark) in series(scene).enumerate() {
        let highlighted = highlighted(index);
        let mut path = String::new();
        match mark {
            Mark::Steps { low, high, .. } if !highlighted.counts.is_empty() => {
                let edge = |bar: usize| {
                    pixel(layout.to_x(layout.between(*low, *high, bar as f64 / highlighted.counts.len() as f64)))
                };
                for (bar, count) in highlighted.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                    // However few: something is there.
                    let top = pixel(layout.to_y(*count as f64)).min(bottom - pixel(2.0 * ratio));
                    let _ = write!(path, "M{} {bottom}V{top}H{}V{bottom}Z", edge(bar), edge(bar + 1));
                }
            }
            Mark::Points { points, places, .. } if !highlighted.rows.is_empty() => {
                let radius = pixel((scene.dot().0 + 2.0) * ratio);
                let found = |place: &Place| {
                    highlighted.rows.binary_search(&place.row).is_ok()
                        && highlighted.cell.is_none_or(|(_, position)| position == place.position as usize)
                };
                for ((x, y), _) in points.iter().zip(places).filter(|(_, place)| found(place)) {
                    if layout.holds(*x, *y) {
                        let (x, y) = (pixel(layout.to_x(*x)), pixel(layout.to_y(*y)));
                        let _ = write!(
                            path,
                            "M{} {y}a{radius} {radius} 0 1 0 {} 0a{radius} {radius} 0 1 0 {} 0",
                            x - radius,
                            2 * radius,
                            -2 * radius
                        );
                    }
                }
            }
            Mark::Cells { x, y, columns, parts, .. } => {
                let lines = parts.len() / (*columns).max(1);
                let edge = |from: f64, to: f64, index: usize, all: usize| {
                    pixel(from + (to - from) * index as f64 / all.max(1) as f64)
                };
                let (left, right) = (layout.to_x(x.0), layout.to_x(x.1));
                let (top, low) = (layout.to_y(y.1), layout.to_y(y.0));
                for element in (0..parts.len()).map(|cell| PlotElement { series: index, index: cell }) {
                    let Some(Hit::Cell { row, feature, position }) = hit(scene, element) else { continue };
                    if highlighted.cell == Some((feature, position)) && highlighted.rows.binary_search(&row).is_ok() {
                        let (line, column) = (element.index / columns, element.index % columns);
                        let (from, to) = (edge(left, right, column, *columns), edge(left, right, column + 1, *columns));
                        let (above, below) = (edge(top, low, line, lines), edge(top, low, line + 1, lines));
                        let _ = write!(path, "M{from} {above}H{to}V{below}H{from}Z");
                    }
                }
            }
            _ => {
                let (from, to) = match mark {
                    Mark::Box { at, .. } => (pixel(layout.to_y(at + 0.4)), pixel(layout.to_y(at - 0.4))),
                    _ => (bottom - pixel(9.0 * ratio), bottom),
                };
                for value in highlighted.values.iter().filter(|value| !value.is_nan()) {
                    let x = pixel(layout.to_x(*value));
                    let _ = write!(path, "M{x} {from}V{to}");
                }
                if highlighted.values.is_empty() && highlighted.range.0 <= highlighted.range.1 {
                    let (left, right) =
                        (pixel(layout.to_x(highlighted.range.0)), pixel(layout.to_x(highlighted.range.1)));
                    let _ = write!(path, "M{left} {from}H{right}V{to}H{left}Z");
                }
            }
        }
        if !path.is_empty() {
            paths.push((mark.key().map_or(0, |key| key.role), path));
        }
    }
    paths
}

/// Where a value would be if it were another: an axis is `None` where the value stays as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ghost {
    pub place: Place,
    pub x: Option<f64>,
    pub y: Option<f64>,
    /// Nothing else is known of it: not its band, or not the other axis.
    pub across: bool,
}

/// Radius of a ghost and height of its stem, in CSS pixels.
const GHOST: f64 = 5.0;
const STEM: f64 = 26.0;

/// The ghosts of the series that have one, as the `d` of an SVG path as in [`highlight_paths`]: a ring, on a stem where the picture has
/// no points; beyond the axis, an arrow at its end.
pub fn ghosts(scene: &Scene, layout: &PlotLayout, ratio: f64, ghost: impl Fn(usize) -> Option<Ghost>) -> String {
    let mut path = String::new();
    let pixel = |value: f64| value.round() as i32;
    let (left, top, right, bottom) = layout.plot;
    let (radius, high) = (pixel(GHOST * ratio), pixel(STEM * ratio).min((bottom - top) / 2));
    for (index, mark) in series(scene).enumerate() {
        let known = |ghost: &Ghost| !ghost.x.or(ghost.y).is_none_or(f64::is_nan);
        let found = ghost(index).filter(known).filter(|_| !matches!(mark, Mark::Cells { .. }));
        let Some(Ghost { place, x, y, across }) = found else { continue };
        if across {
            if let Some(x) = x {
                let _ = write!(path, "M{} {top}V{bottom}", pixel(layout.to_x(x)));
            }
            if let Some(y) = y {
                let _ = write!(path, "M{left} {}H{right}", pixel(layout.to_y(y)));
            }
            continue;
        }
        let at = match mark {
            Mark::Points { points, places, .. } => {
                places.iter().position(|other| *other == place).map(|found| points[found])
            }
            Mark::Box { at, .. } => Some((0.0, *at)),
            _ => Some((0.0, layout.from_y(f64::from(bottom - high)))),
        };
        let Some((old_x, old_y)) = at else { continue };
        let (x, y) = (x.unwrap_or(old_x), y.unwrap_or(old_y));
        let (px, py) = (pixel(layout.to_x(x)), pixel(layout.to_y(y)));
        if layout.holds(x, y) {
            let (start, long) = (px - radius, 2 * radius);
            let _ = write!(path, "M{start} {py}a{radius} {radius} 0 1 0 {long} 0a{radius} {radius} 0 1 0 {} 0", -long);
            if matches!(mark, Mark::Steps { .. } | Mark::Line { .. }) {
                let _ = write!(path, "M{px} {}V{bottom}", py + radius);
            }
            continue;
        }
        let (low, high) = layout.x_range();
        let (floor, ceiling) = (layout.from_y(f64::from(bottom)), layout.from_y(f64::from(top)));
        let (out, up) = (side(x, low, high) * radius, -side(y, floor, ceiling) * radius);
        // From its tip back to both corners.
        let corners = [px + out, py + up, px - out - up, py - up - out, px - out + up, py - up + out];
        let [a, b, c, d, e, f] = corners;
        let _ = write!(path, "M{a} {b}L{c} {d}L{e} {f}Z");
    }
    path
}

/// On which side of a range a value is: -1 below, 1 above, 0 within.
fn side(value: f64, low: f64, high: f64) -> i32 {
    i32::from(value > high) - i32::from(value < low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Axis, Key, Theme, layout};

    fn scene(mark: Mark) -> Scene {
        Scene { x: Axis::new("x", 0.0, 10.0), y: Axis::new("y", 0.0, 10.0), marks: vec![mark], ..Scene::default() }
    }

    fn drawn(scene: &Scene, ghost: Ghost) -> (String, PlotLayout) {
        let layout = layout(scene, (400, 200), &Theme::light(), 1.0);
        (ghosts(scene, &layout, 1.0, |_| Some(ghost)), layout)
    }

    const GHOST_AT_8: Ghost = Ghost { place: Place { row: 1, position: 0 }, x: Some(8.0), y: None, across: false };

    #[test]
    fn the_ghost_of_a_point_is_a_ring_at_its_height() {
        let places = vec![Place::default(), Place { row: 1, position: 0 }];
        let key = Key { name: "a".into(), role: 3 };
        let points = scene(Mark::Points { key, points: vec![(1.0, 2.0), (3.0, 4.0)], places });
        let (path, layout) = drawn(&points, GHOST_AT_8);
        assert!(
            path.starts_with(&format!("M{} {}a", layout.to_x(8.0).round() - 5.0, layout.to_y(4.0).round())),
            "{path}"
        );
        assert!(!path.contains('V'));
        // A point that is not drawn has none, and neither has a missing value.
        assert_eq!(drawn(&points, Ghost { place: Place { row: 7, position: 0 }, ..GHOST_AT_8 }).0, "");
        assert_eq!(drawn(&points, Ghost { x: Some(f64::NAN), ..GHOST_AT_8 }).0, "");
        // Where only one coordinate is known, a line.
        assert!(drawn(&points, Ghost { across: true, ..GHOST_AT_8 }).0.starts_with("M"));
        assert!(!drawn(&points, Ghost { across: true, ..GHOST_AT_8 }).0.contains('a'));
    }

    #[test]
    fn the_ghost_of_a_counted_value_stands_on_the_axis_and_beyond_it_is_an_arrow() {
        let key = Key { name: "a".into(), role: 3 };
        let bars = scene(Mark::Steps { key, low: 0.0, high: 10.0, heights: vec![1.0, 2.0], ends: None, outside: 0 });
        let (path, layout) = drawn(&bars, GHOST_AT_8);
        assert!(path.ends_with(&format!("V{}", layout.plot.3)), "{path}");
        let (path, _) = drawn(&bars, Ghost { x: Some(80.0), ..GHOST_AT_8 });
        assert!(path.starts_with(&format!("M{} ", layout.to_x(10.0) + 5.0)) && path.ends_with('Z'), "{path}");
        let (path, _) = drawn(&bars, Ghost { x: Some(-80.0), ..GHOST_AT_8 });
        assert!(path.starts_with(&format!("M{} ", layout.to_x(0.0) - 5.0)) && path.ends_with('Z'), "{path}");
    }
}
