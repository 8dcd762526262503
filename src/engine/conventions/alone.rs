//! What libraries do with groups of a single value, as in a batch of one.

use super::{Conventions, Offer};
use crate::method::{BatchNorm, Mode};
use crate::{Center, FeatureSharing, Method, Shape};

/// What becomes of single values that are their own centres.
#[derive(Clone, Debug, PartialEq)]
pub enum Alone {
    /// The library stops with this message.
    Refused(String),
    /// No error; every output is this, before gamma and beta.
    Output(f64),
}

impl Conventions {
    /// What the library does with an array `(N, C, L)` in which every group of the method is a single value; for BatchNorm
    /// in training the array is a batch. `None` where no group is, where nothing is subtracted, in evaluation, and where the
    /// library lacks the method.
    ///
    /// PyTorch's messages name the shape of its input: `(N, C)` here where there is one position, but for InstanceNorm,
    /// which takes `(N, C, L)` only.
    pub fn alone(self, method: &Method, shape: Shape) -> Option<Alone> {
        let recipe = method.recipe(shape).ok()?;
        let evaluates = matches!(method, Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, .. }));
        let single = !shape.is_empty() && recipe.grouping.count(shape) == shape.len();
        if !single || recipe.center == Center::None || evaluates || self.offer(method) == Offer::Lacks {
            return None;
        }
        let Shape { examples: n, features: c, .. } = shape;
        let channel = "Expected more than 1 value per channel when training, got input size";
        Some(match (self, method) {
            (Self::PyTorch, Method::BatchNorm(_)) => Alone::Refused(format!("{channel} torch.Size([{n}, {c}])")),
            (Self::PyTorch, Method::InstanceNorm(_)) => Alone::Refused(format!(
                "Expected more than 1 spatial element when training, got input size torch.Size([{n}, {c}, 1])"
            )),
            // It counts over all examples, so that two of them are enough for it; what comes out is 0 all the same.
            (Self::PyTorch, Method::GroupNorm(_)) if n == 1 => {
                let FeatureSharing::Groups(groups) = recipe.grouping.features else { return None };
                Alone::Refused(format!("{channel} [{}, {groups}]", n * c / groups))
            }
            _ => Alone::Output(recipe.range.0),
        })
    }
}
