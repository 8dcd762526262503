//! In which choices two recipes differ, and which of these do not matter on an array of some shape.

use crate::{Center, Divisor, ExampleSharing, FeatureSharing, Recipe, Scale, Shape, Sharing};

/// Why a choice does not matter on this shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// N = 1: whether examples share statistics does not matter.
    OneExample,
    /// L = 1: whether positions share statistics does not matter.
    OnePosition,
    /// C = 1: whether features share statistics does not matter.
    OneFeature,
    /// One group of features is all of them.
    OneGroup,
    /// As many groups as features: each is a group of its own.
    GroupPerFeature,
    /// Every group has two values: the mean is the median, half the distance both the standard deviation and the
    /// interquartile range.
    TwoValues,
    /// Every group is a single value: its own mean, median and minimum, and its absolute value is each of its norms.
    SingleValue,
}

/// A choice that matters: what it is here, and what the named method has there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Difference {
    Examples { here: ExampleSharing, there: ExampleSharing },
    Features { here: FeatureSharing, there: FeatureSharing },
    Positions { here: Sharing, there: Sharing },
    Center { here: Center, there: Center },
    Scale { here: Scale, there: Scale },
    Divisor { here: Divisor, there: Divisor },
    Eps { here: f64, there: f64 },
}

/// What comparing found. Nothing at all: they are the same, whatever the shape.
#[derive(Debug, Default)]
pub(super) struct NamingComparison {
    pub reasons: Vec<Reason>,
    pub differences: Vec<Difference>,
}

impl NamingComparison {
    /// Notes a choice that is not the same.
    fn note(&mut self, reason: Option<Reason>, difference: Difference) {
        match reason {
            Some(reason) if self.reasons.contains(&reason) => {}
            Some(reason) => self.reasons.push(reason),
            None => self.differences.push(difference),
        }
    }
}

/// Compares what names depend on: grouping, centre, scale, eps. The shape is not empty, and the groups divide it.
pub(super) fn compare(here: &Recipe, there: &Recipe, shape: Shape) -> NamingComparison {
    let mut found = NamingComparison::default();
    let (ours, theirs) = (here.grouping, there.grouping);
    let size = shape.len() / ours.count(shape).max(1);
    if ours.examples != theirs.examples {
        let reason = (shape.examples == 1).then_some(Reason::OneExample);
        found.note(reason, Difference::Examples { here: ours.examples, there: theirs.examples });
    }
    if ours.features != theirs.features {
        let reason = features(ours.features, theirs.features, shape.features);
        found.note(reason, Difference::Features { here: ours.features, there: theirs.features });
    }
    if ours.positions != theirs.positions {
        let reason = (shape.positions == 1).then_some(Reason::OnePosition);
        found.note(reason, Difference::Positions { here: ours.positions, there: theirs.positions });
    }
    if here.center != there.center {
        let reason = centers(here.center, there.center, size);
        found.note(reason, Difference::Center { here: here.center, there: there.center });
    }
    match (here.scale, there.scale) {
        (a, b) if a == b => {}
        // Which quantiles is a setting of the method, and has been taken over.
        (Scale::InterquantileRange { .. }, Scale::InterquantileRange { .. }) => {}
        (Scale::StandardDeviation(a), Scale::StandardDeviation(b)) => {
            found.note(None, Difference::Divisor { here: a, there: b });
        }
        (a, b) => found.note(scales(here, there, size), Difference::Scale { here: a, there: b }),
    }
    if here.scale.has_eps() && there.scale.has_eps() && here.eps != there.eps {
        found.note(None, Difference::Eps { here: here.eps, there: there.eps });
    }
    found
}

/// Why two ways to share make the same groups of so many features.
fn features(a: FeatureSharing, b: FeatureSharing, features: usize) -> Option<Reason> {
    use FeatureSharing::{Groups, Separate, Together};
    match (a, b) {
        _ if features == 1 => Some(Reason::OneFeature),
        (Together, Groups(1)) | (Groups(1), Together) => Some(Reason::OneGroup),
        (Separate, Groups(groups)) | (Groups(groups), Separate) if groups == features => Some(Reason::GroupPerFeature),
        _ => None,
    }
}

/// Why two centres of so many values are the same.
fn centers(a: Center, b: Center, size: usize) -> Option<Reason> {
    match (a, b) {
        (Center::None, _) | (_, Center::None) => None,
        _ if size == 1 => Some(Reason::SingleValue),
        (Center::Mean, Center::Median) | (Center::Median, Center::Mean) if size == 2 => Some(Reason::TwoValues),
        _ => None,
    }
}

/// Why two scales of so many values are the same.
fn scales(here: &Recipe, there: &Recipe, size: usize) -> Option<Reason> {
    let kinds = [here, there].map(|recipe| match recipe.scale {
        Scale::StandardDeviation(Divisor::N) if size == 2 && recipe.eps == 0.0 => Some(Reason::TwoValues),
        scale if scale.is_of_quartiles() && size == 2 => Some(Reason::TwoValues),
        Scale::RootMeanSquare if size == 1 && recipe.eps == 0.0 => Some(Reason::SingleValue),
        Scale::L1 | Scale::L2 | Scale::MaxAbs if size == 1 => Some(Reason::SingleValue),
        _ => None,
    });
    if kinds[0] == kinds[1] { kinds[0] } else { None }
}
