//! One run as it is shown.

use normlab_engine::moments;
use normlab_training::{Divergence, Network, NetworkScore, Phase, Training};

use super::ClassificationTask;

/// How many points a curve has, about.
const POINTS: u64 = 60;

/// The curve of a run, and what came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkRun {
    /// Mean loss of the batches since the last point, at a step.
    pub losses: Vec<(u64, f64)>,
    /// The score on the rows that test, once the run is at its end.
    pub score: Option<NetworkScore>,
    pub diverged: Option<Divergence>,
    /// How far the unit means of what reaches the last activation function move from one point of the curve to the next, on
    /// average over points and units, in standard deviations of that layer.
    pub drift: f64,
    sum: f64,
    count: u64,
    /// The last step.
    step: u64,
    means: Vec<f64>,
}

impl NetworkRun {
    /// Takes a step of so many, and remembers it.
    pub fn step(&mut self, training: &mut Training<'_>, steps: u64) {
        if training.diverged().is_some() {
            return;
        }
        let loss = training.step();
        self.diverged = training.diverged();
        if self.diverged.is_some() {
            return;
        }
        self.sum += loss;
        self.count += 1;
        let step = training.steps();
        self.step = step;
        if step == 1 || step == steps || step.is_multiple_of((steps / POINTS).max(1)) {
            self.losses.push((step, self.sum / self.count as f64));
            (self.sum, self.count) = (0.0, 0);
            self.follow(&training.network);
        }
    }

    /// The curve so far: its points, and the mean loss since the last of them.
    pub fn curve(&self) -> impl Iterator<Item = (u64, f64)> {
        let since = (self.count > 0 && self.diverged.is_none()).then(|| (self.step, self.sum / self.count as f64));
        self.losses.iter().copied().chain(since)
    }

    /// Follows the means of the units before the last activation function.
    fn follow(&mut self, network: &Network) {
        let Some(index) = network.last().checked_sub(2) else { return };
        let (values, width) = (network.activation(index), network.width_of(index));
        let rows = values.len() as f64 / width as f64;
        let mut means = vec![0.0; width];
        for row in values.chunks_exact(width) {
            means.iter_mut().zip(row).for_each(|(mean, value)| *mean += f64::from(*value) / rows);
        }
        let points = self.losses.len() as f64;
        if !self.means.is_empty() {
            let moved = means.iter().zip(&self.means).map(|(now, before)| (now - before).abs()).sum::<f64>();
            let moved = moved / width as f64 / moments(values).sd.max(f64::MIN_POSITIVE);
            // Between n points there are n - 1 moves.
            self.drift += (moved - self.drift) / (points - 1.0);
        }
        self.means = means;
    }

    /// Asks the network for the rows that test, in batches of `size`.
    pub fn finish(&mut self, training: &mut Training<'_>, task: &ClassificationTask, size: usize) {
        self.score = Some(normlab_training::evaluate(&mut training.network, &task.test, size, Phase::Evaluation));
    }

    /// The share of right answers; 0 after a divergence, and before the end.
    pub fn accuracy(&self) -> f64 {
        match (self.diverged, self.score) {
            (None, Some(score)) => score.accuracy(),
            _ => 0.0,
        }
    }
}
