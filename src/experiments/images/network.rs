//! The networks that are compared: two convolutions with a norm each.

use normlab_training::{Activation, Convolution, Initialization, Linear, MeanPooling, Network, NormKind, NormLayer};

use crate::networks::NetworkNorm;

/// Height and width of the pictures.
pub const SIDE: usize = 8;
/// Channels of the first convolution, and of the second.
pub const CHANNELS: [usize; 2] = [8, 16];
/// Height and width of the squares that mean pooling puts together.
const WINDOW: usize = 2;

/// A norm layer in a network of images, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageNorm {
    None,
    Batch,
    Layer,
    Group,
    Instance,
}

impl ImageNorm {
    pub const EACH: [Self; 5] = [Self::None, Self::Batch, Self::Layer, Self::Group, Self::Instance];

    /// Of the experiments with vectors, which have no InstanceNorm.
    fn known(self) -> Option<NetworkNorm> {
        match self {
            Self::None => Some(NetworkNorm::None),
            Self::Batch => Some(NetworkNorm::Batch),
            Self::Layer => Some(NetworkNorm::Layer),
            Self::Group => Some(NetworkNorm::Group),
            Self::Instance => None,
        }
    }

    /// As the literature calls it; `none` for none.
    pub fn name(self) -> &'static str {
        self.known().map_or("InstanceNorm", NetworkNorm::name)
    }

    /// At the start of a sentence about a network.
    pub fn subject(self) -> String {
        self.known().map_or_else(|| format!("The network with {}", self.name()), NetworkNorm::network)
    }

    /// Its colour and sign: those it has in other experiments.
    pub fn role(self) -> usize {
        self.known().map_or(NetworkNorm::EACH.len(), NetworkNorm::role)
    }

    /// Where it stands among [`Self::EACH`].
    pub fn place(self) -> usize {
        self as usize
    }

    fn kind(self) -> Option<NormKind> {
        self.known().map_or(Some(NormKind::Instance), NetworkNorm::kind)
    }

    /// Twice convolution, norm, ReLU and mean pooling; then a linear layer to the classes.
    pub fn network(self, classes: usize) -> Network {
        let mut network = Network::new(SIDE * SIDE);
        let (mut before, mut side) = (1, SIDE);
        for channels in CHANNELS {
            let (size, positions) = ((side, side), side * side);
            network.push(Convolution::new(before, channels, size, Initialization::He));
            if let Some(layer) = self.kind().and_then(|kind| NormLayer::new(kind, channels, positions).ok()) {
                network.push(layer);
            }
            network.push(Activation::relu(channels * positions));
            network.push(MeanPooling::new(channels, size, WINDOW));
            (before, side) = (channels, side / WINDOW);
        }
        network.push(Linear::new(network.width(), classes, Initialization::LeCun));
        network
    }
}
