//! The mathematics: no I/O, no clock, no randomness, no browser.

mod distribution;
mod error;
mod grouping;
pub mod method;
mod moments;
mod parameter;
mod quantile;
mod real;
mod recipe;
mod summary;

pub use distribution::{Density, Histogram, density, freedman_diaconis, histogram, silverman};
pub use error::Error;
pub use grouping::{FeatureSharing, Grouping, Shape, Sharing};
pub use method::Method;
pub use moments::{Moments, moments, range};
pub use parameter::{Allowed, Described, Field, FieldValue, Fields, Options, Parameters};
pub use quantile::quantiles;
pub use real::Real;
pub use recipe::{Affine, Center, Divisor, NonFinite, Recipe, Scale, Singletons};
pub use summary::{Summary, summarize};
