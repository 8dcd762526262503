//! The names there are, and the methods that have them.

use crate::method::{
    BatchNorm, GroupNorm, InstanceNorm, LayerNorm, MaxAbs, MinMax, Norm, Over, RmsNorm, Robust, UnitLength, ZScore,
};
use crate::{FeatureSharing, Method, Recipe, Scale, Shape};

/// A usual name. Finer than the list of methods: LayerNorm means two things, and so does unit length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    ZScore,
    /// In training: the statistics are those of the batch.
    BatchNorm,
    MinMax,
    Robust,
    MaxAbs,
    LayerNorm(Over),
    RmsNorm(Over),
    GroupNorm,
    InstanceNorm,
    UnitLength(Norm),
}

impl Name {
    /// Every name; of two that are equally near, the earlier is told.
    pub const ALL: [Self; 14] = [
        Self::ZScore,
        Self::BatchNorm,
        Self::MinMax,
        Self::Robust,
        Self::MaxAbs,
        Self::LayerNorm(Over::ChannelsPositions),
        Self::LayerNorm(Over::Channels),
        Self::RmsNorm(Over::ChannelsPositions),
        Self::RmsNorm(Over::Channels),
        Self::GroupNorm,
        Self::InstanceNorm,
        Self::UnitLength(Norm::L1),
        Self::UnitLength(Norm::L2),
        Self::UnitLength(Norm::Max),
    ];

    /// The method of this name with its usual settings; GroupNorm with the fewest groups of more than one that divide
    /// the features, so that it is neither LayerNorm nor, if possible, InstanceNorm.
    pub fn usual(self, features: usize) -> Method {
        match self {
            Self::ZScore => Method::ZScore(ZScore::default()),
            Self::BatchNorm => Method::BatchNorm(BatchNorm::default()),
            Self::MinMax => Method::MinMax(MinMax::default()),
            Self::Robust => Method::Robust(Robust::default()),
            Self::MaxAbs => Method::MaxAbs(MaxAbs::default()),
            Self::LayerNorm(over) => Method::LayerNorm(LayerNorm { over, ..LayerNorm::default() }),
            Self::RmsNorm(over) => Method::RmsNorm(RmsNorm { over, ..RmsNorm::default() }),
            Self::GroupNorm => {
                let groups = (2..=features).find(|groups| features.is_multiple_of(*groups)).unwrap_or(1) as u64;
                Method::GroupNorm(GroupNorm { groups, ..GroupNorm::default() })
            }
            Self::InstanceNorm => Method::InstanceNorm(InstanceNorm::default()),
            Self::UnitLength(norm) => Method::UnitLength(UnitLength { norm }),
        }
    }

    /// The method of this name that comes nearest to a recipe: with its eps, divisor, quantiles, range, number of groups,
    /// and with its gamma and beta when there is one of each, wherever the method has such a setting.
    pub fn like(self, recipe: &Recipe, shape: Shape) -> Method {
        let mut method = self.usual(shape.features);
        let eps = recipe.scale.has_eps().then_some(recipe.eps);
        let one = |numbers: &[f64]| if let [number] = *numbers { Some(number) } else { None };
        let affine = recipe.affine.as_ref().and_then(|affine| Some((one(&affine.gamma)?, one(&affine.beta)?)));
        let (gamma, beta) = affine.unwrap_or((1.0, 0.0));
        match &mut method {
            Method::ZScore(method) => {
                if let Scale::StandardDeviation(divisor) = recipe.scale {
                    method.divisor = divisor;
                }
            }
            Method::BatchNorm(method) => {
                // Without eps it would be the z-score.
                method.eps = eps.filter(|eps| *eps > 0.0).unwrap_or(method.eps);
                (method.gamma, method.beta) = (gamma, beta);
            }
            Method::MinMax(method) => {
                (method.low, method.high) = recipe.range;
                method.clip = recipe.clip.is_some();
            }
            Method::Robust(method) => {
                if let Scale::InterquantileRange { low, high, unit_variance } = recipe.scale {
                    *method = Robust { low: low * 100.0, high: high * 100.0, unit_variance };
                }
            }
            Method::MaxAbs(method) => method.clip = recipe.clip.is_some(),
            Method::LayerNorm(method) => {
                (method.eps, method.gamma, method.beta) = (eps.unwrap_or(method.eps), gamma, beta);
            }
            Method::RmsNorm(method) => (method.eps, method.gamma) = (eps.unwrap_or(method.eps), gamma),
            Method::GroupNorm(method) => {
                method.groups = match recipe.grouping.features {
                    FeatureSharing::Together => 1,
                    FeatureSharing::Separate => shape.features as u64,
                    FeatureSharing::Groups(groups) => groups as u64,
                };
                (method.eps, method.gamma, method.beta) = (eps.unwrap_or(method.eps), gamma, beta);
            }
            Method::InstanceNorm(method) => {
                (method.eps, method.gamma, method.beta) = (eps.unwrap_or(method.eps), gamma, beta);
            }
            Method::UnitLength(_) | Method::Custom(_) => {}
        }
        method
    }
}
