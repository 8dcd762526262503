//! Experiments of any type behind one handle.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use normlab_data::Sample;
use normlab_parameters::{FieldValue, ParameterError};
use normlab_report::{Control, Description, Listed, Report, Source, Table};

use super::control::{Host, RunControl};
use super::experiment::{Experiment, Info};
use super::refusal::Refusal;
use super::seeds::run_seeds;
use super::stopwatch::Stopwatch;
use super::table::ExperimentTable;

/// A run on its way to a report.
pub type RunFuture<'a> = Pin<Box<dyn Future<Output = Result<Report, Refusal>> + 'a>>;

/// Settings as the address has them: key and text.
pub type Settings = [(String, String)];

/// An experiment described with its settings, and what of these was not understood, a sentence each.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedExperiment {
    pub description: Description,
    pub unknown: Vec<String>,
}

/// An experiment of any type. Settings that are not understood keep their defaults.
pub trait AnyExperiment: Sync {
    fn info(&self) -> Info;

    /// The bundled data it may run on and those it makes, as (slug, title); the first is its default.
    fn data(&self) -> Vec<(&'static str, &'static str)>;

    /// The experiment in the list of all.
    fn listed(&self) -> Listed;

    fn describe(&self, settings: &Settings, data: &ExperimentTable) -> DescribedExperiment;

    fn run<'a>(
        &'a self,
        settings: &'a Settings,
        data: &'a ExperimentTable,
        seed: u64,
        host: &'a dyn Host,
    ) -> RunFuture<'a>;

    /// Runs it with so many seeds from `first` on; `make` gives the data of a seed.
    fn run_seeds<'a>(
        &'a self,
        settings: &'a Settings,
        make: &'a dyn Fn(u64) -> ExperimentTable,
        first: u64,
        count: u32,
        host: &'a dyn Host,
    ) -> RunFuture<'a>;
}

/// The handle of an experiment of this type.
pub struct Registered<E>(PhantomData<fn() -> E>);

impl<E> Registered<E> {
    pub const NEW: Self = Self(PhantomData);
}

impl<E: Experiment> AnyExperiment for Registered<E> {
    fn info(&self) -> Info {
        E::INFO
    }

    fn data(&self) -> Vec<(&'static str, &'static str)> {
        let samples = E::INFO.samples.iter().filter_map(|slug| Sample::from_slug(slug));
        let samples = samples.map(|sample| (sample.slug, sample.title));
        let made = E::INFO.made.iter().map(|made| (made.slug, made.title));
        if E::MADE_FIRST { made.chain(samples).collect() } else { samples.chain(made).collect() }
    }

    fn listed(&self) -> Listed {
        let info = E::INFO;
        let slugs = |key: &'static str| {
            let described = E::default().describe_all().into_iter().find(|described| described.field.key == key);
            match described?.value {
                FieldValue::Choice { options, .. } => {
                    Some((key.to_owned(), options.iter().map(|(slug, _)| (*slug).to_owned()).collect()))
                }
                _ => None,
            }
        };
        Listed {
            slug: info.slug.into(),
            question: info.question.into(),
            why: info.why.into(),
            picture: info.picture.into(),
            data: self.data().into_iter().map(|(_, title)| title.to_owned()).collect(),
            user_table_support: info.user_table_support,
            scaling: info.scaling.and_then(slugs),
            short: E::SHORT.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect(),
        }
    }

    fn describe(&self, settings: &Settings, data: &ExperimentTable) -> DescribedExperiment {
        let (experiment, unknown) = read::<E>(settings);
        let untouched = E::default().describe_all();
        let landmarks = experiment.landmarks(data);
        let used = experiment.describe().into_iter().filter(|described| experiment.uses(data, described.field.key));
        let controls = used.filter_map(|described| {
            let default = untouched.iter().find(|default| default.field.key == described.field.key);
            let mut control = Control::of(&described, default.unwrap_or(&described))?;
            let named = landmarks.iter().filter(|(key, _)| *key == described.field.key);
            control.landmarks = named.map(|(_, landmark)| landmark.clone()).collect();
            Some(control)
        });
        let info = E::INFO;
        let source = |(title, link): &(&str, &str)| Source { title: (*title).into(), link: (*link).into() };
        let description = Description {
            slug: info.slug.into(),
            question: info.question.into(),
            why: info.why.into(),
            sources: info.sources.iter().map(source).collect(),
            data: self.data().into_iter().map(|(slug, title)| (slug.to_owned(), title.to_owned())).collect(),
            user_table_support: info.user_table_support,
            seeded: experiment.is_seeded(data),
            controls: controls.collect(),
            predictions: experiment.predictions(data),
        };
        DescribedExperiment { description, unknown }
    }

    fn run<'a>(
        &'a self,
        settings: &'a Settings,
        data: &'a ExperimentTable,
        seed: u64,
        host: &'a dyn Host,
    ) -> RunFuture<'a> {
        Box::pin(async move {
            let (experiment, _) = read::<E>(settings);
            let show = |outcome: &E::Outcome| experiment.report(data, outcome);
            let outcome = experiment.run(data, seed, &RunControl::new(host, &show)).await?;
            let mut report = experiment.report(data, &outcome);
            if let Some(stopwatch) = Stopwatch::of(host) {
                let timing = experiment.timing(data, seed, &stopwatch).await?;
                report.tables.extend(timing.map(|table| Table { is_timing: true, ..table }));
            }
            Ok(report)
        })
    }

    fn run_seeds<'a>(
        &'a self,
        settings: &'a Settings,
        make: &'a dyn Fn(u64) -> ExperimentTable,
        first: u64,
        count: u32,
        host: &'a dyn Host,
    ) -> RunFuture<'a> {
        Box::pin(async move {
            let (experiment, _) = read::<E>(settings);
            run_seeds(&experiment, make, first, count, host).await
        })
    }
}

/// The experiment with these settings, and a sentence on each that was not understood.
fn read<E: Experiment>(settings: &Settings) -> (E, Vec<String>) {
    let mut experiment = E::default();
    let mut unknown = Vec::new();
    for (key, text) in settings {
        let known = experiment.describe_all().into_iter().find(|described| described.field.key == key);
        let Some(known) = known else {
            unknown.push(format!("This experiment has no setting \u{201c}{key}\u{201d}."));
            continue;
        };
        if let Err(error) = experiment.set(key, text) {
            let allowed = match error {
                ParameterError::Refused { allowed, .. } => format!("allowed: {allowed}"),
                error => error.to_string(),
            };
            unknown.push(format!(
                "\u{201c}{}\u{201d} cannot be \u{201c}{text}\u{201d}; {allowed}. It is {}.",
                known.field.label,
                known.value.text()
            ));
        }
    }
    (experiment, unknown)
}
