//! How the loss looks along the gradient at the start, and the exact law of scaled weights.

use normlab_training::{BatchOrder, Network, Phase, softmax_cross_entropy};

use super::LearningRates;
use super::outcome::{Landscape, RatesOutcome, ScaleLaw};
use crate::networks::{ClassificationTask, NetworkNorm};
use crate::{Refusal, RunControl};

/// Lengths of the step, from 0.001 to 10.
const POINTS: usize = 33;
const FROM: f64 = 1e-3;
const DECADES: f64 = 4.0;

/// A network at its start, with the first batch of its training.
struct Start {
    network: Network,
    rows: Vec<usize>,
    class: Vec<u32>,
}

impl Start {
    fn new(settings: &LearningRates, norm: NetworkNorm, task: &ClassificationTask, seed: u64) -> Self {
        let mut network = settings.mlp(norm).network(task.train.width, task.classes);
        network.initialize(seed);
        let mut order = BatchOrder::new(seed, task.train.len(), settings.batch as usize);
        let rows = order.next_batch().to_vec();
        let class = rows.iter().map(|row| task.train.class[*row]).collect();
        Self { network, rows, class }
    }

    /// The loss of the batch; its gradient by the output is ready to be sent back.
    fn loss(&mut self, task: &ClassificationTask) -> f64 {
        self.network.forward(&task.train, &self.rows, Phase::Training);
        let classes = self.network.width();
        let (logits, d_logits) = self.network.output_mut();
        softmax_cross_entropy(logits, &self.class, classes, d_logits)
    }
}

/// Of each norm, the loss of the first batch along its gradient.
pub async fn landscapes(
    settings: &LearningRates,
    task: &ClassificationTask,
    seed: u64,
    control: &RunControl<'_, RatesOutcome>,
    done: f32,
) -> Result<Vec<Landscape>, Refusal> {
    let mut found = Vec::new();
    for norm in NetworkNorm::EACH {
        let mut start = Start::new(settings, norm, task, seed);
        start.loss(task);
        start.network.backward();
        let (weights, gradient) = (start.network.parameters().to_vec(), start.network.d_parameters().to_vec());
        let mut points = Vec::with_capacity(POINTS);
        for index in 0..POINTS {
            let length = FROM * libm::exp10(DECADES * index as f64 / (POINTS - 1) as f64);
            let (parameters, _) = start.network.parameters_mut();
            for ((to, weight), slope) in parameters.iter_mut().zip(&weights).zip(&gradient) {
                *to = weight - length as f32 * slope;
            }
            points.push((length, start.loss(task)));
            control.yield_now(done).await?;
        }
        found.push(Landscape { points });
    }
    Ok(found)
}

/// Loss and gradient before and after the weights of the first layer are multiplied by 10, under BatchNorm.
pub fn scale_law(settings: &LearningRates, task: &ClassificationTask, seed: u64) -> Option<ScaleLaw> {
    let mut start = Start::new(settings, NetworkNorm::Batch, task, seed);
    // Without the bias, which is at the end of the parameters of a layer and 0 at the start.
    let weights = 0..task.train.width * super::WIDTH;
    let measure = |start: &mut Start| {
        let loss = start.loss(task);
        start.network.backward();
        let squares = start.network.d_parameters()[weights.clone()].iter().map(|d| f64::from(*d) * f64::from(*d));
        (loss, squares.sum::<f64>().sqrt())
    };
    let before = measure(&mut start);
    let (parameters, _) = start.network.parameters_mut();
    parameters[weights.clone()].iter_mut().for_each(|weight| *weight *= 10.0);
    let after = measure(&mut start);
    let is_known = [before.0, before.1, after.0, after.1].iter().all(|value| value.is_finite());
    is_known.then_some(ScaleLaw { loss: (before.0, after.0), gradient: (before.1, after.1) })
}
