//! Which numbers share statistics.

use std::fmt;
use std::ops::Range;

use ndarray::ArrayView3;
use serde::{Deserialize, Serialize};

use crate::Error;

/// Lengths of the axes of an array `(N, C, L)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shape {
    /// N: rows of a table, members of a batch.
    pub examples: usize,
    /// C: columns of a table, channels of a layer.
    pub features: usize,
    /// L: 1 for a plain table; time steps of a sequence; pixels of an image.
    pub positions: usize,
}

impl Shape {
    /// The shape of an array.
    pub fn of<T>(array: &ArrayView3<T>) -> Self {
        let (examples, features, positions) = array.dim();
        Self { examples, features, positions }
    }

    /// The shape of an array with these lengths: `(N, C)` or `(N, C, ...)`, where all further axes together are positions.
    ///
    /// # Errors
    /// [`Error::Dimensions`] for fewer than two.
    pub fn from_dimensions(lengths: &[usize]) -> Result<Self, Error> {
        let [examples, features, positions @ ..] = lengths else {
            return Err(Error::Dimensions { found: lengths.len() });
        };
        Ok(Self { examples: *examples, features: *features, positions: positions.iter().product() })
    }

    /// Number of values.
    pub const fn len(self) -> usize {
        self.examples * self.features * self.positions
    }

    /// Whether there is no value.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}, {}, {})", self.examples, self.features, self.positions)
    }
}

/// Whether all indices of an axis share one group or each has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sharing {
    Together,
    Separate,
}

/// As [`Sharing`], for the example axis, where a batch stands in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ExampleSharing {
    Together,
    Separate,
    /// So many examples in a row share; the last batch may be smaller. At least 1.
    Batches(usize),
}

impl From<Sharing> for ExampleSharing {
    fn from(sharing: Sharing) -> Self {
        if sharing == Sharing::Together { Self::Together } else { Self::Separate }
    }
}

/// As [`Sharing`], for the feature axis, where GroupNorm stands in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FeatureSharing {
    Together,
    Separate,
    /// So many groups of neighbouring features; must divide C.
    Groups(usize),
}

/// Which numbers share statistics: one choice an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grouping {
    pub examples: ExampleSharing,
    pub features: FeatureSharing,
    pub positions: Sharing,
}

impl Grouping {
    /// One feature, over all examples and positions: the table scalers and BatchNorm.
    pub const FEATURE: Self =
        Self { examples: ExampleSharing::Together, features: FeatureSharing::Separate, positions: Sharing::Together };
    /// One example, over all features and positions: LayerNorm over (C, L).
    pub const EXAMPLE: Self =
        Self { examples: ExampleSharing::Separate, features: FeatureSharing::Together, positions: Sharing::Together };
    /// One position of one example, over all features: LayerNorm as transformers use it.
    pub const POSITION: Self =
        Self { examples: ExampleSharing::Separate, features: FeatureSharing::Together, positions: Sharing::Separate };
    /// One feature of one example, over all positions: InstanceNorm.
    pub const INSTANCE: Self =
        Self { examples: ExampleSharing::Separate, features: FeatureSharing::Separate, positions: Sharing::Together };

    /// One example, one of `groups` groups of neighbouring features, over all positions: GroupNorm.
    pub const fn channel_groups(groups: usize) -> Self {
        Self {
            examples: ExampleSharing::Separate,
            features: FeatureSharing::Groups(groups),
            positions: Sharing::Together,
        }
    }

    /// How many groups there are along each axis (examples, features, positions) of an array of this shape.
    pub fn counts(self, shape: Shape) -> (usize, usize, usize) {
        let along = |sharing, len| if sharing == Sharing::Together { 1 } else { len };
        let features = match self.features {
            FeatureSharing::Together => 1,
            FeatureSharing::Separate => shape.features,
            FeatureSharing::Groups(groups) => groups,
        };
        let examples = match self.examples {
            ExampleSharing::Together => 1,
            ExampleSharing::Separate => shape.examples,
            ExampleSharing::Batches(size) => shape.examples.div_ceil(size.max(1)),
        };
        (examples, features, along(self.positions, shape.positions))
    }

    /// Number of groups of an array of this shape.
    pub fn count(self, shape: Shape) -> usize {
        let (n, c, l) = self.counts(shape);
        n * c * l
    }

    /// Whether each feature of an array of this shape has one group, of all examples.
    pub fn is_by_feature(self, shape: Shape) -> bool {
        let one_position = self.positions == Sharing::Together || shape.positions <= 1;
        self.examples == ExampleSharing::Together && self.features == FeatureSharing::Separate && one_position
    }

    /// The group of the value at `(example, feature, position)`; groups are numbered in that order of axes.
    pub fn index(self, shape: Shape, example: usize, feature: usize, position: usize) -> usize {
        let (_, features, positions) = self.counts(shape);
        let example = match self.examples {
            ExampleSharing::Together => 0,
            ExampleSharing::Separate => example,
            ExampleSharing::Batches(size) => example / size.max(1),
        };
        let feature = match self.features {
            FeatureSharing::Together => 0,
            FeatureSharing::Separate => feature,
            FeatureSharing::Groups(groups) => feature / (shape.features / groups).max(1),
        };
        let position = if self.positions == Sharing::Together { 0 } else { position };
        (example * features + feature) * positions + position
    }

    /// Which group along each axis (examples, features, positions) the group of this index is.
    pub fn place(self, shape: Shape, group: usize) -> [usize; 3] {
        let (_, features, positions) = self.counts(shape);
        let (outer, position) = (group / positions.max(1), group % positions.max(1));
        [outer / features.max(1), outer % features.max(1), position]
    }

    /// The values of a group, as ranges of examples, features and positions. Inverse of [`Grouping::index`].
    pub fn members(self, shape: Shape, group: usize) -> [Range<usize>; 3] {
        let [example, feature, position] = self.place(shape, group);
        let (_, features, _) = self.counts(shape);
        let each = shape.features / features.max(1);
        let examples = match self.examples {
            ExampleSharing::Together => 0..shape.examples,
            ExampleSharing::Separate => example..example + 1,
            ExampleSharing::Batches(size) => example * size..(example * size).saturating_add(size).min(shape.examples),
        };
        let positions = match self.positions {
            Sharing::Together => 0..shape.positions,
            Sharing::Separate => position..position + 1,
        };
        [examples, feature * each..(feature + 1) * each, positions]
    }

    /// Whether the groups divide the features of this shape, and a batch holds an example.
    ///
    /// # Errors
    /// [`Error::Parameter`] naming the divisors, or the batch.
    pub fn check(self, shape: Shape) -> Result<(), Error> {
        if self.examples == ExampleSharing::Batches(0) {
            return Err(Error::Parameter { name: "batch", value: "0".into(), allowed: "1 or more".into() });
        }
        let FeatureSharing::Groups(groups) = self.features else { return Ok(()) };
        if groups > 0 && shape.features.is_multiple_of(groups) {
            return Ok(());
        }
        let features = shape.features;
        let divisors: Vec<String> =
            (1..=features).filter(|d| features.is_multiple_of(*d)).map(|d| d.to_string()).collect();
        let allowed = format!("a divisor of the number of features ({features}): {}", divisors.join(", "));
        Err(Error::Parameter { name: "groups", value: groups.to_string(), allowed })
    }
}
