//! What an experiment is.

use std::future::{Future, ready};

use normlab_parameters::Parameters;
use normlab_report::{Landmark, Prediction, Report, Table, UserTableSupport};

use super::control::RunControl;
use super::refusal::Refusal;
use super::stopwatch::Stopwatch;
use super::table::ExperimentTable;

/// What a reader is told of an experiment, whatever its settings.
#[derive(Clone, Debug)]
pub struct Info {
    /// In the address, forever: `nearest`.
    pub slug: &'static str,
    /// The question, in a learner's words.
    pub question: &'static str,
    /// One sentence: why the answer matters.
    pub why: &'static str,
    /// What can be read about it: title and `https` address.
    pub sources: &'static [(&'static str, &'static str)],
    /// Slugs of the bundled samples it may run on; the first is its default.
    pub samples: &'static [&'static str],
    /// Data that it makes itself.
    pub made: &'static [Made],
    /// What a visitor's own table must have, or why it cannot be used.
    pub user_table_support: UserTableSupport,
    /// The key of the figure that stands for its outcome in the list of all.
    pub picture: &'static str,
    /// The key of the setting that chooses a scaling, if there is one.
    pub scaling: Option<&'static str>,
}

/// Data that an experiment makes of a seed.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// In the address, beside the slugs of samples.
    pub slug: &'static str,
    pub title: &'static str,
    /// The same seed gives the same table on every machine.
    pub make: fn(seed: u64) -> ExperimentTable,
}

/// An experiment: settings, a run, and what is said of its outcome.
pub trait Experiment: Parameters + Clone + Default + PartialEq + 'static {
    const INFO: Info;

    /// Whether the data that it makes come before the samples, so that the first of them is its default.
    const MADE_FIRST: bool = false;

    /// Settings, beside the defaults, whose run is short: for the picture in the list of all.
    const SHORT: &'static [(&'static str, &'static str)] = &[];

    /// What a run found.
    type Outcome;

    /// Runs it. Pure: the same data, settings and seed give the same outcome, bit for bit.
    ///
    /// Long work calls [`RunControl::yield_now`] every few milliseconds, and may show what it knows so far.
    ///
    /// # Errors
    /// [`Refusal::Because`] when data and settings do not fit, [`Refusal::Cancelled`] from the pace.
    fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, Self::Outcome>,
    ) -> impl Future<Output = Result<Self::Outcome, Refusal>>;

    /// Whether chance plays a part with these settings on these data, so that a seed matters.
    fn is_seeded(&self, data: &ExperimentTable) -> bool;

    /// What can be predicted before the run; [`Self::report`] has a fact for each.
    fn predictions(&self, data: &ExperimentTable) -> Vec<Prediction>;

    /// Places with a name on the sliders of settings, as (key of the setting, landmark).
    fn landmarks(&self, _data: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        Vec::new()
    }

    /// Whether a setting has an effect on these data; one that has none is not shown.
    fn uses(&self, _data: &ExperimentTable, _key: &str) -> bool {
        true
    }

    /// What the outcome says; of a partial outcome, what is known so far.
    fn report(&self, data: &ExperimentTable, outcome: &Self::Outcome) -> Report;

    /// How long the works that are compared take on the computer that they run on, where that is a part of the question. It is
    /// measured after the run; nothing else in a report differs from one run to the next.
    ///
    /// # Errors
    /// As [`Self::run`].
    fn timing(
        &self,
        _data: &ExperimentTable,
        _seed: u64,
        _stopwatch: &Stopwatch<'_>,
    ) -> impl Future<Output = Result<Option<Table>, Refusal>> {
        ready(Ok(None))
    }

    /// The settings that are not at their defaults, as (key, text).
    fn changed(&self) -> Vec<(String, String)> {
        let untouched = Self::default().describe_all();
        let changed = self.describe_all().into_iter().filter(|now| !untouched.contains(now));
        changed.map(|now| (now.field.key.to_owned(), now.value.text())).collect()
    }

    /// The numbers that are compared over many seeds, each with its name; all in the unit of [`Self::unit`].
    fn measures(&self, outcome: &Self::Outcome) -> Vec<(String, f64)>;

    /// What the measures count, as `correct rows`.
    fn unit(&self) -> String;
}
