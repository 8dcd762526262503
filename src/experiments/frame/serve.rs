//! Answers the messages of the page, wherever it runs.

use std::future::Future;
use std::pin::Pin;

use normlab_data::Sample;
use normlab_report::{FromExperiments, Report, RunRequest, ToExperiments};

use super::any::{AnyExperiment, DescribedExperiment};
use super::control::Host;
use super::experiment::Made;
use super::refusal::Refusal;
use super::table::ExperimentTable;

/// The most seeds of one request.
const SEEDS_AT_MOST: u32 = 1000;

/// Where the files of the bundled samples come from.
pub trait Files {
    /// The bytes of a file in `data/`, or why they did not come, as the end of a sentence.
    fn read<'a>(&'a self, file: &'a str) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + 'a>>;
}

/// The answer to a message; `None` when there is nothing to say. `experiments` are those there are.
pub async fn serve(
    experiments: &[&'static dyn AnyExperiment],
    message: &ToExperiments,
    files: &dyn Files,
    host: &dyn Host,
) -> Option<FromExperiments> {
    let answer = match message {
        ToExperiments::List => FromExperiments::List(experiments.iter().map(|one| one.listed()).collect()),
        ToExperiments::Describe(request) => match described(experiments, request, files).await {
            Ok(DescribedExperiment { description, unknown }) => {
                FromExperiments::Described { id: request.id, description, unknown }
            }
            Err(refusal) => refused(request, &refusal),
        },
        ToExperiments::Run(request) => done(request, run(experiments, request, None, files, host).await),
        ToExperiments::Seeds(request, count) => {
            done(request, run(experiments, request, Some(*count), files, host).await)
        }
        // The program keeps the table; questions of Practice are no experiments, and it answers them by the lessons.
        ToExperiments::Cancel | ToExperiments::Pause(_) | ToExperiments::Keep(_) | ToExperiments::Practice(_) => {
            return None;
        }
    };
    Some(answer)
}

fn refused(request: &RunRequest, refusal: &Refusal) -> FromExperiments {
    FromExperiments::Refused { id: request.id, why: refusal.to_string() }
}

fn done(request: &RunRequest, report: Result<Report, Refusal>) -> FromExperiments {
    match report {
        Ok(report) => FromExperiments::Done { id: request.id, report },
        Err(refusal) => refused(request, &refusal),
    }
}

fn find(experiments: &[&'static dyn AnyExperiment], slug: &str) -> Result<&'static dyn AnyExperiment, Refusal> {
    let found = experiments.iter().copied().find(|experiment| experiment.info().slug == slug);
    found.ok_or_else(|| Refusal::because(format!("There is no experiment \u{201c}{slug}\u{201d}.")))
}

async fn described(
    experiments: &[&'static dyn AnyExperiment],
    request: &RunRequest,
    files: &dyn Files,
) -> Result<DescribedExperiment, Refusal> {
    let experiment = find(experiments, &request.slug)?;
    let data = Data::of(experiment, request, files).await?;
    Ok(experiment.describe(&request.settings, &data.with_seed(request.seed)))
}

async fn run(
    experiments: &[&'static dyn AnyExperiment],
    request: &RunRequest,
    seeds: Option<u32>,
    files: &dyn Files,
    host: &dyn Host,
) -> Result<Report, Refusal> {
    let experiment = find(experiments, &request.slug)?;
    let data = Data::of(experiment, request, files).await?;
    // Whoever asked may have gone on while the data came.
    if host.is_cancelled() {
        return Err(Refusal::Cancelled);
    }
    let (settings, seed) = (&request.settings, request.seed);
    match seeds {
        None => experiment.run(settings, &data.with_seed(seed), seed, host).await,
        Some(count) => {
            let make = |seed| data.with_seed(seed);
            experiment.run_seeds(settings, &make, seed, count.clamp(1, SEEDS_AT_MOST), host).await
        }
    }
}

/// The data of a request.
enum Data {
    Table(ExperimentTable),
    Made(Made),
}

impl Data {
    async fn of(experiment: &dyn AnyExperiment, request: &RunRequest, files: &dyn Files) -> Result<Self, Refusal> {
        let info = experiment.info();
        let slug = match (&request.data, &request.user_table) {
            (Some(slug), _) => slug.as_str(),
            (None, Some(user_table)) => return Ok(Self::Table(ExperimentTable::of_user_table(user_table))),
            (None, None) if request.on_user_table => {
                return Err(Refusal::because("Your table did not arrive. Choose it again."));
            }
            (None, None) => match experiment.data().first() {
                Some((slug, _)) => slug,
                None => return Ok(Self::Table(ExperimentTable::default())),
            },
        };
        if let Some(made) = info.made.iter().find(|made| made.slug == slug) {
            return Ok(Self::Made(*made));
        }
        let sample = info.samples.iter().find(|known| **known == slug).and_then(|slug| Sample::from_slug(slug));
        let Some(sample) = sample else {
            let known: Vec<&str> = experiment.data().into_iter().map(|(slug, _)| slug).collect();
            return Err(Refusal::because(format!(
                "This experiment does not run on \u{201c}{slug}\u{201d}; it runs on {}.",
                known.join(", ")
            )));
        };
        let missing = |why: &str| {
            Refusal::because(format!("The data set \u{201c}{}\u{201d} did not arrive: {why}.", sample.title))
        };
        let bytes = files.read(sample.file).await.map_err(|why| missing(&why))?;
        let table =
            ExperimentTable::of_sample(sample, &bytes).ok_or_else(|| missing("the server sent something else"))?;
        Ok(Self::Table(table))
    }

    fn with_seed(&self, seed: u64) -> ExperimentTable {
        match self {
            Self::Table(table) => table.clone(),
            Self::Made(made) => (made.make)(seed),
        }
    }
}
