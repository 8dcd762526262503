//! What tells one series from another: colour, shape and dash together, so that colour is never the only sign.

use std::f64::consts::TAU;

/// The marker of a series, in pictures and in legends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerShape {
    Square,
    Circle,
    Triangle,
    Diamond,
    Plus,
    Hexagon,
    TriangleDown,
    Cross,
}

impl MarkerShape {
    pub const ALL: [Self; 8] = [
        Self::Square,
        Self::Circle,
        Self::Triangle,
        Self::Diamond,
        Self::Plus,
        Self::Hexagon,
        Self::TriangleDown,
        Self::Cross,
    ];

    /// The corners of the shape around (0, 0), y downwards, of about the area of a circle of radius 1.
    pub fn corners(self) -> Vec<(f64, f64)> {
        let polygon = |corners: usize, radius: f64, first_turn: f64| -> Vec<(f64, f64)> {
            (0..corners)
                .map(|index| {
                    let (sin, cos) = libm::sincos(TAU * (first_turn + index as f64 / corners as f64));
                    (radius * sin, -radius * cos)
                })
                .collect()
        };
        match self {
            Self::Square => polygon(4, 1.25, 0.125),
            Self::Circle => polygon(32, 1.0, 0.0),
            Self::Triangle => polygon(3, 1.4, 0.0),
            Self::TriangleDown => polygon(3, 1.4, 0.5),
            Self::Diamond => polygon(4, 1.35, 0.0),
            Self::Hexagon => polygon(6, 1.1, 0.0),
            Self::Plus => cross(0.0),
            Self::Cross => cross(0.125),
        }
    }

    /// The shape as the `d` of an SVG `path` around (0, 0), for legends.
    pub fn path(self, radius: f64) -> String {
        let corners: Vec<String> =
            self.corners().iter().map(|(x, y)| format!("{:.2} {:.2}", x * radius, y * radius)).collect();
        format!("M{}Z", corners.join("L"))
    }
}

/// A cross of two bars, turned by a part of a full turn.
fn cross(turn: f64) -> Vec<(f64, f64)> {
    const LONG: f64 = 1.3;
    const THIN: f64 = 0.42;
    let (sin, cos) = libm::sincos(TAU * turn);
    let arm = [(-THIN, -LONG), (THIN, -LONG), (THIN, -THIN)];
    (0..4)
        .flat_map(|quarter| {
            arm.map(|(x, y)| match quarter {
                0 => (x, y),
                1 => (-y, x),
                2 => (-x, -y),
                _ => (y, -x),
            })
        })
        .map(|(x, y)| (x * cos - y * sin, x * sin + y * cos))
        .collect()
}

/// The pattern of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    Solid,
    Long,
    Short,
    Dotted,
}

impl Dash {
    pub const ALL: [Self; 4] = [Self::Solid, Self::Long, Self::Short, Self::Dotted];

    /// Lengths of strokes and gaps in turn, in CSS pixels; empty for a solid line. As in SVG's `stroke-dasharray`.
    pub fn lengths(self) -> &'static [f64] {
        match self {
            Self::Solid => &[],
            Self::Long => &[10.0, 3.0],
            Self::Short => &[5.0, 3.0],
            Self::Dotted => &[2.0, 3.0],
        }
    }
}

/// How a series looks.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesStyle {
    /// For CSS: `#0072b2`.
    pub colour: String,
    pub shape: MarkerShape,
    pub dash: Dash,
}
