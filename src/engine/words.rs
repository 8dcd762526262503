//! Groupings, centres and scales in words: sentences about a recipe are made of these.

use crate::{Center, Divisor, ExampleSharing as Examples, FeatureSharing, Grouping, Scale, Sharing};

impl Grouping {
    /// Which values share statistics, as `each feature, over all examples and positions`.
    pub const fn words(self) -> &'static str {
        use FeatureSharing as Features;
        use Sharing::{Apart, Together};
        match (self.examples, self.features, self.positions) {
            (Examples::Together, Features::Together, Together) => "all values",
            (Examples::Together, Features::Together, Apart) => "each position, over all examples and features",
            (Examples::Together, Features::Apart, Together) => "each feature, over all examples and positions",
            (Examples::Together, Features::Apart, Apart) => "each feature at each position, over all examples",
            (Examples::Together, Features::Groups(_), Together) => {
                "each group of features, over all examples and positions"
            }
            (Examples::Together, Features::Groups(_), Apart) => {
                "each group of features at each position, over all examples"
            }
            (Examples::Apart, Features::Together, Together) => "each example, over all features and positions",
            (Examples::Apart, Features::Together, Apart) => "each position of each example, over all features",
            (Examples::Apart, Features::Apart, Together) => "each feature of each example, over all positions",
            (Examples::Apart, Features::Apart, Apart) => "each value alone",
            (Examples::Apart, Features::Groups(_), Together) => {
                "each group of features of each example, over all positions"
            }
            (Examples::Apart, Features::Groups(_), Apart) => "each group of features at each position of each example",
            (Examples::Batches(_), Features::Together, Together) => "each batch",
            (Examples::Batches(_), Features::Together, Apart) => "each position of each batch",
            (Examples::Batches(_), Features::Apart, Together) => "each feature of each batch",
            (Examples::Batches(_), Features::Apart, Apart) => "each feature at each position of each batch",
            (Examples::Batches(_), Features::Groups(_), Together) => "each group of features of each batch",
            (Examples::Batches(_), Features::Groups(_), Apart) => {
                "each group of features at each position of each batch"
            }
        }
    }

    /// Whose statistics a value is normalized by, as in `the mean of its feature`.
    pub(super) const fn owner(self) -> &'static str {
        use FeatureSharing as Features;
        use Sharing::{Apart, Together};
        match (self.examples, self.features, self.positions) {
            (Examples::Together, Features::Together, Together) => "all values",
            (Examples::Together, Features::Together, Apart) => "its position",
            (Examples::Together, Features::Apart, Together) => "its feature",
            (Examples::Together, Features::Apart, Apart) => "its feature at its position",
            (Examples::Together, Features::Groups(_), Together) => "its group of features",
            (Examples::Together, Features::Groups(_), Apart) => "its group of features at its position",
            (Examples::Apart, Features::Together, Together) => "its example",
            (Examples::Apart, Features::Together, Apart) => "its position in its example",
            (Examples::Apart, Features::Apart, Together) => "its feature in its example",
            (Examples::Apart, Features::Apart, Apart) => "the value alone",
            (Examples::Apart, Features::Groups(_), Together) => "its group of features in its example",
            (Examples::Apart, Features::Groups(_), Apart) => "its group of features at its position in its example",
            (Examples::Batches(_), Features::Together, Together) => "its batch",
            (Examples::Batches(_), Features::Together, Apart) => "its position in its batch",
            (Examples::Batches(_), Features::Apart, Together) => "its feature in its batch",
            (Examples::Batches(_), Features::Apart, Apart) => "its feature at its position in its batch",
            (Examples::Batches(_), Features::Groups(_), Together) => "its group of features in its batch",
            (Examples::Batches(_), Features::Groups(_), Apart) => "its group of features at its position in its batch",
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
