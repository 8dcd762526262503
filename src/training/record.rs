//! What goes on inside of a network in one step, layer by layer.

use normlab_engine::moments;

use crate::network::Network;

/// One layer after a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerRecord {
    /// What it is, as `linear`.
    pub name: &'static str,
    /// Mean and standard deviation of what comes out, over examples and units.
    pub mean: f64,
    pub deviation: f64,
    /// Of a ReLU, the share of units that are 0 for every example of the batch.
    pub dead: Option<f64>,
    /// Norm of the gradient of the loss by what comes out.
    pub gradient: f64,
    /// Of a layer that learns: norm of its parameters, of their gradient, and of what the step changed.
    pub learned: Option<LearnedNorms>,
}

/// Euclidean norms of a layer's parameters, of their gradient, and of their change in the step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LearnedNorms {
    pub weights: f64,
    pub gradient: f64,
    pub update: f64,
}

/// Euclidean norm, added up in f64.
pub fn norm(values: impl Iterator<Item = f32>) -> f64 {
    values.map(|value| f64::from(value) * f64::from(value)).sum::<f64>().sqrt()
}

/// Every layer of a network whose parameters were `before` the step.
pub fn records(network: &Network, before: &[f32]) -> Vec<LayerRecord> {
    let of_node = |(node, name): (usize, &'static str)| {
        let output = network.activation(node + 1);
        let found = moments(output);
        let range = network.range(node);
        let learned = (!range.is_empty()).then(|| {
            let now = &network.parameters()[range.clone()];
            let before = before.get(range.clone()).unwrap_or(now);
            LearnedNorms {
                weights: norm(now.iter().copied()),
                gradient: norm(network.d_parameters()[range].iter().copied()),
                update: norm(now.iter().zip(before).map(|(now, before)| now - before)),
            }
        });
        LayerRecord {
            name,
            mean: found.mean,
            deviation: found.sd,
            dead: (name == "ReLU").then(|| dead(output, network.width_of(node + 1))),
            gradient: norm(network.d_activation(node + 1).iter().copied()),
            learned,
        }
    };
    network.names().enumerate().map(of_node).collect()
}

/// The share of units that no example makes greater than 0.
fn dead(output: &[f32], width: usize) -> f64 {
    let is_dead = |unit: &usize| output.iter().skip(*unit).step_by(width).all(|value| *value <= 0.0);
    (0..width).filter(is_dead).count() as f64 / width.max(1) as f64
}
