//! What holds for every experiment, and a place to run them natively.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use normlab_data::Sample;
use normlab_plot::Mark;
use normlab_report::{
    ControlValue, FactValue, FromExperiments, PredictionKind, Report, RunRequest, ToExperiments, UserTableSupport,
};

use crate::{ExperimentTable, Files, Host, all, finished, from_slug, serve};

/// A host whose clock goes on by so many milliseconds at each look, and that cancels at some moment.
#[derive(Default)]
pub struct TestHost {
    pub step: f64,
    pub cancel_at: Option<f64>,
    pub now: Cell<f64>,
    pub progress: RefCell<Vec<f32>>,
    pub partial: RefCell<Vec<Report>>,
    pub yields: Cell<usize>,
}

impl Host for TestHost {
    fn millis(&self) -> f64 {
        self.now.set(self.now.get() + self.step);
        self.now.get()
    }
    fn has_clock(&self) -> bool {
        self.step > 0.0
    }
    fn next_task(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        self.yields.set(self.yields.get() + 1);
        Box::pin(std::future::ready(()))
    }
    fn is_cancelled(&self) -> bool {
        self.cancel_at.is_some_and(|moment| self.now.get() >= moment)
    }
    fn progress(&self, done: f32) {
        self.progress.borrow_mut().push(done);
    }
    fn partial(&self, report: Report) {
        self.partial.borrow_mut().push(report);
    }
}

/// The bundled samples.
pub struct Bundled;

impl Files for Bundled {
    fn read<'a>(&'a self, file: &'a str) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + 'a>> {
        let path = format!("{}/../../static/data/{file}", env!("CARGO_MANIFEST_DIR"));
        Box::pin(std::future::ready(std::fs::read(path).map_err(|error| error.to_string())))
    }
}

/// Files that do not come.
struct Offline;

impl Files for Offline {
    fn read<'a>(&'a self, _: &'a str) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + 'a>> {
        Box::pin(std::future::ready(Err("there is no connection to the server".into())))
    }
}

pub fn request(slug: &str, data: Option<&str>, settings: &[(&str, &str)]) -> RunRequest {
    RunRequest {
        id: 7,
        slug: slug.into(),
        settings: settings.iter().map(|(key, text)| ((*key).into(), (*text).into())).collect(),
        seed: 1,
        data: data.map(String::from),
        ..RunRequest::default()
    }
}

pub fn answer(message: &ToExperiments, host: &TestHost) -> FromExperiments {
    finished(serve(all(), message, &Bundled, host)).expect("an answer")
}

/// A bundled sample as experiments get it.
pub fn table(slug: &str) -> ExperimentTable {
    let sample = Sample::from_slug(slug).unwrap();
    ExperimentTable::of_sample(sample, &finished(Bundled.read(sample.file)).unwrap()).unwrap()
}

/// What a run reported, or why it did not.
type Ran = Result<Report, String>;

/// The outcome of a request. Networks take seconds, so every test of the same request shares one run.
pub fn run(request: RunRequest) -> Ran {
    static KNOWN: LazyLock<Mutex<BTreeMap<String, Arc<OnceLock<Ran>>>>> = LazyLock::new(Mutex::default);
    let known = KNOWN.lock().unwrap().entry(format!("{request:?}")).or_default().clone();
    known
        .get_or_init(|| match answer(&ToExperiments::Run(request), &TestHost::default()) {
            FromExperiments::Done { id: 7, report } => Ok(report),
            FromExperiments::Refused { id: 7, why } => Err(why),
            other => panic!("{other:?}"),
        })
        .clone()
}

fn described(request: RunRequest) -> (normlab_report::Description, Vec<String>) {
    match answer(&ToExperiments::Describe(request), &TestHost::default()) {
        FromExperiments::Described { id: 7, description, unknown } => (description, unknown),
        other => panic!("{other:?}"),
    }
}

