//! What the dimensions of an array are.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What one dimension of an array counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Axis {
    Example,
    Feature,
    /// A time step, or one of the sides of an image.
    Position,
}

impl Axis {
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

    /// The axis of that [`Axis::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|axis| axis.name() == name)
    }
}

/// What each dimension of an array is, in their order. Dimensions of one kind are put one after the other, the first
/// outermost, as numpy's `reshape` does: two that count examples give as many examples as their product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axes(Vec<Axis>);

impl Axes {
    /// An array can have so many dimensions.
    pub const AT_MOST: usize = 4;

    /// `None` unless there are one to [`Axes::AT_MOST`].
    pub fn new(axes: Vec<Axis>) -> Option<Self> {
        (1..=Self::AT_MOST).contains(&axes.len()).then_some(Self(axes))
    }

    /// As PyTorch lays them out: `(N)`, `(N, C)`, `(N, C, L)`, `(N, C, H, W)`. Where the second would be more features
    /// than can be looked at, they are positions of one.
    pub(super) fn usual(shape: &[u64], most_features: u64) -> Self {
        use Axis::{Example, Feature, Position};
        let second = if shape.get(1).is_some_and(|&size| size > most_features) { Position } else { Feature };
        Self([Example, second, Position, Position].into_iter().take(shape.len()).collect())
    }

    pub fn as_slice(&self) -> &[Axis] {
        &self.0
    }

    /// The same with another meaning of one dimension.
    #[must_use]
    pub fn with(&self, dimension: usize, axis: Axis) -> Self {
        let mut axes = self.0.clone();
        if let Some(changed) = axes.get_mut(dimension) {
            *changed = axis;
        }
        Self(axes)
    }

    /// The axes of their [`Display`](fmt::Display), as the address has them.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::new(text.split(',').map(Axis::from_name).collect::<Option<_>>()?)
    }

    /// What each dimension counts, in the plural; the two positions of an image are its sides.
    pub fn words(&self) -> Vec<&'static str> {
        let positions = self.0.iter().filter(|axis| **axis == Axis::Position).count();
        let mut sides = ["height", "width"].into_iter();
        let word = |axis: &Axis| match axis {
            Axis::Example => "examples",
            Axis::Feature => "features",
            Axis::Position if positions == 2 => sides.next().unwrap_or("positions"),
            Axis::Position => "positions",
        };
        self.0.iter().map(word).collect()
    }
}

impl fmt::Display for Axes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(|axis| axis.name()).collect();
        f.write_str(&names.join(","))
    }
}
