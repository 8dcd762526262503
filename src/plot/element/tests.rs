//! What is read where, and how it lights up.

use super::*;
use crate::{Key, Theme, highlight_paths, layout};

fn key(role: usize) -> Key {
    Key { name: format!("s{role}"), role }
}

fn bars() -> Scene {
    let steps = |role, heights: &[f64]| Mark::Steps {
        key: key(role),
        low: 0.0,
        high: 4.0,
        heights: heights.to_vec(),
        ends: None,
        outside: 0,
    };
    Scene {
        x: Axis::new("x", 0.0, 4.0),
        y: Axis::counting("n", 10.0),
        marks: vec![steps(0, &[1.0, 0.0, 5.0, 2.0]), steps(1, &[0.0, 9.0, 3.0, 0.0])],
        ..Scene::default()
    }
}

fn at(row: u32) -> Place {
    Place { row, position: 0 }
}

fn points(places: &[(f64, f64)], rows: &[u32]) -> Scene {
    Scene {
        x: Axis::new("x", 0.0, 10.0),
        y: Axis::new("y", 0.0, 10.0),
        marks: vec![Mark::Points {
            key: key(3),
            points: places.to_vec(),
            places: rows.iter().map(|&row| at(row)).collect(),
        }],
        ..Scene::default()
    }
}

fn laid(scene: &Scene) -> PlotLayout {
    layout(scene, (400, 300), &Theme::light(), 1.0)
}

#[test]
fn a_pointer_reads_the_bar_whose_top_is_nearest() {
    let scene = bars();
    let layout = laid(&scene);
    let at = |x: f64, y: f64| element_at(&scene, &layout, (layout.to_x(x), layout.to_y(y)), 5.0);
    assert_eq!(at(2.5, 5.5), Some(PlotElement { series: 0, index: 2 }));
    assert_eq!(at(2.5, 2.0), Some(PlotElement { series: 1, index: 2 }));
    assert_eq!(at(4.0, 0.0), Some(PlotElement { series: 0, index: 3 }), "the end belongs to the last bar");
    assert_eq!(at(0.5, 9.0), Some(PlotElement { series: 0, index: 0 }), "an empty bar is not read");
    assert_eq!(element_at(&scene, &layout, (1.0, 1.0), 5.0), None);
}

#[test]
fn a_pointer_reads_the_nearest_point_that_is_near() {
    let scene = points(&[(1.0, 1.0), (5.0, 5.0), (99.0, 5.0)], &[4, 7, 9]);
    let layout = laid(&scene);
    let near = (layout.to_x(5.0) + 3.0, layout.to_y(5.0) - 3.0);
    let element = element_at(&scene, &layout, near, 10.0).unwrap();
    assert_eq!(hit(&scene, element), Some(Hit::Point { place: at(7), x: 5.0, y: 5.0 }));
    assert_eq!(element_at(&scene, &layout, (near.0 + 30.0, near.1), 10.0), None);
    assert_eq!(hit(&scene, PlotElement { series: 0, index: 3 }), None);
}

#[test]
fn keys_walk_along_the_axis_and_skip_what_is_empty() {
    let scene = bars();
    let go = |from, direction| step(&scene, from, direction);
    let element = |series, index| Some(PlotElement { series, index });
    assert_eq!(go(None, Neighbour::Right), element(0, 0));
    assert_eq!(go(element(0, 0), Neighbour::Right), element(0, 2));
    assert_eq!(go(element(0, 3), Neighbour::Right), element(0, 3), "the last stays");
    assert_eq!(go(element(0, 2), Neighbour::Left), element(0, 0));
    assert_eq!(go(element(0, 0), Neighbour::Down), element(1, 1), "the nearest that is not empty");
    assert_eq!((go(element(1, 1), Neighbour::Up), go(None, Neighbour::Last)), (element(0, 0), element(0, 3)));
    let scene = points(&[(5.0, 0.0), (1.0, 0.0), (5.0, 1.0)], &[0, 1, 2]);
    let walk: Vec<_> = std::iter::successors(step(&scene, None, Neighbour::First), |element| {
        step(&scene, Some(*element), Neighbour::Right).filter(|next| next != element)
    })
    .map(|element| element.index)
    .collect();
    assert_eq!(walk, [1, 0, 2], "equal values come in the order of their rows");
}

