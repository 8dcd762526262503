//! What the dimensions of an array are.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What one dimension of an array counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DimensionRole {
    Example,
    Feature,
    /// A time step, or one of the sides of an image.
    Position,
}

impl DimensionRole {
    /// In the order of the page.
    pub const ALL: &'static [Self] = &[Self::Example, Self::Feature, Self::Position];

    /// In words, as `feature`; also the slug.
    pub fn name(self) -> &'static str {
        match self {
            Self::Example => "example",
            Self::Feature => "feature",
            Self::Position => "position",
        }
    }

    /// The axis of that [`DimensionRole::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|axis| axis.name() == name)
    }
}

/// What each dimension of an array is, in their order. Dimensions of one kind are put one after the other, the first
/// outermost, as numpy's `reshape` does: two that count examples give as many examples as their product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DimensionRoles(Vec<DimensionRole>);

impl DimensionRoles {
    /// An array can have so many dimensions.
    pub const AT_MOST: usize = 4;

    /// `None` unless there are one to [`DimensionRoles::AT_MOST`].
    pub fn new(axes: Vec<DimensionRole>) -> Option<Self> {
        (1..=Self::AT_MOST).contains(&axes.len()).then_some(Self(axes))
    }

    /// As PyTorch lays them out: `(N)`, `(N, C)`, `(N, C, L)`, `(N, C, H, W)`. Where the second would be more features
    /// than can be looked at, they are positions of one.
    pub(super) fn usual(shape: &[u64], most_features: u64) -> Self {
        use DimensionRole::{Example, Feature, Position};
        let second = if shape.get(1).is_some_and(|&size| size > most_features) { Position } else { Feature };
        Self([Example, second, Position, Position].into_iter().take(shape.len()).collect())
    }

    pub fn as_slice(&self) -> &[DimensionRole] {
        &self.0
    }

    /// The same with another meaning of one dimension.
    #[must_use]
    pub fn with(&self, dimension: usize, axis: DimensionRole) -> Self {
        let mut axes = self.0.clone();
        if let Some(changed) = axes.get_mut(dimension) {
            *changed = axis;
        }
        Self(axes)
    }

    /// The axes of their [`Display`](fmt::Display), as the address has them.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::new(text.split(',').map(DimensionRole::from_name).collect::<Option<_>>()?)
    }

    /// What each dimension counts, in the plural; the two positions of an image are its sides.
    pub fn words(&self) -> Vec<&'static str> {
        let positions = self.0.iter().filter(|axis| **axis == DimensionRole::Position).count();
        let mut sides = ["height", "width"].into_iter();
        let word = |axis: &DimensionRole| match axis {
            DimensionRole::Example => "examples",
            DimensionRole::Feature => "features",
            DimensionRole::Position if positions == 2 => sides.next().unwrap_or("positions"),
            DimensionRole::Position => "positions",
        };
        self.0.iter().map(word).collect()
    }
}

impl fmt::Display for DimensionRoles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(|axis| axis.name()).collect();
        f.write_str(&names.join(","))
    }
}
