//! The defaults of the libraries, each measured on it.

use serde::{Deserialize, Serialize};

use super::Conventions;
use super::offer::GROUPS;
use crate::method::{BatchNorm, GroupNorm, InstanceNorm, LayerNorm, MomentumOf, Norm, RmsNorm, Stored};
use crate::method::{MaxAbs, MinMax, Robust, ZScore};
use crate::{Method, Shape};

/// What numbers are kept in; PyTorch's RMSNorm takes its eps from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FloatPrecision {
    /// f16
    Half,
    /// f32
    Single,
    /// f64
    #[default]
    Double,
}

impl Conventions {
    /// Gives a method that the library has the library's defaults. What is no default there stays: mode, batch size, gamma,
    /// beta, which axes; and the number of groups where it must be told.
    pub(super) fn set_defaults(self, method: &mut Method, shape: Shape, precision: FloatPrecision) {
        match method {
            Method::MinMax(method) => *method = MinMax::default(),
            Method::ZScore(method) => *method = ZScore::default(),
            Method::Robust(method) => *method = Robust::default(),
            Method::MaxAbs(method) => *method = MaxAbs::default(),
            Method::UnitLength(method) => method.norm = Norm::L2,
            Method::BatchNorm(method) => self.set_batch_norm(method),
            Method::LayerNorm(method) => method.eps = self.layer_eps(LayerNorm::default().eps),
            Method::InstanceNorm(method) => method.eps = self.layer_eps(InstanceNorm::default().eps),
            Method::GroupNorm(method) => {
                method.eps = self.layer_eps(GroupNorm::default().eps);
                match self {
                    Self::Normlab => method.groups = GroupNorm::default().groups,
                    Self::Keras | Self::Flax if shape.features.is_multiple_of(GROUPS) => {
                        method.groups = GROUPS as u64;
                    }
                    _ => {}
                }
            }
            Method::RmsNorm(method) => {
                method.eps = match (self, precision) {
                    // The distance from 1 to the next number of that precision.
                    (Self::PyTorch, FloatPrecision::Half) => 2.0_f64.powi(-10),
                    (Self::PyTorch, FloatPrecision::Single) => f64::from(f32::EPSILON),
                    (Self::PyTorch, FloatPrecision::Double) => f64::EPSILON,
                    (Self::Keras | Self::Flax, _) => 1e-6,
                    (Self::Onnx, _) => 1e-5,
                    (Self::Normlab | Self::ScikitLearn, _) => RmsNorm::default().eps,
                }
            }
            Method::Custom(_) => {}
        }
    }

    /// eps of LayerNorm, GroupNorm and InstanceNorm, which libraries have in common; `ours` where there is no other.
    fn layer_eps(self, ours: f64) -> f64 {
        match self {
            Self::Normlab | Self::ScikitLearn => ours,
            Self::PyTorch | Self::Onnx => 1e-5,
            Self::Keras => 1e-3,
            Self::Flax => 1e-6,
        }
    }

    fn set_batch_norm(self, method: &mut BatchNorm) {
        let usual = BatchNorm::default();
        let (eps, momentum, momentum_of, stored) = match self {
            Self::Normlab | Self::ScikitLearn => (usual.eps, usual.momentum, usual.momentum_of, usual.stored),
            Self::PyTorch => (1e-5, 0.1, MomentumOf::New, Stored::Unbiased),
            Self::Keras => (1e-3, 0.99, MomentumOf::Old, Stored::Biased),
            Self::Flax => (1e-5, 0.99, MomentumOf::Old, Stored::Biased),
            Self::Onnx => (1e-5, 0.9, MomentumOf::Old, Stored::Biased),
        };
        *method = BatchNorm { eps, momentum, momentum_of, stored, ..method.clone() };
    }
}
