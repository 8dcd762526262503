//! Pictures that are drawn by code.

use normlab_data::random::Stream;
use normlab_parameters::Options;

/// Height and width in pixels.
pub const SIDE: usize = 96;
/// Standard deviation of the grain of the paper, in grey levels.
const GRAIN: f64 = 6.0;
/// Streams of random numbers, one for each picture.
const STREAM: u64 = 1 << 38;
/// Dots on a picture of dots.
const DOTS: usize = 60;
/// Clouds are smooth between so many points a side.
const CLOUDS: usize = 12;

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawnPicture {
    House,
    Face,
    Stripes,
    Checks,
    Dots,
    Clouds,
}

impl Options for DrawnPicture {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::House, "house", "house"),
        (Self::Face, "face", "face"),
        (Self::Stripes, "stripes", "stripes"),
        (Self::Checks, "checks", "checks"),
        (Self::Dots, "dots", "dots"),
        (Self::Clouds, "clouds", "clouds"),
    ];
}

impl DrawnPicture {
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(picture, ..)| *picture == self).map_or("", |(.., name)| name)
    }

    /// After `the picture of`.
    pub fn noun(self) -> &'static str {
        match self {
            Self::House => "a house",
            Self::Face => "a face",
            several => several.name(),
        }
    }

    /// Grey levels from about 0 (white) to 255 (black), row by row, on grainy paper.
    pub fn pixels(self, seed: u64) -> Vec<f64> {
        let mut stream = Stream::new(seed, STREAM + self as u64);
        let shape: Box<dyn Fn(f64, f64) -> f64> = match self {
            Self::House => Box::new(house),
            Self::Face => Box::new(face),
            Self::Stripes => Box::new(|_, y| 30.0 + 200.0 * wave(12.0 * y)),
            Self::Checks => Box::new(|x, y| if (wave(6.0 * x) > 0.5) == (wave(6.0 * y) > 0.5) { 220.0 } else { 40.0 }),
            Self::Dots => {
                let dots: Vec<(f64, f64)> = (0..DOTS).map(|_| (stream.uniform(), stream.uniform())).collect();
                Box::new(move |x, y| if dots.iter().any(|dot| is_near((x, y), *dot, 0.03)) { 220.0 } else { 40.0 })
            }
            Self::Clouds => {
                let heights: Vec<f64> = (0..CLOUDS * CLOUDS).map(|_| 130.0 + 60.0 * stream.normal()).collect();
                Box::new(move |x, y| cloud(&heights, x, y))
            }
        };
        let middle = |index: usize| (index as f64 + 0.5) / SIDE as f64;
        let places = (0..SIDE * SIDE).map(|at| (middle(at % SIDE), middle(at / SIDE)));
        places.map(|(x, y)| shape(x, y) + GRAIN * stream.normal()).collect()
    }
}

/// Up and down between 0 and 1 once a unit, in straight lines.
fn wave(at: f64) -> f64 {
    2.0 * (at - at.floor() - 0.5).abs()
}

fn is_near((x, y): (f64, f64), (at_x, at_y): (f64, f64), radius: f64) -> bool {
    (x - at_x) * (x - at_x) + (y - at_y) * (y - at_y) < radius * radius
}

/// x to the right and y down, from 0 to 1.
fn house(x: f64, y: f64) -> f64 {
    let is_in = |left: f64, right: f64, top: f64, bottom: f64| x > left && x < right && y > top && y < bottom;
    if is_in(0.45, 0.55, 0.62, 0.8) || is_in(0.35, 0.41, 0.52, 0.6) || is_in(0.59, 0.65, 0.52, 0.6) {
        60.0
    } else if is_in(0.3, 0.7, 0.45, 0.8) {
        200.0
    } else if y > 0.2 && y < 0.45 && (x - 0.5).abs() < 1.1 * (y - 0.2) {
        160.0
    } else if is_near((x, y), (0.84, 0.17), 0.09) {
        230.0
    } else if y > 0.78 {
        110.0
    } else {
        40.0
    }
}

fn face(x: f64, y: f64) -> f64 {
    let is_mouth = y > 0.55 && is_near((x, y), (0.5, 0.52), 0.24) && !is_near((x, y), (0.5, 0.49), 0.22);
    if is_near((x, y), (0.37, 0.4), 0.05) || is_near((x, y), (0.63, 0.4), 0.05) || is_mouth {
        220.0
    } else if is_near((x, y), (0.5, 0.5), 0.4) {
        100.0
    } else {
        30.0
    }
}

/// Smooth between points of a grid, which goes on at its other edge.
fn cloud(heights: &[f64], x: f64, y: f64) -> f64 {
    let smooth = |part: f64| part * part * (3.0 - 2.0 * part);
    let (x, y) = (x * CLOUDS as f64, y * CLOUDS as f64);
    let (column, line) = (x.floor(), y.floor());
    let (across, down) = (smooth(x - column), smooth(y - line));
    let height = |right: usize, below: usize| {
        heights[(line as usize + below) % CLOUDS * CLOUDS + (column as usize + right) % CLOUDS]
    };
    let mixed = |below: usize| height(0, below) + across * (height(1, below) - height(0, below));
    mixed(0) + down * (mixed(1) - mixed(0))
}
