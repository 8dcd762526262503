//! Residual networks of blocks `F(x) = W2 relu(W1 x)`.

use normlab_training::{Activation, Initialization, Linear, Network, NormKind, NormLayer};

use crate::networks::ClassificationTask;

/// Where LayerNorm stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// `x + F(x)`
    None,
    /// `norm(x + F(x))`
    Post,
    /// `x + F(norm(x))`, and a norm behind the last block.
    Pre,
    /// `x + norm(F(norm(x)))`, and a norm behind the last block.
    Both,
}

/// What is measured in a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeasuredPlaces {
    /// The node that is `W2` of the last block.
    pub last_weights: usize,
    /// The activation that is the last sum.
    pub last_sum: usize,
}

/// Adds so many blocks of this width; weights start with variance 1 / width.
pub fn push_blocks(network: &mut Network, placement: Placement, depth: usize, width: usize) -> MeasuredPlaces {
    let linear = || Linear::new(width, width, Initialization::LeCun);
    let mut places = MeasuredPlaces::default();
    for _ in 0..depth {
        let start = network.last();
        if matches!(placement, Placement::Pre | Placement::Both) {
            push_norm(network, width);
        }
        network.push(linear());
        network.push(Activation::relu(width));
        places.last_weights = network.last();
        network.push(linear());
        if placement == Placement::Both {
            push_norm(network, width);
        }
        network.push_sum(start);
        places.last_sum = network.last();
        if placement == Placement::Post {
            push_norm(network, width);
        }
    }
    if matches!(placement, Placement::Pre | Placement::Both) {
        push_norm(network, width);
    }
    places
}

fn push_norm(network: &mut Network, width: usize) {
    // LayerNorm fits any width.
    if let Ok(layer) = NormLayer::new(NormKind::Layer, width, 1) {
        network.push(layer);
    }
}

/// A linear layer into the stream, blocks, and a linear layer to the classes.
pub fn classifier(placement: Placement, depth: usize, width: usize, task: &ClassificationTask) -> Network {
    let mut network = Network::new(task.train.width);
    network.push(Linear::new(task.train.width, width, Initialization::LeCun));
    push_blocks(&mut network, placement, depth, width);
    network.push(Linear::new(width, task.classes, Initialization::LeCun));
    network
}
