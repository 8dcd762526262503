//! BatchNorm without skip connections, before any step: how much gradients grow from layer to layer.

use normlab_data::random::Stream;
use normlab_engine::moments;
use normlab_training::{Examples, Phase, softmax_cross_entropy};

use super::outcome::{DepthOutcome, Explosion};
use crate::networks::{Mlp, NetworkNorm};
use crate::{Refusal, RunControl};

/// Width and batch are as large: the theory is of infinite ones.
const WIDTH: usize = 128;
const DEPTH: usize = 30;
const CLASSES: usize = 10;
/// Streams of random numbers: those of networks count from 0.
const STREAM: u64 = 1 << 35;

/// Yang et al. 2019: `sqrt(pi / (pi - 1))` for ReLU.
pub fn theory() -> f64 {
    (std::f64::consts::PI / (std::f64::consts::PI - 1.0)).sqrt()
}

/// Random inputs with random classes, once forward and back.
pub async fn measure(seed: u64, control: &RunControl<'_, DepthOutcome>) -> Result<Explosion, Refusal> {
    let mut stream = Stream::new(seed, STREAM);
    let data = Examples {
        width: WIDTH,
        x: (0..WIDTH * WIDTH).map(|_| stream.normal() as f32).collect(),
        class: (0..WIDTH).map(|_| stream.below(CLASSES as u64) as u32).collect(),
    };
    let rows: Vec<usize> = (0..WIDTH).collect();
    let mut network = Mlp::new(DEPTH, WIDTH, NetworkNorm::Batch).network(WIDTH, CLASSES);
    network.initialize(seed);
    control.yield_now(0.95).await?;
    network.forward(&data, &rows, Phase::Training);
    control.yield_now(0.97).await?;
    let (logits, d_logits) = network.output_mut();
    softmax_cross_entropy(logits, &data.class, CLASSES, d_logits);
    network.backward();
    let norm = |values: &[f32]| values.iter().map(|value| f64::from(*value) * f64::from(*value)).sum::<f64>().sqrt();
    let of_layer =
        |(node, _): (usize, &str)| norm(network.d_activation(node + 1)) * moments(network.activation(node + 1)).sd;
    let products = network.names().enumerate().filter(|(_, name)| *name == "ReLU").map(of_layer).collect();
    Ok(Explosion { products })
}
