//! Lines as lists of points: left out where they are straight, cut into dashes, cut off at an edge.

use super::series::MarkerShape;

/// A point in pixels.
pub(super) type Point = (f64, f64);

/// The line without the points that are nearer than `tolerance` to the straight line between their neighbours
/// (Douglas and Peucker 1973).
pub(super) fn simplified(points: &[Point], tolerance: f64) -> Vec<Point> {
    let Some(last) = points.len().checked_sub(1).filter(|last| *last > 1) else { return points.to_vec() };
    let mut kept = vec![false; points.len()];
    (kept[0], kept[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let farthest = (from + 1..to)
            .map(|index| (index, distance(points[index], points[from], points[to])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((index, _)) = farthest.filter(|(_, distance)| *distance > tolerance) {
            kept[index] = true;
            open.extend([(from, index), (index, to)]);
        }
    }
    points.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// From a point to the line segment from `a` to `b`.
fn distance(point: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let squared = dx * dx + dy * dy;
    let part =
        if squared > 0.0 { (((point.0 - a.0) * dx + (point.1 - a.1) * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
    libm::hypot(point.0 - a.0 - part * dx, point.1 - a.1 - part * dy)
}

/// The strokes of a line whose strokes and gaps have these lengths in turn; the whole line if there are none.
pub(super) fn dashed(points: &[Point], lengths: &[f64]) -> Vec<Vec<Point>> {
    if lengths.is_empty() || lengths.iter().any(|length| *length < 0.5) || points.len() < 2 {
        return vec![points.to_vec()];
    }
    let mut strokes = Vec::new();
    let mut stroke = vec![points[0]];
    let (mut turn, mut left) = (0, lengths[0]);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut rest = libm::hypot(to.0 - from.0, to.1 - from.1);
        while rest > left {
            let part = left / rest;
            from = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
            rest -= left;
            if turn % 2 == 0 {
                stroke.push(from);
                strokes.push(std::mem::take(&mut stroke));
            } else {
                stroke = vec![from];
            }
            turn += 1;
            left = lengths[turn % lengths.len()];
        }
        left -= rest;
        if turn % 2 == 0 {
            stroke.push(to);
        }
    }
    if stroke.len() > 1 {
        strokes.push(stroke);
    }
    strokes
}

/// The part of a line whose x never falls that lies between `left` and `right`, with new ends on the edges.
pub(super) fn between(points: &[Point], left: f64, right: f64) -> Vec<Point> {
    let mut inside = Vec::with_capacity(points.len());
    for (index, point) in points.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).map(|before| points[before]) {
            for edge in [left, right] {
                if before.0 < edge && edge < point.0 {
                    let part = (edge / 2.0 - before.0 / 2.0) / (point.0 / 2.0 - before.0 / 2.0);
                    inside.push((edge, before.1 * (1.0 - part) + point.1 * part));
                }
            }
        }
        if (left..=right).contains(&point.0) {
            inside.push(*point);
        }
    }
    inside
}

/// The corners of a shape around a centre.
pub(super) fn placed(shape: MarkerShape, centre: Point, radius: f64) -> Vec<Point> {
    shape.corners().into_iter().map(|(x, y)| (centre.0 + x * radius, centre.1 + y * radius)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straight_parts_lose_their_points() {
        let line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (3.0, 3.0), (4.0, 6.0)];
        assert_eq!(simplified(&line, 0.1), [(0.0, 0.0), (2.0, 0.0), (4.0, 6.0)]);
        assert_eq!(simplified(&line[..1], 0.1), line[..1]);
        assert_eq!(simplified(&[], 0.1), []);
    }

    #[test]
    fn dashes_go_around_corners() {
        let strokes = dashed(&[(0.0, 0.0), (3.0, 0.0), (3.0, 4.0)], &[4.0, 2.0]);
        assert_eq!(strokes, [vec![(0.0, 0.0), (3.0, 0.0), (3.0, 1.0)], vec![(3.0, 3.0), (3.0, 4.0)]]);
        assert_eq!(dashed(&[(0.0, 0.0), (3.0, 0.0)], &[]), [vec![(0.0, 0.0), (3.0, 0.0)]]);
    }

    #[test]
    fn a_line_is_cut_at_the_edges() {
        let line = [(0.0, 0.0), (2.0, 2.0), (10.0, 10.0)];
        assert_eq!(between(&line, 1.0, 5.0), [(1.0, 1.0), (2.0, 2.0), (5.0, 5.0)]);
        assert_eq!(between(&line, 3.0, 4.0), [(3.0, 3.0), (4.0, 4.0)]);
        assert_eq!(between(&line, 11.0, 12.0), []);
    }
}
