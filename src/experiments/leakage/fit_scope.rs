//! Which rows the scaling of training and test rows is fitted on.

use normlab_engine::{moments, quantiles};

use crate::prepared::Scaling;

/// Whose statistics scale the test rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FitScope {
    /// Those of the training rows: the honest way.
    Train,
    /// Those of all rows, which also scale the training rows.
    All,
    /// Those of the test rows; the training rows have their own.
    TestOwn,
    /// Those of each batch of test rows; the training rows have their own.
    PerBatch,
    /// Those of all rows, of features that were selected on the training rows.
    ScalerOnAll,
    /// Those of the training rows, but of features that were selected on all rows.
    Selection,
}

impl FitScope {
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "fit on train",
            Self::All => "fit on all",
            Self::TestOwn => "test by its own",
            Self::PerBatch => "test per batch",
            Self::ScalerOnAll => "scaler on all",
            Self::Selection => "select on all",
        }
    }
}

/// The statistics of one feature: what is subtracted, what is divided by, and the range they come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeatureScaler {
    pub centre: f64,
    pub scale: f64,
    pub low: f64,
    pub high: f64,
}

impl FeatureScaler {
    /// Fitted on these values, of which none is missing. A scale of 0 becomes 1.
    pub fn fit(values: &[f64], scaling: Scaling) -> Self {
        let found = moments(values);
        let (low, high) = (found.min, found.max);
        let (centre, scale) = match scaling {
            Scaling::Raw => (0.0, 1.0),
            Scaling::MinMax => (low, high - low),
            Scaling::ZScore => (found.mean, found.sd),
            Scaling::Robust => {
                let quartiles = quantiles(values, &[0.25, 0.5, 0.75], &mut Vec::new());
                (quartiles[1], quartiles[2] - quartiles[0])
            }
            Scaling::MaxAbs => (0.0, low.abs().max(high.abs())),
        };
        let scale = if scale > 0.0 && low < high { scale } else { 1.0 };
        Self { centre, scale, low, high }
    }

    pub fn apply(&self, value: f64) -> f64 {
        (value - self.centre) / self.scale
    }

    /// Whether a value is outside of the range that this was fitted on.
    pub fn is_outside(&self, value: f64) -> bool {
        value < self.low || value > self.high
    }
}
