//! The mathematics: no I/O, no clock, no randomness, no browser.
//!
//! A package of its own, so that nothing here can know of the rest, and so that it alone is compiled for speed. The other
//! rooms see it as `crate::engine`.

mod batch;
mod compiled;
pub mod conventions;
mod density;
mod double;
mod error;
mod exact;
mod fit;
mod fitted;
mod gather;
mod grouping;
mod histogram;
mod history;
mod kernel;
mod layout;
mod map;
mod measure;
pub mod method;
mod moments;
pub mod naming;
mod order;
mod quantile;
mod quartile_hints;
mod real;
mod recipe;
mod relation;
mod running;
mod sort;
mod span;
mod streaming;
mod summary;
pub mod trace;
mod transform;
mod warning;
pub mod what_if;
mod words;

pub use conventions::Conventions;
pub use density::{DensityEstimate, density, silverman};
pub use error::Error;
pub use fitted::{Finer, Fitted, GroupStatistics};
pub use grouping::{FeatureSharing, Grouping, Shape, Sharing};
pub use histogram::{BinCounts, freedman_diaconis, histogram};
pub use history::{BatchHistory, BatchStep};
pub use method::{Method, Outcome};
pub use moments::{Moments, moments, range};
pub use quantile::quantiles;
pub use quartile_hints::QuartileMarks;
pub use real::Real;
pub use recipe::{Affine, Center, Divisor, NonFinite, Recipe, Scale, Singletons};
pub use relation::{LinearRelation, Relation, relate};
pub use running::{Momentum, RunningStatistics};
pub use sort::{order, sort, sort_by};
pub use streaming::StreamingFit;
pub use summary::{Summary, summarize, summarize_near};
pub use warning::Warning;
