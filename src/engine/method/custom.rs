//! Any mixture: grouping, centre and scale as the visitor puts them together.

use serde::{Deserialize, Serialize};

use super::{Family, MethodInfo, Normalization, shared};
use crate::{Center, Divisor, Error, ExampleSharing, FeatureSharing, Grouping, Recipe, Scale, Shape, Sharing};
use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};

/// How features share statistics; how many groups there are is a parameter of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeatureChoice {
    Together,
    #[default]
    Separate,
    Groups,
}

/// What a group is divided by; the divisor of the variance is a parameter of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScaleChoice {
    None,
    #[default]
    StandardDeviation,
    RootMeanSquare,
    Range,
    InterquartileRange,
    MaxAbs,
    L1,
    L2,
}

impl Options for Sharing {
    const ALL: &'static [(Self, &'static str, &'static str)] =
        &[(Self::Together, "together", "share statistics"), (Self::Separate, "apart", "each has its own")];
}

impl Options for FeatureChoice {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Together, "together", "share statistics"),
        (Self::Separate, "apart", "each has its own"),
        (Self::Groups, "groups", "groups of neighbours share"),
    ];
}

impl Options for Center {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::None, "none", "nothing"),
        (Self::Mean, "mean", "mean"),
        (Self::Median, "median", "median"),
        (Self::Min, "min", "minimum"),
    ];
}

impl Options for ScaleChoice {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::None, "none", "nothing"),
        (Self::StandardDeviation, "sd", "standard deviation"),
        (Self::RootMeanSquare, "rms", "root mean square"),
        (Self::Range, "range", "range (largest \u{2212} smallest)"),
        (Self::InterquartileRange, "iqr", "interquartile range"),
        (Self::MaxAbs, "max-abs", "largest absolute value"),
        (Self::L1, "l1", "L1 norm (sum of absolute values)"),
        (Self::L2, "l2", "L2 norm (Euclidean length)"),
    ];
}

/// `y = (x - centre) / scale * gamma + beta`: centre and scale are both statistics of the values as they were, before
/// anything is subtracted.
///
/// The default is the z-score of each feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Custom {
    pub examples: Sharing,
    pub features: FeatureChoice,
    /// Must divide the number of features; counts for [`FeatureChoice::Groups`] alone.
    pub groups: u64,
    pub positions: Sharing,
    pub center: Center,
    pub scale: ScaleChoice,
    /// Counts for [`ScaleChoice::StandardDeviation`] alone.
    pub divisor: Divisor,
    /// Counts where there is a square root.
    pub eps: f64,
    pub gamma: f64,
    pub beta: f64,
}

impl Default for Custom {
    fn default() -> Self {
        Self {
            examples: Sharing::Together,
            features: FeatureChoice::default(),
            groups: 1,
            positions: Sharing::Together,
            center: Center::Mean,
            scale: ScaleChoice::default(),
            divisor: Divisor::default(),
            eps: 0.0,
            gamma: 1.0,
            beta: 0.0,
        }
    }
}

impl Parameters for Custom {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "Whether examples share statistics, or each has its own.";
        fields.choice(Field { key: "examples", label: "Examples", help }, &mut self.examples);
        let help = "Whether features (channels) share statistics, or each has its own.";
        fields.choice(Field { key: "features", label: "Features", help }, &mut self.features);
        if self.features == FeatureChoice::Groups {
            let help = "How many groups of neighbouring features; must divide their number.";
            let field = Field { key: "groups", label: "Groups", help };
            fields.integer(field, Allowed::Between(1.0, f64::INFINITY), &mut self.groups);
        }
        let help = "Whether positions, such as time steps or pixels, share statistics; with one position it makes no difference.";
        fields.choice(Field { key: "positions", label: "Positions", help }, &mut self.positions);
        let help = "What is subtracted from every value of a group.";
        fields.choice(Field { key: "center", label: "Subtract", help }, &mut self.center);
        let help = "What every value of a group is divided by, measured before anything is subtracted.";
        fields.choice(Field { key: "divide", label: "Divide by", help }, &mut self.scale);
        if self.scale == ScaleChoice::StandardDeviation {
            shared::divisor(fields, &mut self.divisor);
        }
        if self.scale().has_eps() {
            shared::eps(fields, &mut self.eps);
        }
        shared::gamma(fields, &mut self.gamma);
        shared::beta(fields, &mut self.beta);
    }
}

