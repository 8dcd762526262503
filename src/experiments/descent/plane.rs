//! Two directions of the loss surface, as a picture shows them.

use normlab_parameters::Options;
use normlab_plot::Axis;

use super::outcome::{Lane, TrailStop};
use super::quadratic::Quadratic;
use super::two_features::TwoFeatures;

/// Room around what is shown, as a part of its width.
const ROOM: f64 = 1.3;
const LINES: u32 = 12;
/// Lines between the best place and the start.
const WITHIN: f64 = 5.0;
const CORNERS: u32 = 72;

/// What the axes of a loss surface are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaneAxes {
    /// Both weights, on axes of the same length.
    Same,
    /// Both weights, each in units of the best one.
    Own,
    /// The eigenvectors of the largest and of the smallest eigenvalue.
    Steepest,
}

impl Options for PlaneAxes {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Same, "same", "both weights, same scale"),
        (Self::Own, "own", "both weights, each in its own unit"),
        (Self::Steepest, "steepest", "steepest and flattest direction"),
    ];
}

/// A plane through the best weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    axes: PlaneAxes,
    /// How long one unit of each axis is.
    pub units: (f64, f64),
    pub best: (f64, f64),
    pub start: (f64, f64),
    /// Second derivatives of the loss, by the coordinates of the plane: xx, xy, yy.
    curvature: (f64, f64, f64),
    /// From the best place to the edges.
    half: (f64, f64),
    labels: (String, String),
}

impl Plane {
    pub fn new(axes: PlaneAxes, features: &TwoFeatures, quadratic: &Quadratic, lane: &Lane) -> Self {
        let own = |best: f64| if axes == PlaneAxes::Own && best != 0.0 { best } else { 1.0 };
        let units = (own(quadratic.best[0]), own(quadratic.best[1]));
        let [[xx, xy, _], [_, yy, _], _] = quadratic.curvature;
        let curvature = match axes {
            PlaneAxes::Steepest => (quadratic.values[0], 0.0, quadratic.values[2]),
            _ => (xx * units.0 * units.0, xy * units.0 * units.1, yy * units.1 * units.1),
        };
        let best = match axes {
            PlaneAxes::Steepest => (0.0, 0.0),
            _ => (quadratic.best[0] / units.0, quadratic.best[1] / units.1),
        };
        let name = |index: usize| {
            let feature = &features.features[index].name;
            if axes == PlaneAxes::Own {
                format!("weight of {feature}: best is 1")
            } else {
                format!("weight of {feature}")
            }
        };
        let labels = match axes {
            PlaneAxes::Steepest => ("along the steepest direction".into(), "along the flattest direction".into()),
            _ => (name(0), name(1)),
        };
        let mut plane = Self { axes, units, best, start: (0.0, 0.0), curvature, half: (1.0, 1.0), labels };
        let Some(first) = lane.trail.first() else { return plane };
        plane.start = plane.place(first);
        let away = (plane.start.0 - best.0, plane.start.1 - best.1);
        let mut half = (away.0.abs(), away.1.abs());
        if axes == PlaneAxes::Steepest && half != (0.0, 0.0) {
            // As far as the ellipse through the start reaches.
            let level = curvature.0 * away.0 * away.0 + curvature.2 * away.1 * away.1;
            half = ((level / curvature.0).sqrt(), (level / curvature.2).sqrt());
        }
        if axes == PlaneAxes::Same || half.0 == 0.0 || half.1 == 0.0 {
            let longer = half.0.max(half.1);
            half = (longer, longer);
        }
        // Nothing to see from a start in the best place.
        plane.half = if half.0 > 0.0 { (half.0 * ROOM, half.1 * ROOM) } else { (1.0, 1.0) };
        plane
    }

    pub fn place(&self, stop: &TrailStop) -> (f64, f64) {
        match self.axes {
            PlaneAxes::Steepest => (stop.along[0], stop.along[2]),
            _ => (stop.weights[0] / self.units.0, stop.weights[1] / self.units.1),
        }
    }

    pub fn x(&self) -> Axis {
        Axis::new(self.labels.0.clone(), self.best.0 - self.half.0, self.best.0 + self.half.0)
    }

    pub fn y(&self) -> Axis {
        Axis::new(self.labels.1.clone(), self.best.1 - self.half.1, self.best.1 + self.half.1)
    }

    /// Whether both axes count the same unit.
    pub fn is_square(&self) -> bool {
        self.axes == PlaneAxes::Same
    }

    /// Where a segment to a place that is too far for a picture is cut off; `None` when it is not.
    pub fn cut(&self, from: (f64, f64), to: (f64, f64)) -> Option<(f64, f64)> {
        const FAR: f64 = 1e4;
        let step = (to.0 - from.0, to.1 - from.1);
        let times = (step.0 / self.half.0).abs().max((step.1 / self.half.1).abs()) / FAR;
        (times > 1.0).then(|| (from.0 + step.0 / times, from.1 + step.1 / times))
    }

    /// Whether two places look alike.
    pub fn is_near(&self, a: (f64, f64), b: (f64, f64)) -> bool {
        const SEEN: f64 = 0.004;
        (a.0 - b.0).abs() < SEEN * self.half.0 && (a.1 - b.1).abs() < SEEN * self.half.1
    }

    /// Lines of equal loss: ellipses at equal distances, the fifth through the start.
    pub fn contours(&self) -> Vec<Vec<(f64, f64)>> {
        let (xx, xy, yy) = self.curvature;
        let away = (self.start.0 - self.best.0, self.start.1 - self.best.1);
        let level = xx * away.0 * away.0 + 2.0 * xy * away.0 * away.1 + yy * away.1 * away.1;
        let rest = yy - xy / xx * xy;
        if !(level > 0.0 && rest > 0.0) {
            return Vec::new();
        }
        // The square root of the curvature takes ellipses to circles.
        let (root, slant, height) = (xx.sqrt(), xy / xx.sqrt(), rest.sqrt());
        let ellipse = |line: u32| {
            let radius = f64::from(line) / WITHIN * level.sqrt();
            let corner = |index: u32| {
                let turn = f64::from(index % CORNERS) / f64::from(CORNERS) * std::f64::consts::TAU;
                let y = radius * libm::sin(turn) / height;
                let x = (radius * libm::cos(turn) - slant * y) / root;
                (self.best.0 + x, self.best.1 + y)
            };
            (0..=CORNERS).map(corner).collect()
        };
        (1..=LINES).map(ellipse).collect()
    }

    /// How many times as long as wide the ellipses are, in units of the axes.
    pub fn elongation(&self) -> f64 {
        let (xx, xy, yy) = self.curvature;
        let half = ((xx - yy) / 2.0 * ((xx - yy) / 2.0) + xy * xy).sqrt();
        let large = (xx + yy) / 2.0 + half;
        let small = (xx * yy - xy * xy) / large;
        if small > 0.0 { (large / small).sqrt() } else { f64::MAX }
    }
}
