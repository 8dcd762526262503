//! Steps of an optimizer on a quadratic loss.

use normlab_parameters::Options;

use super::TOLERANCE;
use super::outcome::{Lane, TrailStop};
use super::quadratic::{Quadratic, dot};

/// Of Kingma and Ba 2014.
const DECAYS: (f64, f64) = (0.9, 0.999);
const EPSILON: f64 = 1e-8;
/// The first steps are kept one by one, later ones at equal ratios.
const SINGLY: u64 = 20;
const KEPT: usize = 118;

/// What makes a step of a gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optimizer {
    Plain,
    Momentum,
    Adam,
    /// No steps: the normal equations are solved.
    Closed,
}

impl Options for Optimizer {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Plain, "plain", "gradient descent"),
        (Self::Momentum, "momentum", "with momentum"),
        (Self::Adam, "adam", "Adam"),
        (Self::Closed, "closed", "closed form"),
    ];
}

/// How large steps are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepSettings {
    pub rate: f64,
    pub momentum: f64,
}

/// A walk on its way.
///
/// Gradient descent and momentum act on every eigenvector alone, so these are walked in their coordinates, where nothing
/// cancels; Adam acts on every weight alone, and is walked in those of the weights.
pub struct Walk<'a> {
    quadratic: &'a Quadratic,
    optimizer: Optimizer,
    step_settings: StepSettings,
    most: u64,
    /// Steps that are kept.
    stops: Vec<u64>,
    at_start: f64,
    n_steps: u64,
    /// From the best place: along eigenvectors, or for Adam along weights.
    place: [f64; 3],
    velocity: [f64; 3],
    squares: [f64; 3],
    /// What is left of the first gradients' weight in the running means.
    fading: (f64, f64),
    reached: Option<u64>,
    diverged: Option<u64>,
    trail: Vec<TrailStop>,
    last: TrailStop,
}

impl<'a> Walk<'a> {
    pub fn new(quadratic: &'a Quadratic, optimizer: Optimizer, step_settings: StepSettings, most: u64) -> Self {
        let from_best = [0, 1, 2].map(|index| quadratic.start[index] - quadratic.best[index]);
        let along = quadratic.along(from_best);
        let at_start = quadratic.excess(along);
        let first = TrailStop { step: 0, weights: quadratic.start, along, left: 1.0 };
        Self {
            quadratic,
            optimizer,
            step_settings,
            most: if optimizer == Optimizer::Closed { 1 } else { most },
            stops: stops(most),
            at_start,
            n_steps: 0,
            place: if optimizer == Optimizer::Adam { from_best } else { along },
            velocity: [0.0; 3],
            squares: [0.0; 3],
            fading: (1.0, 1.0),
            reached: (at_start == 0.0).then_some(0),
            diverged: None,
            trail: vec![first],
            last: first,
        }
    }

    pub fn goes_on(&self) -> bool {
        self.n_steps < self.most && self.reached.is_none() && self.diverged.is_none()
    }

    pub fn n_steps(&self) -> u64 {
        self.n_steps
    }

    pub fn step(&mut self) {
        self.n_steps += 1;
        match self.optimizer {
            Optimizer::Plain => self.plain(0.0),
            Optimizer::Momentum => self.plain(self.step_settings.momentum),
            Optimizer::Adam => self.adam(),
            Optimizer::Closed => {
                let solved = self.quadratic.solved().unwrap_or([f64::NAN; 3]);
                self.place = self.quadratic.along([0, 1, 2].map(|index| solved[index] - self.quadratic.best[index]));
            }
        }
        if !self.place.iter().all(|value| value.is_finite()) {
            self.diverged = Some(self.n_steps);
            return;
        }
        let along = if self.optimizer == Optimizer::Adam { self.quadratic.along(self.place) } else { self.place };
        let left = self.quadratic.excess(along) / self.at_start;
        if left <= TOLERANCE {
            self.reached = Some(self.n_steps);
        }
        if left.is_finite() {
            self.last = TrailStop { step: self.n_steps, weights: [0.0; 3], along, left };
            if self.stops.binary_search(&self.n_steps).is_ok() {
                self.keep();
            }
        }
    }

    /// Heavy ball (Polyak 1964); without momentum, gradient descent. A gradient is a sum over rows, divided by their number:
    /// it is the sum that overflows first.
    fn plain(&mut self, momentum: f64) {
        let n = self.quadratic.n_rows;
        for index in 0..3 {
            let gradient = n * (self.quadratic.values[index] * self.place[index]) / n;
            self.velocity[index] = momentum * self.velocity[index] + gradient;
            self.place[index] -= self.step_settings.rate * self.velocity[index];
        }
    }

    fn adam(&mut self) {
        self.fading = (self.fading.0 * DECAYS.0, self.fading.1 * DECAYS.1);
        let gradient = self.quadratic.curvature.map(|row| dot(row, self.place));
        for (index, slope) in gradient.into_iter().enumerate() {
            self.velocity[index] = DECAYS.0 * self.velocity[index] + (1.0 - DECAYS.0) * slope;
            self.squares[index] = DECAYS.1 * self.squares[index] + (1.0 - DECAYS.1) * slope * slope;
            let size = (self.squares[index] / (1.0 - self.fading.1)).sqrt() + EPSILON;
            self.place[index] -= self.step_settings.rate * self.velocity[index] / (1.0 - self.fading.0) / size;
        }
    }

    fn keep(&mut self) {
        let weights = self.quadratic.weights(self.last.along);
        self.trail.push(TrailStop { weights, ..self.last });
    }

    /// What came of it.
    pub fn lane(mut self) -> Lane {
        if self.trail.last().is_none_or(|stop| stop.step < self.last.step) {
            self.keep();
        }
        Lane {
            rescaling: self.quadratic.rescaling,
            rate: self.step_settings.rate,
            n_steps: self.n_steps,
            reached: self.reached,
            diverged: self.diverged,
            trail: self.trail,
        }
    }
}

/// The steps that are kept of so many: the first ones singly, later ones at equal ratios.
pub fn stops(most: u64) -> Vec<u64> {
    let mut stops: Vec<u64> = (0..=most.min(SINGLY)).collect();
    let n_later = KEPT - stops.len();
    let ratio = libm::pow(most as f64 / SINGLY as f64, 1.0 / n_later as f64);
    let mut place = SINGLY as f64;
    for _ in 0..n_later {
        place *= ratio;
        let step = (place.round() as u64).min(most);
        if stops.last().is_some_and(|last| step > *last) {
            stops.push(step);
        }
    }
    if stops.last().is_some_and(|last| *last < most) {
        stops.push(most);
    }
    stops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn early_steps_are_kept_singly_and_few_are_kept_in_all() {
        for most in [10, 21, 500, 100_000] {
            let stops = stops(most);
            assert!(stops.len() <= 120 && stops.is_sorted_by(|a, b| a < b), "{most}: {}", stops.len());
            assert_eq!((stops[0], stops[10], *stops.last().unwrap()), (0, 10, most));
        }
    }
}