impl Normalization for Custom {
    const INFO: MethodInfo = MethodInfo {
        slug: "custom",
        name: "your own method",
        family: Family::Mixture,
        summary: "You choose which numbers share statistics, what is subtracted from them and by what they are divided.",
        unit: "normalized values",
    };

    fn summary(&self) -> String {
        let owner = self.grouping().owner();
        match (self.center.words(), self.scale().words()) {
            (None, None) => "Every value stays as it is: nothing is subtracted and nothing is divided.".into(),
            (Some(center), None) => format!("From every value the {center} of {owner} is subtracted."),
            (None, Some(scale)) => format!("Every value is divided by the {scale} of {owner}; nothing is subtracted."),
            (Some(center), Some(scale)) => {
                format!("From every value the {center} of {owner} is subtracted; the rest is divided by the {scale}.")
            }
        }
    }

    fn unit(&self) -> String {
        match (self.center.words(), self.scale().unit()) {
            (None, None) => "value".into(),
            (Some(center), None) => format!("distance from the {center}"),
            (None, Some(unit)) => unit.into(),
            (Some(center), Some(unit)) => format!("{unit} from the {center}"),
        }
    }

    fn recipe(&self, shape: Shape) -> Result<Recipe, Error> {
        let grouping = self.grouping();
        grouping.check(shape)?;
        let mut recipe = Recipe::new(grouping, self.center, self.scale());
        if self.scale().has_eps() {
            recipe.eps = shared::checked_eps(self.eps)?;
        }
        recipe.affine = shared::affine(self.gamma, self.beta);
        Ok(recipe)
    }
}

impl Custom {
    /// The mixture of these, without eps. Quantiles other than the quartiles become these.
    pub fn of(grouping: Grouping, center: Center, scale: Scale) -> Self {
        let (features, groups) = match grouping.features {
            FeatureSharing::Together => (FeatureChoice::Together, 1),
            FeatureSharing::Separate => (FeatureChoice::Separate, 1),
            FeatureSharing::Groups(groups) => (FeatureChoice::Groups, groups as u64),
        };
        let divisor = if let Scale::StandardDeviation(divisor) = scale { divisor } else { Divisor::default() };
        let scale = match scale {
            Scale::None => ScaleChoice::None,
            Scale::StandardDeviation(_) => ScaleChoice::StandardDeviation,
            Scale::RootMeanSquare => ScaleChoice::RootMeanSquare,
            Scale::Range => ScaleChoice::Range,
            Scale::InterquantileRange { .. } => ScaleChoice::InterquartileRange,
            Scale::MaxAbs => ScaleChoice::MaxAbs,
            Scale::L1 => ScaleChoice::L1,
            Scale::L2 => ScaleChoice::L2,
        };
        let Grouping { examples, positions, .. } = grouping;
        let examples = if examples == ExampleSharing::Separate { Sharing::Separate } else { Sharing::Together };
        Self { examples, features, groups, positions, center, scale, divisor, ..Self::default() }
    }

    pub fn grouping(&self) -> Grouping {
        let features = match self.features {
            FeatureChoice::Together => FeatureSharing::Together,
            FeatureChoice::Separate => FeatureSharing::Separate,
            FeatureChoice::Groups => FeatureSharing::Groups(usize::try_from(self.groups).unwrap_or(usize::MAX)),
        };
        Grouping { examples: self.examples.into(), features, positions: self.positions }
    }

    /// With the divisor of the variance.
    pub fn scale(&self) -> Scale {
        match self.scale {
            ScaleChoice::None => Scale::None,
            ScaleChoice::StandardDeviation => Scale::StandardDeviation(self.divisor),
            ScaleChoice::RootMeanSquare => Scale::RootMeanSquare,
            ScaleChoice::Range => Scale::Range,
            ScaleChoice::InterquartileRange => {
                Scale::InterquantileRange { low: 0.25, high: 0.75, unit_variance: false }
            }
            ScaleChoice::MaxAbs => Scale::MaxAbs,
            ScaleChoice::L1 => Scale::L1,
            ScaleChoice::L2 => Scale::L2,
        }
    }
}
