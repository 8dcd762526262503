//! The mathematics: no I/O, no clock, no randomness, no browser.
//!
//! A package of its own, so that nothing here can know of the rest, and so that it alone is compiled for speed. The other
//! rooms see it as `crate::engine`.

mod batches;
pub mod conventions;
mod error;
mod fitting;
mod gradient;
mod grouping;
mod kernel;
pub mod method;
pub mod naming;
mod real;
mod recipe;
mod statistics;
pub mod trace;
mod warning;
pub mod what_if;
mod words;

pub use batches::history::{BatchHistory, BatchStep};
pub use batches::running::{Momentum, RunningStatistics};
pub use batches::streaming::StreamingFit;
pub use conventions::Conventions;
pub use error::Error;
pub use fitting::fitted::{Finer, Fitted, GroupStatistics};
pub use gradient::{AffineGradient, Dependence, GradientTotal, GroupEnd, OtherInput, OutputGradient};
pub use grouping::{ExampleSharing, FeatureSharing, Grouping, Shape, Sharing};
pub use method::{Method, Outcome};
pub use real::Real;
pub use recipe::{Affine, Center, Divisor, NonFinite, Recipe, Scale, Singletons};
pub use statistics::density::{DensityEstimate, density, silverman};
pub use statistics::histogram::{BinCounts, freedman_diaconis, histogram};
pub use statistics::moments::{Moments, moments, range};
pub use statistics::quantile::quantiles;
pub use statistics::quartile_hints::QuartileHints;
pub use statistics::relation::{LinearRelation, Relation, relate};
pub use statistics::sort::{order, sort, sort_by};
pub use statistics::summary::{Summary, summarize, summarize_near};
pub use warning::Warning;