/// Every state of an experiment that a click leads to from its defaults: each option of each choice, all data, all limits.
fn states(slug: &str) -> Vec<RunRequest> {
    let (description, unknown) = described(request(slug, None, &[]));
    assert_eq!(unknown, Vec::<String>::new());
    let mut states: Vec<RunRequest> = vec![request(slug, None, &[])];
    states.extend(description.data.iter().map(|(data, _)| request(slug, Some(data), &[])));
    for control in &description.controls {
        if let ControlValue::Choice { options, .. } = &control.value {
            states.extend(options.iter().map(|(option, _)| request(slug, None, &[(&control.key, option)])));
        }
    }
    for limit in run(states[0].clone()).unwrap().limits {
        states.push(RunRequest { settings: limit.settings, data: limit.data, ..states[0].clone() });
    }
    states[1..].iter_mut().for_each(shorten);
    states
}

/// What holds for every run holds for a short one: networks take seconds at their defaults.
fn shorten(state: &mut RunRequest) {
    for (key, few) in from_slug(&state.slug).unwrap().listed().short {
        state.settings.retain(|(known, _)| *known != key);
        state.settings.push((key, few));
    }
}

/// The state at which the list of all draws its picture.
pub fn short(slug: &str) -> RunRequest {
    let mut state = request(slug, None, &[]);
    shorten(&mut state);
    state
}

#[test]
fn the_list_names_every_experiment_once() {
    let FromExperiments::List(list) = answer(&ToExperiments::List, &TestHost::default()) else { panic!() };
    assert_eq!(list.len(), all().len());
    for (index, one) in list.iter().enumerate() {
        assert!(one.question.ends_with('?') && one.why.ends_with('.'), "{one:?}");
        assert!(list[..index].iter().all(|other| other.slug != one.slug), "{}", one.slug);
    }
}

/// What each says at its defaults, as text that can be read and reviewed. After a change that is meant to be one,
/// `UPDATE_EXPECT=1 cargo test -p normlab-experiments` writes the files anew.
#[test]
fn reports_at_their_defaults() {
    for experiment in all() {
        let slug = experiment.info().slug;
        let report = run(request(slug, None, &[])).unwrap();
        let mut text = format!("{}\n\n{}\n", experiment.info().question, report.headline);
        report.sentences.iter().for_each(|sentence| text += &format!("- {sentence}\n"));
        for figure in &report.figures {
            text += &format!("\nfigure {}: {}\n", figure.key, figure.scene.description);
        }
        for table in &report.tables {
            text += &format!("\n{}\n{}\n", table.title, table.columns.join(" | "));
            table.rows.iter().for_each(|row| text += &format!("{}\n", row.join(" | ")));
        }
        report.facts.iter().for_each(|fact| text += &format!("\nfact {}: {:?}. {}\n", fact.key, fact.value, fact.why));
        report.limits.iter().for_each(|limit| text += &format!("\nlimit: {}\n", limit.text));
        expect_test::expect_file![format!("snapshots/{slug}.txt")].assert_eq(&text);
    }
}

#[test]
fn the_list_names_figures_and_settings_that_there_are() {
    for experiment in all() {
        let listed = experiment.listed();
        let report = run(short(&listed.slug)).unwrap();
        assert!(report.figures.iter().any(|figure| figure.key == listed.picture), "{}", listed.slug);
        if let Some((key, slugs)) = &listed.scaling {
            assert!(slugs.iter().any(|slug| slug == "robust"), "{}", listed.slug);
            for slug in slugs {
                assert_eq!(described(request(&listed.slug, None, &[(key, slug)])).1, Vec::<String>::new());
            }
        }
    }
}

/// A handle stands where its settings are, and they are on a slider.
#[test]
fn handles_set_numbers_that_have_a_slider() {
    let mut handles = 0;
    for experiment in all() {
        for state in states(experiment.info().slug) {
            let (description, _) = described(state.clone());
            let report = run(state.clone()).unwrap();
            for handle in report.figures.iter().flat_map(|figure| &figure.handles) {
                handles += 1;
                let units = handle.units.unwrap_or((1.0, 1.0));
                for (key, at) in [(&handle.x, handle.at.0 / units.0), (&handle.y, handle.at.1 / units.1)] {
                    let Some(key) = key else { continue };
                    let control = description.controls.iter().find(|control| control.key == *key).unwrap();
                    let ControlValue::Number { value, low, high, .. } = control.value else { panic!("{key}") };
                    assert!((value - at).abs() <= 1e-9 * value.abs().max(1.0), "{state:?}: {key} is {value}, not {at}");
                    assert!(low.is_finite() && high.is_finite());
                }
            }
        }
    }
    assert!(handles > 20);
}

