//! Groupings, centres and scales in words: sentences about a recipe are made of these.

use crate::{Center, Divisor, ExampleSharing as Examples, FeatureSharing, Grouping, Scale, Sharing};

impl Grouping {
    /// Which values share statistics, as `each feature, over all examples and positions`.
    pub const fn words(self) -> &'static str {
        use FeatureSharing as Features;
        use Sharing::{Separate, Together};
        match (self.examples, self.features, self.positions) {
            (Examples::Together, Features::Together, Together) => "all values",
            (Examples::Together, Features::Together, Separate) => "each position, over all examples and features",
            (Examples::Together, Features::Separate, Together) => "each feature, over all examples and positions",
            (Examples::Together, Features::Separate, Separate) => "each feature at each position, over all examples",
            (Examples::Together, Features::Groups(_), Together) => {
                "each group of features, over all examples and positions"
            }
            (Examples::Together, Features::Groups(_), Separate) => {
                "each group of features at each position, over all examples"
            }
            (Examples::Separate, Features::Together, Together) => "each example, over all features and positions",
            (Examples::Separate, Features::Together, Separate) => "each position of each example, over all features",
            (Examples::Separate, Features::Separate, Together) => "each feature of each example, over all positions",
            (Examples::Separate, Features::Separate, Separate) => "each value alone",
            (Examples::Separate, Features::Groups(_), Together) => {
                "each group of features of each example, over all positions"
            }
            (Examples::Separate, Features::Groups(_), Separate) => {
                "each group of features at each position of each example"
            }
            (Examples::Batches(_), Features::Together, Together) => "each batch",
            (Examples::Batches(_), Features::Together, Separate) => "each position of each batch",
            (Examples::Batches(_), Features::Separate, Together) => "each feature of each batch",
            (Examples::Batches(_), Features::Separate, Separate) => "each feature at each position of each batch",
            (Examples::Batches(_), Features::Groups(_), Together) => "each group of features of each batch",
            (Examples::Batches(_), Features::Groups(_), Separate) => {
                "each group of features at each position of each batch"
            }
        }
    }

    /// Whose statistics a value is normalized by, as in `the mean of its feature`.
    pub(super) const fn owner(self) -> &'static str {
        use FeatureSharing as Features;
        use Sharing::{Separate, Together};
        match (self.examples, self.features, self.positions) {
            (Examples::Together, Features::Together, Together) => "all values",
            (Examples::Together, Features::Together, Separate) => "its position",
            (Examples::Together, Features::Separate, Together) => "its feature",
            (Examples::Together, Features::Separate, Separate) => "its feature at its position",
            (Examples::Together, Features::Groups(_), Together) => "its group of features",
            (Examples::Together, Features::Groups(_), Separate) => "its group of features at its position",
            (Examples::Separate, Features::Together, Together) => "its example",
            (Examples::Separate, Features::Together, Separate) => "its position in its example",
            (Examples::Separate, Features::Separate, Together) => "its feature in its example",
            (Examples::Separate, Features::Separate, Separate) => "the value alone",
            (Examples::Separate, Features::Groups(_), Together) => "its group of features in its example",
            (Examples::Separate, Features::Groups(_), Separate) => {
                "its group of features at its position in its example"
            }
            (Examples::Batches(_), Features::Together, Together) => "its batch",
            (Examples::Batches(_), Features::Together, Separate) => "its position in its batch",
            (Examples::Batches(_), Features::Separate, Together) => "its feature in its batch",
            (Examples::Batches(_), Features::Separate, Separate) => "its feature at its position in its batch",
            (Examples::Batches(_), Features::Groups(_), Together) => "its group of features in its batch",
            (Examples::Batches(_), Features::Groups(_), Separate) => {
                "its group of features at its position in its batch"
            }
        }
    }
}

impl Center {
    /// As in `the mean`; nothing for [`Center::None`].
    pub const fn words(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Mean => Some("mean"),
            Self::Median => Some("median"),
            Self::Min => Some("minimum"),
        }
    }
}

impl Scale {
    /// As in `the standard deviation`; nothing for [`Scale::None`].
    pub fn words(self) -> Option<&'static str> {
        Some(match self {
            Self::None => return None,
            Self::StandardDeviation(Divisor::N) => "standard deviation",
            Self::StandardDeviation(Divisor::NMinusOne) => "standard deviation (divisor n \u{2212} 1)",
            Self::RootMeanSquare => "root mean square",
            Self::Range => "range",
            scale if scale.is_of_quartiles() => "interquartile range",
            Self::InterquantileRange { .. } => "range between quantiles",
            Self::MaxAbs => "largest absolute value",
            Self::L1 => "L1 norm",
            Self::L2 => "L2 norm",
        })
    }

    /// What an output of 1 counts, as in `standard deviations from the mean`.
    pub(super) const fn unit(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::StandardDeviation(_) => Some("standard deviations"),
            Self::RootMeanSquare => Some("root mean squares"),
            Self::Range => Some("ranges"),
            Self::InterquantileRange { .. } => Some("interquartile ranges"),
            Self::MaxAbs => Some("largest absolute values"),
            Self::L1 => Some("L1 norms"),
            Self::L2 => Some("L2 norms"),
        }
    }
}
