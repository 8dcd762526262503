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
<<<<<<< HEAD
mod moments;
=======
mod order;
>>>>>>> engine
mod parameter;
mod quantile;
mod real;
mod recipe;
mod running;
mod streaming;
mod summary;
mod warning;

<<<<<<< HEAD
pub use distribution::{Density, Histogram, density, freedman_diaconis, histogram, silverman};
=======
pub use conventions::Conventions;
pub use distribution::{Density, Histogram};
>>>>>>> engine
pub use error::Error;
pub use fitted::{Fitted, GroupStatistics};
pub use grouping::{FeatureSharing, Grouping, Shape, Sharing};
<<<<<<< HEAD
pub use method::Method;
pub use moments::{Moments, moments};
=======
pub use method::{Method, Outcome};
>>>>>>> engine
pub use parameter::{Allowed, Described, Field, FieldValue, Fields, Options, Parameters};
pub use quantile::quantiles;
pub use real::Real;
pub use recipe::{Affine, Center, Divisor, NonFinite, Recipe, Scale, Singletons};
<<<<<<< HEAD
pub use summary::{Summary, summarize};
=======
pub use running::{Momentum, RunningStatistics};
pub use streaming::StreamingFit;
pub use summary::Summary;
pub use warning::Warning;
>>>>>>> engine