#[test]
fn every_experiment_is_described_in_full() {
    for experiment in all() {
        let slug = experiment.info().slug;
        for state in states(slug) {
            let (description, unknown) = described(state.clone());
            assert_eq!(unknown, Vec::<String>::new(), "{state:?}");
            assert!(!description.predictions.is_empty() && !description.sources.is_empty(), "{state:?}");
            assert!(description.sources.iter().all(|source| source.link.starts_with("https://")), "{slug}");
            assert!(!matches!(&description.user_table_support, UserTableSupport::No(why) if why.is_empty()), "{slug}");
            for control in &description.controls {
                assert!(control.help.ends_with('.') && !control.label.is_empty(), "{slug}: {}", control.key);
            }
        }
    }
}

#[test]
fn every_report_is_complete() {
    for experiment in all() {
        let slug = experiment.info().slug;
        for state in states(slug) {
            let (description, _) = described(state.clone());
            let report = run(state.clone()).unwrap();
            check(&report, &format!("{state:?}"));
            for prediction in &description.predictions {
                let facts: Vec<_> = report.facts.iter().filter(|fact| fact.key == prediction.key).collect();
                let [fact] = facts.as_slice() else { panic!("{state:?}: {} facts of {}", facts.len(), prediction.key) };
                assert!(!fact.why.is_empty());
                match (&prediction.kind, &fact.value) {
                    (PredictionKind::Number { low, high, .. }, FactValue::Number(value)) => {
                        assert!((low..=high).contains(&value), "{state:?}: {value}");
                    }
                    (PredictionKind::Order(items), FactValue::Order(values)) => assert_eq!(items.len(), values.len()),
                    (PredictionKind::Choice(options), FactValue::Choice(index)) => assert!(*index < options.len()),
                    (kind, value) => panic!("{state:?}: {kind:?} is answered by {value:?}"),
                }
            }
            assert_eq!(report.facts.len(), description.predictions.len(), "{state:?}");
            for limit in &report.limits {
                let opened = RunRequest { settings: limit.settings.clone(), data: limit.data.clone(), ..state.clone() };
                assert_eq!(described(opened).1, Vec::<String>::new(), "{limit:?}");
            }
        }
    }
}

fn check(report: &Report, state: &str) {
    assert!(!report.headline.is_empty() && report.headline.ends_with('.'), "{state}: {}", report.headline);
    let keys: Vec<&str> = report.figures.iter().map(|figure| figure.key.as_str()).collect();
    for (index, figure) in report.figures.iter().enumerate() {
        assert!(!keys[..index].contains(&keys[index]), "{state}: two figures {}", keys[index]);
        let scene = &figure.scene;
        let said = [&scene.title, &scene.description, &scene.x.label];
        assert!(said.iter().all(|text| !text.is_empty()), "{state}: {} lacks words", figure.key);
        let cells = scene.marks.iter().find_map(|mark| match mark {
            Mark::Cells { parts, .. } => Some(parts.len()),
            _ => None,
        });
        assert!(figure.cells.is_empty() || Some(figure.cells.len()) == cells, "{state}: {}", figure.key);
        let drawn = normlab_plot::svg(scene, &normlab_plot::Theme::light(), 600, 400);
        assert!(!drawn.contains("NaN"), "{state}: {}", figure.key);
    }
    for (index, array) in report.arrays.iter().enumerate() {
        assert!(array.bytes.starts_with(normlab_data::npy::MAGIC) && array.file_name.ends_with(".npy"), "{state}");
        assert!(
            report.arrays[..index].iter().all(|other| other.file_name != array.file_name),
            "{state}: {}",
            array.title
        );
    }
    for table in &report.tables {
        assert!(!table.rows.is_empty(), "{state}: {}", table.title);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{state}: {}", table.title);
    }
    let cells = report.tables.iter().flat_map(|table| table.rows.iter().flatten());
    let whys = report.facts.iter().map(|fact| &fact.why);
    for text in cells.chain(whys).chain(&report.sentences).chain([&report.headline]) {
        assert!(!text.contains("NaN") && !text.contains('∞') && !text.contains("  "), "{state}: {text}");
    }
}

