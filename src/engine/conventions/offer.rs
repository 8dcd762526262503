//! Which library has which method, and by what name.

use super::Conventions;
use crate::{Method, Shape};

/// What a library has for a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// This class, layer, operator or function.
    Has(&'static str),
    /// Nothing that does the same: settings stay as they are.
    Lacks,
}

impl Conventions {
    /// What the library has for a method.
    pub const fn offer(self, method: &Method) -> Offer {
        use Offer::Has;
        match (self, method) {
            (Self::Normlab, _) => Has("Normlab"),
            (Self::ScikitLearn, Method::MinMax(_)) => Has("MinMaxScaler"),
            (Self::ScikitLearn, Method::ZScore(_)) => Has("StandardScaler"),
            (Self::ScikitLearn, Method::Robust(_)) => Has("RobustScaler"),
            (Self::ScikitLearn, Method::MaxAbs(_)) => Has("MaxAbsScaler"),
            (Self::ScikitLearn, Method::UnitLength(_)) => Has("Normalizer"),
            (Self::PyTorch, Method::BatchNorm(_)) => Has("BatchNorm"),
            (Self::PyTorch, Method::LayerNorm(_)) => Has("LayerNorm"),
            (Self::PyTorch, Method::RmsNorm(_)) => Has("RMSNorm"),
            (Self::PyTorch, Method::GroupNorm(_)) => Has("GroupNorm"),
            (Self::PyTorch, Method::InstanceNorm(_)) => Has("InstanceNorm"),
            (Self::PyTorch, Method::UnitLength(_)) => Has("functional.normalize"),
            (Self::Keras, Method::ZScore(_)) => Has("Normalization"),
            (Self::Keras, Method::BatchNorm(_)) => Has("BatchNormalization"),
            (Self::Keras, Method::LayerNorm(_)) => Has("LayerNormalization"),
            (Self::Keras, Method::RmsNorm(_)) => Has("RMSNormalization"),
            (Self::Keras, Method::GroupNorm(_)) => Has("GroupNormalization"),
            (Self::Keras, Method::InstanceNorm(_)) => Has("GroupNormalization(groups=-1)"),
            (Self::Keras, Method::UnitLength(_)) => Has("UnitNormalization"),
            (Self::Flax, Method::BatchNorm(_)) => Has("BatchNorm"),
            (Self::Flax, Method::LayerNorm(_)) => Has("LayerNorm"),
            (Self::Flax, Method::RmsNorm(_)) => Has("RMSNorm"),
            (Self::Flax, Method::GroupNorm(_)) => Has("GroupNorm"),
            (Self::Flax, Method::InstanceNorm(_)) => Has("InstanceNorm"),
            (Self::Onnx, Method::ZScore(_)) => Has("MeanVarianceNormalization"),
            (Self::Onnx, Method::BatchNorm(_)) => Has("BatchNormalization"),
            (Self::Onnx, Method::LayerNorm(_)) => Has("LayerNormalization"),
            (Self::Onnx, Method::RmsNorm(_)) => Has("RMSNormalization"),
            (Self::Onnx, Method::GroupNorm(_)) => Has("GroupNormalization"),
            (Self::Onnx, Method::InstanceNorm(_)) => Has("InstanceNormalization"),
            (Self::Onnx, Method::UnitLength(_)) => Has("LpNormalization"),
            _ => Offer::Lacks,
        }
    }

    /// What else is different there and is no setting here: one sentence each.
    pub(super) fn remarks(self, method: &Method, shape: Shape) -> Vec<String> {
        let mut all = Vec::new();
        let name = self.name();
        match (self, method) {
            (Self::Keras | Self::Flax, Method::LayerNorm(_) | Method::RmsNorm(_)) if shape.positions > 1 => {
                all.push(format!("By default {name} goes over the last axis only: the features at each position."));
            }
            (Self::Keras | Self::Flax, Method::GroupNorm(_)) if !shape.features.is_multiple_of(GROUPS) => {
                let features = shape.features;
                all.push(format!(
                    "By default {name} makes {GROUPS} groups, which do not divide {features} feature{}: there that is \
                     an error.",
                    if features == 1 { "" } else { "s" }
                ));
            }
            (Self::Onnx, Method::ZScore(_)) => {
                all.push("ONNX adds 1e-9 to the standard deviation before it divides.".into());
            }
            (Self::Keras, Method::ZScore(_)) => {
                all.push("Keras divides by 1e-7 where the standard deviation is smaller.".into());
            }
            // As its `_handle_zeros_in_scale` and `_is_constant_feature` have it; here whatever varies is divided.
            (Self::ScikitLearn, Method::MinMax(_) | Method::Robust(_) | Method::MaxAbs(_)) => {
                let what = match method {
                    Method::MinMax(_) => "range",
                    Method::Robust(_) => "interquartile range",
                    _ => "largest absolute value",
                };
                all.push(format!("scikit-learn does not divide a column whose {what} is below 2.2e-15."));
            }
            (Self::ScikitLearn, Method::ZScore(_)) => {
                all.push(
                    "scikit-learn does not divide a column whose variance is no more than rounding can make of a constant: \
                     n \u{b7} 2.2e-16 of the variance, plus the square of n \u{b7} 2.2e-16 of the mean."
                        .into(),
                );
            }
            (Self::PyTorch, Method::UnitLength(_)) => {
                all.push("PyTorch divides by 1e-12 where the norm is smaller.".into());
            }
            (Self::Keras, Method::UnitLength(_)) => all.push("Keras knows the L2 norm only.".into()),
            (Self::Onnx, Method::UnitLength(_)) => all.push("ONNX knows the L1 and the L2 norm only.".into()),
            _ => {}
        }
        all
    }
}

/// As many groups GroupNorm has in Keras and Flax by default, as in the paper.
pub(super) const GROUPS: usize = 32;
