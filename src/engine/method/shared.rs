//! Parameters that several norm layers have.

use serde::{Deserialize, Serialize};

use crate::{Affine, Divisor, Error, Grouping};

use normlab_parameters::{Allowed, Field, Fields, Options};

/// Which numbers of an example LayerNorm and RMSNorm take together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Over {
    /// All features and positions (C, L).
    #[default]
    ChannelsPositions,
    /// The features at each position (C), as transformers do.
    Channels,
}

impl Options for Over {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::ChannelsPositions, "channels-positions", "all features and positions (C, L)"),
        (Self::Channels, "channels", "features at each position (C)"),
    ];
}

impl Over {
    pub(super) fn grouping(self) -> Grouping {
        match self {
            Self::ChannelsPositions => Grouping::EXAMPLE,
            Self::Channels => Grouping::POSITION,
        }
    }

    pub(super) fn field<F: Fields>(&mut self, fields: &mut F) {
        let help = "Which numbers of an example share statistics; with one position it makes no difference.";
        fields.choice(Field { key: "over", label: "Over", help }, self);
    }
}

const EPS: Allowed = Allowed::Between(0.0, f64::INFINITY);

pub(super) fn eps<F: Fields>(fields: &mut F, value: &mut f64) {
    let help = "A small number added under the square root, which prevents division by 0.";
    fields.number(Field { key: "eps", label: "eps", help }, EPS, value);
}

pub(super) fn divisor<F: Fields>(fields: &mut F, value: &mut Divisor) {
    let help = "With n, the variance describes these values; with n \u{2212} 1, it estimates that of all the values they stand for.";
    fields.choice(Field { key: "divisor", label: "Divisor of the variance", help }, value);
}

pub(super) fn gamma<F: Fields>(fields: &mut F, value: &mut f64) {
    let help = "The normalized values are multiplied by gamma; a network learns it.";
    fields.number(Field { key: "gamma", label: "gamma", help }, Allowed::Finite, value);
}

pub(super) fn beta<F: Fields>(fields: &mut F, value: &mut f64) {
    let help = "Beta is added at the end; a network learns it.";
    fields.number(Field { key: "beta", label: "beta", help }, Allowed::Finite, value);
}

/// Refuses an eps below 0 or not finite.
pub(super) fn checked_eps(eps: f64) -> Result<f64, Error> {
    let refusal = || Error::Parameter { name: "eps", value: eps.to_string(), allowed: EPS.describe() };
    EPS.accepts(eps).then_some(eps).ok_or_else(refusal)
}

/// One gamma and beta for all values; none where they change nothing.
pub(super) fn affine(gamma: f64, beta: f64) -> Option<Affine> {
    (gamma != 1.0 || beta != 0.0).then(|| Affine { gamma: vec![gamma], beta: vec![beta] })
}
