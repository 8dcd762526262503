//! How the values that share statistics with a picked one look in a picture, and how the other groups do.

use std::fmt::Write;

use super::element::{HighlightedSeries, Hit, PlotElement, hit, series};
use super::layout::PlotLayout;
use super::scene::{Mark, Scene};

/// Which group a value is in, seen from the picked one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// That of the picked value.
    Same,
    /// Another; neighbours alternate.
    Even,
    Odd,
}

/// What of a series is in the group.
#[derive(Clone, Debug, PartialEq)]
pub enum GroupPart<'a> {
    None,
    Some(HighlightedSeries<'a>),
    All,
}

/// The members of the group, and every second one of the other groups where these are told apart: the `d` of SVG paths in
/// the units of the layout, of which `ratio` make a CSS pixel.
pub fn group_highlight<'a>(
    scene: &Scene,
    layout: &PlotLayout,
    ratio: f64,
    part: impl Fn(usize) -> GroupPart<'a>,
    shade: impl Fn(usize, Hit) -> Shade,
) -> [String; 2] {
    let [mut same, mut odd] = [String::new(), String::new()];
    let pixel = |value: f64| value.round() as i32;
    let (left, _, right, bottom) = layout.plot;
    for (index, mark) in series(scene).enumerate() {
        if let Mark::Cells { .. } = mark {
            tiles(scene, layout, (index, ratio), &shade, [&mut same, &mut odd]);
            continue;
        }
        let part = part(index);
        match (mark, &part) {
            (_, GroupPart::None) => {}
            (Mark::Steps { low, high, heights, .. }, part) => {
                let counts: Vec<f64> = match part {
                    GroupPart::Some(highlighted) => highlighted.counts.iter().map(|count| *count as f64).collect(),
                    _ => heights.clone(),
                };
                let edge =
                    |bar: usize| pixel(layout.to_x(layout.between(*low, *high, bar as f64 / counts.len() as f64)));
                for (bar, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0.0) {
                    let top = pixel(layout.to_y(*count)).min(bottom - pixel(2.0 * ratio));
                    let _ = write!(same, "M{} {bottom}V{top}H{}V{bottom}Z", edge(bar), edge(bar + 1));
                }
            }
            // A band that is one group is highlighted as a whole.
            (Mark::Points { .. }, GroupPart::All) if layout.bands => {
                let (row, end) = (scene.y.row(index), 0.48);
                frame(&mut same, (left, pixel(layout.to_y(row + end)), right, pixel(layout.to_y(row - end))));
            }
            (Mark::Points { points, .. }, _) => {
                let radius = pixel((scene.dot().0 + 1.0) * ratio);
                for (point, (x, y)) in points.iter().enumerate().filter(|(_, (x, y))| layout.holds(*x, *y)) {
                    let here = hit(scene, PlotElement { series: index, index: point });
                    if here.is_some_and(|here| shade(index, here) == Shade::Same) {
                        let (x, y) = (pixel(layout.to_x(*x)), pixel(layout.to_y(*y)));
                        frame(&mut same, (x - radius, y - radius, x + radius, y + radius));
                    }
                }
            }
            (mark, part) => {
                let (top, low) = match mark {
                    Mark::Box { at, .. } => (pixel(layout.to_y(at + 0.45)), pixel(layout.to_y(at - 0.45))),
                    _ => (bottom - pixel(6.0 * ratio), bottom),
                };
                match part {
                    GroupPart::Some(highlighted) if !highlighted.values.is_empty() => {
                        for value in highlighted.values.iter().filter(|value| !value.is_nan()) {
                            let x = pixel(layout.to_x(*value));
                            let _ = write!(same, "M{x} {top}V{low}");
                        }
                    }
                    GroupPart::Some(highlighted) if highlighted.range.0 <= highlighted.range.1 => {
                        let ends = [highlighted.range.0, highlighted.range.1].map(|end| pixel(layout.to_x(end)));
                        frame(&mut same, (ends[0], top, ends[1], low));
                    }
                    GroupPart::All => frame(&mut same, (left, top, right, low)),
                    _ => {}
                }
            }
        }
    }
    [same, odd]
}

