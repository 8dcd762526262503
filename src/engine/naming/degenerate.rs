//! What the shape alone says about the output.

use super::Reason;
use crate::{Center, Divisor, ExampleSharing, FeatureSharing, Recipe, Scale, Shape, Sharing};

/// Something about the output that holds for all data of this shape (without missing values).
#[derive(Clone, Debug, PartialEq)]
pub enum Degenerate {
    /// Every group is a single value, its own centre: every output is `output`, before gamma and beta. The reasons say
    /// which axes that are taken together have length 1.
    Nothing { output: f64, because: Vec<Reason> },
    /// Every group is a single value, divided by its own size: -1, 0 or 1. Not quite with an eps.
    Signs { eps: f64 },
    /// Every group has two values, which end up equally far on either side of 0: at -1 and 1. Not quite with an eps.
    Opposites { eps: f64 },
    /// The output is the input: nothing is subtracted, and nothing divides or a single value has no spread to divide by.
    Unchanged,
    /// As that, but the square root of eps divides.
    OnlyEps { eps: f64 },
}

impl Degenerate {
    /// The shape is not empty, and the groups divide it.
    pub(super) fn of(recipe: &Recipe, shape: Shape) -> Option<Self> {
        // Where the last batch is smaller, not all groups are of one size.
        if let ExampleSharing::Batches(size) = recipe.grouping.examples
            && !shape.examples.is_multiple_of(size)
        {
            return None;
        }
        let size = shape.len() / recipe.grouping.count(shape).max(1);
        let eps = if recipe.scale.has_eps() { recipe.eps } else { 0.0 };
        let centred = recipe.center != Center::None;
        if size == 1 && centred {
            return Some(Self::Nothing { output: recipe.range.0, because: alone(recipe, shape) });
        }
        let middle = matches!(recipe.center, Center::Mean | Center::Median);
        let half = recipe.scale == Scale::StandardDeviation(Divisor::N) || recipe.scale.is_of_quartiles();
        match recipe.scale {
            _ if size == 2 && middle && half => Some(Self::Opposites { eps }),
            Scale::None if !centred => Some(Self::Unchanged),
            // From here on nothing is subtracted from single values.
            _ if size != 1 => None,
            scale if scale.is_spread() && eps == 0.0 => Some(Self::Unchanged),
            scale if scale.is_spread() => Some(Self::OnlyEps { eps }),
            _ => Some(Self::Signs { eps }),
        }
    }
}

/// Why every group is a single value: the axes that are taken together though there is only one along them.
fn alone(recipe: &Recipe, shape: Shape) -> Vec<Reason> {
    let grouping = recipe.grouping;
    let features = match grouping.features {
        FeatureSharing::Separate => None,
        FeatureSharing::Groups(_) if shape.features > 1 => Some(Reason::GroupPerFeature),
        _ => Some(Reason::OneFeature),
    };
    let axes = [
        (grouping.examples != ExampleSharing::Separate).then_some(Reason::OneExample),
        features,
        (grouping.positions == Sharing::Together).then_some(Reason::OnePosition),
    ];
    axes.into_iter().flatten().collect()
}
