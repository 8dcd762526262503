//! The sentences about a name.

use super::{Called, Degenerate, Difference, Name, Naming, Reason, Same};
use crate::method::{Norm, Over};
use crate::{Divisor, ExampleSharing, FeatureSharing, Method, Sharing};

impl Name {
    /// As the field writes it, with what tells it from its namesakes.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ZScore => "z-score",
            Self::BatchNorm => "BatchNorm (training)",
            Self::MinMax => "min-max",
            Self::Robust => "robust scaling",
            Self::MaxAbs => "max-abs",
            Self::LayerNorm(Over::ChannelsPositions) => "LayerNorm over features and positions",
            Self::LayerNorm(Over::Channels) => "LayerNorm per position, as in transformers",
            Self::RmsNorm(Over::ChannelsPositions) => "RMSNorm over features and positions",
            Self::RmsNorm(Over::Channels) => "RMSNorm per position, as in transformers",
            Self::GroupNorm => "GroupNorm",
            Self::InstanceNorm => "InstanceNorm",
            Self::UnitLength(Norm::L1) => "unit length (L1)",
            Self::UnitLength(Norm::L2) => "unit length (L2)",
            Self::UnitLength(Norm::Max) => "unit length (largest absolute value)",
        }
    }

    /// With the number of groups, where that belongs to it.
    fn with_groups(self, method: &Method) -> String {
        match method {
            Method::GroupNorm(method) if method.groups == 1 => "GroupNorm with one group".into(),
            Method::GroupNorm(method) => format!("GroupNorm with {} groups", method.groups),
            _ => self.words().into(),
        }
    }
}

impl Reason {
    /// As in `the same, because ...`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::OneExample => "with one example it does not matter whether examples share statistics",
            Self::OnePosition => "with one position it does not matter whether positions share statistics",
            Self::OneFeature => "with one feature it does not matter whether features share statistics",
            Self::OneGroup => "one group of features is all features",
            Self::GroupPerFeature => "with as many groups as features each feature is a group of its own",
            Self::TwoValues => {
                "of two values the mean is the median, and both the standard deviation and the interquartile range are \
                 half their distance"
            }
            Self::SingleValue => {
                "a single value is its own mean, median and minimum, and each of its norms is its absolute value"
            }
        }
    }

    /// As in `each group contains only one value: ...`.
    const fn alone(self) -> &'static str {
        match self {
            Self::OneExample => "there is one example",
            Self::OnePosition => "there is one position",
            Self::OneFeature => "there is one feature",
            _ => "each feature is a group of its own",
        }
    }
}

impl Difference {
    /// As in `this subtracts the median, that one the mean`.
    pub fn words(self) -> String {
        match self {
            Self::Examples { here, .. } => shared("examples", here == ExampleSharing::Together),
            Self::Positions { here, .. } => shared("positions", here == Sharing::Together),
            Self::Features { here, there } => {
                format!("features {} in this, and {} in that one", features(here), features(there))
            }
            Self::Center { here, there } => {
                let of = |center: Option<&str>| center.map_or("nothing".into(), |center| format!("the {center}"));
                format!("this subtracts {}, that one {}", of(here.words()), of(there.words()))
            }
            Self::Scale { here, there } => {
                let of = |scale: Option<&str>| scale.map_or("nothing".into(), |scale| format!("the {scale}"));
                format!("this divides by {}, that one by {}", of(here.words()), of(there.words()))
            }
            Self::Divisor { here, there } => {
                let of = |divisor| if divisor == Divisor::N { "n" } else { "n \u{2212} 1" };
                format!("the variance is divided by {} in this, by {} in that one", of(here), of(there))
            }
            Self::Eps { here, there } => format!("eps is {here} in this, {there} in that one"),
        }
    }
}

/// Of two ways to share, exactly one is shared.
fn shared(what: &str, here: bool) -> String {
    if here {
        format!("{what} share statistics in this, but not in that one")
    } else {
        format!("{what} share statistics in that one, but not in this")
    }
}

fn features(sharing: FeatureSharing) -> String {
    match sharing {
        FeatureSharing::Together => "share statistics".into(),
        FeatureSharing::Separate => "have their own statistics".into(),
        FeatureSharing::Groups(1) => "are one group".into(),
        FeatureSharing::Groups(groups) => format!("share statistics in {groups} groups"),
    }
}

impl Same {
    fn words(&self) -> String {
        let reasons: Vec<_> = self.because.iter().map(|reason| reason.words()).collect();
        format!("the same as {}: {}", self.name.with_groups(&self.method), reasons.join("; "))
    }
}

impl Degenerate {
    /// One sentence.
    pub fn words(&self) -> String {
        let almost = |eps: f64| if eps > 0.0 { " almost" } else { "" };
        match self {
            Self::Nothing { output, because } => {
                let because: Vec<_> = because.iter().map(|reason| reason.alone()).collect();
                let why = if because.is_empty() { String::new() } else { format!(" ({})", because.join(", and ")) };
                format!(
                    "Each group contains only one value{why}, so subtracting its centre gives 0: every output is {output}."
                )
            }
            Self::Signs { eps } => format!(
                "Each group contains only one value, divided by its own size, so{} only its sign is left.",
                almost(*eps)
            ),
            Self::Opposites { eps } => format!(
                "Each group contains two values: one becomes{0} \u{2212}1, the other{0} 1, however far apart they were; only \
                 equal ones become 0.",
                almost(*eps)
            ),
            Self::Unchanged => "The output equals the input.".into(),
            Self::OnlyEps { eps } => format!(
                "Each group contains only one value, which has no spread: all are divided by the square root of eps, {}.",
                eps.sqrt()
            ),
        }
    }
}

impl Naming {
    /// What to tell about it: the name first.
    pub fn sentences(&self) -> Vec<String> {
        let mut all = vec![match &self.called {
            Called::Usual { name, method } => format!("This is {}.", name.with_groups(method)),
            Called::Same(same) => format!("On an array of this shape this is {}.", same.words()),
            Called::Nearest { name, method, differs } => {
                let differs: Vec<_> = differs.iter().map(|difference| difference.words()).collect();
                let name = name.with_groups(method);
                format!("This has no usual name. The nearest method with a name is {name}: {}.", differs.join("; "))
            }
        }];
        all.extend(self.also.iter().map(|same| format!("On an array of this shape it is {}.", same.words())));
        all.extend(self.degenerate.as_ref().map(Degenerate::words));
        all
    }
}