/// Frames of other groups have at least so many CSS pixels a side.
const TOLD_APART: f64 = 6.0;

/// The cells of a grid by their groups: neighbours of one shade are one frame.
fn tiles(
    scene: &Scene,
    layout: &PlotLayout,
    (index, ratio): (usize, f64),
    shade: &impl Fn(usize, Hit) -> Shade,
    [same, odd]: [&mut String; 2],
) {
    let Some(Mark::Cells { x, y, columns, parts, .. }) = series(scene).nth(index) else { return };
    let lines = parts.len() / (*columns).max(1);
    let edge =
        |from: f64, to: f64, at: usize, all: usize| (from + (to - from) * at as f64 / all.max(1) as f64).round() as i32;
    let column_edge = |at: usize| edge(layout.to_x(x.0), layout.to_x(x.1), at, *columns);
    let line_edge = |at: usize| edge(layout.to_y(y.1), layout.to_y(y.0), at, lines);
    let part = |from: f64, to: f64, all: usize| (to - from).abs() / all.max(1) as f64;
    let across = part(layout.to_x(x.0), layout.to_x(x.1), *columns);
    let (down, least) = (part(layout.to_y(y.1), layout.to_y(y.0), lines), TOLD_APART * ratio);
    let shades = |line: usize| -> Vec<Shade> {
        let cells = line * columns..(line + 1) * columns;
        let here = cells.map(|cell| hit(scene, PlotElement { series: index, index: cell }));
        here.map(|here| here.map_or(Shade::Even, |here| shade(index, here))).collect()
    };
    let mut first = 0;
    let mut open = if lines > 0 { shades(0) } else { Vec::new() };
    for line in 1..=lines {
        let next = if line < lines { shades(line) } else { Vec::new() };
        if next == open {
            continue;
        }
        let mut start = 0;
        for run in open.chunk_by(|a, b| a == b) {
            let place = (column_edge(start), line_edge(first), column_edge(start + run.len()), line_edge(line));
            match run[0] {
                Shade::Same => frame(same, place),
                // Frames that are too small to be told apart would only darken the picture.
                Shade::Odd if across * (run.len() as f64) >= least && down * ((line - first) as f64) >= least => {
                    frame(odd, place);
                }
                Shade::Odd => {}
                Shade::Even => {}
            }
            start += run.len();
        }
        (first, open) = (line, next);
    }
}

