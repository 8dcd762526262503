//! What makes a step of a gradient.

/// How parameters `w` move against their gradient `d`, at learning rate `r`.
#[derive(Clone, Debug, PartialEq)]
pub enum NetworkOptimizer {
    /// Stochastic gradient descent: `w -= r d`.
    Sgd,
    /// `v = momentum v + d`, `w -= r v` (as PyTorch has it).
    Momentum { momentum: f32, velocity: Vec<f32> },
    /// Kingma and Ba 2014, "Adam": `m = b1 m + (1 - b1) d`, `s = b2 s + (1 - b2) d^2`,
    /// `w -= r (m / (1 - b1^t)) / (sqrt(s / (1 - b2^t)) + eps)` in step `t`, with eps 1e-8.
    Adam { decay: (f32, f32), mean: Vec<f32>, square: Vec<f32>, fading: (f64, f64) },
}

impl NetworkOptimizer {
    pub fn momentum(momentum: f32) -> Self {
        Self::Momentum { momentum, velocity: Vec::new() }
    }

    /// With these decays of the running mean and of the running square; usual are 0.9 and 0.999.
    pub fn adam(mean: f32, square: f32) -> Self {
        Self::Adam { decay: (mean, square), mean: Vec::new(), square: Vec::new(), fading: (1.0, 1.0) }
    }

    /// Moves the parameters.
    pub fn step(&mut self, rate: f32, parameters: &mut [f32], gradient: &[f32]) {
        const EPS: f32 = 1e-8;
        match self {
            Self::Sgd => parameters.iter_mut().zip(gradient).for_each(|(w, d)| *w -= rate * d),
            Self::Momentum { momentum, velocity } => {
                velocity.resize(parameters.len(), 0.0);
                for ((w, d), v) in parameters.iter_mut().zip(gradient).zip(velocity) {
                    *v = *momentum * *v + d;
                    *w -= rate * *v;
                }
            }
            Self::Adam { decay, mean, square, fading } => {
                mean.resize(parameters.len(), 0.0);
                square.resize(parameters.len(), 0.0);
                *fading = (fading.0 * f64::from(decay.0), fading.1 * f64::from(decay.1));
                let (of_mean, of_square) = ((1.0 - fading.0) as f32, (1.0 - fading.1) as f32);
                for (((w, d), m), s) in parameters.iter_mut().zip(gradient).zip(mean).zip(square) {
                    *m = decay.0 * *m + (1.0 - decay.0) * d;
                    *s = decay.1 * *s + (1.0 - decay.1) * d * d;
                    *w -= rate * (*m / of_mean) / ((*s / of_square).sqrt() + EPS);
                }
            }
        }
    }
}

/// The learning rate of each step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule {
    pub rate: f64,
    /// In so many first steps it rises to the rate, by equal amounts; 0: it is there at once.
    pub warm_up: u64,
}

impl Schedule {
    /// The same rate in every step.
    pub fn constant(rate: f64) -> Self {
        Self { rate, warm_up: 0 }
    }

    /// The rate of a step, from 1.
    pub fn at(self, step: u64) -> f32 {
        if step >= self.warm_up {
            return self.rate as f32;
        }
        (self.rate * step as f64 / self.warm_up as f64) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of torch 2's formulas, by hand: gradients 1 and then 0.5 at rate 0.1.
    #[test]
    fn two_steps_of_each() {
        let after = |mut optimizer: NetworkOptimizer| {
            let mut w = [1.0];
            optimizer.step(0.1, &mut w, &[1.0]);
            optimizer.step(0.1, &mut w, &[0.5]);
            w[0]
        };
        assert!((after(NetworkOptimizer::Sgd) - 0.85).abs() < 1e-6);
        assert!((after(NetworkOptimizer::momentum(0.9)) - 0.76).abs() < 1e-6);
        // Step 1: exactly the rate. Step 2: m = 0.14 / 0.19, s = 0.001249 / 0.001999.
        let expected = 1.0 - 0.1 - 0.1 * (0.14 / 0.19) / (0.001_249_f64 / 0.001_999).sqrt();
        assert!((f64::from(after(NetworkOptimizer::adam(0.9, 0.999))) - expected).abs() < 1e-4);
    }

    #[test]
    fn the_rate_warms_up() {
        let schedule = Schedule { rate: 1.0, warm_up: 4 };
        assert_eq!([1, 2, 3, 4, 5].map(|step| schedule.at(step)), [0.25, 0.5, 0.75, 1.0, 1.0]);
        assert_eq!(Schedule::constant(0.3).at(1), 0.3);
    }
}