#[test]
fn bars_end_where_counting_ends_them() {
    for (low, high, bars) in [(0.0, 1.0, 10), (0.1, 0.7, 6), (-1e9, 3e-3, 7), (11.03, 14.83, 25), (0.0, 255.0, 60)] {
        let mut before: Option<f64> = None;
        for bar in 0..bars {
            let (from, to) = bar_range(Spacing::Linear, (low, high), bars, bar);
            let counted =
                |value: f64| Spacing::Linear.histogram(&[value], low, high, bars).counts.iter().position(|n| *n > 0);
            assert_eq!((counted(from), counted(to)), (Some(bar), Some(bar)), "{low} {high} {bar}");
            assert!(before.is_none_or(|before| before.next_up() == from));
            before = Some(to);
        }
    }
}

#[test]
fn a_dragged_point_has_few_digits_and_room_beyond_the_axis() {
    let axis = Axis::new("x", 10.0, 20.0);
    assert_eq!(dragged(&axis, 0.123_456), 11.23);
    assert_eq!((dragged(&axis, 1.25), dragged(&axis, -0.25)), (30.0, 0.0));
    assert_eq!(nudged(&axis, 13.16, 1.0), 13.26);
    assert_eq!(dragged(&Axis::new("x", 0.0, 1e6), 0.123_456_7), 123_457.0);
}

#[test]
fn highlighted_values_are_bars_rings_or_lines() {
    let scene = bars();
    let layout = laid(&scene);
    let found = highlight_paths(&scene, &layout, 1.0, |series| HighlightedSeries {
        counts: if series == 0 { &[0, 0, 2, 1] } else { &[] },
        ..HighlightedSeries::default()
    });
    let (role, path) = &found[0];
    assert_eq!((found.len(), *role, path.matches('M').count()), (1, 0, 2), "{path}");
    let scene = points(&[(1.0, 1.0), (5.0, 5.0)], &[4, 7]);
    let layout = laid(&scene);
    let path =
        &highlight_paths(&scene, &layout, 1.0, |_| HighlightedSeries { rows: &[7, 8], ..HighlightedSeries::default() })
            [0]
        .1;
    assert_eq!(path.matches('a').count(), 2, "one ring: {path}");
    let line = Mark::Line { key: key(0), points: vec![(0.0, 0.0), (10.0, 1.0)], filled: true };
    let scene = Scene { marks: vec![line], ..scene };
    let highlighted =
        |values: &[f64], range| HighlightedSeries { values: values.to_vec(), range, ..HighlightedSeries::default() };
    let drawn = |values: &[f64], range| highlight_paths(&scene, &layout, 1.0, |_| highlighted(values, range)).pop();
    assert_eq!(drawn(&[1.0, f64::NAN, 2.0], (1.0, 2.0)).unwrap().1.matches('M').count(), 2);
    assert!(drawn(&[], (1.0, 2.0)).unwrap().1.ends_with('Z'));
    assert_eq!(drawn(&[], (f64::NAN, f64::NAN)), None);
}

#[test]
fn points_travel_from_their_own_place() {
    let before = points(&[(0.0, 0.0), (10.0, 10.0), (5.0, 5.0)], &[1, 2, 4]);
    let after = points(&[(10.0, 0.0), (5.0, 5.0)], &[2, 4]);
    let (there, here) = (laid(&before), laid(&after));
    let all = transition((&before, &there), (&after, &here));
    let place = |x: f64, y: f64| (here.to_x(x) as f32, here.to_y(y) as f32);
    let (from, to) = (place(10.0, 10.0), place(10.0, 0.0));
    assert_eq!(all[0].0, 3);
    assert_eq!(all[0].1[0], [from.0, from.1, to.0, to.1]);
    assert_eq!(all[0].1.len(), 2, "the first row is in one picture only");
}