fn frame(path: &mut String, (left, top, right, bottom): (i32, i32, i32, i32)) {
    let _ = write!(path, "M{left} {top}H{right}V{bottom}H{left}Z");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Axis, Key, Place, Theme, layout};

    fn key() -> Key {
        Key { name: "s".into(), role: 0 }
    }

    fn none(_: usize, _: Hit) -> Shade {
        Shade::Odd
    }

    #[test]
    fn bars_of_the_group_are_those_that_are_counted_in_it() {
        let steps = Mark::Steps { key: key(), low: 0.0, high: 2.0, heights: vec![4.0, 0.0], ends: None, outside: 0 };
        let (x, y) = (Axis::new("x", 0.0, 2.0), Axis::counting("n", 4.0));
        let scene = Scene { x, y, marks: vec![steps], ..Scene::default() };
        let laid = layout(&scene, (200, 100), &Theme::light(), 1.0);
        let drawn = |part: GroupPart| {
            let of = |_: usize| part.clone();
            group_highlight(&scene, &laid, 1.0, of, none)[0].clone()
        };
        assert_eq!(drawn(GroupPart::None), "");
        let whole = drawn(GroupPart::All);
        assert_eq!(whole.matches('M').count(), 1, "an empty bar is not there: {whole}");
        assert_eq!(
            drawn(GroupPart::Some(HighlightedSeries { counts: &[4, 0], ..HighlightedSeries::default() })),
            whole
        );
        assert_ne!(
            drawn(GroupPart::Some(HighlightedSeries { counts: &[2, 0], ..HighlightedSeries::default() })),
            whole
        );
    }

    #[test]
    fn cells_of_one_group_are_one_frame() {
        // Two features of two positions, three rows.
        let cells = Mark::Cells {
            x: (0.0, 2.0),
            y: (0.0, 3.0),
            columns: 4,
            groups: 2,
            parts: vec![0.5; 12],
            rows: vec![0, 5, 9],
        };
        let (x, y) = (Axis::of_columns(vec!["a".into(), "b".into()]), Axis::of_rows(&[0, 5, 9]));
        let scene = Scene { x, y, marks: vec![cells], ..Scene::default() };
        let laid = layout(&scene, (400, 300), &Theme::light(), 1.0);
        let drawn = |shade: fn(u32, usize) -> Shade| {
            let shade = |_: usize, hit: Hit| match hit {
                Hit::Cell { row, feature, .. } => shade(row, feature),
                other => panic!("{other:?}"),
            };
            let none = |_: usize| GroupPart::None;
            group_highlight(&scene, &laid, 1.0, none, shade)
        };
        let [column, other] = drawn(|_, feature| if feature == 0 { Shade::Same } else { Shade::Odd });
        assert_eq!((column.matches('M').count(), other.matches('M').count()), (1, 1));
        let [row, others] = drawn(|row, _| match row {
            5 => Shade::Same,
            0 => Shade::Odd,
            _ => Shade::Even,
        });
        assert_eq!((row.matches('M').count(), others.matches('M').count()), (1, 1));
        assert_ne!(row, column);
    }

    /// Frames of other groups that are too small to be told apart are not there, whatever rounding makes of each.
    #[test]
    fn small_groups_have_no_frames() {
        let drawn = |size: u32| {
            let cells = Mark::Cells {
                x: (0.0, 1.0),
                y: (0.0, 1.0),
                columns: 50,
                groups: 50,
                parts: vec![0.5; 50],
                rows: vec![0],
            };
            let (x, y) = (Axis::of_columns(vec!["a".into()]), Axis::of_rows(&[0]));
            let scene = Scene { x, y, marks: vec![cells], ..Scene::default() };
            let laid = layout(&scene, (size, 300), &Theme::light(), 1.0);
            let shade = |_: usize, hit: Hit| match hit {
                Hit::Cell { feature, .. } if feature % 2 == 1 => Shade::Odd,
                _ => Shade::Even,
            };
            group_highlight(&scene, &laid, 1.0, |_: usize| GroupPart::None, shade)[1].matches('M').count()
        };
        assert_eq!((drawn(250), drawn(300), drawn(600)), (0, 0, 25));
    }

    #[test]
    fn points_of_the_group_are_marked_and_a_band_that_is_one_group_as_a_whole() {
        let points = Mark::Points {
            key: key(),
            points: vec![(1.0, 0.5), (2.0, 0.5), (3.0, 0.5)],
            places: (0..3).map(|row| Place { row, position: 0 }).collect(),
        };
        let scene = Scene {
            x: Axis::new("x", 0.0, 4.0),
            y: Axis::of_names(vec![String::new()]),
            marks: vec![points],
            ..Scene::default()
        };
        let laid = layout(&scene, (400, 100), &Theme::light(), 1.0);
        let shade = |_: usize, hit: Hit| match hit {
            Hit::Point { place, .. } if place.row < 2 => Shade::Same,
            _ => Shade::Even,
        };
        let some = |_: usize| GroupPart::Some(HighlightedSeries::default());
        assert_eq!(group_highlight(&scene, &laid, 1.0, some, shade)[0].matches('M').count(), 2);
        let all = |_: usize| GroupPart::All;
        assert_eq!(
            group_highlight(&scene, &laid, 1.0, all, shade)[0].matches('M').count(),
            if laid.bands { 1 } else { 2 }
        );
    }
}
