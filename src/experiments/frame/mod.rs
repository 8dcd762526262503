//! What all experiments have in common.

mod any;
mod control;
mod experiment;
mod native;
mod pause;
mod refusal;
mod seeds;
mod serve;
mod stopwatch;
mod table;

pub use any::{AnyExperiment, DescribedExperiment, Registered, RunFuture};
pub use control::{Host, RunControl};
pub use experiment::{Experiment, Info, Made};
pub use native::{NativeHost, finished};
pub use pause::PauseState;
pub use refusal::Refusal;
pub use serve::{Files, serve};
pub use stopwatch::{Stopwatch, how_timed};
pub use table::{ExperimentTable, Origin, Target};
