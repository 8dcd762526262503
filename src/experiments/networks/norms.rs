//! The norm layers that are compared.

use normlab_parameters::Options;
use normlab_training::NormKind;

use super::NetworkRun;

/// A norm layer in a network of vectors, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkNorm {
    None,
    Batch,
    Layer,
    Rms,
    Group,
}

impl Options for NetworkNorm {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::None, "none", "none"),
        (Self::Batch, "batch-norm", "BatchNorm"),
        (Self::Layer, "layer-norm", "LayerNorm"),
        (Self::Rms, "rms-norm", "RMSNorm"),
        (Self::Group, "group-norm", "GroupNorm"),
    ];
}

impl NetworkNorm {
    /// Groups of GroupNorm.
    pub const GROUPS: usize = 4;

    /// All, in the order of their colours.
    pub const EACH: [Self; 5] = [Self::None, Self::Batch, Self::Layer, Self::Rms, Self::Group];

    /// As the literature calls it; `none` for none.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(norm, ..)| *norm == self).map_or("", |(.., name)| name)
    }

    /// At the start of a sentence about a network.
    pub fn network(self) -> String {
        match self {
            Self::None => "The network without normalization".into(),
            norm => format!("The network with {}", norm.name()),
        }
    }

    /// Its colour and sign: the same in every figure.
    pub fn role(self) -> usize {
        Self::EACH.iter().position(|norm| *norm == self).unwrap_or(0)
    }

    /// A run of each norm, with name and colour.
    pub fn named(runs: &[NetworkRun]) -> Vec<(&'static str, usize, &NetworkRun)> {
        Self::EACH.iter().zip(runs).map(|(norm, run)| (norm.name(), norm.role(), run)).collect()
    }

    /// The layer, if there is one.
    pub fn kind(self) -> Option<NormKind> {
        match self {
            Self::None => None,
            Self::Batch => Some(NormKind::Batch),
            Self::Layer => Some(NormKind::Layer),
            Self::Rms => Some(NormKind::Rms),
            Self::Group => Some(NormKind::Group(Self::GROUPS)),
        }
    }
}
