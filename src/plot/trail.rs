//! A line through points in their order, wherever they lie: unlike a curve, its x may turn back.

use super::layout::PlotLayout;
use super::path::{Point, simplified};

/// Beyond so many widths of the plot area, only the direction counts.
const FAR: f64 = 1e6;

/// The runs of a path within the plot area, in pixels. A point that is not a number divides the path.
pub(super) fn runs(layout: &PlotLayout, points: &[Point], ratio: f64) -> Vec<Vec<Point>> {
    let (left, top, right, bottom) = layout.plot;
    let pixel = |part: Point| {
        let (width, height) = (f64::from(right - left), f64::from(bottom - top));
        (f64::from(left) + part.0 * width, f64::from(bottom) - part.1 * height)
    };
    let mut runs: Vec<Vec<Point>> = Vec::new();
    let mut before: Option<Point> = None;
    // Whether the last run ends where the last segment did.
    let mut open = false;
    for (x, y) in points {
        let parts = layout.parts(*x, *y);
        if parts.0.is_nan() || parts.1.is_nan() {
            (before, open) = (None, false);
            continue;
        }
        let here = (parts.0.clamp(-FAR, FAR), parts.1.clamp(-FAR, FAR));
        if let Some((from, to)) = before.and_then(|before| inside(before, here)) {
            match runs.last_mut().filter(|_| open && Some(from) == before) {
                Some(run) => run.push(pixel(to)),
                None => runs.push(vec![pixel(from), pixel(to)]),
            }
            open = to == here;
        } else {
            open = false;
        }
        before = Some(here);
    }
    runs.iter().map(|run| simplified(run, 0.25 * ratio.min(2.0))).collect()
}

/// The part of a segment within the unit square (Liang and Barsky, A new concept and method for line clipping, 1984).
fn inside(from: Point, to: Point) -> Option<(Point, Point)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (step, room) in [(-dx, from.0), (dx, 1.0 - from.0), (-dy, from.1), (dy, 1.0 - from.1)] {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else {
            leave = leave.min(room / step);
        }
    }
    let at = |part: f64| match part {
        0.0 => from,
        1.0 => to,
        part => (from.0 + dx * part, from.1 + dy * part),
    };
    (enter <= leave).then(|| (at(enter), at(leave)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Axis, Key, Mark, Scene, Theme, layout, svg};

    fn scene(points: &[Point]) -> Scene {
        let key = Key { name: "descent".into(), role: 0 };
        let marks = vec![Mark::Path { key, points: points.to_vec() }];
        Scene { x: Axis::new("", 0.0, 1.0), y: Axis::new("", 0.0, 1.0), marks, ..Scene::default() }
    }

    fn parts(points: &[Point]) -> Vec<Vec<Point>> {
        let scene = scene(points);
        let layout = layout(&scene, (400, 300), &Theme::light(), 1.0);
        let back = |(x, y): &Point| (layout.from_x(*x), layout.from_y(*y));
        let rounded = |(x, y): Point| ((x * 1e6).round() / 1e6, (y * 1e6).round() / 1e6);
        runs(&layout, points, 1.0).iter().map(|run| run.iter().map(back).map(rounded).collect()).collect()
    }

    #[test]
    fn a_path_may_turn_back() {
        let zigzag = [(0.1, 0.1), (0.9, 0.3), (0.1, 0.5), (0.9, 0.7)];
        assert_eq!(parts(&zigzag), [zigzag.to_vec()]);
    }

    #[test]
    fn what_is_outside_is_cut_off_at_the_edge() {
        assert_eq!(
            parts(&[(0.5, 0.5), (1.5, 0.5), (1.5, 0.25), (0.5, 0.25)]),
            [vec![(0.5, 0.5), (1.0, 0.5)], vec![(1.0, 0.25), (0.5, 0.25)]]
        );
        assert_eq!(parts(&[(2.0, 0.0), (2.0, 1.0)]), Vec::<Vec<Point>>::new());
        assert_eq!(parts(&[(-1.0, 0.5), (2.0, 0.5)]), [vec![(0.0, 0.5), (1.0, 0.5)]], "through it");
    }

    #[test]
    fn a_path_that_diverges_ends_at_the_edge_and_goes_on_after_what_is_no_number() {
        assert_eq!(parts(&[(0.5, 0.5), (f64::INFINITY, 0.5)]), [vec![(0.5, 0.5), (1.0, 0.5)]]);
        assert_eq!(
            parts(&[(0.1, 0.1), (0.2, 0.1), (f64::NAN, 0.0), (0.5, 0.5), (0.6, 0.5)]),
            [vec![(0.1, 0.1), (0.2, 0.1)], vec![(0.5, 0.5), (0.6, 0.5)]]
        );
    }

    #[test]
    fn a_file_has_it_too() {
        let document = svg(&scene(&[(0.1, 0.1), (0.9, 0.3), (0.1, 0.5)]), &Theme::light(), 400, 300);
        assert!(document.contains("<polyline"), "{document}");
    }

    #[test]
    fn contours_are_drawn_and_belong_to_no_series() {
        let lines = vec![vec![(0.1, 0.1), (0.9, 0.3)], vec![(0.2, 0.8), (0.4, 0.6)]];
        let scene = Scene { marks: vec![Mark::Contours { lines }], ..scene(&[]) };
        assert!(scene.keys().is_empty());
        let document = svg(&scene, &Theme::light(), 400, 300);
        assert_eq!(document.matches("<polyline").count(), 2, "{document}");
    }
}
