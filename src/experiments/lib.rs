//! Experiments: claims that people learn by heart, each run live on data, with what came out and where it does not hold.
//!
//! An [`Experiment`] is settings and a pure run: the same data, settings and seed give the same outcome. It turns its
//! outcome into a [`Report`](normlab_report::Report), which is plain data that the page shows without knowing the experiment.
//!
//! **A new experiment** is a file here (with a folder of helpers if it needs one) and its line in the list below.
//!
//! Architecture invariant: no browser, no clock, no files; what a run needs of the world is asked of a [`Host`]. The
//! program in `program/` is the only place that knows a browser.

mod frame;
mod neighbours;
mod networks;
mod prepared;
mod rotation;
mod sorted;
mod wording;

pub use frame::{
    AnyExperiment, DescribedExperiment, Experiment, ExperimentTable, Files, Host, Info, Made, NativeHost, Origin,
    PauseState, Refusal, RunControl, RunFuture, Stopwatch, Target, finished, how_timed, serve,
};

/// Declares the modules and the list over them: the only list of experiments there is.
macro_rules! experiments {
    ($($module:ident :: $name:ident,)*) => {
        $(mod $module; pub use $module::$name;)*

        /// Every experiment, in the order of the page.
        pub fn all() -> &'static [&'static dyn AnyExperiment] {
            &[$(&frame::Registered::<$name>::NEW,)*]
        }
    };
}

experiments! {
    nearest::Nearest,
    descent::Descent,
    outliers::FarValue,
    leakage::Leakage,
    shape::ShapeKept,
    numerics::Numerics,
    learning_rates::LearningRates,
    batch_sizes::BatchSizes,
    other_examples::OtherExamples,
    pre_norm::PreNorm,
    depth::Depth,
    evaluation_mode::EvaluationMode,
    images::ImageNorms,
    style::StyleTransfer,
    recurrent::RecurrentNorms,
    rms_norm::LayerOrRms,
}

/// The experiment of that slug.
pub fn from_slug(slug: &str) -> Option<&'static dyn AnyExperiment> {
    all().iter().copied().find(|experiment| experiment.info().slug == slug)
}

#[cfg(test)]
mod tests;
