//! The mathematics: no I/O, no clock, no randomness, no browser.

mod careful;
mod conventions;
mod distribution;
mod double;
mod error;
mod fit;
mod fitted;
mod grouping;
mod map;
pub mod method;
mod moments;
mod order;
mod parameter;
mod quantile;
mod real;
mod recipe;
mod running;
mod streaming;
mod summary;
mod warning;

pub use conventions::Conventions;
pub use distribution::{Density, Histogram, density, freedman_diaconis, histogram, silverman};
pub use error::Error;
pub use fitted::{Fitted, GroupStatistics};
pub use grouping::{FeatureSharing, Grouping, Shape, Sharing};
pub use method::{Method, Outcome};
pub use moments::{Moments, moments, range};
pub use parameter::{Allowed, Described, Field, FieldValue, Fields, Options, Parameters};
pub use quantile::quantiles;
pub use real::Real;
pub use recipe::{Affine, Center, Divisor, NonFinite, Recipe, Scale, Singletons};
pub use running::{Momentum, RunningStatistics};
pub use streaming::StreamingFit;
pub use summary::{Summary, summarize};
pub use warning::Warning;
