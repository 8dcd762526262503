//! Networks of hidden layers in a row.

use normlab_parameters::Options;
use normlab_training::{Activation, Initialization, Linear, Network, NormLayer};

use super::NetworkNorm;

/// What follows a linear layer and its norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    Relu,
    Tanh,
    Sigmoid,
}

impl Options for Hidden {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Relu, "relu", "ReLU"), (Self::Tanh, "tanh", "tanh"), (Self::Sigmoid, "sigmoid", "sigmoid")];
}

impl Hidden {
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(hidden, ..)| *hidden == self).map_or("", |(.., name)| name)
    }

    fn layer(self, width: usize) -> Activation {
        match self {
            Self::Relu => Activation::relu(width),
            Self::Tanh => Activation::tanh(width),
            Self::Sigmoid => Activation::sigmoid(width),
        }
    }
}

/// `depth` times linear, norm, activation, each `width` wide; then a linear layer to the classes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mlp {
    pub depth: usize,
    pub width: usize,
    pub norm: NetworkNorm,
    pub hidden: Hidden,
    pub initialization: Initialization,
}

impl Mlp {
    /// With ReLU and the initialization of He.
    pub fn new(depth: usize, width: usize, norm: NetworkNorm) -> Self {
        let initialization = Initialization::He;
        Self { depth, width, norm, hidden: Hidden::Relu, initialization }
    }

    /// The network for so many inputs and classes. The width must be a multiple of the groups of GroupNorm.
    pub fn network(&self, inputs: usize, classes: usize) -> Network {
        let mut network = Network::new(inputs);
        for _ in 0..self.depth {
            network.push(Linear::new(network.width(), self.width, self.initialization));
            let layer = self.norm.kind().and_then(|kind| NormLayer::new(kind, self.width, 1).ok());
            if let Some(layer) = layer {
                network.push(layer);
            }
            network.push(self.hidden.layer(self.width));
        }
        network.push(Linear::new(self.width, classes, self.initialization));
        network
    }
}