#[test]
fn the_same_request_gives_the_same_bits_whatever_the_pace() {
    for experiment in all() {
        for mut state in states(experiment.info().slug) {
            shorten(&mut state);
            let message = ToExperiments::Run(state.clone());
            let first = FromExperiments::Done { id: 7, report: run(state).unwrap() };
            let mut second = answer(&message, &TestHost { step: 7.0, ..TestHost::default() });
            if let FromExperiments::Done { report, .. } = &mut second {
                report.take_timing();
            }
            // As text: what has diverged is NaN, which is not equal to itself.
            assert!(format!("{first:?}") == format!("{second:?}"), "{message:?}");
        }
    }
}

#[test]
fn progress_rises_and_what_is_known_is_shown() {
    for experiment in all() {
        let host = TestHost { step: 7.0, ..TestHost::default() };
        let message = ToExperiments::Run(short(experiment.info().slug));
        let FromExperiments::Done { report, .. } = answer(&message, &host) else { panic!() };
        let progress = host.progress.borrow();
        assert!(progress.len() > 2 && progress.is_sorted(), "{progress:?}");
        assert!(progress.iter().all(|done| (0.0..=1.0).contains(done)));
        let partial = host.partial.borrow();
        assert!(!partial.is_empty());
        for known in partial.iter() {
            check(known, "partial");
            assert!(known.facts.len() <= report.facts.len());
        }
    }
}

#[test]
fn a_run_that_is_cancelled_ends_within_100_milliseconds() {
    for experiment in all() {
        let host = TestHost { step: 7.0, cancel_at: Some(200.0), ..TestHost::default() };
        let message = ToExperiments::Run(request(experiment.info().slug, None, &[]));
        let FromExperiments::Refused { id: 7, why } = answer(&message, &host) else { panic!() };
        assert_eq!(why, "The run was stopped before its end.");
        assert!(host.now.get() < 300.0, "{}", host.now.get());
    }
}

#[test]
fn settings_that_are_not_understood_are_told_and_keep_their_defaults() {
    let (description, unknown) = described(request("nearest", None, &[("k", "0"), ("model", "magic"), ("knob", "1")]));
    assert_eq!(
        unknown,
        [
            "“Neighbours” cannot be “0”; allowed: a whole number from 1 to 50. It is 5.",
            "“Model” cannot be “magic”; allowed: knn, kmeans, pca, logistic, ridge, ols, tree. It is knn.",
            "This experiment has no setting “knob”.",
        ]
    );
    assert!(description.controls.iter().all(|control| control.is_default));
}

#[test]
fn what_is_not_there_is_refused_in_a_sentence() {
    assert_eq!(run(request("nonsense", None, &[])).unwrap_err(), "There is no experiment “nonsense”.");
    assert_eq!(
        run(request("nearest", Some("digits"), &[])).unwrap_err(),
        "This experiment does not run on “digits”; it runs on wine, iris, breast-cancer, penguins, noise."
    );
    let lost = RunRequest { on_user_table: true, ..request("nearest", None, &[]) };
    assert_eq!(run(lost).unwrap_err(), "Your table did not arrive. Choose it again.");
    let message = ToExperiments::Run(request("nearest", None, &[]));
    let answer = finished(serve(all(), &message, &Offline, &TestHost::default())).unwrap();
    let why = "The data set “Wine” did not arrive: there is no connection to the server.".into();
    assert_eq!(answer, FromExperiments::Refused { id: 7, why });
}

#[test]
fn many_seeds_are_compared_where_chance_plays_a_part() {
    let message = ToExperiments::Seeds(request("nearest", Some("noise"), &[]), 5);
    let FromExperiments::Done { report, .. } = answer(&message, &TestHost::default()) else { panic!() };
    check(&report, "seeds");
    let every = report.tables.last().unwrap();
    assert_eq!(every.seeds, [1, 2, 3, 4, 5]);
    assert_eq!(every.columns, ["seed", "raw", "min-max", "z-score", "robust"]);
    // The run of a seed has the number of its row.
    let alone = run(RunRequest { seed: 3, ..request("nearest", Some("noise"), &[]) }).unwrap();
    assert_eq!(alone.tables[0].rows[0][1], every.rows[2][1]);
    let message = ToExperiments::Seeds(request("nearest", None, &[]), 5);
    let FromExperiments::Refused { why, .. } = answer(&message, &TestHost::default()) else { panic!() };
    assert_eq!(why, "With these settings chance plays no part: every seed gives the same outcome.");
}
