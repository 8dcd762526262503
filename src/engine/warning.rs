//! What a visitor should know about a result that is not an error.

use std::fmt;

use crate::{Center, Fitted, Scale};

/// Something worth saying about a result; groups are numbered as in [`crate::Grouping::index`].
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// All values of these groups are equal, so there is no spread to divide by.
    Constant { groups: usize, first: usize },
    /// The range of quantiles is 0 in these groups though their values differ; nothing was divided.
    NoSpread { groups: usize, first: usize },
    /// These groups have no value at all.
    AllMissing { groups: usize, first: usize },
    /// These groups hold a single value, which is its own centre: the output is 0.
    SingleValue { groups: usize, first: usize },
    /// Values outside of what was fitted: their output is beyond the range of the method.
    OutsideFitted { values: usize },
    /// Values outside of what was fitted, set to the ends of the range.
    Clipped { values: usize },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |count: usize, first: usize| match count {
            1 => format!("1 group (number {}) ", first + 1),
            _ => format!("{count} groups (the first is number {}) ", first + 1),
        };
        let values = |count: usize| if count == 1 { "1 value lies".into() } else { format!("{count} values lie") };
        match *self {
            Self::Constant { groups, first } => {
                write!(
                    f,
                    "{}of equal values: there is no spread to divide by, and the output is constant.",
                    of(groups, first)
                )
            }
            Self::NoSpread { groups, first } => {
                write!(f, "{}without spread between the quantiles: there is nothing to divide by.", of(groups, first))
            }
            Self::AllMissing { groups, first } => write!(f, "{}without any value.", of(groups, first)),
            Self::SingleValue { groups, first } => {
                write!(f, "{}with only one value: subtracting its centre gives 0.", of(groups, first))
            }
            Self::OutsideFitted { values: n } => {
                write!(f, "{} outside the fitted range, so the output goes beyond the range of the method.", values(n))
            }
            Self::Clipped { values: n } => write!(f, "{} outside the fitted range, clipped to it.", values(n)),
        }
    }
}

impl Fitted {
    /// What the statistics alone give reason to say.
    pub fn warnings(&self) -> Vec<Warning> {
        let (centred, spread) = (self.recipe.center != Center::None, self.recipe.scale.is_spread());
        let quantiles = matches!(self.recipe.scale, Scale::InterquantileRange { .. });
        let mut found = [(0, 0); 4];
        for (index, group) in self.groups.iter().enumerate() {
            let kind = match group.count {
                // Running statistics have no count and no missing values.
                0 if group.missing > 0 => 0,
                // Where missing values propagate, what there is counts for nothing.
                _ if group.scale.is_nan() => continue,
                1 if centred => 1,
                1.. if spread && group.constant => 2,
                2.. if quantiles && group.dispersion == 0.0 => 3,
                _ => continue,
            };
            let (groups, first) = &mut found[kind];
            if *groups == 0 {
                *first = index;
            }
            *groups += 1;
        }
        let make: [fn(usize, usize) -> Warning; 4] = [
            |groups, first| Warning::AllMissing { groups, first },
            |groups, first| Warning::SingleValue { groups, first },
            |groups, first| Warning::Constant { groups, first },
            |groups, first| Warning::NoSpread { groups, first },
        ];
        let made = found.into_iter().zip(make).filter(|((groups, _), _)| *groups > 0);
        made.map(|((groups, first), make)| make(groups, first)).collect()
    }
}
