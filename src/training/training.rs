//! Steps of training.

use crate::batches::BatchOrder;
use crate::examples::Examples;
use crate::layer::Phase;
use crate::loss::softmax_cross_entropy;
use crate::network::Network;
use crate::optimizer::{NetworkOptimizer, Schedule};
use crate::record::{LayerRecord, norm, records};

/// Where a run became useless: a number that is not finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The step, from 1.
    pub step: u64,
    /// The first layer (from 1) whose output is not finite; `None` when only the loss is not.
    pub layer: Option<(usize, &'static str)>,
}

/// A network on its way. The same seed, data and settings give the same bits: going back is starting anew.
pub struct Training<'a> {
    pub network: Network,
    optimizer: NetworkOptimizer,
    schedule: Schedule,
    data: &'a Examples,
    order: BatchOrder,
    class: Vec<u32>,
    steps: u64,
    loss: f64,
    diverged: Option<Divergence>,
    /// The longest gradient that is taken as it is.
    longest: Option<f64>,
    /// Whether [`Self::records`] knows what a step changed.
    recording: bool,
    before: Vec<f32>,
    phase: Phase,
}

impl<'a> Training<'a> {
    /// Initializes the network, and takes batches of `size` rows of the data.
    pub fn new(
        mut network: Network,
        optimizer: NetworkOptimizer,
        schedule: Schedule,
        (data, size): (&'a Examples, usize),
        seed: u64,
    ) -> Self {
        network.initialize(seed);
        Self::resumed(network, optimizer, schedule, (data, size), seed)
    }

    /// Trains a network on that was trained before.
    pub fn resumed(
        network: Network,
        optimizer: NetworkOptimizer,
        schedule: Schedule,
        (data, size): (&'a Examples, usize),
        seed: u64,
    ) -> Self {
        Self {
            network,
            optimizer,
            schedule,
            data,
            order: BatchOrder::new(seed, data.len(), size),
            class: Vec::new(),
            steps: 0,
            loss: f64::NAN,
            diverged: None,
            longest: None,
            recording: false,
            before: Vec::new(),
            phase: Phase::Training,
        }
    }

    /// The same run in this phase: [`Phase::TrainingFrozen`] freezes BatchNorm.
    #[must_use]
    pub fn in_phase(self, phase: Phase) -> Self {
        Self { phase, ..self }
    }

    /// The same run, which can tell of every layer what a step did.
    #[must_use]
    pub fn recorded(self) -> Self {
        Self { recording: true, ..self }
    }

    /// The same run, in which a gradient of all parameters that is longer than this is made so long: Pascanu et al. 2013, "On
    /// the difficulty of training recurrent neural networks".
    #[must_use]
    pub fn clipped(self, longest: f64) -> Self {
        Self { longest: Some(longest), ..self }
    }

    /// Takes a step, unless the run has diverged: then nothing moves any more. Returns the loss of the batch before the step.
    pub fn step(&mut self) -> f64 {
        if self.diverged.is_some() {
            return self.loss;
        }
        self.steps += 1;
        let rows = self.order.next_batch();
        self.class.clear();
        self.class.extend(rows.iter().map(|row| self.data.class[*row]));
        self.network.forward(self.data, rows, self.phase);
        let classes = self.network.width();
        let (logits, d_logits) = self.network.output_mut();
        self.loss = softmax_cross_entropy(logits, &self.class, classes, d_logits);
        if !self.loss.is_finite() {
            self.diverged = Some(Divergence { step: self.steps, layer: self.first_not_finite() });
            return self.loss;
        }
        self.network.backward();
        let rate = self.schedule.at(self.steps);
        if self.recording {
            self.before.clear();
            self.before.extend_from_slice(self.network.parameters());
        }
        let (parameters, gradient) = self.network.parameters_mut();
        if let Some(longest) = self.longest {
            let factor = longest / norm(gradient.iter().copied());
            if factor < 1.0 {
                gradient.iter_mut().for_each(|value| *value = (f64::from(*value) * factor) as f32);
            }
        }
        self.optimizer.step(rate, parameters, gradient);
        self.loss
    }

    fn first_not_finite(&self) -> Option<(usize, &'static str)> {
        let is_broken = |(node, _): &(usize, &'static str)| {
            self.network.activation(node + 1).iter().any(|value| !value.is_finite())
        };
        self.network.names().enumerate().find(is_broken).map(|(node, name)| (node + 1, name))
    }

    /// Steps so far.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The loss of the last batch.
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// Where it became useless, if it did.
    pub fn diverged(&self) -> Option<Divergence> {
        self.diverged
    }

    /// How many steps an epoch has.
    pub fn steps_per_epoch(&self) -> usize {
        self.order.per_epoch()
    }

    /// What the last step found and did in every layer.
    pub fn records(&self) -> Vec<LayerRecord> {
        records(&self.network, &self.before)
    }
}
